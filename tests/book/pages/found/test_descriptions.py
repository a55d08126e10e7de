"""The description of a page is its first text: no title, label, formula, code, table or note."""

from __future__ import annotations

from docutils import nodes
from docutils.core import publish_doctree

from nnutils.book.pages.found.descriptions import LONGEST, description_of, first_sentences


def described(text: str) -> str:
    return description_of(publish_doctree(text, settings_overrides={"report_level": 5}))


def test_the_first_text_is_taken() -> None:
    text = """
Title
=====

**Part:** one. This is a label.

.. note:: Not this.

Let :math:`\\alpha` be small. Not this either.

==== ====
Not  this
==== ====

::

    not this

For :math:`K` classes
there is *one* answer. And ``this`` too.

Then a third.
"""
    assert described(text) == "For K classes there is one answer. And this too. Then a third."


def test_whole_sentences_up_to_the_limit() -> None:
    sentences = ["a" * 99 + ".", "b" * 99 + ".", "c."]
    assert first_sentences(sentences) == sentences[0], "two with the space between them are 201"
    assert first_sentences([sentences[0], sentences[1][1:], "c."]) == f"{sentences[0]} {sentences[1][1:]}"


def test_a_long_first_sentence_is_cut_between_words() -> None:
    cut = first_sentences(["word, " * 100])
    assert cut.endswith("word …") and len(cut) <= LONGEST


def test_an_abbreviation_in_a_sentence_is_not_its_end() -> None:
    text = "It is so (see e.g. there), and " + "long " * 40 + "ends. Next."
    assert described(text).startswith("It is so (see e.g. there), and long")


def test_a_page_without_text_has_none() -> None:
    assert described("") == "" and first_sentences([]) == ""
    assert description_of(nodes.document(None, None)) == ""  # type: ignore[arg-type]
