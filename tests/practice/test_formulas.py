"""The points where formulas are compared: shapes that fit, values of all names, nothing by chance."""

from __future__ import annotations

from typing import Any

import pytest

from nnutils.core.errors import ExpressionError, PracticeError
from nnutils.practice import Asked, load
from nnutils.practice.formulas import close, evaluate, trials
from nnutils.practice.formulas.matrices import rows_of
from nnutils.slips.expressions import read_expression


def asked(*formulas: str, defines: str = "") -> tuple[Asked, ...]:
    return tuple(Asked(f"f{n}", "a formula", "a", text, defines=defines) for n, text in enumerate(formulas))


def shape(value: Any) -> tuple[int, int]:
    return len(rows_of(value)), len(rows_of(value)[0])


def test_numbers_are_away_from_zero_and_one_and_have_both_signs() -> None:
    points = trials(asked("x1 - relu(x1 - x2)"))["f0"].points
    values = [value for point in points for value in point.values() if isinstance(value, float)]
    assert len(values) == 16 and min(map(abs, values)) > 0.1 and all(abs(abs(v) - 1) > 0.01 for v in values)
    assert {value > 0 for value in values} == {True, False}
    assert {point["x1"] < point["x2"] for point in points} == {True, False}  # type: ignore[operator]


def test_they_are_the_same_on_every_run_and_end_after_twelve_digits() -> None:
    found = trials(asked("exp(-x) / (1 + exp(-x))"))["f0"]
    assert found == trials(asked("exp(-x) / (1 + exp(-x))"))["f0"]
    assert all(value == float(f"{value:.12g}") for value in found.values)


def test_shapes_fit_and_a_swapped_product_does_not() -> None:
    point = trials(asked("tanh(W_O @ tanh(W_H @ v))"))["f0"].points[0]
    assert shape(point["W_O"])[1] == shape(point["W_H"])[0] and shape(point["W_H"])[1] == shape(point["v"])[0]
    assert shape(point["v"])[1] == 1 and shape(point["W_O"]) != shape(point["W_H"])
    with pytest.raises(ExpressionError, match="shapes around @ do not fit"):
        evaluate(read_expression("W_H @ W_O @ v"), point)


def test_what_one_formula_defines_is_a_name_of_the_others() -> None:
    rules = (
        Asked("r", "rbar", "a", "ybar * dphi(r)", defines="rbar"),
        Asked("V", "Vbar", "a", "rbar @ h.T", defines="Vbar"),
    )
    found = trials(rules)
    for point, rbar, outer in zip(found["V"].points, found["r"].values, found["V"].values, strict=True):
        assert point["rbar"] == rbar and shape(point["ybar"]) == shape(rbar) == shape(point["dphi(r)"])
        assert shape(outer) == (shape(rbar)[0], shape(point["h"])[0])


def test_a_formula_that_needs_positive_numbers_gets_them() -> None:
    assert all(value == value for value in trials(asked("ln(x) + sqrt(x)"))["f0"].values)


@pytest.mark.parametrize(
    ("formula", "problem"),
    [("1/(x - x)", r"f0 = 1/\(x - x\): hardly ever defined.* 0 give a value"), ("x + ", "too early")],
)
def test_a_formula_that_cannot_be_is_refused(formula: str, problem: str) -> None:
    with pytest.raises((PracticeError, ExpressionError), match=problem):
        trials(asked(formula))


def test_the_formulas_of_the_book_have_points() -> None:
    for name in ("sizing_networks/q1", "sorting_backprop_alexnet/q2", "stacked_convolutions/q4"):
        assert all(found.points and found.values for found in trials(load(name).asked()).values())


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("W + x", "shapes around \\+ do not fit: a matrix and a column"),
        ("x.T * x", "a row and a column"),
        ("2 @ x", "for matrices"),
        ("ln(x - x)", "not defined"),
        ("z", "z has no value"),
        ("f(x)", "f\\(x\\) has no value"),
        ("exp(exp(exp(9 + 0*x)))", "not defined"),
    ],
)
def test_what_cannot_be_computed_is_said(typed: str, problem: str) -> None:
    point = {"W": [[1.5, 2.0], [0.5, 3.0]], "x": [[2.0], [3.0]]}
    with pytest.raises(ExpressionError, match=problem):
        evaluate(read_expression(typed), point)


def test_values_agree_up_to_rounding_and_in_shape() -> None:
    assert close(1.0, 1.0 + 1e-9) and not close(1.0, 1.00001)
    assert close([[1.0], [2.0]], [[1.0], [2.0]]) and not close([[1.0], [2.0]], [[1.0, 2.0]])
    assert not close([[1.0]], 1.0)
