"""What folds of an entry: all but its first paragraph."""

from __future__ import annotations

import pytest
from docutils import nodes, utils
from sphinx import addnodes

from nnutils.book.pages.folding.entries import fold_entries


def entry(*content: nodes.Node) -> tuple[nodes.document, addnodes.desc_content]:
    """A document with the description of a function."""
    doctree = utils.new_document("page")
    inside = addnodes.desc_content("", *content)
    doctree += addnodes.desc("", addnodes.desc_signature("", "", addnodes.desc_name("", "count")), inside)
    return doctree, inside


def paragraph(text: str) -> nodes.paragraph:
    return nodes.paragraph(text, text)


@pytest.mark.parametrize(
    ("content", "kept", "folded"),
    [
        ([paragraph("Says what.")], ["Says what."], None),
        ([paragraph("Says what."), paragraph("And more.")], ["Says what."], "And more."),
        ([nodes.literal_block("x", "x")], [], "x"),
        ([], [], None),
    ],
)
def test_the_first_paragraph_stays_and_the_rest_folds(
    content: list[nodes.Node], kept: list[str], folded: str | None
) -> None:
    doctree, inside = entry(*content)
    made = fold_entries(doctree)
    assert [fold.astext() for fold in made] == ([] if folded is None else [folded])
    assert [each.astext() for each in inside.children if each not in made] == kept
