"""reStructuredText in blocks: sections, paragraphs, lists, directives, comments, literal blocks, tables."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence

from nnutils.lint.readers.placed import Placed, joined
from nnutils.lint.readers.rst.grids import drawn, is_drawn, is_simple, simple
from nnutils.lint.readers.rst.inline import formula_pieces, text_pieces
from nnutils.lint.readers.tables import CellReader, list_table, table_of
from nnutils.lint.sheets import Piece, PieceKind, Table

__all__ = ["is_rst", "rst_blocks"]

_LINE = re.compile(r"([!-/:-@\[-`{-~])\1{2,}\s*")
_EXPLICIT = re.compile(r"(?P<indent>\s*)\.\.(?:\s+(?P<rest>.*)|\s*)")
_DIRECTIVE = re.compile(r"(?:\|[^|]+\|\s*)?(?P<name>[a-zA-Z][\w:.+-]*?)\s?::(?:\s+(?P<argument>.*))?")
_NOTE = re.compile(r"\[(?:#?\w*|\*)\]\s+")
_OPTION = re.compile(r"\s*:[\w-]+:(?:\s.*)?")
_FIELD = re.compile(r"\s*:[^:\s`][^:\n`]*:(?!`)(?:\s+|$)")
_ITEM = re.compile(
    r"\s*(?:[-+*•‣⁃]|\(?(?:\d{1,3}|[a-zA-Z]|#|[ivxIVX]{1,5})[.)])(?:\s+|$)|\s*\|\s+(?!.*\|\s*$)"
)
_PROMPT = re.compile(r"\s*>>> ")
_CSV = re.compile(r'\s*(?:"(?P<quoted>(?:[^"]|"")*)"|(?P<bare>[^,]*))\s*(?:,|$)')
_CODE = frozenset(
    "code code-block sourcecode parsed-literal doctest testcode testoutput literalinclude ipython plot"
    " jupyter-execute exec".split()
)
_NAMING = frozenset(
    "figure image include toctree bibliography glossary literalinclude contents index".split()
)
_LEFT_OUT = frozenset("raw toctree include image bibliography contents index meta only-raw highlight".split())

_RST = re.compile(r"(?<!\w):[a-z]+(?::[a-z]+)*:`[^`\n]|^[ \t]*\.\. [a-z][\w-]*::(?:\s|$)", re.MULTILINE)
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)|^#{1,6} ", re.MULTILINE)  # of Markdown
_DEEPEST = 20  # directives within directives
_LONGEST_TABLE = 1_000


def is_rst(text: str) -> bool:
    r"""Return whether a text is reStructuredText by its roles or directives, whatever its file is called.

    >>> is_rst("so :math:`3 \\cdot 4 = 12`"), is_rst(".. note::\n\n   Read on."), is_rst("see .. note: 3")
    (True, True, False)
    """
    return _RST.search(text) is not None and _FENCE.search(text) is None


def rst_blocks(source: Placed, kind: PieceKind = "text", depth: int = 0) -> list[Piece | Table]:
    r"""Return the pieces and tables of reStructuredText. Comments are left out.

    ``depth`` says in how many directives the text stands.

    >>> from nnutils.lint.readers.placed import placed
    >>> text = "Units\n=====\n\n.. a comment\n\n- :math:`55^2` each\n\n.. math:: 3 \\cdot 4 = 12"
    >>> [piece.text for piece in rst_blocks(placed(text))]
    ['Units', '55^(2) each', '3 · 4 = 12']
    """
    return _Blocks(source, kind, depth).read()


class _Blocks:
    def __init__(self, source: Placed, kind: PieceKind, depth: int) -> None:
        self.source, self.kind, self.depth = source, kind, depth
        self.lines = source.lines()
        self.blocks: list[Piece | Table] = []
        self.open: list[tuple[int, int]] = []
        self.closing = [
            row
            for row in range(len(self.lines))
            if is_simple(self.text(row)) and not self.text(row + 1).strip()
        ]
        self.in_item = False  # whether the paragraph so far is an item of a list
        self.literal = False  # whether an indented block is code: behind a paragraph that ends in ::

    def read(self) -> list[Piece | Table]:
        row = 0
        while row < len(self.lines):
            row = self.line(row)
        self.flush()
        return self.blocks

    def text(self, row: int) -> str:
        if row >= len(self.lines):
            return ""
        start, end = self.lines[row]
        return self.source.text[start:end]

    def line(self, row: int) -> int:
        """Take the block or the line of a paragraph that begins here; return the line to go on with."""
        text = self.text(row)
        if not text.strip():
            self.flush()
            return row + 1
        if self.literal and not self.open:
            self.literal = False
            if text[0].isspace():
                end = self.block_end(row, _indent(text) - 1)
                self.code(row, end)
                return end
        if (found := _EXPLICIT.fullmatch(text)) and not self.open:
            return self.explicit(row, found)
        if is_drawn(text):
            return self.table(row, drawn, self.drawn_end(row))
        if is_simple(text):
            return self.table(row, simple, self.simple_end(row))
        if _LINE.fullmatch(text) and text.strip() != "::":
            return self.ruled(row)
        if _PROMPT.match(text) and not self.open:
            end = row
            while self.text(end).strip():
                end += 1
            self.code(row, end)
            return end
        skip = 0
        item = _FIELD.match(text) or _ITEM.match(text)
        if item and (not self.open or self.in_item):
            self.flush()
            self.in_item = True
            skip = item.end()
        self.open.append((self.lines[row][0] + skip, self.lines[row][1]))
        return row + 1

    def ruled(self, row: int) -> int:
        """Take a line of one sign: below a title, above one, or between two paragraphs."""
        if len(self.open) == 1:
            self.flush("heading")
            return row + 1
        self.flush()
        if self.text(row + 2).strip()[:3] == self.text(row).strip()[:3] and self.text(row + 1).strip():
            self.open.append(self.lines[row + 1])
            self.flush("heading")
            return row + 3
        return row + 1

    def flush(self, kind: PieceKind | None = None) -> None:
        """End the paragraph."""
        lines, self.open, self.in_item = self.open, [], False
        if not lines:
            return
        parts = []
        for start, end in lines:
            parts += [self.source[start:end].stripped(), Placed("\n", [self.source.place(end)])]
        part = joined(parts).stripped()
        if part.text.endswith("::") and kind is None:
            self.literal = True
            part = part[
                : len(part.text) - (2 if part.text == "::" or part.text[-3:-2].isspace() else 1)
            ].stripped()
        if part.text:
            self.blocks += text_pieces(part, kind or self.kind)

    def cell(self, part: Placed) -> Piece:
        pieces = text_pieces(part, self.kind)
        return pieces[0] if pieces else Piece("", ())

    def block_end(self, row: int, indent: int) -> int:
        """Return where the lines end that are indented by more; without the empty ones at the end."""
        end = last = row
        while end < len(self.lines):
            text = self.text(end)
            if text.strip():
                if _indent(text) <= indent:
                    break
                last = end + 1
            end += 1
        return last

    def part(self, row: int, end: int) -> Placed:
        lines = self.lines[row:end]
        return self.source[lines[0][0] : lines[-1][1]] if lines else self.source[0:0]

    def code(self, row: int, end: int) -> None:
        while row < end and not self.text(row).strip():
            row += 1
        part = self.part(row, end)
        if part.text.strip():
            self.blocks.append(Piece(part.text, tuple(part.places), (), "code"))

    # --- tables -------------------------------------------------------------------------------------------

    def table(self, row: int, reader: _Reader, end: int) -> int:
        self.flush()
        self.blocks.append(reader(self.source, self.lines[row:end], self.cell))
        return end

    def drawn_end(self, row: int) -> int:
        end = row
        while self.text(end).strip()[:1] in ("+", "|") and self.text(end).strip():
            end += 1
        return end

    def simple_end(self, row: int) -> int:
        """Return where a simple table ends: behind the rule that an empty line, or the end, follows."""
        at = bisect_right(self.closing, row)
        if at < len(self.closing) and self.closing[at] < row + _LONGEST_TABLE:
            return self.closing[at] + 1
        end = row + 1  # without a rule at its end it is as long as its paragraph
        while self.text(end).strip():
            end += 1
        return end

    # --- explicit markup ----------------------------------------------------------------------------------

    def explicit(self, row: int, found: re.Match[str]) -> int:
        """Take a directive, a footnote, a target or a comment, with all that is indented below it."""
        self.flush()
        indent = len(found["indent"])
        end = self.block_end(row + 1, indent)
        rest = found["rest"] or ""
        offset = self.lines[row][0] + (found.start("rest") if found["rest"] is not None else 0)
        if note := _NOTE.match(rest):
            self.open.append((offset + note.end(), self.lines[row][1]))
            self.nested(row + 1, end)
            return end
        directive = _DIRECTIVE.fullmatch(rest)
        if directive is None:
            return end  # a comment, or a target
        name = directive["name"].lower().rpartition(":")[2]
        begin = row + 1
        while begin < end and _OPTION.fullmatch(self.text(begin)):
            begin += 1
        if directive["argument"] is not None:
            title = self.source[offset + directive.start("argument") : self.lines[row][1]].stripped()
        else:
            title = self.source[0:0]
        self.directive(name, title, begin, end)
        return end

    def directive(self, name: str, title: Placed, begin: int, end: int) -> None:
        if name == "math":
            self.mathematics(title, begin, end)
        elif name in _CODE:
            self.code(begin, end)
        elif name == "list-table":
            table = list_table(self.source, self.lines[begin:end], self.cell)
            self.blocks.append(_captioned(table, self.cell(title)))
        elif name == "csv-table":
            rows = [self.csv_cells(*self.lines[row]) for row in range(begin, end) if self.text(row).strip()]
            self.blocks.append(_captioned(table_of(rows), self.cell(title)))
        elif name not in _LEFT_OUT:
            if title.text and name not in _NAMING:
                self.blocks += text_pieces(title, self.kind)
            self.nested(begin, end)

    def csv_cells(self, start: int, end: int) -> list[Piece]:
        cells, place = list[Piece](), start
        while place < end and (found := _CSV.match(self.source.text, place, end)) and found.end() > place:
            group = "quoted" if found["quoted"] is not None else "bare"
            cells.append(self.cell(self.source[found.start(group) : found.end(group)].stripped()))
            place = found.end()
        return cells

    def nested(self, begin: int, end: int) -> None:
        """Read what stands in a directive as blocks of their own."""
        if self.open:  # the first line of a footnote
            while begin < end and self.text(begin).strip():
                self.open.append(self.lines[begin])
                begin += 1
            self.flush()
        if self.depth < _DEEPEST:
            self.blocks += rst_blocks(self.part(begin, end), self.kind, self.depth + 1)

    def mathematics(self, title: Placed, begin: int, end: int) -> None:
        """Take formulas: the one behind the name of the directive, and those below, apart by empty lines."""
        if title.text:
            self.blocks += formula_pieces(title, self.kind)
        first = begin
        for row in range(begin, end + 1):
            if row == end or not self.text(row).strip():
                if row > first:
                    self.blocks += formula_pieces(self.part(first, row), self.kind)
                first = row + 1


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _captioned(table: Table, caption: Piece) -> Table:
    return Table(table.rows, table.headers, caption) if caption.text else table


_Reader = Callable[[Placed, Sequence[tuple[int, int]], CellReader], Table]
