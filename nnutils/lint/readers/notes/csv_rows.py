"""Tables as files: a row on each line, its cells apart by a semicolon, a comma or a tab, some in quotes."""

from __future__ import annotations

from nnutils.lint.readers.markdown_inline import paragraph_pieces
from nnutils.lint.readers.placed import Placed, joined, placed
from nnutils.lint.readers.tables import table_of
from nnutils.lint.sheets import Piece, Table

__all__ = ["csv_blocks", "is_csv"]

_SIGNS = (";", ",", "\t")
_FEWEST_ROWS, _FEWEST_CELLS = 3, 3
_LOOKED_AT = 40_000


def is_csv(text: str) -> bool:
    """Return whether a text is nothing but such a table: all its rows, at least three, are of the same width.

    >>> is_csv("no;task;answer\\n1;2*3;6\\n2;3*4;12"), is_csv("a, b, c\\nd, e, f\\ng, h, i")
    (True, False)
    """
    if len(text) > _LOOKED_AT or not any(sign in text for sign in _SIGNS):
        return False
    return _sign_of(placed(text), strict=True) is not None


def csv_blocks(source: Placed) -> list[Piece | Table]:
    r"""Return the table that a source holds, its first row as the header; a tab, if no other sign fits.

    >>> (table,) = csv_blocks(placed('no;task;answer\n1;"2 ""x""; 3*4*5";60'))
    >>> [[cell.text for cell in row] for row in table.rows]
    [['no', 'task', 'answer'], ['1', '2 "x"; 3*4*5', '60']]
    """
    sign = _sign_of(source) or _most_frequent(source.text)
    rows = [[_cell(part) for part in row] for row in _rows(source, sign)]
    return [table_of(rows)] if rows else []


def _sign_of(source: Placed, *, strict: bool = False) -> str | None:
    """Return the sign that makes all rows as wide; ``strict``: running text must not look so by accident."""
    for sign in _SIGNS:
        if sign not in source.text:
            continue
        rows = _rows(source, sign)
        if len(rows) < _FEWEST_ROWS and strict or not rows:
            continue
        width = len(rows[0])
        if width < (_FEWEST_CELLS if strict else 2) or any(len(row) != width for row in rows):
            continue
        header = [part.text.strip() for part in rows[0]]
        if strict and (len(set(header)) < width or any(any(map(str.isdigit, one)) for one in header)):
            continue
        if strict and any(part.text[:1].isspace() and part.text.strip() for row in rows for part in row):
            continue
        return sign
    return None


def _most_frequent(text: str) -> str:
    first = text.partition("\n")[0]
    return max(_SIGNS, key=first.count)


def _rows(source: Placed, sign: str) -> list[list[Placed]]:
    """Return the cells of each row; a cell in quotes may hold the sign and line breaks."""
    text = source.text
    rows: list[list[Placed]] = [[]]
    start, quoted = 0, False
    for place in range(len(text) + 1):
        one = text[place : place + 1]
        if one == '"':
            quoted ^= True
        elif one == "" or (not quoted and one in (sign, "\n")):
            rows[-1].append(source[start:place])
            start = place + 1
            if one != sign:
                rows.append([])
    return [row for row in rows if any(part.text.strip() for part in row)]


def _cell(part: Placed) -> Piece:
    part = part.stripped()
    if len(part.text) > 1 and part.text[0] == part.text[-1] == '"':
        part = part[1:-1]
        while '""' in part.text:
            at = part.text.index('""')
            part = joined([part[: at + 1], part[at + 2 :]])
    if "$" in part.text or "\\" in part.text:
        pieces = paragraph_pieces(part)
        return pieces[0] if pieces else Piece("", ())
    return Piece(part.text, tuple(part.places))
