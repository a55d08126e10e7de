"""Markdown of an edition with fewer pages: what is marked for the full book goes, links to it are words."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Set

__all__ = ["FROM", "TO", "anchor_of", "for_students"]

FROM, TO = "<!-- with solutions -->", "<!-- end -->"
"""What stands between these comments is left out of an edition without solutions."""

_MARKED = re.compile(rf"{FROM}.*?{TO}", re.DOTALL)
_MARKED_BLOCK = re.compile(rf"^{FROM}[ ]*\n.*?^{TO}[ ]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[(?P<words>(?:[^\[\]]|\[[^\[\]]*\])*)\]\((?P<target>[^()\s]*)\)")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|/", re.IGNORECASE)


def for_students(text: str, page: str, anchors: Mapping[str, Set[str]]) -> str:
    """Return the Markdown of a page without what is marked, and with links only to what there is.

    ``page`` is the page's name, such as 'chapters/part/index'; ``anchors`` holds the pages that there are by
    name, each with the anchors of its headings.

    >>> for_students("[A proof](02_b.ipynb#proof) and [b](02_b.ipynb).", "part/01_a", {"part/02_b": {"b"}})
    'A proof and [b](02_b.ipynb).'
    >>> for_students("One.<!-- with solutions --> It is 42.<!-- end --> Two.", "a", {})
    'One. Two.'
    """
    kept = _MARKED.sub("", _MARKED_BLOCK.sub("", text))
    return _LINK.sub(lambda link: link[0] if _arrives(link["target"], page, anchors) else link["words"], kept)


def anchor_of(heading: str) -> str:
    """Return the anchor that a page gives to a heading.

    >>> anchor_of("What is *counted*?")
    'what-is-counted'
    """
    plain = re.sub(r"[`*$]", "", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


def _arrives(target: str, page: str, anchors: Mapping[str, Set[str]]) -> bool:
    """Whether a link of a page leads to something that there is; other hosts are not ours to judge."""
    if _ELSEWHERE.match(target):
        return True
    path, _, anchor = target.partition("#")
    name = page
    if path:
        name = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
        name = re.sub(r"\.(?:md|ipynb|html)$", "", name)
    return name in anchors and (not anchor or anchor in anchors[name])
