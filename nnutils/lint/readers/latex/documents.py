"""Documents of LaTeX in blocks: paragraphs, items, headings, tables, code."""

from __future__ import annotations

import re

from nnutils.lint.readers.latex.macros import expanded, without_comments
from nnutils.lint.readers.latex.mathematics import words_strand
from nnutils.lint.readers.latex.scanning import closing_braces
from nnutils.lint.readers.latex.tabular import tabular_table
from nnutils.lint.readers.placed import Placed, Writer
from nnutils.lint.sheets import Piece, PieceKind, Table

__all__ = ["latex_blocks"]

_STRUCTURE = re.compile(
    r"\n[ \t]*\n\s*|\\(?P<edge>begin|end)\s*\{(?P<environment>[A-Za-z]+\*?)\}"
    r"|\\(?P<heading>(?:sub){0,2}section|chapter|part|(?:sub)?paragraph|title|question|problem|exercise|frametitle)\*?(?![A-Za-z])"
    r"|\\(?P<item>item|bibitem)(?![A-Za-z])|\\caption(?P<caption>)\*?(?=\s*[\[{])|\\(?P<file>input|include|subfile)\s*\{"
    r"|\\(?P<par>par|maketitle|newpage|clearpage|bigskip|medskip)(?![A-Za-z])"
)
_OPTION = re.compile(r"\s*\[[^\]\n]{0,300}\]")
_TABULARS = {
    "tabular": 1,
    "tabular*": 2,
    "tabularx": 2,
    "tabulary": 2,
    "longtable": 1,
    "longtable*": 1,
    "supertabular": 1,
}
_CODE = ("verbatim", "verbatim*", "Verbatim", "lstlisting", "minted", "alltt")
_PRIMITIVE = re.compile(
    r"\\(?:[egx]?def|let|new(?:if|dimen|count|skip)|expandafter|csname|if(?:num|x|dim))(?![A-Za-z])"
)
_MOST_PRIMITIVES = 100  # the macros of one's own sheet are fewer
_SKIPPED = (
    "tikzpicture",
    "picture",
    "comment",
    "filecontents",
    "filecontents*",
    "thebibliography",
    "pgfplots",
    "forest",
)
_FORMULAS = frozenset(
    "equation align gather multline eqnarray displaymath math flalign alignat xalignat dmath "
    "subequations aligned split "
    "alignedat gathered array matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix cases "
    "dcases rcases".split()
)
_ARGUMENTS = {
    "minipage": 1, "multicols": 1, "wrapfigure": 2, "wraptable": 2, "subfigure": 1, "subtable": 1,
    "column": 1, "adjustbox": 1, "spacing": 1, "list": 2, "adjustwidth": 2, "resizebox": 2,
}  # fmt: skip


def _is_macros(text: str) -> bool:
    """Whether a file has many definitions of TeX and no document: its numbers set pages."""
    return "\\begin{document}" not in text and len(_PRIMITIVE.findall(text)) >= _MOST_PRIMITIVES


def latex_blocks(source: Placed) -> tuple[list[Piece | Table], list[str]]:
    r"""Return the pieces and tables of a document, and what of it could not be read.

    >>> from nnutils.lint.readers.placed import placed
    >>> source = r"\section{Units} \begin{itemize} \item $3 \cdot 4$ \item five \end{itemize}"
    >>> blocks, _ = latex_blocks(placed(source))
    >>> [(piece.kind, piece.text) for piece in blocks]
    [('heading', 'Units'), ('text', '3 · 4'), ('text', 'five')]
    """
    if _is_macros(source.text):
        return [], ["a file of macros: nothing in it is text"]
    whole, problems = expanded(without_comments(source))
    reader = _Document(whole, list(problems))
    reader.read()
    return reader.blocks, reader.problems


