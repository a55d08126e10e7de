"""The rows of trace tables: each with its formula, its value, and the rows that it was computed from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from nnutils.autodiff.array_operations import shape_of
from nnutils.autodiff.elementary import Elementwise
from nnutils.autodiff.formula import Term, as_term, differential, number, product, symbol, total
from nnutils.autodiff.sweeps import Accumulation
from nnutils.autodiff.tape import Tape
from nnutils.core.errors import TraceError
from nnutils.core.messages import shown
from nnutils.core.numerals import number_text

__all__ = [
    "Labels",
    "Row",
    "Section",
]

Labels = Literal["v", "names"]

_MOST_DIGITS = 400
"""More decimals than a float has that is not 0."""


@dataclass(frozen=True)
class Row:
    """One row: ``variable`` = ``formula`` = the formula with numbers = ``value``.

    ``chain`` is the chain rule behind an adjoint, such as v̄₃ · ∂v₃/∂v₀. ``value`` keeps every digit;
    ``shown`` is how it prints. ``name`` is the variable in plain letters: 'v-1', 'v3', 'x1', 'y'. ``alias``
    is the user's name, where the table numbers a named value.

    ``operation`` says how the value came about, and ``arguments`` are the rows that it was computed from:

    - in the evaluation trace the operation of the tape, such as 'multiply' or 'ln', and its arguments in
      order, one that is used twice given twice; 'input' and 'constant' have none. A constant is a row that no
      table shows. 'identity' is a row that repeats another one, such as y = v₅;
    - in a derivative trace 'seed' for what the sweep starts from, 'chain' for what the chain rule gives,
      'accumulate' for an adjoint so far and one more contribution, 'zero' for an input that the output does
      not depend on, and 'identity' again. The arguments are the rows of the symbols in the formula, each
      once.

    >>> from nnutils.autodiff import trace
    >>> y = trace(lambda x: 3 * x, 2).reverse().value_of("y")
    >>> product = y.arguments[0]
    >>> product.operation, [(row.name, row.operation, row.value) for row in product.arguments]
    ('multiply', [('3', 'constant', 3.0), ('v0', 'input', 2.0)])
    """

    name: str
    variable: Term
    formula: Term | None
    value: float
    shown: str
    numbers: Term | None = None
    chain: Term | None = None
    alias: str = ""
    operation: str = "input"
    # Left out of repr and ==: a row that many others use would be written, or compared, once for every path.
    arguments: tuple[Row, ...] = field(default=(), repr=False, compare=False)

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


class RowWriter:
    """A writer that turns the entries of a scalar tape, and what the sweeps found, into rows.

    It keeps the newest row and value of every symbol, since a later row is made of earlier ones. An adjoint
    that accumulates has several rows for one symbol; the newest is its value so far.

    Raises:
        TraceError: for ``digits`` or ``labels`` that are not allowed, and if a value is an array.
    """

    def __init__(self, tape: Tape, output: int, output_name: str, digits: int, labels: Labels) -> None:
        whole = isinstance(digits, int) and not isinstance(digits, bool)
        named = isinstance(labels, str) and labels in ("v", "names")
        if not named or not whole or not 0 <= digits <= _MOST_DIGITS:
            problem = f"A table with digits={shown(digits)} and labels={shown(labels)} cannot be made."
            remedy = f"digits is a whole number from 0 to {_MOST_DIGITS}, labels is 'v' or 'names'."
            raise TraceError(problem, remedy=remedy)
        for index in range(output + 1):
            if shape_of(tape.values[index]):
                raise TraceError(
                    f"A trace table shows numbers, and this is an array: {tape.describe(index)}.",
                    remedy="Use rules() for arrays, or make each number an input of its own.",
                )
        self.tape, self.output, self.output_name, self.digits = tape, output, output_name, digits
        self.numbered = labels == "v"
        self.names = tape.numbering() if self.numbered else tape.labels() | {output: output_name}
        self.entries = [i for i in range(output + 1) if tape.operations[i] is not None]
        self.newest: dict[Term, Row] = {}
        self.known: dict[Term, float] = {}

    def term(self, index: int, mark: str = "") -> Term:
        """Return the symbol of an entry, or with a mark that of its tangent or adjoint."""
        return self.tape.term(index, self.names, mark)

    def row(
        self,
        variable: Term,
        formula: Term | None,
        value: float,
        operation: str,
        arguments: tuple[Row, ...] | None = None,
        chain: Term | None = None,
        alias: str = "",
    ) -> Row:
        """Make the next row; without ``arguments`` it is computed from the symbols of its formula."""
        if arguments is None:
            arguments = tuple(self.newest[used] for used in _symbols(formula))
        # Numbers are put in where the formula is more than one symbol: "= x₁ = 2" needs no "= 2" in between.
        plain = formula is None or formula.kind in ("symbol", "number")
        numbers = None if plain or formula is None else formula.with_numbers(self.known, self.digits)
        shown = number_text(value, decimals=self.digits)
        name = variable.args[0]
        made = Row(name, variable, formula, value, shown, numbers, chain, alias, operation, arguments)
        self.newest[variable] = made
        self.known[variable] = value
        return made

    def evaluation(self) -> Section:
        """Return the evaluation trace: inputs, operations, and in a numbered table the output's own row."""
        tape, rows = self.tape, list[Row]()
        for index in range(tape.inputs):
            formula = symbol(tape.names[index]) if self.numbered else None
            rows.append(self.row(self.term(index), formula, tape.values[index], "input", ()))
        for index in self.entries:
            operation = tape.operations[index]
            assert operation is not None, "entries are operations"
            alias = tape.names.get(index, "") if self.numbered and index < self.output else ""
            formula = tape.formula(index, self.term)
            arguments = tuple(self._argument(parent) for parent in tape.parents(index))
            value = tape.values[index]
            rows.append(self.row(self.term(index), formula, value, operation.name, arguments, alias=alias))
        if self.numbered:
            rows.append(self.repeated(symbol(self.output_name), self.term(self.output)))
        return Section("Forward evaluation trace", tuple(rows))

    def repeated(self, variable: Term, original: Term) -> Row:
        """Make a row that gives a second name to the newest row of ``original``, such as y = v₅.

        No later row uses it. It is not kept either, for a user may call the output v2.
        """
        row = self.newest[original]
        name = variable.args[0]
        return Row(name, variable, original, row.value, row.shown, operation="identity", arguments=(row,))

    def tangent(self, index: int, value: float) -> Row:
        """Make the row of a tangent: the sum of each argument's tangent times the derivative in it."""
        tape, formula = self.tape, number(0)
        for position, parent in enumerate(tape.parents(index)):
            if not tape.is_constant(parent):  # a constant stands still
                part = product(self.term(parent, "dot"), self._partial(index, position))
                formula = part if formula.is_number(0) else total(formula, part)
        return self.row(self.term(index, "dot"), formula, value, "chain")

    def accumulation(self, step: Accumulation) -> Row:
        """Make the row of one accumulation, with the chain rule behind it."""
        source, target = self.term(step.source), self.term(step.target)
        adjoint, before = self.term(step.source, "bar"), self.term(step.target, "bar")
        chain = adjoint * (differential(source) / differential(target))
        partial = self._partial(step.source, step.position)
        # A factor of one is shown, as in the survey: it is what the derivative of a sum is.
        one = partial.is_number(1) or partial.is_number(-1)
        formula = adjoint * partial if one else product(adjoint, partial)
        if step.first:
            return self.row(before, formula, step.total, "chain", chain=chain)
        return self.row(before, total(before, formula), step.total, "accumulate", chain=before + chain)

    def _argument(self, parent: int) -> Row:
        """Return the row of a parent; a constant, which no table lists, gets a row of its own."""
        if not self.tape.is_constant(parent):
            return self.newest[self.term(parent)]
        value, variable = self.tape.values[parent], self.term(parent)
        text = number_text(value)
        return Row(text, variable, None, value, text, operation="constant")

    def _partial(self, index: int, position: int) -> Term:
        """Write the derivative of an entry in one of its arguments."""
        operation = self.tape.operations[index]
        assert isinstance(operation, Elementwise), "a tape of numbers holds elementwise operations only"
        args = (self.term(parent) for parent in self.tape.parents(index))
        return as_term(operation.partials[position](*args, self.term(index)))


def _symbols(formula: Term | None) -> Iterator[Term]:
    """Yield the different symbols of a formula in the order in which they are written."""
    waiting, seen = [formula], set[Term]()
    while waiting:
        term = waiting.pop()
        if not isinstance(term, Term) or term in seen:
            continue
        if term.kind == "symbol":
            seen.add(term)
            yield term
        else:
            waiting.extend(reversed(term.args))
