"""Entries of a reference fold: the signature and what it is for stay in sight, the rest opens."""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

from nnutils.core.words import counted

__all__ = ["connect_entries", "fold_entries"]

_MADE_OF_CODE = (nodes.doctest_block, nodes.literal_block)


class _Rest(nodes.General, nodes.Element):  # type: ignore[misc]
    """What stands below the first paragraph of an entry, with its label."""


def connect_entries(app: Sphinx) -> None:
    """Have the rest of an entry written as a fold; called by the extension."""
    app.add_node(_Rest, html=(_visit, _depart))


def fold_entries(doctree: nodes.document) -> list[nodes.Element]:
    """Fold what stands below the first paragraph of each entry, and return what folds.

    The members of a class lie in the fold of the class, and have none of their own.
    """
    made: list[nodes.Element] = []
    for content in list(doctree.findall(addnodes.desc_content)):
        entry = content.parent
        outer = isinstance(entry.parent, addnodes.desc_content | _Rest)
        said = int(bool(content.children) and isinstance(content[0], nodes.paragraph))
        rest = content.children[said:]
        if outer or not any(isinstance(one, nodes.Element) and one.astext().strip() for one in rest):
            continue
        fold = _Rest("", *rest, label=_label(entry, rest))
        content.children = content.children[:said]
        content += fold
        made.append(fold)
    return made


def _label(entry: nodes.Element, rest: list[nodes.Node]) -> str:
    """Return the name of an entry and what its rest holds, such as "count: details, errors, example"."""
    names = [name.astext() for name in entry[0].findall(addnodes.desc_name)]
    members = sum(isinstance(one, addnodes.desc) for one in rest)
    others = (addnodes.desc, addnodes.index, nodes.field_list, *_MADE_OF_CODE)
    parts = [
        "details" * any(not isinstance(one, others) for one in rest),
        "errors" * any(isinstance(one, nodes.field_list) for one in rest),
        "example" * any(isinstance(one, _MADE_OF_CODE) for one in rest),
        counted(members, "member") if members else "",
    ]
    return f"{' '.join(names)}: {', '.join(filter(None, parts))}"


def _visit(self: Any, node: nodes.Element) -> None:
    self.body.append(f'<details class="fold entry">\n<summary>{escape(node["label"])}</summary>\n')


def _depart(self: Any, node: nodes.Element) -> None:
    self.body.append("</details>\n")
