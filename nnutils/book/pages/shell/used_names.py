"""The names of classes and ids that the pages of a site can have: those of pages and of scripts."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

__all__ = ["names_in_pages", "words_in_scripts"]

_ATTRIBUTE = re.compile(r"""\s(?:class|id)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_WORD = re.compile(r"[\w-]+")


def names_in_pages(pages: Iterable[str]) -> set[str]:
    """Return the classes and ids of HTML texts.

    >>> sorted(names_in_pages(['<p id="top" class="lead wide">', "<b class='x&amp;y'>"]))
    ['lead', 'top', 'wide', 'x&y']
    """
    found: set[str] = set()
    for page in pages:
        for match in _ATTRIBUTE.finditer(page):
            found.update(html.unescape(match[1] or match[2] or "").split())
    return found


def words_in_scripts(scripts: Iterable[str]) -> set[str]:
    """Return every word of scripts, since any of them may be a class that the script gives to an element.

    >>> sorted(words_in_scripts(["menu.classList.add('is-open')"]))
    ['add', 'classList', 'is-open', 'menu']
    """
    return {word for script in scripts for word in _WORD.findall(script)}
