"""A derivation as a tree that can be computed again with one part changed.

Worked numbers are such trees already. A row of a derivative trace holds its arithmetic as a formula, so that
formula is turned into a tree, its symbols replaced by the rows that it was computed from.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from nnutils.autodiff.elementary import ELEMENTARY
from nnutils.autodiff.formula import Term
from nnutils.core.derivation import GIVEN, OPERATIONS

__all__ = ["FUNCTIONS", "MOST_POWER", "Node", "Number", "apply", "tree_of"]

Number = int | Fraction | float

FUNCTIONS: dict[str, Callable[..., Any]] = {name: entry.value for name, entry in ELEMENTARY.items()}
"""The elementary functions by name."""

MOST_POWER = 64
"""No larger power is computed."""

_OPERATORS: dict[str, Callable[..., Any]] = {
    **OPERATIONS,
    "identity": lambda x: x,
    "exponential": operator.pow,
}
_OF_TERMS = {
    "add": "add",
    "sub": "subtract",
    "mul": "multiply",
    "div": "divide",
    "pow": "power",
    "neg": "negative",
}
_NAMES = {id(value): name for name, value in FUNCTIONS.items()}


@dataclass(frozen=True, eq=False)
class Node:
    """A value with its name, the operation that made it, and the nodes that this was applied to."""

    name: str
    operation: str
    arguments: tuple[Node, ...]
    value: Number

    @property
    def given(self) -> bool:
        """Whether nothing was computed here."""
        return not self.arguments


def apply(operation: str, values: Sequence[Number]) -> Number | None:
    """Carry out an operation on values; None where it is not defined, or gives no finite number."""
    function = _OPERATORS.get(operation) or FUNCTIONS.get(operation)
    if function is None:
        return None
    try:
        if operation in ("divide", "floor_divide", "remainder") and values[1] == 0:
            return None
        if operation == "divide" and all(isinstance(value, int | Fraction) for value in values):
            return Fraction(values[0]) / Fraction(values[1])
        if operation in ("power", "exponential") and not -MOST_POWER <= values[1] <= MOST_POWER:
            return None
        result: Any = function(*values)
        # A whole number that is no float overflows: no slip leads to one.
        return result if not isinstance(result, complex) and math.isfinite(result) else None
    except (ArithmeticError, ValueError, TypeError):
        return None


def tree_of(derivation: Any) -> Node:
    """Return the tree of a worked number, a size, a row of a trace table, or a plain number.

    A derivation that cannot be computed again from its parts is a given value.

    >>> from nnutils.core.worked import Worked
    >>> tree = tree_of(Worked(96, "filters") * Worked(3, "in_channels"))
    >>> tree.operation, [part.name for part in tree.arguments], tree.value
    ('multiply', ['filters', 'in_channels'], 288)
    """
    return _tree(derivation, {})


def _tree(derivation: Any, done: dict[int, Node]) -> Node:
    if isinstance(derivation, int | float | Fraction):
        return Node("", GIVEN, (), derivation)
    if id(derivation) in done:
        return done[id(derivation)]
    formula = getattr(derivation, "formula", None)
    if isinstance(formula, Term) and derivation.operation in ("chain", "accumulate"):
        rows = {row.variable: row for row in derivation.arguments}
        made = _named(_of_term(formula, rows, done), _row_name(derivation))
    else:
        arguments = tuple(_tree(part, done) for part in derivation.arguments)
        operation = derivation.operation if arguments else GIVEN
        made = Node(_row_name(derivation), operation, arguments, derivation.value)
        if arguments and apply(operation, [part.value for part in arguments]) is None:
            made = Node(made.name, GIVEN, (), derivation.value)
    done[id(derivation)] = made
    return made


def _of_term(term: Term, rows: dict[Term, Any], done: dict[int, Node]) -> Node:
    if term.kind == "symbol" and term in rows:
        return _tree(rows[term], done)
    if term.kind == "number":
        return Node("", GIVEN, (), term.args[0])
    if term.kind == "apply" and id(term.args[1]) in _NAMES:
        arguments: tuple[Node, ...] = (_of_term(term.args[2], rows, done),)
        operation = _NAMES[id(term.args[1])]
    elif term.kind in _OF_TERMS:
        arguments = tuple(_of_term(part, rows, done) for part in term.args)
        operation = _OF_TERMS[term.kind]
    else:
        value = term.evaluate({symbol: row.value for symbol, row in rows.items()})
        return Node("", GIVEN, (), value)
    if operation == "multiply":  # one flat product, as in a worked number
        arguments = tuple(
            part
            for argument in arguments
            for part in (
                argument.arguments if argument.operation == "multiply" and not argument.name else (argument,)
            )
        )
    value = apply(operation, [part.value for part in arguments])
    return Node("", operation, arguments, math.nan if value is None else value)


def _named(node: Node, name: str) -> Node:
    return Node(name, node.operation, node.arguments, node.value)


def _row_name(derivation: Any) -> str:
    """Return a derivation's name; a marked symbol of a trace as it is written."""
    variable = getattr(derivation, "variable", None)
    return variable.text if isinstance(variable, Term) else derivation.name
