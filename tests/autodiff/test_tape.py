"""The tape and its sweeps: hand values, torch, central differences, seeded slips, a million operations."""

from __future__ import annotations

import dataclasses
import math
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from nnutils import autodiff
from nnutils.autodiff.elementary import ELEMENTARY
from nnutils.autodiff.sweeps import Accumulation, forward_sweep, reverse_sweep
from nnutils.core.errors import TraceError

POINTS = {"ln": 0.7, "sqrt": 0.7, "reciprocal": -1.3}
"""Where to try a function; -0.6 unless its domain wants something else."""


def survey(x1: Any, x2: Any) -> Any:
    v1 = autodiff.ln(x1)
    v2 = x1 * x2
    v3 = autodiff.sin(x2)
    return v1 + v2 - v3


def central(function: Any, x: float, h: float = 1e-3) -> float:
    """Five-point differences: truncation h⁴ and round-off 1e-16/h stay below 1e-11 for tame functions."""
    near, far = function(x + h) - function(x - h), function(x + 2 * h) - function(x - 2 * h)
    return float(8 * near - far) / (12 * h)


def wrong_derivatives() -> list[str]:
    """The functions whose derivative disagrees with central differences of their value."""
    wrong = []
    for name, entry in ELEMENTARY.items():
        for x in (POINTS.get(name, -0.6), POINTS.get(name, 0.8) + 0.1):
            derivative = autodiff.trace(lambda x, name=name: getattr(autodiff, name)(x), x).gradient()
            if abs(derivative - central(entry.value, x)) > 1e-8 * max(1.0, abs(derivative)):
                wrong.append(name)
    return sorted(set(wrong))


# Values and gradients


def test_survey_example_by_hand() -> None:
    t = autodiff.trace(survey, 2, 5)
    assert t.value == pytest.approx(math.log(2) + 10 - math.sin(5), rel=1e-15)
    assert t.gradient() == pytest.approx((0.5 + 5, 2 - math.cos(5)), rel=1e-15)


def test_integers_go_in_and_floats_come_out() -> None:
    t = autodiff.trace(lambda x, y: x * y + 2, 3, 4)
    assert [type(number) for number in (t.value, *t.gradient())] == [float, float, float]
    t = autodiff.trace(lambda x: autodiff.sum(x * x), x=np.array([1, 2]))
    assert t.gradient().dtype == np.float64
    assert t.gradient().tolist() == [2.0, 4.0]


def test_operators_in_both_orders() -> None:
    t = autodiff.trace(lambda x: (2 - x) * (x - 3) / (1 + x) + 6 / x + 2**x - -x + (x + 1) ** 2 + x**-2, 2)
    x = torch.tensor(2.0, dtype=torch.float64, requires_grad=True)
    y = (2 - x) * (x - 3) / (1 + x) + 6 / x + 2**x - -x + (x + 1) ** 2 + x**-2
    y.backward()
    assert t.value == pytest.approx(y.item(), rel=1e-14)
    assert t.gradient() == pytest.approx(x.grad.item(), rel=1e-14)


def test_a_power_with_both_traced() -> None:
    t = autodiff.trace(lambda a, b: a**b, 2, 3)
    assert t.gradient() == pytest.approx((3 * 2**2, 2**3 * math.log(2)), rel=1e-15)


@pytest.mark.parametrize(("exponent", "slope"), [(0, 0.0), (1, 1.0), (2, 0.0), (3, 0.0)])
def test_powers_at_zero(exponent: int, slope: float) -> None:
    assert autodiff.trace(lambda x: x**exponent, 0).gradient() == slope


def test_a_repeated_parent_is_kept_twice() -> None:
    t = autodiff.trace(lambda x: x * x, 3)
    assert t.tape.parents(1) == (0, 0)
    assert t.gradient() == 6.0
    assert autodiff.trace(lambda x: x - x, 3).gradient() == 0.0
    assert autodiff.trace(lambda x: x / x + x + x, 3).gradient() == pytest.approx(2.0, abs=1e-15)


def test_contributions_arrive_in_the_order_of_the_sweep() -> None:
    t = autodiff.trace(survey, 2, 5)
    log: list[Accumulation] = []
    reverse_sweep(t.tape, t.output, 1.0, log)
    # Entries 0, 1 are x1, x2; 2 ... 6 are v1 ... v5. The later entry first, its parents from left to right.
    assert [(step.source, step.target) for step in log] == [
        (6, 5), (6, 4), (5, 2), (5, 3), (4, 1), (3, 0), (3, 1), (2, 0),
    ]  # fmt: skip
    assert [step.target for step in log if not step.first] == [1, 0]
    assert log[-1].total == 5.5


