"""Sizes as sheets write them: '55 × 55 × 96', '96@55x55', '(96, 55, 55)', '227'; and what each may mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from nnutils.lint.sheets import Piece

__all__ = ["Picture", "WrittenSize", "agree", "features_of", "impossible_size", "written_size"]

Picture = tuple[int | None, ...]
"""(channels, height, width), each None where it is not said, or (features,)."""

_GROUPED = r"\d{1,3}(?:,\d{3})+(?!\d)|\d{1,9}"
_SPACED = r"\d{1,3}(?:[ \u00a0\u2009\u202f'’]\d{3})+(?!\d)|\d{1,3}(?:\.\d{3})+(?!\d)"
_SEPARATOR = r"\s*(?:[×xX*✕∗·⋅@]|\bby\b|\\times)\s*"
_PLAIN = re.compile(rf"(?:{_GROUPED})(?:{_SEPARATOR}(?:{_GROUPED}))*")
_WHOLE = re.compile(rf"(?:{_SPACED}|{_GROUPED})(?:{_SEPARATOR}(?:{_SPACED}|{_GROUPED}))*")
"""A size with nothing else beside it, where a space can stand between thousands only."""
_SIGNED = re.compile(rf"[-−–]?\d{{1,9}}(?:{_SEPARATOR}[-−–]?\d{{1,9}})*")
_LISTED = re.compile(
    r"(?P<open>[(\[])\s*(?:(?:None|N|B|batch|-1|−1|\?)\s*,\s*)?\d{1,9}(?:\s*,\s*\d{1,9})+\s*,?\s*[)\]]"
)
_BETWEEN = re.compile(r"[\s*_`$|{}()\[\]\\]*")
_BEHIND = re.compile(
    r"[\s*_`$|{}()\[\]\\]*(?:=\s*[\d,.]+|[(\[][^()\[\]]*[)\]]"
    r"|channels|maps|px|pixels|units|neurons|nodes)?[\s*`$|]*"
)


@dataclass(frozen=True)
class WrittenSize:
    """A size in a piece, from ``start`` to ``end`` of its text; its numbers, and where each stands."""

    piece: Piece
    start: int
    end: int
    numbers: tuple[int, ...]
    spots: tuple[tuple[int, int], ...]
    channels_first: bool = False
    impossible: bool = False
    """Whether it is no size at all: a side of it is zero or negative."""

    @property
    def text(self) -> str:
        """The size as it stands there."""
        return self.piece.text[self.start : self.end]

    def pictures(self) -> tuple[Picture, ...]:
        """Return what the size may mean for a picture, likeliest first.

        >>> from nnutils.lint.sheets import piece_of
        >>> [written_size(piece_of(text)).pictures() for text in ("55x55x96", "96@55x55", "227")]
        [((96, 55, 55),), ((96, 55, 55),), ((None, 227, 227),)]
        """
        n = self.numbers
        if self.impossible:  # its channels may still be right
            return ((n[0] if self.channels_first else n[-1], None, None),) if len(n) == 3 else ()
        if len(n) == 4 and n[0] == 1:
            n = n[1:]
        if len(n) == 1:
            return ((None, n[0], n[0]),)
        if len(n) == 2:
            return ((n[0], n[1], n[1]),) if self.channels_first else ((None, *n),)
        if len(n) != 3:
            return ()
        first, last = (n[0], n[1], n[2]), (n[2], n[0], n[1])
        if self.channels_first or (n[1] == n[2] and n[0] != n[1]):
            return (first,)
        if n[0] == n[1]:
            return (last,)
        return last, first

    def features(self) -> int:
        """Return how many values the size has in all."""
        return prod(self.numbers)

    def like(self, shape: Sequence[int | None]) -> str:
        """Return another size in the form of this one.

        >>> from nnutils.lint.sheets import piece_of
        >>> written_size(piece_of("55 × 56 × 96")).like((96, 54, 54))
        '54 × 54 × 96'
        """
        n = self.numbers
        known = [one for one in shape if one is not None]
        if len(shape) == 1 and len(n) > 1:
            values: tuple[int, ...] = tuple(known[0] if one == max(n) else one for one in n)
        elif len(n) == 1:
            values = (known[-1],)
        elif len(n) == 2 and not self.channels_first:
            values = tuple(known[-2:])
        elif len(known) < 3:
            spare = (*known, *known)
            values = (n[0], *spare[:2]) if self.channels_first or n[1] == n[2] else (*spare[:2], n[-1])
        else:
            first, last = (known[0], known[1], known[2]), (known[1], known[2], known[0])
            head, tail = n[: len(n) - 3], n[-3:]
            same = [sum(a == b for a, b in zip(tail, one, strict=False)) for one in (last, first)]
            if self.channels_first and len(n) == 2:
                values = (known[0], known[1])
            else:
                values = (*head, *(first if self.channels_first or same[1] > same[0] else last))
        text, place = "", self.start
        for (start, end), old, new in zip(self.spots, n, values, strict=False):
            written = self.piece.text[start:end]
            grouped = "," in written or (len(n) == 1 and old < 1000 <= new)
            text += self.piece.text[place:start] + (f"{new:,}" if grouped else str(new))
            place = end
        return text + self.piece.text[place : self.end]


def written_size(
    piece: Piece, start: int = 0, end: int | None = None, *, whole: bool = True
) -> WrittenSize | None:
    """Return the size that a piece holds from ``start`` on; with ``whole`` nothing else may stand there.

    >>> from nnutils.lint.sheets import piece_of
    >>> written_size(piece_of(" 41,472x1 ")).numbers, written_size(piece_of("55x55 or 54x54"))
    ((41472, 1), None)
    """
    text = piece.text if end is None else piece.text[:end]
    if len(text) - start > 200 and whole:
        return None
    ahead = _BETWEEN.match(text, start)
    place = ahead.end() if ahead else start
    # A bracket belongs to a list such as (96, 55, 55).
    bracket = max(text.rfind("(", start, place), text.rfind("[", start, place))
    found = _LISTED.match(text, bracket) if bracket >= 0 else None
    listed = found is not None
    if found is None:
        found = (_WHOLE if whole else _PLAIN).match(text, place)
    if found is None:
        return None
    rest = text[found.end() :]
    if whole and _BEHIND.fullmatch(rest) is None:
        return None
    if not whole and re.match(r"[\d.,]*\d|\s*%", rest):
        return None
    grouped = f"{_SPACED}|{_GROUPED}" if whole else _GROUPED
    pattern = re.compile(r"(?<![-−\d])\d{1,9}" if listed else grouped)
    spots = tuple(one.span() for one in pattern.finditer(text, found.start(), found.end()))
    numbers = tuple(int(re.sub(r"\D", "", text[a:b])) for a, b in spots)
    if not numbers or len(numbers) > 4 or 0 in numbers:
        return None
    first = listed or "@" in found[0]
    return WrittenSize(
        piece,
        found.start(),
        found.end(),
        numbers,
        spots,
        first
        and (len(numbers) > 2 or "@" in found[0])
        and not (listed and len(numbers) == 3 and numbers[0] == numbers[1] != numbers[2]),
    )


def impossible_size(piece: Piece) -> WrittenSize | None:
    """Return a size with a side that is zero or negative, if a piece holds one and nothing else.

    >>> from nnutils.lint.sheets import piece_of
    >>> impossible_size(piece_of("−8 × −8 × 48")).pictures(), impossible_size(piece_of("8 × 8 × 48"))
    (((48, None, None),), None)
    """
    ahead = _BETWEEN.match(piece.text)
    found = _SIGNED.match(piece.text, ahead.end() if ahead else 0)
    if found is None or _BEHIND.fullmatch(piece.text[found.end() :]) is None:
        return None
    spots = tuple(one.span() for one in re.finditer(r"[-−–]?\d{1,9}", piece.text[: found.end()]))
    numbers = tuple(int(re.sub("[−–]", "-", piece.text[a:b])) for a, b in spots)
    first = numbers[0] > 0 or "@" in found[0]
    sides = numbers if len(numbers) < 3 else numbers[1:] if first else numbers[:-1]
    if len(numbers) not in (1, 2, 3) or max(sides) > 0 or numbers == (-1,):  # -1: any number of samples
        return None
    return WrittenSize(piece, found.start(), found.end(), numbers, spots, first, impossible=True)


def agree(one: Sequence[int | None], other: Sequence[int | None]) -> bool:
    """Return whether two sizes are the same as far as both are known; a vector may be a picture, flattened.

    >>> agree((None, 6, 6), (256, 6, 6)), agree((9216,), (256, 6, 6)), agree((9216,), (256, 5, 5))
    (True, True, False)
    """
    if len(one) == len(other):
        return all(a is None or b is None or a == b for a, b in zip(one, other, strict=True))
    sizes = features_of(one), features_of(other)
    return None in sizes or sizes[0] == sizes[1]


def features_of(shape: Sequence[int | None]) -> int | None:
    """Return how many values a size has; None where a part of it is not known."""
    known = [one for one in shape if one is not None]
    return prod(known) if len(known) == len(shape) else None
