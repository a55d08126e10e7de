"""What a setting may be: whole numbers, switches, and how a value that is refused is shown in a message."""

from __future__ import annotations

import math
from numbers import Integral

from nnutils.core.errors import NNUtilsError, SizeError
from nnutils.core.numerals import MOST_DIGITS
from nnutils.core.worked import Worked

__all__ = ["whole"]

_DIGITS_SHOWN = 40
_LETTERS_SHOWN = 160


def whole(what: str, value: object, least: int = 0) -> int:
    """Return ``value`` as an int, or say why a size cannot be that.

    Raises:
        SizeError: if ``value`` is not a whole number (a float, a bool or an array is not), if it is less than
            ``least``, or if it has more than 4,300 digits.

    >>> whole("stride", 2, least=1)
    2
    >>> whole("padding", -1)
    Traceback (most recent call last):
    nnutils.core.errors.SizeError: padding must be a whole number, at least 0; got -1.
    """
    number = value.value if isinstance(value, Worked) else value
    if isinstance(number, bool) or not isinstance(number, Integral) or number < least:
        raise SizeError(f"{what} must be a whole number, at least {least}; got {shown(value)}.")
    if number >= 10**MOST_DIGITS:
        raise SizeError(f"{what} must have at most {MOST_DIGITS:,} digits; got {shown(value)}.")
    return int(number)


def switch(what: str, value: object, error: type[NNUtilsError] = SizeError) -> bool:
    """Return ``value`` if it is True or False: a number there was meant for another argument.

    Raises:
        NNUtilsError: of the kind ``error``, for anything but a bool.

    >>> switch("ceil_mode", 1)
    Traceback (most recent call last):
    nnutils.core.errors.SizeError: ceil_mode must be True or False; got 1.
    """
    if isinstance(value, bool):
        return value
    raise error(f"{what} must be True or False; got {shown(value)}.")


def shown(value: object) -> str:
    """Return ``repr(value)`` for a message: on one line, and shortened where it is long.

    >>> shown((3, "x")), shown(10**5000)
    ("(3, 'x')", '1000000000… (5,001 digits)')
    """
    if isinstance(value, Worked) and isinstance(value.value, int):
        value = value.value
    if isinstance(value, int) and abs(value) >= 10**_DIGITS_SHOWN:
        return _long_number(value)
    if type(value) in (tuple, list):
        return _bracketed(value)  # type: ignore[arg-type]
    try:
        text = " ".join(repr(value).split())
    except ValueError:  # a fraction of numbers that Python refuses to write
        text = f"a {type(value).__name__} with too many digits to write"
    return text if len(text) <= _LETTERS_SHOWN else f"{text[:_LETTERS_SHOWN]}…"


def _bracketed(values: tuple[object, ...] | list[object]) -> str:
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
