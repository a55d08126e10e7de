"""A sheet as the checks see it: stretches of text, tables, and where each character stands in the file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

__all__ = ["Piece", "PieceKind", "Sheet", "Table", "Where", "piece_of"]

PieceKind = Literal["text", "heading", "code", "output"]
"""Running text, a heading (names defined before it belong to another section), code, or what code printed."""


@dataclass(frozen=True)
class Where:
    """A place in a file: line and column from 1, and for a notebook or a PDF its part, such as 'cell 3'."""

    line: int
    column: int
    part: str = ""


@dataclass(frozen=True)
class Piece:
    r"""A stretch of a sheet in plain notation, such as '11 × 11 × 3 = 363', and where its characters stand.

    ``places`` has for each character of ``text`` its offset in the source of the sheet; characters that stand
    for a piece of markup (the brackets of a fraction, say) have the offset of that markup. ``formulas`` are
    the stretches of ``text``, as start and end, that the sheet sets as mathematics: there ``2x`` is a
    product, and a blank means nothing.

    What plain notation is, for every reader of a format:

    - signs: ``+ − × · / = ≈ ≠ ≤ ≥ < > → ⇒ …``; ``^(…)`` for a raised part, ``_1`` or ``_{…}`` for a lowered;
    - a fraction is ``((a)/(b))``, a root ``√(a)`` or ``root(n, a)``, ``⌊a⌋``, ``⌈a⌉``, ``|a|`` as they are;
    - accents are combining characters (v̇, x̄), Greek letters themselves, functions their names (ln, exp);
    - a matrix is ``[1, 2; 3, 4]``; a sum ``∑_{i=1}^(n)``; rows of an aligned formula are lines;
    - an index in brackets, as in ``w^{(2)}``, is lowered: ``w_{(2)}``, no power;
    - an em space stands between formulas beside each other;
    - � is what could not be read.

    >>> piece_of("3 + 4 = 7").span(4, 9)
    (4, 9)
    """

    text: str
    places: tuple[int, ...]
    formulas: tuple[tuple[int, int], ...] = ()
    kind: PieceKind = "text"

    def __post_init__(self) -> None:
        """Refuse places that do not belong to the text: positions in a report would then be wrong."""
        if len(self.places) != len(self.text):
            raise ValueError(f"{len(self.text)} characters have {len(self.places)} places")

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the text begins and ends in the source."""
        if not self.text:
            return 0, 0
        inside = self.places[start : max(end, start + 1)] or self.places[-1:]
        return min(inside), max(inside) + 1

    def in_formula(self, start: int) -> bool:
        """Return whether the character at this place of the text is set as mathematics."""
        return any(low <= start < high for low, high in self.formulas)


@dataclass(frozen=True)
class Table:
    """A table: rows of cells, of which the first ``headers`` rows name the columns."""

    rows: tuple[tuple[Piece, ...], ...]
    headers: int = 1
    caption: Piece | None = None


@dataclass(frozen=True)
class Sheet:
    """A worked solution: its name, its source as text, and its pieces and tables in order.

    ``parts`` are the offsets at which the parts of the source begin, with their names: cells, pages.
    ``problems`` says what could not be read.
    """

    name: str
    source: str
    blocks: tuple[Piece | Table, ...]
    parts: tuple[tuple[int, str], ...] = ()
    problems: tuple[str, ...] = ()
    format: str = "text"
    by_part: bool = False
    """Whether lines are counted anew in each part, as on the pages of a PDF."""
    runs: tuple[tuple[Piece, Piece], ...] = field(default=(), repr=False)
    """Code in the order in which it was run, each with what it printed, as it stands in the file."""
    lines: tuple[int, ...] = field(default=(), repr=False)
    """Where the lines of the source begin, if not where its line breaks are."""

    @cached_property
    def _starts(self) -> Sequence[int]:
        breaks = [0, *(place + 1 for place, sign in enumerate(self.source) if sign == "\n")]
        return self.lines or breaks

    @cached_property
    def _parts(self) -> Sequence[int]:
        return [start for start, _ in self.parts]

    def where(self, offset: int) -> Where:
        """Return the line, the column and the part of a place in the source.

        >>> Sheet("a.txt", "one\\ntwo", ()).where(5)
        Where(line=2, column=2, part='')
        """
        row = bisect_right(self._starts, offset)
        part = bisect_right(self._parts, offset)
        begin, name = self.parts[part - 1] if part else (0, "")
        above = bisect_right(self._starts, begin) - 1 if self.by_part else 0
        return Where(row - above, offset - self._starts[row - 1] + 1, name)

    @cached_property
    def text(self) -> str:
        """The text of all pieces, in small letters: to look whether a word occurs at all."""
        return "\n".join(piece.text for piece in self.pieces()).lower()

    @cached_property
    def sentences(self) -> tuple[Piece, ...]:
        """The pieces that hold running text: neither code nor nothing but blanks."""
        return tuple(piece for piece in self.pieces() if piece.kind != "code" and piece.text.strip())

    def pieces(self) -> Iterator[Piece]:
        """Yield every piece in order, those in cells of tables too."""
        for block in self.blocks:
            if isinstance(block, Piece):
                yield block
            else:
                if block.caption is not None:
                    yield block.caption
                for row in block.rows:
                    yield from row


def piece_of(text: str, start: int = 0, kind: PieceKind = "text") -> Piece:
    """Return text that stands in a source as it is, from an offset on, as a piece."""
    return Piece(text, tuple(range(start, start + len(text))), (), kind)
