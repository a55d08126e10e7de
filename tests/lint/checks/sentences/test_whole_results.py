"""Whole numbers made of the number with decimals before them."""

from __future__ import annotations

import pytest

from nnutils.lint import lint

TOLD = [
    ("o = (171 − 5)/4 + 1 = 42.5  ⟶  {}  (floor!)", "42", "46"),
    ("The side is 42.5, rounded down to {}.", "42", "43"),
    ("(171-5)/4+1 = 42.5, which we round down: {} pixels", "42", "24"),
    ("Die Seite ist (171-5)/4+1 = 42,5, abgerundet auf {} Pixel. Und 2,5 · 2 = 5,0.", "42", "43"),
    ("Le côté est de 42,5, arrondi vers le bas : {} pour la couche. Et 2,5 · 2 = 5,0.", "42", "41"),
    ("42.5 (rounded up: {})", "43", "42"),
    ("With 42.7 we take the floor: {}", "42", "43"),
]


@pytest.mark.parametrize(("text", "right", "wrong"), TOLD)
def test_words_that_cut_a_number_are_followed(text: str, right: str, wrong: str) -> None:
    for number, verdict in ((right, "right"), (wrong, "wrong")):
        found = [one for one in lint(text.format(number), "a.txt").judged if one.kind == "rounding"]
        assert [(one.verdict, one.stated, one.computed) for one in found] == [(verdict, number, right)]


@pytest.mark.parametrize(
    "text",
    [
        "The loss fell from 42.5 to 7, rounded down every week.",
        "Their scores are 3.5 and 2 (rounded).",
        "It took 2.7 s → 4 epochs",
        "a share of 42.5 %, rounded down to 41",
        "version 2.1 → 3 of the floor plan",
        "42.5 × 42 (rounded down)",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert not lint(text, "a.txt").findings


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("It is 1.5, rounded down to 2.", [("2", "1")]),
        ("It is 1.5, rounded down to 2.0.", []),  # 2.0 may be the number of a section, or a version
    ],
)
def test_a_small_result_is_judged_and_one_with_a_point_is_not(
    text: str, wrong: list[tuple[str, str]]
) -> None:
    assert [(one.stated, one.computed) for one in lint(text, "a.txt").wrong] == wrong
