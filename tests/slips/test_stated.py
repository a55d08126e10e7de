"""What a reader types: numbers in many spellings, at their precision; short expressions; lists."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnutils.core.errors import ExpressionError
from nnutils.slips import read, read_list
from nnutils.slips.expressions import read_expression


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("15,415,200", 15_415_200),
        ("15 415 200", 15_415_200),
        ("15'415'200", 15_415_200),
        ("15\u2009415\u2009200", 15_415_200),
        ("１２３", 123),
        ("−7", -7),
        ("+7", 7),
        ("1/3", Fraction(1, 3)),
        ("3*11*11*96", 34848),
        ("3 × 11 · 11 x 96", 34848),
        ("2^10 - 24", 1000),
        ("(1+2)*(3+4)", 21),
        ("-2^2", -4),
        ("2**-1", Fraction(1, 2)),
        ("60M", 60_000_000),
        ("1.2 million", 1_200_000),
        ("25 %", Fraction(1, 4)),
        (".5", Fraction(1, 2)),
        ("1e3", 1000),
    ],
)
def test_numbers_and_expressions_have_their_value(text: str, value: Any) -> None:
    assert read(text).value == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("½", Fraction(1, 2)),
        ("-2½", Fraction(-5, 2)),
        ("3 * 2½", Fraction(15, 2)),  # and not 3 * 2 + 1/2
        ("1/½", 2),
        ("½^2", Fraction(1, 4)),
        ("3⁄4", Fraction(3, 4)),
        ("6 ÷ 4", Fraction(3, 2)),
        ("6∕4", Fraction(3, 2)),
        ("3 ∗ 4 ⋅ 5", 60),
        ("‐5", -5),
        ("2 x -3", -6),
        ("2x-3", -6),
        ("about 46", 46),
        ("approx. ~1,200", 1_200),
    ],
)
def test_signs_and_words_that_people_paste_or_type(text: str, value: Any) -> None:
    assert read(text).value == value


@pytest.mark.parametrize(
    "text", ["2½½", "1.5½", "1,000½", "1⁄0", "x -3", "3 x", "aboutness", "about", "about1"]
)
def test_what_is_nearly_one_of_them_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError):
        read(text)


@pytest.mark.parametrize("text", ["forty", "twenty-two", "hundred and five", "NaN", "many"])
def test_words_are_to_be_typed_in_digits(text: str) -> None:
    with pytest.raises(ExpressionError, match="is in words") as caught:
        read(text)
    assert caught.value.remedy == "Type the number in digits."


def test_a_function_before_a_name_is_no_word() -> None:
    assert math.isclose(read("exp e").value, math.exp(math.e))


@pytest.mark.parametrize(
    ("text", "told", "not_told"),
    [
        ("0.1", 0.1, 0.12),
        ("300k", 300_000, 300_400),
        ("0.120", 0.1204, 0.121),
        ("300", 300, 301),
        ("0.0", 0, 0.01),
    ],
)
def test_a_coarse_number_may_state_itself_alone(text: str, told: float, not_told: float) -> None:
    assert told in read(text).told and not_told not in read(text).told


def test_functions_are_computed() -> None:
    assert math.isclose(read("exp(-2)/(1+exp(-2))").value, math.exp(-2) / (1 + math.exp(-2)))
    assert math.isclose(read("cos(pi) + ln(e)").value, 0, abs_tol=1e-12)


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("2.3e-4", 0.000234, 0.000236),
        ("0.38", 0.3849, 0.386),
        ("~1.2M", 1_249_000, 1_251_000),
        ("~1,200", 1_249, 1_251),
        ("1,200", 1_200, 1_201),
        ("1.50", 1.5049, 1.506),
        ("-0.38", -0.3849, -0.386),
    ],
)
def test_the_precision_is_that_written(text: str, inside: float, outside: float) -> None:
    assert inside in read(text).target and outside not in read(text).target


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1,2,3", [1, 2, 3]),
        ("(96, 55, 55)", [96, 55, 55]),
        ("96x55x55", [96, 55, 55]),
        ("96 × 55 × 55", [96, 55, 55]),
        ("[0.5; -1; 1/3]", [Fraction(1, 2), -1, Fraction(1, 3)]),
    ],
)
def test_lists_and_sizes(text: str, values: list[Any]) -> None:
    assert [entry.value for entry in read_list(text)] == values


BAD = [
    "", "   ", "abc", "1 2", "1..2", "1/0", "9**9**9", "2^(2^(2^9))", "10^10^10", "((1)", "1)", "*3", "3*",
    "ln(-1)", "exp(1000)", "(-8)^(1/3)", "0^0", "0^-1", "__import__('os')", "<script>", "a=1", "1;2",
    "99*" * 66 + "3", "(" * 1000 + "1" + ")" * 1000, "-" * 199 + "x", "1" * 300, "1e9999", "\u202e321", "½½",
    "1,23,4567",
]  # fmt: skip


@pytest.mark.parametrize("text", BAD)
def test_nonsense_is_refused_with_one_sentence(text: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        read(text)
    assert len(str(caught.value)) < 300


@given(st.text(alphabet="0123456789.,+-*/^()x eE%~MklnsiqrtpÀ½", max_size=60))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        value = read(text).value
    except ExpressionError:
        return
    assert isinstance(value, int | float | Fraction) and math.isfinite(value)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("0.0230", 3),
        ("-1.50", 3),
        ("2.3e-4", 2),
        ("0.000", 0),
        ("~1,200", 2),
        ("1.2M", 2),
        ("300k", 1),
        ("1,230 thousand", 3),
        ("33.3%", 3),
        ("1,200", None),
        ("33%", None),
        ("1/3", None),
        ("0.5*3", None),
    ],
)
def test_how_many_significant_digits_are_typed(text: str, digits: int | None) -> None:
    assert read(text).digits == digits


def test_a_whole_share_is_a_rounded_one_beside_what_is_not_whole() -> None:
    assert (read("33%", exact=False).digits, read("33%", exact=False).target.low) == (2, Fraction(65, 200))


@pytest.mark.parametrize("text", ["0,38", "-12,5", "3,1416", "0,125"])
def test_a_comma_before_decimals_is_named(text: str) -> None:
    with pytest.raises(ExpressionError, match="comma before its decimals") as caught:
        read(text)
    assert text.lstrip("-").replace(",", ".") in caught.value.remedy


@pytest.mark.parametrize(
    ("text", "value"), [("55x55x96", 290_400), ("3²", 9), ("2·10⁻¹", Fraction(1, 5)), ("12² + 1", 145)]
)
def test_products_and_powers_as_they_are_written_on_paper(text: str, value: Fraction | int) -> None:
    assert read(text).value == value


@pytest.mark.parametrize("text", ["٣", "३ + 1", "2 @ 3", "2.T"])
def test_digits_of_other_scripts_and_products_of_matrices_are_no_numbers(text: str) -> None:
    with pytest.raises(ExpressionError):
        read(text)


def test_products_of_matrices_and_transposes() -> None:
    outer = read_expression("r @ h.T + W^T @ x")
    assert [part.operation for part in outer.arguments] == ["matmul", "matmul"]
    assert [part.arguments[1 - n].operation for n, part in enumerate(outer.arguments)] == ["transpose"] * 2
    assert read_expression("a @ b * c") == read_expression("(a @ b) * c")
