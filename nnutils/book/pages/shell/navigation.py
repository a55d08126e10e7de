"""Names for what the theme shows as an icon only, so that a screen reader has something to say."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape
from typing import Any

__all__ = ["named_folds", "naming"]

_FOLD = re.compile(r"(<a\b[^>]*>)([^<]*(?:<(?!/a>)[^<]*)*)(</a>\s*<details\b[^>]*>\s*<summary)>")
_TAGS = re.compile(r"<[^>]*>")


def named_folds(html: str) -> str:
    """Return navigation whose folds are each named after the link that they stand behind.

    >>> named_folds('<a href="x.html">Part</a><details><summary><i></i></summary></details>')
    '<a href="x.html">Part</a><details><summary aria-label="Pages of Part"><i></i></summary></details>'
    """

    def name(found: re.Match[str]) -> str:
        words = " ".join(unescape(_TAGS.sub("", found[2])).split())
        return f'{found[1]}{found[2]}{found[3]} aria-label="{escape(f"Pages of {words}")}">'

    return _FOLD.sub(name, html)


def naming(generate: Callable[..., Any]) -> Callable[..., Any]:
    """Return the theme's function for the navigation of the side bar, made to give named folds."""

    def generated(**wanted: Any) -> Any:
        # The theme has made it before, to see whether it is empty, and keeps it by what it was asked for, in
        # order. Asked in another order, it makes the list of all pages a second time for each page.
        made = generate(**wanted)
        return made if wanted["kind"] == "raw" else named_folds(str(made))

    return generated
