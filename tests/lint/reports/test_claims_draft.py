"""The draft of claims.yml: the audit's own loader reads it, as written, whatever stands in the sheet."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.lint_reports import report_of, sheet_of

from nnutils.audit.claim_files import load_claims
from nnutils.audit.statements.claim import Claim
from nnutils.lint import Report
from nnutils.lint.reports import as_claims

SOURCE = r"""# Question 3: a layer

It has $96 \cdot 11^2 \cdot 3 = 34{,}484$ weights, so 55 × 55 × 96 = 290,400 units.
The output is 55 × 55 × 96, and n = m.

## Problem 12

About ln(2) = 0.69: "yes" \ no, and x: a # b = 3
"""


def report(name: str = "sheets/003.md") -> Report:
    return report_of(
        sheet_of(SOURCE, name),
        (r"96 \cdot 11^2 \cdot 3 = 34{,}484", "wrong", {"stated": "34,484", "computed": "34,848"}),
        ("55 × 55 × 96 = 290,400", "right", {"stated": "290,400", "computed": "290,400"}),
        ("55 × 55 × 96, and", "right", {"stated": "55 × 55 × 96", "kind": "output size"}),
        ("n = m", "unchecked", {"cause": "name"}),
        ("ln(2) = 0.69", "rounded", {"stated": "0.69"}),
        ('"yes" \\ no, and x: a # b = 3', "suspicious", {"stated": "yes: # 1"}),
    )


def loaded(folder: Path, *reports: Report) -> tuple[Claim, ...]:
    part = folder / "chapters/part"
    part.mkdir(parents=True)
    (part / "claims.yml").write_text(as_claims(reports), encoding="utf-8")
    return load_claims("part", folder)


def test_the_audit_reads_the_draft_with_every_statement_as_written(tmp_path: Path) -> None:
    claims = loaded(tmp_path, report())
    stated = [(one.stated, one.expression, one.kind) for one in claims]
    assert stated == [
        ("34,484", "96 * 11**2 * 3", "number"),
        ("290,400", "55 * 55 * 96", "number"),
        ([55, 55, 96], "", "shape"),
        ("0.69", "", "number"),
        (True, "", "step"),
    ]
    assert [one.says for one in claims][0] == r"TO DO: say what this is: 96 \cdot 11^2 \cdot 3 = 34{,}484"
    assert all(one.says.startswith("TO DO: ") for one in claims)
    assert [one.note for one in claims] == ["line 3", "line 3", "line 4", "line 8", "line 8"]


@pytest.mark.parametrize(
    ("left", "working"),
    [
        (r"\frac{224 - 11}{4} + 1", "((224 - 11)/(4)) + 1"),
        (r"\left( 3 + 4 \right) \times 2", "( 3 + 4 ) * 2"),
        ("1,200,000 − 5'000 + 0.5", "1200000 - 5000 + 0.5"),
        ("2^{10} · 3", "2**10 * 3"),
        (r"\sqrt{2}", ""),
        ("12", ""),
        ("n · 3", ""),
        ("2 · __import__('os')", ""),
    ],
)
def test_the_working_is_written_as_python_where_it_is_plain_arithmetic(
    left: str, working: str, tmp_path: Path
) -> None:
    statement = f"{left} = 3"
    (claim,) = loaded(tmp_path, report_of(sheet_of(statement), (statement, "wrong", {"stated": "3"})))
    assert claim.expression == working


def test_ids_name_sheet_question_and_line_and_differ(tmp_path: Path) -> None:
    claims = loaded(tmp_path, report())
    assert [one.id for one in claims] == [
        "003-q3-line-3",
        "003-q3-line-3-2",
        "003-q3-line-4",
        "003-q12-line-8",
        "003-q12-line-8-2",
    ]
    assert {one.question for one in claims} == {"q3", "q12"}


def test_sheets_with_like_names_are_told_apart(tmp_path: Path) -> None:
    claims = loaded(tmp_path, report("a/x y.md"), report("b/x-y.md"), report("c/x_y_2.md"), report("ü.md"))
    assert list(dict.fromkeys(one.sheet for one in claims)) == ["x_y", "x_y_2", "x_y_2_2", "sheet"]


def test_no_right_answer_and_no_verdict_is_written_down() -> None:
    lines = [line for line in as_claims([report()]).splitlines() if not line.startswith("#")]
    text = "\n".join(lines)
    assert "34,848" not in text and "wrong" not in text and "right" not in text


def test_what_was_not_checked_is_left_as_a_comment() -> None:
    assert as_claims([report()]).splitlines()[-1] == "# 003.md:4:33: n = m: a name has no value"


def test_a_sheet_without_statements_is_a_file_without_claims(tmp_path: Path) -> None:
    assert loaded(tmp_path, report_of(sheet_of("Nothing."))) == ()


@pytest.mark.parametrize(
    "statement",
    [
        'x: "a" = 3',
        "{a: b} = 3",
        "- 1 = 3",
        "a\n  b: c\n= 3",
        "\x07\x1b\x85\u2028\ufeff = 3",
        "\U0001f600 = 3",
        "'a\\x' # = 3",
        "%TAG ! = 3",
        "9**9**9**9 = 3",
        "2^{999} = 3",
        "(" * 500 + " = 3",
    ],
)
def test_no_text_of_a_sheet_breaks_the_file(statement: str, tmp_path: Path) -> None:
    made = report_of(sheet_of(statement), (statement, "wrong", {"stated": "3"}))
    (claim,) = loaded(tmp_path, made)
    assert claim.stated == "3" and claim.kind == "number" and not claim.expression
