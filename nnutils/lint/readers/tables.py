"""Tables of text: with pipes, with tabs, with a rule below their header, with columns apart by blanks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from nnutils.lint.numbers import number_at
from nnutils.lint.readers.placed import Placed
from nnutils.lint.sheets import Piece, Table

__all__ = [
    "CellReader",
    "header_rows",
    "is_piped",
    "is_rule",
    "is_semicoloned",
    "is_tabbed",
    "list_table",
    "piped",
    "ruled",
    "semicoloned",
    "spaced",
    "tabbed",
    "table_of",
]

CellReader = Callable[[Placed], Piece]
"""What turns the source of a cell into its text."""

_SEPARATOR = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_RULE = re.compile(r"\s*(?:-{2,}|={2,}|─{2,})(?:\s+(?:-{2,}|={2,}|─{2,}))+\s*")
_GRID_RULE = re.compile(r"\s*[+|][-=+|:]{2,}\s*")
_RUN = re.compile(r"[-=─]+")
_CELL_PARTS = re.compile(r"\\.|`+[^`]*`+|\$[^$|]*(?:\|[^$|]*)*\$|\|")
_LIST_CELL = re.compile(r"\s*([*-]\s+)?-(?:\s+|$)")
_WIDEST = 60
_COLUMN_GAP = re.compile(r"\s{2,}|\t")


def table_of(
    rows: Sequence[Sequence[Piece]], headers: int | None = None, caption: Piece | None = None
) -> Table:
    """Return rows of cells as a table; a row that is too short gets empty cells."""
    width = max((len(row) for row in rows), default=0)
    full = tuple((*row, *[Piece("", ())] * (width - len(row))) for row in rows)
    return Table(full, header_rows(full) if headers is None else headers, caption)


def header_rows(rows: Sequence[Sequence[Piece]]) -> int:
    """Return 1 if the first row names the columns, 0 if half of its cells or more are numbers.

    >>> from nnutils.lint.sheets import piece_of
    >>> rows = [("layer", "units"), ("conv1", "290,400")]
    >>> [header_rows([[piece_of(cell) for cell in row]]) for row in rows]
    [1, 0]
    """
    first = [cell.text.strip() for cell in rows[0] if cell.text.strip()] if rows else []
    numbers = sum(_is_number(text) for text in first)
    return 1 if len(rows) > 1 and 2 * numbers < len(first) or len(rows) == 1 and not numbers else 0


def _is_number(text: str) -> bool:
    found = number_at(text.lstrip("+-−=≈ "), 0)
    return found is not None and found.end == len(text.lstrip("+-−=≈ "))


def is_piped(first: str, second: str) -> bool:
    """Return whether two lines are the header of a table with pipes and the dashes below it."""
    return "|" in first and "-" in second and "|" in second and _SEPARATOR.fullmatch(second) is not None


def is_rule(line: str) -> bool:
    """Return whether a line is the rule below a header, one run of dashes for each column."""
    return _RULE.fullmatch(line) is not None


def is_tabbed(first: str, second: str) -> bool:
    """Return whether two lines begin a table with cells apart by tabs."""
    return (
        "\t" in first
        and "\t" in second
        and ("\t" in first.strip() or "\t" in second.strip())
        and bool(second.strip())
    )


def is_semicoloned(first: str, second: str) -> bool:
    """Return whether two lines are rows of a table with a semicolon between the cells.

    >>> is_semicoloned("layer ; units", "c1 ; =SUM(1;2)"), is_semicoloned("we see; it is so.", "a; b")
    (True, False)
    """
    rows = [[line[low:high].strip() for low, high in _apart(line)] for line in (first, second)]
    if len(rows[0]) < 2 or len(rows[0]) != len(rows[1]):
        return False
    spaced = all(" ; " in f" {line} " or ";" in line and "; " not in line for line in (first, second))
    return spaced and all(len(cell) <= _WIDEST and not cell.endswith(".") for row in rows for cell in row)


def _apart(line: str) -> list[tuple[int, int]]:
    """Return where the cells of a line begin and end; the arguments of a formula stay together."""
    made, start, depth, quoted = [], 0, 0, False
    for place, sign in enumerate(line):
        quoted ^= sign == '"'
        depth = max(0, depth + (sign in "([{") - (sign in ")]}"))
        if sign == ";" and not depth and not quoted:
            made.append((start, place))
            start = place + 1
    return [*made, (start, len(line))]


def semicoloned(source: Placed, lines: Sequence[tuple[int, int]], cell: CellReader) -> Table:
    """Return a table with a semicolon between the cells of a row.

    >>> from nnutils.lint.readers.placed import placed
    >>> from nnutils.lint.sheets import Piece
    >>> text = placed("sum ; =SUM(1;2) ; 3")
    >>> table = semicoloned(text, text.lines(), lambda part: Piece(part.text, tuple(part.places)))
    >>> [[cell.text for cell in row] for row in table.rows]
    [['sum', '=SUM(1;2)', '3']]
    """
    rows = []
    for start, end in lines:
        line = source[start:end]
        rows.append([cell(line[low:high].stripped()) for low, high in _apart(line.text)])
    return table_of(rows)


def piped(source: Placed, lines: Sequence[tuple[int, int]], cell: CellReader) -> Table:
    """Return a table with pipes, the dashes of which are the second line, or are missing."""
    rows: list[list[Piece]] = []
    headers = None
    for number, (start, end) in enumerate(lines):
        line = source[start:end].stripped()
        if _SEPARATOR.fullmatch(line.text) and "-" in line.text or _GRID_RULE.fullmatch(line.text):
            headers = len(rows) if headers is None and rows else headers
            continue
        width = len(rows[0]) if number and rows else None
        rows.append([cell(part.stripped()) for part in _pipe_cells(line, width)])
    return table_of(rows, headers)


def _pipe_cells(line: Placed, width: int | None) -> list[Placed]:
    """Return the cells of a line; a pipe inside a formula or code is none, unless cells would be missing."""
    text = line.text
    start = 1 if text.startswith("|") else 0
    end = (
        len(text) - 1 if text.endswith("|") and not text.endswith("\\|") and len(text) > start else len(text)
    )
    inside = line[start:end]
    careful = _split(
        inside, [found.start() for found in _CELL_PARTS.finditer(inside.text) if found[0] == "|"]
    )
    if width is None or len(careful) == width:
        return careful
    plain = _split(inside, [at.start() for at in re.finditer(r"(?<!\\)\|", inside.text)])
    return plain if len(plain) == width else careful


def _split(line: Placed, marks: Sequence[int]) -> list[Placed]:
    starts = [0, *(mark + 1 for mark in marks)]
    return [line[start:end] for start, end in zip(starts, [*marks, len(line)], strict=True)]


def tabbed(source: Placed, lines: Sequence[tuple[int, int]], cell: CellReader) -> Table:
    """Return a table with a tab between the cells of a row."""
    rows = []
    for start, end in lines:
        line = source[start:end]
        marks = [start for start, sign in enumerate(line.text) if sign == "\t"]
        rows.append([cell(part.stripped()) for part in _split(line, marks)])
    width = max(len(row) for row in rows)
    while width > 1 and all(len(row) < width or not row[-1].text for row in rows):
        width -= 1
        rows = [row[:width] for row in rows]
    return table_of(rows)


def ruled(source: Placed, lines: Sequence[tuple[int, int]], cell: CellReader) -> Table | None:
    """Return lines of a paragraph as a table if a rule of dashes shows where its columns stand, else None.

    >>> from nnutils.lint.readers.placed import placed
    >>> from nnutils.lint.sheets import Piece
    >>> text = placed("layer  units\\n-----  -----\\nH1       500")
    >>> table = ruled(text, text.lines(), lambda part: Piece(part.text, tuple(part.places)))
    >>> [[cell.text for cell in row] for row in table.rows]
    [['layer', 'units'], ['H1', '500']]
    """
    texts = [source.text[start:end] for start, end in lines]
    rules = [number for number, text in enumerate(texts) if _RULE.fullmatch(text)]
    if not rules or len(texts) - len(rules) < 2:
        return None
    columns = [found.start() for found in _RUN.finditer(texts[rules[0]])]
    rows = []
    for number, (start, end) in enumerate(lines):
        if number in rules:
            continue
        line = source[start:end]
        bounds = [*columns, max(len(line), columns[-1])]
        bounds[0] = 0
        parts = [line[low:high] for low, high in zip(bounds, bounds[1:], strict=False)]
        if any(_cuts(line.text, bound) for bound in columns[1:]):
            return None
        rows.append([cell(part.stripped()) for part in parts])
    headers = rules[1] - 1 if rules[0] == 0 and len(rules) > 2 else rules[0]
    return table_of(rows, headers if headers > 0 else None)


def _cuts(line: str, bound: int) -> bool:
    """Return whether a column would begin in the middle of a word."""
    return bound < len(line) and not line[bound - 1].isspace() and not line[bound].isspace()


def spaced(source: Placed, lines: Sequence[tuple[int, int]], cell: CellReader) -> Table | None:
    """Return a paragraph as a table if its lines have as many columns, at least three, apart by blanks."""
    if len(lines) < 3 or any("$" in source.text[start:end] for start, end in lines):
        return None  # scans have two blanks beside formulas
    rows, width = [], 0
    for start, end in lines:
        line = source[start:end].stripped()
        gaps = [found.span() for found in _COLUMN_GAP.finditer(line.text)]
        width = width or len(gaps) + 1
        if len(gaps) + 1 != width or width < 3:
            return None
        bounds = [0, *(bound for gap in gaps for bound in gap), len(line)]
        rows.append([cell(line[bounds[at] : bounds[at + 1]]) for at in range(0, len(bounds), 2)])
    return table_of(rows)


def list_table(source: Placed, lines: Sequence[tuple[int, int]], cell: CellReader) -> Table:
    """Return a table whose rows are list items, each a list of its cells: '* - layer', '  - units'."""
    rows: list[list[Piece]] = []
    for start, end in lines:
        line = source[start:end]
        found = _LIST_CELL.match(line.text)
        if found:
            if found[1] or not rows:
                rows.append([])
            rows[-1].append(cell(line[found.end() :].stripped()))
    return table_of(rows)
