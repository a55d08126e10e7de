"""Findings as lines: place, verdict, statement, what is right; and how much was checked."""

from __future__ import annotations

from typing import Any

import pytest
from support.lint_reports import report_of, sheet_of

from nnutils.lint import Report, Verdict
from nnutils.lint.reports import as_lines, coverage_lines

SOURCE = "Weights: 96 · 11 · 11 · 3 = 34,484.\nso 2 + 2 = 4, and 1/3 = 0.34, 3 000 = 3, n = 5 m"
WRONG: dict[str, Any] = {
    "stated": "34,484",
    "computed": "34,848",
    "why": "96 · 11 · 11 · 3 = 34,848.",
    "slips": ("Two digits are exchanged.", "Less likely."),
}


def lined(source: str, text: str, verdict: Verdict, name: str = "sheet.tex", **more: Any) -> str:
    (line,) = as_lines(report_of(sheet_of(source, name), (text, verdict, more)), everything=True)
    return line


def test_a_wrong_statement_is_one_line_with_the_right_value_and_the_slip() -> None:
    line = lined(SOURCE, "96 · 11 · 11 · 3 = 34,484", "wrong", **WRONG)
    expected = "96 · 11 · 11 · 3 = 34,484: it is 34,848. Two digits are exchanged."
    assert line == f"sheet.tex:1:10: wrong: {expected}"


@pytest.mark.parametrize(
    ("verdict", "more", "said"),
    [
        ("wrong", {"computed": "7", "why": "The column adds up to 7"}, "The column adds up to 7."),
        ("wrong", {"computed": "7", "why": "The row says 5 × 5"}, "it is 7. The row says 5 × 5."),
        ("wrong", {"computed": "7", "why": "a · b = 7."}, "a · b = 7."),
        ("wrong", {"why": "There is no such layer."}, "There is no such layer."),
        ("rounded", {"computed": "0.33"}, "it is 0.33."),
        ("suspicious", {"computed": "7"}, "perhaps it is 7."),
        ("right", {"why": "2 + 2 = 4."}, ""),
        ("right", {"why": "Kernel 2, stride 2."}, "Kernel 2, stride 2."),
        ("unchecked", {"cause": "name", "why": "n"}, "a name has no value. n."),
        ("unchecked", {}, ""),
    ],
)
def test_what_is_said_beside_a_statement(verdict: Verdict, more: dict[str, Any], said: str) -> None:
    ending = f": {said}" if said else ""
    assert lined(SOURCE, "2 + 2 = 4", verdict, **more) == f"sheet.tex:2:4: {verdict}: 2 + 2 = 4{ending}"


def test_right_and_unchecked_statements_are_there_when_all_are_asked_for() -> None:
    report = report_of(
        sheet_of(SOURCE),
        ("n = 5 m", "unchecked"),
        ("2 + 2 = 4", "right"),
        ("1/3 = 0.34", "rounded"),
        ("96 · 11 · 11 · 3 = 34,484", "wrong"),
    )
    assert [line.split(": ")[1] for line in as_lines(report)] == ["wrong", "rounded"]
    words = [line.split(": ")[1] for line in as_lines(report, everything=True)]
    assert words == ["wrong", "right", "rounded", "unchecked"]


def test_in_a_notebook_the_cell_is_named_and_the_statement_is_as_typed() -> None:
    source = '{"source": ["$\\\\nu = 3 \\\\cdot 4\\n",\n "= 13$"]}'
    sheet = sheet_of(source, "nb.ipynb", ((0, "cell 3"),))
    report = report_of(sheet, ('3 \\\\cdot 4\\n",\n "= 13', "wrong", {"computed": "12"}))
    assert as_lines(report) == ["nb.ipynb:1:22 (cell 3): wrong: 3 \\cdot 4 = 13: it is 12."]


def test_nothing_of_a_sheet_reaches_the_terminal_as_a_command() -> None:
    line = lined("\x1b[2J1 + 1 = \u202e3\x07\r\nx", "\x1b[2J1 + 1 = \u202e3\x07\r\nx", "wrong")
    assert line.isprintable() and line.endswith("[2J1 + 1 = 3 x")
    assert as_lines(Report("a\x1bb.md", "", (), problems=("Page\n3",))) == ["a b.md: note: Page 3"]


def test_a_long_statement_keeps_its_beginning_and_its_end() -> None:
    long = "1 + " * 5000 + "1 = 7"
    line = lined(long, long, "wrong", computed="5,001")
    assert len(line) < 250 and "1 + 1 + 1 +" in line and "+ 1 = 7: it is 5,001." in line


def test_colours_are_there_only_when_asked_for_and_change_no_word() -> None:
    report = report_of(sheet_of(SOURCE), ("96 · 11 · 11 · 3 = 34,484", "wrong", WRONG))
    (plain,), (coloured,) = as_lines(report), as_lines(report, colours=True)
    assert "\x1b" not in plain
    assert coloured.replace("\x1b[1;31m", "").replace("\x1b[0m", "") == plain
    assert "\x1b[1;31mwrong\x1b[0m" in coloured


def test_notes_stand_among_the_findings() -> None:
    sheet = sheet_of("1 + 1 = 2 % nnutils: ignore\n1 + 1 = 3", "sheet.tex")
    lines = as_lines(report_of(sheet, ("1 + 1 = 2", "right"), ("1 + 1 = 3", "wrong")))
    assert lines[0].startswith("sheet.tex:1:11: note: This comment silences nothing")
    assert lines[1].startswith("sheet.tex:2:1: wrong: ")


def test_the_coverage_counts_all_sheets_and_names_the_causes() -> None:
    one = report_of(
        sheet_of(SOURCE), ("2 + 2 = 4", "right"), ("n = 5 m", "unchecked", {"cause": "name"}), numbers=1_200
    )
    other = report_of(
        sheet_of("1 + 1 = 3 <!-- nnutils: ignore -->\nx = 3\n2 = 2\n2 = 3\ny = 4"),
        ("1 + 1 = 3", "wrong"),
        ("x = 3", "unchecked", {"cause": "name"}),
        ("2 = 3", "wrong"),
        ("y = 4", "unchecked", {"cause": "unreadable"}),
        numbers=8,
    )
    assert coverage_lines([one, other]) == [
        "2 sheets, 1,208 numbers, 5 statements; 2 checked: 1 right, 1 wrong; 1 silenced by comments.",
        "3 not checked: a name has no value: 2; a part could not be read: 1.",
    ]
