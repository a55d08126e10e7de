"""What every reader of a format of lines does alike: lines one by one, paragraphs, code, inline markup."""

from __future__ import annotations

import re
from collections.abc import Callable

from nnutils.lint.readers.placed import BEGIN, END, Placed, Strand, Writer, joined
from nnutils.lint.sheets import Piece, PieceKind, Table

__all__ = ["FormulaReader", "LineReader", "indent_of", "marked_pieces"]

FormulaReader = Callable[[Placed], tuple[Strand, list[Strand]]]
"""What turns the source of a formula into plain notation, and into labels that stand on it."""


class LineReader:
    """Reads a source line by line into pieces and tables; a format says what a line is, and what is inline.

    ``open`` are the lines of the paragraph so far, as start and end.
    """

    def __init__(self, source: Placed, kind: PieceKind = "text") -> None:
        """Begin at the first line; ``kind`` is the kind of the pieces of running text."""
        self.source, self.kind = source, kind
        self.lines = source.lines()
        self.blocks: list[Piece | Table] = []
        self.open: list[tuple[int, int]] = []
        self.at = 0

    def read(self) -> list[Piece | Table]:
        """Return all blocks."""
        while self.at < len(self.lines):
            self.at = self.line(self.at)
        self.flush()
        return self.blocks

    def line(self, row: int) -> int:
        """Take the block or the line of a paragraph that begins here; return the line to go on with."""
        raise NotImplementedError

    def pieces(self, part: Placed, kind: PieceKind) -> list[Piece]:
        """Return a paragraph, without its markup, as pieces."""
        raise NotImplementedError

    def text(self, row: int) -> str:
        """Return a line; behind the last one, an empty text."""
        if row >= len(self.lines):
            return ""
        start, end = self.lines[row]
        return self.source.text[start:end]

    def part(self, row: int, end: int) -> Placed:
        """Return the lines from one up to another."""
        if end <= row:
            return self.source[0:0]
        return self.source[self.lines[row][0] : self.lines[end - 1][1]]

    def add(self, row: int, skip: int = 0) -> None:
        """Add a line to the paragraph, without what stands at its beginning."""
        start, end = self.lines[row]
        self.open.append((start + skip, end))

    def flush(self, kind: PieceKind | None = None) -> None:
        """End the paragraph."""
        lines, self.open = self.open, []
        parts: list[Placed] = []
        for start, end in lines:
            parts += [self.source[start:end].stripped(), Placed("\n", [self.source.place(end)])]
        self.paragraph(joined(parts).stripped(), kind)

    def paragraph(self, part: Placed, kind: PieceKind | None) -> None:
        """Take the text of a paragraph."""
        if part.text:
            self.blocks += self.pieces(part, kind or self.kind)

    def cell(self, part: Placed) -> Piece:
        """Return the text of a cell of a table."""
        pieces = self.pieces(part, self.kind)
        return pieces[0] if pieces else Piece("", ())

    def code(self, row: int, end: int) -> None:
        """Take lines as they stand: code, or what it printed."""
        while row < end and not self.text(row).strip():
            row += 1
        part = self.part(row, end)
        if part.text.strip():
            self.blocks.append(Piece(part.text, tuple(part.places), (), "code"))

    def until(self, row: int, closing: re.Pattern[str]) -> int:
        """Return the first line from here on that closes a block; the end where none does."""
        while row < len(self.lines) and not closing.fullmatch(self.text(row)):
            row += 1
        return row


def indent_of(text: str) -> int:
    """Return how many blanks a line begins with."""
    return len(text) - len(text.lstrip())


def marked_pieces(
    source: Placed, marks: re.Pattern[str], formulas: dict[str, FormulaReader], kind: PieceKind
) -> list[Piece]:
    r"""Return a paragraph as a piece, and after it a piece for each label that stands on its formulas.

    ``marks`` matches the markup. A group named in ``formulas`` is a formula, one whose name begins with
    ``code`` stays as it is, any other is read once more; what is in no group is left out.

    >>> from nnutils.lint.readers.placed import placed
    >>> marks = re.compile(r"\*(?P<kept>[^*]+)\*|~(?P<code>[^~]+)~|\[fn:\d\]")
    >>> [one.text for one in marked_pieces(placed("*so* ~a*b~[fn:1]"), marks, {}, "text")]
    ['so a*b']
    """
    writer, apart = Writer(), list[Strand]()
    _write(source, marks, formulas, writer, apart)
    made = [writer.piece(kind)]
    for label in apart:
        writer.strand(label)
        made.append(writer.piece(kind))
    return [piece for piece in made if piece.text]


def _write(
    source: Placed,
    marks: re.Pattern[str],
    formulas: dict[str, FormulaReader],
    writer: Writer,
    apart: list[Strand],
) -> None:
    last = 0
    for found in marks.finditer(source.text):
        writer.copy(source[last : found.start()])
        last = found.end()
        name = found.lastgroup
        if name is None:
            continue
        inside = source[slice(*found.span(name))]
        if name in formulas:
            strand, labels = formulas[name](inside)
            writer.strand([BEGIN, *strand, END])
            apart += labels
        elif name.startswith("code"):
            writer.copy(inside)
        else:
            _write(inside, marks, formulas, writer, apart)
    writer.copy(source[last:])
