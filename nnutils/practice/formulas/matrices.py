"""Formulas computed with numbers and small matrices, as a typed one and the right one are compared."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import chain
from typing import Any

from nnutils.core.errors import ExpressionError
from nnutils.slips.expressions import Expression
from nnutils.slips.stated import TYPED_CONSTANTS, TYPED_FUNCTIONS

__all__ = ["FUNCTIONS", "Value", "applied_to", "close", "evaluate", "rows_of"]

Value = float | list[list[float]]
"""A number, or a matrix as its rows; a vector is a matrix of one column."""

FUNCTIONS: dict[str, Callable[[float], float]] = {
    **TYPED_FUNCTIONS,
    "relu": lambda x: max(x, 0.0),
    "H": lambda x: 0.5 if x == 0 else float(x > 0),
}
"""The functions that a formula may use; of a matrix, entry by entry."""

_SAME = 1e-6
"""The relative difference that two ways of computing a formula may have, as in a browser."""


def evaluate(formula: Expression, point: Mapping[str, Value]) -> Value:
    """Return the value of a formula, its names by their values at a point.

    A function that is not known, such as dphi in 'dphi(r)', has a value where the point has one under just
    that name, 'dphi(r)'.

    Raises:
        ExpressionError: for a name without a value, for shapes that do not fit, and where the formula is not
            defined.

    >>> from nnutils.slips.expressions import read_expression
    >>> evaluate(read_expression("W @ x + 1"), {"W": [[1.0, 2.0], [0.0, 1.0]], "x": [[3.0], [4.0]]})
    [[12.0], [5.0]]
    """
    try:
        value = _value(formula, point)
    except ExpressionError:
        raise
    except (ArithmeticError, ValueError):
        value = math.nan
    if not all(map(math.isfinite, chain.from_iterable(rows_of(value)))):
        raise ExpressionError("It is not defined everywhere.", remedy="Look at what it divides by.")
    return value


def applied_to(formula: Expression) -> str:
    """Return what a function that is not known is called with its argument: 'dphi(r)'; '' for others."""
    if formula.operation != "call" or formula.value in FUNCTIONS:
        return ""
    argument = formula.arguments[0]
    return f"{formula.value}({argument.value if argument.operation == 'name' else '…'})"


def close(first: Value, second: Value) -> bool:
    """Whether two values agree, up to the last digits of a computation, and have the same shape."""
    one, other = rows_of(first), rows_of(second)
    if isinstance(first, list) != isinstance(second, list) or _shape(one) != _shape(other):
        return False
    pairs = zip(chain.from_iterable(one), chain.from_iterable(other), strict=True)
    return all(math.isclose(a, b, rel_tol=_SAME, abs_tol=_SAME * 1e-3) for a, b in pairs)


def rows_of(value: Value) -> list[list[float]]:
    """Return a matrix as its rows, a number as a matrix of one entry."""
    return value if isinstance(value, list) else [[value]]


def _value(formula: Expression, point: Mapping[str, Value]) -> Value:
    match formula.operation:
        case "number":
            return float(Fraction(formula.value))
        case "name":
            return _named(str(formula.value), point)
        case "call":
            if name := applied_to(formula):
                return _named(name, point)
            function = FUNCTIONS[str(formula.value)]
            argument = _value(formula.arguments[0], point)
            return _each(function, argument)
    values = [_value(part, point) for part in formula.arguments]
    match formula.operation:
        case "negative":
            return _each(operator.neg, values[0])
        case "transpose":
            return [list(row) for row in zip(*_matrix(values[0]), strict=True)]
        case "matmul":
            return _product(_matrix(values[0]), _matrix(values[1]))
    return _entrywise(formula.operation, values[0], values[1])


def _named(name: str, point: Mapping[str, Value]) -> Value:
    if name in point:
        return point[name]
    if name in TYPED_CONSTANTS:
        return TYPED_CONSTANTS[name]
    known = ", ".join(point)
    raise ExpressionError(
        f"{name} has no value here.", remedy=f"You can use {known}; write * between factors."
    )


def _each(function: Callable[[float], float], value: Value) -> Value:
    if isinstance(value, list):
        return [[function(entry) for entry in row] for row in value]
    return function(value)


_ENTRYWISE: dict[str, Callable[[float, float], Any]] = {
    "add": operator.add,
    "subtract": operator.sub,
    "multiply": operator.mul,
    "divide": operator.truediv,
    "power": math.pow,
}
_SIGNS = {"add": "+", "subtract": "-", "multiply": "*", "divide": "/", "power": "^"}


def _entrywise(operation: str, first: Value, second: Value) -> Value:
    function = _ENTRYWISE[operation]
    if not isinstance(second, list):
        return _each(lambda entry: function(entry, second), first)
    if not isinstance(first, list):
        return _each(lambda entry: function(first, entry), second)
    if _shape(first) != _shape(second):
        raise _misfit(_SIGNS[operation], first, second)
    return [
        [function(a, b) for a, b in zip(one, other, strict=True)]
        for one, other in zip(first, second, strict=True)
    ]


def _matrix(value: Value) -> list[list[float]]:
    if not isinstance(value, list):
        raise ExpressionError("@ and .T are for matrices, and here is a number.", remedy="Use * here.")
    return value


def _product(first: list[list[float]], second: list[list[float]]) -> Value:
    if len(first[0]) != len(second):
        raise _misfit("@", first, second)
    columns = list(zip(*second, strict=True))
    return [
        [math.fsum(a * b for a, b in zip(row, column, strict=True)) for column in columns] for row in first
    ]


def _shape(matrix: list[list[float]]) -> tuple[int, int]:
    return len(matrix), len(matrix[0])


def _misfit(sign: str, first: list[list[float]], second: list[list[float]]) -> ExpressionError:
    """Return the error for shapes that do not fit, without sizes: those at a point say nothing."""
    one, other = (_kind(matrix) for matrix in (first, second))
    remedy = (
        "The columns of the first must be as many as the rows of the second."
        if sign == "@"
        else "Use @ for a product of matrices, and .T for a transposed one."
    )
    return ExpressionError(f"The shapes around {sign} do not fit: {one} and {other}.", remedy=remedy)


def _kind(matrix: list[list[float]]) -> str:
    rows, columns = _shape(matrix)
    return "a column" if columns == 1 else "a row" if rows == 1 else "a matrix"
