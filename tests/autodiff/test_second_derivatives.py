"""Second derivatives: by hand, against SymPy, torch and differences; kinks, tables, rules, named errors."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import sympy
import torch

from nnutils import autodiff
from nnutils.autodiff import (
    DomainError,
    ShapeError,
    hessian,
    hessian_vector_product,
    second_derivative,
    trace,
)
from nnutils.autodiff.elementary import ELEMENTARY
from nnutils.core.errors import TraceError

# One expression of x for three libraries: m has the functions.
SCALARS: dict[str, tuple[Callable[[Any, Any], Any], float]] = {
    "polynomial": (lambda m, x: 3 * x**4 - x**2 / 2 + 7 * x - 1, -1.3),
    "cube by products": (lambda m, x: x * x * x, 2.0),
    "quotient": (lambda m, x: (x - 2) / (x * x + 1), 0.7),
    "number over x": (lambda m, x: 5 / x, -0.4),
    "fractional power": (lambda m, x: (x + 3) ** 2.5, 0.7),
    "negative power": (lambda m, x: x**-3, 1.7),
    "power of a number": (lambda m, x: 2**x + (x * x + 1) ** x, 0.6),
    "exp": (lambda m, x: m.exp(-x * x), 0.8),
    "ln": (lambda m, x: m.ln(x * x + x), 1.1),
    "sin": (lambda m, x: m.sin(2 * x), 0.4),
    "cos": (lambda m, x: m.cos(x * x), 0.9),
    "tan": (lambda m, x: m.tan(x), 0.5),
    "arctan": (lambda m, x: m.arctan(3 * x), 0.5),
    "sinh": (lambda m, x: m.sinh(x) * x, 0.5),
    "cosh": (lambda m, x: m.cosh(x) / x, 0.5),
    "tanh": (lambda m, x: m.tanh(2 * x) - x, 0.3),
    "sqrt": (lambda m, x: m.sqrt(1 + x * x), 0.3),
    "sigmoid": (lambda m, x: m.sigmoid(3 * x), 0.3),
    "softplus": (lambda m, x: m.softplus(-2 * x), 0.3),
    "reciprocal": (lambda m, x: m.reciprocal(x + 3), 0.3),
    "relu": (lambda m, x: m.relu(x - 0.1) ** 3, 0.9),
    "abs": (lambda m, x: m.abs(x) ** 3, -0.9),
    "nested": (lambda m, x: m.sin(m.exp(m.cos(x)) * m.ln(x + 2)), 0.9),
}


class Sympy:
    exp, ln, sin, cos, tan, sinh, cosh, tanh, sqrt = map(
        staticmethod,
        (
            sympy.exp,
            sympy.log,
            sympy.sin,
            sympy.cos,
            sympy.tan,
            sympy.sinh,
            sympy.cosh,
            sympy.tanh,
            sympy.sqrt,
        ),
    )
    arctan = staticmethod(sympy.atan)
    sigmoid = staticmethod(lambda x: 1 / (1 + sympy.exp(-x)))
    softplus = staticmethod(lambda x: sympy.log(1 + sympy.exp(x)))
    reciprocal = staticmethod(lambda x: 1 / x)
    relu = staticmethod(lambda x: sympy.Piecewise((x, x > 0), (0, True)))
    abs = staticmethod(lambda x: sympy.Piecewise((x, x > 0), (-x, True)))


def symbolic(name: str) -> float:
    program, at = SCALARS[name]
    x = sympy.Symbol("x", real=True)
    return float(sympy.diff(program(Sympy, x), x, 2).subs(x, sympy.Float(at, 30)).evalf(25))


@pytest.mark.parametrize("name", SCALARS)
def test_second_derivatives_of_numbers_agree_with_sympy(name: str) -> None:
    program, at = SCALARS[name]
    expected = symbolic(name)
    assert second_derivative(lambda x: program(autodiff, x), at) == pytest.approx(expected, rel=1e-12)
    # Entry by entry the same functions: the Hessian of a sum is diagonal.
    both = hessian(lambda x: autodiff.sum(program(autodiff, x)), np.array([at, at]))
    np.testing.assert_allclose(both, np.eye(2) * expected, rtol=1e-12, atol=1e-13)


def test_every_function_of_the_table_is_among_them() -> None:
    assert set(ELEMENTARY) <= set(SCALARS)


@pytest.mark.parametrize("name", sorted(ELEMENTARY))
def test_a_wrong_first_derivative_makes_a_wrong_second_one(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry, at = ELEMENTARY[name], SCALARS[name][1]
    right = entry.partials[0]
    slip = dataclasses.replace(entry, partials=(lambda x, y: right(x, y) * 3,))
    monkeypatch.setitem(ELEMENTARY, name, slip)
    wrong = second_derivative(lambda x: SCALARS[name][0](autodiff, x), at)
    assert abs(wrong - symbolic(name)) > 1e-3


def test_by_hand() -> None:
    assert second_derivative(lambda x: x**3, 2) == 12
    assert second_derivative(lambda x: 3 * x + 1, 2) == 0
    assert second_derivative(lambda x: x, 2) == 0
    assert second_derivative(lambda x: x**2, 0) == 2
    assert hessian(lambda x: x[0] ** 2 * x[1], np.array([3.0, 5.0])).tolist() == [[10, 6], [6, 0]]
    assert hessian_vector_product(
        lambda x: x[0] ** 2 * x[1], np.array([3.0, 5.0]), np.array([1.0, 2.0])
    ).tolist() == [
        10 + 12,
        6,
    ]
    A = np.array([[2.0, 1.0], [-1.0, 3.0]])
    assert hessian(lambda x: x @ (A @ x), np.array([1.0, 1.0])).tolist() == (A + A.T).tolist()


def test_mixed_derivatives_of_several_inputs() -> None:
    t = trace(lambda a, b, c: a**2 * b**3 + c, 3, 2, 7)
    assert t.directional(a=1).gradients() == {"a": 16, "b": 72, "c": 0}
    assert t.directional(b=1).gradients() == {"a": 72, "b": 108, "c": 0}
    assert t.directional(a=2, b=1).gradients() == {"a": 104, "b": 252, "c": 0}
    assert t.directional(c=1).gradients() == {"a": 0, "b": 0, "c": 0}
    assert t.directional(a=2, b=1).value == t.tangent(a=2, b=1)
    assert t.directional().gradients() == {"a": 0, "b": 0, "c": 0}


def softmax_log_loss(m: Any, z: Any) -> Any:
    return m.ln(m.sum(m.exp(z))) - z[1]


def test_softmax_and_log_loss_have_the_hessian_of_the_textbook() -> None:
    z = np.array([0.3, -1.2, 2.0, 0.0])
    p = np.exp(z) / np.exp(z).sum()
    expected = np.diag(p) - np.outer(p, p)
    np.testing.assert_allclose(
        hessian(lambda z: softmax_log_loss(autodiff, z), z), expected, rtol=1e-13, atol=1e-15
    )


RNG = np.random.default_rng(3)
W1, W2, X = RNG.normal(size=(4, 3)), RNG.normal(size=(2, 4)), RNG.normal(size=(3, 5))


class Torch:
    """What the programs below use, by torch's names."""

    exp, tanh, relu, sum, ln = torch.exp, torch.tanh, torch.relu, torch.sum, torch.log

    @staticmethod
    def max(x: Any, axis: int) -> Any:
        return torch.amax(x, axis)

    @staticmethod
    def mean(x: Any, axis: int | None = None) -> Any:
        return torch.mean(x) if axis is None else torch.mean(x, axis)

    @staticmethod
    def array(x: Any) -> Any:
        return torch.tensor(x)


