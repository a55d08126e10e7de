"""The Sphinx side of the audit: pages with statements get filters, statements elsewhere lead to their rows.

A page has statements where an output of its notebook is a ``StatementList``. The field that searches all
pages stands at the end of a section "Find a statement".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from nnutils.audit.listing import as_csv, as_json
from nnutils.book.pages.auditing.lookup import lookup_script, numbers_by_section
from nnutils.book.pages.auditing.markup import (
    as_cards,
    claims_in,
    data_links,
    filters,
    link_to_all,
    search_field,
    with_links,
    without_blocks,
)
from nnutils.book.pages.auditing.statements import in_order, row_ids, statements_in

__all__ = ["FILES", "FOLDER", "SECTION", "connect"]

FILES = Path(__file__).resolve().parent / "files"
"""The folder with the scripts and the style."""

FOLDER = "_audit"
"""Where they are in the site. Below ``_static``, every page would load every script."""

SECTION = "find-a-statement"
"""The section that the search field closes, by the id that Sphinx makes from its heading."""

CSV, JSON = "statements.csv", "statements.json"

_AFTER_OURS = 810  # behind the styles and scripts of every page
_LIST = '<div class="statements">'
_say = logging.getLogger(__name__)


def connect(app: Sphinx) -> None:
    """Have the pages of the audit become a tool; called by the extension."""
    app.connect("config-inited", _say_nothing_of_data)
    app.connect("env-purge-doc", _forget)
    app.connect("env-merge-info", _merge)
    app.connect("doctree-read", _read)
    app.connect("doctree-resolved", _link)
    app.connect("html-page-context", _add_files)
    app.connect("build-finished", _write_files)


def _say_nothing_of_data(app: Sphinx, config: Config) -> None:
    """Data in an output is not for display, so it does not matter that myst-nb cannot show it."""
    config.suppress_warnings = [*config.suppress_warnings, "mystnb.unknown_mime_type"]


@dataclass(frozen=True)
class Listed:
    """What a page lists: the fields of its statements, and the anchor of the section of each question."""

    rows: list[dict[str, Any]]
    anchors: dict[str, str]


def _known(env: BuildEnvironment) -> dict[str, Listed]:
    """Return the statements of each page that lists some; kept from one build to the next."""
    if not hasattr(env, "nn_statements"):
        env.nn_statements = {}  # type: ignore[attr-defined]
    known: dict[str, Listed] = env.nn_statements  # type: ignore[attr-defined]
    return known


def _forget(app: Sphinx, env: BuildEnvironment, page: str) -> None:
    _known(env).pop(page, None)


def _merge(app: Sphinx, env: BuildEnvironment, pages: list[str], other: BuildEnvironment) -> None:
    _known(env).update({page: listed for page, listed in _known(other).items() if page in pages})


def _read(app: Sphinx, doctree: nodes.document) -> None:
    """Note the statements that a page lists, and put the filters above them."""
    page = app.env.docname
    if app.builder.format != "html":
        return
    _insert_search(app, doctree)
    lists = [one for one in _outputs(doctree) if one.astext().startswith(_LIST)]
    if not lists:
        return
    try:
        rows = statements_in(Path(app.env.doc2path(page)))
    except ValueError as error:
        _say.warning("the statements of this page cannot be read: %s", error, location=page)
        return
    shown = [name for one in lists for name in row_ids(one.astext())]
    if sorted(shown) != sorted(row["id"] for row in rows):
        _say.warning("the rows of this page and its data are not the same statements", location=page)
        return
    questions = {row["id"]: row["question"] for row in rows}
    titles: dict[str, str] = {}
    anchors: dict[str, str] = {}
    for one in lists:
        text = without_blocks(one.astext())
        question = questions[row_ids(text)[0]]
        titles[question] = _heading(one)
        anchors[question] = next(iter(_section(one)["ids"]), "")
        marked = text.replace(_LIST, f'{_LIST[:-1]} data-question="{question}">', 1)
        one.replace_self(nodes.raw("", marked, format="html"))
    _known(app.env)[page] = Listed(rows, anchors)
    lists = [one for one in _outputs(doctree) if one.astext().startswith(_LIST[:-1])]
    parent, index = _place(lists)
    form = filters(rows, titles) + _data_links(app, page)
    parent.insert(index, nodes.raw("", form, format="html"))


def _outputs(doctree: nodes.document) -> list[nodes.raw]:
    return [one for one in doctree.findall(nodes.raw) if one.get("format") == "html"]


def _section(node: nodes.Node) -> nodes.Element:
    """Return the section that a node stands in, or the document."""
    while not isinstance(node, nodes.section | nodes.document):
        node = node.parent
    return node


def _heading(node: nodes.Node) -> str:
    """Return the title of the section that a node stands in."""
    section = _section(node)
    index = section.first_child_matching_class(nodes.title)
    return "" if index is None else section[index].astext()


def _place(lists: list[nodes.raw]) -> tuple[nodes.Element, int]:
    """Return where the filters go: above the first list, or above the section that has it alone."""
    inner: nodes.Node = lists[0]
    section = _section(inner)
    if isinstance(section.parent, nodes.section) and any(_section(one) is not section for one in lists):
        inner, section = section, section.parent
    while inner.parent is not section:
        inner = inner.parent
    return section, section.index(inner)


def _insert_search(app: Sphinx, doctree: nodes.document) -> None:
    """Put the search field at the end of its section, where a page has that."""
    for section in doctree.findall(nodes.section):
        if SECTION in section["ids"]:
            page = app.env.docname
            form = search_field(app.builder.get_relative_uri(page, "search")) + _data_links(app, page)
            section.append(nodes.raw("", form, format="html"))


def _data_links(app: Sphinx, page: str) -> str:
    root = re.sub(r"[^/]*$", "", app.builder.get_relative_uri(page, "search"))
    return data_links(f"{root}{FOLDER}/{CSV}", f"{root}{FOLDER}/{JSON}")


def _link(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Make each statement that a page shows lead to the row which lists it, and its table to all of them."""
    if app.builder.format != "html":
        return
    rows = {row["id"]: (to, row) for to, listed in _known(app.env).items() for row in listed.rows}

    def relative(to: str) -> str:
        return "" if to == page else app.builder.get_relative_uri(page, to)

    def address(name: str) -> str:
        return f"{relative(rows[name][0])}#{name}" if name in rows else ""

    for one in _outputs(doctree):
        text = one.astext()
        linked = as_cards(with_links(text, address))
        if linked == text:
            continue
        questions = {(rows[name][0], rows[name][1]["question"]) for name in claims_in(text) if name in rows}
        if len(questions) == 1 and page not in _known(app.env):
            [(to, question)] = questions
            listed = _known(app.env)[to]
            number = sum(row["question"] == question for row in listed.rows)
            linked += link_to_all(f"{relative(to)}#{listed.anchors[question]}", number)
        one.replace_self(nodes.raw("", linked, format="html"))


