"""Org files in blocks: headings, drawers, lists, tables, source blocks with the results below them."""

from __future__ import annotations

import re

from nnutils.lint.readers.latex.mathematics import formula_strand
from nnutils.lint.readers.lines import LineReader, marked_pieces
from nnutils.lint.readers.placed import Placed, joined
from nnutils.lint.readers.tables import piped
from nnutils.lint.sheets import Piece, PieceKind

__all__ = ["OrgReader", "is_org"]

_ORG = re.compile(
    r"^[ \t]*#\+(?:title|author|date|startup|options|begin_\w+|end_\w+|results|name|caption|tblfm)(?::|\b)"
    r"|^\*+ (?:TODO|DONE) |^[ \t]*:(?:PROPERTIES|END):[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)|^#{1,6} \w[^\n]*\n\n|\\documentclass", re.MULTILINE)
_HEADING = re.compile(
    r"\*+[ \t]+(?:(?:TODO|DONE|NEXT|WAITING|CANCELLED)[ \t]+)?(?:\[#\w\][ \t]+)?(?P<text>\S.*?)"
    r"(?:[ \t]+\[\d*[/%]\d*\])?(?:[ \t]+:[\w@#%:]+:)?[ \t]*"
)
_KEYWORD = re.compile(r"[ \t]*#\+(?P<key>[\w-]+)(?:\[[^\]\n]*\])?:[ \t]*(?P<value>.*)", re.IGNORECASE)
_BEGIN = re.compile(r"[ \t]*#\+begin_(?P<name>\w+)(?P<rest>.*)", re.IGNORECASE)
_DRAWER = re.compile(r"[ \t]*:(?!end:)[\w-]+:[ \t]*", re.IGNORECASE)
_PLANNED = re.compile(
    r"[ \t]*(?:(?:DEADLINE|SCHEDULED|CLOSED|CLOCK):[ \t]*[<\[].*|#(?:[ \t].*)?|-{5,}[ \t]*)"
)
_ITEM = re.compile(r"[ \t]*(?:[-+]|(?<=[ \t])\*|(?:\d{1,3}|[a-zA-Z])[.)])[ \t]+(?:\[[ xX-]\][ \t]+)?(?=\S)")
_TERM = re.compile(r"(?P<term>\S.{0,80}?)(?P<mark>[ \t]+::)(?=[ \t]|$)")
_VERBATIM = re.compile(r"[ \t]*:(?:[ ]|$)")
_TABLE = re.compile(r"[ \t]*\|")
_BEFORE, _BEHIND = r"(?<![^\s('\"{|—–-])", r"(?![^\s.,:;!?'\")}\]|\\—–-])"
_INLINE = re.compile(
    r"\$\$(?P<shown>[^$]+)\$\$|(?<![\w$])\$(?P<formula>[^\s$](?:[^$\n]*[^\s$])?)\$(?!\w)"
    r"|\\\((?P<round>(?s:.+?))\\\)|\\\[(?P<square>(?s:.+?))\\\]"
    r"|(?P<environment>\\begin\{(?P<name>[a-zA-Z]+\*?)\}(?s:.+?)\\end\{(?P=name)\})"
    rf"|{_BEFORE}(?:=(?P<code>[^\s=](?:[^=\n]*[^\s=])?)=|~(?P<code_tilde>[^\s~](?:[^~\n]*[^\s~])?)~){_BEHIND}"
    rf"|{_BEFORE}\*(?P<strong>[^\s*](?:[^*\n]*[^\s*])?)\*{_BEHIND}"
    rf"|{_BEFORE}/(?P<emphasis>[^\s/](?:[^/\n]*[^\s/])?)/{_BEHIND}"
    rf"|{_BEFORE}_(?P<underlined>[^\s_](?:[^_\n]*[^\s_])?)_{_BEHIND}"
    r"|\[\[[^\[\]\n]*\]\[(?P<linked>[^\[\]\n]*)\]\]|\[\[[^\[\]\n]*\]\]|\[fn:[^\]\n]*\]|\[cite[^\]\n]*\]"
    r"|[<\[]\d{4}-\d\d-\d\d[^>\]\n]{0,40}[>\]]|<<<?[^<>\n]*>>>?"
    r"|(?P<entity>\\[A-Za-z]+(?:\{\})?)"
)
_FORMULAS = dict.fromkeys(("shown", "formula", "round", "square", "environment", "entity"), formula_strand)
_RESULTS = "results"


def is_org(text: str) -> bool:
    """Return whether a text is an Org file by its keywords, drawers or headings.

    >>> is_org("#+TITLE: Week 3"), is_org("* DONE Sizes [5/9]"), is_org("* one\\n* two")
    (True, True, False)
    """
    return _ORG.search(text) is not None and _FENCE.search(text) is None


