"""The directives of the reference: public names of a package, a list of packages, how a book is checked."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from nnutils.book.pages.auditing.statements import statements_in
from nnutils.book.pages.reference.checked import text_of_checks
from nnutils.book.pages.reference.entries import GROUPS, entry
from nnutils.book.pages.reference.rooms import PublicNames
from nnutils.book.runs.facts import read_facts, text_of_facts
from nnutils.book.runs.records import digest_of, holdings, notebooks_of, read_run, versions
from nnutils.core.errors import BookError

__all__ = ["HowChecked", "Packages", "PublicNamesDirective", "packages_described"]

_MANY = 3  # names that are listed above their entries


def packages_described(env: BuildEnvironment) -> dict[str, str]:
    """Return which package each page describes, by page; kept from one build to the next."""
    if not hasattr(env, "nn_packages"):
        env.nn_packages = {}  # type: ignore[attr-defined]
    known: dict[str, str] = env.nn_packages  # type: ignore[attr-defined]
    return known


class _Written(SphinxDirective):
    """A directive whose content is written here, as reStructuredText."""

    def parsed(self, text: str, parent: nodes.Element) -> nodes.Element:
        """Have text read as if it stood on the page."""
        self.state.nested_parse(StringList(text.splitlines(), source=self.name), 0, parent)
        return parent


class PublicNamesDirective(_Written):
    """The entries of a package's public names: ``.. public-names:: nnutils.core``.

    Written within ``{eval-rst}``. What the package passes on from others that are named after ``:from:`` is
    listed with links, and described there.
    """

    required_arguments = 1
    option_spec = {"from": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        """Return the text of the package and a section for each kind of name."""
        room = self.arguments[0]
        others = str(self.options.get("from", "")).split()
        try:
            names = PublicNames(others, door=room) if others else PublicNames([room])
        except ImportError as error:
            raise self.error(f"{room} cannot be described, for it cannot be imported: {error}") from None
        packages_described(self.env)[self.env.docname] = room
        said = inspect.getdoc(import_module(room)) or ""
        top = self.parsed(f".. py:module:: {room}\n\n{said}", nodes.Element())
        made: list[nodes.Node] = list(top.children)
        passed = names.passed_on(room)
        if passed:
            text = f"What it passes on from the packages: {_links(passed)}."
            made += self.parsed(text, nodes.Element()).children
        for kind, title in GROUPS.items():
            group = [name for name in names.of(room) if name.kind == kind]
            if group:
                section = nodes.section("", nodes.title(title, title), ids=[nodes.make_id(title)])
                parts = [f".. py:currentmodule:: {room}"]
                parts += [_links(f"{room}.{name.name}" for name in group)] if len(group) > _MANY else []
                parts += [entry(name) for name in group]
                made.append(self.parsed("\n\n".join(parts), section))
        return made


def _links(full_names: Iterable[str]) -> str:
    return ", ".join(f":py:obj:`{full.rpartition('.')[2]} <{full}>`" for full in full_names)


class Packages(_Written):
    """A table of packages with their first lines, those named one a line: ``.. packages::``."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        lines = [
            ".. list-table::",
            "   :header-rows: 1",
            "   :widths: auto",
            "",
            "   * - package",
            "     - what for",
        ]
        for room in " ".join(self.content).split():
            first = (inspect.getdoc(import_module(room)) or "").partition("\n")[0]
            lines += [f"   * - :py:mod:`{room}`", f"     - {first}"]
        return list(self.parsed("\n".join(lines), nodes.Element()).children)


class HowChecked(_Written):
    """What is known of the last full run of the tests, and of the files of the book: ``.. how-checked::``.

    ``.. how-checked:: FOLDER`` adds the facts that stand in the files of a folder of the book.
    """

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the text, made anew in each build."""
        book = Path(self.env.app.srcdir)
        self.env.note_reread()
        notebooks = notebooks_of(book)
        rows: list[dict[str, Any]] = [row for file in notebooks for row in statements_in(file)]
        held = holdings(book, (str(row["verdict"]) for row in rows))
        text = text_of_checks(read_run(book), held, versions(), digest_of(notebooks))
        if self.arguments:
            folder = book / self.arguments[0]
            for file in sorted(folder.glob("*.json")):
                self.env.note_dependency(str(file))
            try:
                text += "\n\n" + text_of_facts(read_facts(folder))
            except BookError as error:
                raise self.error(str(error)) from None
        return list(self.parsed(text, nodes.Element()).children)
