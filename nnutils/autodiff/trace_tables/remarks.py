"""What stands below a trace table: inputs without influence, repeated arguments, digits lost by rounding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nnutils.autodiff.formula import Term, symbol
from nnutils.autodiff.tape import Tape
from nnutils.autodiff.trace_tables.rows import Row, RowWriter
from nnutils.core.messages import shown
from nnutils.core.numerals import number_text, rounded

__all__ = [
    "RoundingSlip",
    "direction_note",
]


@dataclass(frozen=True)
class RoundingSlip:
    """A row that prints differently when it is computed from the printed, rounded values above it.

    ``shown`` is what the table prints, ``from_rounded`` what the rounded values give ('no value' where a
    function is not defined for them).
    """

    variable: Term
    shown: str
    from_rounded: str


def direction_note(tangent: str, name: str, direction: Mapping[str, Any]) -> str:
    """Say what the derivatives of a tangent are, for the tables of a directional derivative.

    >>> direction_note("d_y", "y", {"x1": 1})
    'd_y is the derivative of y in the direction ẋ₁ = 1; its own derivatives are second derivatives of y.'
    """
    parts = [f"{symbol(x, 'dot')} = {shown(value, 40)}" for x, value in direction.items()]
    d, y = symbol(tangent), symbol(name)
    where = " in the direction " + ", ".join(parts) if parts else " in no direction"
    return f"{d} is the derivative of {y}{where}; its own derivatives are second derivatives of {y}."


def forward_remarks(writer: RowWriter, wrt: int) -> list[str]:
    """Return the remarks on a forward table for the derivative in the input number ``wrt``."""
    return [] if wrt in _reaching(writer.tape, writer.output) else [_independent(writer, wrt)]


def reverse_remarks(writer: RowWriter) -> list[str]:
    """Return the remarks on a reverse table: what has no influence, and what is used twice in a row."""
    tape, reached = writer.tape, _reaching(writer.tape, writer.output)
    remarks = [_independent(writer, index) for index in range(tape.inputs) if index not in reached]
    for index in writer.entries:
        parents, entry = tape.parents(index), writer.term(index)
        if index not in reached:
            output = symbol(writer.output_name)
            remarks.append(f"{output} does not depend on {entry}, which has no adjoint row.")
        elif len(parents) == 2 and parents[0] == parents[1]:
            used = writer.term(parents[0])
            remarks.append(f"{entry} uses {used} twice: a row for each place, with the derivative there.")
    return remarks


def rounding_slips(rows: Sequence[Row], digits: int) -> tuple[RoundingSlip, ...]:
    """Recompute each row from the printed values above it, and return those that then print differently."""
    printed: dict[Term, float] = {}
    slips = []
    for row in rows:
        value = row.value
        if row.formula is not None and (row.numbers is not None or row.formula in printed):
            try:
                value = row.formula.evaluate(printed)
            except (ArithmeticError, ValueError):
                slips.append(RoundingSlip(row.variable, row.shown, "no value"))
            else:
                if number_text(value, decimals=digits) != row.shown:
                    slips.append(RoundingSlip(row.variable, row.shown, number_text(value, decimals=digits)))
        printed[row.variable] = rounded(value, digits)
    return tuple(slips)


def rounding_remarks(slips: Sequence[RoundingSlip], digits: int) -> list[str]:
    """Return the remark that says which rows change; none where no row does."""
    if not slips:
        return []
    changed = "; ".join(f"{slip.variable} = {slip.from_rounded} instead of {slip.shown}" for slip in slips)
    decimals = f"{digits} decimal" + "s" * (digits != 1)
    return [f"Rounding every value to {decimals} before using it would give {changed}."]


def _independent(writer: RowWriter, index: int) -> str:
    output, name = symbol(writer.output_name), symbol(writer.tape.names[index])
    return f"{output} does not depend on {name}: the derivative is exactly 0."


def _reaching(tape: Tape, output: int) -> set[int]:
    """Return the entries that the output depends on."""
    reached = {output}
    # Parents come before what is made of them, so one pass from the end finds all.
    for index in range(output, -1, -1):
        if index in reached:
            reached.update(tape.parents(index))
    return reached
