"""Numbers and texts in pictures: written as they are, and measured as they are drawn."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnutils.drawing import panels, short_number
from nnutils.drawing.text import drawn_number, text_size, wrapped


def test_numbers_are_written_as_they_are() -> None:
    assert [drawn_number(n) for n in (3, -2.0, 0.5, Fraction(-1, 3), 1234.5)] == [
        "3",
        "−2",
        "0.5",
        "−1/3",
        "1.23e+03",
    ]
    assert drawn_number(1.23456e-9, digits=4) == "1.2346e-9"  # a small number is never written as zero
    assert [short_number(n) for n in (-0.0, -2500)] == ["0", "−2.5 k"]
    assert [short_number(n) for n in (0, 999, 9_949, 9_950, 999_499, 999_500, 105_415_200, 3e13)] == (
        ["0", "999", "9.9 k", "10 k", "999 k", "1 M", "105 M", "30 T"]
    )


@given(st.floats(1, 1e14))
def test_a_short_number_is_within_five_percent(number: float) -> None:
    digits, _, unit = short_number(number).partition(" ")
    scale = {"": 1, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12}[unit]
    assert float(digits) * scale == pytest.approx(number, rel=0.051)


def test_text_is_measured_as_it_is_drawn() -> None:
    figure, (ax,) = panels()
    text = ax.text(0.5, 0.5, "128 × 128", fontsize=12)
    drawn = text.get_window_extent().width * 72 / figure.dpi
    assert text_size("128 × 128", 12)[0] == pytest.approx(drawn, rel=0.06)


@given(st.text("ab \n", max_size=40), st.floats(10, 120))
@settings(max_examples=30, deadline=None)
def test_a_wrapped_text_has_the_same_words_in_lines_that_fit(text: str, width: float) -> None:
    lines = wrapped(text, 10, width).split("\n")
    assert " ".join(lines).split() == text.split()
    for line in lines:
        assert text_size(line, 10)[0] <= width or " " not in line


def test_a_formula_is_not_broken() -> None:
    assert wrapped("the norm $|x - y|$ of both", 10, 40) == "the\nnorm\n$|x - y|$\nof both"
