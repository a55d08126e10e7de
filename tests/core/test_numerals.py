"""Numbers as text: what is written, read again, is the number, at the precision that was asked for."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnutils.core.errors import WorkedError
from nnutils.core.numerals import (
    grouped,
    latex_number,
    latex_of_text,
    number_text,
    rounded,
    too_long,
    unsigned_zero,
)

FLOATS = st.floats(allow_nan=False, allow_infinity=False)


def read(text: str) -> float:
    return float(Fraction(text.replace("−", "-").replace(",", "")))


@given(FLOATS)
def test_every_digit_of_a_float_is_written(value: float) -> None:
    assert read(number_text(value)) == value
    assert "-" not in number_text(value).partition("e")[0]  # the sign is a true minus


@given(st.floats(-1e12, 1e12), st.integers(0, 8))
def test_decimals_are_as_asked_and_no_nonzero_number_is_written_as_zero(value: float, decimals: int) -> None:
    text = number_text(value, decimals=decimals)
    step = 10.0**-decimals if "e" not in text else abs(value) * 10.0**-decimals
    assert abs(read(text) - value) <= step * 0.500001
    assert (read(text) == 0) == (value == 0)


@given(st.floats(-1e300, 1e300), st.integers(1, 12))
def test_significant_digits_are_as_asked(value: float, digits: int) -> None:
    assert read(number_text(value, significant=digits, group=True)) == float(f"{value:.{digits}g}")


@given(st.fractions() | st.integers())
def test_exact_numbers_are_written_in_full(value: Fraction | int) -> None:
    for text in (number_text(value), number_text(value, significant=2), grouped(value)):
        assert Fraction(text.replace("−", "-").replace(",", "")) == value


def test_trailing_zeros_tell_that_something_was_rounded_away() -> None:
    assert number_text(5.0, decimals=3) == number_text(5, decimals=3) == "5"
    assert number_text(4.99999, decimals=3) == "5.000"
    assert number_text(Fraction(1, 3), decimals=3) == "0.333"


def test_what_rounded_returns_is_what_is_shown() -> None:
    for value in (0.69314, -1.23456e-9, 12345.678):
        assert rounded(value, 3) == read(number_text(value, decimals=3))


def test_numpy_numbers_are_written_like_pythons() -> None:
    assert number_text(np.int64(1200), group=True) == "1,200"  # type: ignore[arg-type]
    assert number_text(np.float64(0.5), decimals=2) == "0.5"


@pytest.mark.parametrize("write", [grouped, number_text, latex_number])
def test_a_number_too_long_to_write_is_named(write: object) -> None:
    for value in (10**5000, Fraction(1, 10**5000)):
        assert too_long(value)
        with pytest.raises(WorkedError, match="digits is too long to write"):
            write(value)  # type: ignore[operator]
    assert not too_long(10**4200) and len(grouped(10**4200)) == 4201 + 1400


@given(FLOATS, st.sampled_from([".2f", "+.1f", ".3e", ".0f", ".1%", ",.2f", "g"]))
def test_only_a_number_without_other_digits_loses_its_sign(value: float, spec: str) -> None:
    for text in (format(value, spec), format(value, spec).replace("-", "−", 1)):
        shown = unsigned_zero(text)
        if float(text.replace("−", "-").replace(",", "").replace("%", "")) == 0:
            assert shown == text.lstrip("-−")
        else:
            assert shown == text


def test_a_zero_with_an_exponent_has_no_sign_and_infinity_keeps_its() -> None:
    assert unsigned_zero("-0.00e-00") == "0.00e-00"
    assert unsigned_zero("-inf") == "-inf"


def test_latex_of_a_text_keeps_its_digits() -> None:
    assert latex_of_text(number_text(-1.235e-9)) == r"-1.235 \cdot 10^{-9}"
