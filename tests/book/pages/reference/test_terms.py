"""Links from terms: the first use in running text, and nowhere else."""

from __future__ import annotations

from docutils import nodes
from docutils.core import publish_doctree

from nnutils.book.pages.reference.terms import LINK, link_terms

TERMS = {
    "kernel": "t-kernel",
    "feature map": "t-map",
    "map": "t-word",
    "dense layer": "t-dense",
    "linear layer": "t-dense",
}


def linked(text: str) -> list[tuple[str, str]]:
    """Return the words that are linked in a text, and their addresses."""
    tree = publish_doctree(text)
    before = tree.astext()
    number = link_terms(tree, TERMS, lambda anchor: f"glossary.html#{anchor}")
    assert tree.astext() == before  # no word is lost or added
    found = [one for one in tree.findall(nodes.reference) if LINK in one["classes"]]
    assert number == len(found)
    return [(one.astext(), one["refuri"].partition("#")[2]) for one in found]


def test_the_first_use_is_linked_in_the_plural_too() -> None:
    assert linked("Kernels are small. A kernel slides.") == [("Kernels", "t-kernel")]


def test_the_longest_term_counts() -> None:
    assert linked("A feature map, and a map.") == [("feature map", "t-map"), ("map", "t-word")]


def test_terms_of_one_entry_are_linked_once() -> None:
    assert linked("A linear layer is a dense layer.") == [("linear layer", "t-dense")]


def test_emphasis_and_lists_are_text() -> None:
    assert linked("- A *kernel*.\n- A **map**.") == [("kernel", "t-kernel"), ("map", "t-word")]


def test_headings_code_links_and_parts_of_words_are_no_uses() -> None:
    text = "Kernel\n======\n\n``kernel``, `kernel <x.html>`__, mapping, sub-kernel.\n\n::\n\n    kernel\n"
    assert linked(text) == []


def test_without_a_glossary_nothing_is_linked() -> None:
    assert link_terms(publish_doctree("A kernel."), {}, str) == 0
