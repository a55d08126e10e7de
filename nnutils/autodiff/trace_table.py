"""Textbook trace tables: the evaluation of a scalar function and its derivatives, row by row.

The notation is Griewank's in three parts: inputs v(1-n) ... v0, intermediates v1, v2, ..., and the output. A
forward table pairs each value with its tangent. A reverse table shows every accumulation as its own row, in
the order of the sweep: a variable that is used twice gets its first contribution, and later the sum.

Source: Griewank and Walther, Evaluating Derivatives, 2nd edition, section 2.1; Baydin, Pearlmutter, Radul,
Siskind, Automatic differentiation in machine learning: a survey, JMLR 18 (2018), Tables 2 and 3.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from nnutils.autodiff import trace_table_text
from nnutils.autodiff.array_operations import shape_of
from nnutils.autodiff.elementary import Elementwise
from nnutils.autodiff.formula import Term, differential, lift, number, product, symbol, total
from nnutils.autodiff.sweeps import Accumulation, forward_sweep, reverse_sweep
from nnutils.autodiff.symbols import number_text, rounded
from nnutils.autodiff.tape import Tape
from nnutils.core.errors import TraceError

__all__ = [
    "Labels",
    "RoundingSlip",
    "Row",
    "Section",
    "TraceTable",
    "forward_table",
    "reverse_table",
]

Labels = Literal["v", "names"]


@dataclass(frozen=True)
class Row:
    """One row: ``variable`` = ``formula`` = the formula with numbers = ``value``.

    ``chain`` is the chain rule behind an adjoint, such as v̄₃ · ∂v₃/∂v₀. ``value`` keeps every digit;
    ``shown`` is how it prints. ``name`` is the variable in plain letters: 'v-1', 'v3', 'x1', 'y'. ``alias``
    is the user's name, where the table numbers a named value.
    """

    name: str
    variable: Term
    formula: Term | None
    value: float
    shown: str
    numbers: Term | None = None
    chain: Term | None = None
    alias: str = ""

    @property
    def text(self) -> str:
        """The row as a line of text, such as 'v̄₀ = v̄₁ · v₀ = 1 · 3 = 3'."""
        formulas = [formula.text for formula in (self.formula, self.numbers) if formula is not None]
        return " = ".join([self.variable.text, *formulas, self.shown])


@dataclass(frozen=True)
class Section:
    """The rows of one trace under a title; ``seed`` is the derivative that it starts from, such as ẋ₁ = 1."""

    title: str
    rows: tuple[Row, ...]
    seed: tuple[Term, str] | None = None


@dataclass(frozen=True)
class RoundingSlip:
    """A row that prints differently when it is computed from the printed, rounded values above it."""

    variable: Term
    shown: str
    from_rounded: str


class TraceTable:
    """A forward or a reverse table in two sections, ``primal`` and ``derivative``, to ``digits`` decimals.

    ``value_of(name)`` and ``derivative_of(name)`` find the rows of one variable. ``rounding`` lists the rows
    that change when one calculates on with the printed digits; ``notes`` says so in words. It prints as text,
    shows as HTML in a notebook, and has ``latex``. The rows are kept in the order of the sweep, also where
    ``bottom_up`` shows them in the opposite one.
    """

    def __init__(
        self, primal: Section, derivative: Section, digits: int, notes: Sequence[str], bottom_up: bool = False
    ) -> None:
        self.primal = primal
        self.derivative = derivative
        self.digits = digits
        self.bottom_up = bottom_up
        self.rounding = _rounding_slips((*primal.rows, *derivative.rows), digits)
        self.notes = (*notes, *_rounding_notes(self.rounding, digits))

    def value_of(self, name: str) -> Row:
        """Return the row of the evaluation trace for 'v3', 'v-1' or 'y'."""
        return _find(self.primal, name)[0]

    def derivative_of(self, name: str) -> tuple[Row, ...]:
        """Return the rows of the derivative trace for a variable: several where an adjoint accumulates."""
        return _find(self.derivative, name)

    @property
    def text(self) -> str:
        """The table as text in aligned columns."""
        return trace_table_text.as_text(self)

    @property
    def latex(self) -> str:
        """The table as LaTeX: two ``array`` environments, without the notes."""
        return trace_table_text.as_latex(self)

    def __str__(self) -> str:
        return self.text

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return trace_table_text.as_html(self)


class _Writer:
    """The symbols of a scalar tape, and its entries as rows."""

    def __init__(self, tape: Tape, output: int, output_name: str, digits: int, labels: Labels) -> None:
        if (
            labels not in ("v", "names")
            or isinstance(digits, bool)
            or not isinstance(digits, int)
            or digits < 0
        ):
            problem = f"A table with digits={digits!r} and labels={labels!r} cannot be made."
            raise TraceError(problem, remedy="digits is a whole number from 0, labels is 'v' or 'names'.")
        self.tape, self.output, self.digits = tape, output, digits
        self.numbered = labels == "v"
        self.names = tape.numbering() if self.numbered else tape.labels() | {output: output_name}
        self.output_symbol = output_name
        self.entries = [i for i in range(output + 1) if tape.operations[i] is not None]
        for index in range(output + 1):
            if shape_of(tape.values[index]):
                raise TraceError(
                    f"A trace table shows numbers, and this is an array: {tape.describe(index)}.",
                    remedy="Use rules() for arrays, or make each number an input of its own.",
                )

    def term(self, index: int, mark: str = "") -> Term:
        return self.tape.term(index, self.names, mark)

    def row(
        self,
        variable: Term,
        formula: Term | None,
        value: float,
        known: Mapping[Term, float],
        chain: Term | None = None,
        alias: str = "",
    ) -> Row:
        """Make a row; the numbers are put in where the formula is more than a single symbol."""
        plain = formula is None or formula.kind in ("symbol", "number")
        numbers = None if plain or formula is None else formula.with_numbers(known, self.digits)
        shown = number_text(value, self.digits)
        return Row(variable.args[0], variable, formula, value, shown, numbers, chain, alias)

    def evaluation(self) -> tuple[list[Row], dict[Term, float]]:
        """Return the rows of the evaluation trace, and the value of each symbol in them."""
        tape, known = self.tape, dict[Term, float]()
        rows = []
        for index in [*range(tape.inputs), *self.entries]:
            variable, value = self.term(index), tape.values[index]
            if index < tape.inputs:
                formula = symbol(tape.names[index]) if self.numbered else None
            else:
                formula = tape.formula(index, self.term)
            alias = tape.names.get(index, "") if self.numbered and tape.inputs <= index < self.output else ""
            rows.append(self.row(variable, formula, value, known, alias=alias))
            known[variable] = value
        if self.numbered:
            end = self.output
            rows.append(self.row(symbol(self.output_symbol), self.term(end), tape.values[end], known))
        return rows, known


def forward_table(
    tape: Tape, output: int, output_name: str, wrt: int, digits: int = 4, labels: Labels = "v"
) -> TraceTable:
    """Return the forward table: each value, and its derivative in the input number ``wrt``.

    Raises ``TraceError`` if a value is an array.
    """
    writer = _Writer(tape, output, output_name, digits, labels)
    values, known = writer.evaluation()
    tangents = forward_sweep(tape, {index: 1.0 if index == wrt else 0.0 for index in range(tape.inputs)})
    rows = []
    for index in [*range(tape.inputs), *writer.entries]:
        variable = writer.term(index, "dot")
        if index < tape.inputs:
            formula = symbol(tape.names[index], "dot") if writer.numbered else None
        else:
            formula = _tangent(writer, index)
        rows.append(writer.row(variable, formula, tangents[index], known))
        known[variable] = tangents[index]
    if writer.numbered:
        rows.append(
            writer.row(symbol(output_name, "dot"), writer.term(output, "dot"), tangents[output], known)
        )
    notes = [] if wrt in _reaching(tape, output) else [_independent(output_name, tape.names[wrt])]
    seed = (symbol(tape.names[wrt], "dot"), "1")
    derivative = Section("Forward derivative trace", tuple(rows), seed)
    return TraceTable(Section("Forward evaluation trace", tuple(values)), derivative, digits, notes)


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

    Raises ``TraceError`` if a value is an array.
    """
    writer = _Writer(tape, output, output_name, digits, labels)
    values, known = writer.evaluation()
    log: list[Accumulation] = []
    adjoints = reverse_sweep(tape, output, seed, log)
    first = writer.term(output, "bar")
    known[first] = seed
    rows = [writer.row(first, symbol(output_name, "bar") if writer.numbered else None, seed, known)]
    for step in log:
        chain, formula = _adjoint(writer, step)
        variable = writer.term(step.target, "bar")
        rows.append(writer.row(variable, formula, step.total, known, chain))
        known[variable] = step.total
    for index in reversed(range(tape.inputs)):
        adjoint = adjoints[index]
        if writer.numbered or adjoint is None:
            end = None if adjoint is None else writer.term(index, "bar")
            rows.append(writer.row(symbol(tape.names[index], "bar"), end, adjoint or 0.0, known))
    start = (symbol(output_name, "bar"), number_text(seed))
    derivative = Section("Reverse adjoint trace", tuple(rows), start)
    primal = Section("Forward evaluation trace", tuple(values))
    return TraceTable(primal, derivative, digits, _reverse_notes(writer, output_name), bottom_up)


