"""The list of all pages, resolved once for a whole site; on a page addresses differ, and what is current.

Sphinx resolves it anew for each page, with the headings of all, which grows with the square of the book.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment.adapters.toctree import global_toctree_for_doc
from sphinx.util.osutil import relative_uri

__all__ = ["Contents", "seen_from"]

_PIECE = re.compile(
    r'<(?P<open>ul|li)(?: class="(?P<level>toctree-l\d+)")?>|</(?P<close>ul|li)>'
    r'|<a class="reference internal" href="(?P<to>[^"]*)">'
)


class Contents:
    """The lists of pages of a site, each resolved when it is first asked for."""

    def __init__(self) -> None:
        self._kept: dict[tuple[tuple[str, Any], ...], str] = {}

    def give(self, app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
        """Have the templates of a page take its list from here; called by Sphinx before the theme is."""
        if "toctree" in context:
            context["toctree"] = self._for_page(app, page, context["toctree"])

    def _for_page(self, app: Sphinx, page: str, own: Callable[..., str]) -> Callable[..., str]:
        def toctree(**wanted: Any) -> str:
            if wanted.get("collapse", True) or not wanted.get("titles_only"):
                return own(**wanted)  # which is another list on each page
            key = tuple(sorted(wanted.items()))
            if key not in self._kept:
                root = app.config.root_doc
                found = global_toctree_for_doc(app.env, root, app.builder, **wanted)
                self._kept[key] = app.builder.render_partial(found)["fragment"]  # type: ignore[attr-defined]
            return seen_from(app.builder.get_target_uri(page), self._kept[key])

        return toctree


def seen_from(page: str, contents: str) -> str:
    """Return a list of pages, whose addresses begin at the root of the site, as it reads on a page.

    >>> seen_from("a/b.html", '<li class="toctree-l1"><a class="reference internal" href="c.html">C</a></li>')
    '<li class="toctree-l1"><a class="reference internal" href="../c.html">C</a></li>'
    """
    open_now: list[int] = []
    current: set[int] = set()
    for piece in _PIECE.finditer(contents):
        if piece["open"]:
            open_now.append(piece.start())
        elif piece["close"]:
            open_now.pop()
        elif piece["to"] == page:
            current.update(open_now)

    def on_page(piece: re.Match[str]) -> str:
        if piece["open"]:
            classes = [piece["level"] or "", "current" if piece.start() in current else ""]
            said = " ".join(filter(None, classes))
            return f'<{piece["open"]} class="{said}">' if said else piece[0]
        if piece["close"]:
            return piece[0]
        here = "current " if piece["to"] == page else ""
        return f'<a class="{here}reference internal" href="{relative_uri(page, piece["to"]) or "#"}">'

    return _PIECE.sub(on_page, contents)
