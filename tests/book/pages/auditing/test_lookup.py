"""What the search page looks numbers up in."""

from __future__ import annotations

import json
from typing import Any

import pytest
from docutils import nodes

from nnutils.book.pages.auditing.lookup import lookup_script, numbers_by_section, numbers_in
from nnutils.book.pages.auditing.statements import in_order, row_ids, statements_in


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("105,415,200 connections", {"105415200"}),
        ("105415200", {"105415200"}),
        ("105{,}415{,}200", {"105415200"}),
        ("290\u202f400 units", {"290400"}),
        ("363 · 290,400 = 105,415,200.", {"290400", "105415200"}),
        ("[256, 256, 128] and 3,3", set()),
        ("3.14159 and 1,234.5", set()),
        ("123", set()),
    ],
)
def test_large_whole_numbers_are_found_in_every_writing(text: str, numbers: set[str]) -> None:
    assert numbers_in(text) == numbers


def test_a_section_has_the_numbers_of_its_own_text() -> None:
    inner = nodes.section("", nodes.title("", "Inner"), nodes.paragraph("", "4,096 units"), ids=["inner"])
    table = nodes.raw("", '<td title="9999">7,777</td><script>5555</script>', format="html")
    outer = nodes.section("", nodes.title("", "Outer"), table, inner, ids=["outer"])
    document = nodes.document(None, None, "", outer)
    assert list(numbers_by_section(document)) == [("outer", "Outer", {"7777"}), ("inner", "Inner", {"4096"})]


ROW: dict[str, Any] = {
    "id": "A-q2-a", "sheet": "A", "question": "q2", "says": "weights", "stated": "</script>",
    "computed": 1200, "verdict": "wrong", "restored": "", "why": "no bias", "cause": "a slip",
}  # fmt: skip


def test_the_script_hands_over_statements_and_sections() -> None:
    lists = [("a/audit.html", "Judged", [ROW])]
    script = lookup_script(lists, [("b.html", "B", [("x", "X", {"7777", "4096"})])])
    data = json.loads(script.removeprefix("window.showYourWork.lookup(").removesuffix(");\n"))
    assert data == {
        "pages": [{"address": "a/audit.html", "title": "Judged"}],
        "statements": [
            ["A-q2-a", 0, "weights", "</script>", "1,200", "✗ wrong", "no bias a slip"],
        ],
        "sections": [["b.html#x", "B", "X", "4096 7777"]],
    }


def test_rows_are_put_in_the_order_of_the_command() -> None:
    rows = [ROW | {"id": "3", "question": "q10"}, ROW | {"id": "2"}, ROW | {"id": "1", "sheet": "0"}]
    assert [row["id"] for row in in_order(rows)] == ["1", "2", "3"]


def test_statements_are_read_from_stored_outputs(tmp_path: Any) -> None:
    output = {"data": {"text/x-ndjson": ['{"id": "a"}\n', '{"id": "b"}'], "text/plain": "2"}}
    cells = [{"outputs": [output]}, {"source": "text"}, {"outputs": [{"text": "other"}]}]
    (tmp_path / "a.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    assert statements_in(tmp_path / "a.ipynb") == [{"id": "a"}, {"id": "b"}]
    (tmp_path / "b.md").write_text("# Text", encoding="utf-8")
    with pytest.raises(ValueError):
        statements_in(tmp_path / "b.md")
    assert row_ids('<p id="x"></p><tr class="long" id="a-1"></tr>') == ["a-1"]