def _tangent(writer: _Writer, index: int) -> Term:
    """Write a tangent: the sum of each argument's tangent times the derivative in that argument."""
    tape, result = writer.tape, number(0)
    for position, parent in enumerate(tape.parents(index)):
        if not tape.is_constant(parent):
            part = product(writer.term(parent, "dot"), _partial(writer, index, position))
            result = part if result.is_number(0) else total(result, part)
    return result


def _adjoint(writer: _Writer, step: Accumulation) -> tuple[Term, Term]:
    """Write an accumulation, as the chain rule states it and with the derivative filled in."""
    source, target = writer.term(step.source), writer.term(step.target)
    adjoint, before = writer.term(step.source, "bar"), writer.term(step.target, "bar")
    chain = adjoint * (differential(source) / differential(target))
    partial = _partial(writer, step.source, step.position)
    # A factor of one is shown, as in the survey: it is what the derivative of a sum is.
    one = partial.is_number(1) or partial.is_number(-1)
    formula = adjoint * partial if one else product(adjoint, partial)
    return (chain, formula) if step.first else (before + chain, total(before, formula))


def _partial(writer: _Writer, index: int, position: int) -> Term:
    """Write the derivative of an entry in one of its arguments."""
    operation = writer.tape.operations[index]
    assert isinstance(operation, Elementwise), "a tape of numbers holds elementwise operations only"
    args = (writer.term(parent) for parent in writer.tape.parents(index))
    return lift(operation.partials[position](*args, writer.term(index)))


