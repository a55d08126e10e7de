"""Results that go on over a clause or a sentence: 'plus one: 25', '96 more: 5280', 'times 3 each'."""

from __future__ import annotations

import pytest

from nnutils.lint import lint

FORGOT = "96 · 54 = 5184. Hmm, I forgot the biases, 96 more: {}."
LAYER = "11 552 · 1000 = 11 552 000. Plus biases, 1000 more: {}."
CUT = "27 / 2 = 13.5, plus one (the rest is cut off): {}."
POINTS = "(b) [2]  32*(7*7*3 + 1) = {}"
TIMES = "  (c) [1]  24*118*118 = 334,176 outputs\n      [1]  times 11*11*3 each: {} multiplications"


def wrong(text: str) -> list[tuple[str, str]]:
    return [(one.stated, one.computed) for one in lint(text, "a.txt").wrong]


@pytest.mark.parametrize(
    ("text", "right", "slip"),
    [
        (FORGOT, "5280", "528"),
        (FORGOT, "5280", "5376"),
        (LAYER, "11 553 000", "11 554 000"),
        ("48 / 2 = 24, plus one: {}.", "25", "49"),
        (CUT, "14", "4"),
        (POINTS, "4,736", "50,208"),
        (TIMES, "121,305,888", "211,305,888"),
    ],
)
def test_a_result_that_goes_on(text: str, right: str, slip: str) -> None:
    computed = right.replace(" ", "\N{NARROW NO-BREAK SPACE}")
    assert wrong(text.format(right)) == []
    found = [(one[0].replace(" ", ""), one[1]) for one in wrong(text.format(slip))]
    assert [(stated, "".join(filter(str.isdigit, value))) for stated, value in found] == [
        (slip.replace(" ", ""), "".join(filter(str.isdigit, computed)))
    ]


@pytest.mark.parametrize(
    "text",
    [
        "27 / 2 = 13.5, plus one: 14.",  # cut without a word
        "16 · 54 = 846. The biases, 16 more: 880.",  # the number before is the wrong one
        "3 · 4 = 12 per row, 2 more: 40.",
        "There were 12 rows. The next ones, 5 more: 40.",  # no result before
        "2 · 6 = 12. It has 5 more than 40.",
        "see [12] 3*4 = 12",
        "x[2] 3 = 12",
    ],
)
def test_what_is_left_alone(text: str) -> None:
    assert [one for one in wrong(text) if one[0] != "846"] == []
