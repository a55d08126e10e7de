"""Names and links of many pages in one document: each name once, each link to a page leads inside."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from nnutils.book.away.articles import PLACE
from nnutils.book.away.entries import Entry
from nnutils.core.errors import BookError

if TYPE_CHECKING:  # what reads HTML is imported by what needs it
    from bs4.element import Tag

__all__ = ["join_links", "own_names"]

_NAMING = ("for", "headers", "aria-labelledby", "aria-describedby", "aria-controls", "aria-details")
_LOCAL_NAME = re.compile(r"url\(\s*['\"]?#([^)'\"]+)['\"]?\s*\)")
_LOADED = ("src", "data", "poster")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def own_names(article: Tag, entry: Entry) -> None:
    """Put the page's own name before each name of an anchor, and before what refers to it in pictures."""

    def own(name: str) -> str:
        return f"{entry.address}--{name}"

    for element in [article, *article.find_all(True)]:
        if name := element.get("id"):
            element["id"] = own(str(name))
        for key in _NAMING:
            if key in element.attrs:
                said = element[key]
                names = said if isinstance(said, list) else str(said).split()
                element[key] = " ".join(map(own, names))
        for key, value in element.attrs.items():
            if isinstance(value, str) and "url(" in value:
                element[key] = _LOCAL_NAME.sub(lambda found: f"url(#{own(found[1])})", value)
        if element.name != "a":  # links are settled when all pages are there
            for key in ("href", "xlink:href"):
                if str(element.get(key, "")).startswith("#"):
                    element[key] = f"#{own(str(element[key])[1:])}"
    article["id"] = entry.address


def join_links(articles: Mapping[Entry, Tag], files: str) -> None:
    """Let the links between pages lead to places in the document, and find files from where it will lie.

    ``files`` is the address of the site's folder from there, such as '../html'. A link to something else of
    the site, such as a file to download, becomes its words.

    Raises:
        BookError: for a link to a place that its page does not have.
    """
    pages = {f"{entry.page}.html": entry for entry in articles}
    names = {str(one["id"]) for article in articles.values() for one in (article, *article.select("[id]"))}
    broken: list[str] = []
    for entry, article in articles.items():
        folder = posixpath.dirname(entry.page)
        for element in article.find_all(True):
            for key in _LOADED:
                if key in element.attrs:
                    element[key] = _file(str(element[key]), folder, files)
            if element.get("srcset"):
                element["srcset"] = ", ".join(
                    " ".join([_file(one.split()[0], folder, files), *one.split()[1:]])
                    for one in str(element["srcset"]).split(",")
                )
        for link in article.select("a[href]"):
            address = str(link["href"])
            if _SCHEME.match(address) or address[1:] in names and address.startswith("#"):
                continue
            target = _target(address, entry, folder, pages)
            if target is None:
                link.unwrap()
            elif target in names:
                link["href"] = f"#{target}"
                link.attrs.pop("download", None)
            else:
                broken.append(f"{entry.page}: {address}")
    led_to = {str(link["href"])[1:] for one in articles.values() for link in one.select("a[href^='#']")}
    for article in articles.values():
        for place in article.select(f"span.{PLACE}"):
            if place["id"] not in led_to:
                place.decompose()
    if broken:
        raise BookError(
            f"The site has links to places that are not there: {'; '.join(_first(broken))}",
            remedy="Build the site anew: make book",
        )


def _target(address: str, entry: Entry, folder: str, pages: Mapping[str, Entry]) -> str | None:
    """Return the name in the document of what a page's link leads to; nothing for what is no page of it."""
    parts = urlsplit(address)
    path = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
    found = pages.get(path) if parts.path else entry
    if found is None:
        return None
    fragment = unquote(parts.fragment)
    return f"{found.address}--{fragment}" if fragment else found.address


def _file(address: str, folder: str, files: str) -> str:
    if not address or _SCHEME.match(address) or address.startswith("#"):
        return address
    return posixpath.join(files, posixpath.normpath(posixpath.join(folder, address)))


def _first(broken: Sequence[str], most: int = 5) -> list[str]:
    more = [f"and {len(broken) - most} more"] if len(broken) > most else []
    return [*broken[:most], *more]
