"""Exact results: those of Fractions, and an error where there is none."""

from __future__ import annotations

import operator
from fractions import Fraction

import pytest
from hypothesis import given
from support.number_trees import numbers

from nnutils.core.arithmetic.results import result
from nnutils.core.errors import WorkedError
from nnutils.core.worked import Worked

BY_HAND = {
    "add": operator.add, "subtract": operator.sub, "multiply": operator.mul, "divide": operator.truediv,
    "floor_divide": operator.floordiv, "remainder": operator.mod,
}  # fmt: skip


@given(numbers, numbers)
def test_results_are_those_of_fractions(a: Fraction, b: Fraction) -> None:
    for operation, by_hand in BY_HAND.items():
        if b or operation in ("add", "subtract", "multiply"):
            made = result(operation, Worked(a), Worked(b))
            assert made == by_hand(Fraction(a), Fraction(b)) and not isinstance(made, float)
        else:
            with pytest.raises(WorkedError, match="cannot be divided by 0"):
                result(operation, Worked(a), Worked(b))


def test_powers_are_exact_or_refused() -> None:
    assert result("power", Worked(2), Worked(-2)) == Fraction(1, 4)
    for base, exponent in ((Worked(2), Worked(1) / 2), (Worked(0), Worked(-1)), (Worked(9), Worked(10**9))):
        with pytest.raises(WorkedError):
            result("power", base, exponent)