def _reaching(tape: Tape, output: int) -> set[int]:
    """Return the entries that the output depends on."""
    reached = {output}
    for index in range(output, -1, -1):
        if index in reached:
            reached.update(tape.parents(index))
    return reached


def _independent(output_name: str, name: str) -> str:
    return f"{symbol(output_name)} does not depend on {symbol(name)}: the derivative is exactly 0."


def _reverse_notes(writer: _Writer, output_name: str) -> list[str]:
    tape, notes = writer.tape, []
    reached = _reaching(tape, writer.output)
    for index in range(tape.inputs):
        if index not in reached:
            notes.append(_independent(output_name, tape.names[index]))
    for index in writer.entries:
        parents = tape.parents(index)
        if index not in reached:
            notes.append(
                f"{symbol(output_name)} does not depend on {writer.term(index)}, which has no adjoint row."
            )
        elif len(parents) == 2 and parents[0] == parents[1]:
            used = writer.term(parents[0])
            notes.append(
                f"{writer.term(index)} uses {used} twice: a row for each place, with the derivative there."
            )
    return notes


def _rounding_slips(rows: Sequence[Row], digits: int) -> tuple[RoundingSlip, ...]:
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
                if number_text(value, digits) != row.shown:
                    slips.append(RoundingSlip(row.variable, row.shown, number_text(value, digits)))
        printed[row.variable] = rounded(value, digits)
    return tuple(slips)


def _rounding_notes(slips: Sequence[RoundingSlip], digits: int) -> list[str]:
    if not slips:
        return []
    changed = "; ".join(f"{slip.variable} = {slip.from_rounded} instead of {slip.shown}" for slip in slips)
    decimals = f"{digits} decimal" + "s" * (digits != 1)
    return [f"Rounding every value to {decimals} before using it would give {changed}."]


def _find(section: Section, name: str) -> tuple[Row, ...]:
    found = tuple(row for row in section.rows if row.name == name)
    if not found:
        known = ", ".join(dict.fromkeys(row.name for row in section.rows))
        raise TraceError(f"There is no row for {name!r}.", remedy=f"There are rows for {known}.")
    return found
