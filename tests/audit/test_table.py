"""The tables of verdicts, as text and as HTML."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.audit_book import HEADER, QUESTION, counting_audit, write_book, write_claims
from support.html_cells import TableCells

from nnutils.audit import Audit
from nnutils.core.errors import ClaimError


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_book(tmp_path)


def test_the_html_table_is_well_formed_and_escaped_and_names_each_verdict(tmp_path: Path) -> None:
    claim = '- {id: 001-q3-x, sheet: "001", says: "a < b & <script>", stated: ["<b>"], kind: step}\n'
    write_claims(tmp_path, HEADER + claim)
    audit = Audit(QUESTION, root=tmp_path)
    audit.check("001-q3-x", ["<b>", "<i>"], why="<u>")
    text = audit._repr_html_()
    assert TableCells(text).cells == [
        "a < b & <script>",
        "<b>",
        "<b>; <i>",
        "…\u00a0incomplete",
        "not treated: <i>; <u>",
    ]
    assert '<span class="verdict verdict-incomplete">…&nbsp;incomplete</span>' in text
    assert text.startswith('<div class="verdicts">')
    assert not re.search(r"\bstyle=|<style", text)
    assert re.findall(r"<t[dh]\b[^>]*>(?!<div align=\"left\")", text) == []  # each cell is flush left


def test_a_formula_is_set_as_mathematics_in_html(tmp_path: Path) -> None:
    claim = '- {id: 001-q3-x, sheet: "001", says: rule, stated: "r < s", kind: rule, expression: "r"}\n'
    write_claims(tmp_path, HEADER + claim)
    audit = Audit(QUESTION, root=tmp_path)
    audit.check("001-q3-x", 5, given={"r": 5})
    formula = '<span class="math notranslate nohighlight">\\(r &lt; s\\)</span>'
    # verdicts.css makes a long one scroll by itself, which the keyboard has to reach
    assert f'<div align="left" class="formula" tabindex="0">{formula}</div>' in audit._repr_html_()
    assert "r < s" in repr(audit)


def test_a_long_formula_has_a_line_to_itself(tmp_path: Path) -> None:
    for tex, long in [("r", False), (" + ".join(20 * ["r"]), True)]:
        claim = (
            f'- {{id: 001-q3-x, sheet: "001", says: rule, stated: "{tex}", kind: rule, expression: "r"}}\n'
        )
        write_claims(tmp_path, HEADER + claim)
        audit = Audit(QUESTION, root=tmp_path)
        audit.check("001-q3-x", 5, given={"r": 5})
        assert ('<tr role="row" class="long">' in audit._repr_html_()) == long


def test_each_part_of_the_table_says_what_it_is(book: Path) -> None:
    """A page sets the rows as grids, and some browsers then take them for nothing but boxes."""
    text = counting_audit(book)._repr_html_()
    roles = {
        "table": "table",
        "thead": "rowgroup",
        "tbody": "rowgroup",
        "tr": "row",
        "td": "cell",
        "th": "(?:columnheader|rowheader)",
    }
    for name, role in roles.items():
        opened = re.findall(rf"<{name}\b[^>]*>", text)
        assert opened and all(re.search(rf'\brole="{role}"', one) for one in opened), name
    rows = re.findall(r"<tr\b[^>]*>(.*?)</tr>", text)
    labels = [re.findall(r'data-label="(\w+)"', row) for row in rows]
    assert ["stated", "computed", "verdict", "why"] in labels
    assert all(one in ([], ["stated", "computed", "verdict", "why"]) for one in labels)


def test_the_text_table_is_aligned_and_narrow(book: Path) -> None:
    lines = str(counting_audit(book)).splitlines()
    assert max(map(len, lines)) <= 110
    start = lines.index(next(line for line in lines if line.startswith("claim")))
    column = lines[start].index("verdict")
    marks = [line[column] for line in lines[start + 1 :] if len(line) > column and line[column] in "✓✗≈⇄…?"]
    assert marks == ["✓", "✗", "✗"]
    assert [line for line in lines if line.startswith("Sheet")] == ["Sheet 001", "Sheet 000"]


def test_combining_accents_take_no_column(tmp_path: Path) -> None:
    claim = '- {id: 001-q3-x, sheet: "001", says: "v\u0304 is r\u0304", stated: 1, kind: number}\n'
    write_claims(tmp_path, HEADER + claim)
    audit = Audit(QUESTION, root=tmp_path)
    audit.check("001-q3-x", 1)
    header, _, row = str(audit).splitlines()[2:5]
    assert row.index("1") == header.index("stated") + 2  # two accents are in the string, and in no column


def test_the_prose_can_show_a_part_of_the_table(book: Path) -> None:
    audit = counting_audit(book)
    assert len(audit.disputed) == len(audit.table(only="wrong")) == 2
    assert len(audit.table(only=["wrong", "confirmed"], sheet="001")) == 2
    with pytest.raises(ClaimError, match="'false' is not a verdict"):
        audit.table(only="false")