class _Document:
    def __init__(self, source: Placed, problems: list[str]) -> None:
        self.source, self.text, self.problems = source, source.text, problems
        self.closing = closing_braces(self.text)
        self.blocks: list[Piece | Table] = []
        self.caption: Piece | None = None
        self.floating: int | None = None  # how many blocks stood before the float that is open
        self.missing: set[str] = set()
        self.start = 0  # of the paragraph

    def read(self) -> None:
        begin = self.text.find("\\begin{document}")
        end = self.text.find("\\end{document}")
        at = self.start = begin + len("\\begin{document}") if begin >= 0 else 0
        last = end if end >= at else len(self.text)
        while found := _STRUCTURE.search(self.text, at, last):
            at = max(self.take(found), found.start() + 1)
        self.flush(last)

    def take(self, found: re.Match[str]) -> int:
        """Take what begins a block; return where to go on."""
        environment, end = found["environment"], found.end()
        if environment and environment.rstrip("*") in _FORMULAS:
            return end
        self.flush(found.start())
        self.start = end
        if environment:
            self.start = (
                self.environment(environment, end)
                if found["edge"] == "begin"
                else self.ended(environment, end)
            )
        elif found["heading"]:
            self.start = self.heading(end)
        elif found["item"]:
            self.start = self.option(end)
        elif found["caption"] is not None:
            self.start = self.captioned(end)
        elif found["file"]:
            closed = self.closing.get(end - 1, end)
            self.problems.append(f"{self.text[end:closed].strip()}, a file that is put in, was not read")
            self.start = closed + 1
        return self.start

    def option(self, at: int) -> int:
        found = _OPTION.match(self.text, at)
        return found.end() if found else at

    def argument(self, at: int) -> tuple[Placed, int] | None:
        """Return the argument in braces that follows, and where it ends."""
        while self.text[at : at + 1].isspace():
            at += 1
        end = self.closing.get(at)
        return None if end is None else (self.source[at + 1 : end], end + 1)

    def heading(self, at: int) -> int:
        found = self.argument(self.option(at))
        if found is None:
            return at  # \question and the like, whose text follows
        self.add(found[0], "heading")
        return found[1]

    def captioned(self, at: int) -> int:
        found = self.argument(self.option(at))
        if found is None:
            return at
        pieces = _pieces(found[0])
        tables = [n for n in range(self.floating or 0, len(self.blocks)) if isinstance(self.blocks[n], Table)]
        if pieces and self.floating is not None:
            if tables:
                before = self.blocks[tables[-1]]
                assert isinstance(before, Table)
                self.blocks[tables[-1]] = Table(before.rows, before.headers, pieces[0])
            else:
                self.caption = pieces[0]
            pieces = pieces[1:]
        self.blocks += pieces
        return found[1]

    def environment(self, name: str, at: int) -> int:
        if name in _TABULARS or name in _CODE or name in _SKIPPED:
            return self.whole(name, at)
        if name in ("table", "table*", "wraptable", "longtable"):
            self.floating = len(self.blocks)
        at = self.option(at)
        if name == "frame" and (title := self.argument(at)):
            self.add(title[0], "heading")
            return title[1]
        for _ in range(_ARGUMENTS.get(name.rstrip("*"), 0)):
            found = self.argument(at)
            at = self.option(found[1]) if found else at
        return at

    def whole(self, name: str, at: int) -> int:
        """Take an environment that is not read as paragraphs."""
        mark = f"\\end{{{name}}}"
        end = -1 if mark in self.missing else self.text.find(mark, at)
        if end < 0:
            self.missing.add(mark)
            self.problems.append(f"the environment {name} is not ended")
            return at
        if name in _TABULARS:
            at = self.option(at)
            for _ in range(_TABULARS[name]):
                found = self.argument(at)
                at = found[1] if found else at
            table = tabular_table(self.source[at:end], self.caption)
            if table is not None:
                self.blocks.append(table)
                self.caption = None
        elif name in _CODE:
            at = self.option(at)
            found = self.argument(at) if name == "minted" else None
            code = self.source[found[1] if found else at : end]
            start = len(code.text) - len(code.text.lstrip("\n"))
            code = code[start : max(start, len(code.text.rstrip()))]
            if code.text:
                self.blocks.append(Piece(code.text, tuple(code.places), (), "code"))
        return end + len(mark)

    def ended(self, name: str, at: int) -> int:
        if name in ("table", "table*", "wraptable"):
            if self.caption is not None:
                self.blocks.append(self.caption)
            self.caption = self.floating = None
        return at

    def flush(self, end: int) -> None:
        """End the paragraph."""
        if end > self.start:
            self.add(self.source[self.start : end], "text")

    def add(self, part: Placed, kind: PieceKind) -> None:
        self.blocks += _pieces(part, kind)


def _pieces(part: Placed, kind: PieceKind = "text") -> list[Piece]:
    """Return running text as a piece, and behind it its footnotes and labels."""
    strand, apart = words_strand(part.stripped())
    writer = Writer()
    pieces = []
    for one in (strand, *apart):
        writer.strand(one)
        pieces.append(writer.piece(kind))
    return [piece for piece in pieces if piece.text]