def test_an_ignored_input_has_derivative_exactly_zero() -> None:
    assert autodiff.trace(lambda x, y: x * 3, 2, -5).gradient() == (3.0, 0.0)
    ignored = autodiff.trace(lambda x, y: x * 3, 2, np.array([-1.0, 2.0])).gradient()[1]
    assert ignored.tolist() == [0.0, 0.0]
    assert not np.signbit(ignored).any()


def test_an_input_returned_unchanged() -> None:
    assert autodiff.trace(lambda x: x, 3).gradient() == 1.0


def test_the_record_does_not_change_with_the_callers_arrays() -> None:
    x = np.array([1.0, 2.0])
    t = autodiff.trace(lambda x: autodiff.sum(x**2), x)
    x[:] = 100
    t.gradient()[:] = 100
    t["x"][:] = 100
    assert t.gradient().tolist() == [2.0, 4.0]


def test_the_same_function_runs_on_plain_numbers_and_arrays() -> None:
    phi = autodiff.function("phi", np.tanh, lambda z: 1 - np.tanh(z) ** 2)

    def program(x: Any) -> Any:
        return autodiff.sum(autodiff.named("h", phi(autodiff.exp(x) - 1)))

    x = np.array([0.1, 0.2])
    assert program(x) == autodiff.trace(program, x).value == np.tanh(np.exp(x) - 1).sum()
    assert program(0.1) == pytest.approx(math.tanh(math.exp(0.1) - 1), rel=1e-15)


@pytest.mark.slow
def test_million_operations_run_without_recursion() -> None:
    decay, steps = 1 - 2.0**-18, 500_000

    def chain(x: Any) -> Any:
        y = x
        for _ in range(steps):
            y = y * decay + x
        return y

    t = autodiff.trace(chain, 3.0)
    assert len(t.tape.values) == 1_000_002
    geometric = decay**steps + (1 - decay**steps) / (1 - decay)  # y = x (d^n + 1 + d + ... + d^(n-1))
    # A million roundings, each relative 1e-16 and damped by the decay.
    assert t.value == pytest.approx(3 * geometric, rel=1e-10)
    assert t.gradient() == pytest.approx(geometric, rel=1e-10)


def test_deep_unary_chain_in_both_modes() -> None:
    def chain(x: Any) -> Any:
        for _ in range(20_000):
            x = autodiff.sin(x)
        return x

    t = autodiff.trace(chain, 1.0)
    assert t.tangent(x=1.0) == pytest.approx(t.gradient(), rel=1e-9)
    assert 0 < t.gradient() < 1e-5


# The table of elementary functions


def test_every_derivative_of_the_table_agrees_with_central_differences() -> None:
    assert wrong_derivatives() == []


@pytest.mark.parametrize("name", sorted(ELEMENTARY))
def test_a_flipped_sign_is_caught_and_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = ELEMENTARY[name]
    right = entry.partials[0]
    monkeypatch.setitem(ELEMENTARY, name, dataclasses.replace(entry, partials=(lambda x, y: -right(x, y),)))
    assert wrong_derivatives() == [name]


@pytest.mark.parametrize("name", sorted(ELEMENTARY))
def test_functions_agree_with_torch_on_numbers_and_arrays(name: str) -> None:
    ours = getattr(autodiff, name)
    theirs = {"ln": torch.log, "softplus": torch.nn.functional.softplus}.get(name) or getattr(torch, name)
    points = [0.3, 1.0, 2.5] if name in ("ln", "sqrt") else [-2.5, -1.0, 0.3, 1.0]
    x = torch.tensor(points, dtype=torch.float64, requires_grad=True)
    theirs(x).sum().backward()
    t = autodiff.trace(lambda x: autodiff.sum(ours(x)), np.array(points))
    np.testing.assert_allclose(t.gradient(), x.grad.numpy(), rtol=1e-14)
    np.testing.assert_allclose(ours(np.array(points)), theirs(x).detach().numpy(), rtol=1e-14)
    for point, slope in zip(points, x.grad.tolist(), strict=True):
        assert autodiff.trace(ours, point).gradient() == pytest.approx(slope, rel=1e-14)


def test_kinks_follow_torch() -> None:
    assert autodiff.trace(autodiff.relu, 0).gradient() == 0.0
    assert autodiff.trace(autodiff.abs, 0).gradient() == 0.0
    assert autodiff.trace(lambda x: autodiff.sum(autodiff.relu(x)), np.zeros(2)).gradient().tolist() == [0, 0]


