"""Answers as a reader would write them: a number with its work, a fraction, yes or no, a vector, a matrix."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from nnutils.core.numerals import grouped, number_text
from nnutils.core.worked import Worked
from nnutils.practice.asked import Answer, Asked

__all__ = ["answer_text", "with_unit"]

SIGNIFICANT = 6
"""How many significant digits a float is written with."""

_MOST_DECIMALS = 6  # a fraction with more is not written as a decimal number


def answer_text(answer: Answer) -> str:
    """Return an answer as text; a worked number shows its work, unless it stands in a tuple.

    Floats are written with six significant digits. Fractions are written as decimal numbers where all of the
    answer's end soon.

    >>> from nnutils.core.worked import Worked
    >>> answer_text(Worked(55, "height") * 55 * 96)
    '55 · 55 · 96 = 290,400'
    >>> answer_text((Fraction(1, 2), Fraction(-57, 50), 0.123456789)), answer_text(True)
    ('(0.5, −1.14, 0.123457)', 'yes')
    >>> answer_text(((Fraction(1, 2), 2), (Fraction(1, 3), 4)))
    '((1/2, 2), (1/3, 4))'
    """
    if isinstance(answer, Worked) and answer.arguments:
        return answer.work
    return _text(answer, decimal=all(_ends(part) for part in _exact_parts(answer)))


def with_unit(quantity: Asked, text: str) -> str:
    """Return the text of an answer with the unit of what was asked.

    >>> with_unit(Asked("units", "units of the layer", "a", 96, unit="units"), "96")
    '96 units'
    """
    return f"{text} {quantity.unit}".strip()


def _text(answer: Answer, decimal: bool) -> str:
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if isinstance(answer, str):
        return answer
    if isinstance(answer, tuple):
        parts = ", ".join(_text(part, decimal) for part in answer)
        return f"({parts},)" if len(answer) == 1 else f"({parts})"
    if isinstance(answer, float):
        return number_text(answer, significant=SIGNIFICANT, group=True)
    value = Fraction(answer.value if isinstance(answer, Worked) else answer)
    return _decimals(value) if decimal and value.denominator > 1 else grouped(value)


def _exact_parts(answer: Answer) -> Iterator[Fraction]:
    """Yield the exact numbers of an answer."""
    if isinstance(answer, tuple):
        for part in answer:
            yield from _exact_parts(part)
    elif isinstance(answer, Worked | Fraction | int):
        yield Fraction(answer.value if isinstance(answer, Worked) else answer)


def _ends(value: Fraction) -> bool:
    """Whether a decimal number of a few digits is exactly this fraction."""
    return Fraction(10**_MOST_DECIMALS * value).denominator == 1


def _decimals(value: Fraction) -> str:
    return number_text(value, decimals=_MOST_DECIMALS).rstrip("0")
