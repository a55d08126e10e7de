"""Text that knows where its characters stand in the source, and how a piece is put together from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nnutils.lint.sheets import Piece, PieceKind

__all__ = [
    "BEGIN",
    "END",
    "Placed",
    "Strand",
    "Writer",
    "joined",
    "placed",
    "replaced",
    "strand_text",
    "trimmed",
]

Strand = list[tuple[str, int]]
"""Characters of plain notation, or several at once, each with the place that they stand for."""

BEGIN, END = ("", -1), ("", -2)
"""Marks within a strand between which it is mathematics."""

_RELATION = re.compile("[=≈≤≥<>≠→⇒]")
_STATEMENT = re.compile(r"( +)\w{1,12} ?[=≈]")


@dataclass(frozen=True)
class Placed:
    """A text, and for each of its characters its offset in the source.

    >>> part = placed("a  b")[3:]
    >>> part.text, list(part.places)
    ('b', [3])
    """

    text: str
    places: Sequence[int]

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, part: slice) -> Placed:
        return Placed(self.text[part], self.places[part])

    def stripped(self) -> Placed:
        """Return the text without blanks at its ends."""
        start = len(self.text) - len(self.text.lstrip())
        return self[start : max(start, len(self.text.rstrip()))]

    def place(self, index: int) -> int:
        """Return the offset of a character; behind the last one, the offset of the last."""
        if index < len(self.places):
            return self.places[index]
        return self.places[-1] if len(self.places) else 0

    def lines(self) -> list[tuple[int, int]]:
        """Return where each line begins and ends, without its break."""
        made, start = [], 0
        for line in self.text.split("\n"):
            made.append((start, start + len(line)))
            start += len(line) + 1
        return made


def placed(text: str, start: int = 0) -> Placed:
    """Return a text that stands in the source as it is, from an offset on."""
    return Placed(text, range(start, start + len(text)))


def joined(parts: Iterable[Placed]) -> Placed:
    """Return several texts as one."""
    kept = [part for part in parts if part.text]
    if len(kept) == 1:
        return kept[0]
    places: list[int] = []
    for part in kept:
        places.extend(part.places)
    return Placed("".join(part.text for part in kept), places)


def replaced(source: Placed, pattern: re.Pattern[str], by: str = "") -> Placed:
    """Return the text with every match replaced, which then stands where the match began.

    >>> cut = replaced(placed("1 % one"), re.compile(" %.*"), ";")
    >>> cut.text, list(cut.places)
    ('1;', [0, 1])
    """
    found = [match.span() for match in pattern.finditer(source.text)]
    if not found:
        return source
    parts, last = [], 0
    for start, end in found:
        parts += [source[last:start], Placed(by, [source.place(start)] * len(by))]
        last = end
    return joined([*parts, source[last:]])


def strand_text(strand: Strand) -> str:
    """Return the characters of a strand."""
    return "".join(text for text, _ in strand)


def trimmed(strand: Strand) -> Strand:
    """Return a strand without the blanks at its ends."""
    start, end = 0, len(strand)
    while start < end and not strand[start][0].strip():
        start += 1
    while end > start and not strand[end - 1][0].strip():
        end -= 1
    return strand[start:end]


class Writer:
    """Puts a piece together: characters as they are, characters that stand for markup, formulas.

    >>> writer = Writer()
    >>> writer.copy(placed("so "))
    >>> writer.formula([("x", 4), ("²", 5)])
    >>> piece = writer.piece()
    >>> piece.text, piece.formulas, piece.span(3, 5)
    ('so x²', ((3, 5),), (4, 6))
    """

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._places: list[int] = []
        self._formulas: list[tuple[int, int]] = []

    def __bool__(self) -> bool:
        return bool(self._places)

    @property
    def last(self) -> str:
        """The last character so far; a line break where there is none."""
        return self._texts[-1][-1] if self._texts else "\n"

    def put(self, text: str, place: int) -> None:
        """Add characters that all stand for the markup at one place."""
        if text:
            self._texts.append(text)
            self._places.extend([place] * len(text))

    def copy(self, part: Placed) -> None:
        """Add text as it stands."""
        if part.text:
            self._texts.append(part.text)
            self._places.extend(part.places)

    def strand(self, strand: Strand) -> None:
        """Add a strand of plain notation, which is mathematics between the marks for it only."""
        start: int | None = None
        for part in strand:
            if part == BEGIN:
                start = len(self._places) if start is None else start
            elif part == END and start is not None:
                self._end_formula(start)
                start = None
            else:
                self.put(*part)
        if start is not None:
            self._end_formula(start)

    def formula(self, strand: Strand) -> None:
        """Add a strand that the sheet sets as mathematics."""
        self.strand([BEGIN, *(part for part in strand if part not in (BEGIN, END)), END])

    def _end_formula(self, start: int) -> None:
        if len(self._places) > start:
            self._formulas.append((start, len(self._places)))

    def piece(self, kind: PieceKind = "text") -> Piece:
        """Return what was written, without blanks at its ends, and begin anew."""
        places, formulas = self._places, self._formulas
        text = _set_apart("".join(self._texts), formulas)
        start = len(text) - len(text.lstrip())
        end = max(start, len(text.rstrip()))
        self.__init__()  # type: ignore[misc]
        inside = tuple(
            (max(low, start) - start, min(high, end) - start)
            for low, high in formulas
            if min(high, end) > max(low, start)
        )
        return Piece(text[start:end], tuple(places[start:end]), inside, kind)


def _set_apart(text: str, formulas: list[tuple[int, int]]) -> str:
    """Put wide blanks between statements beside each other: two formulas, or one and one in the text."""
    wide: list[int] = []
    for number, (start, end) in enumerate(formulas):
        states = _RELATION.search(text, start, end) is not None
        begin = start
        while begin and text[begin - 1] == " ":
            begin -= 1
        behind_formula = number > 0 and begin <= formulas[number - 1][1]
        first = text[start : start + 1]
        if behind_formula and (first.isalnum() or first in "(⌊⌈√[#−"):
            wide += range(begin, start)
        elif states and first.isalnum() and begin and text[begin - 1].isdigit():
            wide += range(begin, start)
        if states and (behind := _STATEMENT.match(text, end)):
            wide += range(end, end + len(behind[1]))
    if not wide:
        return text
    signs = list(text)
    for at in wide:
        signs[at] = "\N{EM SPACE}"
    return "".join(signs)
