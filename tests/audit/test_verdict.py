"""The judge: each verdict of each kind, and that changing what was computed or stated changes the verdict."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnutils.audit.claims import Claim, make_claim
from nnutils.audit.judging import Case, Reading
from nnutils.audit.verdict import Verdict, judge
from nnutils.core.errors import ClaimError
from nnutils.core.worked import Worked


def claim(kind: str, stated: Any, **fields: Any) -> Claim:
    base = {"id": "001-q1-x", "sheet": "001", "says": "a statement", "stated": stated, "kind": kind}
    return make_claim(base | fields, ("001",))


def verdict(
    kind: str, stated: Any, computed: Any, fields: dict[str, Any] | None = None, **case: Any
) -> Verdict:
    return judge(claim(kind, stated, **(fields or {})), Case(computed, **case))


# --- changing what was computed, or what was stated, changes the verdict ------------------------------------

X = {"x": 3.0}
CHANGES: dict[str, tuple[Any, Any, Any, Any, dict[str, Any], dict[str, Any]]] = {
    # kind: stated, another statement, computed, another computed value, fields, case
    "number": (290400, 290401, 290400, 290401, {}, {}),
    "shape": ([98, 98, 5], [98, 98, 6], (98, 98, 5), (98, 97, 5), {}, {}),
    "formula": ("2 x", "3 x", 6.0, 6.00001, {"expression": "2 * x"}, {"given": X}),
    "rule": (
        "2 x",
        "3 x",
        lambda s: 2 * s["x"],
        lambda s: 2 + s["x"],
        {"expression": "2 * x"},
        {"samples": [X, X]},
    ),
    "step": (["a", "b"], ["a", "c"], ["a", "b"], ["a", "b", "c"], {}, {}),
    "conclusion": (["a"], ["b"], ["a"], ["b"], {}, {}),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_the_verdict_follows_the_computed_value(kind: str) -> None:
    stated, _, computed, other, fields, case = CHANGES[kind]
    assert verdict(kind, stated, computed, fields, **case).verdict == "confirmed"
    assert verdict(kind, stated, other, fields, **case).verdict in ("wrong", "incomplete")


@pytest.mark.parametrize("kind", CHANGES)
def test_the_verdict_follows_the_statement(kind: str) -> None:
    _, stated, computed, _, fields, case = CHANGES[kind]
    if "expression" in fields:
        fields = {"expression": fields["expression"].replace("2", "3")}
    assert verdict(kind, stated, computed, fields, **case).verdict == "wrong"


@pytest.mark.parametrize("kind", ["step", "conclusion"])
def test_a_step_follows_the_truth(kind: str) -> None:
    assert verdict(kind, True, 93.98 > 50, evidence="93.98 %").computed == "true: 93.98 %"
    judged = verdict(kind, True, 93.98 > 95, evidence="93.98 %")
    assert (judged.verdict, judged.computed, judged.why) == ("wrong", "false: 93.98 %", "it does not hold")


@given(st.integers(-(10**15), 10**15), st.integers(-(10**12), 10**12).filter(bool))
@settings(max_examples=80)
def test_any_change_of_a_confirmed_integer_is_noticed(value: int, change: int) -> None:
    assert verdict("number", value, value).verdict == "confirmed"
    assert verdict("number", f"{value:,}", value).verdict == "confirmed"
    for computed in (value + change, Worked(value + change), Fraction(value + change), float(value + change)):
        assert verdict("number", value, computed).verdict == "wrong"


@given(st.integers(10, 99999), st.integers(1, 6), st.integers(4, 999))
@settings(max_examples=80)
def test_a_decimal_is_judged_at_the_precision_as_written(digits: int, places: int, quarters: int) -> None:
    stated = f"{digits // 10**places}.{digits % 10**places:0{places}d}"
    value, step = Fraction(digits, 10**places), Fraction(1, 4 * 10**places)
    off = value + quarters * step  # in quarters of a unit of the last place
    expected = "confirmed" if quarters <= 2 else "rounded" if quarters <= 6 and quarters % 4 else "wrong"
    assert verdict("number", stated, off).verdict == expected


# --- numbers ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "computed", "expected"),
    [
        ("1.7160", 1.71604, "confirmed"),
        ("1.7160", 1.7161, "rounded"),
        ("1.7160", 1.7162, "wrong"),
        ("-0.1534", -0.15346568, "rounded"),
        ("0.9899", -math.cos(3), "rounded"),
        ("0.25", 0.245, "confirmed"),  # a tie may be rounded either way
        ("0.24", 0.245, "confirmed"),
        ("1.3", Fraction(6, 5), "wrong"),  # nothing to round
        ("0.03", 0.0401, "wrong"),  # one digit is no precision to be one off in
        ("2e6", 2_400_000, "confirmed"),
        ("-1/81", -1 / 81, "confirmed"),
        (5, 5.0, "confirmed"),
        (5, 5 + 1e-12, "confirmed"),
        (10**12, 10**12 + 1.0, "wrong"),  # whole floats are compared exactly, whatever rtol says
        (0, 1e-17, "wrong"),  # give atol= where rounding noise around zero is expected
    ],
)
def test_precision(stated: Any, computed: Any, expected: str) -> None:
    assert verdict("number", stated, computed).verdict == expected


def test_significant_digits_of_an_approximate_number() -> None:
    about = {"digits": 1}
    assert verdict("number", "2000000", 2_300_000, about).verdict == "confirmed"
    judged = verdict("number", "2000000", 37_748_736, about)
    assert judged.verdict == "wrong" and "with as many digits it is 38,000,000" in judged.why
    assert verdict("number", "2000000", 2_300_000).verdict == "wrong"


@pytest.mark.parametrize(
    "number", [7, 7.0, Fraction(7), Worked(7), np.int64(7), np.float32(7), np.array(7), np.float64(7)]
)
def test_every_type_of_number_is_welcome(number: Any) -> None:
    assert verdict("number", 7, number).verdict == "confirmed"
    assert verdict("number", 8, number).verdict == "wrong"


def test_sympy_numbers_are_welcome() -> None:
    sympy = pytest.importorskip("sympy")
    assert verdict("number", "1/3", sympy.Rational(1, 3)).verdict == "confirmed"
    assert verdict("shape", [1, "1/2"], sympy.Matrix([1, sympy.Rational(1, 2)]).T).verdict == "wrong"  # 1 x 2


@pytest.mark.parametrize(
    ("computed", "problem"),
    [
        (None, "is None"),
        (True, "got True"),
        (np.bool_(True), "got True"),
        (float("nan"), "not a number"),
        (float("inf"), "infinite"),
        (1 + 2j, "complex"),
        ("7", "got '7'"),
        ([7, 8], "one number"),
        (object(), "made of numbers"),
    ],
)
def test_what_is_not_a_number_is_refused(computed: Any, problem: str) -> None:
    with pytest.raises(ClaimError, match=problem):
        verdict("number", 7, computed)


def test_a_slip_is_named_only_if_it_gives_the_statement() -> None:
    units = Worked(290400, "units")
    right = units * 11 * 11 * 3
    slips = {"the input channels are missing": units * 11 * 11, "the kernel counts once": units * 11 * 3}
    judged = verdict("number", 290400 * 121, right, slips=slips)
    assert judged.verdict == "wrong"
    assert judged.why == "the input channels are missing: that gives 290,400 · 11 · 11 = 35,138,400"
    assert verdict("number", 290400 * 122, right, slips=slips).why == "no known slip gives it"
    assert verdict("number", 290400 * 363, right, slips=slips).why == ""


def test_a_convention_shows_both_values() -> None:
    judged = verdict("number", 253440, 290400, conventions={"the caption of Fig. 2": 253440})
    assert judged.verdict == "convention" and judged.computed == 290400
    assert "“the caption of Fig. 2”, which gives 253,440; here it is 290,400" in judged.why
    assert verdict("number", 253441, 290400, conventions={"the caption of Fig. 2": 253440}).verdict == "wrong"


def test_a_missing_term_makes_a_number_incomplete() -> None:
    judged = verdict("number", 34848, 34944, missing={"the bias": 96})
    assert (judged.verdict, judged.why) == ("incomplete", "the bias (96) is missing")
    assert verdict("number", 34848, 34945, missing={"the bias": 96}).verdict == "wrong"


def test_the_working_is_judged_beside_the_result() -> None:
    fields = {"expression": "units * 11 * 11 * 3"}
    names = {"given": {"units": 290400}}
    assert verdict("number", 105415200, 105415200, fields, **names).verdict == "confirmed"
    slipped = verdict("number", 10542972, 105415200, fields, **names)
    assert (slipped.verdict, slipped.why) == ("wrong", "the working as written gives 105,415,200")
    upstream = verdict("number", 105415200, 105415201, fields, **names)
    assert (upstream.verdict, upstream.why) == ("wrong", "the working as written does give it")
    lucky = verdict("number", 223948800, 223948800, {"expression": "5*5*48*128*2*27*27*2"})
    assert lucky.verdict == "wrong"
    assert lucky.why == "the result is right, but the working as written gives 447,897,600"
    decimals = {"expression": "36.0278 - 0.9899"}
    assert "the working as written does give it" in verdict("number", "35.0379", 35.12112, decimals).why


# --- damaged statements -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "stated", "computed"),
    [("number", 256, 328), ("number", "(41,4", 5), ("number", None, 5), ("shape", [328, None], [256, 256]),
     ("step", None, True), ("rule", "c = ?", 5.0), ("conclusion", "illegible", True)],
)  # fmt: skip
def test_damage_and_slip_are_not_told_apart(kind: str, stated: Any, computed: Any) -> None:
    judged = verdict(kind, stated, computed, {"legible": False})
    assert judged.verdict == "unreadable"
    assert judged.computed == computed
    assert judged.why.startswith("computed ")


def test_what_agrees_in_spite_of_the_damage_is_confirmed() -> None:
    assert verdict("number", 256, 256, {"legible": False}).verdict == "confirmed"
    assert verdict("shape", [256, 3], [256, 3], {"legible": False}).verdict == "confirmed"
    assert (
        verdict("rule", "r", 2, {"legible": False, "expression": "r"}, given={"r": 2}).verdict == "confirmed"
    )


def test_a_slip_under_damage_stays_a_possibility() -> None:
    judged = verdict("number", 10, 20, {"legible": False}, slips={"half of it": 10})
    assert judged.verdict == "unreadable" and "this slip would give it: half of it" in judged.why


# --- shapes -------------------------------------------------------------------------------------------------


def test_shapes_and_matrices_compare_entry_by_entry() -> None:
    assert verdict("shape", [[1, "1/2"], [0, -1]], np.array([[1, 0.5], [0, -1]])).verdict == "confirmed"
    judged = verdict("shape", [[1, "1/2"], [0, -1]], np.array([[1, 0.5], [3, -1]]))
    assert judged.verdict == "wrong" and "1 of 4 entries differ: (2, 1)" in judged.why
    assert "stated: 2 entries; right: 3 entries" in verdict("shape", [98, 98], [98, 98, 5]).why
    assert verdict("shape", ["0.33", 1], [1 / 3, 1.0]).verdict == "confirmed"
    assert verdict("shape", ["0.34", 1], [1 / 3, 1.0]).verdict == "rounded"
    assert verdict("shape", [1, 2], [2, 1], conventions={"width first": [1, 2]}).verdict == "convention"
    assert "kernel not flipped" in verdict("shape", [1, 2], [2, 1], slips={"kernel not flipped": [1, 2]}).why
    assert verdict("shape", [1, 2], [2, 1], slips={"kernel not flipped": [1, 3]}).why.startswith(
        "no known slip"
    )


# --- steps --------------------------------------------------------------------------------------------------


def test_missing_cases_are_named() -> None:
    judged = verdict("conclusion", ["x1 > x2", "x1  <  x2"], ["x1 > x2", "x1 < x2", "x1 = x2"])
    assert (judged.verdict, judged.why) == ("incomplete", "not treated: x1 = x2")
    extra = verdict("conclusion", ["a", "b"], {"a"})
    assert (extra.verdict, extra.why) == ("wrong", "no such case: b")


def test_a_step_may_hold_under_a_convention() -> None:
    judged = verdict(
        "step", True, 1 > 2, conventions={"weight sharing ignored": 2 > 1, "counted once": 1 > 3}
    )
    assert judged.verdict == "convention" and "weight sharing ignored" in judged.why
    assert "counted once" not in judged.why


@pytest.mark.parametrize(
    ("kind", "stated", "case", "problem"),
    [
        ("step", True, {"computed": 1}, "must be True or False"),
        ("step", True, {"computed": True, "slips": {"a": 1}}, "slips= means nothing"),
        ("step", ["a"], {"computed": True}, "must be the list of all cases"),
        ("step", ["a"], {"computed": []}, "must be the list of all cases"),
        ("step", ["a"], {"computed": [1]}, "must be text"),
        ("shape", [1], {"computed": 1}, "kind: number"),
        ("shape", [1], {"computed": [1], "missing": {"a": 1}}, "missing= means nothing"),
        ("number", 1, {"computed": 1, "samples": [{}]}, "samples= means nothing"),
        ("number", 1, {"computed": 1, "slips": {"a": None}}, "made of numbers"),
        ("number", 1, {"computed": 1, "rtol": 2}, "no tolerances"),
        ("number", 1, {"computed": 1, "why": {"fine": "?"}}, "why= names 'fine'"),
    ],
)
def test_arguments_that_mean_nothing_are_refused(kind: str, stated: Any, case: Any, problem: str) -> None:
    with pytest.raises(ClaimError, match=problem):
        judge(claim(kind, stated), Case(**case))


def test_a_bad_alternative_is_named() -> None:
    with pytest.raises(ClaimError) as caught:
        verdict("number", 1, 2, slips={"factor lost": float("nan")})
    assert caught.value.where == "slip 'factor lost'"


# --- the words ----------------------------------------------------------------------------------------------


def test_prose_speaks_only_for_its_verdict() -> None:
    assert (
        verdict("number", 1, 2, why="The factor is lost.").why
        == "no known slip gives it. The factor is lost."
    )
    assert verdict("number", 1, 2, why="a factor is lost").why == "no known slip gives it; a factor is lost"
    assert verdict("number", 1, 1, why="The factor is lost.").why == ""
    assert (
        verdict("number", 1, 1, why={"wrong": "Lost.", "confirmed": "Also by loop."}).why == "Also by loop."
    )
    assert (
        verdict("number", 1, 2, slips={"one less": 1}, why={"rounded": "x"}).why == "one less: that gives 1"
    )


def test_a_verdict_survives_its_stored_form() -> None:
    judged = verdict("number", "1.5", Worked(3) / 2)
    assert set(judged.as_dict()) == {
        "id",
        "sheet",
        "question",
        "says",
        "stated",
        "computed",
        "verdict",
        "why",
    }
    assert Verdict.from_dict(judged.as_dict()).as_dict() == judged.as_dict()
    with pytest.raises(ClaimError, match="lacks why"):
        Verdict.from_dict({key: value for key, value in judged.as_dict().items() if key != "why"})


def test_evidence_stands_beside_the_computed_value() -> None:
    assert verdict("number", 5, 5, evidence="by brute force").computed == "5 (by brute force)"
    assert (
        verdict("rule", "r", 5, {"expression": "r"}, given={"r": 5}, evidence="V.T @ r").computed == "V.T @ r"
    )


def test_readings_belong_to_conventions() -> None:
    with pytest.raises(ClaimError, match="Only conventions"):
        verdict("rule", "r", 5, {"expression": "r"}, given={"r": 4}, slips={"rows": Reading(5)})
