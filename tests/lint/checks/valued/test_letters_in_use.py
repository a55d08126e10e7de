"""Formulas whose letters have values, and derivatives made of others: found wrong, and left alone."""

from __future__ import annotations

import pytest

from nnutils.lint import lint


def _wrong(text: str) -> list[tuple[str, str]]:
    return [(one.stated, one.computed) for one in lint(text).wrong]


@pytest.mark.parametrize(
    ("text", "stated", "computed"),
    [
        ("If x = 3 and w = 1.5, then y = wx = 5.4.", "5.4", "4.5"),
        ("With η = 0.2, w = 1.5 and g = −2 the update w − ηg yields 1.1.", "1.1", "1.9"),
        ("f(x) = x² + 1, so f(2.1) = 5.14.", "5.14", "5.41"),
        ("Let f = a·y and a = x + y at x = 3, y = 2. Then ∂f/∂x = 3.", "3", "2"),
        ("Since ∂L/∂z = −0.3 and z = w·x + b with x = 2, we have ∂L/∂w = 0.6.", "0.6", "−0.6"),
        ("tanh(0.5) = 0.462, hence 1 − tanh² = 0.768.", "0.768", "0.787"),
        ("For f(x, y) = x²y at (1, 3) we have ∂f/∂x = 2xy = 5.", "5", "6"),
    ],
)
def test_a_wrong_value_of_a_formula_is_found(text: str, stated: str, computed: str) -> None:
    assert (stated, computed) in _wrong(text)


@pytest.mark.parametrize(
    "text",
    [
        "If x = 3 and w = 1.5, then y = wx = 4.5.",
        "Let f = a·y and a = x + y at x = 3, y = 2. Then ∂f/∂x = 2 and ∂f/∂y = 7.",
        "x = 1, y = 2 for the first example, so xy = 2. For the second xy = 12 since x = 3, y = 4.",
        "Let y = wx + b with w = 2 and b = 1. The boundary is where wx + b = 7.",
        "p = 0.3. Then p(1) = 0.12 and p[0] = 0.6439.",
        "b = 0.7\n\n(b) [2]  64*(5*5*3 + 1) = 4,864",
        "x = 0.33 and n = 3, so nx = 1.0",
        "w = 2 and x = 3. It is not true that wx = 7.",
        "## One\n\nw = 2\n\n## Two\n\nx = 3, wx = 7",
    ],
)
def test_what_may_be_meant_otherwise_is_left_alone(text: str) -> None:
    assert _wrong(text) == []
