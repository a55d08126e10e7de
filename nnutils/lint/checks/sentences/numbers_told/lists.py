"""Lists of numbers as sentences write them: '(2, −1)', '[1, 2; 3, 4]', '3, 1 and 0.2'; and one number."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from nnutils.lint.numbers import Style, number_at
from nnutils.slips.precision import WrittenNumber

__all__ = ["LISTED", "NUMBER", "Numbers", "numbers_in"]

NUMBER = r"(?<![\w.])[-−]?\d+(?:\.\d+)?(?![\w²³^]|\.\d|\s?[*·×/^%]|\s\+|\s[-−]\s)"
_INNER = r"[-−]?\d+(?:\.\d+)?"
_BRACKETED = rf"(?<!\w)[\[(]{{1,3}}\s*{_INNER}(?:\s*[\])]?\s*[,;]\s*[\[(]?\s*{_INNER})+\s*[\])]{{1,3}}"
_SPELLED = rf"{NUMBER}(?:\s*,\s*{NUMBER})*(?:\s*,)?\s+(?:and|&|und|et|y)\s+{NUMBER}"
_BARE = rf"{NUMBER}(?:\s*,\s*{NUMBER})+"
LISTED = rf"(?:{_BRACKETED}|{_SPELLED}|{_BARE})"
"""A list of two numbers and more."""

_ONE = re.compile(_INNER)
_ROW = re.compile(rf"[\[(]\s*{_INNER}(?:\s*,\s*{_INNER})*\s*[\])]|{_INNER}(?:\s*,\s*{_INNER})*")


@dataclass(frozen=True)
class Numbers:
    """Numbers as written, with their places, and the lengths of their rows."""

    written: tuple[WrittenNumber, ...]
    places: tuple[tuple[int, int], ...]
    rows: tuple[int, ...]

    @property
    def values(self) -> tuple[Fraction, ...]:
        """What the numbers are."""
        return tuple(one.value for one in self.written)


def numbers_in(text: str, start: int, end: int, style: Style) -> Numbers | None:
    """Return the numbers in a stretch; None where one of them is written in another way.

    >>> from nnutils.lint.numbers import ENGLISH
    >>> found = numbers_in("[[1, 2], [3, −0.5]]", 0, 19, ENGLISH)
    >>> [float(value) for value in found.values], found.rows
    ([1.0, 2.0, 3.0, -0.5], (2, 2))
    """
    written, places = list[WrittenNumber](), list[tuple[int, int]]()
    for found in _ONE.finditer(text, start, end):
        negative = found[0][0] in "-−"
        number = number_at(text, found.start() + negative, style)
        if number is None or number.end != found.end():
            return None
        one = number.written
        written.append(replace(one, value=-one.value) if negative else one)
        places.append(found.span())
    inside = text[start:end]
    rows = [len(_ONE.findall(row[0])) for row in _ROW.finditer(inside)] if "[" in inside else [len(written)]
    return Numbers(tuple(written), tuple(places), tuple(rows)) if written else None
