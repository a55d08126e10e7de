"""Arrows behind working: judged as results where the paragraph uses them so."""

from __future__ import annotations

import pytest

from nnutils.lint import lint

SQUARES = "- squared distances: (3 − 7)² → 16, (5 − 7)² → {}, (9 − 7)² → {}, (11 − 7)² → 16"


def test_an_arrow_is_a_result_where_others_of_the_paragraph_are() -> None:
    assert lint(SQUARES.format(4, 4)).findings == ()
    for first, second, stated in (("−4", 4, "−4"), (4, 44, "44"), (44, 4, "44")):
        assert [one.stated for one in lint(SQUARES.format(first, second)).wrong] == [stated]


@pytest.mark.parametrize(
    "text",
    [
        "the map shrinks: 2 · 14 → 7, then 5 · 7 → 3",  # none of them leads to a value
        "first 3 + 4 → 7, and then the layers 14 · 2 → 5, 13 · 3 → 2",  # one only
        "sizes 14 → 7, 7 → 3, and 3 + 4 → 7, 4 + 5 → 9",  # a number alone goes anywhere
    ],
)
def test_other_arrows_are_left_alone(text: str) -> None:
    assert lint(text).wrong == ()


def test_a_remark_with_a_label_ends_a_result() -> None:
    text = "checkpoint: 116,312 × 4 B = {} MB (fp16: 0.23 MB)"
    assert lint(text.format("0.47")).findings == ()
    assert len(lint(text.format("0.37")).wrong) == 1
