"""A multilayer perceptron as circles and lines, with its weights written on the lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import BoxStyle, Circle, FancyBboxPatch

from nnutils.core.errors import DrawingError
from nnutils.drawing.alt_texts import mlp_text
from nnutils.drawing.canvas import Point, point_axes, write
from nnutils.drawing.describing import described
from nnutils.drawing.mlp.places import Edge, Plan, bias_spot, columns, rows
from nnutils.drawing.mlp.reading import headings_for, matrices, names_of
from nnutils.drawing.narrow import drawing_width, drawn, is_narrow
from nnutils.drawing.style import FONT_SIZE, PALETTE, SMALL_FONT_SIZE, styled
from nnutils.drawing.text import drawn_number

__all__ = [
    "draw_mlp",
]

_MOST_LABELS = 60
"""More weights than this cannot be told apart at the width of a page."""
_SOLID: Any = "-"
_DASHED: Any = (0.0, (4.5, 2.2))


@drawn
def draw_mlp(
    layers: Sequence[Any],
    input_names: Sequence[str] | None = None,
    hidden_names: Sequence[str] | Sequence[Sequence[str]] | None = None,
    output_names: Sequence[str] | None = None,
    *,
    headings: Sequence[str] | None = None,
    weight_labels: bool = True,
    width: float = 6.0,
    title: str | None = None,
    alt: str | None = None,
    ax: Axes | None = None,
) -> Figure:
    """Draw a fully connected network with the weights on its edges; an edge of weight 0 is left out.

    ``layers`` lists one entry for each layer of weights: ``W`` or ``(W, b)`` with y = W x + b, so that ``W``
    has one row for each output and one column for each input. A positive weight is a solid blue line, a
    negative one a dashed red line; a bias that is not zero stands below its unit. Fractions are written as
    fractions. Names of letters and an index get a subscript ("h1"); names of one hidden layer may be given as
    one flat list. ``width`` is in inches; with ``ax`` the picture fills that axes. On a phone the layers
    stand below each other, whatever the width. ``alt`` is the alternative
    text; without it, one is computed from the weights.

    Raises:
        DrawingError: a matrix that is not two-dimensional, shapes that do not follow one another, a number
            that is not finite, the wrong number of names, more labels than can be read, axes that are too
            small.

    >>> W1 = [[1, 0], [0, 1], [1, -1]]
    >>> W2 = [[1, 0, -1], [0, 1, 1]]
    >>> figure = draw_mlp([W1, W2], ["x1", "x2"], ["h1", "h2", "h3"], ["y1", "y2"])
    >>> len([text for text in figure.axes[0].texts if text.get_gid() == "weight"])
    8
    """
    weights, biases = matrices(layers)
    widths = [weights[0].shape[1], *(matrix.shape[0] for matrix in weights)]
    names = names_of(widths, input_names, hidden_names, output_names)
    headings = headings_for(len(widths), headings)
    edges = [
        Edge(layer, start, end, matrix[end, start])
        for layer, matrix in enumerate(weights)
        for end, start in np.ndindex(*matrix.shape)
        if matrix[end, start] != 0
    ]
    bias_texts = [[""] * widths[0]] + [[f"b = {drawn_number(b)}" if b else "" for b in bs] for bs in biases]

    if weight_labels and len(edges) > _MOST_LABELS:
        raise DrawingError(
            f"draw_mlp: {len(edges)} weight labels cannot be read in one picture; {_MOST_LABELS} can.",
            remedy="Use weight_labels=False, or draw a part of the network.",
        )
    plan = None
    if is_narrow():
        room = 72 * drawing_width()
        plan = rows(edges, names, bias_texts, headings, room, weight_labels=weight_labels)
    if plan is None:
        plan = columns(edges, widths, bias_texts, headings, 72 * width, weight_labels=weight_labels)

    with styled():
        figure, axes = point_axes(plan.width, plan.height, title, ax, "draw_mlp")
        for number, edge in enumerate(edges):
            _draw_edge(axes, edge, plan.spots, plan.labels[number] if plan.labels else None)
        for layer, heading in enumerate(headings):
            _draw_layer(axes, plan, layer, names[layer])
            text = write(axes, plan.headings[layer], heading, SMALL_FONT_SIZE, PALETTE.muted)
            if plan.upright:
                text.set(rotation=90, va="center", y=plan.headings[layer][1])
        _legend(axes, edges, columns=1 if plan.upright else 2)
    links = [(names[e.layer][e.start], names[e.layer + 1][e.end], e.weight) for e in edges]
    shifts = [
        (name, b)
        for units, bs in zip(names[1:], biases, strict=True)
        for name, b in zip(units, bs, strict=True)
        if b
    ]
    return described(figure, alt, ax, mlp_text(names, links, shifts, title))


def _draw_edge(axes: Axes, edge: Edge, spots: Sequence[Sequence[Point]], label: Point | None) -> None:
    (x0, y0), (x1, y1) = spots[edge.layer][edge.start], spots[edge.layer + 1][edge.end]
    positive = edge.weight > 0
    colour, style = (PALETTE.positive, _SOLID) if positive else (PALETTE.negative, _DASHED)
    axes.add_line(
        Line2D([x0, x1], [y0, y1], color=colour, linestyle=style, linewidth=1.6, zorder=1, gid="edge")
    )
    if label is not None:
        text_colour = PALETTE.value_text if positive else PALETTE.adjoint_text
        write(axes, label, drawn_number(edge.weight), FONT_SIZE, text_colour, gid="weight", on_card=True)


def _draw_layer(axes: Axes, plan: Plan, layer: int, names: Sequence[str]) -> None:
    last = len(plan.spots) - 1
    fill = PALETTE.blue_tint if layer == 0 else PALETTE.green_tint if layer == last else PALETTE.white
    outline: dict[str, Any] = {"edgecolor": PALETTE.ink, "linewidth": 1.3, "zorder": 3}
    for spot, name, bias in zip(plan.spots[layer], names, plan.biases[layer], strict=True):
        x, y, wide = spot[0], spot[1], plan.unit_width(name)
        if wide > 2 * plan.radius:
            corners = BoxStyle.Round(pad=0, rounding_size=plan.radius)
            start, size = (x - wide / 2, y - plan.radius), (wide, 2 * plan.radius)
            axes.add_patch(
                FancyBboxPatch(start, *size, boxstyle=corners, facecolor=fill, gid="unit", **outline)
            )
        else:
            axes.add_patch(Circle(spot, plan.radius, facecolor=fill, gid="unit", **outline))
        write(axes, spot, name, FONT_SIZE + 1, PALETTE.ink, gid="name")
        if bias:
            below = bias_spot(spot, plan.radius, bias)
            write(axes, below, bias, SMALL_FONT_SIZE, PALETTE.ink, gid="bias", on_card=True)


def _legend(axes: Axes, edges: Sequence[Edge], columns: int) -> None:
    """Explain the line styles that occur."""
    handles = []
    if any(edge.weight > 0 for edge in edges):
        handles.append(Line2D([], [], color=PALETTE.positive, linewidth=1.6, label="positive weight"))
    if any(edge.weight < 0 for edge in edges):
        handles.append(
            Line2D(
                [],
                [],
                color=PALETTE.negative,
                linewidth=1.6,
                linestyle=_DASHED,
                label="negative weight",
            )
        )
    if handles:
        axes.legend(handles=handles, loc="lower center", ncols=columns, borderpad=0, borderaxespad=0)
