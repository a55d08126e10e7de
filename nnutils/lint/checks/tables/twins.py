"""The same number written twice: a column repeated in another table, or the working below a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nnutils.lint.checks.tables.cells import NumberCell, clean, number_cell, scale_in
from nnutils.lint.checks.tables.column_roles import role_of
from nnutils.lint.checks.tables.labels import layer_label
from nnutils.lint.checks.tables.totals import is_total, label_of, titles
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.numbers import numbers_in
from nnutils.lint.sheets import Piece, Table

__all__ = ["check_twins"]

_FEWEST_DIGITS, _FEWEST_TELLING = 5, 3
_MOST_COLUMNS, _MOST_COMPARED = 60, 200
_LABELLED = re.compile(r"[\s>*`$•+–-]*(?P<label>[^\W\d_][^:=\n]{1,48}?)\s*:")
_RESULT = re.compile(r"[=≈→]\s*\$?\s*(?=\d)")
_WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class _Place:
    """A number of a table, by the name of its row and of its column."""

    row: str
    column: str
    cell: NumberCell
    table: int


def check_twins(context: Context) -> Iterator[Finding]:
    """Find numbers that a sheet writes in two ways: the two alone do not tell which one is wrong."""
    results: dict[str, list[NumberCell]] = {}
    tables = sum(isinstance(block, Table) for block in context.sheet.blocks)
    current = ""
    for block in context.sheet.blocks if tables else ():
        if isinstance(block, Piece) and block.kind in ("text", "output"):
            current = _note_results(context, block, results, current)
        else:
            current = ""
    if tables > 1 or (tables and results):
        places = list(_places(context))
        yield from _between_tables(context, places)
        yield from _with_working(context, places, results)


def _places(context: Context) -> Iterator[_Place]:
    number = 0
    for block in context.sheet.blocks:
        if not isinstance(block, Table):
            continue
        number += 1
        names = titles(block)[:_MOST_COLUMNS]
        for row in block.rows[block.headers :]:
            label = _key(label_of(row, context.style))
            for column in range(1, min(len(row), len(names))):
                cell = number_cell(row[column], context.style, scale_in(names[column]))
                name = role_of(names[column]) or _key(names[column])
                if cell is not None and label and name:
                    yield _Place(label, name, cell, number)


def _key(text: str) -> str:
    label = layer_label(text)
    if label is not None:
        return label.key
    return "" if is_total(text) else " ".join(_WORDS.findall(clean(text).lower()))


def _between_tables(context: Context, places: list[_Place]) -> Iterator[Finding]:
    """Compare the columns that two tables share, row by row: most of their numbers have to agree."""
    seen: dict[tuple[int, str], dict[str, _Place]] = {}
    for one in places:
        seen.setdefault((one.table, one.column), {}).setdefault(one.row, one)
    columns = list(seen.items())[:_MOST_COMPARED]
    for index, ((table, column), rows) in enumerate(columns):
        for (other, name), before in columns[:index]:
            if other == table or name != column:
                continue
            shared = [(before[row], rows[row]) for row in rows if row in before]
            same = sum(_same(a.cell, b.cell) for a, b in shared if _telling(a.cell))
            if same < 2 or 2 * same <= len(shared):
                continue
            for a, b in shared:
                if not _same(a.cell, b.cell) and _telling(a.cell) and _telling(b.cell):
                    yield _finding(context, b.cell, a.cell)
                    break


def _with_working(
    context: Context, places: list[_Place], results: dict[str, list[NumberCell]]
) -> Iterator[Finding]:
    """Compare the rows of a table with the results of lines that begin with the same name."""
    tables: dict[int, list[tuple[_Place, bool, NumberCell | None]]] = {}
    for one in places:
        found = results.get(one.row)
        if not found:
            continue
        fits = any(_same(one.cell, other) for other in found)
        near = [other for other in found if not fits and _one_slip(one.cell, other)]
        tables.setdefault(one.table, []).append((one, fits, near[0] if len(near) == 1 else None))
    for compared in tables.values():
        # Results that the table repeats in most rows are its working.
        fitting = sum(fits for _, fits, _ in compared)
        for one, _, other in compared:
            if other is not None and fitting >= 2:
                yield _finding(context, one.cell, other)


def _note_results(context: Context, piece: Piece, results: dict[str, list[NumberCell]], current: str) -> str:
    """Note what stands behind the equals signs of lines that begin with a name, and of those that go on.

    Returns the name under which the next piece begins.
    """
    place = 0
    for line in piece.text.split("\n"):
        begin, place = place, place + len(line) + 1
        if len(line) > 2_000:
            continue
        label = _LABELLED.match(line)
        if label is not None:
            current = _key(label["label"])
        elif line.strip() and not re.match(r"[\s$*\\]*[\d(]", line):
            current = ""
        if not current:
            continue
        for number in numbers_in(line, context.style):
            if _RESULT.search(line, max(0, number.start - 6), number.start + 1):
                written = number.written
                cell = NumberCell(piece, begin + number.start, begin + number.end, written)
                results.setdefault(current, []).append(cell)
    return current


def _same(one: NumberCell, other: NumberCell) -> bool:
    if one.value == other.value or (one.written.unit is None and other.written.unit is None):
        return one.value == other.value
    return abs(one.value - other.value) <= one.slack + other.slack


def _telling(one: NumberCell) -> bool:
    """Return whether a number is so long that two tables do not share it by chance."""
    return len(str(abs(one.written.value.numerator))) >= _FEWEST_TELLING


def _one_slip(one: NumberCell, other: NumberCell) -> bool:
    """Return whether two long whole numbers differ by one digit: another one, one lost, or two exchanged."""
    if one.value.denominator != 1 or other.value.denominator != 1 or one.scale != 1:
        return False
    a, b = str(one.value), str(other.value)
    if min(len(a), len(b)) < _FEWEST_DIGITS or abs(len(a) - len(b)) > 1:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    if len(a) == len(b):
        return a[start + 1 :] == b[start + 1 :] or (
            a[start : start + 2] == b[start : start + 2][::-1] and a[start + 2 :] == b[start + 2 :]
        )
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return longer[start + 1 :] == shorter[start:]


def _finding(context: Context, at: NumberCell, other: NumberCell) -> Finding:
    """Return the finding about a number that is written in another way elsewhere."""
    where = context.sheet.where(other.piece.span(other.start, other.end)[0])
    part = f" of {where.part}" if where.part else ""
    here = context.sheet.where(at.piece.span(at.start, at.end)[0])
    why = f"Line {where.line}{part} has {other.text} for the same, line {here.line} has {at.text}."
    return context.finding(at.piece, at.start, at.end, "twin", "suspicious", stated=at.text, why=why)
