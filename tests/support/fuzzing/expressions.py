"""Expressions for Hypothesis: trees with their exact value, as text in several notations; and loose signs."""

from __future__ import annotations

import math
import operator
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

__all__ = ["UNKNOWN", "exact_value", "loose", "plain_numbers", "trees", "written"]

Tree = tuple[Any, ...]
UNKNOWN = object()
"""The value of a tree that only floats have, or that has none."""

_LARGEST = Fraction(10) ** 60
_LEVEL = {"+": 1, "-": 1, "*": 2, "/": 2, "//": 2, "%": 2, "@": 2, "neg": 3, "^": 4}
_OPERATORS = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
}
_WHOLE = st.integers(0, 99).map(str)
plain_numbers = st.one_of(
    _WHOLE,
    _WHOLE,
    st.integers(100, 10**9).map(str),
    st.tuples(_WHOLE, st.integers(0, 999)).map(lambda parts: f"{parts[0]}.{parts[1]:03d}"),
)
"""Numbers without a sign, as every notation writes them."""


def trees(
    names: tuple[str, ...] = (), operators: str = "+ - * / ^", leaves: int = 8
) -> st.SearchStrategy[Tree]:
    """Trees of numbers and names."""
    leaf = st.tuples(st.just("number"), plain_numbers)
    if names:
        leaf |= st.tuples(st.just("name"), st.sampled_from(names))
    exponent = st.tuples(st.just("number"), st.integers(0, 5).map(str))

    def deeper(part: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
        flat = [one for one in operators.split() if one != "^"]
        return st.one_of(
            st.tuples(st.sampled_from(flat), part, part),
            st.tuples(st.just("^"), part, exponent | part),
            st.tuples(st.just("neg"), part),
        )

    return st.recursive(leaf, deeper, max_leaves=leaves)


def written(tree: Tree, signs: Mapping[str, str], space: str = "", above: int = 0) -> str:
    """Return a tree as text with the brackets that it needs; ``signs`` says how operations are written."""
    kind = tree[0]
    if kind in ("number", "name"):
        return str(tree[1])
    level = _LEVEL[kind]
    if kind == "neg":
        text = signs.get("neg", "-") + written(tree[1], signs, space, level)
    elif kind == "^":
        text = f"{written(tree[1], signs, space, 5)}{signs.get('^', '^')}{written(tree[2], signs, space, 3)}"
    else:
        sign = f"{space}{signs.get(kind, kind)}{space}"
        text = written(tree[1], signs, space, level) + sign + written(tree[2], signs, space, level + 1)
    return f"({text})" if level < above else text


def exact_value(tree: Tree, names: Mapping[str, Fraction | int] | None = None) -> Any:
    """Return the value as a Fraction; None where there is none, or it is too large; or ``UNKNOWN``."""
    kind = tree[0]
    if kind == "number":
        return Fraction(tree[1])
    if kind == "name":
        return Fraction((names or {})[tree[1]])
    values = [exact_value(part, names) for part in tree[1:]]
    if None in values or any(value is UNKNOWN for value in values):
        return None if None in values else UNKNOWN
    made = _applied(kind, values)
    if isinstance(made, Fraction) and (abs(made) > _LARGEST or made.denominator > _LARGEST):
        return None
    return made


def _applied(kind: str, values: list[Fraction]) -> Any:
    first, last = values[0], values[-1]
    if kind == "neg":
        return -first
    if kind == "^":
        if abs(last) > 64 or (not first and last <= 0):
            return None
        if last.denominator > 1:
            return UNKNOWN
        bits = math.log2(max(abs(first.numerator), first.denominator)) * abs(last)
        return None if bits > 4000 else Fraction(first**last.numerator)
    if kind in ("/", "//", "%") and not last:
        return None
    return Fraction(_OPERATORS[kind](first, last))


_SIGNS = (
    "( ) [ ] { } + - * / ^ ** // % @ .T , . ; : = ' \" _ x X pi e exp( ln sqrt( abs( 2 10 0.5 1e9 1e999 .5 "
    "1,200 ½ 2½ ² ³ ⁻ᵀ ᵀ × · ÷ − – ~ about % k M million yes no nan inf None True lambda : := and not if "
    "for \\ \n \t \0 \ud800 １２ 9**9**9 x**(10**9) 99999999999999999999 #"
).split(" ")

loose: st.SearchStrategy[str] = st.one_of(
    st.lists(st.sampled_from(_SIGNS), max_size=14).map("".join),
    st.lists(st.sampled_from(_SIGNS), max_size=14).map(" ".join),
    st.text(st.characters(codec=None), max_size=30),
    st.tuples(st.sampled_from(_SIGNS), st.integers(0, 3000)).map(lambda parts: parts[0] * parts[1]),
)
"""Signs that expressions are made of, in any order; any text; one sign many times."""