class Ours:
    exp, tanh, relu, sum, ln, max, mean = map(
        staticmethod,
        (autodiff.exp, autodiff.tanh, autodiff.relu, autodiff.sum, autodiff.ln, autodiff.max, autodiff.mean),
    )

    @staticmethod
    def array(x: Any) -> Any:
        return x


ARRAYS: dict[str, tuple[Callable[[Any, Any], Any], Any]] = {
    "two layers": (lambda m, W: m.sum(m.tanh(m.array(W2) @ m.tanh(W @ m.array(X))) ** 2), W1),
    "relu layers": (lambda m, W: m.sum((m.array(W2) @ m.relu(W @ m.array(X))) ** 2), W1),
    "transpose and product": (lambda m, A: m.sum((A @ A.T) * (A @ A.T)), RNG.normal(size=(2, 3))),
    "mean and reshape": (lambda m, A: m.mean((A.reshape(3, 2) @ A) ** 3), RNG.normal(size=(2, 3))),
    "maximum of rows": (lambda m, A: m.sum(m.max(A * A * A, 1)), RNG.normal(size=(3, 4))),
    "maximum where two are equal": (
        lambda m, A: m.sum(m.max(A, 1) ** 2),
        np.array([[1.0, 3.0, 3.0], [2.0, 2.0, 2.0], [0.0, 5.0, 1.0]]),
    ),
    "softmax by a maximum": (
        lambda m, z: m.ln(m.sum(m.exp(z - m.max(z, 0)))) + m.max(z, 0) - z[0],
        np.array([1.0, 30.0, 29.0]),
    ),
    "spread by addition": (
        lambda m, b: m.sum((m.array(X) * b.reshape(3, 1) + b[0]) ** 2),
        RNG.normal(size=3),
    ),
    "entries": (lambda m, x: x[0] * x[1] ** 2 + m.sum(x[1:] * x[:2]), RNG.normal(size=3)),
}


@pytest.mark.parametrize("name", ARRAYS)
def test_hessians_of_arrays_agree_with_torch(name: str) -> None:
    program, at = ARRAYS[name]
    point = torch.tensor(at)
    expected = torch.autograd.functional.hessian(lambda x: program(Torch, x), point).numpy()
    got = hessian(lambda x: program(Ours, x), at)
    assert got.shape == at.shape * 2
    scale = np.abs(expected).max()
    np.testing.assert_allclose(got, expected, rtol=1e-11, atol=1e-12 * scale)
    v = np.cos(np.arange(at.size)).reshape(at.shape)
    product = hessian_vector_product(lambda x: program(Ours, x), at, v)
    along = np.tensordot(expected, v, at.ndim)
    np.testing.assert_allclose(product, along, rtol=1e-11, atol=1e-12 * np.abs(along).max())


