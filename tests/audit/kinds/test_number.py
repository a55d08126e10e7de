"""Numbers: judged at the precision as written, with their working, and with named alternatives."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.audit_claims import judged

from nnutils.core.errors import ClaimError
from nnutils.core.worked import Worked


@given(st.integers(-(10**15), 10**15), st.integers(-(10**12), 10**12).filter(bool))
@settings(max_examples=80)
def test_any_change_of_a_confirmed_integer_is_noticed(value: int, change: int) -> None:
    assert judged("number", value, value).verdict == "confirmed"
    assert judged("number", f"{value:,}", value).verdict == "confirmed"
    for computed in (value + change, Worked(value + change), Fraction(value + change), float(value + change)):
        assert judged("number", value, computed).verdict == "wrong"


@given(st.integers(10, 99999), st.integers(1, 6), st.integers(4, 999))
@settings(max_examples=80)
def test_a_decimal_is_judged_at_the_precision_as_written(digits: int, places: int, quarters: int) -> None:
    stated = f"{digits // 10**places}.{digits % 10**places:0{places}d}"
    value, step = Fraction(digits, 10**places), Fraction(1, 4 * 10**places)
    off = value + quarters * step  # in quarters of a unit of the last place
    expected = "confirmed" if quarters <= 2 else "rounded" if quarters <= 6 and quarters % 4 else "wrong"
    assert judged("number", stated, off).verdict == expected


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
        ("1.3", Fraction(6, 5), "wrong"),  # there is nothing to round
        ("0.03", 0.0401, "wrong"),  # one written digit is not enough to be rounded
        ("2e6", 2_400_000, "confirmed"),
        ("-1/81", -1 / 81, "confirmed"),
        (5, 5.0, "confirmed"),
        (5, 5 + 1e-12, "confirmed"),
        (10**12, 10**12 + 1.0, "wrong"),  # whole floats are compared exactly, whatever rtol says
        (0, 1e-17, "wrong"),  # give atol= where rounding noise around zero is expected
    ],
)
def test_precision(stated: Any, computed: Any, expected: str) -> None:
    assert judged("number", stated, computed).verdict == expected


def test_significant_digits_of_an_approximate_number() -> None:
    about = {"digits": 1}
    assert judged("number", "2000000", 2_300_000, about).verdict == "confirmed"
    verdict = judged("number", "2000000", 37_748_736, about)
    assert verdict.verdict == "wrong" and "with as many digits it is 38,000,000" in verdict.why
    assert judged("number", "2000000", 2_300_000).verdict == "wrong"


@pytest.mark.parametrize(
    "number", [7, 7.0, Fraction(7), Worked(7), np.int64(7), np.float32(7), np.array(7), np.float64(7)]
)
def test_every_type_of_number_is_accepted(number: Any) -> None:
    assert judged("number", 7, number).verdict == "confirmed"
    assert judged("number", 8, number).verdict == "wrong"


def test_sympy_numbers_are_accepted() -> None:
    sympy = pytest.importorskip("sympy")
    assert judged("number", "1/3", sympy.Rational(1, 3)).verdict == "confirmed"
    assert judged("shape", [1, "1/2"], sympy.Matrix([1, sympy.Rational(1, 2)]).T).verdict == "wrong"  # 1 x 2


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
        judged("number", 7, computed)


def test_a_slip_is_named_only_if_it_gives_the_statement() -> None:
    units = Worked(290400, "units")
    right = units * 11 * 11 * 3
    slips = {"the input channels are missing": units * 11 * 11, "the kernel counts once": units * 11 * 3}
    verdict = judged("number", 290400 * 121, right, slips=slips)
    assert verdict.verdict == "wrong"
    said, _, found = verdict.why.partition("; ")
    assert said == "the input channels are missing: that gives 290,400 · 11 · 11 = 35,138,400"
    assert found == "explained: The factor 3 is left out, so 290,400 · 11 · 11 is computed"
    assert judged("number", 290400 * 122, right, slips=slips).why == "no known slip gives it"
    assert judged("number", 290400 * 363, right, slips=slips).why == ""


def test_a_convention_shows_both_values() -> None:
    verdict = judged("number", 253440, 290400, conventions={"the caption of Fig. 2": 253440})
    assert verdict.verdict == "convention" and verdict.computed == 290400
    assert "“the caption of Fig. 2”, which gives 253,440; here it is 290,400" in verdict.why
    assert judged("number", 253441, 290400, conventions={"the caption of Fig. 2": 253440}).verdict == "wrong"


def test_a_missing_term_makes_a_number_incomplete() -> None:
    verdict = judged("number", 34848, 34944, missing={"the bias": 96})
    assert (verdict.verdict, verdict.why) == ("incomplete", "the bias (96) is missing")
    assert judged("number", 34848, 34945, missing={"the bias": 96}).verdict == "wrong"


def test_the_working_is_judged_beside_the_result() -> None:
    fields = {"expression": "units * 11 * 11 * 3"}
    names = {"given": {"units": 290400}}
    assert judged("number", 105415200, 105415200, fields, **names).verdict == "confirmed"
    slipped = judged("number", 10542972, 105415200, fields, **names)
    assert (slipped.verdict, slipped.why) == ("wrong", "the working as written gives 105,415,200")
    upstream = judged("number", 105415200, 105415201, fields, **names)
    assert upstream.verdict == "wrong" and upstream.why.endswith("; the working as written does give it")
    lucky = judged("number", 223948800, 223948800, {"expression": "5*5*48*128*2*27*27*2"})
    assert lucky.verdict == "wrong"
    assert lucky.why == "the result is right, but the working as written gives 447,897,600"
    decimals = {"expression": "36.0278 - 0.9899"}
    assert "the working as written does give it" in judged("number", "35.0379", 35.12112, decimals).why


@pytest.mark.parametrize(
    ("stated", "shown"), [("33.41", "33.3333"), ("33.4111", "33.333333"), ("33.411111", "33.33333333")]
)
def test_a_working_is_shown_with_six_digits_or_two_more_than_were_written(stated: str, shown: str) -> None:
    working = {"expression": "100 / 3"}
    why = judged("number", stated, 34.0, working).why.split("; ")
    assert why[-1] == f"the working as written gives {shown}"


def test_a_working_without_a_value_is_wrong_in_words() -> None:
    verdict = judged("number", 5, 5, {"expression": "5 / x"}, given={"x": 0})
    assert (verdict.verdict, verdict.why) == ("wrong", "the working as written: 5 / x divides by zero")
    verdict = judged("number", 5, 5, {"expression": "x"}, given={"x": np.array([5, 5])})
    assert (verdict.verdict, verdict.why) == ("wrong", "the working as written: it gives 2 entries")


@pytest.mark.parametrize(
    ("stated", "why"),
    [(6, "doubled: that gives 6"), (9, "squared: that gives 9"), (3, "no known slip gives it")],
)
def test_alternatives_may_be_expressions_or_functions_of_what_is_given(stated: int, why: str) -> None:
    slips = {"doubled": "2 * x", "squared": lambda point: point["x"] ** 2}
    assert judged("number", stated, 7, given={"x": 3}, slips=slips).why == why


def test_a_working_that_is_one_off_in_the_last_digit_rounds_the_number() -> None:
    assert judged("number", "1.03", 1.03, {"expression": "0.03 + 1.0"}).verdict == "confirmed"
    off = judged("number", "1.03", 1.03, {"expression": "0.04 + 1.0"})
    assert off.verdict == "rounded" and "the working as written gives 1.04" in off.why
    both = judged("number", "1.03", 1.04, {"expression": "0.04 + 1.0"})
    assert both.verdict == "rounded" and "the working" not in both.why
