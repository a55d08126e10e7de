"""Functions of one number in words, and the loss of a probability."""

from __future__ import annotations

import pytest

from nnutils.lint import lint


@pytest.mark.parametrize(
    ("text", "stated", "computed"),
    [
        ("The sigmoid at 0.9 is 0.771.", "0.771", "0.711"),
        ("The loss for a class with p = 0.1 is thus 0.1.", "0.1", "2.3"),
        ("The true class has a predicted probability of 0.7, so the loss is 0.375.", "0.375", "0.357"),
        ("The negative log-likelihood of a prediction p = 0.25 amounts to 1.368.", "1.368", "1.386"),
    ],
)
def test_a_wrong_value_is_found(text: str, stated: str, computed: str) -> None:
    assert [(one.stated, one.computed) for one in lint(text).wrong] == [(stated, computed)]


@pytest.mark.parametrize(
    "text",
    [
        "The loss for a class with p = 0.1 is thus 2.303.",
        "The derivative of the sigmoid at 0.9 is 0.205.",
        "The probability of the class rises to 0.9 while the loss of the other model is 0.35.",
        "With probability 0.9 the dropout keeps a unit, and the training loss is 0.35.",
        "If the prediction is 0.3 and the target 0, the loss is 0.357.",
        "If the true class has probability 0.5, the loss is 1 bit.",
        "For the prediction 2.5 the loss is 0.25.",
    ],
)
def test_what_may_be_meant_otherwise_is_left_alone(text: str) -> None:
    assert lint(text).wrong == ()
