"""The list of statements of a page: a row with an address for each, and the same as data."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.audit_book import HEADER, QUESTION, write_claims
from support.html_cells import TableCells

from nnutils.audit import Audit, Summary
from nnutils.audit.listing import LINES, StatementList, from_lines
from nnutils.core.errors import ClaimError

CLAIMS = (
    HEADER
    + """\
- {id: 001-q3-h1, sheet: "001", says: "weights & <b>", stated: 12, kind: number}
- {id: 001-q3-h2, sheet: "001", says: others, stated: 7, kind: number}
- {id: 001-q3-h1-sum, sheet: "001", says: their sum, stated: "r < s", kind: rule, expression: "r"}
- {id: 000-q3-h1, sheet: "000", says: weights, stated: 13, kind: number}
"""
)


@pytest.fixture
def listed(tmp_path: Path) -> StatementList:
    write_claims(tmp_path, CLAIMS)
    audit = Audit(QUESTION, root=tmp_path)
    audit.check("001-q3-h1", 12)
    audit.check("001-q3-h2", 8, cause='one "forgotten"')
    audit.check("001-q3-h1-sum", 5, given={"r": 5})
    audit.check("000-q3-h1", 12, why="a miscount")
    return Summary(audit.verdicts).question("q3")


def rows(listed: StatementList) -> list[str]:
    return re.findall(r"<tr\b[^>]* id=.*?</tr>", listed._repr_html_(), re.DOTALL)


def test_each_statement_has_a_row_with_its_address_and_what_is_about_one_thing_is_together(
    listed: StatementList,
) -> None:
    html = listed._repr_html_()
    assert [re.findall(r' id="([^"]+)"', group) for group in re.findall("<tbody.*?</tbody>", html, re.S)] == [
        ["001-q3-h1", "001-q3-h1-sum"],
        ["001-q3-h2"],
        ["000-q3-h1"],
    ]
    assert re.findall(r'<a href="#([^"]+)"[^>]*>(\d+)</a>', html) == [
        ("001-q3-h1", "1"),
        ("001-q3-h1-sum", "2"),
        ("001-q3-h2", "3"),
        ("000-q3-h1", "4"),
    ]
    assert re.findall(r'data-sheet="(\d+)"', html) == ["001", "000"]


def test_a_row_says_what_it_is_about_and_is_well_formed(listed: StatementList) -> None:
    right, formula, wrong, other = rows(listed)
    assert TableCells(listed._repr_html_()).cells
    assert "weights &amp; &lt;b&gt;" in right and "data-cause" not in right
    assert 'data-verdict="wrong" data-cause="one &quot;forgotten&quot;"' in wrong
    assert "Cause: one &quot;forgotten&quot;." in wrong
    assert "\\(r &lt; s\\)" in formula
    assert "Cause" not in other and "a miscount" in other


def test_the_roles_are_said_because_the_site_sets_rows_as_grids(listed: StatementList) -> None:
    html = listed._repr_html_()
    assert not re.findall(r"<(?:table|thead|tbody|tr|th|td)\b(?![^>]* role=)[^>]*>", html)
    for row in rows(listed):
        labels = re.findall(r'data-label="([^"]+)"', row)
        assert labels == ["no.", "claim", "stated", "computed", "verdict", "why"]


def test_an_output_holds_the_same_statements_as_data_in_the_order_of_the_file(listed: StatementList) -> None:
    bundle = listed._repr_mimebundle_()
    assert from_lines(bundle[LINES]) == [verdict.as_dict() for verdict in listed.verdicts]
    assert [row["id"] for row in from_lines(bundle[LINES])][:3] == ["001-q3-h1", "001-q3-h2", "001-q3-h1-sum"]
    assert bundle["text/html"] == listed._repr_html_()
    assert bundle["text/plain"].startswith("4 claims: ")
    assert len(listed) == 4 and "their sum" in str(listed)


def test_a_question_without_statements_is_refused(listed: StatementList) -> None:
    with pytest.raises(ClaimError, match=r"about question 'q4'[^$]*statements about q3"):
        Summary(tuple(listed.verdicts)).question("q4")
