"""The page for addresses that do not exist: whole by itself, since it is shown at any depth."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

__all__ = ["page_not_found"]

_MARK = re.compile(r"@(\w+)@")
_TEMPLATE = Path(__file__).resolve().parent / "files" / "404.html"


def page_not_found(site: str, address: str, pages: Iterable[tuple[str, str]], language: str = "en") -> str:
    """Return the page as HTML.

    Arguments: the name of the site; where it is published, or nothing; file and title of the pages to choose
    from. Without an address the links lead to the root of the host, until the page has found the book's.

    >>> text = page_not_found("Book", "https://x.org/book/", [("one.html", "One & all")])
    >>> '<a data-page="one.html" href="/book/one.html">One &amp; all</a>' in text
    True
    """
    root = urlsplit(address).path or "/"
    links = "\n".join(
        f'        <li><a data-page="{escape(file)}" href="{escape(root + file)}">{escape(title)}</a></li>'
        for file, title in pages
    )
    values = {"language": language, "site": escape(site), "root": escape(root), "links": links}
    return _MARK.sub(lambda match: values[match[1]], _TEMPLATE.read_text(encoding="utf-8"))
