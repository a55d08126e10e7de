"""The end of a page says how its notebook is run, and how the page is cited."""

from __future__ import annotations

from nnutils.book.pages.found.about import about_page
from nnutils.book.pages.found.publication import Publication

BOOK = Publication("Book", repository="https://example.org/a/b")


def test_a_notebook_says_how_to_run_it() -> None:
    html = about_page(BOOK, "Title", "a.html", "a.ipynb", "files/a.ipynb", "lib[book]")
    assert '<a href="files/a.ipynb" download>Download the notebook</a>' in html
    assert "<summary>Run this notebook</summary>" in html
    assert "Install it:</p>" in html
    assert "lib[book] @ git+https://example.org/a/b" in html
    alone = about_page(Publication("Book"), "Title", "a.html", "a.ipynb", "files/a.ipynb", "lib[book]")
    assert "Install it in a copy of the book’s repository:</p>" in alone


def test_a_page_that_is_no_notebook_is_only_cited() -> None:
    html = about_page(BOOK, "Title", "a.html", "a.md", "", "lib[book]")
    assert "Run this notebook" not in html
    assert "<summary>Cite this page</summary>" in html
