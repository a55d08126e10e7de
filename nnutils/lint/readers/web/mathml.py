"""MathML in plain notation."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nnutils.lint.readers.latex.grids import grid_strand
from nnutils.lint.readers.latex.rows import UNREADABLE, called, end_place, fraction
from nnutils.lint.readers.latex.scripts import scripts_strand
from nnutils.lint.readers.placed import Placed, Strand, strand_text, trimmed

__all__ = ["DEEPEST", "Node", "mathml_strand", "tex_of"]

DEEPEST = 60
"""So many elements may stand inside one another; what is deeper is unreadable."""

_BLANK = re.compile(r"\s+")
_SIGNS = {"-": "−", "∗": "*", "⋅": "·", "∣": "|", "\u2061": "", "\u2062": "", "\u2063": "", "\u2064": ""}
_ACCENTS = {
    "¯": "\u0304", "ˉ": "\u0304", "‾": "\u0304", "^": "\u0302", "ˆ": "\u0302", "~": "\u0303",
    "˜": "\u0303", "˙": "\u0307", ".": "\u0307", "¨": "\u0308", "→": "\u20d7", "⃗": "\u20d7", "_": "\u0332",
}  # fmt: skip
_SKIPPED = frozenset(
    {"annotation", "annotation-xml", "mphantom", "maligngroup", "malignmark", "none", "mprescripts"}
)


@dataclass
class Node:
    """An element of MathML: its name, where it begins, and what stands in it."""

    name: str
    place: int
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    text: list[Placed] = field(default_factory=list)


def tex_of(node: Node) -> Placed | None:
    """Return the formula of LaTeX from which MathML was made, if it says so."""
    for child in node.children:
        if (
            child.name == "annotation"
            and "tex" in child.attributes.get("encoding", "").lower()
            and child.text
        ):
            return child.text[0]
        if child.name == "semantics" and (found := tex_of(child)) is not None:
            return found
    return None


def mathml_strand(node: Node, depth: int = 0) -> Strand:
    """Return an element in plain notation.

    >>> from nnutils.lint.readers.placed import placed
    >>> two, three = (Node("mn", 0, text=[placed(digit)]) for digit in "23")
    >>> strand_text(mathml_strand(Node("msup", 0, children=[two, Node("mfrac", 0, children=[two, three])])))
    '2^(((2)/(3)))'
    """
    if depth > DEEPEST:
        return [(UNREADABLE, node.place)]
    name, place = node.name, node.place
    if name in _SKIPPED:
        return []
    if node.text and not node.children:
        return _leaf(node)
    if name == "mtable":
        rows = [[_row(cell.children, depth + 1) for cell in row.children] for row in node.children]
        return grid_strand("aligned" if _is_aligned(node) else "matrix", rows, place)
    if name == "mspace":
        wide = re.match(r"[\d.]+", node.attributes.get("width", ""))
        return [
            (
                "\N{EM SPACE}" if wide and wide[0].strip(".") and float(wide[0].rstrip(".")) >= 1 else " ",
                place,
            )
        ]
    if name in ("mrow", "math", "semantics", "mstyle", "mpadded", "menclose", "mtd", "merror", "maction"):
        return _row(node.children, depth + 1)
    parts = [mathml_strand(child, depth + 1) for child in node.children]
    first, second, third = [*parts, [], [], []][:3]
    if name == "mfrac":
        if node.attributes.get("linethickness", "").strip("0.pxemt ") == "" and node.attributes.get(
            "linethickness"
        ):
            return called("binom", [first, second], place)
        return fraction(first, second, place)
    if name == "msqrt":
        inside = _row(node.children, depth + 1)
        return [("√(", place), *inside, (")", end_place(inside, place))]
    if name == "mroot":
        return called("root", [second, first], place)
    if name in ("msup", "msub", "msubsup", "munder", "mover", "munderover"):
        return _scripted(name, first, second, third, place)
    return _row(node.children, depth + 1)


def _leaf(node: Node) -> Strand:
    made: Strand = []
    for part in node.text:
        for sign, place in zip(part.text, part.places, strict=True):
            if node.name in ("mtext", "ms"):
                made.append((" " if sign.isspace() else sign, place))
            elif not sign.isspace():
                made.append((_SIGNS.get(sign, sign) if node.name == "mo" else sign, place))
    if node.name == "mi" and len(strand_text(made)) > 1:
        made = [*made, ("", end_place(made, node.place))]
    return made


def _row(nodes: list[Node], depth: int) -> Strand:
    """Return elements beside each other; words and relations get blanks around them."""
    made: Strand = []
    for node in nodes:
        part = mathml_strand(node, depth)
        text = strand_text(part)
        last = made[-1][0][-1:] if made and made[-1][0] else strand_text(made[-4:])[-1:]
        word = node.name in ("mi", "mtext") and len(text.strip()) > 1
        relation = node.name == "mo" and text in (
            "=",
            "≈",
            "≤",
            "≥",
            "<",
            ">",
            "≠",
            "→",
            "⇒",
            "+",
            "−",
            "×",
            "·",
            "*",
        )
        if text and made and last.isalnum() and text[:1].isalnum() and (word or _ends_name(nodes, node)):
            made.append((" ", part[0][1]))
        if relation and last and not last.isspace() and (last.isalnum() or last in ")]}|⌋⌉"):
            part = [(" ", part[0][1]), *part, (" ", part[-1][1])]
        made += part
    return made


def _ends_name(nodes: list[Node], node: Node) -> bool:
    """Return whether the element before is a word, or ends with something lowered."""
    before = nodes[nodes.index(node) - 1]
    if before.name in ("msub", "msubsup", "munder"):
        return True
    return before.name in ("mi", "mtext") and sum(len(part.text.strip()) for part in before.text) > 1


def _scripted(name: str, base: Strand, second: Strand, third: Strand, place: int) -> Strand:
    text = strand_text(second).strip()
    if name == "mover" and text in _ACCENTS:
        return [*base, (_ACCENTS[text], end_place(second, place))]
    base_text = strand_text(base).strip()
    if name in ("munder", "mover") and not re.fullmatch(r"[∑∏∫⋃⋂]|[a-z ]{2,7}", base_text):
        return base  # the label of a brace or an arrow
    lowered = second if name in ("msub", "msubsup", "munder", "munderover") else []
    raised = third if name in ("msubsup", "munderover") else second if name in ("msup", "mover") else []
    marked = [[("", end_place(part, place)), *trimmed(part)] if part else [] for part in (lowered, raised)]
    return [*base, *scripts_strand(base_text[-1:], *[[part] if part else [] for part in marked])]


def _is_aligned(node: Node) -> bool:
    """Return whether a table is aligned formulas rather than a matrix: second cells begin with a relation."""
    align = node.attributes.get("columnalign", "") + node.attributes.get("class", "")
    second = [
        strand_text(_row(row.children[1].children, 0)).strip()
        for row in node.children
        if len(row.children) > 1
    ]
    return "right left" in align or (bool(second) and all(text[:1] in "=≈≤≥<>≠→⇒" for text in second if text))
