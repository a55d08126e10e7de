"""Columns that hold several settings at once, 'kernel / stride / padding': each becomes a column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nnutils.lint.checks.tables.cells import is_blank
from nnutils.lint.checks.tables.column_roles import Role, role_of
from nnutils.lint.checks.tables.totals import titles
from nnutils.lint.sheets import Piece, Table

__all__ = ["apart"]

_SIGNS = ("/", ",", ";", "|")
_SETTINGS: frozenset[Role] = frozenset(("kernel", "stride", "padding", "dilation", "filters", "groups"))
_LETTERS = re.compile(r"\s*[(\[]\s*[a-z](?:\s*[/,;|]\s*[a-z])*\s*[)\]]\s*$", re.IGNORECASE)  # (k/s/p)


def apart(table: Table) -> Table:
    """Return a table whose joint columns of settings are columns of their own; the same table if it has none.

    A column is divided where its header names several settings with a sign between them and every cell that
    is not blank has as many parts. A blank cell is blank in each of the columns.

    >>> from nnutils.lint.sheets import piece_of
    >>> head, row = ("layer", "kernel / stride", "out"), ("conv1", "11 / 4", "55")
    >>> made = apart(Table(tuple(tuple(map(piece_of, one)) for one in (head, row))))
    >>> [cell.text.strip() for cell in made.rows[1]]
    ['conv1', '11', '4', '55']
    """
    if not table.headers:
        return table
    divided = {}
    for column, name in enumerate(titles(table)):
        for sign in _SIGNS:
            roles = [role_of(part) for part in _LETTERS.sub("", name).split(sign)]
            if len(roles) > 1 and len(set(roles)) == len(roles) and _SETTINGS.issuperset(roles):
                cells = [row[column] for row in table.rows[table.headers :] if column < len(row)]
                if _all_divide(cells, sign, len(roles)):
                    divided[column] = sign, len(roles)
    if not divided:
        return table
    rows = []
    for number, row in enumerate(table.rows):
        cells_made: list[Piece] = []
        for column, cell in enumerate(row):
            sign, parts = divided.get(column, ("", 1))
            if not sign:
                cells_made.append(cell)
            elif number < table.headers and not cell.text.strip():
                cells_made += [cell] * parts
            elif number >= table.headers and is_blank(cell.text):
                cells_made += [cell] * parts
            else:
                cells_made += _parts(cell, sign, parts)
        rows.append(tuple(cells_made))
    return Table(tuple(rows), table.headers, table.caption)


def _all_divide(cells: Sequence[Piece], sign: str, parts: int) -> bool:
    said = [cell.text for cell in cells if not is_blank(cell.text)]
    return bool(said) and all(text.count(sign) == parts - 1 for text in said)


def _parts(cell: Piece, sign: str, parts: int) -> Iterator[Piece]:
    """Yield the parts of a cell with their places; a header of several rows may have fewer of them."""
    text, begin = cell.text, 0
    for number in range(parts):
        end = text.find(sign, begin) if number < parts - 1 else len(text)
        end = len(text) if end < 0 else end
        inside = tuple((max(low, begin) - begin, min(high, end) - begin) for low, high in cell.formulas)
        formulas = tuple(one for one in inside if one[0] < one[1])
        yield Piece(text[begin:end], cell.places[begin:end], formulas, cell.kind)
        begin = min(end + 1, len(text))
