"""Backprop rules as formulas, in the names that the user gave, read off a recorded array program.

Each named value, and each input, has one rule: its adjoint is the sum of what it receives, in the order of
the reverse sweep. A value without a name is written out inside the formulas that use it; if its own adjoint
would be a sum, or if the formula would grow long, it gets the automatic name v1, v2, ... and a rule of its
own.

The formulas come from the very functions that the sweep calls (``Elementwise.pull``, ``Multilinear.pull``),
called with symbols in place of arrays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nnutils.autodiff.array_operations import Value
from nnutils.autodiff.formula import Term, product, symbol, total
from nnutils.autodiff.sweeps import Accumulation
from nnutils.autodiff.symbols import symbol_text
from nnutils.autodiff.tape import Tape
from nnutils.core.errors import TraceError
from nnutils.core.messages import shown

__all__ = [
    "Contribution",
    "Rule",
    "Rules",
    "write_rules",
]

_LONGEST = 8
"""A formula with more nested operations than this is given a name."""


@dataclass(frozen=True)
class Contribution:
    """One summand of an adjoint.

    ``through`` names the later variable that passed it back, ``value`` is what the sweep added (None where
    the rules were asked for without a seed).
    """

    term: Term
    through: str
    value: Value | None

    @property
    def text(self) -> str:
        """The summand as text, such as 'Vᵀ r̄'."""
        return self.term.text

    @property
    def latex(self) -> str:
        """The summand as LaTeX."""
        return self.term.latex


@dataclass(frozen=True)
class Rule:
    """The backprop rule of one variable: its adjoint is the sum of the contributions, in sweep order.

    ``value`` is the adjoint itself (None without a seed).
    """

    variable: str
    adjoint: Term
    contributions: tuple[Contribution, ...]
    value: Value | None

    @property
    def formula(self) -> Term:
        """The right-hand side."""
        result = self.contributions[0].term
        for contribution in self.contributions[1:]:
            result = total(result, contribution.term)
        return result

    @property
    def text(self) -> str:
        """The rule as text, such as 'h̄ = ȳ + Vᵀ r̄'."""
        return f"{self.adjoint.text} = {self.formula.text}"

    @property
    def latex(self) -> str:
        """The rule as LaTeX."""
        return f"{self.adjoint.latex} = {self.formula.latex}"

    def __str__(self) -> str:
        return self.text


class Rules(Sequence[Rule]):
    """The rules of a program in the order of the reverse sweep; ``rules["h"]`` looks one up by its variable.

    ``program`` lists the recorded equations as (symbol, formula), ``unused`` the inputs that the output does
    not depend on. ``print`` shows the rules as text; a notebook shows them typeset.

    >>> from nnutils.autodiff import trace
    >>> rules = trace(lambda a, b: a * b, 2, 5).rules()
    >>> len(rules), rules.names, rules["b"].text, rules["b"].value
    (2, ('a', 'b'), 'b̄ = ȳ · a', 2.0)
    """

    def __init__(
        self, rules: Sequence[Rule], program: Sequence[tuple[Term, Term]], unused: Sequence[str]
    ) -> None:
        self._rules = tuple(rules)
        self.program = tuple(program)
        self.unused = tuple(unused)

    def __getitem__(self, key: int | str) -> Rule:  # type: ignore[override]  # no slices, but names
        """Return a rule by its place in the sweep or by its variable.

        Raises:
            TraceError: if there is no rule for this variable.
        """
        if isinstance(key, int):
            return self._rules[key]
        for rule in self._rules:
            if isinstance(key, str) and rule.variable == key:
                return rule
        known = ", ".join(rule.variable for rule in self._rules)
        raise TraceError(f"There is no rule for {shown(key)}.", remedy=f"There are rules for {known}.")

    def __len__(self) -> int:
        return len(self._rules)

    def __iter__(self) -> Iterator[Rule]:
        return iter(self._rules)

    @property
    def names(self) -> tuple[str, ...]:
        """The variables that have a rule, in the order of the sweep."""
        return tuple(rule.variable for rule in self._rules)

    @property
    def text(self) -> str:
        """The rules, a line each."""
        lines = [rule.text for rule in self._rules]
        reason = "(the output does not depend on it)"
        lines += [f"{symbol_text(name, 'bar')} = 0 {reason}" for name in self.unused]
        return "\n".join(lines)

    @property
    def latex(self) -> str:
        """The rules as an ``aligned`` environment."""
        lines = [f"{rule.adjoint.latex} &= {rule.formula.latex}" for rule in self._rules]
        lines += [rf"{symbol(name, 'bar').latex} &= 0" for name in self.unused]
        return "\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}"

    def __str__(self) -> str:
        return self.text

    __repr__ = __str__

    def _repr_latex_(self) -> str:
        return f"$$\n{self.latex}\n$$"


def write_rules(
    tape: Tape, output: int, log: Sequence[Accumulation], adjoints: Sequence[Value] | None
) -> Rules:
    """Write the rules for a log of the reverse sweep; with ``adjoints`` the values are kept too.

    >>> from nnutils.autodiff import trace
    >>> from nnutils.autodiff.sweeps import reverse_sweep
    >>> t, log = trace(lambda a, b: a * b, 2, 5), list[Accumulation]()
    >>> adjoints = reverse_sweep(t.tape, t.output, 1.0, log)
    >>> print(write_rules(t.tape, t.output, log, adjoints))
    ā = ȳ · b
    b̄ = ȳ · a
    """
    writer = _RuleWriter(tape, output, log)
    received: dict[int, list[Contribution]] = {}
    order: dict[int, None] = {}
    for step in log:
        term, through = writer.contribution(step)
        if step.target in writer.visible:
            value = step.contribution if adjoints is not None else None
            received.setdefault(step.target, []).append(Contribution(term, writer.labels[through], value))
            # A rule is complete when its last contribution has come: the dict keeps the order of these.
            order.pop(step.target, None)
            order[step.target] = None
    rules = [
        Rule(
            writer.labels[index],
            tape.term(index, writer.labels, "bar"),
            tuple(received[index]),
            None if adjoints is None else adjoints[index],
        )
        for index in order
    ]
    defined = [index for index in sorted(writer.visible) if tape.inputs <= index <= output]
    program = [(tape.term(index, writer.labels), writer.equation(index)) for index in defined]
    unused = [tape.names[index] for index in range(tape.inputs) if index not in order]
    return Rules(rules, program, unused)


class _RuleWriter:
    """A writer that decides which entries show under a name, and writes all others in terms of these."""

    def __init__(self, tape: Tape, output: int, log: Sequence[Accumulation]) -> None:
        self.tape, self.labels = tape, tape.labels()
        # Whose adjoint is a sum needs a name: written out, the sum would stand in every rule that uses it.
        several = {step.target for step in log if not step.first}
        self.visible = set(tape.names) | several | {output}
        self._values: dict[int, tuple[Term, int]] = {}
        for index in range(tape.inputs, output + 1):
            if tape.operations[index] is not None:
                depth = 1 + max(self._depth(parent) for parent in tape.parents(index))
                if depth > _LONGEST:
                    self.visible.add(index)
                self._values[index] = (tape.formula(index, self.value), depth)
        self._adjoints: dict[int, tuple[Term, int]] = {}

    def value(self, index: int) -> Term:
        """Write an entry where it is used: as its symbol if it is visible, else written out."""
        if index in self.visible or index not in self._values:
            return self.tape.term(index, self.labels)
        return self._values[index][0]

    def equation(self, index: int) -> Term:
        """Write an entry where it is defined."""
        return self._values[index][0]

    def contribution(self, step: Accumulation) -> tuple[Term, int]:
        """Write one accumulation; return it with the visible entry through which it came."""
        tape, source = self.tape, step.source
        operation = tape.operations[source]
        assert operation is not None, "only operations contribute"
        if source in self.visible:
            adjoint, through = tape.term(source, self.labels, "bar"), source
        else:
            adjoint, through = self._adjoints[source]
        args = tuple(self.value(parent) for parent in tape.parents(source))
        term: Term = operation.pull(step.position, adjoint, args, self.value(source), product)
        if step.target not in self.visible:
            self._adjoints[step.target] = (term, through)
        return term, through

    def _depth(self, index: int) -> int:
        return 0 if index in self.visible or index not in self._values else self._values[index][1]
