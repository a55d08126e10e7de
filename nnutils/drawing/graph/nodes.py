"""What a drawn graph consists of: its nodes with their lines of text, measured, and its edges, checked."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nnutils.core.errors import DrawingError
from nnutils.drawing.alt_texts import graph_text
from nnutils.drawing.style import FONT_SIZE, PALETTE
from nnutils.drawing.text import drawn_number, subscripted, text_size

__all__ = [
    "KINDS",
    "Node",
    "RADIUS",
    "Shape",
    "alt_text",
    "font_size",
    "read_edges",
    "read_nodes",
]

RADIUS = 17.0

KINDS: dict[str, tuple[str, bool]] = {
    "input": (PALETTE.blue_tint, True),
    "parameter": (PALETTE.orange_tint, False),
    "constant": (PALETTE.grey_tint, False),
    "operation": (PALETTE.white, True),
    "output": (PALETTE.green_tint, True),
}
"""The fill of each kind of node, and whether its corners are round."""


@dataclass(frozen=True)
class Node:
    """One node: a kind from ``KINDS``, a label, perhaps a value and an adjoint (numbers, text or arrays)."""

    id: str
    label: str
    kind: str = "operation"
    value: Any = None
    adjoint: Any = None


@dataclass(frozen=True)
class Shape:
    """A node ready to draw: its lines of text with their roles, and its size in points.

    ``name`` is what an edge calls it: the name of the variable, or else the label.
    """

    name: str
    lines: tuple[tuple[str, str], ...]
    kind: str
    width: float
    height: float
    circle: bool


def font_size(role: str) -> float:
    """Return the size of a line of text in a node, in points."""
    return FONT_SIZE + 1 if role == "name" else FONT_SIZE


def read_nodes(nodes: Iterable[Any], digits: int) -> dict[str, Shape]:
    """Return the nodes by id, in the order given, measured.

    Raises:
        DrawingError: no nodes, a node without id, label or kind, an id used twice, an unknown kind, a value
            that is not finite.
    """
    shapes: dict[str, Shape] = {}
    for node in nodes:
        missing = [key for key in ("id", "label", "kind") if getattr(node, key, None) is None]
        if missing:
            raise DrawingError(
                f"draw_graph: the node {node!r} has no {missing[0]!r}.",
                remedy="A node needs 'id', 'label' and 'kind': use Node(...).",
            )
        name, label, kind = str(node.id), str(node.label), str(node.kind)
        if name in shapes:
            raise DrawingError(
                f"draw_graph: two nodes have the id {name!r}.", remedy="Give every node an id of its own."
            )
        if kind == "operation" and getattr(node, "is_output", False):
            kind = "output"
        if kind not in KINDS:
            raise DrawingError(
                f"draw_graph: node {name!r} is of the unknown kind {kind!r}.",
                remedy=f"Use one of {', '.join(map(repr, KINDS))}.",
            )
        lines = [(_heading(node, label), "name")]
        for role in ("value", "adjoint"):
            number = getattr(node, role, None)
            if number is not None and not (kind == "constant" and _same_number(label, number)):
                lines.append((_written(number, digits, f"draw_graph: the {role} of node {name!r}"), role))
        shapes[name] = _measured(str(getattr(node, "name", None) or label), lines, kind)
    if not shapes:
        raise DrawingError("draw_graph: there is no node to draw.", remedy="Give at least one node.")
    return shapes


def _heading(node: Any, label: str) -> str:
    """Return the label, after the name of the variable if the node has a name of its own."""
    label, name = subscripted(label), subscripted(str(getattr(node, "name", None) or ""))
    return label if name in ("", label) else f"{name}: {label}"


def _same_number(label: str, number: Any) -> bool:
    try:
        return float(label.replace("−", "-")) == float(number)
    except (TypeError, ValueError):
        return False


def _written(number: Any, digits: int, what: str) -> str:
    if isinstance(number, str):
        return number
    shape = getattr(number, "shape", ())
    return str(tuple(shape)) if len(shape) else drawn_number(number, digits=digits, what=what)


def _measured(name: str, lines: Sequence[tuple[str, str]], kind: str) -> Shape:
    """Choose a circle for a short name alone, a box for everything else."""
    sizes = [text_size(text, font_size(role)) for text, role in lines]
    width, height = max(size[0] for size in sizes), math.fsum(size[1] for size in sizes)
    short = len(lines) == 1 and "\n" not in lines[0][0] and width <= 2 * RADIUS - 10
    if KINDS[kind][1] and short:
        return Shape(name, tuple(lines), kind, 2 * RADIUS, 2 * RADIUS, circle=True)
    box = max(2 * RADIUS, width + 12), max(2 * RADIUS - 4, height + 10)
    return Shape(name, tuple(lines), kind, *box, circle=False)


def read_edges(edges: Iterable[Any], shapes: Mapping[str, Shape]) -> tuple[list[tuple[str, str]], list[str]]:
    """Return both ends of each edge, and its label ("" for none).

    Raises:
        DrawingError: an edge that is neither a pair nor a triple, an edge from or to an unknown node.
    """
    links, labels = [], []
    for edge in edges:
        parts = (edge.source, edge.target) if hasattr(edge, "source") and hasattr(edge, "target") else edge
        if isinstance(parts, str) or not isinstance(parts, Sequence) or len(parts) not in (2, 3):
            raise DrawingError(
                f"draw_graph: {edge!r} is not an edge.", remedy="Use (from, to) or (from, to, label)."
            )
        start, end = str(parts[0]), str(parts[1])
        for name in (start, end):
            if name not in shapes:
                raise DrawingError(
                    f"draw_graph: the edge {start!r} -> {end!r} names {name!r}, but no node has this id.",
                    remedy=f"The nodes are {', '.join(map(repr, shapes))}.",
                )
        links.append((start, end))
        labels.append(str(parts[2]) if len(parts) == 3 and parts[2] is not None else "")
    return links, labels


def alt_text(
    shapes: Mapping[str, Shape], links: Sequence[tuple[str, str]], labels: Sequence[str], title: str | None
) -> str:
    """Return the alternative text of a graph: what is written in its nodes and on its edges."""
    nodes = []
    for shape in shapes.values():
        (heading, _), *more = shape.lines
        words = [f"adjoint {text}" if role == "adjoint" else text for text, role in more]
        nodes.append((shape.kind, heading, ", ".join(words)))
    ends = [(shapes[start].name, shapes[end].name) for start, end in links]
    return graph_text(nodes, [(*pair, label) for pair, label in zip(ends, labels, strict=True)], title=title)
