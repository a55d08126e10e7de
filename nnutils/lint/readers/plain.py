"""Plain and scanned text, which often has Markdown and formulas of LaTeX in it."""

from __future__ import annotations

import re

from nnutils.lint.readers.markdown import markdown_blocks
from nnutils.lint.readers.placed import Placed, joined, replaced
from nnutils.lint.readers.stacked import with_fractions
from nnutils.lint.sheets import Piece, Table

__all__ = ["is_latex", "plain_blocks"]

_TORN = re.compile(r"(?:(?<=[=≈→] )|(?<=[=≈→]))\d{1,3}(?:, ?\d{3}){2,}(?=[ \t$]*(?:\n|$))")
_LETTER = re.compile(r"(?:(?<=\n)|(?<=\$)|\A)0(?=\s?=\s?\d+\s?(?:[xX×*]|\\times)[^-−–+=\n$]*(?:[\n$]|\Z))")
_BLANK_IN_NUMBER = re.compile(r"(?<=\d,) (?=\d{3}(?!\d))")
_LATEX = re.compile(
    r"\\documentclass|\\begin\{document\}|^[ \t]*\\(?:sub)*section\*?\{"
    r"|\\begin\{(?:enumerate|itemize|tabular|align\*?|equation\*?)\}",
    re.MULTILINE,
)
_MARKDOWN = re.compile(r"^#{1,6} |^[ \t]*\|[ :]*-[-| :]*\|[ \t]*$|^```|\*\*\w", re.MULTILINE)


def is_latex(text: str) -> bool:
    """Return whether a text is LaTeX as a document, not only with formulas in it."""
    return "\\documentclass" in text or (_LATEX.search(text) is not None and _MARKDOWN.search(text) is None)


def plain_blocks(source: Placed) -> list[Piece | Table]:
    """Return the pieces and tables of plain text.

    A result whose groups of digits a scan has torn apart is put together if it ends its line, and a zero
    that is said to be a product is the letter O.

    >>> from nnutils.lint.readers.placed import placed
    >>> [piece.text for piece in plain_blocks(placed("G = 4, 294, 967, 296\\n\\nsizes: 4, 294, 967"))]
    ['G = 4,294,967,296', 'sizes: 4, 294, 967']
    """
    source = with_fractions(source)
    parts, last = [], 0
    for torn in _TORN.finditer(source.text):
        for blank in _BLANK_IN_NUMBER.finditer(source.text, *torn.span()):
            parts.append(source[last : blank.start()])
            last = blank.end()
    whole = joined([*parts, source[last:]]) if parts else source
    return markdown_blocks(replaced(whole, _LETTER, "O"), plain=True)
