"""The audit on the built site: every statement once, files as the notebooks have them, all links arrive."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from nnutils.audit import load_claims
from nnutils.audit.claim_files.claims import parts_of
from nnutils.audit.listing import as_csv
from nnutils.book.pages.auditing.pages import CSV, FOLDER, JSON
from nnutils.book.pages.auditing.statements import in_order, row_ids, statements_in
from tools.pages import ROOT

pytestmark = pytest.mark.slow

PAGES = sorted(ROOT.glob("chapters/*/audit.ipynb"))


def html(site: Path, page: Path) -> str:
    return (site / page.relative_to(ROOT).with_suffix(".html")).read_text(encoding="utf-8")


def test_each_claim_of_the_book_has_one_row_on_the_page_of_its_part(site: Path) -> None:
    rows = {page.parent.name: row_ids(html(site, page)) for page in PAGES}
    claims = {part: [claim.id for claim in load_claims(part, ROOT)] for part in parts_of(ROOT)}
    assert {part: sorted(ids) for part, ids in rows.items()} == {p: sorted(c) for p, c in claims.items()}
    assert sum(map(len, rows.values())) > 100


def test_the_files_hold_what_the_notebooks_hold(site: Path) -> None:
    # nbval compares the outputs of the notebooks with a fresh run
    stored = in_order(row for page in PAGES for row in statements_in(page))
    assert json.loads((site / FOLDER / JSON).read_text(encoding="utf-8")) == stored
    table = (site / FOLDER / CSV).read_bytes().decode("utf-8")
    assert table == as_csv(stored)
    read = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"), newline="")))
    assert [row["id"] for row in read] == [row["id"] for row in stored]
    for page in ("chapters/audit.html", "chapters/foundations/audit.html"):
        text = (site / page).read_text(encoding="utf-8")
        links = re.findall(rf'<a href="([^"]*{FOLDER}/[^"]+)" download>', text)
        assert [((site / page).parent / link).resolve().name for link in links] == [CSV, JSON]
        assert all(((site / page).parent / link).is_file() for link in links)


def test_each_disputed_statement_of_a_lesson_leads_to_its_row(site: Path) -> None:
    rows = {name for page in PAGES for name in row_ids(html(site, page))}
    lessons = {page: page.read_text(encoding="utf-8") for page in site.glob("chapters/*/[0-9]*.html")}
    found = 0
    for text in lessons.values():
        for table in re.findall(r'<div class="verdicts">.*?</table>', text, re.DOTALL):
            shown = len(re.findall(r'class="verdict verdict-', table))
            links = re.findall(r'href="audit\.html#([^"]+)"', table)
            assert len(links) == shown and set(links) <= rows
            found += shown
    assert found > 100


def test_no_link_to_a_statement_is_left_open(site: Path) -> None:
    for page in site.glob("chapters/**/*.html"):
        assert "data-claim" not in page.read_text(encoding="utf-8"), page
