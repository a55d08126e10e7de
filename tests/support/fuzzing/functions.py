"""Functions for Hypothesis, as trees: run on any values, and on pairs of a value and its derivatives."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

__all__ = ["INPUTS", "dual_value", "functions", "points", "run"]

Tree = tuple[Any, ...]
Dual = tuple[float, tuple[float, ...]]
INPUTS = ("x1", "x2", "x3")

_SLOPES: dict[str, tuple[Callable[[float], float], Callable[[float], float]]] = {
    "exp": (math.exp, math.exp),
    "ln": (math.log, lambda x: 1 / x),
    "sin": (math.sin, math.cos),
    "cos": (math.cos, lambda x: -math.sin(x)),
    "tan": (math.tan, lambda x: 1 + math.tan(x) ** 2),
    "tanh": (math.tanh, lambda x: 1 - math.tanh(x) ** 2),
    "sqrt": (math.sqrt, lambda x: 0.5 / math.sqrt(x)),
    "arctan": (math.atan, lambda x: 1 / (1 + x * x)),
    "sinh": (math.sinh, math.cosh),
    "relu": (lambda x: max(x, 0.0), lambda x: float(x > 0)),
    "abs": (abs, lambda x: math.copysign(1.0, x)),
    "sigmoid": (lambda x: 1 / (1 + math.exp(-x)), lambda x: math.exp(-x) / (1 + math.exp(-x)) ** 2),
}
_KINKS = ("relu", "abs")
_OPERATIONS: dict[str, Callable[..., Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "neg": operator.neg,
}

_leaf = st.one_of(
    st.tuples(st.just("input"), st.sampled_from(INPUTS)),
    st.tuples(st.just("input"), st.sampled_from(INPUTS)),
    st.tuples(st.just("constant"), st.one_of(st.integers(-4, 4), st.sampled_from([0.5, -1.25, 3.0]))),
)
functions: st.SearchStrategy[Tree] = st.recursive(
    _leaf,
    lambda part: st.one_of(
        st.tuples(st.sampled_from("+-*/"), part, part),
        st.tuples(st.just("^"), part, st.integers(-3, 4)),
        st.tuples(st.sampled_from(sorted(_SLOPES)), part),
        st.tuples(st.just("neg"), part),
    ),
    max_leaves=8,
)
"""Functions of x1, x2 and x3 that read at least none of them."""

points = st.tuples(*[st.floats(-4, 4).map(lambda value: round(value, 3))] * len(INPUTS))
"""A value for each input."""


def run(tree: Tree, values: Mapping[str, Any], named: Mapping[str, Callable[[Any], Any]]) -> Any:
    """Return what a function makes of values of any kind; ``named`` holds the elementary functions."""
    kind = tree[0]
    if kind == "input":
        return values[tree[1]]
    if kind == "constant":
        return tree[1]
    parts = [run(part, values, named) for part in (tree[1:2] if kind == "^" else tree[1:])]
    operation = named.get(kind) or _OPERATIONS.get(kind) or (lambda base: base ** tree[2])
    try:
        return operation(*parts)
    except ArithmeticError:
        if kind in named or any(not isinstance(part, int | float) for part in parts):
            raise
        return 1.0  # Python's own arithmetic on constants: nothing was recorded, and the library not asked


def dual_value(tree: Tree, at: Sequence[float]) -> Dual:
    """Return the value and the derivatives, by the rules of differentiation carried along.

    Raises:
        ArithmeticError: where the function, or its derivative, is not defined or too large.
        ValueError: likewise.
    """
    kind = tree[0]
    none = (0.0,) * len(at)
    if kind == "input":
        place = INPUTS.index(tree[1])
        return at[place], tuple(float(other == place) for other in range(len(at)))
    if kind == "constant":
        return float(tree[1]), none
    a, da = dual_value(tree[1], at)
    if kind == "^":
        slope = tree[2] * a ** (tree[2] - 1) if tree[2] else 0.0
        return _finite(a ** tree[2], tuple(slope * one for one in da))
    if kind == "neg":
        return -a, tuple(-one for one in da)
    if kind in _SLOPES:
        if kind in _KINKS and a == 0:
            raise ValueError("a kink")
        function, derivative = _SLOPES[kind]
        slope = derivative(a)
        return _finite(function(a), tuple(slope * one for one in da))
    b, db = dual_value(tree[2], at)
    pairs = list(zip(da, db, strict=True))
    if kind == "+":
        return _finite(a + b, tuple(p + q for p, q in pairs))
    if kind == "-":
        return _finite(a - b, tuple(p - q for p, q in pairs))
    if kind == "*":
        return _finite(a * b, tuple(p * b + a * q for p, q in pairs))
    return _finite(a / b, tuple(p / b - a * q / (b * b) for p, q in pairs))


def _finite(value: float, slopes: tuple[float, ...]) -> Dual:
    if not all(math.isfinite(one) and abs(one) < 1e12 for one in (value, *slopes)):
        raise ArithmeticError("too large to compare")
    return value, slopes