def _add_files(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Have the pages of the audit and the search page load what they need."""
    known = _known(app.env)
    if not known:
        return
    lists, searches = page in known, page == "search"
    attributes: dict[str, Any] = {"priority": _AFTER_OURS, "loading_method": "defer"}
    if lists or searches or any(f'class="{name}"' in context.get("body", "") for name in _STYLED):
        app.add_css_file(f"../{FOLDER}/audit.css", priority=_AFTER_OURS)
    if lists or searches:
        app.add_js_file(f"../{FOLDER}/matching.js", **attributes)
        app.add_js_file(f"../{FOLDER}/{'filters' if lists else 'finding'}.js", **attributes)


_STYLED = ("statement-search", "nn-table causes")


def _write_files(app: Sphinx, problem: Exception | None) -> None:
    """Write the scripts, the statements as data and what the search page looks up into the site."""
    known = _known(app.env)
    if problem is not None or app.builder.format != "html" or not known:
        return
    target = Path(app.outdir) / FOLDER
    target.mkdir(exist_ok=True)
    for file in sorted(FILES.iterdir()):
        (target / file.name).write_bytes(file.read_bytes())
    rows = in_order(row for page in sorted(known) for row in known[page].rows)
    (target / CSV).write_text(as_csv(rows), encoding="utf-8", newline="")
    (target / JSON).write_text(f"{as_json(rows)}\n", encoding="utf-8", newline="")
    address, titles = app.builder.get_target_uri, app.env.titles
    lists = [(address(page), titles[page].astext(), known[page].rows) for page in sorted(known)]
    pages = []
    for page in sorted(app.env.found_docs - known.keys()):
        # the example beside the search field is not what somebody looks for
        sections = [one for one in numbers_by_section(app.env.get_doctree(page)) if one[0] != SECTION]
        pages.append((address(page), titles[page].astext(), sections))
    (target / "lookup.js").write_text(lookup_script(lists, pages), encoding="utf-8")
