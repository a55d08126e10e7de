"""The first wrong row of somebody's trace table, and the slip in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nnutils.autodiff.trace_tables import Row, TraceTable
from nnutils.core.errors import SlipError
from nnutils.slips.explaining import explain
from nnutils.slips.naming import shown
from nnutils.slips.network_numbers import Quantity
from nnutils.slips.slip import Slip
from nnutils.slips.stated import read

__all__ = ["WrongRow", "explain_trace", "rows_as_quantities"]


@dataclass(frozen=True)
class WrongRow:
    """The first row that leaves the right one: its place (from 1), the row, what is stated, and the slips."""

    place: int
    row: Row
    stated: str
    slips: tuple[Slip, ...]

    def __str__(self) -> str:
        said = f"Row {self.place}, {self.row.variable.text}: {self.stated} should be {shown(self.row.value)}."
        return f"{said} {self.slips[0]}" if self.slips else f"{said} The mistake is not recognised."


def explain_trace(table: TraceTable, rows: Sequence[object]) -> WrongRow | None:
    """Return the first row that is not right, at the precision typed; None where all are.

    ``rows`` holds the typed values, evaluation trace first and derivative trace second, from top to bottom. A
    row that somebody left out is None. Fewer rows than the table has are the first ones.

    Raises:
        SlipError: for more rows than the table has.
        ExpressionError: for a value that is not a number.

    >>> from nnutils import autodiff
    >>> table = autodiff.trace(lambda x1, x2: 1 / (x1 + x2), 3, 6).reverse()
    >>> [row.variable.text for section in (table.primal, table.derivative) for row in section.rows]
    ['v₋₁', 'v₀', 'v₁', 'v₂', 'y', 'v̄₂', 'v̄₁', 'v̄₋₁', 'v̄₀', 'x̄₂', 'x̄₁']
    >>> print(explain_trace(table, ["3", "6", "9", "0.1111", "0.1111", "1", "0.0123"]))
    Row 7, v̄₁: 0.0123 should be −0.0123457. A sign is lost: 0.0123457 in place of −0.0123457.
    """
    right = [row for section in (table.primal, table.derivative) for row in section.rows]
    if len(rows) > len(right):
        raise SlipError(
            f"{len(rows)} rows are stated; the table has {len(right)}.",
            remedy="State the rows of the evaluation trace and then those of the derivative trace.",
        )
    for place, (row, stated) in enumerate(zip(right, rows, strict=False), start=1):
        if stated is not None and row.value not in read(stated, exact=False).target:
            return WrongRow(place, row, str(stated), explain(row, stated, rows_as_quantities(table)))
    return None


def rows_as_quantities(table: TraceTable) -> tuple[Quantity, ...]:
    """Return the rows of a trace table, any of which may stand in the place of another.

    >>> from nnutils import autodiff
    >>> table = autodiff.trace(lambda x1, x2: 1 / (x1 + x2) + x2 * x2, 3, 6).reverse()
    >>> print(explain(table.primal.rows[5], "36.0278", rows_as_quantities(table))[0])
    36 (v₃) is used in place of 9 (v₁).
    """
    rows = [row for section in (table.primal, table.derivative) for row in section.rows]
    return tuple(Quantity("row", row.variable.text, row.value) for row in rows)