class OrgReader(LineReader):
    r"""Reads an Org file; ``runs`` are its source blocks, each with the results below it.

    >>> from nnutils.lint.readers.placed import placed
    >>> text = "* DONE Units [1/2] :cnn:\n:PROPERTIES:\n:END:\n- [X] maps :: /about/ *96*\n# a comment"
    >>> [piece.text for piece in OrgReader(placed(text)).read()]
    ['Units', 'maps: about 96']
    """

    def __init__(self, source: Placed) -> None:
        """Begin at the first line."""
        super().__init__(source)
        self.runs: list[tuple[Piece, Piece]] = []
        self.ran: Piece | None = None  # the source block whose results may follow

    def line(self, row: int) -> int:
        """Take the block or the line of a paragraph that begins here."""
        text = self.text(row)
        if not text.strip():
            self.flush()
            return row + 1
        if found := _BEGIN.fullmatch(text):
            self.flush()
            return self.delimited(row, found["name"].lower(), found["rest"].split())
        if found := _KEYWORD.fullmatch(text):
            self.flush()
            return self.keyword(row, found)
        if _DRAWER.fullmatch(text) and not self.open:
            end = self.until(row + 1, re.compile(r"[ \t]*:end:[ \t]*|[ \t]*", re.IGNORECASE))
            return end + 1
        if _PLANNED.fullmatch(text) or text.lower().strip() == ":end:":
            return row + 1
        if found := _HEADING.fullmatch(text):
            self.flush()
            start = self.lines[row][0]
            self.open.append((start + found.start("text"), start + found.end("text")))
            self.flush("heading")
            return row + 1
        if _TABLE.match(text):
            return self.table(row)
        if _VERBATIM.match(text):
            return self.verbatim(row)
        if item := _ITEM.match(text):
            self.flush()
        self.add(row, item.end() if item else 0)
        return row + 1

    def pieces(self, part: Placed, kind: PieceKind) -> list[Piece]:
        """Return a paragraph without its markup; a term stands before one colon."""
        if term := _TERM.match(part.text):
            colon = Placed(":", [part.place(term.start("mark"))])
            part = joined([part[: term.end("term")], colon, part[term.end() :]])
        return marked_pieces(part, _INLINE, dict(_FORMULAS), kind)

    # --- blocks -------------------------------------------------------------------------------------------

    def keyword(self, row: int, found: re.Match[str]) -> int:
        """Take a line such as #+TITLE: of which the value is text, or that announces results."""
        key = found["key"].lower()
        if key in ("title", "subtitle", "caption"):
            self.add(row, found.start("value"))
            self.flush("heading" if key != "caption" else None)
        if key != _RESULTS:
            return row + 1
        after = row + 1
        while after < len(self.lines) and not self.text(after).strip():
            after += 1
        text = self.text(after)
        if self.ran is not None and (_VERBATIM.match(text) or _BEGIN.fullmatch(text)):
            code, before = self.ran, len(self.blocks)
            after = self.line(after)
            printed = self.blocks[before:]
            if printed and isinstance(printed[0], Piece):
                self.runs.append((code, printed[0]))
        self.ran = None
        return after

    def table(self, row: int) -> int:
        """Take a table with pipes."""
        self.flush()
        end = row
        while _TABLE.match(self.text(end)):
            end += 1
        self.blocks.append(piped(self.source, self.lines[row:end], self.cell))
        return end

    def verbatim(self, row: int) -> int:
        """Take lines that begin with a colon: text as it stands."""
        self.flush()
        parts: list[Placed] = []
        while found := _VERBATIM.match(self.text(row)):
            start, end = self.lines[row]
            parts += [self.source[start + found.end() : end], Placed("\n", [self.source.place(end)])]
            row += 1
        self.output(joined(parts[:-1]))
        return row

    def output(self, part: Placed) -> None:
        """Take what code printed, or an example, as it stands."""
        if part.text.strip():
            self.blocks.append(Piece(part.text, tuple(part.places), (), "output"))

    def delimited(self, row: int, name: str, rest: list[str]) -> int:
        """Take a block between #+begin_ and #+end_; of a quotation and the like only its marks."""
        end = self.until(row + 1, re.compile(rf"[ \t]*#\+end_{re.escape(name)}[ \t]*", re.IGNORECASE))
        if name == "src":
            before = len(self.blocks)
            self.code(row + 1, end)
            made = self.blocks[before:]
            python = bool(rest) and rest[0].lower() in ("python", "jupyter-python", "ipython")
            self.ran = made[0] if made and python and isinstance(made[0], Piece) else None
        elif name == "example":
            self.output(self.part(row + 1, end))
        elif name not in ("comment", "export"):
            return row + 1
        return end + 1
