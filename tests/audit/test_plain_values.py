"""Plain numbers from whatever a notebook computes, and how they are written and compared."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from nnutils.audit.plain_values import (
    PlainArray,
    as_array,
    as_bool,
    difference,
    not_finite,
    stored_array,
    stored_number,
)
from nnutils.core.errors import ClaimError
from nnutils.core.worked import Worked


@pytest.mark.parametrize(
    ("value", "shape", "entries"),
    [
        (5, (), (5,)),
        ([1, Worked(2)], (2,), (1, 2)),
        (np.array([[1, 2], [3, 4]]), (2, 2), (1, 2, 3, 4)),
        ([np.array([1, 2]), (3, 4)], (2, 2), (1, 2, 3, 4)),
        (np.zeros((0, 3)), (0,), ()),
        (Fraction(4, 2), (), (2,)),
    ],
)
def test_arrays_become_plain(value: Any, shape: tuple[int, ...], entries: tuple[Any, ...]) -> None:
    assert as_array(value, "it") == PlainArray(shape, entries)


def test_torch_tensors_become_plain() -> None:
    torch = pytest.importorskip("torch")
    assert as_array(torch.ones(2, requires_grad=True), "it") == PlainArray((2,), (1.0, 1.0))


@pytest.mark.parametrize("value", [[[1, 2], [3]], [1, None], "12", ["1"], True, np.array([True]), {1: 2}])
def test_what_is_not_made_of_numbers_is_refused(value: Any) -> None:
    with pytest.raises(ClaimError, match="^it "):
        as_array(value, "it")


def test_truth_values() -> None:
    assert as_bool(np.bool_(True), "it") is True
    for value in (1, 0, "true", None, np.array([True])):
        with pytest.raises(ClaimError, match="must be True or False"):
            as_bool(value, "it")


def test_whole_numbers_are_compared_exactly_and_others_at_the_scale_of_the_array() -> None:
    def equal(left: Any, right: Any) -> bool:
        return difference(as_array(left, "l"), as_array(right, "r"), rtol=1e-9).equal

    assert not equal([10**12], [10**12 + 1]) and not equal([1e12], [10**12 + 1])
    assert equal([0.1 + 0.2], [0.3]) and not equal([0.3], [0.3 + 1e-8])
    assert equal([0.5, 1e-17], [0.5, 0.0]) and not equal([1e-17], [0.0])
    assert not equal([5e-10], [6e-10])
    assert equal([], [])


def test_stored_values_do_not_depend_on_the_machine() -> None:
    assert stored_number(0.1 + 0.2) == 0.3
    assert str(stored_number(-0.0)) == "0.0"
    assert stored_number(Fraction(-1, 81)) == "-1/81"
    assert stored_array(as_array([[1.0, 1e-20]], "it")) == [[1.0, 0.0]]
    assert stored_array(as_array(np.zeros((0,)), "it")) == []


def test_an_entry_of_rows_is_named_by_row_and_column() -> None:
    rows = PlainArray((2, 3), (1, 2, 3, 4, float("inf"), 6))
    assert not_finite(rows) == "entry (2, 2) is infinite"
    found = difference(PlainArray((2, 3), (1, 2, 3, 4, 5, 6)), PlainArray((2, 3), (1, 2, 3, 4, 5, 7)), rtol=0)
    assert found.entry == (1, 2)
