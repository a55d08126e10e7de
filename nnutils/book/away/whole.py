"""A whole book as one document to print: title page, contents, and every page of the built site in order.

In a book's folder, once the site is built: ``python -m nnutils.book whole``. It writes _build/pdf/book.html,
which any browser prints; ``make pdf`` prints it with numbers of pages in the contents.
"""

from __future__ import annotations

import argparse
import html
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from nnutils.book.away.addresses import join_links, own_names
from nnutils.book.away.articles import printed_article
from nnutils.book.away.entries import Entry, book_entries
from nnutils.book.away.notes import add_notes
from nnutils.book.away.packing import SITE
from nnutils.book.contents.reading import book_title, read_config
from nnutils.book.paper.page import printed_page
from nnutils.book.paper.sheets import page_text
from nnutils.book.variants.choosing import library_version
from nnutils.book.whole_files import write_whole
from nnutils.core.places import book_folder
from nnutils.core.words import counted

if TYPE_CHECKING:  # what reads HTML is imported by what needs it
    from bs4.element import Tag

__all__ = ["FILE", "add_arguments", "numbered", "run", "whole_book"]

FILE = "_build/pdf/book.html"
_HERE = Path(__file__).resolve().parent
_CONTENTS = "contents"


def whole_book(site: Path, files: str, book: Path | None = None) -> str:
    """Return the pages of a built site as one document to print, in the order of the table of contents.

    ``files`` is the address of the site's folder from where the document will lie.

    Raises:
        BookError: where the site has not all pages, and for a link inside that leads nowhere.
    """
    root = book_folder(book)
    articles: dict[Entry, Tag] = {}
    for entry in book_entries(root):
        article = printed_article(site / f"{entry.page}.html", entry.depth)
        own_names(article, entry)
        add_notes(article, entry.address)
        articles[entry] = article
    join_links(articles, files)
    titles = {entry: " ".join(_title(article).split()) for entry, article in articles.items()}
    pieces = [_front(root), _contents(titles)]
    rules = []
    for number, (entry, article) in enumerate(articles.items()):
        article.name = "article"
        article["class"] = f"page depth{entry.depth}"
        article["style"] = f"page: leaf{number}"
        pieces.append(str(article))
        rules.append(f"@page leaf{number} {{ @top-left {{ content: {page_text(titles[entry])}; }} }}\n")
    style = (_HERE / "whole.css").read_text(encoding="utf-8") + "".join(rules)
    script = (_HERE / "fitting.js").read_text(encoding="utf-8")
    body = "\n".join([*pieces, f"<script>\n{script}</script>"])
    return printed_page(root, book_title(root), body, style)


def numbered(text: str, numbers: Mapping[str, int]) -> str:
    """Return the document with the numbers of pages in its contents.

    ``numbers`` has for each page of the site, by its name with dots ('chapters.audit'), on which page of
    paper it begins. A browser does not count them there: it prints once to find out.
    """
    for address, number in numbers.items():
        text = text.replace(_number(address), _number(address, number))
    return text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command ``whole``."""
    parser.add_argument("site", nargs="?", default=SITE, help=f"folder of the built site, by default {SITE}")


def run(options: argparse.Namespace) -> int:
    """Write the document, and print where it is."""
    book = book_folder()
    site, file = Path(options.site), book / FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    text = whole_book(site, Path(os.path.relpath(site, file.parent)).as_posix(), book)
    write_whole(file, text)
    print(f"{os.path.relpath(file)}: {counted(len(book_entries(book)), 'page')} of the site")
    return 0


def _number(address: str, number: int | str = "") -> str:
    return f'<span class="number" data-page="{address}">{number}</span>'


def _title(article: Tag) -> str:
    heading = article.find(["h1", "h2", "h3", "h4", "h5", "h6"])
    return heading.get_text() if heading is not None else ""


def _front(book: Path) -> str:
    """Return the title page."""
    config = read_config(book)
    below = [config.get("author"), f"Version {library_version()}"]
    footer = (((config.get("sphinx") or {}).get("config") or {}).get("html_theme_options") or {}).get(
        "extra_footer"
    )
    lines = "".join(f"<p>{html.escape(str(line))}</p>\n" for line in (*below, footer) if line)
    return f'<section class="front">\n<p class="title">{html.escape(book_title(book))}</p>\n{lines}</section>'


def _contents(titles: Mapping[Entry, str]) -> str:
    """Return the table of contents, with room for a number behind each title."""
    rows = []
    for entry, title in titles.items():
        if entry.caption and entry.caption != title:
            rows.append(f'<li class="caption">{html.escape(entry.caption)}</li>')
        rows.append(
            f'<li class="depth{entry.depth}"><a href="#{entry.address}">'
            f'<span class="name">{html.escape(title)}</span>'
            f'<span class="dots"></span>{_number(entry.address)}</a></li>'
        )
    lines = "\n".join(rows)
    return f'<nav class="contents" id="{_CONTENTS}">\n<h1>Contents</h1>\n<ol>\n{lines}\n</ol>\n</nav>'
