"""The whole book as one PDF, printed from the built site by the system's Chromium.

Usage: python tools/book_pdf.py [SITE] [--output FILE]

`make pdf` runs this. It prints twice: a browser does not count pages for a table of contents, so the first
PDF says where each page begins. SITE is _build/html by default, the file _build/pdf/<title>-<version>.pdf.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # called as a file, this sees tools/ only

from nnutils.book.away import SITE, book_entries, numbered, whole_book  # noqa: E402
from nnutils.book.away.compacting import compacted  # noqa: E402
from nnutils.book.away.measuring import page_numbers  # noqa: E402
from nnutils.book.contents.reading import book_title  # noqa: E402
from nnutils.book.variants.choosing import library_version  # noqa: E402
from nnutils.core.errors import BookError, NNUtilsError  # noqa: E402
from nnutils.core.words import counted  # noqa: E402
from tools import browser as chromium  # noqa: E402

if TYPE_CHECKING:  # found out below without it: the message about Chromium needs nothing installed
    from playwright.sync_api import Browser

LONGEST = 600_000  # milliseconds that printing may take: hundreds of pages on a busy machine
WIDTH = 658  # pixels: the width of the text, so that what is fitted on the screen fits on paper
FITTED = "() => document.documentElement.dataset.fitted"


def print_book(path: str, site: Path, file: Path, book: Path = ROOT) -> dict[str, int]:
    """Print a built site as one PDF with the Chromium at a path; return where each page of the site begins.

    Raises:
        BookError: where the site is not whole, and where the numbers in the contents do not come out right.
    """
    addresses = [entry.address for entry in book_entries(book)]
    text = whole_book(site, ".", book)
    file.parent.mkdir(parents=True, exist_ok=True)
    with chromium.chromium(path) as browser:
        _print(browser, site, file, text)
        numbers = page_numbers(file, addresses)
        _print(browser, site, file, numbered(text, numbers))
    if page_numbers(file, addresses) != numbers:
        file.unlink()
        raise BookError(
            f"The numbers in the contents of {file.name} moved its pages, so they would be wrong.",
            remedy="Give the numbers in whole.css the room that the largest needs.",
        )
    return numbers


def _print(browser: Browser, site: Path, file: Path, text: str) -> None:
    """Print a document; it lies in the site for that time, where its pictures are found."""
    document = site / "the-whole-book.html"
    document.write_text(text, encoding="utf-8")
    try:
        with chromium.served(site) as address:
            page = chromium.open_page(browser, WIDTH)
            page.set_default_timeout(LONGEST)
            page.emulate_media(media="print")
            page.goto(f"{address}/{document.name}", wait_until="load")
            page.wait_for_function(FITTED)
            page.pdf(path=file, prefer_css_page_size=True, outline=True, tagged=True)
            page.context.close()
        file.write_bytes(compacted(file.read_bytes()))
    finally:
        document.unlink()


def main(arguments: list[str] | None = None) -> int:
    """Print the book; the exit status says whether that could be done."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("site", nargs="?", type=Path, default=ROOT / SITE)
    parser.add_argument("--output", type=Path)
    options = parser.parse_args(arguments)
    path = chromium.find()
    if path is None:
        print(chromium.MISSING, file=sys.stderr)
        return 1
    name = re.sub(r"\W+", "-", book_title(ROOT).lower()).strip("-")
    file = options.output or ROOT / "_build/pdf" / f"{name}-{library_version()}.pdf"
    try:
        numbers = print_book(path, options.site, file)
    except NNUtilsError as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return 1
    from pypdf import PdfReader

    pages, size = len(PdfReader(file).pages), file.stat().st_size / 1e6
    site = counted(len(numbers), "page")
    print(f"{file}: {site} of the site, {counted(pages, 'page')} on paper, {size:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
