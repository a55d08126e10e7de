"""Tables that judge somebody's statements: what they quote is left open, what other tables state is not."""

from __future__ import annotations

import pytest

from nnutils.lint import lint


@pytest.mark.parametrize(
    "table",
    [
        "| claim | stated | verdict |\n|---|---|---|\n| units | 3 · 4 = 13 | ✗ |",
        "| stated | judged |\n|---|---|\n| 3 · 4 = 13 | not so |",
        "| he wrote | Wrong? |\n|---|---|\n| 3 · 4 = 13 | yes |",
        "| Aussage | Urteil |\n|---|---|\n| 3 · 4 = 13 | ✗ |",
        "| a | b |\n|---|---|\n| 3 · 4 = 13 | wrong |",
        "| a | b |\n|---|---|\n| 3 · 4 = 13 | ✗ falsch |",
        "<table><tr><th>said</th><th>verdict</th></tr><tr><td>3 · 4 = 13</td><td>no</td></tr></table>",
    ],
)
def test_a_quoted_statement_is_left_open(table: str) -> None:
    report = lint(f"Table of claims:\n\n{table}\n")
    assert [(one.verdict, one.cause) for one in report.judged] == [("unchecked", "context")]
    assert "13" in report.judged[0].statement


@pytest.mark.parametrize(
    "table",
    [
        "| layer | product | bias |\n|---|---|---|\n| conv1 | 3 · 4 = 13 | ✗ |",
        "| layer | product | remark |\n|---|---|---|\n| conv1 | 3 · 4 = 13 | checked, nothing wrong |",
        "| layer | product | correction |\n|---|---|---|\n| conv1 | 3 · 4 = 13 | |",
    ],
)
def test_other_tables_are_judged(table: str) -> None:
    assert [one.computed for one in lint(table).wrong] == ["12"]


def test_only_the_refused_row_is_left_open_and_the_text_around_the_table_is_judged() -> None:
    table = "| a | b |\n|---|---|\n| 3 · 4 = 13 | wrong |\n| 3 · 5 = 16 | |\n"
    report = lint(f"So 2 · 2 = 5.\n\n{table}\nAnd 2 · 3 = 7.\n")
    assert [one.computed for one in report.wrong] == ["4", "15", "6"]
