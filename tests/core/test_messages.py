"""Values in messages: shown as Python writes them, and in few words where they are long."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnutils.core.messages import shown, shown_with_type
from nnutils.core.worked import Worked


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
        ("a" * 500, "'" + "a" * 158 + "…"),
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


def test_a_type_is_told_where_the_value_alone_would_not_tell() -> None:
    assert shown_with_type(np.float64(2)) == "np.float64(2.0) of type float64"
    assert shown_with_type("a" * 500).endswith("… of type str") and len(shown_with_type("a" * 500)) < 80
