"""A sheet pasted into a page: the findings of ``lint``, places as JavaScript counts, and formats guessed."""

from __future__ import annotations

import json

import pytest

from nnutils.core.errors import ExpressionError, LintError, NNUtilsError
from nnutils.lint import lint
from nnutils.lint.in_browser import FORMATS, LONGEST, check_sheet, guessed_format

SHEET = """\
# A sheet
It has 11 * 11 * 3 = 363 weights for each unit, so 96 * 363 = 34,488 in all.
The share is 64 / 96 ≈ 0.66, and depth * 3 = 9.
"""


def test_the_findings_are_those_of_lint_the_wrong_ones_first() -> None:
    made = check_sheet(SHEET, "mine.md")
    report = lint(SHEET, "mine.md")
    assert [one["verdict"] for one in made["findings"]] == ["wrong", "rounded", "unchecked", "right"]
    assert made["counts"] == "4 statements found, 3 checked, 1 wrong, 1 rounded."
    assert {(one["verdict"], one["line"], one["statement"]) for one in made["findings"]} == {
        (one.verdict, one.line, one.statement) for one in report.judged
    }
    assert made["data"]["findings"][1]["computed"] == "34,848" and made["name"] == "mine.md"
    assert (
        made["text"].startswith("mine.md:2:52: wrong: ")
        and "a name has no value" not in made["text"].split("\n")[0]
    )
    assert json.loads(json.dumps(made)) == made


def test_the_first_slip_is_among_the_words_and_the_others_are_not_lost() -> None:
    found = lint("96 * 363 = 34,488").wrong[0]
    (made,) = check_sheet("96 * 363 = 34,488")["findings"]
    assert found.slips[0] in made["words"] and "34,848" in made["words"]
    assert made["slips"] == list(found.slips[1:])


def test_places_count_as_javascript_does() -> None:
    text = "The \U0001d4b3 of \U0001f600: 3 * 4 = 13 and \U0001d4b3: 5 * 5 = 26."
    units = text.encode("utf-16-le")
    found = check_sheet(text, ".txt")["findings"]
    assert [units[2 * one["start"] : 2 * one["end"]].decode("utf-16-le") for one in found] == [
        "3 * 4 = 13",
        "5 * 5 = 26",
    ]


def test_a_network_is_read_and_one_that_cannot_be_is_said() -> None:
    assert check_sheet("3 * 4 = 12", network=" 3x8x8 conv(4, 3) ")["numbers"]["right"] == 1
    with pytest.raises(ExpressionError, match="'wheel' is not a kind of layer"):
        check_sheet("3 * 4 = 12", network="3x8x8 wheel(4)")
    with pytest.raises(NNUtilsError, match="9"):
        check_sheet("3 * 4 = 12", network="3x8x8 conv(4, 9)")
    with pytest.raises(NNUtilsError):
        check_sheet("3 * 4 = 12", network="3x8x8 " + "relu " * 10_000)


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("", "", "There is no sheet yet."),
        (" \n\t", "a.md", "There is no sheet yet."),
        ("1" * (LONGEST + 1), "", "1,000,001 characters"),
        ("3 * 4 = 12", "sheet.pdf", "command line"),
        ("3 * 4 = 12", "sheet.docx", "format that is not known"),
        ("3 * 4 = 12", "sheet", "format that is not known"),
    ],
)
def test_what_cannot_be_checked_is_said(text: str, name: str, words: str) -> None:
    with pytest.raises(LintError, match=words):
        check_sheet(text, name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The layer has 3 * 4 = 12 weights.", "txt"),
        ("units: 3 < 4 and a|b", "txt"),
        ("| a | b |\n|---|---|\n| 3 | 4 |", "md"),
        ("so **12** weights", "md"),
        ("# Title\n\n\\begin{align} x &= 1 \\end{align}", "md"),
        ("\\documentclass{article}", "tex"),
        ("\\begin{itemize}\n\\item $3 = 3$", "tex"),
        ("so \\( 3 \\cdot 4 = 12 \\)", "txt"),
        ("## Answer\n\nso \\( 3 \\cdot 4 = 12 \\)", "md"),
        ("  <!DOCTYPE html><p>3", "html"),
        ("<table class='a'><tr><td>3", "html"),
        ("see <b>this</b>", "txt"),
        ('{"cells": []}', "ipynb"),
        ('{"cells": [', "txt"),
        ('["cells"]', "txt"),
    ],
)
def test_a_format_is_guessed(text: str, expected: str) -> None:
    assert guessed_format(text) == expected
    assert expected in FORMATS


@pytest.mark.parametrize("text", ["](", "$", "|", "<p ", "**a", "\n", "{", "| ", " "])
def test_a_guess_looks_at_each_sign_a_few_times(text: str) -> None:
    assert guessed_format(text * 300_000) in FORMATS
    assert guessed_format(f"|-{text * 100_000}x") in FORMATS
    assert (
        guessed_format(f"|{'-' * 100_000}{text}x") in FORMATS
    )  # quadratic patterns would not come to an end here


def test_the_names_of_files_may_be_spelled_otherwise() -> None:
    assert check_sheet("3 * 4 = 12", "A.HTM")["format"] == "HTML"
    assert check_sheet("3 * 4 = 12", "a.markdown")["name"] == "a.markdown"
