"""The reference as it is built: entries with addresses, links from lessons, the index, and what is known."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nnutils.book.contents.lessons import question_name
from nnutils.book.pages.reference.rooms import PublicNames
from nnutils.book.runs.records import holdings
from tools.pages import ROOT, listed
from tools.pages import source as source_of

pytestmark = pytest.mark.slow

LESSONS = [page for page in listed() if question_name(page, ROOT)]
API = re.compile(r'<a class="api-link" href="([^"#]*)#([^"]*)">([^<]*)</a>')
TERM = re.compile(r'<a class="term-link[^"]*" href="([^"#]*)#([^"]*)">')


def html(site: Path, page: str) -> str:
    return (site / f"{page}.html").read_text(encoding="utf-8")


def test_every_public_name_has_an_entry_and_stands_in_the_index(site: Path) -> None:
    rooms = [
        f"nnutils.{page.rpartition('/')[2]}"
        for page in listed()
        if re.fullmatch(r"library/(?!index)\w+", page)
    ]
    assert len(rooms) == 12
    index, names = html(site, "genindex"), PublicNames(rooms)
    for room in rooms:
        page = f"library/{room.rpartition('.')[2]}"
        ids = set(re.findall(r'\bid="([^"]*)"', html(site, page)))
        for one in names.of(room):
            full = f"{room}.{one.name}"
            assert full in ids and f'href="{page}.html#{full}"' in index, full


@pytest.mark.parametrize("page", LESSONS)
def test_names_and_terms_of_a_lesson_lead_to_the_reference_once(page: str, site: Path) -> None:
    text = html(site, page)
    names = [(to, anchor) for to, anchor, _ in API.findall(text)]
    assert names and len(names) == len(set(names))
    assert all(to.startswith("../../library/") for to, _ in names)
    terms = TERM.findall(text)
    assert terms and len(terms) == len(set(terms)) and {to for to, _ in terms} == {"../../glossary.html"}


def test_the_first_use_is_a_use_and_no_import(site: Path) -> None:
    text = html(site, "chapters/foundations/06_small_cnn")
    first = API.search(text)
    assert first and first[3] == "use_style"
    for line in re.findall(r'<span class="kn">from</span>.*', text):
        assert "api-link" not in line


def test_signatures_and_errors_are_linked_and_examples_are_shown(site: Path) -> None:
    text = html(site, "library/networks")
    assert re.search(r'href="core\.html#nnutils\.core\.SizeError"', text)
    assert re.search(r'<em class="sig-param">(?:(?!</em>).)*href="core\.html#nnutils\.core\.Worked"', text)
    assert "&gt;&gt;&gt; " in text and "system-message" not in text
    assert '<section id="functions">' in text and '<section id="classes">' in text


def test_the_index_has_the_terms_and_the_side_bar_leads_to_it(site: Path) -> None:
    assert 'href="glossary.html#term-receptive-field"' in html(site, "genindex")
    assert 'href="../../genindex.html"' in html(site, LESSONS[0])


def test_how_the_book_is_checked_is_counted_and_not_typed(site: Path) -> None:
    text, held = html(site, "checks"), holdings(ROOT)
    said = source_of("checks")
    assert said and not re.search(r"\d", said.read_text(encoding="utf-8"))
    assert f"{held.notebooks} notebooks with {held.outputs:,} stored outputs" in text
    assert re.search(r"\d statements of solution sheets: \d+ confirmed", text)


def test_the_links_cost_a_lesson_little(site: Path) -> None:
    for page in LESSONS:
        text = html(site, page)
        added = sum(len(link[0]) for pattern in (API, TERM) for link in pattern.finditer(text))
        assert added < 0.06 * len(text), page
