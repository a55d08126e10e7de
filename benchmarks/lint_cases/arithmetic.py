"""The arithmetic of a statement, written as Python, computed with exact fractions as far as that goes."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable
from fractions import Fraction

from .numerals import Real

__all__ = ["computed"]

_FUNCTIONS: dict[str, Callable[..., Real]] = {
    "floor": math.floor,
    "log": math.log,
    "exp": math.exp,
    "sin": math.sin,
    "cos": math.cos,
    "sqrt": math.sqrt,
}


def computed(work: str, **names: Real) -> Real:
    """Return what an expression gives; a division of whole numbers is exact.

    >>> computed("floor((227 - 11 + 2*0)/4) + 1")
    55
    """
    value = _of(ast.parse(work, mode="eval").body, names)
    return int(value) if isinstance(value, Fraction) and value.denominator == 1 else value


def _of(node: ast.expr, names: dict[str, Real]) -> Real:
    if isinstance(node, ast.Constant):
        return Fraction(str(node.value))
    if isinstance(node, ast.Name):
        return names[node.id]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_of(node.operand, names)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return _FUNCTIONS[node.func.id](_of(node.args[0], names))
    if isinstance(node, ast.BinOp):
        a, b = _of(node.left, names), _of(node.right, names)
        match node.op:
            case ast.Add():
                return a + b
            case ast.Sub():
                return a - b
            case ast.Mult():
                return a * b
            case ast.Div():
                return a / b
            case ast.Pow():
                return a ** (int(b) if b == int(b) else b)
    raise ValueError(f"{ast.unparse(node)} is not written with the arithmetic of the sheets.")
