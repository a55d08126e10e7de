"""Markdown in blocks: paragraphs, list items, headings, tables, code, and the directives of MyST."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence

from nnutils.lint.readers.latex.mathematics import formula_strand
from nnutils.lint.readers.markdown_inline import paragraph_pieces
from nnutils.lint.readers.placed import BEGIN, END, Placed, Writer, joined
from nnutils.lint.readers.tables import (
    CellReader,
    is_piped,
    is_rule,
    is_semicoloned,
    is_tabbed,
    list_table,
    piped,
    ruled,
    semicoloned,
    spaced,
    tabbed,
)
from nnutils.lint.readers.web.html import html_blocks
from nnutils.lint.sheets import Piece, PieceKind, Table

__all__ = ["markdown_blocks"]

_FENCE = re.compile(r"(?P<indent> {0,12})(?P<mark>`{3,}|~{3,}|:{3,})[ \t]*(?P<info>[^`\n]*)")
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(?P<text>.*?)(?:[ \t]+#+)?[ \t]*")
_QUANTITY = re.compile(r"#[ \t]*[a-z][\w ,/-]{0,60}[:=]\s*[\d$#(]")
_ITEM = re.compile(r"(?P<indent>\s*)(?P<mark>[-+*•‣◦▪]|\d{1,2}[.)])(?:[ \t]+|$)(?:\[[ xX]\][ \t]+)?")
_SETEXT = re.compile(r" {0,3}(?:=+|-{2,})[ \t]*")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|\+\+\+.*)")
_QUOTE = re.compile(r"(?! {0,3}>>> )(?: {0,3}>[ \t]?(?!\d)|>[ \t])")  # >>> is Python's prompt
_SKIPPED = re.compile(r"\[[^\]\n]+\]:\s*\S.*|\([\w:.-]+\)=\s*|\s*(?:\[TOC\]|\[\[_TOC_\]\])\s*")
_FOOTNOTE = re.compile(r"\[\^[^\]\n]+\]:\s*")
_HTML = re.compile(r"\s*<(?P<tag>table|ul|ol|dl|pre|script|style|svg|math)\b", re.IGNORECASE)
_OPTION = re.compile(r"\s*:[\w-]+:.*")
_DIRECTIVE = re.compile(r"\{(?P<name>[\w:-]+)\}\s*(?P<title>.*)")
_MATHEMATICS = ("math", "{math}", "latex", "tex")
_CODE_DIRECTIVES = (
    "code",
    "code-block",
    "code-cell",
    "sourcecode",
    "literalinclude",
    "eval-rst",
    "raw",
    "mermaid",
    "doctest",
)
_NAMING = (
    "figure",
    "image",
    "include",
    "toctree",
    "bibliography",
    "glossary",
    "literalinclude",
    "tableofcontents",
)  # a title is a file


def markdown_blocks(source: Placed, *, plain: bool = False, kind: PieceKind = "text") -> list[Piece | Table]:
    """Return the pieces and tables of Markdown.

    ``plain``: it is plain or scanned text with Markdown in it, where indented text is not code.

    >>> from nnutils.lint.readers.placed import placed
    >>> [piece.text for piece in markdown_blocks(placed("# Units\\n\\n- $55^2$ each\\n- 96 maps"))]
    ['Units', '55^(2) each', '96 maps']
    """
    return _Blocks(source, plain, kind).read()


class _Blocks:
    def __init__(self, source: Placed, plain: bool, kind: PieceKind) -> None:
        self.source, self.plain, self.kind = source, plain, kind
        self.lines = source.lines()
        self.blocks: list[Piece | Table] = []
        self.open: list[tuple[int, int]] = []  # the lines of the paragraph so far
        self.fences: list[str] = []  # the marks of directives whose text is Markdown
        self.missing: set[str] = set()  # marks that no later line has
        self.in_list = False
        self.number = 0  # of the last item that has one
        self.at = 0

    def read(self) -> list[Piece | Table]:
        if self.lines and self.text(0).rstrip() == "---" and not self.plain:
            end = next(
                (row for row in range(1, len(self.lines)) if self.text(row).rstrip() in ("---", "...")), 0
            )
            self.at = end + 1 if end else 0
        while self.at < len(self.lines):
            self.at = self.line(self.at)
        self.flush()
        return self.blocks

    def text(self, row: int) -> str:
        start, end = self.lines[row]
        return self.source.text[start:end]

    def line(self, row: int) -> int:
        """Take the block or the line of a paragraph that begins here; return the line to go on with."""
        text = self.text(row)
        if not text.strip():
            self.flush()
            return row + 1
        after = self.text(row + 1) if row + 1 < len(self.lines) else ""
        if fence := _FENCE.match(text):
            return self.fence(row, fence)
        if text.lstrip().startswith("<!--"):
            return self.comment(row)
        if (html := _HTML.match(text)) and not self.open:
            return self.html(row, html["tag"].lower())
        if is_piped(text, after):
            return self.table(row, piped, lambda line: "|" in line)
        if not self.open and is_tabbed(text, after):
            return self.table(row, tabbed, lambda line: "\t" in line and bool(line.strip()))
        if self.plain and not self.open and is_semicoloned(text, after):
            return self.table(row, semicoloned, lambda line: is_semicoloned(text, line))
        if self.open and _SETEXT.fullmatch(text) and self.is_title():
            self.flush("heading")
            return row + 1
        if (_RULE.fullmatch(text) and not is_rule(text)) or (not self.open and _SKIPPED.fullmatch(text)):
            self.flush()
            return row + 1
        heading = _HEADING.fullmatch(text)
        if heading and not _QUANTITY.match(text):
            self.flush()
            self.in_list = False
            self.add(row, heading.start("text"), heading.end("text"))
            self.flush("heading")
            return row + 1
        if not self.open and not self.in_list and not self.plain and text.startswith(("    ", "\t")):
            return self.indented(row)
        self.paragraph(row, text)
        return row + 1

    # --- paragraphs ---------------------------------------------------------------------------------------

    def paragraph(self, row: int, text: str) -> None:
        skip = 0
        if quote := _QUOTE.match(text):
            skip = quote.end()
        item = _ITEM.match(text, skip)
        if item and self.is_item(item["mark"]):
            self.flush()
            self.in_list = True
            skip = item.end()
            inner = _ITEM.match(text, skip)  # a list within: "* - cell"
            skip = inner.end() if inner and not inner["mark"][0].isdigit() else skip
        elif not self.open:
            self.in_list = self.in_list and text[0].isspace()
            if note := _FOOTNOTE.match(text, skip):
                skip = note.end()
        self.add(row, skip, len(text))

    def is_item(self, mark: str) -> bool:
        """Return whether a mark begins an item; in the middle of a paragraph it may be a sign or a number."""
        if self.open and self.is_formula_open():
            return False
        if mark[0].isdigit():
            number, before = int(mark[:-1]), self.number
            begins = not self.open or self.in_list or number in (1, before + 1)
            self.number = number if begins else before
            return begins
        return not self.open or self.in_list or mark not in "+*"

    def is_formula_open(self) -> bool:
        """Return whether the paragraph so far ends within a formula, or with a sign that goes on."""
        text = "\n".join(self.source.text[start:end] for start, end in self.open[-20:])
        text = text.rstrip()
        bold = text.endswith("**") and text.count("**") % 2 == 0
        return text.count("$$") % 2 == 1 or (text[-1:] in ("=", "+", "*", "(", "×", "·", "−") and not bold)

    def is_title(self) -> bool:
        start, end = self.open[-1]
        return len(self.open) == 1 and any(sign.isalpha() for sign in self.source.text[start:end])

    def add(self, row: int, start: int, end: int) -> None:
        first = self.lines[row][0]
        self.open.append((first + start, first + end))

    def flush(self, kind: PieceKind | None = None) -> None:
        """End the paragraph."""
        if not self.open:
            return
        lines, self.open = self.open, []
        if kind is None:
            table = ruled(self.source, lines, self.cell)
            if table is None and (self.plain or self.kind == "output"):
                table = spaced(self.source, lines, self.cell)
            if table is not None:
                self.blocks.append(table)
                return
        parts = []
        for start, end in lines:
            parts += [self.source[start:end], Placed("\n", [self.source.place(end)])]
        self.blocks += paragraph_pieces(joined(parts[:-1]).stripped(), kind or self.kind)

    def cell(self, part: Placed) -> Piece:
        pieces = paragraph_pieces(part, self.kind)
        return pieces[0] if pieces else Piece("", ())

    # --- blocks -------------------------------------------------------------------------------------------

    def table(self, row: int, reader: _TableReader, belongs: Callable[[str], bool]) -> int:
        self.flush()
        end = row
        while end < len(self.lines) and belongs(self.text(end)):
            end += 1
        self.blocks.append(reader(self.source, self.lines[row:end], self.cell))
        return end

    def indented(self, row: int) -> int:
        end = row
        while end < len(self.lines) and (
            self.text(end).startswith(("    ", "\t")) or not self.text(end).strip()
        ):
            end += 1
        self.code(row, end)
        return end

    def code(self, row: int, end: int) -> None:
        if end > row:
            part = self.source[self.lines[row][0] : self.lines[end - 1][1]]
            part = part[: len(part.text.rstrip())]
            if part.text:
                self.blocks.append(Piece(part.text, tuple(part.places), (), "code"))

    def after(self, row: int, mark: str) -> int | None:
        """Return where, from a line on, a mark ends; None where there is none."""
        found = -1 if mark in self.missing else self.source.text.lower().find(mark, self.lines[row][0])
        if found < 0:
            self.missing.add(mark)
            return None
        return found + len(mark)

    def comment(self, row: int) -> int:
        end = self.after(row, "-->")
        self.flush()
        if end is None:
            return row + 1
        last = bisect_right(self.lines, (end, end)) - 1 if end <= self.lines[-1][1] else len(self.lines) - 1
        last = last + 1 if last + 1 < len(self.lines) and self.lines[last + 1][0] <= end - 1 else last
        start, stop = self.lines[last]
        if self.source.text[end:stop].strip():
            self.open.append((max(start, end), stop))
        return last + 1

    def html(self, row: int, tag: str) -> int:
        end = self.after(row, f"</{tag}>")
        stop = row
        while stop < len(self.lines) and (self.lines[stop][0] < end if end else self.text(stop).strip()):
            stop += 1
        part = self.source[self.lines[row][0] : self.lines[max(stop - 1, row)][1]]
        self.blocks += html_blocks(part, self.kind)
        return max(stop, row + 1)

    def fence(self, row: int, fence: re.Match[str]) -> int:
        mark, info = fence["mark"], fence["info"].strip()
        self.flush()
        if not info and any(mark == opened for opened in self.fences):
            while self.fences.pop() != mark:
                pass
            return row + 1
        directive = _DIRECTIVE.fullmatch(info)
        name = directive["name"] if directive else ""
        if mark[0] == ":" and not directive:
            return row + 1
        body = row + 1
        while directive and body < len(self.lines) and _OPTION.fullmatch(self.text(body)):
            body += 1
        if directive and name not in ("math", "list-table", *_CODE_DIRECTIVES):
            self.fences.append(mark)
            if name not in _NAMING:
                start = self.lines[row][0] + fence.start("info") + directive.start("title")
                self.blocks += paragraph_pieces(self.source[start : self.lines[row][1]].stripped(), self.kind)
            return body
        end = body
        closing = re.compile(rf"\s*{re.escape(mark[0])}{{{len(mark)},}}\s*")
        while end < len(self.lines) and not closing.fullmatch(self.text(end)):
            end += 1
        if name == "list-table":
            self.blocks.append(list_table(self.source, self.lines[body:end], self.cell))
        elif info.split(" ")[0].lower() in _MATHEMATICS:
            self.mathematics(body, end)
        elif name != "raw":
            self.code(body, end)
        return end + 1

    def mathematics(self, body: int, end: int) -> None:
        if end > body:
            writer = Writer()
            strand, labels = formula_strand(self.source[self.lines[body][0] : self.lines[end - 1][1]])
            for part in ([BEGIN, *strand, END], *labels):
                writer.strand(part)
                piece = writer.piece(self.kind)
                self.blocks += [piece] if piece.text else []


_TableReader = Callable[[Placed, Sequence[tuple[int, int]], CellReader], Table]
