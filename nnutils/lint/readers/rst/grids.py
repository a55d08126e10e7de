"""Tables of reStructuredText: grids drawn with +, - and |, and simple ones between rows of equals signs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nnutils.lint.readers.placed import Placed, joined
from nnutils.lint.readers.tables import CellReader, table_of
from nnutils.lint.sheets import Piece, Table

__all__ = ["drawn", "is_drawn", "is_simple", "simple"]

_DRAWN_RULE = re.compile(r"\s*\+(?:[-=]{2,}\+)+\s*")
_PARTLY = re.compile(r"\s*[+|].*[+|]\s*")
_SIMPLE_RULE = re.compile(r"\s*={2,}(?:\s+={2,})+\s*|\s*={2,}\s+=\s*")
_UNDER = re.compile(r"\s*-{2,}(?:\s+-{2,})*\s*")
_RUN = re.compile(r"=+")

_Span = tuple[int, int]


def is_drawn(line: str) -> bool:
    """Return whether a line is the top of a grid: +-----+----+."""
    return _DRAWN_RULE.fullmatch(line) is not None


def is_simple(line: str) -> bool:
    """Return whether a line is the top of a simple table: =====  ====."""
    return _SIMPLE_RULE.fullmatch(line) is not None


def drawn(source: Placed, lines: Sequence[_Span], cell: CellReader) -> Table:
    """Return a grid. A cell over several columns stands in the first of them, one over rows in the first row.

    >>> from nnutils.lint.readers.placed import placed
    >>> from nnutils.lint.sheets import Piece
    >>> text = placed("+----+----+\\n| a  | b  |\\n+====+====+\\n| 34 | 5  |\\n+----+----+")
    >>> table = drawn(text, text.lines(), lambda part: Piece(part.text, tuple(part.places)))
    >>> [[one.text for one in row] for row in table.rows], table.headers
    ([['a', 'b'], ['34', '5']], 1)
    """
    texts = [source.text[start:end] for start, end in lines]
    marks = sorted({at for text in texts if is_drawn(text) for at, sign in enumerate(text) if sign == "+"})
    rows: list[list[Piece]] = []
    headers: int | None = None
    band: list[_Span] = []
    for (start, end), text in zip(lines, texts, strict=True):
        bare = text.strip()
        if bare.startswith("+") and re.search(r"\+[-=]{2,}", bare):
            if band:
                rows.append(_cells(source, band, marks, cell))
                band = []
            if is_drawn(text) and "=" in text:
                headers = len(rows)
        else:
            band.append((start, end))
    if band:
        rows.append(_cells(source, band, marks, cell))
    return table_of(rows, headers)


def _cells(source: Placed, band: Sequence[_Span], marks: Sequence[int], cell: CellReader) -> list[Piece]:
    made: list[Piece] = []
    column = 0
    while column < len(marks) - 1:
        stop = column + 1  # the first mark at which a bar ends the cell
        while stop < len(marks) - 1 and not any(
            source.text[start + marks[stop] : start + marks[stop] + 1] == "|" for start, _ in band
        ):
            stop += 1
        parts = []
        for start, end in band:
            low, high = start + marks[column] + 1, min(start + marks[stop], end)
            parts += [source[low : max(low, high)].stripped(), Placed("\n", [source.place(high)])]
        made.append(cell(joined(parts).stripped()))
        made += [Piece("", ())] * (stop - column - 1)
        column = stop
    return made


def simple(source: Placed, lines: Sequence[_Span], cell: CellReader) -> Table:
    """Return a simple table: its columns are where the equals signs of its first line stand.

    >>> from nnutils.lint.readers.placed import placed
    >>> from nnutils.lint.sheets import Piece
    >>> text = placed("=====  ===\\nlayer  n\\n=====  ===\\nH1     500\\n=====  ===")
    >>> table = simple(text, text.lines(), lambda part: Piece(part.text, tuple(part.places)))
    >>> [[one.text for one in row] for row in table.rows], table.headers
    ([['layer', 'n'], ['H1', '500']], 1)
    """
    texts = [source.text[start:end] for start, end in lines]
    columns = [found.start() for found in _RUN.finditer(texts[0])]
    rules = [row for row, text in enumerate(texts) if is_simple(text)]
    rows: list[list[list[Placed]]] = []
    headers: int | None = None
    for row, (start, end) in enumerate(lines):
        text = texts[row]
        if row in rules:
            if row and len(rules) > 2 and headers is None:
                headers = len(rows)
            continue
        if not text.strip() or _UNDER.fullmatch(text):
            continue
        bounds = [*columns, max(end - start, columns[-1])]
        parts = [
            source[start + low : min(start + high, end)]
            for low, high in zip(bounds, bounds[1:], strict=False)
        ]
        if rows and not parts[0].text.strip():  # it goes on with the row above
            for above, part in zip(rows[-1], parts, strict=True):
                above += [Placed("\n", [source.place(end)]), part.stripped()] if part.text.strip() else []
        else:
            rows.append([[part.stripped()] for part in parts])
    return table_of([[cell(joined(parts)) for parts in row] for row in rows], headers)