def test_a_product_agrees_with_differences_of_the_gradient() -> None:
    def program(W: Any) -> Any:
        return ARRAYS["two layers"][0](Ours, W)

    v, h = np.sin(np.arange(12.0)).reshape(4, 3), 1e-5
    slope = (trace(program, W1 + h * v).gradient() - trace(program, W1 - h * v).gradient()) / (2 * h)
    np.testing.assert_allclose(hessian_vector_product(program, W1, v), slope, rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize("function", [autodiff.relu, autodiff.abs])
def test_the_second_derivative_at_a_kink_is_zero(function: Any) -> None:
    assert second_derivative(function, 0) == 0
    # What is multiplied goes on: (x relu(x))'' is 2 on the right, and by relu'(0) = 0 it is 0 at 0.
    assert second_derivative(lambda x: x * autodiff.relu(x), 1) == 2
    assert second_derivative(lambda x: x * autodiff.relu(x), 0) == 0


def test_a_function_of_ones_own_has_a_second_derivative_if_it_is_given() -> None:
    phi = autodiff.function("phi", lambda z: z**3, lambda z: 3 * z**2, lambda z: 6 * z)
    assert second_derivative(lambda x: phi(2 * x), 5) == 4 * 60
    assert hessian(lambda x: autodiff.sum(phi(x)), np.array([1.0, 2.0])).tolist() == [[6, 0], [0, 12]]
    rules = trace(lambda x: phi(x), 5).directional(x=1).rules()
    assert str(rules) == "x̄ = d̄_y · φ″(x)"
    assert "φ''" in rules.latex or "phi''" in rules.latex


def test_tables_show_the_second_derivative_row_by_row() -> None:
    t = trace(lambda x1, x2: autodiff.ln(x1) * x2**2, 2, 3).directional(x2=1)
    table = t.forward(wrt="x2", labels="names")
    (row,) = table.derivative_of("d_y")
    assert row.value == pytest.approx(2 * np.log(2), rel=1e-15)
    assert table.value_of("d_y").value == pytest.approx(6 * np.log(2), rel=1e-15)
    assert table.notes[0] == (
        "d_y is the derivative of y in the direction ẋ₂ = 1; its own derivatives are second derivatives of y."
    )
    mixed = t.reverse(labels="names").derivative_of("x1")[-1]
    assert mixed.value == pytest.approx(3.0, rel=1e-15)
    assert trace(lambda x: x * x, 2).forward().notes == ()


def test_named_values_keep_their_names_beside_their_tangents() -> None:
    t = trace(lambda x: autodiff.named("u", x**3) + autodiff.named("d_u", x * 2), 2).directional(x=1)
    assert (t["u"], t["d_u"], t.value) == (8, 4, 14)
    t = trace(lambda x: autodiff.named("u", x**3) * 5, 2).directional(x=1)
    assert (t["u"], t["d_u"], t["d_y"], t.output_name) == (8, 12, 60, "d_y")


@pytest.mark.parametrize(
    ("call", "kind", "message"),
    [
        (lambda: second_derivative(autodiff.sqrt, 0), DomainError, "divisor other than 0"),
        (lambda: second_derivative(lambda x: x**1.5, 0), DomainError, "cannot be raised to a negative power"),
        (
            lambda: second_derivative(lambda x: autodiff.sum(x), np.ones(2)),
            ShapeError,
            r"Ask for hessian\(f, x\)",
        ),
        (lambda: hessian(lambda x: x * 2, np.ones(2)), TraceError, r"returns shape \(2,\)"),
        (lambda: hessian(lambda x: autodiff.sum(x), np.ones((1,) * 40)), ShapeError, "40 dimensions"),
        (lambda: hessian_vector_product(autodiff.sum, np.ones(2), np.ones(3)), ShapeError, r"shape \(3,\)"),
        (lambda: hessian_vector_product(autodiff.sum, np.ones(2), "a"), TraceError, "'a' is not a real"),
        (lambda: trace(lambda x: x * x, 2).directional(q=1), TraceError, "no input 'q'"),
        (
            lambda: second_derivative(autodiff.function("phi", np.tanh, np.cos), 1.0),
            TraceError,
            "only its value and φ′ are known",
        ),
        (
            lambda: (
                trace(autodiff.function("phi", np.tanh, np.cos, np.sin), 1.0)
                .directional(x=1)
                .directional(x=1)
                .gradient()
            ),
            TraceError,
            "third derivative of φ",
        ),
    ],
)
def test_bad_use_is_a_named_error(call: Any, kind: type[TraceError], message: str) -> None:
    with pytest.raises(kind, match=message) as caught:
        call()
    assert type(caught.value) is kind
    assert caught.value.remedy


def test_third_derivatives_come_by_the_same_way() -> None:
    t = trace(lambda x: x**5, 2).directional(x=1).directional(x=1)
    assert t.value == 20 * 8
    assert t.gradient() == 60 * 4
