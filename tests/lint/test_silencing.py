"""Comments that silence a finding: in every format, on the right line, and noticed where they do nothing."""

from __future__ import annotations

import json

import pytest
from support.lint_reports import report_of, sheet_of

from nnutils.lint import Verdict


def lines(*given: str) -> str:
    return "\n".join(given)


@pytest.mark.parametrize(
    ("name", "comment"),
    [
        ("sheet.tex", "% nnutils: ignore"),
        ("sheet.md", "<!-- nnutils: ignore -->"),
        ("sheet.md", "<!--nnutils:ignore-->"),
        ("sheet.html", "<!-- nnutils: ignore: the misprint of the question -->"),
        ("sheet.txt", "# nnutils: ignore"),
        ("sheet.txt", "// nnutils: ignore"),
    ],
)
def test_a_comment_silences_its_own_line_and_no_other(name: str, comment: str) -> None:
    sheet = sheet_of(lines("1 + 1 = 3", f"2 + 2 = 5 {comment}", "3 + 3 = 7"), name)
    report = report_of(sheet, ("1 + 1 = 3", "wrong"), ("2 + 2 = 5", "wrong"), ("3 + 3 = 7", "wrong"))
    assert [one.statement for one in report.silenced] == ["2 + 2 = 5"]
    assert [one.line for one in report.wrong] == [1, 3]
    assert not report.notes


def test_ignore_next_points_at_the_next_line_that_is_not_empty() -> None:
    sheet = sheet_of(lines("1 + 1 = 3", "<!-- nnutils: ignore-next -->", "", "  ", "2 + 2 = 5", "3 + 3 = 7"))
    report = report_of(sheet, ("1 + 1 = 3", "wrong"), ("2 + 2 = 5", "wrong"), ("3 + 3 = 7", "wrong"))
    assert [one.line for one in report.silenced] == [5]


def test_ignore_file_silences_all_of_it() -> None:
    sheet = sheet_of(lines("1 + 1 = 3", "% nnutils: ignore-file", "2 + 2 = 5"), "sheet.tex")
    report = report_of(sheet, ("1 + 1 = 3", "wrong"), ("2 + 2 = 5", "suspicious"))
    assert len(report.silenced) == 2 and not report.findings and not report.notes


def test_a_statement_of_several_lines_is_silenced_on_any_of_them() -> None:
    sheet = sheet_of(lines("a = 1 + 1", "  = 3 % nnutils: ignore", "2 + 2 = 5"), "sheet.tex")
    report = report_of(sheet, (lines("1 + 1", "  = 3"), "wrong"), ("2 + 2 = 5", "wrong"))
    assert [one.statement for one in report.silenced] == [lines("1 + 1", "  = 3")]


@pytest.mark.parametrize("verdict", ["right", "unchecked"])
def test_what_is_not_reported_is_not_silenced_and_the_comment_is_noted(verdict: Verdict) -> None:
    sheet = sheet_of("1 + 1 = 2 <!-- nnutils: ignore -->")
    report = report_of(sheet, ("1 + 1 = 2", verdict))
    assert len(report.judged) == 1 and not report.silenced
    assert [(one.line, one.column) for one in report.notes] == [(1, 11)]
    assert "silences nothing" in report.notes[0].text


def test_a_word_that_is_not_known_is_noted_and_silences_nothing() -> None:
    sheet = sheet_of("1 + 1 = 3 % nnutils: ignroe-next", "sheet.tex")
    report = report_of(sheet, ("1 + 1 = 3", "wrong"))
    assert len(report.wrong) == 1
    assert "'ignroe-next'" in report.notes[0].text and "ignore-file" in report.notes[0].text


@pytest.mark.parametrize(
    "text", ["Write `<!-- nnutils: ignore -->` there.", "nnutils: ignore", r"5 \% nnutils: ignore"]
)
def test_what_only_tells_of_a_comment_is_none(text: str) -> None:
    report = report_of(sheet_of(f"1 + 1 = 3 {text}"), ("1 + 1 = 3", "wrong"))
    assert len(report.wrong) == 1 and not report.notes


CELL = [
    "1 + 1 = 3, where $\\nu = 2$ and \\\\n\n",
    "2 + 2 = 5 <!-- nnutils: ignore -->\n",
    "3 + 3 = 7\n",
    "\n",
    "<!-- nnutils: ignore-next -->\n",
    "\n",
    "4 + 4 = 9",
]
STATEMENTS = ("1 + 1 = 3", "2 + 2 = 5", "3 + 3 = 7", "4 + 4 = 9")


@pytest.mark.parametrize("indent", [1, None])
def test_in_a_notebook_a_line_is_one_of_the_cell(indent: int | None) -> None:
    """Also where the whole file is one line, or a cell's source is one text."""
    for source in (CELL, "".join(CELL)):
        cells = [{"cell_type": "markdown", "source": text} for text in (source, "5 + 5 = 11")]
        file = json.dumps({"cells": cells}, indent=indent)
        sheet = sheet_of(
            file, "nb.ipynb", ((0, "cell 1"), (file.rindex('{"' if indent is None else "{"), "cell 2"))
        )
        report = report_of(sheet, *((one, "wrong") for one in (*STATEMENTS, "5 + 5 = 11")))
        assert [one.statement for one in report.silenced] == ["2 + 2 = 5", "4 + 4 = 9"]
        assert len(report.wrong) == 3 and not report.notes


def test_a_comment_at_the_end_of_a_cell_does_not_reach_into_the_next_one() -> None:
    texts = ["<!-- nnutils: ignore-next -->", "1 + 1 = 3"]
    cells = [{"cell_type": "markdown", "source": [text]} for text in texts]
    sheet = sheet_of(json.dumps({"cells": cells}, indent=1), "nb.ipynb")
    report = report_of(sheet, ("1 + 1 = 3", "wrong"))
    assert len(report.wrong) == 1 and len(report.notes) == 1


def test_on_the_pages_of_a_pdf_a_line_is_one_of_their_text() -> None:
    from nnutils.lint.linting import lint_sheet
    from nnutils.lint.readers.pdf import sheet_of_pages

    pages = ["3 * 4 = 13 # nnutils: ignore\n5 * 5 = 26", "# nnutils: ignore-next\n6 * 6 = 37"]
    report = lint_sheet(sheet_of_pages(pages, "a.pdf"))
    assert [(one.line, one.part, one.statement) for one in report.wrong] == [(2, "page 1", "5 * 5 = 26")]
    assert len(report.silenced) == 2 and not report.notes
