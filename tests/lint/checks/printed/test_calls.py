"""Calls in the code of a sheet: what they make of numbers and small tensors, and which are not known."""

from __future__ import annotations

import operator
from typing import Any

import pytest

from nnutils.lint.checks.printed.calls import called
from nnutils.lint.checks.printed.tensors import Dual, Tensor


def tensor(*values: float) -> Tensor:
    return Tensor(tuple(map(Dual, values)), scalar=False)


def values(made: Tensor) -> list[float]:
    return [one.value for one in made.parts]


@pytest.mark.parametrize(("name", "value"), [("sum", 6.0), ("mean", 2.0)])
def test_a_tensor_has_a_sum_and_a_mean(name: str, value: float) -> None:
    made = called(name, None, [tensor(1.0, 2.0, 3.0)], {})
    assert (values(made), made.scalar) == ([value], True)


@pytest.mark.parametrize(
    ("name", "given"), [("sum", []), ("mean", []), ("softmax", []), ("nonsense", [1]), ("comb", [1, "a"])]
)
def test_what_is_not_known_is_refused(name: str, given: list[Any]) -> None:
    with pytest.raises(Exception, match="^$") as caught:
        called(name, None, given, {})
    assert type(caught.value).__name__ == "UnknownError"


def test_a_scalar_goes_with_each_element_and_vectors_have_one_length() -> None:
    scalar = Tensor((Dual(10.0),), scalar=True)
    pair = tensor(1.0, 2.0)
    assert values(pair.with_other(scalar, operator.mul)) == [10.0, 20.0]
    assert values(scalar.with_other(pair, operator.sub)) == [9.0, 8.0]
    assert values(pair.with_other(tensor(3.0, 4.0), operator.add)) == [4.0, 6.0]
    with pytest.raises(ValueError, match="different lengths"):
        pair.with_other(tensor(1.0, 2.0, 3.0), operator.add)
