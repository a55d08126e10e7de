"""A computation graph from left to right, with values and adjoints in its nodes."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import BoxStyle, Circle, FancyBboxPatch, Patch

from nnutils.core.errors import DrawingError
from nnutils.drawing.canvas import point_axes, write
from nnutils.drawing.graph.layering import Layering, Place, arrange
from nnutils.drawing.graph.nodes import KINDS, RADIUS, Shape, font_size, read_edges, read_nodes
from nnutils.drawing.graph.routing import Route, draw_route, label_places, place_columns, routes
from nnutils.drawing.graph.rows import rows
from nnutils.drawing.style import PALETTE, SMALL_FONT_SIZE, WIDTH, styled
from nnutils.drawing.text import Box, text_size

__all__ = [
    "draw_graph",
]

_MARGIN = 10.0
_ROW_GAP = 15.0
_LANE = 8.0
_FOOTER = 26.0
_COLOURS = {"name": PALETTE.ink, "value": PALETTE.value_text, "adjoint": PALETTE.adjoint_text}


def draw_graph(
    nodes: Iterable[Any],
    edges: Iterable[Any],
    *,
    digits: int = 4,
    parameters: Collection[str] = (),
    values: bool = True,
    legend: bool = True,
    backbone: bool = True,
    title: str | None = None,
    ax: Axes | None = None,
) -> Figure:
    """Draw a directed acyclic graph from left to right, long edges in lanes of their own past the nodes.

    A node's column is given by the longest path that leads to it; inputs stand on the left, parameters and
    constants just before their first use.

    ``nodes`` are ``Node`` objects, mappings with the same keys, or any objects with ``id``, ``label`` and
    ``kind`` and, if they have them, ``name``, ``value``, ``adjoint`` and ``is_output``. ``edges`` are
    ``(from, to)``, ``(from, to, label)`` or objects with ``source`` and ``target``; an edge given twice is
    drawn twice. So the graph of a trace is drawn by ``draw_graph(graph.nodes, graph.edges)``. ``parameters``
    lists the inputs, by id or name, that are to be drawn as parameters.

    Numbers are written with ``digits`` digits after the point, arrays by their shape; ``values=False`` leaves
    them out. Names of one letter and an index get a subscript ("v-1"); mathtext between dollar signs is kept.
    ``backbone`` keeps the longest path on one level line; without it every node stands among its neighbours,
    which suits parallel branches. The figure is 7 inches wide at most, unless the columns need more.

    Raises:
        DrawingError: no nodes, an id used twice, an unknown kind or node, an edge that is none, a cycle, a
            value that is not finite, labels on edges that find no room, axes that are too small.

    >>> from nnutils.drawing import Node
    >>> nodes = [Node("x", "x", "input", 2.0, 12.0), Node("y", "square", "output", 4.0, 1.0)]
    >>> figure = draw_graph(nodes, [("x", "y"), ("x", "y")])
    >>> [text.get_text() for text in figure.axes[0].texts if text.get_gid() == "adjoint"]
    ['12.0000', '1.0000']
    """
    shapes = read_nodes(nodes, digits, values, parameters)
    links, labels = read_edges(edges, shapes)
    layering = arrange(list(shapes), links, [name for name, shape in shapes.items() if shape.kind == "input"])
    if not backbone:
        layering = replace(layering, spine=frozenset())
    handles = _legend_handles(shapes) if legend else []
    least = math.fsum(text_size(str(handle.get_label()), SMALL_FONT_SIZE)[0] + 34 for handle in handles)
    widths = {(name, -1): shape.width for name, shape in shapes.items()}
    columns = place_columns(layering, widths, labels, least, 72 * WIDTH)
    lanes, height = _lanes(layering, shapes, _FOOTER if handles else 0.0)
    boxes = {
        place: Box.around((columns.centres[column], y), shapes[place[0]].width, shapes[place[0]].height)
        for (column, place), y in lanes.items()
        if place[1] < 0
    }
    round_nodes = {(name, -1) for name, shape in shapes.items() if shape.circle}
    drawn = routes(layering, columns, lanes, boxes, round_nodes)
    spots = _label_spots(labels, drawn, boxes)

    with styled():
        figure, axes = point_axes(columns.width, height, title, ax, "draw_graph")
        for route, spot, label in zip(drawn, spots, labels, strict=True):
            draw_route(axes, route)
            if label:
                write(axes, spot, label, SMALL_FONT_SIZE, PALETTE.ink, gid="edge label", on_card=True)
        for name, shape in shapes.items():
            _draw_node(axes, shape, boxes[name, -1])
        if handles:
            _legend(axes, handles)
    return figure


def _lanes(
    layering: Layering, shapes: Mapping[str, Shape], footer: float
) -> tuple[dict[tuple[int, Place], float], float]:
    """The height at which each node and each lane of a long edge stands, and the height of the whole."""
    heights = {(name, -1): shape.height for name, shape in shapes.items()}
    down = rows(layering, lambda place: heights.get(place, _LANE), _ROW_GAP)
    top = min(y - heights.get(place, _LANE) / 2 for (_, place), y in down.items())
    bottom = max(y + heights.get(place, _LANE) / 2 for (_, place), y in down.items())
    height = bottom - top + 2 * _MARGIN + footer
    return {key: height - _MARGIN - (y - top) for key, y in down.items()}, height


def _label_spots(
    labels: Sequence[str], drawn: Sequence[Route], boxes: Mapping[Place, Box]
) -> list[tuple[float, float]]:
    spots, overlap = label_places(labels, drawn, list(boxes.values()))
    if overlap:
        raise DrawingError(
            "draw_graph: the labels on the edges find no room beside one another.",
            remedy="Shorten them, or write them into the nodes as values: Node(..., value='128 × 128').",
        )
    return spots


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
    """What the fills mean, for the kinds that occur, and what the lines in a node are."""
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


def _legend(axes: Axes, handles: Sequence[Any]) -> None:
    made = axes.legend(
        handles=handles,
        loc="lower center",
        ncols=len(handles),
        borderpad=0,
        borderaxespad=0,
        handlelength=0.9,
        handletextpad=0.5,
        columnspacing=1.0,
    )
    for text, handle in zip(made.get_texts(), handles, strict=True):
        text.set_color(_COLOURS.get(handle.get_gid(), PALETTE.ink))
