"""Formulas and backprop rules, evaluated as written at one point and at many."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from support.audit_claims import judged

from nnutils.audit import Reading, Verdict
from nnutils.core.errors import ClaimError

RANDOM = np.random.default_rng(7)
V = RANDOM.normal(size=(4, 4))
RBAR, YBAR, H = (RANDOM.normal(size=(4, 1)) for _ in range(3))
NAMES: dict[str, Any] = {"V": V, "rbar": RBAR, "ybar": YBAR, "h": H}
HBAR: NDArray[np.float64] = V.T @ RBAR + YBAR  # the right rule of the residual block

GRID = [{"x1": a, "x2": b} for a in (-2, -0.5, 0, 1, 3) for b in (-2, -0.5, 0, 1, 3)]


def rule(expression: str, computed: Any, **case: Any) -> Verdict:
    return judged("rule", "as written", computed, {"expression": expression}, **case)


def test_a_rule_is_judged_by_its_value() -> None:
    assert rule("V.T @ rbar + ybar", HBAR, given=NAMES).verdict == "confirmed"
    verdict = rule("2 * V.T @ rbar", HBAR, given=NAMES)
    worst = float(np.max(np.abs(2 * V.T @ RBAR - HBAR)))
    assert verdict.verdict == "wrong"
    assert verdict.why.startswith(f"largest error {worst:.3g}, relative ")
    assert "in entry (" in verdict.why


def test_a_rule_that_does_not_fit_is_wrong_in_words() -> None:
    verdict = rule("rbar @ V.T", HBAR, given=NAMES)
    assert (verdict.verdict, verdict.why) == (
        "wrong",
        "rbar (4 x 1) and V.T (4 x 4) cannot be multiplied as matrices",
    )
    verdict = rule("h.T @ rbar", RBAR @ H.T, given=NAMES)
    assert (verdict.verdict, verdict.why) == ("wrong", "as written it gives 1 x 1; right is 4 x 4")


def test_a_missing_term_makes_a_rule_incomplete() -> None:
    verdict = rule("V.T @ rbar", HBAR, given=NAMES, missing={"the term of the skip": YBAR})
    assert verdict.verdict == "incomplete" and verdict.why.startswith(
        "the term of the skip is missing; largest error"
    )
    assert rule("V @ rbar", HBAR, given=NAMES, missing={"the term of the skip": "ybar"}).verdict == "wrong"
    assert rule("x1", lambda s: s["x1"] + 1, samples=GRID, missing={"the bias": 1}).verdict == "incomplete"
    with pytest.raises(ClaimError, match="missing term is 4 entries") as caught:
        rule("V.T @ rbar", HBAR, given=NAMES, missing={"flat": YBAR.ravel()})
    assert caught.value.where == "missing 'flat'"


def test_a_slip_is_named_only_if_it_gives_the_rule() -> None:
    slips = {"V is not transposed": "V @ rbar + ybar", "the skip is lost": lambda s: s["V"].T @ s["rbar"]}
    verdict = rule("V.T @ rbar", HBAR, given=NAMES, slips=slips)
    assert verdict.why.startswith("the skip is lost: that gives it as written; largest error")
    assert "transposed" not in verdict.why
    assert rule("rbar", HBAR, given=NAMES, slips=slips).why.startswith(
        "no known slip gives it; largest error"
    )


def test_rows_instead_of_columns_are_a_convention() -> None:
    rows = {"V": V.T, "rbar": RBAR.T, "ybar": YBAR.T}
    reading = Reading(computed=HBAR.T, given=rows)
    verdict = rule("rbar @ V.T + ybar", HBAR, given=NAMES, conventions={"rows": reading})
    assert (
        verdict.verdict == "convention" and "“rows”" in verdict.why and "cannot be multiplied" in verdict.why
    )
    wrong = rule("rbar @ V + ybar", HBAR, given=NAMES, conventions={"rows": reading})
    assert wrong.verdict == "wrong"
    plain = rule("(V.T @ rbar + ybar).T", HBAR, given=NAMES, conventions={"gradients as rows": HBAR.T})
    assert plain.verdict == "convention"
    sampled = Reading(computed=lambda s: -s["x1"], samples=[{"x1": -s["x1"]} for s in GRID])
    assert rule("x1", lambda s: -s["x1"], samples=GRID, conventions={"sign": sampled}).verdict == "wrong"
    sampled = Reading(computed=lambda s: s["x1"], samples=[{"x1": -s["x1"]} for s in GRID])
    assert rule("x1", lambda s: -s["x1"], samples=GRID, conventions={"sign": sampled}).verdict == "convention"


def test_a_convention_under_which_a_formula_has_no_value_is_not_met() -> None:
    below = Reading(computed=lambda s: s["x"] / 2, samples=[{"x": 2}, {"x": 4}])
    points = [{"x": 1}, {"x": 3}]
    verdict = rule("1 / (x - 2)", lambda s: s["x"], samples=points, conventions={"below": below})
    assert verdict.verdict == "wrong"


@pytest.mark.parametrize(
    "computed",
    [
        lambda s: max(s["x1"], s["x2"]),
        [max(s["x1"], s["x2"]) for s in GRID],
        "(x1 + x2 + ((x1 - x2) ** 2) ** 0.5) / 2",
    ],
)
def test_a_formula_is_judged_at_every_point(computed: Any) -> None:
    case: dict[str, Any] = {"given": {"abs": abs}, "samples": GRID}
    verdict = rule("(x1 + x2 + abs(x1 - x2)) / 2", computed, **case)
    assert (verdict.verdict, verdict.computed) == ("confirmed", "the same at all 25 points")
    verdict = rule("(x1 + x2 + x1 - x2) / 2", computed, **case)  # right wherever x1 >= x2
    assert verdict.verdict == "wrong"
    assert re_worst(verdict.why) == ("x1 = −2", "x2 = 3")


def re_worst(why: str) -> tuple[str, ...]:
    """Return the point that a reason such as '... at point 5 of 25: x1 = −2, x2 = 3, where ...' names."""
    return tuple(part.strip() for part in why.split(": ")[1].split(", where")[0].split(","))


def test_one_bad_point_among_many_is_enough() -> None:
    right = [float(s["x1"]) for s in GRID]
    right[17] += 1e-6
    verdict = rule("x1", right, samples=GRID)
    assert verdict.verdict == "wrong" and "at point 18 of 25" in verdict.why


def test_points_that_are_not_defined_count_as_wrong() -> None:
    verdict = rule("1 / x1", [1.0, 1.0], samples=[{"x1": 1}, {"x1": 0}])
    assert (verdict.verdict, verdict.why) == ("wrong", "1 / x1 divides by zero at point 2 of 2: x1 = 0")
    verdict = rule("1 / x", np.ones(2), given={"x": np.array([1.0, 0.0])})
    assert (verdict.verdict, verdict.why) == ("wrong", "as written entry 2 is infinite")
    assert "complex" in rule("x ** 0.5", 1, given={"x": -1}).why


def test_small_gradients_are_judged_at_their_size() -> None:
    tiny = {"V": V, "rbar": RBAR * 1e-9, "ybar": YBAR * 1e-9}
    assert rule("V.T @ rbar + ybar", HBAR * 1e-9, given=tiny).verdict == "confirmed"
    assert rule("V @ rbar + ybar", HBAR * 1e-9, given=tiny).verdict == "wrong"


def test_noise_around_zero_needs_a_stated_tolerance() -> None:
    point = {"s": math.sin(math.pi)}
    assert rule("s", 0, given=point).verdict == "wrong"
    assert rule("s", 0, given=point, atol=1e-15).verdict == "confirmed"


@pytest.mark.parametrize(
    ("computed", "case", "problem"),
    [
        (float("nan"), {"given": {"x1": 1}}, "must be finite"),
        (lambda s: s["x1"], {"samples": []}, "samples is empty"),
        ([1, 2], {"samples": [{"x1": 1}]}, "a list of 2 values for 1 samples"),
        (1, {"given": {"x2": 1}}, "needs x1"),
        (True, {"given": {"x1": 1}}, "made of numbers"),
    ],
)
def test_bad_input_is_refused(computed: Any, case: dict[str, Any], problem: str) -> None:
    with pytest.raises(ClaimError, match=problem):
        rule("x1", computed, **case)


def test_large_arrays_are_stored_as_their_shape_and_noise_as_zero() -> None:
    assert rule("V", V, given=NAMES).computed == "array of 4 x 4"
    noisy = np.array([1.0, 1e-17])
    assert rule("x", noisy, given={"x": noisy}).computed == [1.0, 0.0]


def test_a_formula_that_needs_a_hypothesis_is_incomplete() -> None:
    at_one = Reading(lambda s: s["x"] * s["d"], samples=[{"x": 3, "d": 1}, {"x": 7, "d": 1}])
    case = {"samples": [{"x": 3, "d": 2}, {"x": 5, "d": 1}], "missing": {"d = 1": at_one}}
    found = judged("rule", "x", lambda s: s["x"] * s["d"], {"expression": "x"}, **case)
    assert found.verdict == "incomplete" and "the hypothesis “d = 1” is missing" in found.why
    other = judged("rule", "x + 1", lambda s: s["x"] * s["d"], {"expression": "x + 1"}, **case)
    assert other.verdict == "wrong"
