"""The tags in the head of a page by which it is found and shared: description, Open Graph, icons."""

from __future__ import annotations

from html import escape

from nnutils.book.pages.found.publication import Publication

__all__ = ["CARD_HEIGHT", "CARD_WIDTH", "icon_tags", "sharing_tags"]

CARD_WIDTH, CARD_HEIGHT = 1200, 630
"""Pixels of the picture that a shared link shows: what Open Graph recommends."""


def sharing_tags(
    book: Publication, site_name: str, page: str, title: str, description: str, picture: str
) -> str:
    """Return the tags of a page, one a line.

    Arguments: the book; the name of the site; the page's address below the root, its title and its
    description; the address of its picture below the root, or nothing. The tags that need the book's own
    address are left out where it has none. The canonical address is Sphinx's own tag.

    >>> print(sharing_tags(Publication("Book"), "Book", "one.html", "One & all", "A page.", "card.png"))
    <meta name="description" content="A page." />
    <meta property="og:type" content="article" />
    <meta property="og:site_name" content="Book" />
    <meta property="og:title" content="One &amp; all" />
    <meta property="og:description" content="A page." />
    """
    said = {
        "og:type": "article",
        "og:site_name": site_name,
        "og:title": title,
        "og:description": description,
    }
    named = {"description": description}
    if book.address:
        said["og:url"] = book.address + page
        if picture:
            said |= {
                "og:image": book.address + picture,
                "og:image:width": str(CARD_WIDTH),
                "og:image:height": str(CARD_HEIGHT),
                "og:image:alt": f"{site_name}: {title}",
            }
            named["twitter:card"] = "summary_large_image"
    rows = [f'<meta name="{key}" content="{escape(text)}" />' for key, text in named.items() if text]
    rows += [f'<meta property="{key}" content="{escape(text)}" />' for key, text in said.items() if text]
    return "\n".join(rows)


def icon_tags(root: str) -> str:
    """Return the tags for the icons at the root of the site, whose address from the page is ``root``.

    >>> print(icon_tags("../"))
    <link rel="icon" href="../favicon.ico" sizes="16x16 32x32 48x48" />
    <link rel="apple-touch-icon" href="../apple-touch-icon.png" />
    """
    return (
        f'<link rel="icon" href="{root}favicon.ico" sizes="16x16 32x32 48x48" />\n'
        f'<link rel="apple-touch-icon" href="{root}apple-touch-icon.png" />'
    )
