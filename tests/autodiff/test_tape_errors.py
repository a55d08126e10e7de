"""What a traced function must not do: each case is a named error at the place, with the trace so far."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
import torch

from nnutils import autodiff
from nnutils.autodiff import BranchError, DomainError, ShapeError, trace
from nnutils.core.errors import TraceError

VECTOR, MATRIX = np.array([1.0, 2.0, 3.0]), np.eye(3)


@pytest.mark.parametrize(
    ("call", "kind", "message"),
    [
        (lambda: trace(lambda x: math.sin(x), 2), TraceError, "Use autodiff.sin"),
        (lambda: trace(lambda x: math.floor(x), 2), TraceError, "would not be recorded"),
        (lambda: trace(lambda x: x // 2, 2), TraceError, "would not be recorded"),
        (lambda: trace(lambda x: np.array([x, x]), 2), TraceError, "would not be recorded"),
        (lambda: trace(lambda x: np.sum(x), VECTOR), TraceError, "would not be recorded"),
        (lambda: trace(lambda x: np.arctan2(x, x), 2), TraceError, "would not be recorded"),
        (lambda: trace(lambda x: x if x > 0 else -x, 2), BranchError, "autodiff.relu"),
        (lambda: trace(lambda x: max(x, 0), 2), BranchError, r"max\(x, 0\) is relu\(x\)"),
        (lambda: trace(lambda x: x and 1, 2), BranchError, "one branch only"),
        (lambda: trace(lambda x: x == 2, 2), BranchError, "one branch only"),
        (lambda: trace(lambda x: VECTOR < x, VECTOR), BranchError, "numpy.less"),
        (
            lambda: trace(lambda x1, x2: autodiff.ln(x1 - x2), 2, 5),
            DomainError,
            r"v₁ = −3: ln needs a positive",
        ),
        (lambda: trace(lambda x: 1 / (x - 2), 2), DomainError, "divisor other than 0"),
        (lambda: trace(lambda x: autodiff.sqrt(x), -4), DomainError, "not negative"),
        (lambda: trace(lambda x: autodiff.sqrt(x), 0).gradient(), DomainError, "derivative of y = √"),
        (lambda: trace(lambda x: (x - 3) ** 0.5, 2), DomainError, "fractional power"),
        (lambda: trace(lambda x: (-2) ** x, 2), DomainError, "positive base"),
        (lambda: trace(lambda x: x**-1, 0), DomainError, "base other than 0"),
        (lambda: trace(lambda x: autodiff.exp(x), 1000), DomainError, "too large"),
        (lambda: trace(lambda x: x * 1e300, 1e300), DomainError, "too large"),
        (lambda: trace(lambda x: autodiff.ln(x), -VECTOR), DomainError, "ln needs a positive"),
        (lambda: autodiff.ln(-1), DomainError, "ln needs a positive"),
        (lambda: autodiff.ln("a"), TraceError, "'a' is not a real number"),
        (lambda: trace(lambda x: (x, x), 2), TraceError, "returned a tuple of 2"),
        (lambda: trace(lambda x: None, 2), TraceError, "returned None"),
        (lambda: trace(lambda x: 3.0, 2), TraceError, r"returned 3.0: that is not a traced value"),
        (lambda: trace(lambda x: x, "2"), TraceError, "'2' is not a real number"),
        (lambda: trace(lambda x: x, True), TraceError, "True is not a real number"),
        (lambda: trace(lambda x: x, [1, 2]), TraceError, r"numpy.array\(...\)"),
        (lambda: trace(lambda x: x, torch.ones(2)), TraceError, r"tensor.detach\(\).numpy\(\)"),
        (lambda: trace(lambda x: x, math.nan), TraceError, "nan is not finite"),
        (lambda: trace(lambda x: x, np.array([1.0, np.inf])), TraceError, "not finite"),
        (lambda: trace(lambda x: x, np.zeros(0)), TraceError, "is empty"),
        (lambda: trace(lambda x: x, 10**400), TraceError, "too large"),
        (
            lambda: trace(lambda x: x, Decimal("sNaN")),
            TraceError,
            "cannot be traced: it has no value as a float",
        ),
        (
            lambda: trace(lambda x: x + Decimal("sNaN"), 2),
            TraceError,
            "cannot be combined .* no value as a float",
        ),
        (lambda: trace(lambda x: x, 2).graph()["q"], TraceError, "There are nodes for x, y"),
        (lambda: trace(lambda x: x + "a", 2), TraceError, "cannot be combined"),
        (lambda: trace(lambda x: x, q=2), TraceError, r"takes the inputs \(x\)"),
        (lambda: trace(lambda x: x, 1, 2), TraceError, "too many positional"),
        (lambda: trace(lambda: 1), TraceError, "without an input"),
        (lambda: trace(3, 3), TraceError, "3 is not a function"),
        (lambda: trace(lambda x: x, 2).forward(wrt="q"), TraceError, r"Its inputs are 0 \(x\)"),
        (lambda: trace(lambda x: x, 2).forward(wrt=1), TraceError, "no input 1"),
        (lambda: trace(lambda x: x, 2)["q"], TraceError, "There are x, y"),
        (lambda: trace(lambda x: trace(lambda y: x * y, 3).value, 2), TraceError, "two different traces"),
        (lambda: trace(lambda x: trace(lambda y: y, x).value, 2), TraceError, "do not nest"),
        (lambda: trace(lambda x: MATRIX @ x, VECTOR).gradient(), TraceError, "seed=ybar"),
        (lambda: trace(lambda x: MATRIX @ x, VECTOR).gradient("1"), TraceError, "seed .* cannot be used"),
        (
            lambda: trace(lambda x: MATRIX @ x, VECTOR).gradient(np.ones((3, 1))),
            ShapeError,
            r"shape \(3, 1\)",
        ),
        (lambda: trace(lambda x: x @ MATRIX, VECTOR), ShapeError, "write W.T @ x"),
        (lambda: trace(lambda x: MATRIX @ x, np.ones(4)), ShapeError, r"shape \(4,\)"),
        (lambda: trace(lambda x: x.T, VECTOR), ShapeError, r"shape \(n, 1\)"),
        (lambda: trace(lambda x, b: x + b, VECTOR, np.ones((3, 1))), ShapeError, "Make both vectors"),
        (lambda: trace(lambda x, b: x + b, VECTOR, np.ones(4)), ShapeError, "broadcast"),
        (lambda: trace(lambda x: x[5], VECTOR), ShapeError, "out of bounds"),
        (lambda: trace(lambda x: x[VECTOR > 1], VECTOR), TraceError, "integers and slices"),
        (lambda: trace(lambda x: autodiff.sum(x, axis=1), VECTOR), ShapeError, "axis 1 does not fit"),
        (lambda: trace(lambda x: list(x), 2), TraceError, "it is a number"),
        (lambda: trace(lambda x: x.__setitem__(0, 1), VECTOR), TraceError, "Build a new array"),
        (lambda: trace(lambda x: autodiff.named("a b", x * 2), 2), TraceError, "cannot name a value"),
        (lambda: autodiff.function("phi", np.tanh, 3), TraceError, "cannot be made"),
    ],
)
def test_bad_use_is_a_named_error(call: Any, kind: type[TraceError], message: str) -> None:
    with pytest.raises(kind, match=message) as caught:
        call()
    assert type(caught.value) is kind
    assert caught.value.remedy


def test_the_error_shows_the_trace_so_far() -> None:
    with pytest.raises(TraceError) as caught:
        trace(lambda x1, x2: autodiff.ln(x1) + math.sin(x1 * x2), 2, 5)
    assert caught.value.where.splitlines() == [
        "the trace so far:",
        "    x₁ = 2",
        "    x₂ = 5",
        "    v₁ = ln(x₁) = 0.693147",
        "    v₂ = x₁ · x₂ = 10",
    ]


def test_a_long_trace_is_cut_to_its_last_rows() -> None:
    def function(x: Any) -> Any:
        for _ in range(100):
            x = x * 1.5
        return autodiff.ln(-x)

    with pytest.raises(DomainError) as caught:
        trace(function, 2)
    lines = caught.value.where.splitlines()
    assert lines[1].strip() == "... 96 earlier rows"
    assert len(lines) == 8


def test_a_name_is_given_once() -> None:
    with pytest.raises(TraceError, match="'u' is given twice"):
        trace(lambda x: autodiff.named("u", x * 2) + autodiff.named("u", x * 3), 2)


def test_a_value_that_escaped_its_trace_is_refused() -> None:
    kept: list[Any] = []

    def function(x: Any) -> Any:
        kept.append(x * x)
        return kept[0] + 1

    trace(function, 2)
    with pytest.raises(TraceError, match="its tape is closed"):
        kept[0] * 2


def test_a_users_derivative_must_keep_the_shape() -> None:
    phi = autodiff.function("phi", lambda z: z, lambda z: np.ones((3, 3)))
    t = trace(phi, VECTOR)
    with pytest.raises(ShapeError, match=r"φ′ of an array of shape \(3,\) has shape \(3, 3\)"):
        t.gradient(VECTOR)


def test_a_users_function_must_keep_the_shape() -> None:
    phi = autodiff.function("phi", lambda z: z.sum(), lambda z: 1.0)
    with pytest.raises(ShapeError, match="must keep the shape"):
        trace(lambda x: phi(x), VECTOR)
