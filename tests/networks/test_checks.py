"""Checks of settings: plain numbers come out, and what is refused is shown in few words."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnutils.core.errors import NetworkError, SizeError
from nnutils.core.worked import Worked
from nnutils.networks.checks import MOST_DIGITS, shown, switch, whole


def test_whole_gives_a_python_int() -> None:
    assert type(whole("stride", np.int16(2))) is int and type(whole("stride", Worked(2))) is int


def test_the_longest_number_is_the_longest_that_python_writes() -> None:
    longest = 10**MOST_DIGITS - 1
    assert len(str(whole("stride", longest))) == MOST_DIGITS
    with pytest.raises(ValueError, match="Exceeds the limit"):
        str(longest + 1)
    with pytest.raises(SizeError, match=r"^stride must have at most 4,300 digits; got 1000000000… \(4,301"):
        whole("stride", longest + 1)


@pytest.mark.parametrize("value", [0, 1, None, "True", np.True_])
def test_a_switch_is_a_bool(value: Any) -> None:
    assert switch("bias", True) is True and switch("bias", False) is False
    with pytest.raises(SizeError, match="^bias must be True or False; got "):
        switch("bias", value)
    with pytest.raises(NetworkError, match="^bias must be True or False; got "):
        switch("bias", value, NetworkError)


@pytest.mark.parametrize(
    "value", [0, -3, 10**39, True, None, 1.5, "text", (), (1,), (1, 2), [1, "a"], Fraction(1, 2), {"a": 1}]
)
def test_short_values_are_shown_as_python_writes_them(value: Any) -> None:
    assert shown(value) == repr(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (-(10**50), "-1000000000… (51 digits)"),
        (10**5000 - 1, "9999999999… (5,000 digits)"),
        (Worked(10**50), "1000000000… (51 digits)"),
        ((3, 10**50), "(3, 1000000000… (51 digits))"),
        (list(range(12)), "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, …]"),
        (np.array([[1, 2], [3, 4]]), "array([[1, 2], [3, 4]])"),
        ("a" * 500, "'" + "a" * 159 + "…"),
        (Fraction(1, 10**5000), "a Fraction with too many digits to write"),
    ],
    ids=lambda value: "",
)
def test_long_values_are_shortened_to_one_line(value: Any, text: str) -> None:
    assert shown(value) == text


@given(st.integers(40, 400), st.integers(-2, 2))
def test_the_number_of_digits_is_exact_around_powers_of_ten(power: int, offset: int) -> None:
    number = 10**power + offset
    digits = len(str(number))
    text = str(number) if digits <= 40 else f"{str(number)[:10]}… ({digits:,} digits)"
    assert shown(number) == text
    assert digits == power + (offset >= 0) and math.log10(number) > 39
