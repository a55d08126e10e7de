"""Tables of LaTeX."""

from __future__ import annotations

import re

from nnutils.lint.readers.latex.mathematics import words_strand
from nnutils.lint.readers.placed import Placed, Writer
from nnutils.lint.readers.tables import table_of
from nnutils.lint.sheets import Piece, Table

__all__ = ["tabular_table"]

_MARK = re.compile(r"\\\\\*?(?:\[[^\]\n]{0,30}\])?|\\tabularnewline|\\(?:begin|end)\{|\\.|[&{}]", re.DOTALL)
_RULES = re.compile(
    r"\s*(?:\\(?P<rule>hline|toprule|midrule|bottomrule|specialrule|Xhline)(?:\{[^{}]*\})*"
    r"|\\(?:cline|cmidrule)(?:\[[^\]]*\])?(?:\([^)]*\))?\{[^{}]*\}|\\(?:endhead|endfirsthead|endfoot|endlastfoot)"
    r"|\\addlinespace(?:\[[^\]]*\])?|\\(?:rowcolor|noalign|arrayrulecolor)(?:\[[^\]]*\])?\{[^{}]*\}|\\hfill|\\centering)"
)
_SPANNING = re.compile(r"\s*\\multicolumn\s*\{\s*(\d{1,2})\s*\}")
_MOST_HEADERS = 2


def tabular_table(source: Placed, caption: Piece | None = None) -> Table | None:
    r"""Return what stands in a tabular environment as a table; None if that is nothing.

    >>> from nnutils.lint.readers.placed import placed
    >>> table = tabular_table(placed(r"layer & units \\ \hline conv1 & $55^2$ \\"))
    >>> table.headers, [[cell.text for cell in row] for row in table.rows]
    (1, [['layer', 'units'], ['conv1', '55^(2)']])
    """
    rows: list[list[Piece]] = []
    ruled: list[int] = []
    for cells in _cells(source):
        first = cells[0]
        while rule := _RULES.match(first.text):
            if rule["rule"]:
                ruled.append(len(rows))
            first = first[rule.end() :]
        made = [piece for cell in (first, *cells[1:]) for piece in _pieces(cell)]
        if any(piece.text for piece in made):
            rows.append(made)
    if not rows:
        return None
    headers = next((number for number in ruled if 0 < number < len(rows)), None)
    return table_of(rows, headers if headers and headers <= _MOST_HEADERS else None, caption)


def _cells(source: Placed) -> list[list[Placed]]:
    """Return the source of each cell; marks inside braces and inner environments are not the table's."""
    rows: list[list[Placed]] = [[]]
    last = depth = inner = 0
    for mark in _MARK.finditer(source.text):
        sign = mark[0]
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth = max(0, depth - 1)
        elif sign in ("\\begin{", "\\end{"):
            inner = max(0, inner + (1 if sign == "\\begin{" else -1))
            depth += 1
        elif depth or inner:
            continue
        elif sign == "&" or sign.startswith("\\\\") or sign == "\\tabularnewline":
            rows[-1].append(source[last : mark.start()])
            last = mark.end()
            if sign != "&":
                rows.append([])
    rows[-1].append(source[last:])
    return rows


def _pieces(cell: Placed) -> list[Piece]:
    """Return a cell, and the empty ones that it also covers."""
    spanning = _SPANNING.match(cell.text)
    writer = Writer()
    writer.strand(words_strand(cell)[0])
    return [writer.piece(), *[Piece("", ())] * (int(spanning[1]) - 1 if spanning else 0)]
