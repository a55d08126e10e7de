"""Recorded functions: values and gradients against derivatives that are carried along; what is printed."""

from __future__ import annotations

import math
from typing import Any

from hypothesis import strategies as st
from support.fuzzing.functions import INPUTS, dual_value, functions, points, run
from support.fuzzing.odd import odd
from support.fuzzing.outcome import Target

import nnutils.autodiff as autodiff
from nnutils.core.errors import NNUtilsError

__all__ = ["TARGETS"]

_NAMED = {name: getattr(autodiff, name) for name in autodiff.__all__ if name.islower()}
_CLOSE = 1e-6


def _recorded(tree: Any, at: Any) -> Any:
    return autodiff.trace(lambda x1, x2, x3: run(tree, {"x1": x1, "x2": x2, "x3": x3}, _NAMED), *at)


def _check_trace(given: tuple[Any, tuple[float, ...]]) -> None:
    tree, at = given
    try:
        value, slopes = dual_value(tree, at)
    except (ArithmeticError, ValueError):
        value, slopes = math.nan, ()
    try:
        made = _recorded(tree, at)
        gradient = made.gradients()
        forward = made.tangent(x1=1.0)
    except NNUtilsError as error:
        assert not slopes or "x" not in str(tree) or _is_constant(tree), f"the value is {value}: {error}"
        raise
    for text in (made.forward(), made.reverse(), made.graph(), made.rules()):
        str(text)
    if slopes:
        right = (value, *slopes, slopes[0])
        found = (made.value, *(gradient.get(name, 0.0) for name in INPUTS), forward)
        for a, b in zip(right, found, strict=True):
            assert math.isclose(a, b, rel_tol=_CLOSE, abs_tol=_CLOSE), f"{found}, not {right}"


def _is_constant(tree: Any) -> bool:
    """Whether no input is read, so that there is nothing to record."""
    return tree[0] == "constant" or (tree[0] != "input" and all(map(_is_constant, _parts(tree))))


def _parts(tree: Any) -> tuple[Any, ...]:
    return tree[1:2] if tree[0] == "^" else tree[1:]


_odd_points = st.tuples(*[st.one_of(odd, st.integers(-3, 3))] * len(INPUTS))


def _check_odd(given: tuple[Any, tuple[Any, ...]]) -> None:
    tree, at = given
    made = _recorded(tree, at)
    str(made.gradients()), str(made), str(made.forward())


TARGETS = (
    Target("traces", st.tuples(functions, points), _check_trace, share=5),
    Target("traces of odd inputs", st.tuples(functions, _odd_points), _check_odd, share=3),
)
