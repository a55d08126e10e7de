"""Random expressions, built as worked numbers and as Fractions, and a reader of what is printed."""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from nnutils.core.worked import Worked

OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
}


def name_of(value: Fraction | int) -> str:
    value = Fraction(value)
    return f"x{'m' if value < 0 else 'p'}{abs(value.numerator)}over{value.denominator}"


numbers = st.integers(-20, 20) | st.fractions(-5, 5, max_denominator=7)
leaves = st.tuples(st.just("leaf"), numbers, st.booleans())
trees = st.recursive(
    leaves,
    lambda parts: (
        st.tuples(st.sampled_from(sorted(OPERATORS)), parts, parts, st.booleans())
        | st.tuples(st.just("**"), parts, st.integers(-2, 3))
        | st.tuples(st.just("neg"), parts)
    ),
    max_leaves=9,
)


def build(tree: Any) -> tuple[Worked, Fraction]:
    """The tree as a worked number, and its value by Fraction; an impossible division or power is left out."""
    kind = tree[0]
    if kind == "leaf":
        return Worked(tree[1], name_of(tree[1]) if tree[2] else ""), Fraction(tree[1])
    worked, value = build(tree[1])
    if kind == "neg":
        return -worked, -value
    if kind == "**":
        return (worked, value) if value == 0 and tree[2] < 0 else (worked ** tree[2], value ** tree[2])
    other_worked, other_value = build(tree[2])
    if kind in ("/", "//", "%") and other_value == 0:
        return worked, value
    result = Fraction(OPERATORS[kind](value, other_value))
    made = OPERATORS[kind](worked, other_worked)
    return (made.named(name_of(result)) if tree[3] else made), result


_SIGNS = {"·": "*", "−": "-", "^": "**", "⌊": "floor(", "⌋": ")"}
_READ: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.Mod: operator.mod,
    ast.BitOr: operator.mod,
}


def evaluate(text: str, mod: str = "%") -> Fraction:
    """Evaluate a printed formula or substitution by Python's precedence; ``mod="|"`` binds loosest."""
    for sign, python in (_SIGNS | {" mod ": f" {mod} "}).items():
        text = text.replace(sign, python)
    return _value(ast.parse(re.sub(r"(?<=\d),(?=\d)", "", text), mode="eval").body)


def _value(node: ast.AST) -> Fraction:
    match node:
        case ast.BinOp(left, op, right):
            return Fraction(_READ[type(op)](_value(left), _value(right)))
        case ast.UnaryOp(ast.USub(), part):
            return -_value(part)
        case ast.Call(ast.Name("floor"), [part]):
            return Fraction(math.floor(_value(part)))
        case ast.Constant(int(value)):
            return Fraction(value)
        case ast.Name(name):
            sign, above, below = re.fullmatch(r"x([mp])(\d+)over(\d+)", name).groups()  # type: ignore[union-attr]
            return Fraction(int(above), int(below)) * (-1 if sign == "m" else 1)
    raise AssertionError(f"cannot read {ast.dump(node)}")


def evaluate_latex(text: str) -> Fraction:
    """Evaluate a formula in LaTeX, innermost fractions and exponents first."""
    for latex, plain in (
        ("{,}", ""),
        ("\\left\\lfloor", "⌊"),
        ("\\right\\rfloor", "⌋"),
        ("\\left(", "("),
        ("\\right)", ")"),
        ("\\cdot", "·"),
        ("\\bmod", "mod"),
    ):
        text = text.replace(latex, plain)
    text = re.sub(r"\\text\{(\w+)\}", r"\1", text)
    while (shorter := re.sub(r"\\frac\{([^{}]*)\}\{([^{}]*)\}|\^\{([^{}]*)\}", _unpacked, text)) != text:
        text = shorter
    return evaluate(text)


def _unpacked(match: re.Match[str]) -> str:
    above, below, exponent = match.groups()
    return f"^({exponent})" if exponent else f"(({above}) / ({below}))"
