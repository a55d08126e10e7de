"""How a value that is refused is shown in a message: on one line, and shortened where it is long."""

from __future__ import annotations

import math
import operator
from collections.abc import Sequence
from fractions import Fraction

from nnutils.core.numerals import too_long

__all__ = ["brief", "shown", "shown_with_type"]

_DIGITS_SHOWN = 40
_LETTERS_SHOWN = 160
_LETTERS_IN_A_SENTENCE = 60


def shown(value: object, most: int = _LETTERS_SHOWN) -> str:
    """Return ``repr(value)`` on one line of at most ``most`` letters; of a long number its first digits.

    >>> shown((3, "x")), shown(10**5000), shown([1.5] * 100, most=16)
    ("(3, 'x')", '1000000000… (5,001 digits)', '[1.5, 1.5, 1.5,…')
    """
    try:
        number = operator.index(value)  # type: ignore[arg-type]
    except Exception:  # whatever somebody's own type raises: it is being refused already
        number = 0
    if abs(number) >= 10**_DIGITS_SHOWN:
        return _long_number(number)
    if type(value) in (tuple, list):
        text = _bracketed(value)  # type: ignore[arg-type]
    elif isinstance(value, Fraction) and too_long(value):
        text = "a Fraction with too many digits to write"
    else:
        text = " ".join(_written(value).split())
    return text if len(text) <= most else f"{text[: most - 1]}…"


def brief(value: object) -> str:
    """Return a value as ``shown`` does, short enough to stand in the middle of a sentence.

    >>> brief("x" * 100) == "'" + "x" * 58 + "…"
    True
    """
    return shown(value, _LETTERS_IN_A_SENTENCE)


def shown_with_type(value: object) -> str:
    """Return a value and the name of its type: what is wrong is often only the type.

    >>> shown_with_type("5"), shown_with_type(None)
    ("'5' of type str", 'None of type NoneType')
    """
    return f"{brief(value)} of type {type(value).__name__}"


def _written(value: object) -> str:
    """Return ``repr(value)``, or where that fails what kind of value it is."""
    try:
        return repr(value)
    except Exception:  # a number of too many digits inside it, or a type whose own repr fails
        return f"a {type(value).__name__} that cannot be written"


def _bracketed(values: Sequence[object]) -> str:
    """Show the entries of a tuple or a list, of a long one the first few."""
    entries = [shown(entry) for entry in values[:10]] + ["…"] * (len(values) > 10)
    if isinstance(values, list):
        return f"[{', '.join(entries)}]"
    return f"({', '.join(entries)}{',' if len(values) == 1 else ''})"


def _long_number(value: int) -> str:
    size = abs(value)
    digits = int(math.log10(size)) + 1
    if size < 10 ** (digits - 1):  # the logarithm was rounded up to a whole number
        digits -= 1
    return f"{'-' if value < 0 else ''}{size // 10 ** (digits - 10)}… ({digits:,} digits)"
