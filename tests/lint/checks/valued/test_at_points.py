"""Slopes and values of a function at a point, told in words."""

from __future__ import annotations

import pytest

from nnutils.lint import lint


@pytest.mark.parametrize(
    ("text", "stated", "computed"),
    [
        ("f(x) = 3x² − 4x. At x = 2 the slope is 12.", "12", "8"),
        ("The function f(x) = 2x² + 3 has the value 15 at x = 3.", "15", "21"),
        ("g(t) = 4t² − t. The derivative at t = 0.5 equals 4.", "4", "3"),
    ],
)
def test_a_wrong_slope_or_value_is_found(text: str, stated: str, computed: str) -> None:
    assert [(one.stated, one.computed) for one in lint(text).wrong] == [(stated, computed)]


@pytest.mark.parametrize(
    "text",
    [
        "f(x) = 3x² − 4x. At x = 2 the slope is 8.",
        "g(t) = 4t² − t. The derivative is g'(t) = 8t − 1; its value at t = 0.5 is 3.",
        "The slope at x = 1 is 4 for f(x) = 2x² and 3 for g(x) = x³.",
        "f(x) = 2x². At u = 2 the slope is 5.",
        "The slope at x = 1 is 4.",
    ],
)
def test_another_function_or_letter_is_left_alone(text: str) -> None:
    assert lint(text).wrong == ()
