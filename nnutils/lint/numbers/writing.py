"""Numbers put into the way of writing of a sheet: 1,234.5 as 1.234,5 or 1 234,5; and the other way round."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from nnutils.core.numerals import grouped
from nnutils.lint.numbers.style import Style
from nnutils.lint.numbers.written import Number, numbers_in

__all__ = ["Hand", "hand_of", "plain_numbers"]

_MADE = re.compile(r"(?<![\w.,])(?:\d{1,3}(?:,\d{3})+(?![\d,])|\d+(?=\.\d))(?:\.\d+)?(?![\w,.]*\d)")
_LISTED = re.compile(r"(?<=\d), (?=[−-]?\d)")


@dataclass(frozen=True)
class Hand:
    """How one sheet writes its numbers: the mark between thousands, and the one before decimals.

    ``kept`` are the numbers of the sheet as they stand there.
    """

    group: str = ","
    decimal: str = "."
    kept: frozenset[str] = frozenset()

    @property
    def is_english(self) -> bool:
        """Whether numbers made by the program are written in this way already."""
        return (self.group, self.decimal) == (",", ".")

    def write(self, text: str, *, quoted: bool = False) -> str:
        """Return a text of the program with its numbers written as in the sheet.

        With ``quoted``, the text may quote numbers of the sheet: they stay as they are.

        >>> Hand(".", ",").write("51,200 + 0.5 = 51,200.5")
        '51.200 + 0,5 = 51.200,5'
        >>> Hand(" ", ",", frozenset({"1,5"})).write("1,5 · 2,000 = 3,000", quoted=True)
        '1,5 · 2 000 = 3 000'
        """
        if self.is_english:
            return text
        if self.decimal == ",":
            text = _LISTED.sub("; ", text)

        def rewritten(found: re.Match[str]) -> str:
            if quoted and found[0] in self.kept:
                return found[0]
            whole, point, decimals = found[0].partition(".")
            return whole.replace(",", self.group) + (self.decimal if point else "") + decimals

        return _MADE.sub(rewritten, text)


def hand_of(numbers: Iterable[Number], style: Style) -> Hand:
    """Return how the numbers of a sheet in a style are written; where it has no thousands, as is usual.

    >>> from nnutils.lint.numbers import CONTINENTAL, ENGLISH
    >>> hand_of(numbers_in("8.192 · 2,5 = 20.480", CONTINENTAL), CONTINENTAL).group
    '.'
    >>> hand_of(numbers_in("51'200", ENGLISH), ENGLISH).group
    "'"
    """
    kept = {number.written.text for number in numbers}
    marks = Counter(mark for text in kept for mark in re.findall(r"(?<=\d)\D(?=\d{3})", text))
    for mark in (style.decimal, "_", "e", "E"):
        marks.pop(mark, None)
    usual = "," if style.decimal == "." else "."
    group = max(sorted(marks), key=lambda one: (marks[one], one == usual), default=usual)
    return Hand(group, style.decimal, frozenset(kept))


def plain_numbers(text: str, style: Style) -> str:
    """Return a text in which the numbers of a style are written as the program writes them.

    >>> from nnutils.lint.numbers import CONTINENTAL
    >>> plain_numbers("51.624 Parameter, 2,50", CONTINENTAL)
    '51,624 Parameter, 2.50'
    """
    made, last = "", 0
    for number in numbers_in(text, style):
        whole, point, rest = number.written.text.partition(style.decimal)
        digits = re.sub(r"\D", "", whole)
        if digits and digits != whole and "e" not in whole.lower():
            whole = grouped(int(digits))
        made += text[last : number.start] + whole + ("." if point else "") + rest
        last = number.end
    return made + text[last:]
