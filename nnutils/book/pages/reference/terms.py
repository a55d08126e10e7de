"""Links from the text of lessons to the glossary: the first use of each term on a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from docutils import nodes

__all__ = ["LINK", "link_terms", "pattern_of"]

LINK = "term-link"
"""The class of a link from a term."""

_NOT_IN = (
    nodes.title,
    nodes.rubric,
    nodes.reference,
    nodes.literal,
    nodes.literal_block,
    nodes.math,
    nodes.caption,
    nodes.raw,
    nodes.table,
    nodes.footnote,
    nodes.citation,
    nodes.TextElement,
)
_IN = (nodes.paragraph, nodes.emphasis, nodes.strong, nodes.inline)


def pattern_of(terms: Iterable[str]) -> re.Pattern[str]:
    """Return what finds these terms in text, in the singular and in a regular plural, the longest first.

    >>> pattern_of(["unit", "feature map"]).findall("Two feature maps, a united unit.")
    ['feature maps', 'unit']
    """
    listed = "|".join(re.escape(term) for term in sorted(terms, key=lambda term: (-len(term), term)))
    return re.compile(rf"(?<![\w-])(?:{listed})(?:s|es)?(?![\w-])", re.IGNORECASE)


def link_terms(doctree: nodes.Element, terms: Mapping[str, str], address: Callable[[str], str]) -> int:
    """Link the first use of each entry of the glossary in the text of a page; return the number of links.

    ``terms`` holds the anchor of each term's entry. Terms with the same entry count as one: its first use is
    linked. Headings, code, formulas, tables and links stay as they are.
    """
    if not terms:
        return 0
    pattern, anchors = pattern_of(terms), {term.lower(): anchor for term, anchor in terms.items()}
    linked: set[str] = set()
    for text in list(_texts(doctree)):
        made: list[nodes.Node] = []
        said, end = text.astext(), 0
        for found in pattern.finditer(said):
            anchor = _anchor(found[0].lower(), anchors)
            if anchor in linked:
                continue
            linked.add(anchor)
            link = nodes.reference(
                "", "", nodes.Text(found[0]), refuri=address(anchor), internal=True, classes=[LINK]
            )
            made += [nodes.Text(said[end : found.start()]), link]
            end = found.end()
        if made:
            text.parent.replace(text, [*made, nodes.Text(said[end:])])
    return len(linked)


def _anchor(spelling: str, anchors: Mapping[str, str]) -> str:
    return next(anchors[one] for one in (spelling, spelling[:-1], spelling[:-2]) if one in anchors)


def _texts(doctree: nodes.Element) -> Iterator[nodes.Text]:
    """Yield the pieces of running text, in the order of the page."""
    for text in doctree.findall(nodes.Text):
        node, paragraph = text.parent, False
        while node is not None and not isinstance(node, nodes.document):
            paragraph = paragraph or isinstance(node, nodes.paragraph)
            if not isinstance(node, _IN) and isinstance(node, _NOT_IN):
                break
            node = node.parent
        else:
            if paragraph:
                yield text
