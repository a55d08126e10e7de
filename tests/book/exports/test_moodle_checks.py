"""What Moodle would not import is found before it is written: each damage to a good file is named."""

from __future__ import annotations

import pytest
from support.notebook_files import ROOT

from nnutils.book.exports.moodle import moodle_file
from nnutils.book.exports.moodle_checks import problems
from nnutils.book.variants import chosen_parts


@pytest.fixture(scope="module")
def good() -> str:
    part, *_ = chosen_parts("stacked_convolutions/q2 sorting_backprop_alexnet/q1", ROOT)
    other = chosen_parts("sorting_backprop_alexnet/q1", ROOT)[0]
    first, second = (moodle_file(one, (None,), ROOT) for one in (part, other))
    return first.replace("</quiz>", "") + second.partition("<quiz>")[2]


def test_a_good_file_has_no_problem(good: str) -> None:
    assert problems(good) == []


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("</quiz>", "", "not well-formed"),
        ("<name><text>", "<name><text></text><text>", "has no name/text"),
        ('<questiontext format="html">', "<questiontext>", "does not say that its questiontext is HTML"),
        ("<generalfeedback", "<feedback", "not well-formed"),
        ("<defaultgrade>15.0", "<defaultgrade>16.0", "not the sum of the weights"),
        ("<penalty>0.3333333</penalty>", "", "has no number in penalty"),
        ("<hidden>0</hidden>", "<hidden>no</hidden>", "has no number in hidden"),
        ("$course$/", "", "begins with $course$/"),
        ('type="cloze"', 'type="clozed"', "is of a type that is not known"),
        ("NUMERICAL:=", "NUMERICAL:", "has not exactly one right answer"),
        ("NUMERICAL:=", "NUMERICAL:=x~", "that is not a number"),
        ("@@PLUGINFILE@@/", "@@PLUGINFILE@@/x", "shows the files"),
        ('encoding="base64">', 'encoding="base64">!', "not in base64"),
        ("<responseformat>editor</responseformat>", "", "has no responseformat"),
        ("-as-given-text</idnumber>", "-as-given</idnumber>", "is there twice"),
        ("<name><text>", "<name><text>" + "x" * 300, "more than 255 letters"),
    ],
)  # fmt: skip
def test_damage_is_named(good: str, before: str, after: str, words: str) -> None:
    assert before in good
    found = problems(good.replace(before, after, 1))
    assert found and any(words in problem for problem in found), found


@pytest.mark.parametrize("text", ["", "<quiz></quiz>", "<html/>", "{}"])
def test_what_is_no_quiz_is_no_quiz(text: str) -> None:
    assert len(problems(text)) == 1
