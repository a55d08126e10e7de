"""The Sphinx side of folding: sections and hidden code become ``<details>`` while the pages are written.

The page of a lesson folds from its solution on: each section, and each part of it. Other pages of a book fold
where its settings say so (``book_folds``: pages, each with the id of the first section that folds), and the
entries of a reference by themselves. Nothing waits for a script. ``files/folds.js``, which stands at the
beginning of each page that folds, works the switches and keeps what is open; without it the folds open by
hand.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

from nnutils.book.pages.folding.entries import connect_entries, fold_entries

__all__ = ["FIRST", "OPEN", "SCRIPT", "connect"]

SCRIPT = Path(__file__).resolve().parent / "files" / "folds.js"
"""The script, which each page that folds holds in itself: so it runs before the page is first shown."""

FIRST = "solution"
"""The section from which on a lesson folds, by the id that Sphinx makes from its heading."""

OPEN = ("model-answer",)
"""The parts that are open when their section is opened."""

_FOLD = "nn_fold"  # an attribute of a section: "" closed, "open" open
_CODE = "HideCodeCellNode"  # of MyST-NB, which need not be there
_say = logging.getLogger(__name__)


class _Code(nodes.General, nodes.Element):  # type: ignore[misc]
    """Code that is hidden, with its label."""


class _Switches(nodes.General, nodes.Element):  # type: ignore[misc]
    """The buttons that open all sections, and all code."""


class _Script(nodes.General, nodes.Element):  # type: ignore[misc]
    """The script, at the beginning of a page."""


def connect(app: Sphinx) -> None:
    """Have the pages fold; called by the extension."""
    app.add_config_value("book_folds", {}, "html")
    connect_entries(app)
    app.add_node(nodes.section, override=True, html=(_visit_section, _depart_section))
    app.add_node(nodes.title, override=True, html=(_visit_title, _depart_title))
    app.add_node(_Code, html=(_visit_code, _depart_code))
    app.add_node(_Switches, html=(_visit_switches, _depart))
    app.add_node(_Script, html=(_visit_script, _depart))
    app.connect("doctree-resolved", _fold)


def _fold(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Mark what folds on a page, and put the switches and the script there."""
    if app.builder.format != "html":
        return
    first = app.config.book_folds.get(page)
    folds = _mark_sections(doctree, first or FIRST)
    if first and not folds:
        _say.warning("book_folds: there is no section %r that could fold", first, location=page)
    entries = fold_entries(doctree)
    code = _label_code(doctree)
    if not folds and not entries and not code:
        return
    top = next(iter(doctree.findall(nodes.section)), doctree)
    behind_title = int(bool(top.children) and isinstance(top[0], nodes.title))
    switches = _Switches(folds=bool(folds or entries), code=bool(code))
    if folds:
        folds[0].parent.insert(folds[0].parent.index(folds[0]), switches)
    else:
        top.insert(behind_title, switches)
    top.insert(behind_title, _Script())


def _mark_sections(doctree: nodes.document, name: str) -> list[nodes.section]:
    """Mark the sections of a page that fold, from this one on, and return those of the second level."""
    first = next((one for one in doctree.findall(nodes.section) if name in one["ids"]), None)
    if first is None or not isinstance(first.parent, nodes.section):
        return []
    siblings = first.parent.children
    folds = [one for one in siblings[siblings.index(first) :] if isinstance(one, nodes.section)]
    for section in folds:
        section[_FOLD] = ""
        for part in section.children:
            if isinstance(part, nodes.section):
                part[_FOLD] = "open" if set(OPEN) & set(part["ids"]) else ""
    return folds


def _label_code(doctree: nodes.document) -> list[nodes.Element]:
    """Replace the hidden cells of MyST-NB by ours, whose label is all that their heading holds."""
    found = [one for one in doctree.findall(nodes.Element) if type(one).__name__ == _CODE]
    for one in found:
        one.replace_self(_Code("", *one.children, label=one["prompt_show"], classes=one["classes"]))
    return found


# --- HTML: our handlers stand before those of the theme's translator, and call them -------------------------


def _visit_section(self: Any, node: nodes.section) -> None:
    type(self).visit_section(self, node)
    if _FOLD in node:
        self.body.append('<details class="fold" open="">\n' if node[_FOLD] else '<details class="fold">\n')


def _depart_section(self: Any, node: nodes.section) -> None:
    if _FOLD in node:
        self.body.append("</details>\n")
    type(self).depart_section(self, node)


def _folds(title: nodes.title) -> bool:
    return isinstance(title.parent, nodes.section) and _FOLD in title.parent


def _visit_title(self: Any, node: nodes.title) -> None:
    if _folds(node):
        self.body.append("<summary>")
    type(self).visit_title(self, node)


def _depart_title(self: Any, node: nodes.title) -> None:
    type(self).depart_title(self, node)
    if _folds(node):
        self.body.append("</summary>\n")


def _visit_code(self: Any, node: nodes.Element) -> None:
    classes = " ".join(["hide", *node["classes"]])
    self.body.append(f'<details class="{classes}">\n<summary>{escape(node["label"])}</summary>\n')


def _depart_code(self: Any, node: nodes.Element) -> None:
    self.body.append("</details>\n")


def _visit_switches(self: Any, node: nodes.Element) -> None:
    buttons = [
        '<button type="button" class="fold-all">Show everything</button>' * node["folds"],
        '<button type="button" class="code-all">Show all code</button>' * node["code"],
    ]
    self.body.append(f'<div class="fold-switches">{"".join(buttons)}</div>\n')


def _visit_script(self: Any, node: nodes.Element) -> None:
    self.body.append(f"<script>{_script()}</script>\n")


def _depart(self: Any, node: nodes.Element) -> None:
    """Leave a node that was written whole when it was entered."""


@cache
def _script() -> str:
    """Return the script without its comments and its indentation: every page that folds holds it."""
    lines = (line.strip() for line in SCRIPT.read_text(encoding="utf-8").splitlines())
    return "\n".join(line for line in lines if line and not re.match(r"//", line))
