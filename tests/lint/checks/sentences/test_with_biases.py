"""Counts with biases behind a product of weights."""

from __future__ import annotations

import pytest

from nnutils.lint import lint


@pytest.mark.parametrize(
    "text",
    [
        "fc1: 120 × 100 = 12,000 weights, including biases {}.",
        "fc1: 120 × 100 = 12,000 weights, with the biases there are {} parameters.",
        "fc1: 120 × 100 = 12,000 weights, {} parameters with biases.",
        "fc1：120×100 = 12,000 个权重，含偏置 {} 个参数。",
    ],
)
def test_one_factor_is_added(text: str) -> None:
    assert not lint(text.format("12,100"), "a.md").wrong
    assert [(one.stated, one.computed) for one in lint(text.format("12,010"), "a.md").wrong] == [
        ("12,010", "12,100")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "fc1: 120 × 100 = 12,000 weights and 100 biases.",
        "fc1: 120 × 100 = 12,000 weights, including biases the network has 15,000.",
        "fc1: 120 × 100 = 12,000 weights plus biases 100.",
        "conv: 5 · 5 · 3 · 8 = 600 and with biases 700",  # of what, nobody says
        "fc1: 120 × 100 = 12,000 multiplications, with bias = 1",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert not lint(text).wrong
