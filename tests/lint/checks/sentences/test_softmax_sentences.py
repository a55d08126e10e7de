"""Softmax told in a sentence."""

from __future__ import annotations

import pytest

from nnutils.lint import lint


@pytest.mark.parametrize(
    "text",
    [
        "The logits (4, −2, 2) give p ≈ (0.879, 0.002, {}) by softmax.",
        "Softmax turns the scores [4, −2, 2] into [0.879, 0.002, {}].",
        r"By softmax the scores $z = (4, -2, 2)$ become $(0.879, 0.002, {})$.",
    ],
)
def test_an_entry_that_softmax_does_not_give_is_found(text: str) -> None:
    assert not lint(text.format("0.119")).wrong
    found = [one for one in lint(text.format("0.191")).wrong if one.kind == "softmax"]
    assert [(one.stated, one.computed) for one in found] == [("0.191", "0.119")]


@pytest.mark.parametrize(
    "text",
    [
        "With temperature 2, softmax turns the logits (4, −2, 2) into (0.705, 0.035, 0.260).",
        "Not softmax: the scores (4, −2, 2) give (0.5, 0.1, 0.4).",
        "The logits are (4, −2, 2). Softmax of others is (0.2, 0.5, 0.3).",
        "After softmax p = (0.2, 0.3, 0.5) with labels (0, 0, 1).",
        "The logits (4, −2, 2) by softmax belong to a cat; the box is (0.1, 0.3, 0.6).",
    ],
)
def test_other_vectors_are_left_alone(text: str) -> None:
    assert not [one for one in lint(text).wrong if one.kind == "softmax"]
