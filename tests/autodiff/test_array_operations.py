"""Array operations: values and derivatives in both modes against torch, and slips that are caught."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
import torch

from nnutils import autodiff
from nnutils.autodiff import traced
from nnutils.autodiff.array_operations import MATMUL, sum_over
from nnutils.autodiff.elementary import OPERATORS
from nnutils.autodiff.formula import symbol

SHAPES = {
    "matrix times vector": (lambda A, B: A @ B, (2, 3), (3,)),
    "matrix times matrix": (lambda A, B: A @ B, (2, 3), (3, 4)),
    "square matrices": (lambda A, B: A @ B, (3, 3), (3, 3)),
    "inner product": (lambda A, B: A @ B, (3,), (3,)),
    "transposes": (lambda A, B: (A.T @ B.T).T, (3, 2), (4, 3)),
    "bias along the last axis": (lambda A, B: A * A + B, (4, 3), (3,)),
    "bias as a column": (lambda A, B: A / B, (3, 4), (3, 1)),
    "number and array": (lambda A, B: A * B - A, (), (2, 3)),
    "sum over an axis": (lambda A, B: A.sum(0) * B, (2, 3), (3,)),
    "sum with its axis kept": (lambda A, B: A - A.sum(1, True) * B, (2, 3), (2, 3)),
    "entries": (lambda A, B: A[1] * B[0, 1:] + A[-1] * B[1, :2], (3,), (2, 3)),
    "powers": (lambda A, B: (A * A + 1) ** B + A**3, (2,), (2,)),
}


def errors(case: str) -> list[float]:
    """The largest relative errors of value, both adjoints and the tangent, with torch as the oracle."""
    program, *shapes = SHAPES[case]
    rng = np.random.default_rng(1)
    a, b = (rng.normal(size=shape) for shape in shapes)
    t = autodiff.trace(program, A=a, B=b)
    seed = rng.normal(size=np.shape(t.value))
    A, B = (torch.tensor(value, dtype=torch.float64, requires_grad=True) for value in (a, b))
    y = program(A, B)
    y.backward(torch.tensor(seed))
    gradients = t.gradients(seed)
    da, db = (rng.normal(size=shape) for shape in shapes)
    tangent = np.sum(seed * t.tangent(A=da, B=db))
    along = np.sum(A.grad.numpy() * da) + np.sum(B.grad.numpy() * db)
    assert np.shape(gradients["A"]) == shapes[0]
    assert np.shape(gradients["B"]) == shapes[1]
    pairs = [
        (t.value, y.detach().numpy()),
        (gradients["A"], A.grad.numpy()),
        (gradients["B"], B.grad.numpy()),
    ]
    return [
        float(np.max(np.abs(got - want)) / np.max(np.abs(want))) for got, want in [*pairs, (tangent, along)]
    ]


@pytest.mark.parametrize("case", sorted(SHAPES))
def test_array_operations_agree_with_torch_in_both_modes(case: str) -> None:
    assert max(errors(case)) < 1e-13  # a handful of roundings of 1e-16 each


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param((lambda g, a, b: g @ b, MATMUL.pullbacks[1]), id="transpose of B dropped"),
        pytest.param((MATMUL.pullbacks[0], lambda g, a, b: a @ g), id="transpose of A dropped"),
        pytest.param((lambda g, a, b: b.T @ g, MATMUL.pullbacks[1]), id="factors exchanged"),
    ],
)
def test_a_wrong_matrix_rule_is_caught(wrong: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    # With square matrices the shapes fit all the same: only the numbers tell.
    monkeypatch.setattr(traced, "MATMUL", dataclasses.replace(MATMUL, pullbacks=wrong))
    assert max(errors("square matrices")[1:3]) > 0.1


def test_a_wrong_quotient_rule_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    divide = OPERATORS["divide"]
    slip = dataclasses.replace(divide, partials=(divide.partials[0], lambda a, b, y: -a / b))
    monkeypatch.setitem(OPERATORS, "divide", slip)
    assert errors("bias as a column")[2] > 0.1


def test_numpy_arrays_and_functions_work_with_traced_values() -> None:
    A = np.array([[1.0, 2.0], [3.0, 4.0]])

    def program(x: Any) -> Any:
        return autodiff.sum(A @ x * A[0] - np.exp(x) / A[1] + 2 ** (A[0] * x))

    t = autodiff.trace(program, np.array([0.5, 1.0]))
    x = torch.tensor([0.5, 1.0], dtype=torch.float64, requires_grad=True)
    M = torch.tensor(A)
    (M @ x * M[0] - torch.exp(x) / M[1] + 2 ** (M[0] * x)).sum().backward()
    np.testing.assert_allclose(t.gradient(), x.grad.numpy(), rtol=1e-13)


def test_a_column_and_a_row_may_be_added() -> None:
    t = autodiff.trace(lambda a, b: a + b, np.ones((3, 1)), np.ones((1, 2)))
    seed = np.arange(6.0).reshape(3, 2)
    a_bar, b_bar = t.gradient(seed)
    assert a_bar.tolist() == [[1.0], [5.0], [9.0]]
    assert b_bar.tolist() == [[6.0, 9.0]]


@pytest.mark.parametrize("axes", [(0,), (1,), (0, 2), (0, 1, 2)])
@pytest.mark.parametrize("keepdims", [False, True])
def test_the_formula_of_a_sum_knows_which_axes_are_left(axes: tuple[int, ...], keepdims: bool) -> None:
    z = symbol("z", "bar", (4, 3, 2))
    assert sum_over(z, axes, keepdims).shape == np.ones((4, 3, 2)).sum(axis=axes, keepdims=keepdims).shape
