"""Verdicts on gradients: right ones pass, wrong ones are caught at any size, the rest is undecided."""

import math

import numpy as np
import pytest

from nnutils.core.errors import GradCheckError, TraceError
from nnutils.numerics.gradient_check import gradcheck

RNG = np.random.default_rng(3)
N = 3
INPUTS = {name: RNG.normal(size=(N, N) if name in "WV" else N) for name in ("W", "V", "b", "c", "x")}
YBAR = RNG.normal(size=N)


def block(W, V, b, c, x):
    h = np.tanh(W @ x + b) + x
    return np.tanh(V @ h + c) + h


def block_rules(W, V, b, c, x, ybar=YBAR):
    z = W @ x + b
    h = np.tanh(z) + x
    rbar = ybar * (1 - np.tanh(V @ h + c) ** 2)
    hbar = V.T @ rbar + ybar
    zbar = hbar * (1 - np.tanh(z) ** 2)
    return {"W": np.outer(zbar, x), "V": np.outer(rbar, h), "b": zbar, "c": rbar, "x": W.T @ zbar + hbar}


# --- right gradients pass, at every size ---


@pytest.mark.parametrize("scale", [1e-30, 1e-9, 1.0, 1e9])
def test_right_rules_pass_at_every_size(scale):
    rules = block_rules(**INPUTS, ybar=scale * YBAR)
    report = gradcheck(block, rules, INPUTS, seed=scale * YBAR)
    assert report.ok
    report.raise_if_wrong()
    assert max(row.relative_error for row in report.rows) < 1e-9


def test_a_tiny_entry_beside_a_large_one_gets_its_own_steps():
    x = np.array([1.0, 1e-11])
    assert gradcheck(lambda x: x[0] + np.log(x[1]), {"x": 1 / x}, {"x": x}).ok


# --- seeded slips are caught, at every size ---

SLIPS = {
    "missing term": lambda r, i: {**r, "x": i["W"].T @ r["b"]},  # xbar without the skip's hbar
    "flipped sign": lambda r, i: {**r, "c": -r["c"]},
    "doubled": lambda r, i: {**r, "b": 2 * r["b"]},
    "transposed": lambda r, i: {**r, "V": r["V"].T},
    "factor 1.001": lambda r, i: {**r, "W": 1.001 * r["W"]},
    "factor 1.00001": lambda r, i: {**r, "W": 1.00001 * r["W"]},
    "one entry zero": lambda r, i: {**r, "W": r["W"] * (np.arange(9).reshape(3, 3) != 4)},
    "order of the outer product": lambda r, i: {**r, "W": np.outer(i["x"], r["b"])},
}


@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e9])
@pytest.mark.parametrize("slip", SLIPS)
def test_seeded_slips_are_caught_at_every_size(slip, scale):
    right = block_rules(**INPUTS, ybar=scale * YBAR)
    wrong = SLIPS[slip](right, INPUTS)
    report = gradcheck(block, wrong, INPUTS, seed=scale * YBAR)
    changed = [name for name in right if not np.array_equal(right[name], wrong[name])]
    assert not report and len(changed) == 1
    assert {row.variable: row.verdict for row in report.rows} == {
        name: "wrong" if name in changed else "ok" for name in INPUTS
    }
    with pytest.raises(GradCheckError, match=f"the rule for '{changed[0]}' is wrong"):
        report.raise_if_wrong()


def test_a_wrong_small_entry_is_not_hidden_by_a_large_one():
    inputs = {"a": np.array([1.0, 1.0])}
    right = {"a": np.array([1.0, 1e-7])}
    assert gradcheck(lambda a: a[0] + 1e-7 * a[1], right, inputs).ok
    row = gradcheck(lambda a: a[0] + 1e-7 * a[1], {"a": np.array([1.0, 2e-7])}, inputs)["a"]
    assert (row.verdict, row.index, row.wrong) == ("wrong", (1,), 1)
    assert row.relative_error == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("rule", "function", "verdict"),
    [
        (0.0, lambda x: 5.0, "ok"),
        (0.0, lambda x: 1 + x**2, "ok"),  # at 0: the differences are exactly zero for every step
        (1e-12, lambda x: 5.0, "wrong"),
        (0.0, lambda x: 1e-9 * np.sin(x), "wrong"),
        (1e-30, lambda x: 5.0, "undecided"),  # 5 + 1e-30 x looks the same
        (1e-30, lambda x: 0.0 * x, "wrong"),
    ],
)
def test_zero_gradients(rule, function, verdict):
    assert gradcheck(function, {"x": rule}, {"x": 0.0})["x"].verdict == verdict


# --- what differences cannot decide is a failure with a reason ---


