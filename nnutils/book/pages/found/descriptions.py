"""The description of a page: its first sentences, as search engines and previews of links show them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docutils import nodes

__all__ = ["LONGEST", "description_of", "first_sentences"]

LONGEST = 200
"""Letters. What is longer is cut by those who show it."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[^a-z])")
_NOT_TEXT = (
    nodes.Admonition,
    nodes.table,
    nodes.figure,
    nodes.literal_block,
    nodes.comment,
    nodes.footnote,
    nodes.citation,
)


def description_of(page: nodes.document) -> str:
    """Return the first sentences of a page, without its title; empty for a page without any."""
    sentences: list[str] = []
    for text in _paragraphs(page):
        sentences += _SENTENCE_END.split(text)
        if sum(map(len, sentences)) > LONGEST:
            break
    return first_sentences(sentences)


def first_sentences(sentences: list[str], longest: int = LONGEST) -> str:
    """Return as many whole sentences as fit; the first, cut between two words, where it does not.

    >>> first_sentences(["One layer.", "Two layers.", "A sentence that does not fit any more."], 25)
    'One layer. Two layers.'
    >>> first_sentences(["A sentence that is too long."], 15)
    'A sentence …'
    """
    chosen = ""
    for sentence in sentences:
        longer = f"{chosen} {sentence}".strip()
        if len(longer) > longest:
            break
        chosen = longer
    if chosen or not sentences:
        return chosen
    return f"{sentences[0][: longest - 2].rpartition(' ')[0].rstrip(',;:')} …"


def _paragraphs(page: nodes.document) -> Iterator[str]:
    for paragraph in page.findall(nodes.paragraph):
        if any(isinstance(one, _NOT_TEXT) for one in _around(paragraph)):
            continue
        if any(True for _ in paragraph.findall(_is_formula)) or _is_label(paragraph):
            continue
        text = " ".join(paragraph.astext().split())
        if text:
            yield text


def _is_formula(node: nodes.Node) -> bool:
    """Return whether a node would be read out as LaTeX or HTML; a single letter reads as it stands."""
    return isinstance(node, (nodes.math, nodes.math_block, nodes.raw)) and not node.astext().isalnum()


def _is_label(paragraph: nodes.paragraph) -> bool:
    """Return whether a paragraph begins with a word in bold and a colon: facts about the page."""
    first = paragraph.children[0] if paragraph.children else None
    return isinstance(first, nodes.strong) and first.astext().endswith(":")


def _around(node: nodes.Node) -> Iterator[nodes.Node]:
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent
