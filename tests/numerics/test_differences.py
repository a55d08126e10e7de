"""Central differences: the true derivative lies within the uncertainty, for functions of every kind."""

import math

import numpy as np
import pytest

from nnutils.numerics.differences import central_difference


@pytest.mark.parametrize("size", [1e-12, 1e-9, 1e-3, 1.0, 1e6, 1e9])
def test_the_steps_scale_with_the_inputs(size):
    d = central_difference(lambda x: np.log(x) + 2 * np.sqrt(x), {"x": size})
    right = 1 / size + 1 / math.sqrt(size)
    assert abs(d["x"] - right) <= d.uncertainties["x"] < 1e-9 * right


# (function, point, derivative): wiggles, narrow bumps, large and tiny inputs, noise far above the last digit
HARD = [
    (lambda x: np.sin(1000 * x), 1.0, 1000 * math.cos(1000)),
    (lambda x: np.sin(8 * np.pi * x), 0.0, 8 * math.pi),  # the larger steps are whole periods
    # Larger steps see zero on both sides.
    (lambda x: np.exp(-((1e9 * x) ** 2)), 1e-9, -2e9 * math.exp(-1)),
    (lambda x: np.tanh(50 * x), 0.01, 50 / math.cosh(0.5) ** 2),
    (lambda x: (1e6 + np.sin(x)) - 1e6, 1.0, math.cos(1.0)),
    (lambda x: 1 + 1e-9 * np.sin(x), 1.0, 1e-9 * math.cos(1.0)),
    (lambda x: x**2, 1e9, 2e9),
    (lambda x: math.log(x), 2.0, 0.5),
    (lambda x: np.maximum(x, 0.0) + 1, 1e-5, 1.0),
    (lambda x: np.maximum(x, 0.0) + 1, -1e-5, 0.0),
]


@pytest.mark.parametrize("case", range(len(HARD)))
def test_the_error_stays_within_the_uncertainty(case):
    function, point, right = HARD[case]
    d = central_difference(function, {"x": point})
    assert abs(d["x"] - right) <= d.uncertainties["x"] < 1e-3 * max(abs(right), 1e-3)


@pytest.mark.parametrize("side", [1, -1])
@pytest.mark.parametrize("distance", [10.0**-e for e in range(1, 13)])
def test_a_kink_at_any_distance_stays_within_the_uncertainty(distance, side):
    d = central_difference(lambda x: np.maximum(x - 1, 0) + x / 3, {"x": 1 + side * distance})
    assert abs(d["x"] - 1 / 3 - (side > 0)) <= 1.01 * d.uncertainties["x"]


# rounded to multiples of a quantum far above the last digit of the value: (shift, size, slope, point)
NOISY = [
    (1e10, 1, 1, 1),
    (1e3, 1e-4, 223.24687872488838, 0.0012225025907630065),
    (1e6, 1e-2, 83, 1.827),
    (1e8, 1, 1, 1.3),
]


@pytest.mark.parametrize(("shift", "size", "slope", "point"), NOISY)
def test_hidden_noise_stays_within_the_uncertainty(shift, size, slope, point):
    d = central_difference(lambda x: (shift + size * np.sin(slope * x)) - shift, {"x": point})
    assert abs(d["x"] - size * slope * math.cos(slope * point)) <= d.uncertainties["x"]


def test_a_bend_of_the_slope_near_the_point_stays_within_the_uncertainty():
    for distance in (1e-7, 1e-9, 1e-11):
        d = central_difference(lambda x: np.maximum(x - 1, 0) ** 2, {"x": 1 + distance})
        assert abs(d["x"] - 2 * distance) <= d.uncertainties["x"]


def test_steep_slopes_are_found():
    for slope in (1e3, 1e5, 1e7):
        d = central_difference(lambda x, k=slope: np.tanh(k * (x - 1)) + 5, {"x": 1.0})
        assert abs(d["x"] - slope) <= d.uncertainties["x"] < 1e-3 * slope


def test_steps_are_powers_of_two_that_are_added_without_rounding():
    seen = []
    central_difference(lambda x: seen.append(float(x)) or x, {"x": 1.2e9 + 0.1})
    steps = {abs(x - (1.2e9 + 0.1)) for x in seen} - {0.0}
    assert len(steps) > 30 and min(steps) >= 4 * math.ulp(1.2e9)
    assert all(math.frexp(step)[0] == 0.5 for step in steps)


def test_integers_are_converted():
    d = central_difference(lambda x, n: x**3 * n, {"x": 2, "n": 5})
    assert d["x"] == pytest.approx(60, rel=1e-10) and d["n"] == pytest.approx(8, rel=1e-10)
