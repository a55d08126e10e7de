"""The page: every statement is marked where it stands, both ways of every link arrive, nothing is loaded."""

from __future__ import annotations

import json
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from support.contrast import contrast
from support.lint_reports import report_of, sheet_of

import nnutils.lint.reports
from nnutils.lint import Report
from nnutils.lint.reports import Unread, as_page

STYLE = (Path(nnutils.lint.reports.__file__).parent / "files/page.css").read_text(encoding="utf-8")
SOURCE = """\
# Sheet <b>one</b> & more

The layer has 96 · 11 · 11 · 3 = 34,484 weights,
so 2 + 2
= 4, a < b, and 1/3 = 0.34.
3 000 = 3
"""


def report() -> Report:
    return report_of(
        sheet_of(SOURCE, "sheet.md"),
        ("96 · 11 · 11 · 3 = 34,484", "wrong", {"computed": "34,848", "slips": ("One.", "Two <i>.")}),
        ("2 + 2\n= 4", "right", {"why": "2 + 2 = 4."}),
        ("a < b", "unchecked", {"cause": "name"}),
        ("1/3 = 0.34", "rounded", {"computed": "0.33"}),
        ("3 000 = 3", "suspicious", {"computed": "3,000"}),
        problems=("A figure.",),
    )


class Read(HTMLParser):
    """The ids, the links and the addresses of a page; elements that are not closed in order are an error."""

    EMPTY = frozenset({"meta", "br"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.elements: set[str] = set()
        self.loads: list[str] = []
        self.feed(page)
        self.close()
        assert not self.tags, self.tags

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.elements.add(tag)
        if tag not in self.EMPTY:
            self.tags.append(tag)
        if "id" in given:
            self.ids.append(given["id"] or "")
        if tag == "a":
            self.links.append(given.get("href") or "")
        self.loads += [value or "" for key, value in attrs if key in ("src", "srcset", "data", "action")]

    def handle_endtag(self, tag: str) -> None:
        assert self.tags.pop() == tag


def arrives(page: str) -> Read:
    read = Read(page)
    assert len(set(read.ids)) == len(read.ids)
    assert {link.removeprefix("#") for link in read.links} <= set(read.ids)
    return read


def text_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def lines_of(page: str) -> dict[int, str]:
    found = re.findall(r'<div class="line" data-line="(\d+)"><span dir="auto">(.*?)</span></div>', page, re.S)
    return {int(number): text_of(html) for number, html in found}


def test_every_line_of_the_sheet_is_there_as_it_is() -> None:
    assert list(lines_of(as_page([report()])).values()) == SOURCE.split("\n")


def test_each_statement_leads_to_its_card_and_back() -> None:
    page = as_page([report()])
    read = arrives(page)
    for number, one in enumerate(report().judged, 1):
        assert {f"statement-1-{number}", f"finding-1-{number}"} <= set(read.ids)
        marks = re.findall(rf'href="#finding-1-{number}"[^>]*>(.*?)</a>', page)
        assert "".join(map(unescape, marks)) == one.statement.replace("\n", "")
        assert f'href="#statement-1-{number}"' in page


def test_a_card_says_what_is_known() -> None:
    page = as_page([report()])
    card = text_of(page.partition('id="finding-1-1"')[2].partition("</li>\n")[0])
    for said in ("wrong", "line 3, column 15", "34,484", "It is 34,848. One.", "Two <i>."):
        assert said in card
    assert "A figure." in text_of(page) and "5 statements; 4 checked" in text_of(page)


def test_it_needs_nothing_else() -> None:
    page = as_page([report()])
    read = arrives(page)
    assert not read.loads and not read.elements & {"script", "link", "img", "iframe", "base"}
    assert "url(" not in page and "@import" not in page
    assert not re.search(r"<[^>]*\son\w+=", page)


def test_what_stands_in_a_sheet_is_text_and_never_markup() -> None:
    source = "</pre><script>alert(1)</script> 1 = \x00\u202e2\ud800 \"'"
    page = as_page([report_of(sheet_of(source, '"><script>.md'), (source, "wrong", {"why": "<script>"}))])
    assert "script" not in arrives(page).elements
    page.encode("utf-8")
    assert "\x00" not in page and "\u202e" not in page


def test_statements_about_the_same_letters_all_keep_their_place() -> None:
    """A chain: a wrong step within, a right one around it, one that overlaps, one covered by two."""
    source = "x = 1 + 1 = 3 = 3"
    sheet = sheet_of(source)
    made = report_of(
        sheet, (source, "right"), ("1 + 1 = 3", "wrong"), ("3 = 3", "right"), ("1 = 3", "unchecked")
    )
    page = as_page([made])
    read = arrives(page)
    assert {f"statement-1-{number}" for number in range(1, 5)} <= set(read.ids)
    assert lines_of(page)[1] == source
    assert re.search(r'class="mark wrong"[^>]*>1 \+ 1 = 3</a>', page)


def test_several_sheets_and_what_could_not_be_read() -> None:
    page = as_page([report(), report()], [Unread("b.pdf", "It is empty.")])
    read = arrives(page)
    assert {"finding-1-1", "finding-2-1", "statement-2-1"} <= set(read.ids)
    assert "b.pdf could not be read: It is empty." in text_of(page)
    assert arrives(as_page([])).ids == []


def test_a_long_sheet_is_folded_where_no_statement_is() -> None:
    source = "\n".join("1 + 1 = 3" if row == 500 else f"line {row}" for row in range(1, 1001))
    page = as_page([report_of(sheet_of(source), ("1 + 1 = 3", "wrong"))])
    assert list(lines_of(page).values()) == source.split("\n")
    open_part = re.sub(r"<details>.*?</details>", "", page, flags=re.S)
    assert list(lines_of(open_part)) == list(range(497, 504))


def test_a_long_line_is_shortened_beside_its_statement() -> None:
    source = "a" * 50_000 + " 1 + 1 = 3 " + "b" * 50_000
    page = as_page([report_of(sheet_of(source), ("1 + 1 = 3", "wrong"))])
    assert len(page) < 20_000 and "1 + 1 = 3" in lines_of(page)[1] and "49,601 more letters" in page


def test_a_notebook_shows_what_was_typed_near_the_statements_only() -> None:
    cell = ['# A $\\nu$ "title"\n', "so $3 \\cdot 4 = 13$"]
    output = {"image/png": "A" * 100_000}
    cells = [
        {"cell_type": "markdown", "source": cell},
        *({"outputs": [output], "source": []} for _ in range(20)),
    ]
    file = json.dumps({"cells": cells}, indent=1)
    page = as_page([report_of(sheet_of(file, "nb.ipynb"), ("3 \\\\cdot 4 = 13", "wrong"))])
    shown = lines_of(page)
    row = next(number for number, line in enumerate(file.split("\n"), 1) if "cdot" in line)
    assert shown[row] == cell[1] and shown[row - 1] == cell[0].rstrip("\n")
    assert len(page) < 20_000 and "hold no statement" in page
    assert not any('"source"' in line or line.strip() in ("],", "}") for line in shown.values())


@pytest.mark.parametrize(("between", "said"), [(0, 0), (30, 1)])
def test_a_few_lines_without_a_statement_are_left_out_of_a_notebook_in_silence(
    between: int, said: int
) -> None:
    numbers = [f"so $3 \\cdot 4 = {13 + number}$" for number in range(2)]
    filling: list[dict[str, object]] = [{"cell_type": "markdown", "source": ["words"]}] * between
    cells = [{"source": [numbers[0]]}, *filling, {"source": [numbers[1]]}]
    file = json.dumps({"cells": cells}, indent=1)
    found = [(f"3 \\\\cdot 4 = {13 + number}", "wrong") for number in range(2)]
    page = as_page([report_of(sheet_of(file, "nb.ipynb"), *found)])
    assert page.count("hold no statement") == said


def test_right_and_unchecked_statements_are_folded_away() -> None:
    page = as_page([report()])
    assert re.search(r"<details><summary>1 right</summary>", page)
    assert re.search(r"<details><summary>1 not checked</summary>", page)
    clean = as_page([report_of(sheet_of("2 + 2 = 4"), ("2 + 2 = 4", "right"))])
    assert "Nothing is wrong in what was checked" in clean


def colours(block: str) -> dict[str, str]:
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block))
    return {
        name: value if len(value) == 7 else "#" + "".join(2 * s for s in value[1:])
        for name, value in found.items()
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_letters_stand_out_from_what_is_behind_them(scheme: str) -> None:
    light, dark = STYLE.split("@media (prefers-color-scheme: dark)", 1)
    used = colours(light if scheme == "light" else dark.split("* {")[0])
    assert len(used) == 14
    for back in ("page", "pane"):
        for letters in ("text", "quiet", "link", "wrong", "suspicious", "rounded", "right"):
            assert contrast(used[letters], used[back]) >= 4.5, (letters, back)
    for verdict in ("wrong", "suspicious", "rounded"):
        assert contrast(used["text"], used[f"{verdict}-back"]) >= 4.5
        assert contrast(used[verdict], used[f"{verdict}-back"]) >= 3  # the line below a statement
