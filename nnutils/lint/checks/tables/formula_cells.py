"""Cells of a spreadsheet pasted as text: a formula such as ``=64*42^2``, its value in the cell beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from nnutils.lint.checks.tables.cells import NumberCell, number_cell
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding, Verdict
from nnutils.lint.sheets import Piece, Table
from nnutils.lint.values.cell_formulas import Cell, cell_value
from nnutils.lint.values.interval import UndefinedError
from nnutils.slips.precision import at_precision, match

__all__ = ["check_formula_cells"]

_LONGEST, _MOST_ROWS = 400, 2_000
_NEAREST_HEADER, _ABOVE = -1, 4
_FEW_COLUMNS = 3
_NOISE = 1e-9
_REFERRING = 2


@dataclass(frozen=True)
class _Formula:
    """A formula, where it stands in its table, and the number that stands beside it."""

    text: str
    row: int
    stated: NumberCell


@dataclass(frozen=True)
class _Judged:
    formula: _Formula
    verdict: Verdict
    computed: str = ""


def check_formula_cells(context: Context) -> Iterator[Finding]:
    """Judge the value beside each formula of a cell.

    >>> from nnutils.lint import lint
    >>> one = lint("cell\\tformula\\tvalue\\nunits\\t=64*42^2\\t112869", "a.txt").wrong[0]
    >>> one.stated, one.computed, one.line
    ('112869', '112,896', 2)
    """
    for block in context.sheet.blocks:
        if isinstance(block, Table) and len(block.rows) <= _MOST_ROWS:
            yield from _of_table(context, block)


def _of_table(context: Context, table: Table) -> Iterator[Finding]:
    columns = {column for row in table.rows for column, cell in enumerate(row) if _formula_in(context, cell)}
    for column in sorted(columns):
        best: list[_Judged] = []
        for beside in (column + 1, column - 1):
            found = list(_beside(context, table, column, beside))
            if not found:
                continue
            judged = _judged(context, table, found)
            if beside < column and not _rights(judged):
                continue  # what stands before a formula is its value only where some of them are
            if not best or _rights(judged) > _rights(best):
                best = judged
        wrong = sum(one.verdict == "wrong" for one in best)
        alone = len(best) == 1 and len(table.rows[0]) <= _FEW_COLUMNS
        if wrong <= _rights(best) or alone:  # else the cells beside the formulas hold something else
            yield from (_finding(context, one) for one in best)


def _rights(judged: Sequence[_Judged]) -> int:
    return sum(one.verdict in ("right", "rounded") for one in judged)


def _formula_in(context: Context, cell: Piece) -> str:
    """Return the formula of a cell as it stands in the file, where stars are not taken for emphasis."""
    if not cell.text.lstrip("`\"' ").startswith("=") or len(cell.text) > _LONGEST:
        return ""
    first, last = cell.span(0, len(cell.text))
    written = context.sheet.source[first:last].strip("`\"' ")
    return written if written.startswith("=") and any(sign.isalnum() for sign in written) else ""


def _beside(context: Context, table: Table, column: int, beside: int) -> Iterator[_Formula]:
    for number, row in enumerate(table.rows):
        if column < len(row) and 0 <= beside < len(row) and (text := _formula_in(context, row[column])):
            stated = None if _formula_in(context, row[beside]) else number_cell(row[beside], context.style)
            if stated is not None:
                yield _Formula(text, number, stated)


def _judged(context: Context, table: Table, formulas: Sequence[_Formula]) -> list[_Judged]:
    """Judge the formulas of a column; where cells are named, as the sheet numbers its rows most likely."""
    plain = [_compared(one, None) for one in formulas]
    if all(one.verdict != "unchecked" for one in plain):
        return plain
    best = plain
    beside = {one.row: one.stated for one in formulas}
    for above in range(_NEAREST_HEADER, _ABOVE):
        for left in (0, 1):
            tried = [_compared(one, _Grid(context, table, beside, above, left).at) for one in formulas]
            known = [new for new, old in zip(tried, plain, strict=True) if old.verdict == "unchecked"]
            right, wrong = _rights(known), sum(one.verdict == "wrong" for one in known)
            if right >= _REFERRING and right > wrong and _rights(tried) > _rights(best):
                best = tried
    return best


@dataclass(frozen=True)
class _Grid:
    """The numbers of a table by the names of its cells, with so many rows above it and columns to skip."""

    context: Context
    table: Table
    beside: dict[int, NumberCell]
    above: int
    left: int

    def at(self, cell: Cell) -> Fraction | None:
        row, column = cell[0] - self.above, cell[1] + self.left
        if not (0 <= row < len(self.table.rows) and 0 <= column < len(self.table.rows[row])):
            raise UndefinedError("a cell outside of the table")
        piece = self.table.rows[row][column]
        found = self.beside.get(row) if _formula_in(self.context, piece) else None
        found = found or number_cell(piece, self.context.style)
        if found is None:
            return None
        return found.value / 100 if "%" in found.suffix else found.value


def _compared(formula: _Formula, at: Callable[[Cell], Fraction | None] | None) -> _Judged:
    stated, used = formula.stated, list[Fraction]()

    def read(cell: Cell) -> Fraction | None:
        found = at(cell) if at is not None else None
        if at is None:
            raise UndefinedError("another cell")
        used.append(Fraction(0) if found is None else found)
        return found

    try:
        exact = cell_value(formula.text, read)
        value = Fraction(exact) * (100 if "%" in stated.suffix else 1)
    except (UndefinedError, OverflowError, ValueError):
        return _Judged(formula, "unchecked")
    written = stated.written
    shown = written.unit or Fraction(1)  # a cell of a format without decimals shows a whole number
    apart = abs(value - written.value)
    computed = at_precision(written, value) + stated.suffix if written.unit else stated.like(_short(value))
    if value.denominator > 1 and not written.unit:
        computed = f"{float(value):.6g}"
    noise = abs(value) * Fraction(_NOISE)
    if match(written, _short(value)) == "equal" or (value.denominator > 1 and apart <= shown / 2 + noise):
        return _Judged(formula, "right", computed)
    if any(one.denominator > 1 for one in used):  # what other cells show may be rounded itself
        near = apart <= abs(value) / 50
        return _Judged(formula, "suspicious" if near else "wrong", computed)
    if value.denominator > 1 and written.unit and apart <= written.unit + noise:
        return _Judged(formula, "rounded", computed)
    return _Judged(formula, "wrong", computed)


def _short(value: Fraction) -> Fraction | int:
    return int(value) if value.denominator == 1 else value


def _finding(context: Context, judged: _Judged) -> Finding:
    stated, formula = judged.formula.stated, judged.formula.text
    if judged.verdict == "unchecked":
        return context.finding(
            stated.piece, stated.start, stated.end, "formula of a cell", "unchecked",
            stated=stated.text, cause="unreadable", why=f"{formula} could not be computed.",
        )  # fmt: skip
    return context.finding(
        stated.piece, stated.start, stated.end, "formula of a cell", judged.verdict,
        stated=stated.text, computed=judged.computed, why=f"{formula} gives {judged.computed}.",
    )  # fmt: skip
