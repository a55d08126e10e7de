"""Answers as text: what a reader sees of each type."""

from __future__ import annotations

from fractions import Fraction

import pytest

from nnutils.core.worked import Worked
from nnutils.practice import Answer, Asked, answer_text, with_unit


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (Worked(55, "height") * 55 * 96, "55 · 55 · 96 = 290,400"),
        (Worked(1200, "features"), "1,200"),
        (Worked(Fraction(1, 3)), "1/3"),
        ((Worked(2) * 3, 4), "(6, 4)"),
        (-1200, "−1,200"),
        (Fraction(1, 8), "0.125"),
        (Fraction(4, 2), "2"),
        (Fraction(1, 3), "1/3"),
        ((Fraction(1, 3), Fraction(1, 2)), "(1/3, 1/2)"),
        (((Fraction(-1, 2),), (1,)), "((−0.5,), (1,))"),
        (Fraction(1, 2**30), "1/1,073,741,824"),
        (0.1 + 0.2, "0.3"),
        (1234567.0, "1.23457e+06"),
        (True, "yes"),
        ((True, False), "(yes, no)"),
        ("exp(-x)", "exp(-x)"),
    ],
)
def test_each_type_has_its_text(answer: Answer, text: str) -> None:
    assert answer_text(answer) == text


def test_a_unit_follows_the_number() -> None:
    assert with_unit(Asked("units", "units of the layer", "a", 3, unit="units"), "3") == "3 units"
    assert with_unit(Asked("x", "the value of x", "a", 3), "3") == "3"