def test_round_off_is_undecided():
    report = gradcheck(lambda x: 1 + 1e-12 * x, {"x": 1e-12}, {"x": 1.0})
    assert not report.ok and report["x"].verdict == "undecided"
    with pytest.raises(GradCheckError, match=r"cannot be decided(.|\n)*lost in round-off"):
        report.raise_if_wrong()
    assert gradcheck(lambda x: 1 + 1e-12 * x, {"x": 1e-12}, {"x": 1.0}, rtol=0.1).ok
    assert gradcheck(lambda x: 1 + 1e-12 * x, {"x": 2e-12}, {"x": 1.0})["x"].verdict == "wrong"


@pytest.mark.parametrize("rule", [0.0, 0.5, 1.0])
def test_a_kink_is_undecided_whichever_slope_the_rule_takes(rule):
    for offset in (0.0, 1e-12):  # a kink at the point, and one nearer than any step
        report = gradcheck(lambda x, o=offset: np.maximum(x - 1 - o, 0), {"x": rule}, {"x": 1.0})
        assert report["x"].verdict == "undecided"
        assert "slopes left and right" in report["x"].reason


def test_a_wrong_entry_is_reported_before_an_undecided_one():
    row = gradcheck(lambda x: np.maximum(x, 0).sum(), {"x": [1.0, 1.1]}, {"x": [0.0, 1.0]})["x"]
    assert (row.verdict, row.index, row.wrong, row.undecided) == ("wrong", (1,), 1, 1)


def test_a_slope_outside_both_sides_of_a_kink_is_wrong():
    assert gradcheck(lambda x: np.maximum(x, 0), {"x": 3.0}, {"x": 0.0})["x"].verdict == "wrong"


def test_the_symmetric_kink_of_abs_is_not_a_zero_gradient():
    assert gradcheck(lambda x: abs(x), {"x": 0.0}, {"x": 0.0})["x"].verdict == "undecided"


@pytest.mark.parametrize("distance", [1e-2, 1e-3, 1e-4, 1e-5])
def test_a_kink_beyond_the_small_steps_changes_nothing(distance):
    report = gradcheck(lambda x: np.maximum(x - 1, 0) + x, {"x": 1.0}, {"x": 1.0 - distance})
    assert report.ok
    assert gradcheck(lambda x: np.maximum(x - 1, 0) + x, {"x": 2.0}, {"x": 1.0 + distance}).ok


def test_a_jump_is_undecided():
    assert gradcheck(lambda x: np.heaviside(x, 0.5), {"x": 0.0}, {"x": 0.0})["x"].verdict == "undecided"


def test_the_edge_of_a_domain_is_undecided_and_says_so():
    row = gradcheck(lambda x: np.sqrt(x), {"x": 1.0}, {"x": 0.0})["x"]
    assert row.verdict == "undecided" and "domain" in row.reason


def test_an_error_beyond_the_domain_is_an_edge_too():
    def ln(x):
        if x <= 0:
            raise TraceError("ln of a negative number")
        return math.log(x)

    assert gradcheck(ln, {"x": 1e3}, {"x": 1e-3}).ok


def test_a_function_with_noise_is_not_called_wrong():
    rng = np.random.default_rng(0)
    row = gradcheck(lambda x: x + 1e-3 * rng.normal(), {"x": 1.0}, {"x": 1.0})["x"]
    assert row.verdict == "undecided"


def test_negligible_hides_only_smaller_entries():
    def softmax_sum(x):
        return (np.exp(x) / np.exp(x).sum()).sum()

    zero_up_to_rounding = {"x": np.array([1e-17, -1e-17])}
    at = {"x": np.array([0.3, 0.7])}
    undecided = gradcheck(softmax_sum, zero_up_to_rounding, at)
    assert not undecided.ok and "negligible=" in undecided["x"].reason
    assert gradcheck(softmax_sum, zero_up_to_rounding, at, negligible=1e-10).ok
    assert not gradcheck(lambda x: 1e-9 * x.sum(), {"x": np.zeros(2)}, at, negligible=1e-10).ok


# --- the report ---


def test_the_error_says_rule_variable_entry_and_by_how_much():
    right = block_rules(**INPUTS)
    wrong = {**right, "V": right["V"].copy(), "b": 2 * right["b"]}
    wrong["V"][1, 2] *= 1.5
    report = gradcheck(block, wrong, INPUTS, seed=YBAR, label="sheet 999")
    with pytest.raises(GradCheckError) as error:
        report.raise_if_wrong()
    text = str(error.value)
    assert text.startswith("sheet 999: the rule for 'V' is wrong at [1, 2]: it gives ")
    assert "Relative error 0.333" in text and "of 9 entries 1 wrong" in text and "Not right either: b" in text
    assert report["b"].reason == "The rule is 2 times the differences in every entry."


