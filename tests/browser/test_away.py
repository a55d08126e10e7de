"""To take away: the PDF has contents, bookmarks, tags and notes; the packed site opens without a network."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader
from pypdf.generic import Destination, DictionaryObject
from support.small_site import write_small_site

from nnutils.book.away import book_entries, packed_site
from tools.book_pdf import print_book
from tools.browser import MISSING, find
from tools.pages import ROOT

pytestmark = pytest.mark.slow
MOST = 15e6  # bytes of the whole book, which README.md promises


def bookmarks(reader: PdfReader) -> list[tuple[str, int]]:
    """The title and the page of each bookmark, the deeper ones as well."""

    def flat(some: list[Destination | list[Destination]]) -> list[Destination]:
        return [one for each in some for one in (flat(each) if isinstance(each, list) else [each])]  # type: ignore[arg-type]

    return [
        (str(one.title), (reader.get_destination_page_number(one) or 0) + 1)
        for one in flat(reader.outline)  # type: ignore[arg-type]
    ]


def printed(site: Path, file: Path, book: Path) -> tuple[PdfReader, dict[str, int]]:
    path = find()
    if path is None:
        pytest.skip(MISSING)
    numbers = print_book(path, site, file, book)
    return PdfReader(file), numbers


def check_pdf(reader: PdfReader, numbers: dict[str, int]) -> None:
    """What holds for a small book and for the whole one."""
    marked = reader.root_object["/MarkInfo"]
    assert "/StructTreeRoot" in reader.root_object and isinstance(marked, DictionaryObject), "tagged"
    assert marked["/Marked"]
    assert all(
        abs(page.mediabox.width - 595) < 1 and abs(page.mediabox.height - 842) < 1 for page in reader.pages
    )
    titled = bookmarks(reader)
    for page in numbers.values():
        assert page in {number for _, number in titled}, "each page of the site has its bookmark"
    for index, sheet in enumerate(reader.pages[1:], 2):
        assert re.search(rf"(?m)^{index}$", sheet.extract_text()), f"page {index} has its number"
    for sheet in reader.pages:
        for link in sheet.get("/Annots") or []:
            address = str((link.get_object().get("/A") or {}).get("/URI", ""))
            assert not re.match(r"http://127|file:", address), (
                "a link that leads inside leads to this machine"
            )


def test_a_small_book_is_printed_with_contents_bookmarks_tags_and_notes(tmp_path: Path) -> None:
    site = write_small_site(tmp_path)
    reader, numbers = printed(site, tmp_path / "book.pdf", tmp_path)
    assert numbers == {"intro": 3, "chapters.sizes.01_one": 4} and len(reader.pages) == 4
    check_pdf(reader, numbers)
    assert bookmarks(reader) == [("Contents", 2), ("Start", 3), ("One size", 4), ("Solution", 4)]
    contents, lesson = " ".join(reader.pages[1].extract_text().split()), reader.pages[3].extract_text()
    assert re.search(r"Start\W*3\W+Sizes\W+One size\W*4", contents)
    assert "a = 3 · 4 = 12" in lesson and "seen = 3" in lesson and "Count." in lesson
    assert "hidden" not in lesson and "Show all code" not in lesson
    assert not list(site.glob("the-whole-book*")), "nothing stays in the site"


@pytest.mark.variants
def test_the_whole_book_is_printed(site: Path, tmp_path: Path) -> None:
    file = tmp_path / "book.pdf"
    reader, numbers = printed(site, file, ROOT)
    check_pdf(reader, numbers)
    assert list(numbers) == [entry.address for entry in book_entries(ROOT)]
    assert list(numbers.values()) == sorted(numbers.values()) and file.stat().st_size < MOST
    bare = [at for at, page in enumerate(reader.pages, 1) if len(page.extract_text()) < 60]
    assert bare in ([], [1]), "no page is empty; that with the title may be short"


def test_the_packed_site_opens_without_a_network(browser: Browser, site: Path, tmp_path: Path) -> None:
    file = tmp_path / "book.zip"
    packed_site(site, file, ROOT)
    assert file.stat().st_size < MOST / 2
    with zipfile.ZipFile(file) as packed:
        packed.extractall(tmp_path)
    asked: list[str] = []
    failed: list[str] = []
    said: list[str] = []
    with browser.new_context(offline=True) as context:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("requestfailed", lambda request: failed.append(f"{request.url} {request.failure}"))
        page.on("console", lambda message: said.append(message.text))
        page.goto((tmp_path / "book/index.html").as_uri())
        page.wait_for_url(re.compile("intro.html"))
        for name in ("chapters/foundations/06_small_cnn", "chapters/foundations/audit"):
            page.goto((tmp_path / f"book/{name}.html").as_uri())
            assert page.locator("article h1").is_visible()
    assert not [one for one in asked if not one.startswith(("file:", "data:", "blob:"))]
    failed = [one for one in failed if not one.endswith("ERR_ABORTED")]  # asked for by a page that was left
    assert (failed, said) == ([], [])
