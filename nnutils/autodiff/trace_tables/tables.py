"""Textbook trace tables: the evaluation of a scalar function and its derivatives, row by row.

The notation is Griewank's in three parts: inputs v(1-n) ... v0, intermediates v1, v2, ..., and the output. A
forward table pairs each value with its tangent. A reverse table shows every accumulation as its own row, in
the order of the sweep: a variable that is used twice gets its first contribution, and later the sum.

Source: Griewank and Walther, Evaluating Derivatives, 2nd edition, section 2.1; Baydin, Pearlmutter, Radul,
Siskind, Automatic differentiation in machine learning: a survey, JMLR 18 (2018), Tables 2 and 3.
"""

from __future__ import annotations

from collections.abc import Sequence

from nnutils.autodiff.formula import symbol
from nnutils.autodiff.sweeps import Accumulation, forward_sweep, reverse_sweep
from nnutils.autodiff.tape import Tape
from nnutils.autodiff.trace_tables import printing
from nnutils.autodiff.trace_tables.remarks import (
    forward_remarks,
    reverse_remarks,
    rounding_remarks,
    rounding_slips,
)
from nnutils.autodiff.trace_tables.rows import Labels, Row, RowWriter, Section
from nnutils.core.errors import TraceError
from nnutils.core.messages import shown
from nnutils.core.numerals import number_text

__all__ = [
    "TraceTable",
    "forward_table",
    "reverse_table",
]


class TraceTable:
    """A forward or a reverse table in two sections, ``primal`` and ``derivative``, to ``digits`` decimals.

    ``value_of(name)`` and ``derivative_of(name)`` find the rows of one variable. ``rounding`` lists the rows
    that change when one calculates on with the printed digits; ``notes`` says so in words. It prints as text,
    shows as HTML in a notebook, and has ``latex``. The rows are kept in the order of the sweep, also where
    ``bottom_up`` shows them in the opposite one.

    >>> from nnutils.autodiff import trace
    >>> print(trace(lambda x: 3 * x, 2).forward(labels="names"))
    Forward evaluation trace
    variable  formula  numbers  value
    --------  -------  -------  -----
    x                           = 2
    y         = 3 · x  = 3 · 2  = 6
    <BLANKLINE>
    Forward derivative trace, ẋ = 1
    variable  formula  numbers  value
    --------  -------  -------  -----
    ẋ                           = 1
    ẏ         = 3 · ẋ  = 3 · 1  = 3
    """

    def __init__(
        self, primal: Section, derivative: Section, digits: int, notes: Sequence[str], bottom_up: bool = False
    ) -> None:
        self.primal = primal
        self.derivative = derivative
        self.digits = digits
        self.bottom_up = bottom_up
        self.rounding = rounding_slips((*primal.rows, *derivative.rows), digits)
        self.notes = (*notes, *rounding_remarks(self.rounding, digits))

    def noted(self, note: str) -> TraceTable:
        """Return the table with one more sentence, the first of those below it; '' adds none."""
        self.notes = (note, *self.notes) if note else self.notes
        return self

    def value_of(self, name: str) -> Row:
        """Return the row of the evaluation trace for 'v3', 'v-1' or 'y'.

        Raises:
            TraceError: if there is no such row.
        """
        return _find(self.primal, name)[0]

    def derivative_of(self, name: str) -> tuple[Row, ...]:
        """Return the rows of the derivative trace for a variable: several where an adjoint accumulates.

        Raises:
            TraceError: if there is no such row.
        """
        return _find(self.derivative, name)

    @property
    def text(self) -> str:
        """The table as text in aligned columns."""
        return printing.as_text(self)

    @property
    def latex(self) -> str:
        """The table as LaTeX: two ``array`` environments, without the notes."""
        return printing.as_latex(self)

    def __str__(self) -> str:
        return self.text

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return printing.as_html(self)


