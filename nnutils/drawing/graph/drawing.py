"""A computation graph with values and adjoints in its nodes: from left to right, on a phone downwards."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import BoxStyle, Circle, FancyBboxPatch, Patch

from nnutils.core.errors import DrawingError
from nnutils.drawing.canvas import point_axes, write
from nnutils.drawing.describing import described
from nnutils.drawing.graph.nodes import KINDS, RADIUS, Shape, alt_text, font_size, read_edges, read_nodes
from nnutils.drawing.graph.plans import Plan, downwards, sideways
from nnutils.drawing.graph.routing import draw_edge
from nnutils.drawing.labels import Box
from nnutils.drawing.narrow import drawing_width, drawn, is_narrow
from nnutils.drawing.style import PALETTE, SMALL_FONT_SIZE, styled
from nnutils.drawing.text import text_size

__all__ = [
    "draw_graph",
]

_FOOTER = 26.0
_LEGEND_LINE = 17.0
_TITLE_SIZE = 12.0
_COLOURS = {"name": PALETTE.ink, "value": PALETTE.value_text, "adjoint": PALETTE.adjoint_text}


@drawn
def draw_graph(
    nodes: Iterable[Any],
    edges: Iterable[Any],
    *,
    digits: int = 4,
    legend: bool = True,
    backbone: bool = True,
    title: str | None = None,
    alt: str | None = None,
    ax: Axes | None = None,
) -> Figure:
    """Draw a directed acyclic graph from left to right, long edges in lanes of their own past the nodes.

    A node's column is given by the longest path that leads to it; inputs stand on the left, parameters and
    constants just before their first use.

    ``nodes`` are ``Node`` objects or any objects with ``id``, ``label`` and ``kind`` and, if they have them,
    ``name``, ``value``, ``adjoint`` and ``is_output``. ``edges`` are ``(from, to)``, ``(from, to, label)`` or
    objects with ``source`` and ``target``; an edge given twice is drawn twice. So the graph of a trace is
    drawn by ``draw_graph(graph.nodes, graph.edges)``.

    Numbers are written with ``digits`` digits after the point, arrays by their shape. Names of one letter and
    an index get a subscript ("v-1"); mathtext between dollar signs is kept.
    ``backbone`` keeps the longest path on one level line; without it every node stands among its neighbours,
    which suits parallel branches. The figure is 7 inches wide at most, unless the columns need more.
    On a phone the graph runs from top to bottom, and nodes that are too wide to stand side by side go to
    levels of their own. ``alt`` is the alternative text; without it, one is computed from the nodes and edges.

    Raises:
        DrawingError: no nodes, an id used twice, an unknown kind or node, an edge that is neither a pair nor
            a triple, a cycle, a value that is not finite, labels on edges that overlap, axes that are too
            small.

    >>> from nnutils.drawing import Node
    >>> nodes = [Node("x", "x", "input", 2.0, 12.0), Node("y", "square", "output", 4.0, 1.0)]
    >>> figure = draw_graph(nodes, [("x", "y"), ("x", "y")])
    >>> [text.get_text() for text in figure.axes[0].texts if text.get_gid() == "adjoint"]
    ['12', '1']
    """
    shapes = read_nodes(nodes, digits)
    links, labels = read_edges(edges, shapes)
    handles = _legend_handles(shapes) if legend else []
    room = 72 * drawing_width()
    rows = _rows_of_legend(handles, room) if is_narrow() else [handles] if handles else []
    least = max([0.0, *(_legend_width(row) for row in rows)])
    if is_narrow() and title:
        least = max(least, min(room, text_size(title, _TITLE_SIZE, "bold")[0] + 6))
    plan = (downwards if is_narrow() else sideways)(
        shapes, links, labels, backbone=backbone, least=least, most=room, footer=_footer(len(rows))
    )
    if not is_narrow():  # there each label has a place of its own
        _check_room(labels, plan)

    with styled():
        figure, axes = point_axes(plan.width, plan.height, title, ax, "draw_graph")
        for corners, spot, label in zip(plan.corners, plan.spots, labels, strict=True):
            draw_edge(axes, corners, plan.turn)
            if label:
                write(axes, spot, label, SMALL_FONT_SIZE, PALETTE.ink, gid="edge label", on_card=True)
        for shape, box in zip(shapes.values(), plan.boxes, strict=True):
            _draw_node(axes, shape, box)
        for number, row in enumerate(rows):
            _legend(axes, row, (len(rows) - 1 - number) * _LEGEND_LINE / plan.height)
    return described(figure, alt, ax, alt_text(shapes, links, labels, title))


def _check_room(labels: Sequence[str], plan: Plan) -> None:
    taken = [
        Box.around(spot, *text_size(label, SMALL_FONT_SIZE))
        for label, spot in zip(labels, plan.spots, strict=True)
        if label
    ]
    pairs = [*itertools.combinations(taken, 2), *itertools.product(taken, plan.boxes)]
    if any(a.overlap(b) for a, b in pairs):
        raise DrawingError(
            "draw_graph: the labels on the edges overlap.",
            remedy="Shorten them, or write them into the nodes as values: Node(..., value='128 × 128').",
        )


def _draw_node(axes: Axes, shape: Shape, box: Box) -> None:
    fill, is_round = KINDS[shape.kind]
    line: dict[str, Any] = {
        "facecolor": fill,
        "edgecolor": PALETTE.ink,
        "linewidth": 1.3,
        "zorder": 3,
        "gid": "node",
    }
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    if shape.circle:
        axes.add_patch(Circle((x, y), RADIUS, **line))
    else:
        corners = BoxStyle.Round(pad=0, rounding_size=7) if is_round else BoxStyle.Square(pad=0)
        axes.add_patch(FancyBboxPatch((box.x0, box.y0), shape.width, shape.height, boxstyle=corners, **line))
    sizes = [text_size(text, font_size(role))[1] for text, role in shape.lines]
    up = y + math.fsum(sizes) / 2
    for (text, role), size in zip(shape.lines, sizes, strict=True):
        write(axes, (x, up - size / 2), text, font_size(role), _COLOURS[role], gid=role)
        up -= size


def _legend_handles(shapes: Mapping[str, Shape]) -> list[Any]:
    """Explain the fills of the kinds that occur, and the lines of text in a node."""
    handles: list[Any] = []
    for kind, (fill, is_round) in KINDS.items():
        if kind != "operation" and any(shape.kind == kind for shape in shapes.values()):
            style: dict[str, Any] = {
                "marker": "o" if is_round else "s",
                "markersize": 9.0,
                "markeredgecolor": PALETTE.ink,
            }
            handles.append(Line2D([], [], linestyle="none", markerfacecolor=fill, label=kind, **style))
    used = {role for shape in shapes.values() for _, role in shape.lines}
    for number, role in enumerate((role for role in ("value", "adjoint") if role in used), start=2):
        handles.append(Patch(facecolor="none", edgecolor="none", label=f"line {number}: {role}", gid=role))
    return handles


def _legend_width(handles: Sequence[Any]) -> float:
    return math.fsum(text_size(str(handle.get_label()), SMALL_FONT_SIZE)[0] + 34 for handle in handles)


def _rows_of_legend(handles: Sequence[Any], room: float) -> list[list[Any]]:
    """Distribute the entries of the legend over rows that fit."""
    rows: list[list[Any]] = []
    for handle in handles:
        if not rows or _legend_width([*rows[-1], handle]) > room:
            rows.append([])
        rows[-1].append(handle)
    return rows


def _footer(rows: int) -> float:
    return _FOOTER + (rows - 1) * _LEGEND_LINE if rows else 0.0


def _legend(axes: Axes, handles: Sequence[Any], up: float) -> None:
    """Write one row of the legend, this share of the drawing's height above its lower edge."""
    made = axes.legend(
        handles=handles,
        loc="lower center",
        **({"bbox_to_anchor": (0.5, up)} if up else {}),
        ncols=len(handles),
        borderpad=0,
        borderaxespad=0,
        handlelength=0.9,
        handletextpad=0.5,
        columnspacing=1.0,
    )
    if up:  # another row follows, which would take its place
        axes.add_artist(made)
    for text, handle in zip(made.get_texts(), handles, strict=True):
        text.set_color(_COLOURS.get(handle.get_gid(), PALETTE.ink))
