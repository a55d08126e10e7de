"""Which reader a sheet goes to: the end of its name says the format."""

from __future__ import annotations

from collections.abc import Callable

from nnutils.core.errors import LintError
from nnutils.lint.readers.comments import with_comments
from nnutils.lint.readers.displays import with_results
from nnutils.lint.readers.latex.documents import latex_blocks
from nnutils.lint.readers.markdown import markdown_blocks
from nnutils.lint.readers.notebook import notebook_sheet
from nnutils.lint.readers.notes.asciidoc import asciidoc_blocks, is_asciidoc
from nnutils.lint.readers.notes.csv_rows import csv_blocks, is_csv
from nnutils.lint.readers.notes.org import OrgReader, is_org
from nnutils.lint.readers.pdf import pdf_sheet
from nnutils.lint.readers.placed import placed
from nnutils.lint.readers.plain import is_latex, plain_blocks
from nnutils.lint.readers.preparing import decoded, prepared
from nnutils.lint.readers.rst import is_rst, rst_blocks
from nnutils.lint.readers.web.html import html_blocks
from nnutils.lint.sheets import Piece, Sheet, Table

__all__ = ["SUFFIXES", "read_sheet"]

SUFFIXES = {
    "txt": "text", "text": "text", "md": "Markdown", "markdown": "Markdown", "tex": "LaTeX", "ltx": "LaTeX",
    "ipynb": "notebook", "html": "HTML", "htm": "HTML", "xhtml": "HTML", "pdf": "PDF",
    "rst": "reStructuredText", "rest": "reStructuredText", "": "text",
    "adoc": "AsciiDoc", "asciidoc": "AsciiDoc", "org": "Org", "csv": "table", "tsv": "table",
}  # fmt: skip
"""The format that the end of a name stands for."""


def read_sheet(source: str | bytes, name: str) -> Sheet:
    r"""Return the sheet that a source holds.

    Plain text that is LaTeX, reStructuredText, AsciiDoc or Org, or has Markdown in it, is read as such.

    Raises:
        LintError: for a format that is not known, and for a source that is not in the format of its name.

    >>> sheet = read_sheet(r"a $\frac{6}{2} = 3$", "sheet.md")
    >>> sheet.format, [piece.text for piece in sheet.pieces()]
    ('Markdown', ['a ((6)/(2)) = 3'])
    """
    file = name.replace("\\", "/").rpartition("/")[2]
    suffix = file.rpartition(".")[2].lower() if "." in file[1:] else ""
    form = SUFFIXES.get(suffix)
    if form is None:
        known = ", ".join(f".{known}" for known in SUFFIXES if known)
        raise LintError(f"{name}: the format .{suffix} is not known.", remedy=f"Known are {known}.")
    if form == "PDF":
        if isinstance(source, str):
            raise LintError(f"{name} is a PDF file, which is read as bytes, not as text.")
        return pdf_sheet(source, name)
    text = decoded(source, name)
    if form == "notebook":
        return notebook_sheet(text, name)
    if form == "text":
        form = next((known for known, is_it in _BY_CONTENT.items() if is_it(text)), form)
    runs: list[tuple[Piece, Piece]] = []
    problems: list[str] = []
    if form == "Org":
        org = OrgReader(prepared(placed(text)))
        blocks, runs = org.read(), org.runs
    else:
        blocks, problems = _READERS[form](text)
    every = tuple(with_results(with_comments(blocks)))
    return Sheet(name, text, every, (), tuple(problems), form, runs=tuple(runs), lines=_old_lines(text))


_Blocks = tuple[list[Piece | Table], list[str]]


def _plain(text: str) -> _Blocks:
    return plain_blocks(prepared(placed(text))), []


def _markdown(text: str) -> _Blocks:
    return markdown_blocks(prepared(placed(text))), []


def _latex(text: str) -> _Blocks:
    return latex_blocks(prepared(placed(text)))


def _html(text: str) -> _Blocks:
    return html_blocks(prepared(placed(text))), []


def _rst(text: str) -> _Blocks:
    return rst_blocks(prepared(placed(text))), []


def _asciidoc(text: str) -> _Blocks:
    return asciidoc_blocks(prepared(placed(text))), []


def _table(text: str) -> _Blocks:
    return csv_blocks(prepared(placed(text))), []


def _old_lines(text: str) -> tuple[int, ...]:
    """Return where the lines of a text begin that has carriage returns alone; nothing for any other text."""
    if "\r" not in text or "\n" in text:
        return ()
    return (0, *(place + 1 for place, sign in enumerate(text) if sign == "\r"))


_READERS: dict[str, Callable[[str], _Blocks]] = {
    "text": _plain, "Markdown": _markdown, "LaTeX": _latex, "HTML": _html,
    "reStructuredText": _rst, "AsciiDoc": _asciidoc, "table": _table,
}  # fmt: skip
_BY_CONTENT = {
    "LaTeX": is_latex, "reStructuredText": is_rst, "AsciiDoc": is_asciidoc, "Org": is_org, "table": is_csv,
}  # fmt: skip
"""What tells the format of plain text, whatever its file is called."""
