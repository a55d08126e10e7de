"""The Sphinx side of the reference: its directives, and the links that lead from lessons to it.

A book without pages that describe packages has no links from its code, one without a glossary none from its
text.
"""

from __future__ import annotations

import builtins
from typing import Any
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from nnutils.book.contents.lessons import question_of_page
from nnutils.book.pages.reference.code_links import with_links
from nnutils.book.pages.reference.directives import (
    HowChecked,
    Packages,
    PublicNamesDirective,
    packages_described,
)
from nnutils.book.pages.reference.rooms import PublicNames
from nnutils.book.pages.reference.terms import link_terms

__all__ = ["connect"]

_FIRST = 100  # before formulas, folds and the shell change the HTML of a page
_names: WeakKeyDictionary[Sphinx, PublicNames] = WeakKeyDictionary()


def connect(app: Sphinx) -> None:
    """Have the pages of the reference made, and links lead there; called by the extension."""
    app.add_directive("public-names", PublicNamesDirective)
    app.add_directive("packages", Packages)
    app.add_directive("how-checked", HowChecked)
    app.connect("config-inited", _settle)
    app.connect("env-purge-doc", _forget)
    app.connect("env-merge-info", _merge)
    app.connect("missing-reference", _resolve)
    app.connect("doctree-resolved", _link)
    app.connect("html-page-context", _link_code, priority=_FIRST)


def _settle(app: Sphinx, config: Config) -> None:
    config.add_module_names = False
    config.html_domain_indices = False  # the packages have a page of their own
    config.python_maximum_signature_line_length = 78
    config.toc_object_entries_show_parents = "hide"


def _forget(app: Sphinx, env: BuildEnvironment, page: str) -> None:
    packages_described(env).pop(page, None)


def _merge(app: Sphinx, env: BuildEnvironment, pages: list[str], other: BuildEnvironment) -> None:
    described = packages_described(other)
    packages_described(env).update({page: described[page] for page in pages if page in described})


def _public_names(app: Sphinx) -> PublicNames:
    """Return what the pages of this book describe; a package comes after those that stand below it."""
    if app not in _names:
        rooms = sorted(set(packages_described(app.env).values()), key=lambda room: (-room.count("."), room))
        _names[app] = PublicNames(rooms)
    return _names[app]


def _described(app: Sphinx) -> dict[str, Any]:
    """Return the objects of Python that some page describes, by full name."""
    objects: dict[str, Any] = app.env.get_domain("py").objects  # type: ignore[attr-defined]
    return objects


def _address(app: Sphinx, page: str, full_name: str) -> str:
    known = _described(app).get(full_name)
    if known is None:
        return ""
    path = "" if known.docname == page else app.builder.get_relative_uri(page, known.docname)
    return f"{path}#{known.node_id}"


def _resolve(
    app: Sphinx, env: BuildEnvironment, node: addnodes.pending_xref, shown: nodes.Element
) -> nodes.Node | None:
    """Lead the types in signatures, and the errors that are raised, to their entries where there are some.

    Only these: a reference that somebody wrote into a page must arrive.
    """
    if node.get("refdomain") != "py" or not packages_described(env):
        return None
    in_signature = _within(node, addnodes.desc_signature)
    in_fields = _within(node, nodes.field)
    if not in_signature and not in_fields:
        return None
    target = str(node["reftarget"])
    full = _full_name(app, target.rpartition(".")[2], str(node.get("py:module", "")))
    if full and (to := _address(app, node.get("refdoc", env.docname), full)):
        return nodes.reference("", "", shown, refuri=to, internal=True)
    if in_signature or hasattr(builtins, target) or "." in target:  # an error of Python, or of NumPy
        return shown
    return None


def _within(node: nodes.Node, kind: type[nodes.Node]) -> bool:
    while node is not None:
        if isinstance(node, kind):
            return True
        node = node.parent
    return False


def _full_name(app: Sphinx, name: str, room: str) -> str:
    """Return the full name of a public name in this package, or in the only one that has it."""
    fulls = {full for full in _public_names(app).known.values() if full.rpartition(".")[2] == name}
    if f"{room}.{name}" in fulls:
        return f"{room}.{name}"
    return fulls.pop() if len(fulls) == 1 else ""


def _link(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Link names in the pages of the reference, and terms in lessons."""
    if app.builder.format != "html":
        return
    room = packages_described(app.env).get(page)
    if room:
        _link_names(app, doctree, page, room)
    elif question_of_page(page):
        _link_terms(app, doctree, page)


def _link_names(app: Sphinx, doctree: nodes.document, page: str, room: str) -> None:
    for literal in list(doctree.findall(nodes.literal)):
        name = literal.astext().removesuffix("()")
        full = "" if _within(literal, nodes.reference) else _full_name(app, name, room)
        if full and (to := _address(app, page, full)):
            link = nodes.reference("", "", refuri=to, internal=True)
            literal.replace_self(link)
            link += literal


def _link_terms(app: Sphinx, doctree: nodes.document, page: str) -> None:
    objects = app.env.get_domain("std").objects  # type: ignore[attr-defined]
    terms = {name: where for (kind, name), where in objects.items() if kind == "term"}
    pages = {anchor: to for to, anchor in terms.values()}
    anchors = {name: anchor for name, (_, anchor) in terms.items()}
    link_terms(
        doctree,
        anchors,
        lambda anchor: f"{app.builder.get_relative_uri(page, pages[anchor])}#{anchor}",
    )


def _link_code(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    described = packages_described(app.env)
    if doctree is None or not described or page in described or "body" not in context:
        return
    known = _public_names(app).known
    context["body"] = with_links(context["body"], known, lambda full: _address(app, page, full))
