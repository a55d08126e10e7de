"""Worked numbers: the value and what is printed, both against fractions; and what is no number."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from support.fuzzing.odd import odd
from support.fuzzing.outcome import Target
from support.number_trees import OPERATORS, build, evaluate, evaluate_latex, trees

from nnutils.core.worked import Worked

__all__ = ["TARGETS"]


def _check_tree(tree: Any) -> None:
    worked, value = build(tree)
    assert worked.value == value, f"{value}, not {worked.value}"
    for text in (worked.substitution, worked.formula, worked.work.split(" = ")[-1]):
        assert evaluate(text) == value, f"{text} is not {value}"
    for text in worked.named("").latex.split(" = "):
        assert evaluate_latex(text) == value, f"{text} is not {value}"
    assert str(worked).strip() and repr(worked).strip()


_operations = st.sampled_from([*sorted(OPERATORS), "**", "named", "call"])
_values = st.one_of(odd, st.integers(-(10**6), 10**6))


def _check_odd(given: tuple[Any, str, Any]) -> None:
    first, operation, second = given
    number = Worked(first, "first")
    if operation == "named":
        made: Any = number.named(second)
    elif operation == "**":
        made = number**second
    elif operation == "call":
        made = Worked(second, first)
    else:
        try:
            made = OPERATORS[operation](number, second)
        except TypeError as error:  # what Python says where neither side knows the other
            assert "unsupported operand" in str(error), f"{error}"
            return
    str(made), repr(made)


TARGETS = (
    Target("worked numbers", trees, _check_tree, share=3),
    Target("worked numbers of odd values", st.tuples(_values, _operations, _values), _check_odd, share=3),
)
