"""Halves, products for each of some, bytes and shares of all that a sentence tells in words."""

from __future__ import annotations

import pytest

from nnutils.lint import lint

WRONG = {
    "Half of 13 points would be 7.5.": "6.5",
    "Half the 96 channels is 42.": "48",
    "A quarter of 96 channels is 23.": "24",
    "Twice 13 is 27.": "26",
    "Die Hälfte von 26 Punkten ist 12,5.": "13,0",
    "La moitié de 2,5 est 1,35.": "1,25",
    "Each of the 65,536 units reads 147 values, so there are 9,633,972 connections.": "9,633,792",
    "Every one of the 50 neurons is connected to 120 inputs; this makes 6,600 in total.": "6,000",
    "Each of 32 filters has 75 weights, so we get 2,040.": "2,400",
    "The layer has 144,000 weights. As float32, 4 bytes each, that's 567,000 bytes.": "576,000",
    "It has 1,216 parameters; at 8 bytes per value they need 9,782 bytes.": "9,728",
    "Most of the 44,536 parameters are in fc: its 41,000 are\n91.2 % of all.": "92.1 %",
    "The net has 200,000 weights, and the 50,000 here are 26% of them.": "25 %",
}


@pytest.mark.parametrize(("text", "computed"), [*WRONG.items()])
def test_what_is_wrong(text: str, computed: str) -> None:
    assert [one.computed for one in lint(text, "a.md").wrong] == [computed]


@pytest.mark.parametrize(
    "text",
    [
        *("Half of 13 points would be 6.5.", "Twice 13 is 26.", "A third of 12 is 4."),
        "Every one of the 65,536 units reads 147 values, so there are 9,633,792 of them.",
        "It has 144,000 weights (no bias counted). As float32, 4 bytes each, that's 576,000 bytes.",
        "Most of the 44,536 parameters are in fc: its 41,000 are\n92.1 % of all.",
    ],
)
def test_what_is_right(text: str) -> None:
    judged = [one for one in lint(text, "a.md").judged if one.verdict != "unchecked"]
    assert judged
    assert all(one.verdict == "right" for one in judged)


@pytest.mark.parametrize(
    "text",
    [
        "More than half of 13 points is 7 already.",
        "About half of 13 points is 7.",
        "Half of them is 10, of 30.",
        "Each of the 10 students has 3 books, so we need 5 shelves.",
        "Each of the 20 pages has 3 figures. We print 400 copies.",
        "There are 12 numbers. A long has 8 bytes each, that is 64 bits.",
        "Of 2,000 pictures 1,500 are used; 300 are 20% of these.",
        "Of all 27,000 parameters the last layer holds 27, which is 0.1 %.",
        "Each of the 10 students has 3 books. There are 40 desks.",
        "Half of the layers have 3 x 3 kernels.",
    ],
)
def test_what_may_be_about_something_else(text: str) -> None:
    assert not lint(text, "a.md").wrong


def test_a_network_told_in_a_list_with_what_its_dense_layer_reads() -> None:
    text = (
        "The input image is 54 x 54 pixels with 3 channels.\n\n"
        "- conv1: 48 kernels of 5 x 5, stride 2, padding 0\n"
        "- conv2: 24 kernels of 5 x 5, stride 2, padding 0\n"
        "- fc1: 2,904 -> 120\n- fc2: 120 -> 40\n\n"
        "conv2 has {conv2} parameters. fc1 has 348,600 parameters.\n"
    )
    assert not lint(text.format(conv2="28,824"), "a.md").wrong
    assert [one.computed for one in lint(text.format(conv2="28,842"), "a.md").wrong] == ["28,824"]
    # A layer that reads something else: poolings are left out, and no size is certain.
    assert not lint(text.replace("2,904", "600").format(conv2="28,842"), "a.md").wrong


@pytest.mark.parametrize(
    ("text", "stated", "right"),
    [
        ("Half of 12 points would be 66.", "66", "6"),
        ("- A third of 12 is 40", "40", "4"),
        (
            "Every one of the 7200 units reads 1152 values, so there are 82944400 of them.",
            "82944400",
            "8,294,400",
        ),
        ("It has 600 weights. As float32, 4 bytes each, that's 600 bytes.", "600", "2,400"),
    ],
)
def test_what_a_sentence_says_alone_is_judged_however_far_off(text: str, stated: str, right: str) -> None:
    assert [(one.stated, one.computed) for one in lint(text, "a.md").wrong] == [(stated, right)]


@pytest.mark.parametrize(
    "text",
    [
        "At least half of 12 points would be 66 for everybody together.",
        "With half of 12 points it is 66 of 100 that pass.",
        "There are 600 weights and 20 biases. As float32, 4 bytes each, that's 99,999 bytes.",
        "Every one of the 7200 units reads 1152 values, so there are 10 classes.",
    ],
)
def test_what_may_be_about_something_else_is_left_alone(text: str) -> None:
    assert lint(text, "a.md").wrong == ()
