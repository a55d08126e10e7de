"""Probabilities listed in a sentence, which add up to 1 or do not."""

from __future__ import annotations

import pytest

from nnutils.lint import lint

LISTED = [
    (
        "Softmax by hand:\nfor the other four inputs the probabilities are {}, 0.72, 0.00, 0.01.",
        "0.26",
        "0.62",
    ),
    ("Softmax of the logits gives the probabilities {}, 0.72, 0.00 and 0.01.", "0.26", "2.66"),
    ("Softmax of the logits gives the probabilities {}, 0.72, 0 and 0.", "0.28", "0.82"),
    ("softmax probabilities: {} / 0.72 / 0.01", "0.27", "0.62"),
    ("softmax: p1 = {}, p2 = 0.72, p3 = 0.01", "0.27", "0.62"),
    ("The softmax outputs are {} %, 72 % and 1 %.", "27", "62"),
    ("Mit Softmax erhält man die Wahrscheinlichkeiten {}; 0,72; 0,01.", "0,27", "0,62"),
    ("Le softmax donne les probabilités {}, 0.72 et 0.01.", "0.27", "0.62"),
]


@pytest.mark.parametrize(("text", "right", "wrong"), LISTED)
def test_a_list_is_judged(text: str, right: str, wrong: str) -> None:
    for entry, verdict in ((right, "right"), (wrong, "wrong")):
        found = lint(text.format(entry), "sheet.md").judged
        assert [(one.kind, one.verdict) for one in found] == [("distribution", verdict)], entry


def test_without_a_softmax_a_sum_is_only_doubted() -> None:
    (found,) = lint("So the probabilities are 0.62, 0.72, 0.01.", "sheet.md").judged
    assert found.verdict == "suspicious"


@pytest.mark.parametrize(
    "text",
    [
        "softmax: for the three samples, the probabilities of the correct class are 0.9, 0.8, 0.7.",
        "The top three softmax probabilities are 0.5, 0.2, 0.1.",
        "The softmax with probabilities 0.5, 0.2, 0.1, ...",
        "The sigmoid outputs are independent probabilities: 0.9, 0.8, 0.1.",
        "softmax probabilities 0.9, 0.85, 0.7 for the first, second and third picture",
        "Learning rates 0.1, 0.01, 0.001; softmax in the last layer.",
    ],
)
def test_other_lists_are_left_alone(text: str) -> None:
    assert not lint(text, "sheet.md").judged
