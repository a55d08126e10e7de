"""The files for programs that read a site: the list of its pages, and what they may read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

__all__ = ["robots", "sitemap", "write_for_crawlers"]


def sitemap(address: str, pages: Iterable[str]) -> str:
    """Return the list of pages (files below the root) as sitemaps.org defines it.

    >>> print(sitemap("https://x.org/", ["one.html"]))
    <?xml version="1.0" encoding="utf-8"?>
    <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    <url><loc>https://x.org/one.html</loc></url>
    </urlset>
    <BLANKLINE>
    """
    rows = [f"<url><loc>{escape(address + page)}</loc></url>" for page in pages]
    start = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return "\n".join(['<?xml version="1.0" encoding="utf-8"?>', start, *rows, "</urlset>", ""])


def robots(address: str) -> str:
    """Return what programs may read, which is everything, and where the list of pages is.

    >>> print(robots("https://x.org/"), end="")
    User-agent: *
    Allow: /
    Sitemap: https://x.org/sitemap.xml
    """
    rows = ["User-agent: *", "Allow: /", *([f"Sitemap: {address}sitemap.xml"] if address else [])]
    return "\n".join([*rows, ""])


def write_for_crawlers(site: Path, address: str, pages: Iterable[str]) -> None:
    """Write ``robots.txt``, ``.nojekyll`` and, where the address is known, ``sitemap.xml`` to the root."""
    (site / ".nojekyll").touch()  # else GitHub Pages leaves out what begins with an underscore
    (site / "robots.txt").write_text(robots(address), encoding="utf-8")
    listed = site / "sitemap.xml"
    if address:
        listed.write_text(sitemap(address, pages), encoding="utf-8")
    else:
        listed.unlink(missing_ok=True)  # of an earlier build
