"""Numbers as written: reading them, and their precision."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnutils.slips.precision import at_precision, match, parse_written


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        (290400, 290400, None),
        ("10,542,972", 10542972, None),
        ("-5", -5, None),
        ("−5", -5, None),
        ("+5", 5, None),
        ("-1/81", Fraction(-1, 81), None),
        ("1.7160", Fraction(1716, 1000), Fraction(1, 10**4)),
        (".5", Fraction(1, 2), Fraction(1, 10)),
        ("-0.0123", Fraction(-123, 10**4), Fraction(1, 10**4)),
        ("2e6", 2 * 10**6, 10**6),
        ("1.5E-3", Fraction(15, 10**4), Fraction(1, 10**4)),
        ("1,234.50", Fraction(123450, 100), Fraction(1, 100)),
    ],
)
def test_reading(text: int | str, value: Fraction, unit: Fraction | None) -> None:
    written = parse_written(text)
    assert (written.value, written.unit) == (value, unit)


@pytest.mark.parametrize("text", ["", ".", "-", "e5", "1,23", "1.2.3", "5 %", "about 2", "1/0", "0x10", "١"])
def test_what_is_not_a_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a number|divides by zero"):
        parse_written(text)


@given(st.integers(1, 10**12), st.integers(1, 4))
def test_digits_count_from_the_leading_one(value: int, digits: int) -> None:
    written = parse_written(value, digits)
    assert written.unit is not None
    assert written.unit * Fraction(10) ** (digits - 1) <= value < written.unit * Fraction(10) ** digits
    assert match(written, value) == "equal"
    assert match(written, value + 2 * written.unit) == "different"


@given(st.fractions(-1000, 1000, max_denominator=10**6), st.integers(1, 5))
def test_every_number_agrees_with_itself_rounded(value: Fraction, places: int) -> None:
    written = parse_written(f"{float(value):.{places}f}")
    assert match(written, float(value)) == "equal"
    assert at_precision(written, float(value)).replace("−", "-").replace(",", "").lstrip(
        "-"
    ) == written.text.lstrip("-")


def test_a_tie_and_its_floats() -> None:
    assert match(parse_written("0.3"), 0.25) == match(parse_written("0.2"), 0.25) == "equal"
    assert match(parse_written("0.15"), 0.1 + 0.045) == "equal"  # a float a little below the tie 0.145
    assert match(parse_written("0.15"), 0.1449) == "last digit"