@pytest.mark.parametrize("x", [1000.0, -1000.0, np.array([1000.0, -1000.0])])
def test_saturated_functions_do_not_overflow(x: Any) -> None:
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        for function in (autodiff.sigmoid, autodiff.softplus, autodiff.tanh):
            t = autodiff.trace(lambda x, function=function: autodiff.sum(function(x)), x)
            assert np.isfinite(t.gradient()).all()
    assert autodiff.sigmoid(1000.0) == 1.0
    assert autodiff.sigmoid(-1000.0) == 0.0
    assert autodiff.softplus(1000.0) == 1000.0


# Random programs against torch and central differences

STEPS = {
    "add": lambda ad, a, b: a + b,
    "subtract": lambda ad, a, b: a - b,
    "multiply": lambda ad, a, b: a * b,
    "divide": lambda ad, a, b: a / (1 + b * b),
    "power": lambda ad, a, b: (1 + a * a) ** 1.5 / (2 + b**2),
    "exponential": lambda ad, a, b: (1.5 + ad.sin(a)) ** ad.cos(b),
    "exp": lambda ad, a, b: ad.exp(-a * a) - b,
    "ln": lambda ad, a, b: ad.ln(1 + a * a) * 3,
    "sqrt": lambda ad, a, b: ad.sqrt(1 + b * b),
    "cos": lambda ad, a, b: 2 - ad.cos(a),
    "tanh": lambda ad, a, b: ad.tanh(a) - b,
    "sigmoid": lambda ad, a, b: ad.sigmoid(a) * ad.sigmoid(-b),
}
programs = st.lists(
    st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=9
)


def run(steps: list[tuple[str, int, int]], library: Any, *inputs: Any) -> Any:
    values = list(inputs)
    for name, i, j in steps:
        bounded = STEPS[name](library, values[i % len(values)], values[j % len(values)])
        values.append(library.sin(bounded) * 1.5)  # keeps programs of any length in range
    return values[-1] + values[0]


class TorchLibrary:
    exp, sin, cos, tanh, sigmoid, sqrt, ln = (
        torch.exp,
        torch.sin,
        torch.cos,
        torch.tanh,
        torch.sigmoid,
        torch.sqrt,
        torch.log,
    )


@settings(max_examples=60, deadline=None)
@given(programs, st.floats(-2, 2), st.floats(-2, 2))
def test_random_programs_agree_with_torch_and_differences(
    steps: list[tuple[str, int, int]], x1: float, x2: float
) -> None:
    t = autodiff.trace(lambda x1, x2: run(steps, autodiff, x1, x2), x1, x2)
    inputs = [torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in (x1, x2)]
    y = run(steps, TorchLibrary, *inputs)
    y.backward()
    expected = [x.grad.item() if x.grad is not None else 0.0 for x in inputs]
    scale = max(1.0, *(abs(e) for e in expected))
    assert t.value == pytest.approx(y.item(), rel=1e-12, abs=1e-12)
    assert list(t.gradient()) == pytest.approx(expected, rel=1e-10, abs=1e-11 * scale)
    assert [t.tangent(x1=1.0), t.tangent(x2=1.0)] == pytest.approx(expected, rel=1e-10, abs=1e-11 * scale)


@settings(max_examples=30, deadline=None)
@given(programs, st.floats(-2, 2))
def test_random_programs_agree_with_central_differences(steps: list[tuple[str, int, int]], x: float) -> None:
    def plain(x: float) -> float:
        return run(steps, autodiff, x)

    # Nine nested sines may bend sharply, so the step's error is estimated by halving it.
    coarse, fine = central(plain, x, 2e-4), central(plain, x, 1e-4)
    derivative = autodiff.trace(plain, x).gradient()
    assert derivative == pytest.approx(fine, rel=1e-7, abs=1e-7 + 10 * abs(coarse - fine))


@pytest.mark.slow
def test_loading_the_engine_loads_neither_numpy_nor_torch() -> None:
    code = "import sys, nnutils.autodiff; print(sorted({'numpy', 'torch'} & set(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_a_tangent_of_the_wrong_shape_is_refused() -> None:
    t = autodiff.trace(lambda x: x * 2, np.ones(3))
    with pytest.raises(autodiff.ShapeError, match=r"tangent of x has shape \(2,\)"):
        t.tangent(x=np.ones(2))
    with pytest.raises(TraceError, match="no input 'q'"):
        t.tangent(q=1)


def test_forward_sweep_keeps_the_tangents_of_inputs() -> None:
    t = autodiff.trace(survey, 2, 5)
    assert forward_sweep(t.tape, {0: 1.0, 1: 0.0})[:4] == [1.0, 0.0, 0.5, 5.0]
