"""What is put on audit pages when the site is built."""

from __future__ import annotations

import re
from typing import Any

import pytest

from nnutils.book.pages.auditing.markup import (
    DISPUTED,
    as_cards,
    claims_in,
    filters,
    link_to_all,
    with_links,
    without_blocks,
)


def row(name: str, verdict: str = "confirmed", cause: str = "", sheet: str = "A") -> dict[str, Any]:
    return {"id": name, "sheet": sheet, "question": name.split("-")[1], "verdict": verdict, "cause": cause}


ROWS = [row("A-q1-a"), row("A-q1-b", "wrong", "a < b"), row("B-q2-c", "wrong", "a sign", "B")]


def options(form: str, name: str) -> list[tuple[str, str]]:
    field = re.search(rf'<select name="{name}">(.*?)</select>', form)
    return re.findall(r'<option value="([^"]*)">([^<]*)</option>', field[1]) if field else []


def test_the_filters_offer_what_there_is_with_counts() -> None:
    form = filters(ROWS, {"q1": "Dice & cards", "q2": "Coins"})
    assert options(form, "sheet") == [("", "all"), ("A", "A (2)"), ("B", "B (1)")]
    assert options(form, "question") == [("", "all"), ("q1", "Dice &amp; cards (2)"), ("q2", "Coins (1)")]
    assert options(form, "verdict") == [
        ("", "all"),
        (DISPUTED, "all that is not right (2)"),
        ("confirmed", "✓ confirmed (1)"),
        ("wrong", "✗ wrong (2)"),
    ]
    assert options(form, "cause") == [("", "all"), ("a &lt; b", "a &lt; b (1)"), ("a sign", "a sign (1)")]
    assert '<output aria-live="polite">3 statements</output>' in form


def test_there_is_no_list_without_a_choice() -> None:
    assert "<select" not in filters(ROWS[:1], {})


@pytest.mark.parametrize("cell", ["td", 'th scope="row"', 'td class="x" data-label="claim"'])
def test_a_row_of_a_lesson_leads_to_its_statement(cell: str) -> None:
    end = cell.split(" ")[0]
    text = f'<{cell} title="A-q1-a"><div align="left">a <i>b</i></div></{end}><td title="other">c</td>'
    linked = with_links(text, lambda name: f"audit.html#{name}" if name == "A-q1-a" else "")
    assert linked == (
        f'<{cell}><div align="left"><a href="audit.html#A-q1-a">a <i>b</i></a></div></{end}>'
        '<td title="other">c</td>'
    )
    assert claims_in(text) == ["A-q1-a", "other"]


def test_a_number_that_shows_its_work_is_no_statement() -> None:
    text = '<td><span class="worked" title="3 + 1 = 4">4</span></td><div title="A-q1-a">b</div>'
    assert with_links(text, lambda name: "x") == text
    assert claims_in(text) == []


def test_blocks_go_from_cells_and_formulas_stay() -> None:
    formula = '<td class="written"><div align="left" class="formula" tabindex="0">x</div></td>'
    kept = f'<caption>Sheet</caption><th scope="col">claim</th> {formula} <td class="why"></td>'
    text = kept.replace(">claim<", '><div align="left">claim</div><')
    text = text.replace(">Sheet<", '><div align="left">Sheet</div><').replace("> <", "><")
    assert without_blocks(text) == kept


def test_the_words_of_the_link_to_all() -> None:
    assert ">All 3 statements on this question, judged<" in link_to_all("audit.html#x", 3)
    assert ">The statement on this question, judged<" in link_to_all("audit.html#x", 1)


def test_a_cause_names_its_row_and_each_cell_has_its_role_and_label() -> None:
    cause = "<div><details><summary>a slip</summary><ul><li>x</li></ul></details></div>"
    table = (
        '<div class="nn-table causes"><table><thead><tr><th scope="col"><div>sheet</div></th>'
        '<th scope="col">cause</th><th scope="col" class="number">statements</th></tr></thead>\n<tbody>\n'
        f'<tr><td>A</td><td>{cause}</td><td class="number">1</td></tr>\n</tbody>\n'
        "<tfoot><tr><td>total</td><td></td><td>1</td></tr></tfoot></table></div><table><tr></tr></table>"
    )
    made = as_cards(table)
    assert f'<th scope="row" role="rowheader" data-label="cause">{cause}</th>' in made
    assert '<td class="number" role="cell" data-label="statements">1</td>' in made
    assert '<td role="cell" data-label="sheet">total</td>' in made
    assert made.count('role="columnheader"') == 3 and made.count('role="row"') == 3
    assert made.endswith("</tfoot></table></div><table><tr></tr></table>".replace("<tfoot>", ""))
    assert re.sub(r' (role|data-label)="[^"]*"|<th scope="row"|<td|</t[hd]>', "", made) == re.sub(
        r"<td|</t[hd]>", "", table
    )
