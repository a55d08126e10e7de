"""Computations that a sentence goes on with, in three languages."""

from __future__ import annotations

import pytest

from nnutils.lint import lint

W = "64*5*5*32 = 51,200"
WRONG = {
    f"{W}, plus 64 biases makes 51,624": "51,264",
    f"{W}; adding the 64 biases we get 51,624.": "51,264",
    f"{W} and with the biases 51,624": "51,264",
    f"{W}, minus 64, leaves 51,163": "51,136",
    f"{W}, times 4 bytes is 208,400 bytes": "204,800",
    f"{W}. Doubled: 104,200": "102,400",
    f"{W}, halved that is 26,500": "25,600",
    "There are 51,200 weights, plus 64 biases makes 51,624": "51,264",
    "The layer has 51,200 weights; with the 64 biases, there are 51,624 parameters.": "51,264",
    "51,200 weights (plus 64 biases: 51,624)": "51,264",
    "51,200 weights, plus 64 biases, times 4 bytes: 205,506": "205,056",
    "800 weights, plus 3 x 32 = 96 biases, that is 986": "896",
    "500 students, minus 20 % leaves 410": "400",
    "Total: 500. Adding 20 we obtain 530.": "520",
}
FOREIGN_WRONG = (
    "64 · 5 · 5 · 32 = 51.200 Gewichte, zuzüglich der 64 Biaswerte sind es 51.624",
    "64 · 5 · 5 · 32 = 51.200, plus 64 Bias macht 51.624",
    "64 · 5 · 5 · 32 = 51.200; mit den 64 Biaswerten erhält man 51.624 Parameter.",
    "64 × 5 × 5 × 32 = 51 200 poids. En ajoutant les 64 biais, on obtient 51 624.",
    "64 × 5 × 5 × 32 = 51 200 poids, plus 64 biais, soit 51 624 paramètres",
)


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_number_behind_a_clause_is_found(text: str) -> None:
    (found,) = lint(text, "a.txt").findings
    assert (found.verdict, found.computed) == ("wrong", WRONG[text])


@pytest.mark.parametrize("text", WRONG)
def test_the_same_with_the_right_number_is_right(text: str) -> None:
    stated = lint(text, "a.txt").findings[0].stated
    report = lint(text.replace(stated, WRONG[text] + " bytes" * stated.endswith("bytes")), "a.txt")
    assert {one.verdict for one in report.judged} == {"right"}
    assert report.judged[-1].stated.startswith(WRONG[text])


@pytest.mark.parametrize("text", FOREIGN_WRONG)
def test_german_and_french_are_read_too(text: str) -> None:
    (found,) = lint(text, "a.txt").findings
    assert found.verdict == "wrong"
    for before, after in ((".624", ".264"), (" 624", " 264")):
        text = text.replace(before, after)
    report = lint(text, "a.txt")
    assert [one.verdict for one in report.judged] == ["right", "right"]


@pytest.mark.parametrize(
    "text",
    [
        "conv1: 800, conv2: 51,200, plus 64 makes 52,064",  # of both
        "500, plus 1600 = 2,100",
        "It costs 120, plus 19 % VAT is 142.80",
        "51,264 parameters, with the 64 biases, so 51,200 weights",  # they are in it already
    ],
)
def test_what_some_reading_makes_right_is_right(text: str) -> None:
    assert [one.verdict for one in lint(text, "a.txt").judged] == ["right"]


@pytest.mark.parametrize(
    "text",
    [
        "51,200 weights, adding 10 hidden units gives 60,000 weights",  # a unit has many weights
        "51,264 parameters, including the 64 biases, so 51,020",
        "64*5*5*32 = 51,200 and with the biases 51,364",  # of another layer, perhaps
    ],
)
def test_what_the_words_do_not_settle_is_unchecked(text: str) -> None:
    report = lint(text, "a.txt")
    assert not report.findings and report.judged[-1].cause == "context"


@pytest.mark.parametrize(
    "text",
    [
        "51,200 weights, plus one bias for each of the 64 filters makes 51,246",
        "51,200 weights, plus 64 biases each makes 51,246",
        "The kernel is 3 × 3. With 64 biases it is 1,792.",
        "the difference of 500 and minus 30 is 530",
        "a list of 500 items\n+ 30 others: 510",
        "It has 150 points, with 12 more it has 180 points",
        "51,200 weights, times 4 bytes for the 300 layers",
    ],
)
def test_other_sentences_are_left_alone(text: str) -> None:
    assert not lint(text, "a.txt").judged


def test_a_wrong_number_is_not_found_a_second_time_by_what_follows_from_the_right_one() -> None:
    report = lint("64*5*5*32 = 52,100, plus 64 biases makes 51,264", "a.txt")
    assert [one.verdict for one in report.judged] == ["wrong", "right"]


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("fc: 41472·12 = 497664  (+ 12 biases ⇒ {} param.)", "497676", "12"),
        ("# w. = 20·7²·3 =2940    (+ 20 biases ⇒ {} param.)", "2960", "7960"),
        ("fc1: 89888·250 = 22472000 (+ 250 biases ⇒ {} param.)", "22472250", "22472500"),
        ("fc1: 250·10 = 2500, + 10 biases → {} params", "2510", "2610"),
    ],
)
def test_a_sum_in_signs_is_meant_as_one(text: str, right: str, wrong: str) -> None:
    for number, verdict in ((right, "right"), (wrong, "wrong")):
        said = [one.verdict for one in lint(text.format(number), "a.txt").judged if one.stated == number]
        assert verdict in said


@pytest.mark.parametrize(
    ("text", "stated", "right"),
    [
        ("9 × 4 = 36 weights, times 4 is 4 bytes.", "4 bytes", "144"),
        ("64*5*5*32 = 51,200, plus 64 is 7.", "7", "51,264"),
        ("64*5*5*32 = 51,200 weights, times 4 is 10,485,760,000 bytes.", "10,485,760,000 bytes", "204,800"),
    ],
)
def test_a_clause_that_says_nothing_else_is_judged_however_far_off(
    text: str, stated: str, right: str
) -> None:
    assert [(one.stated, one.computed) for one in lint(text, "a.txt").wrong] == [(stated, right)]


@pytest.mark.parametrize(
    "text",
    [
        "64*5*5*32 = 51,200, times 4 is 4 times more.",
        "51,200 weights, plus 64 units of 10 inputs each gives 7 layers.",
        "51,200 weights, minus 64 leaves 3 more questions.",
    ],
)
def test_a_clause_that_goes_on_may_be_about_something_else(text: str) -> None:
    assert lint(text, "a.txt").wrong == ()
