"""The whole book as one document: pages and names once, links that lead inside, notes for the numbers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from support.small_site import PAGES, write_page, write_small_site

from nnutils.book.away import Entry, book_entries, numbered, whole_book
from nnutils.core.errors import BookError
from tools.pages import ROOT


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_small_site(tmp_path)


def document(site: Path) -> BeautifulSoup:
    return BeautifulSoup(whole_book(site, ".", site.parent.parent), "html.parser")


def check_names_and_links(whole: BeautifulSoup) -> None:
    names = [str(one["id"]) for one in whole.select("[id]")]
    assert len(names) == len(set(names))
    local = [
        str(link["href"]) for link in whole.select("a[href]") if not str(link["href"]).startswith("http")
    ]
    assert local and all(link[0] == "#" and link[1:] in names for link in local)


def check_notes(whole: BeautifulSoup) -> None:
    """No number has lost its derivation: each is marked, unless its derivation was the number itself."""
    assert not whole.select(".worked[title], .worked[data-work]")
    notes = {f"#{note['id']}": note for note in whole.select(".notes li")}
    for mark in whole.select("sup.mark a"):
        note = notes[str(mark["href"])]
        rows = note.parent.find_all("li", recursive=False) if note.parent else []
        assert str(rows.index(note) + 1) == mark.get_text(), "the mark is the number that the list shows"


def test_pages_stand_in_order_with_their_names_and_links(small: Path) -> None:
    whole = document(small)
    check_names_and_links(whole)
    check_notes(whole)
    assert [one["id"] for one in whole.select("article.page")] == ["intro", "chapters.sizes.01_one"]
    links = {link.get_text(): link["href"] for link in whole.select("article a[href]")}
    assert links["the solution"] == "#chapters.sizes.01_one--solution" and links["Back"] == "#intro"
    assert links["this"] == "#intro--start" and links["another site"] == "https://example.org/"
    assert "the search" not in links and "the search" in whole.get_text(), "words, where there is no page"
    assert links["a box"] == "#chapters.sizes.01_one--answer", "where the box was"
    (path,) = whole.select("path[clip-path]")
    assert path["clip-path"] == "url(#chapters.sizes.01_one--start)"
    assert [one["src"] for one in whole.select("img")] == ["./_images/one.svg"]


def test_a_form_that_checks_a_sheet_leads_to_the_command(tmp_path: Path) -> None:
    from nnutils.book.away.articles import printed_article
    from nnutils.book.pages.engine.sheet_markup import sheet_panel

    page = tmp_path / "page.html"
    form = sheet_panel("network: 784 linear(10)\n3 + 4 = 7", "live-1")
    page.write_text(
        f'<article class="bd-article"><h1>Check</h1><p>Before.</p><div>{form}</div><p>Behind.</p></article>',
        encoding="utf-8",
    )
    assert "Paste a solution sheet" in form
    text = " ".join(printed_article(page).get_text(" ").split())
    assert text == (
        "Check Before. The form that checks a sheet is on the site. "
        "The command nnutils lint FILE does the same. Behind."
    )


def test_folds_are_open_and_what_is_for_the_screen_is_left_out(small: Path) -> None:
    whole = document(small)
    text = re.sub(r"<(style|script)>.*?</\1>", "", str(whole), flags=re.DOTALL)
    assert not whole.select("details, summary, button, form, input, noscript, [loading], [tabindex]")
    assert [one.get_text() for one in whole.find_all(["h1", "h2"])] == [
        "Contents",
        "Start",
        "One size",
        "Solution",
    ]
    assert "seen = 3" in text and "Count." in text
    assert not re.search(r"hidden|alert|Show all code|elsewhere|#</a>", text)


def test_a_derivation_has_one_note_and_a_given_number_none(small: Path) -> None:
    whole = document(small)
    assert [note.get_text() for note in whole.select(".notes li")] == ["a = 3 · 4 = 12", "b = 5 · 5 = 25"]
    marks = [str(number.find_next_sibling().get_text()) for number in whole.select(".worked")[:3]]  # type: ignore[union-attr]
    assert marks == ["1", "1", "2"] and len(whole.select("sup.mark")) == 3


def test_the_contents_get_their_numbers(small: Path) -> None:
    text = numbered(whole_book(small, ".", small.parent.parent), {"intro": 3, "chapters.sizes.01_one": 4})
    rows = BeautifulSoup(text, "html.parser").select("nav.contents li")
    assert [row.get_text().strip() for row in rows] == ["Start3", "Sizes", "One size4"]


def test_a_link_to_nowhere_and_a_missing_page_are_named(small: Path) -> None:
    write_page(small, "intro", PAGES["intro"].replace("#solution", "#no-such-place"))
    with pytest.raises(BookError, match=r"intro: chapters/sizes/01_one.html#no-such-place"):
        document(small)
    (small / "intro.html").unlink()
    with pytest.raises(BookError, match=r"There is no page intro.html"):
        document(small)


def test_the_contents_of_this_book_are_nested_as_they_are_written() -> None:
    entries = book_entries(ROOT)
    assert entries[0] == Entry("intro") and entries[1] == Entry("conventions")
    assert Entry("chapters/foundations/index", 0, "Foundations") in entries
    assert Entry("chapters/foundations/06_small_cnn", 1) in entries


@pytest.mark.slow
@pytest.mark.variants
def test_the_built_book_is_whole(site: Path) -> None:
    whole = BeautifulSoup(whole_book(site, ".", ROOT), "html.parser")
    check_names_and_links(whole)
    check_notes(whole)
    pages = [str(one["id"]) for one in whole.select("article.page")]
    assert pages == [entry.address for entry in book_entries(ROOT)]
    assert len(whole.select(".notes li")) > len(pages), "there are numbers with notes"
    assert not whole.select("details, button, form, article script")
