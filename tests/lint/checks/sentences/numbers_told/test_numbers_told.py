"""What sentences say of lists of numbers: means, norms, products, probabilities."""

from __future__ import annotations

import pytest

from nnutils.lint import lint


@pytest.mark.parametrize(
    ("text", "stated", "computed"),
    [
        ("The dot product of (2, 5) and (3, 1) equals 10.", "10", "11"),
        ("The L1 norm of (3, −4) is 7, its L2 norm 7, its maximum norm 4.", "7", "5"),
        ("The values 2, 4, 6 and 8 have mean 5 and variance 20.", "20", "5"),
        ("The outer product of (1, 2) and (3, 4) is [[3, 4], [5, 8]].", "5", "6"),
        (
            "Softmax of [2, 1, 0]: exponentials are 7.389, 2.718 and 1, whose sum is 11.017.",
            "11.017",
            "11.107",
        ),
        ("The logits 2, 1 and 0 turn into probabilities 0.655, 0.245 and 0.090.", "0.655", "0.665"),
        ("Scores: 1, 2, 3\n\nExponentials: 2.718, 7.839, 20.086", "7.839", "7.389"),
        ("ReLU applied to (−1, 2, 0.5) gives (−1, 2, 0.5).", "−1", "0"),
    ],
)
def test_a_wrong_quantity_is_found(text: str, stated: str, computed: str) -> None:
    assert [(one.stated, one.computed) for one in lint(text).wrong] == [(stated, computed)]


@pytest.mark.parametrize(
    "text",
    [
        "The values 0.013 and 0.021 were drawn from a normal distribution with mean 0 and variance 1.",
        "The batch (1, 3, 5) is standardised. Afterwards the mean is 0 and the variance 1.",
        "We tried the values 3, 5 and 7 for k. The mean accuracy was 0.81, the variance 0.02 over runs.",
        "The values 2, 4, 6 and 8 have mean 5 and variance 6.67.",  # that of a sample
        "The L1 norm and the norm of (3, −4): the norm of (3, −4) is 7.",
        "The list 1, 2, 3 has length 3.",
        "With the logits 2 and 1 and temperature 2 the probabilities are 0.622 and 0.378.",
        "The vector (1, 2, 2) is clipped, its gradient norm is 5.",
    ],
)
def test_what_is_said_of_something_else_is_left_alone(text: str) -> None:
    assert lint(text).wrong == ()
