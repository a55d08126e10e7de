"""Findings as JSON: every field that is promised, and counts that are those of the findings."""

from __future__ import annotations

import json

from support.lint_reports import report_of, sheet_of

from nnutils.lint.reports import Unread, as_data

FIELDS = (
    "file line column endLine endColumn part statement kind verdict stated computed why slips cause".split()
)
SHEET = sheet_of("so 1 + 1 = 3\nand 2 + 2 = 4, n = m", "a.tex")
REPORT = report_of(
    SHEET,
    ("1 + 1 = 3", "wrong", {"stated": "3", "computed": "2", "why": "1 + 1 = 2.", "slips": ("A slip.",)}),
    ("2 + 2 = 4", "right"),
    ("n = m", "unchecked", {"cause": "name"}),
    numbers=6,
)


def test_a_finding_has_every_field() -> None:
    data = json.loads(json.dumps(as_data([REPORT])))
    assert list(data) == ["version", "files", "unread", "findings", "coverage"]
    (one,) = data["findings"]
    assert list(one) == FIELDS
    assert one == {
        "file": "a.tex",
        "line": 1,
        "column": 4,
        "endLine": 1,
        "endColumn": 13,
        "part": "",
        "statement": "1 + 1 = 3",
        "kind": "arithmetic",
        "verdict": "wrong",
        "stated": "3",
        "computed": "2",
        "why": "1 + 1 = 2.",
        "slips": ["A slip."],
        "cause": "",
    }


def test_all_statements_are_there_when_asked_for() -> None:
    data = as_data([REPORT], everything=True)
    assert [one["verdict"] for one in data["findings"]] == ["wrong", "right", "unchecked"]
    assert data["findings"][2]["cause"] == "name"


def test_the_coverage_is_that_of_each_file_and_of_all() -> None:
    data = as_data([REPORT, REPORT], [Unread("b.pdf", "It is empty.")])
    own = {
        "numbers": 6,
        "statements": 3,
        "checked": 2,
        "verdicts": {"wrong": 1, "right": 1, "unchecked": 1},
        "unchecked": {"name": 1},
    }
    assert [file["coverage"] for file in data["files"]] == [own, own]
    assert data["coverage"]["statements"] == 6 and data["coverage"]["unchecked"] == {"name": 2}
    assert data["unread"] == [{"file": "b.pdf", "reason": "It is empty."}]


def test_silenced_findings_and_notes_stand_with_their_file() -> None:
    sheet = sheet_of("1 + 1 = 3 % nnutils: ignore\n% nnutils: ignore", "a.tex")
    (file,) = as_data([report_of(sheet, ("1 + 1 = 3", "wrong"))])["files"]
    assert [one["statement"] for one in file["silenced"]] == ["1 + 1 = 3"]
    assert [(one["line"], one["column"]) for one in file["notes"]] == [(2, 1)]
