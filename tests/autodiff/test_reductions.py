"""Mean, maximum, reshape, dot, and powers of arrays: by hand, by loops, by differences and as formulas."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from nnutils import autodiff
from nnutils.autodiff import ShapeError, reductions, trace, traced
from nnutils.autodiff.formula import symbol
from nnutils.autodiff.sweeps import reverse_sweep
from nnutils.core.errors import TraceError

A = np.array([[1.0, 5.0, 2.0], [4.0, 0.5, -3.0]])
T = np.arange(24.0).reshape(2, 3, 4) % 7 + np.arange(24.0).reshape(2, 3, 4) / 100
AXES = [None, 0, 1, -1, (0, 1), (1, 0)]


def differences(function: Callable[[Any], Any], x: Any, h: float = 1e-5) -> Any:
    """The gradient of a function of an array by central differences, one entry after the other."""
    result = np.zeros_like(x)
    for at in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[at] = h
        result[at] = (float(function(x + step)) - float(function(x - step))) / (2 * h)
    return result


def by_loop(combine: Callable[[list[float]], float], x: Any, axis: Any, keepdims: bool) -> Any:
    """A reduction, entry by entry: collect what falls together, and combine it."""
    axes = range(x.ndim) if axis is None else axis if isinstance(axis, tuple) else (axis,)
    axes = {a % x.ndim for a in axes}
    groups: dict[tuple[int, ...], list[float]] = {}
    for at in np.ndindex(x.shape):
        kept = tuple(0 if k in axes else i for k, i in enumerate(at))
        groups.setdefault(kept, []).append(float(x[at]))
    result = np.zeros([1 if k in axes else n for k, n in enumerate(x.shape)])
    for kept, values in groups.items():
        result[kept] = combine(values)
    return result if keepdims else result.reshape([n for k, n in enumerate(x.shape) if k not in axes])


REDUCTIONS: dict[str, Callable[[list[float]], float]] = {
    "sum": sum,
    "mean": lambda values: sum(values) / len(values),
    "max": max,
}


@pytest.mark.parametrize("x", [A, T], ids=["matrix", "three axes"])
@pytest.mark.parametrize(
    ("name", "axis", "keepdims"), list(itertools.product(REDUCTIONS, AXES, [False, True]))
)
def test_reductions_agree_with_loops_and_differences(x: Any, name: str, axis: Any, keepdims: bool) -> None:
    reduce = getattr(autodiff, name)
    expected = by_loop(REDUCTIONS[name], x, axis, keepdims)
    weights = np.arange(1.0, expected.size + 1).reshape(expected.shape)
    t = trace(lambda x: reduce(x, axis, keepdims), x)
    assert np.shape(t.value) == expected.shape == np.shape(reduce(x, axis, keepdims))
    np.testing.assert_allclose(t.value, expected, rtol=1e-14)
    np.testing.assert_allclose(reduce(x, axis, keepdims), expected, rtol=1e-14)
    seed = weights if weights.shape else float(weights)
    gradient = t.gradient(seed)
    np.testing.assert_allclose(
        gradient, differences(lambda x: np.sum(weights * reduce(x, axis, keepdims)), x), atol=1e-7
    )
    along = np.cos(np.arange(x.size)).reshape(x.shape)
    assert np.sum(weights * t.tangent(x=along)) == pytest.approx(np.sum(gradient * along), rel=1e-12)


@pytest.mark.parametrize("name", REDUCTIONS)
def test_methods_have_the_same_defaults_as_functions(name: str) -> None:
    by_method = trace(lambda x: getattr(x, name)(), A)
    assert by_method.value == by_loop(REDUCTIONS[name], A, None, False)
    assert by_method.gradient().tolist() == trace(getattr(autodiff, name), A).gradient().tolist()
    assert getattr(autodiff, name)(3) == trace(getattr(autodiff, name), 3).value == 3


def test_equal_largest_entries_share_the_derivative() -> None:
    x = np.array([[2.0, 7.0, 7.0], [7.0, 1.0, 0.0]])
    assert trace(autodiff.max, x).gradient().tolist() == [[0, 1 / 3, 1 / 3], [1 / 3, 0, 0]]
    t = trace(lambda x: autodiff.max(x, axis=1), x)
    assert t.gradient(np.array([1.0, 10.0])).tolist() == [[0, 0.5, 0.5], [10, 0, 0]]
    along = np.array([[1.0, 4.0, 6.0], [2.0, 0.0, 0.0]])
    assert t.tangent(x=along).tolist() == [5.0, 2.0]


def test_a_rule_that_gives_each_tie_everything_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reductions.Maximum, "shares", lambda self, x: (x == x.max()) * 1.0)
    with pytest.raises(AssertionError):
        test_equal_largest_entries_share_the_derivative()


def test_a_mean_that_forgets_to_divide_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    right = reductions.mean_operation

    def wrong(shape: Any, axes: Any, keepdims: bool) -> Any:
        rule = right(shape, axes, keepdims).pullbacks[0]
        return dataclasses.replace(right(shape, axes, keepdims), pullbacks=(lambda g, x: rule(g * 3, x),))

    monkeypatch.setattr(traced, "mean_operation", wrong)
    with pytest.raises(AssertionError):
        test_reductions_agree_with_loops_and_differences(A, "mean", 1, False)


@pytest.mark.parametrize("shape", [(6,), (3, 2), (-1, 2), (1, 6, 1), -1])
def test_reshape_keeps_the_entries_in_order(shape: Any) -> None:
    t = trace(lambda A: autodiff.reshape(A, shape), A)
    assert list(np.ravel(t.value)) == [A[i, j] for i in range(2) for j in range(3)]
    assert np.shape(t.value) == np.shape(autodiff.reshape(A, shape))
    seed = np.arange(6.0).reshape(np.shape(t.value))
    assert t.gradient(seed).tolist() == [[0, 1, 2], [3, 4, 5]]
    assert t.tangent(A=2 * A).tolist() == (2 * t.value).tolist()


def test_reshape_takes_sizes_one_by_one_as_well() -> None:
    assert trace(lambda A: A.reshape(3, 2), A).value.tolist() == [[1, 5], [2, 4], [0.5, -3]]
    assert trace(lambda x: x.reshape(1)[0] ** 2, np.array([3.0])).gradient().tolist() == [6.0]


def test_dot_is_the_matrix_product() -> None:
    x, y = np.array([1.0, 2.0, 3.0]), np.array([4.0, 5.0, -1.0])
    t = trace(lambda x, y: x.dot(y), x, y)
    assert t.value == 1 * 4 + 2 * 5 - 3 == autodiff.dot(x, y)
    assert [g.tolist() for g in t.gradient()] == [y.tolist(), x.tolist()]
    t = trace(lambda x: autodiff.sum(autodiff.dot(A, x) * np.array([1.0, 10.0])), x)
    assert t.gradient().tolist() == [1 + 40, 5 + 5, 2 - 30]
    assert (
        trace(lambda a: autodiff.dot(a, 3), 2).gradient()
        == 3
        == trace(lambda a: autodiff.dot(3, a), 2).gradient()
    )
    assert trace(lambda A: autodiff.sum(autodiff.dot(2, A)), A).gradient().tolist() == [[2] * 3] * 2


def test_an_array_to_a_traced_power() -> None:
    base, x = np.array([2.0, 3.0, 0.5]), np.array([3.0, -1.0, 2.0])
    t = trace(lambda x: autodiff.sum(base**x), x)
    assert t.value == pytest.approx(8 + 1 / 3 + 0.25, rel=1e-15)
    expected = [8 * np.log(2), np.log(3) / 3, 0.25 * np.log(0.5)]
    assert t.gradient().tolist() == pytest.approx(expected, rel=1e-14)
    one = trace(lambda x: autodiff.sum(base**x), 2.0)
    assert one.gradient() == pytest.approx(4 * np.log(2) + 9 * np.log(3) + 0.25 * np.log(0.5), rel=1e-14)
    other = trace(lambda b: autodiff.sum(b**x), base)
    assert other.gradient().tolist() == pytest.approx([3 * 4, -1 / 9, 2 * 0.5], rel=1e-14)


@pytest.mark.parametrize(
    "key", [0, -1, slice(1, 3), (0,), (1, slice(None)), (slice(None), 2), (0, slice(1, 3), 0)]
)
def test_the_formula_of_an_index_knows_the_shape_of_fewer_axes(key: Any) -> None:
    t = trace(lambda T: autodiff.named("u", T[key]) * 2, T)
    assert t.rules(np.ones(np.shape(t.value))).program[0][1].shape == T[key].shape
    t = trace(lambda T: autodiff.sum(T[key] * T[key]), T)
    expected = np.zeros_like(T)
    expected[key] = 2 * T[key]
    assert t.gradient().tolist() == expected.tolist()


PROGRAMS: dict[str, tuple[Callable[[Any], Any], list[str]]] = {
    "sum": (lambda A: autodiff.sum(A), ["Ā = ȳ · ones(2, 3)"]),
    "mean": (lambda A: autodiff.mean(A), ["Ā = ȳ/6 · ones(2, 3)"]),
    "mean of rows": (lambda A: autodiff.mean(A, axis=1), ["Ā = repeat(ȳ/3, axis=1)"]),
    "max": (lambda A: autodiff.max(A), ["Ā = ȳ · share(A)"]),
    "max of columns": (lambda A: autodiff.max(A, axis=0), ["Ā = repeat(ȳ, axis=0) ⊙ share(A, axis=0)"]),
    "reshape": (lambda A: A.reshape(3, 2), ["Ā = reshape(ȳ, 2 × 3)"]),
    "norm": (lambda A: autodiff.named("r", A.reshape(6)).dot(np.arange(6.0)), None),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_rules_print_and_compute_the_same(name: str) -> None:
    program, printed = PROGRAMS[name]
    t = trace(program, A)
    seed = np.arange(1.0, 1 + np.size(t.value)).reshape(np.shape(t.value))
    adjoints = reverse_sweep(t.tape, t.output, seed if seed.shape else float(seed))
    known: dict[Any, Any] = {}
    for index, label in t.tape.labels().items():
        shape = np.shape(t.tape.values[index])
        known[symbol(label, shape=shape)] = t.tape.values[index]
        known[symbol(label, "bar", shape)] = adjoints[index]
    for index, value in enumerate(t.tape.values):
        known[symbol(f"const{index}", shape=np.shape(value))] = value
    rules = t.rules(seed if seed.shape else float(seed))
    if printed is not None:
        assert [rule.text for rule in rules] == printed
    for rule in rules:
        np.testing.assert_allclose(rule.formula.evaluate(known), rule.value, rtol=1e-15)
        assert "{" not in rule.text
        assert rule.latex


@pytest.mark.parametrize(
    ("call", "kind", "message"),
    [
        (lambda: trace(lambda x: autodiff.max(x, 0), 3), ShapeError, "The larger of two numbers is b"),
        (lambda: trace(lambda x: autodiff.max(x, axis=2), A), ShapeError, "axis 2 does not fit"),
        (lambda: autodiff.mean(A, axis=(0, 0)), ShapeError, "does not fit the shape"),
        (lambda: autodiff.mean(A, axis=True), ShapeError, "axis True is neither"),
        (lambda: autodiff.sum(A, axis="a"), ShapeError, "axis 'a' is neither"),
        (lambda: autodiff.max([1, 2]), TraceError, "a list is not an array"),
        (lambda: autodiff.sum([1, 2]), TraceError, "a list is not an array"),
        (lambda: autodiff.sum(np.array(["a"])), TraceError, "no numbers"),
        (lambda: autodiff.reshape(A, (4, 2)), ShapeError, "6 entries do not fit"),
        (lambda: autodiff.reshape(A, (4, -1)), ShapeError, "6 entries do not fit"),
        (lambda: autodiff.reshape(A, (-1, -1)), ShapeError, "one may be left open"),
        (lambda: autodiff.reshape(A, (0, -1)), ShapeError, "positive whole numbers"),
        (lambda: autodiff.reshape(A, (6.0,)), ShapeError, "positive whole numbers"),
        (lambda: autodiff.reshape(3, (1,)), ShapeError, "a number has no shape"),
        (lambda: autodiff.dot(A, A), ShapeError, "last size equal to B's first"),
        (lambda: autodiff.dot(A, "a"), TraceError, "'a' is not a real number"),
    ],
)
def test_bad_use_is_a_named_error(call: Any, kind: type[TraceError], message: str) -> None:
    with pytest.raises(kind, match=message) as caught:
        call()
    assert type(caught.value) is kind
    assert caught.value.remedy
