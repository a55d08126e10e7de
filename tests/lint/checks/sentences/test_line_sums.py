"""Sums of what one line lists."""

from __future__ import annotations

import pytest

from nnutils.lint import lint

TOLD = [
    ("e⁰ = 1 ,  e³ ≈ 20.086 ,  e¹ ≈ 2.718\n    Σ ≈ {}", "23.804", "23.408"),
    ("exp(0) = 1, exp(3) = 20.086, exp(1) = 2.718, total {}", "23.804", "13.804"),
    ("exp(0) = 1; exp(3) = 20.086; exp(1) = 2.718; Z = Σ exp(z) = {}", "23.804", "23.408"),
    ("e^0 = 1,00; e^3 = 20,09; e^1 = 2,72. Summe: {}", "23,81", "23,18"),
    ("p_1 = 0.2, p_2 = 0.3 and p_3 = 0.5, which add up to {}.", "1.0", "1.4"),
    ("conv1: 34848, conv2: 614656; total: {}", "649504", "694504"),
]


@pytest.mark.parametrize(("text", "right", "wrong"), TOLD)
def test_the_sum_of_a_line_is_judged(text: str, right: str, wrong: str) -> None:
    for number, verdict in ((right, "right"), (wrong, "wrong")):
        found = [one for one in lint(text.format(number), "a.txt").judged if one.kind == "total"]
        assert [(one.verdict, one.stated) for one in found] == [(verdict, number)]


@pytest.mark.parametrize(
    "text",
    [
        "k = 3, s = 2, p = 1\nsum: 9",
        "w_1 = 0.5, w_2 = 0.3\ntotal loss = 5",
        "x_1 = 2, x_2 = 3\nthe sum is 7",
        "p_1 = 0.2, p_2 = 0.3, sum of squares = 0.13",
        "exp(1) = 2.718\ntotal: 30",
        "e^1 = 2.718, e^2 = 7.389, as said before.\nThe sum is 31.",
    ],
)
def test_numbers_that_need_not_be_the_terms_are_left_alone(text: str) -> None:
    assert not lint(text, "a.txt").findings


TERMS = "e⁰ = 1, e¹ ≈ 2.718, e² ≈ 7.389"


@pytest.mark.parametrize("between", ["word " * 90, f"{'word ' * 90}, e⁰ = 1, e¹ ≈ 2.718"])
def test_a_line_of_prose_ends_the_terms_and_holds_none(between: str) -> None:
    assert len(lint(f"{TERMS}\nΣ ≈ 11.701", "a.txt").wrong) == 1
    assert not lint(f"{TERMS}\n{between}\nΣ ≈ 11.701", "a.txt").wrong
