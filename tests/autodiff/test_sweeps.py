"""The sweeps keep their arrays apart, name where they leave the floats, and refuse odd requests by name."""

from __future__ import annotations

import re
import sys
from typing import Any

import numpy as np
import pytest

from nnutils import autodiff
from nnutils.autodiff import DomainError, ShapeError, trace
from nnutils.autodiff.sweeps import Accumulation, reverse_sweep, sweeping
from nnutils.core.errors import TraceError

X = np.array([[1.0, -2.0], [3.0, 0.5]])

SHARING = {
    "the seed passes through": lambda a, b: a + b,
    "used twice": lambda a, b: a + a + b,
    "a transpose": lambda a, b: (a + b).T,
    "a reshape": lambda a, b: a.reshape(4).reshape(2, 2) + b,
    "named": lambda a, b: autodiff.named("u", a + b) + autodiff.named("v", b + a),
    "a view of what is kept": lambda a, b: autodiff.named("s", a.T) * b + a * 2,
    "a product of both": lambda a, b: a * b + a @ b + b,
    "sums": lambda a, b: autodiff.sum(a) + autodiff.sum(b),
}


@pytest.mark.parametrize("name", SHARING)
def test_each_gradient_is_an_array_of_its_own(name: str) -> None:
    t = trace(SHARING[name], X, 2 * X)
    seed = X + 10 if np.shape(t.value) else None
    before = {name: np.array(value) for name, value in t.adjoints(seed).items()}
    given = t.adjoints(seed)
    for changed in given:
        if np.shape(given[changed]):
            given[changed][...] = 77.0
            for other in given:
                if other != changed:
                    assert np.array_equal(given[other], before[other])
            given[changed][...] = before[changed]
    for value in given.values():
        if np.shape(value):
            value[...] = 55.0
    again = t.adjoints(seed)
    assert all(np.array_equal(again[name], before[name]) for name in before)
    if seed is not None:
        assert np.array_equal(seed, X + 10)


@pytest.mark.parametrize("name", SHARING)
def test_letting_go_of_adjoints_changes_nothing(name: str) -> None:
    t = trace(SHARING[name], X, 2 * X)
    seed: Any = X + 10 if np.shape(t.value) else 1.0
    log: list[Accumulation] = []
    # With a log nothing is added in place, and nothing is let go.
    kept = reverse_sweep(t.tape, t.output, seed, log)
    freed = reverse_sweep(t.tape, t.output, seed, keep=t.tape.names)
    for index in t.tape.names:
        assert kept[index] is not None
        assert np.array_equal(kept[index], freed[index])


def test_a_sum_in_place_into_what_others_hold_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "fresh", lambda value: bool(np.shape(value)))
    with pytest.raises((AssertionError, ValueError)):
        for name in SHARING:
            test_letting_go_of_adjoints_changes_nothing(name)
            test_each_gradient_is_an_array_of_its_own(name)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("x", [1e-150, np.array([1e-150, 1e-150])])
def test_the_entry_is_named_at_which_the_sweep_left_the_floats(x: Any) -> None:
    def program(x: Any) -> Any:
        u = autodiff.named("u", x * 1.0)
        w = autodiff.named("w", u * 1e200)
        return autodiff.sum(w * 1e200 * 1e-300)

    # From the output: 1e-300, 1e-100 for w, 1e100 for u. With the seed 1e300 the adjoint of u overflows.
    t = trace(program, x)
    assert np.max(t.gradient()) == pytest.approx(1e100, rel=1e-12)
    with pytest.raises(DomainError, match=re.escape("the adjoint of u is infinite")):
        t.gradient(1e300)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_an_infinite_adjoint_is_not_hidden_by_a_slope_of_zero() -> None:
    def program(x: Any) -> Any:
        return autodiff.relu(x - 5) * 1e200 * 1e200 + x

    # relu'(x) is 0 here, and 0 times infinity is no number.
    with pytest.raises(DomainError, match="infinite, or too large"):
        trace(program, 1.0).gradient()
    with pytest.raises(DomainError, match="infinite, or too large"):
        trace(lambda x: autodiff.sum(program(x)), np.ones(2)).gradient()


HUGE = 10**5000


@pytest.mark.parametrize(
    ("call", "kind", "message"),
    [
        (lambda t: t[HUGE], TraceError, "5,001 digits"),
        (lambda t: t[np.ones(2)], TraceError, "There are x, y"),
        (lambda t: t.graph()[np.ones(2)], TraceError, "There are nodes for"),
        (lambda t: t.graph()[HUGE], TraceError, "There are nodes for"),
        (lambda t: t.rules()[np.ones(2)], TraceError, "There are rules for x"),
        (lambda t: t.reverse().value_of(HUGE), TraceError, "There are rows for"),
        (lambda t: t.reverse().derivative_of(np.ones(2)), TraceError, "There are rows for"),
        (lambda t: t.forward(HUGE), TraceError, "no input 1000000000"),
        (lambda t: t.forward(0, HUGE), TraceError, "from 0 to 400"),
        (lambda t: t.forward(0, 401), TraceError, "digits=401"),
        (lambda t: t.forward(0, 4, np.ones(2)), TraceError, "labels is 'v' or 'names'"),
        (lambda t: t.reverse(np.ones(2)), ShapeError, "has shape"),
        (lambda t: trace(lambda x: autodiff.named(HUGE, x), 2), TraceError, "cannot name a value"),
        (lambda t: trace(lambda x: x.sum(0, np.ones(2)), X), ShapeError, "keepdims is True or False"),
        (lambda t: autodiff.mean(X, keepdims="no"), ShapeError, "keepdims is True or False"),
        (lambda t: autodiff.sum(np.array([None])), TraceError, "dtype object are no numbers"),
        (lambda t: trace(lambda x: x[HUGE], X), TraceError, "only integers and slices"),
        (lambda t: trace(lambda x: x[sys.maxsize], X), ShapeError, "out of bounds"),
        (lambda t: trace(lambda x: x[::0], X), TraceError, "only integers and slices"),
        (lambda t: trace(lambda x: x["a":], X), TraceError, "only integers and slices"),
        (
            lambda t: trace(autodiff.function("phi", np.tanh, lambda z: "a"), 1.0).gradient(),
            TraceError,
            "φ′ returned 'a', which cannot be used",
        ),
        (
            lambda t: trace(autodiff.function("phi", np.tanh, lambda z: float("nan")), 1.0).gradient(),
            TraceError,
            "nan is not finite",
        ),
    ],
)
def test_odd_requests_are_named_errors(call: Any, kind: type[TraceError], message: str) -> None:
    with pytest.raises(kind, match=message) as caught:
        call(trace(lambda x: x * 2, 2))
    assert type(caught.value) is kind
    assert caught.value.remedy


def test_slices_with_the_integers_of_numpy_are_taken() -> None:
    t = trace(lambda x: autodiff.sum(x[np.int64(1) :]), X)
    assert t.gradient().tolist() == [[0, 0], [1, 1]]
