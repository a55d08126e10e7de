"""What the notebooks on ReLU, Heaviside, sigmoid and softmax prove, tried on random numbers.

Each statement is a function that asserts it for a given implementation. It is run on the book's reference
with Hypothesis, and on wrong implementations, which it has to refuse: so every statement here can fail.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnutils.numerics.reference import heaviside, log_softmax, relu, sigmoid, softmax, softplus

Function = Callable[..., Any]
STATEMENTS: list[Function] = []

# Down to 1e-12, so that a step beside zero is noticed, however near it is.
fractions = st.fractions(-100, 100, max_denominator=1000).filter(bool)
nonzero = st.builds(lambda fraction, digits: fraction / 10**digits, fractions, st.integers(0, 9))
ratios = st.fractions(-1, 1, max_denominator=100).filter(lambda r: 0 < abs(r) < 1)
numbers = st.floats(-50, 50)
slopes = st.floats(0.01, 1000)
# Entries far enough apart to tell equal from unequal whatever the rounding.
logits = st.lists(st.integers(-60, 60).map(lambda n: n / 4), min_size=2, max_size=7).map(np.array)
scales = st.integers(0, 20).map(lambda n: n / 4)


def close(found: Any, right: Any) -> bool:
    """Compare at 1e-12 of the largest entry: a handful of roundings of exponents of size 100 at most."""
    return bool(np.max(np.abs(np.subtract(found, right))) <= 1e-12 * np.max(np.abs(right)))


def statement(function: Function) -> Function:
    """Enter a statement in the list of those that need a wrong implementation."""
    STATEMENTS.append(function)
    return function


# --- statements: ReLU, Heaviside, sigmoid ---


def quotient(x: Fraction, eps: Fraction) -> Fraction:
    return Fraction(relu(x + eps).item() - relu(x).item()) / eps


@statement
def derivative_is_the_step(step: Function, x: Fraction, ratio: Fraction) -> None:
    """For x != 0 and 0 < |eps| < |x| the quotient is H(x), exactly."""
    assert quotient(x, ratio * abs(x)) == float(step(x))


@statement
def product_is_relu(product: Function, x: Fraction, at_zero: float) -> None:
    assert float(product(float(x), at_zero)) == float(relu(float(x)))


@statement
def area_is_relu(step: Function, x: Fraction, cuts: list[Fraction]) -> None:
    """The integral of the step function up to x, on any cells of which 0 is an edge, is relu(x)."""
    edges = sorted({Fraction(-200), *(min(cut, x) for cut in (*cuts, Fraction(0))), x})
    values = [Fraction(float(step((a + b) / 2))) for a, b in zip(edges, edges[1:], strict=False)]
    widths = [b - a for a, b in zip(edges, edges[1:], strict=False)]
    assert sum(v * w for v, w in zip(values, widths, strict=True)) == relu(x).item()


@statement
def sigmoid_is_symmetric(function: Function, z: float) -> None:
    assert close(function(-z) + function(z), 1.0)


@statement
def distance_to_the_step(function: Function, k: float, x: float) -> None:
    """|sigma(k x) - H(x)| is 1 / (1 + exp(k |x|)) off zero, and 0 at zero."""
    found = abs(float(function(k * x)) - float(heaviside(x)))
    expected = 0.0 if x == 0 else 1 / (1 + math.exp(min(k * abs(x), 700.0)))
    # Near 1 the sigmoid itself is rounded, by half a unit of 2.2e-16.
    assert abs(found - expected) <= 1e-12 * expected + 2.3e-16
    assert x == 0 or found <= math.exp(-min(k * abs(x), 700.0)) + 2.3e-16


@statement
def largest_distance_is_a_half(function: Function, k: float, tenths: int) -> None:
    """However close to 1/2, the distance gets there near 0, and no farther."""
    x = 10.0**-tenths / k
    found = 1 - float(function(k * x))
    assert 0.5 - 10.0**-tenths <= found < 0.5


@statement
def softplus_is_uniformly_close(function: Function, k: float, x: float) -> None:
    """0 < softplus(k x) / k - relu(x) <= ln 2 / k, up to the rounding of both."""
    excess = float(function(k * x)) / k - float(relu(x))
    rounding = 4e-16 * abs(x)
    assert -rounding <= excess <= math.log(2) / k * (1 + 1e-12) + rounding
    assert close(float(function(0.0)) / k, math.log(2) / k)


# --- statements: softmax ---


@statement
def shift_changes_nothing(function: Function, x: Any, c: float) -> None:
    assert close(function(x + c), function(x))


@statement
def is_a_distribution(function: Function, x: Any) -> None:
    assert (function(x) >= 0).all() and close(function(x).sum(), 1.0)


@statement
def scale_matters(function: Function, x: Any, c: float) -> None:
    """S(c x) = S(x) exactly if c = 1 or x is constant; seen in the logarithms, where nothing underflows."""
    same = np.allclose(function(c * x), function(x), rtol=1e-9, atol=1e-9)
    assert same == (c == 1 or np.ptp(x) == 0)


@statement
def scale_zero_is_uniform(function: Function, x: Any) -> None:
    assert (function(0 * x) == 1 / len(x)).all()


@statement
def large_scale_shares_among_the_largest(function: Function, x: Any, c: float) -> None:
    """Each of the m largest is within the bound of 1/m, all others together are below it."""
    wins = x == x.max()
    count = int(wins.sum())
    gap = float(x.max() - x[~wins].max()) if count < len(x) else 0.0
    bound = (len(x) - count) * math.exp(-c * gap) / count
    shares = function(c * x)
    assert (np.abs(shares[wins] - 1 / count) <= bound / count + 1e-12).all()
    assert shares[~wins].sum() <= bound + 1e-12


@statement
def two_classes_are_a_sigmoid(function: Function, x1: float, x2: float) -> None:
    z = x1 - x2
    assert close(function(np.array([x1, x2])), [float(sigmoid(z)), float(sigmoid(-z))])


@statement
def differences_are_enough(parameters: Function, x: Any) -> None:
    """K - 1 numbers give S(x), with a 0 put first; and they can be read off S(x)."""
    y = np.asarray(parameters(x))
    assert y.shape == (len(x) - 1,)
    assert close(softmax(np.concatenate([[0.0], y])), softmax(x))
    logarithms = log_softmax(x)
    assert np.allclose(logarithms[1:] - logarithms[0], y, rtol=1e-12, atol=1e-12)


def differences(x: Any) -> Any:
    return x[1:] - x[0]


def product(x: float, at_zero: float) -> Any:
    return x * heaviside(x, at_zero)


# --- the book's reference keeps them all ---


@pytest.mark.slow
@given(nonzero, ratios)
def test_for_small_steps_the_quotient_of_relu_is_heaviside(x, ratio):
    derivative_is_the_step(heaviside, x, ratio)


@given(nonzero, st.fractions(1, 100, max_denominator=100).filter(lambda r: r > 1))
def test_a_step_across_the_kink_is_not_small(x, ratio):
    crossed = quotient(x, -ratio * x)
    assert 0 < crossed < 1


@given(nonzero)
def test_at_zero_the_quotient_is_one_from_the_right_and_zero_from_the_left(eps):
    assert quotient(Fraction(0), eps) == (1 if eps > 0 else 0)


@given(st.one_of(nonzero, st.just(Fraction(0))), st.floats(-5, 5))
def test_relu_is_x_times_heaviside_whatever_its_value_at_zero(x, at_zero):
    product_is_relu(product, x, at_zero)


@pytest.mark.slow
@given(nonzero, st.lists(nonzero, max_size=6))
def test_relu_is_the_area_below_heaviside(x, cuts):
    area_is_relu(heaviside, x, cuts)


@given(numbers)
def test_sigmoid_is_symmetric(z):
    sigmoid_is_symmetric(sigmoid, z)


@given(slopes, st.one_of(numbers, st.just(0.0)))
def test_sigmoid_is_as_far_from_heaviside_as_the_formula_says(k, x):
    distance_to_the_step(sigmoid, k, x)


@given(slopes, st.integers(1, 9))
def test_the_largest_distance_is_a_half_for_every_slope(k, tenths):
    largest_distance_is_a_half(sigmoid, k, tenths)


@pytest.mark.parametrize("k", [0.5, 1, 10, 300])
def test_the_distances_add_up_to_two_ln_two_over_k(k):
    x = np.linspace(0, 40 / k, 40_001)
    total = np.trapezoid(1 - sigmoid(k * x), x) + np.trapezoid(sigmoid(-k * x), x)
    assert math.isclose(total, 2 * math.log(2) / k, rel_tol=1e-6)
    assert not math.isclose(total, math.log(2) / k, rel_tol=1e-6)


@given(slopes, numbers)
def test_softplus_is_uniformly_close_to_relu(k, x):
    softplus_is_uniformly_close(softplus, k, x)


@given(logits, st.floats(-100, 100))
def test_a_shift_does_not_change_the_softmax(x, c):
    shift_changes_nothing(softmax, x, c)
    is_a_distribution(softmax, x)


@given(logits, scales)
def test_a_scale_changes_the_softmax_unless_it_is_one_or_all_entries_are_equal(x, c):
    scale_matters(log_softmax, x, c)


@given(st.integers(2, 7), numbers, scales)
def test_a_scale_does_not_change_the_softmax_of_a_constant_vector(size, value, c):
    scale_matters(log_softmax, np.full(size, value), c)


@given(logits)
def test_the_scale_zero_gives_the_uniform_distribution(x):
    scale_zero_is_uniform(softmax, x)


@given(logits, st.floats(0, 200))
def test_a_large_scale_gives_equal_shares_to_the_largest_entries(x, c):
    large_scale_shares_among_the_largest(softmax, x, c)


@given(numbers, numbers)
def test_the_softmax_of_a_pair_is_a_sigmoid(x1, x2):
    two_classes_are_a_sigmoid(softmax, x1, x2)


@given(logits)
def test_one_parameter_less_than_classes_is_enough(x):
    differences_are_enough(differences, x)


# --- and each statement refuses a wrong implementation ---

PAIR, TRIPLE, TIED = (np.array(v) for v in ([0.5, 2.0], [1.0, -0.5, 2.0], [1.0, 2.0, 2.0]))
CUTS = [Fraction(-1), Fraction(1, 2)]


def shifted_step(x: Any) -> Any:
    return heaviside(float(x) - 0.01)


def ordinary_shares(x: Any) -> Any:
    """Divide by the sum without exponentials: adds up to 1, and any scale goes unnoticed."""
    return np.asarray(x) / np.sum(x)


def maximum_from_the_numerator_only(x: Any) -> Any:
    return np.exp(x - np.max(x)) / np.exp(x).sum()


WRONG: list[tuple[str, Function, tuple[Any, ...]]] = [
    ("step beside zero", derivative_is_the_step, (shifted_step, Fraction(1, 200), Fraction(1, 2))),
    ("step the wrong way", derivative_is_the_step, (lambda x: heaviside(-x), Fraction(1), Fraction(1, 2))),
    ("product without x", product_is_relu, (lambda x, h: heaviside(x, h), Fraction(2), 0.5)),
    (
        "product off at zero",
        product_is_relu,
        (lambda x, h: x * heaviside(x) + h * (x == 0), Fraction(0), 0.5),
    ),
    ("area of a higher step", area_is_relu, (lambda x: 2 * heaviside(x), Fraction(3), CUTS)),
    ("area of a step beside zero", area_is_relu, (lambda x: heaviside(x - 1), Fraction(3), CUTS)),
    ("sigmoid not symmetric", sigmoid_is_symmetric, (lambda z: sigmoid(z + 1e-6), 1.0)),
    ("tanh for sigmoid", distance_to_the_step, (np.tanh, 2.0, 1.0)),
    ("slope twice too large", distance_to_the_step, (lambda z: sigmoid(2 * z), 1.0, 0.5)),
    ("wrong at zero only", distance_to_the_step, (lambda z: sigmoid(z) + 0.1 * (z == 0), 1.0, 0.0)),
    ("uniformly close to the step", largest_distance_is_a_half, (lambda z: 0.6 + 0 * z, 1.0, 3)),
    ("softplus to base two", softplus_is_uniformly_close, (lambda z: softplus(z) / math.log(2), 1.0, 0.0)),
    ("relu for softplus", softplus_is_uniformly_close, (relu, 1.0, 0.0)),
    ("shares without exponentials", shift_changes_nothing, (ordinary_shares, PAIR, 1.0)),
    ("maximum from the numerator only", is_a_distribution, (maximum_from_the_numerator_only, PAIR)),
    ("scale-invariant", scale_matters, (ordinary_shares, PAIR, 2.0)),
    ("scale noticed on a constant vector", scale_matters, (np.exp, np.ones(2), 2.0)),
    ("zero scale", scale_zero_is_uniform, (lambda x: softmax(x + np.arange(len(x))), TRIPLE)),
    (
        "winner takes all in a tie",
        large_scale_shares_among_the_largest,
        (lambda x: np.eye(3)[x.argmax()], TIED, 50.0),
    ),
    ("first entry for second", two_classes_are_a_sigmoid, (lambda x: softmax(x[::-1]), 0.0, 1.0)),
    ("differences the other way", differences_are_enough, (lambda x: x[0] - x[1:], TRIPLE)),
    ("first entry not subtracted", differences_are_enough, (lambda x: x[1:], TRIPLE)),
    ("K parameters", differences_are_enough, (lambda x: x - x[0], TRIPLE)),
]


@pytest.mark.parametrize(
    ("claim", "arguments"), [wrong[1:] for wrong in WRONG], ids=[wrong[0] for wrong in WRONG]
)
def test_every_statement_refuses_a_wrong_implementation(claim, arguments):
    with pytest.raises(AssertionError):
        claim(*arguments)


def test_every_statement_has_a_wrong_implementation():
    assert {wrong[1] for wrong in WRONG} == set(STATEMENTS)
