"""Arithmetic that is said in words, directly in front of the number that it gives."""

from __future__ import annotations

import pytest

from nnutils.lint import lint


def verdicts(text: str) -> list[tuple[str, str, str]]:
    """Return what is said about the numbers of a sheet: the verdict, the stated one, the right one."""
    return [(one.verdict, one.stated, one.computed) for one in lint(text, "a.txt").judged]


@pytest.mark.parametrize(
    ("text", "stated", "computed"),
    [
        ("The kernel has 3, and 27 minus 3 is 4.", "4", "24"),
        ("There are only 48 times 27, that's 12,960, of them.", "12,960", "1,296"),
        ("So that's 2 plus 3 times 4, which is 26.", "26", "14"),
        ("2 to the power of 12 is 40,966.", "40,966", "4,096"),
        ("2 to the 10th is 1,042.", "1,042", "1,024"),
        ("e to the power of 3 is 2.09, to two places.", "2.09", "20.09"),
        ("The logistic function of minus 2 is 0.911.", "0.911", "0.119"),
        ("The square root of 6 is 2.944.", "2.944", "2.449"),
        ("And the mean of 15, 19, 28 and 31 is 232.25.", "232.25", "23.25"),
        ("The sum of 1, 2 and 3 is 7.", "7", "6"),
        ("It has 16,000 weights, plus 40 biases makes 16,400.", "16,400", "16,040"),
        ("The picture has 39 pixels, plus 1 on the left and 1 on the right is 4.", "4", "41"),
        ("That gives 92.5, and we only keep the whole steps, that's 91.", "91", "92"),
        ("27 minus 3 is 24. Plus 1 for the start makes 35.", "35", "25"),
        ("240,012 out of 248,764 are in fc, that's 69.5 percent.", "69.5", "96.5"),
        ("That's 22,118,400, call it 62.1 million.", "62.1 million", "22,100,000"),
        ("That's 310,270,072 bytes, or 3,103.3 megabytes.", "3,103.3", "310.3"),
        ("That's 500 parameters. At 4 bytes for each of them that's 20,000 bytes.", "20,000", "2,000"),
    ],
)
def test_what_is_wrong(text: str, stated: str, computed: str) -> None:
    assert ("wrong", stated, computed) in verdicts(text)


@pytest.mark.parametrize(
    "text",
    [
        "3 times 4 is 15 less than 27.",
        "5 plus 3 is 4 times 2.",
        "2 to the power of 3 times 4 is 32.",
        "2 plus 3 times 4 is 20.",  # said and computed step by step
        "Half of 6 times 3 is 9.",
        "1 plus 1 is 10 in binary.",
        "The sum of 3 and the square root of 4 is 5.",
        "1 over the square root of 4 is 0.5.",
        "It is not true that 2 times 2 is 5.",
        "If 3 times 4 is 13, stop.",
        "3 out of 4 pass, that's 5 percent more than before.",
        "26 of us, say 3 million others.",
        "7 divided by 2 is 3 remainder 1.",
        "7 divided by 2 is 3.",  # at most doubtful
        "5 million plus 3 is 5,000,003.",
        "10 plus 4 is 2 on a clock.",
        "6'272 weights plus 32 biases makes 6'304. 6 272 weights plus 32 biases makes 6 304.",
        "37 divided by 2 is 18.5. Plus 1 makes 19.",
        "262,144 bytes, or 0.25 megabytes. That's 262,144 bytes, or 262.1 kilobytes.",
    ],
)
def test_what_is_not_wrong(text: str) -> None:
    assert [one for one in verdicts(text) if one[0] == "wrong"] == []


def test_what_is_right_is_counted() -> None:
    text = "109 divided by 2 is 54.5. The square root of 2 is 1.414. 9 out of 10 pass, that's 90 percent."
    found = verdicts(text)
    assert {"54.5", "1.414", "90"} <= {one[1] for one in found} and {one[0] for one in found} == {"right"}


@pytest.mark.parametrize(
    ("text", "stated", "right"),
    [
        ("Divide by 4. (Max pooling of 4, 1, −3, 1 gives 3.)", "3", "4"),
        ("The smallest of 2, −9 and 7 is −7.", "−7", "−9"),
        ("Average pooling of 1, 2, 3, 6 gives 4.", "4", "3"),
        ("The largest of 12, 45 and 30 is 54.", "54", "45"),
    ],
)
def test_the_largest_and_the_smallest_of_a_list(text: str, stated: str, right: str) -> None:
    assert [(one.stated, one.computed) for one in lint(text, "a.txt").wrong] == [(stated, right)]
    assert lint(text.replace(f" {stated}.", f" {right}."), "a.txt").wrong == ()


@pytest.mark.parametrize(
    "text",
    [
        "The largest of 12, 45 and 30 is 15 more than the next one.",
        "3 times the largest of 12, 45 and 30 is 135.",
        "The largest of 3 layers is 2.",
    ],
)
def test_more_than_the_largest_of_a_list(text: str) -> None:
    assert lint(text, "a.txt").wrong == ()