def forward_table(
    tape: Tape, output: int, output_name: str, wrt: int, digits: int = 4, labels: Labels = "v"
) -> TraceTable:
    """Return the forward table: each value, and its derivative in the input number ``wrt``.

    Raises:
        TraceError: for ``digits`` or ``labels`` that are not allowed, and if a value is an array.

    >>> from nnutils.autodiff import trace
    >>> t = trace(lambda a, b: a * b, 2, 5)
    >>> [row.text for row in forward_table(t.tape, t.output, "y", wrt=1).derivative.rows]
    ['v̇₋₁ = ȧ = 0', 'v̇₀ = ḃ = 1', 'v̇₁ = v̇₋₁ · v₀ + v̇₀ · v₋₁ = 0 · 5 + 1 · 2 = 2', 'ẏ = v̇₁ = 2']
    """
    writer = RowWriter(tape, output, output_name, digits, labels)
    primal, rows = writer.evaluation(), list[Row]()
    tangents = forward_sweep(tape, {index: 1.0 if index == wrt else 0.0 for index in range(tape.inputs)})
    for index in range(tape.inputs):
        formula = symbol(tape.names[index], "dot") if writer.numbered else None
        rows.append(writer.row(writer.term(index, "dot"), formula, tangents[index], "seed", ()))
    rows += [writer.tangent(index, tangents[index]) for index in writer.entries]
    if writer.numbered:
        rows.append(writer.repeated(symbol(output_name, "dot"), writer.term(output, "dot")))
    seed = (symbol(tape.names[wrt], "dot"), "1")
    derivative = Section("Forward derivative trace", tuple(rows), seed)
    return TraceTable(primal, derivative, digits, forward_remarks(writer, wrt))


def reverse_table(
    tape: Tape,
    output: int,
    output_name: str,
    seed: float = 1.0,
    digits: int = 4,
    labels: Labels = "v",
    bottom_up: bool = False,
) -> TraceTable:
    """Return the reverse table: each value, then each accumulation of an adjoint in the order of the sweep.

    With ``bottom_up`` the adjoint rows are listed in the opposite order, to be read from the last row
    upwards, as the survey prints them.

    Raises:
        TraceError: for ``digits`` or ``labels`` that are not allowed, and if a value is an array.

    >>> from nnutils.autodiff import trace
    >>> t = trace(lambda a, b: a * b, 2, 5)
    >>> [row.text for row in reverse_table(t.tape, t.output, "y").derivative.rows[:3]]
    ['v̄₁ = ȳ = 1', 'v̄₋₁ = v̄₁ · v₀ = 1 · 5 = 5', 'v̄₀ = v̄₁ · v₋₁ = 1 · 2 = 2']
    """
    writer = RowWriter(tape, output, output_name, digits, labels)
    primal, log = writer.evaluation(), list[Accumulation]()
    adjoints = reverse_sweep(tape, output, seed, log)
    formula = symbol(output_name, "bar") if writer.numbered else None
    rows = [writer.row(writer.term(output, "bar"), formula, seed, "seed", ())]
    rows += [writer.accumulation(step) for step in log]
    for index in reversed(range(tape.inputs)):
        variable = symbol(tape.names[index], "bar")
        if adjoints[index] is None:
            rows.append(writer.row(variable, None, 0.0, "zero", ()))
        elif writer.numbered:
            rows.append(writer.repeated(variable, writer.term(index, "bar")))
    start = (symbol(output_name, "bar"), number_text(seed))
    derivative = Section("Reverse adjoint trace", tuple(rows), start)
    return TraceTable(primal, derivative, digits, reverse_remarks(writer), bottom_up)


def _find(section: Section, name: str) -> tuple[Row, ...]:
    found = tuple(row for row in section.rows if isinstance(name, str) and row.name == name)
    if not found:
        known = ", ".join(dict.fromkeys(row.name for row in section.rows))
        raise TraceError(f"There is no row for {shown(name)}.", remedy=f"There are rows for {known}.")
    return found
