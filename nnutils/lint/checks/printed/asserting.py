"""What an assertion in code states about numbers: that two are equal, or apart by no more than so much."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from nnutils.lint.checks.printed.calls import UnknownError

__all__ = ["Claim", "claims_of"]

_FAILURES = (UnknownError, ArithmeticError, ValueError, TypeError, LookupError, AttributeError)
_NOISE = 1e-9
_TOLERANCES = {"approx": (1e-6, 1e-12), "isclose": (1e-9, 0.0), "allclose": (1e-5, 1e-8)}


@dataclass(frozen=True)
class Claim:
    """A side that states a number, the value of the other side, and whether the two agree."""

    stated: ast.expr
    computed: float | int
    holds: bool


def claims_of(test: ast.expr, value: Callable[[ast.expr], Any]) -> Iterator[Claim]:
    """Yield what an assertion claims; ``value`` gives the value of an expression, or fails.

    >>> tree = ast.parse("assert 3 * 4 == 13 and abs(1 / 3 - 0.33) < 0.01").body[0]
    >>> [(one.computed, one.holds) for one in claims_of(tree.test, lambda node: eval(ast.unparse(node)))]
    [(12, False), (0.3333333333333333, True)]
    """
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        for part in test.values:
            yield from claims_of(part, value)
        return
    try:
        claim = _claim(test, value)
    except _FAILURES:
        return
    if claim is not None:
        yield claim


def _claim(test: ast.expr, value: Callable[[ast.expr], Any]) -> Claim | None:
    if isinstance(test, ast.Call) and _name(test.func) in ("isclose", "allclose") and len(test.args) == 2:
        return _near(test, test.args[0], test.args[1], value)
    if not isinstance(test, ast.Compare) or len(test.ops) != 1:
        return None
    left, right = test.left, test.comparators[0]
    if isinstance(test.ops[0], ast.Eq):
        for one, other in ((left, right), (right, left)):
            if isinstance(other, ast.Call) and _name(other.func) == "approx" and len(other.args) == 1:
                return _near(other, one, other.args[0], value)
        return _compared(left, right, value, lambda a, b: abs(a - b) <= _NOISE * max(abs(a), abs(b)))
    small = isinstance(test.ops[0], ast.Lt | ast.LtE)
    if small and isinstance(left, ast.Call) and _name(left.func) in ("abs", "fabs") and len(left.args) == 1:
        inside = left.args[0]
        if isinstance(inside, ast.BinOp) and isinstance(inside.op, ast.Sub):
            most = _number(value(right))
            return _compared(inside.left, inside.right, value, lambda a, b: abs(a - b) <= most)
    return None


def _near(call: ast.Call, one: ast.expr, other: ast.expr, value: Callable[[ast.expr], Any]) -> Claim | None:
    relative, absolute = _TOLERANCES[_name(call.func)]
    for word in call.keywords:
        if word.arg in ("rel", "rel_tol", "rtol"):
            relative = _number(value(word.value))
        elif word.arg in ("abs", "abs_tol", "atol"):
            absolute = _number(value(word.value))
        else:
            return None
    return _compared(
        one, other, value, lambda a, b: math.isclose(a, b, rel_tol=max(relative, 1e-12), abs_tol=absolute)
    )


def _compared(
    left: ast.expr, right: ast.expr, value: Callable[[ast.expr], Any], agree: Callable[[float, float], bool]
) -> Claim | None:
    if not any(
        isinstance(one, ast.BinOp | ast.Call | ast.Name) for side in (left, right) for one in ast.walk(side)
    ):
        return None  # nothing is computed
    a, b = _number(value(left)), _number(value(right))
    stated, computed = (left, b) if _is_written(left) and not _is_written(right) else (right, a)
    return Claim(stated, computed, agree(a, b))


def _is_written(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) or (
        isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.Constant)
    )


def _number(value: Any) -> float | int:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise UnknownError
    return value


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