@pytest.mark.parametrize(
    ("factor", "reason"),
    [(-1, "The rule is -1 times"), (2, "The rule is 2 times"), (0, "The rule is zero in every entry")],
)
def test_simple_slips_are_named(factor, reason):
    right = block_rules(**INPUTS)
    report = gradcheck(block, {**right, "W": factor * right["W"]}, INPUTS, seed=YBAR)
    assert report["W"].reason.startswith(reason)
    transposed = gradcheck(block, {**right, "W": right["W"].T}, INPUTS, seed=YBAR)
    assert "transpose" in transposed["W"].reason


def test_the_table_hides_rounding_errors_unless_asked_and_renders_as_html():
    right = {"x": 2 * INPUTS["x"]}
    report = gradcheck(lambda x: x @ x, right, {"x": INPUTS["x"]})
    line = str(report).splitlines()[2].split()
    assert line == ["x", "3", "ok", "<", "1e-06"]
    assert len(report.table(full=True).rows[0][6]) > 1
    assert "<table>" in report._repr_html_() and ">ok<" in report._repr_html_()
    wrong = gradcheck(lambda x: x @ x, {"x": INPUTS["x"]}, {"x": INPUTS["x"]})
    assert "0.5 times the differences" in str(wrong) and "negligible" in str(wrong)


# --- what goes in ---


def test_inputs_stay_as_they_are_even_if_the_function_changes_its_arguments():
    def changes_its_arguments(w, x):
        w *= 2
        x[:] = x + 1
        return (w * x).sum()

    w, x = np.array([1.0, 2.0]), np.array([3.0, 4.0])
    assert gradcheck(changes_its_arguments, {"w": 2 * (x + 1), "x": 2 * w}, {"w": w, "x": x}).ok
    assert w.tolist() == [1.0, 2.0] and x.tolist() == [3.0, 4.0]


def test_a_function_that_ignores_its_argument_has_zero_differences():
    w = np.array([1.0, 2.0])
    assert not gradcheck(lambda v: (w**2).sum(), {"v": 2 * w}, {"v": w}).ok


def test_integers_are_converted():
    assert gradcheck(lambda x: (x**2).sum(), {"x": [2, 4]}, {"x": [1, 2]}).ok


@pytest.mark.parametrize(
    ("message", "change"),
    [
        ("no gradient for 'x'", {"gradients": {}}),
        ("no input called 'y'", {"gradients": {"x": [1.0, 1.0], "y": 1.0}}),
        ("shape \\(2, 1\\), the variable \\(2,\\)", {"gradients": {"x": [[1.0], [1.0]]}}),
        ("not finite at \\[1\\]: it is nan", {"gradients": {"x": [1.0, math.nan]}}),
        ("float32, which has too few digits", {"gradients": {"x": np.ones(2, dtype=np.float32)}}),
        ("input 'x' is float32", {"inputs": {"x": np.ones(2, dtype=np.float32)}}),
        ("input 'x' is not finite at \\[0\\]", {"inputs": {"x": [math.inf, 1.0]}}),
        ("not an array of real numbers", {"inputs": {"x": ["a", "b"]}}),
        ("not an array of real numbers", {"inputs": {"x": [1j, 2.0]}}),
        ("is empty", {"inputs": {"x": np.ones(0)}, "gradients": {"x": np.ones(0)}}),
        ("No inputs", {"inputs": {}, "gradients": {}}),
        ("only a single number has a gradient", {"function": lambda x: x}),
        ("returned float32", {"function": lambda x: np.float32(x.sum())}),
        ("not finite at the given inputs", {"function": lambda x: np.log(-x).sum()}),
        ("fails at the given inputs", {"function": lambda y: y}),
        ("fails at the given inputs: math domain", {"function": lambda x: math.log(-x[0])}),
        ("seed has the shape \\(3,\\)", {"function": lambda x: x, "seed": np.ones(3)}),
        ("rtol=0 and negligible=0.0 are not tolerances", {"rtol": 0}),
        ("are not tolerances.\n  .*at or above 0", {"negligible": -1.0}),
    ],
)
def test_bad_input_is_named(message, change):
    good = {"function": lambda x: x.sum(), "gradients": {"x": [1.0, 1.0]}, "inputs": {"x": [1.0, 2.0]}}
    with pytest.raises(GradCheckError, match=message):
        gradcheck(**{**good, **change})


def test_transposed_shapes_are_recognised():
    with pytest.raises(GradCheckError, match="Transposed, it would fit"):
        gradcheck(lambda w: w.sum(), {"w": np.ones((3, 2))}, {"w": np.ones((2, 3))})
