"""A multilayer perceptron as circles and lines, with its weights written on the lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle

from nnutils.core.errors import DrawingError
from nnutils.drawing.alt_texts import mlp_text
from nnutils.drawing.canvas import Point, point_axes, write
from nnutils.drawing.describing import described
from nnutils.drawing.labels import Box, between, nearest_first, place_labels
from nnutils.drawing.style import FONT_SIZE, PALETTE, SMALL_FONT_SIZE, styled
from nnutils.drawing.text import drawn_number, subscripted, text_size

__all__ = [
    "draw_mlp",
]

_RADIUS = 17.0
_MOST_LABELS = 60
"""More weights than this cannot be told apart at the width of a page."""
_HEADING = 26.0
_FOOTER = 24.0
_SPACINGS = (50.0, 58.0, 66.0, 76.0)
_BIAS_SPACING = 58.0
_SOLID: Any = "-"
_DASHED: Any = (0.0, (4.5, 2.2))


@dataclass(frozen=True)
class _Edge:
    layer: int
    start: int
    end: int
    weight: Any


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
    one flat list. ``width`` is in inches; with ``ax`` the picture fills that axes. ``alt`` is the alternative
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
    weights, biases = _matrices(layers)
    widths = [weights[0].shape[1], *(matrix.shape[0] for matrix in weights)]
    names = _names(widths, input_names, hidden_names, output_names)
    headings = _headings(len(widths), headings)
    edges = [
        _Edge(layer, start, end, matrix[end, start])
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
    full_width = 72 * width
    margin = max(
        [
            2 * _RADIUS + 8,
            *(text_size(text, FONT_SIZE)[0] for text in (headings[0], headings[-1], *bias_texts[-1])),
        ]
    )
    with_biases = any(text for texts in bias_texts for text in texts)
    for spacing in _SPACINGS:
        if with_biases:
            spacing = max(spacing, _BIAS_SPACING)
        height = spacing * max(widths) + _HEADING + _FOOTER
        spots = _spots(widths, full_width, height, margin / 2 + 4)
        places, overlap = _label_places(edges, spots, bias_texts) if weight_labels else ([], 0.0)
        if not overlap:
            break
    if overlap:
        raise DrawingError(
            f"draw_mlp: {len(edges)} weight labels find no room on a network of layers {widths} "
            f"at a width of {width} inches.",
            remedy="Use weight_labels=False, or a larger width.",
        )

    with styled():
        figure, axes = point_axes(full_width, height, title, ax, "draw_mlp")
        for number, edge in enumerate(edges):
            _draw_edge(axes, edge, spots, places[number] if places else None)
        for layer, column in enumerate(spots):
            _draw_column(axes, column, layer, len(spots), names[layer], bias_texts[layer])
            write(axes, (column[0][0], height - 8), headings[layer], SMALL_FONT_SIZE, PALETTE.muted)
        _legend(axes, edges)
    links = [(names[e.layer][e.start], names[e.layer + 1][e.end], e.weight) for e in edges]
    shifts = [
        (name, b)
        for units, bs in zip(names[1:], biases, strict=True)
        for name, b in zip(units, bs, strict=True)
        if b
    ]
    return described(figure, alt, ax, mlp_text(names, links, shifts, title))


def _matrices(layers: Sequence[Any]) -> tuple[list[Any], list[list[Any]]]:
    """Return each layer's weights as a matrix of objects (fractions stay fractions), and its biases."""
    weights: list[Any] = []
    biases: list[list[Any]] = []
    for position, layer in enumerate(layers, start=1):
        has_bias = isinstance(layer, tuple) and len(layer) == 2 and np.ndim(layer[0]) == 2
        given, bias = layer if has_bias else (layer, None)
        try:
            matrix = np.array([list(row) for row in given], dtype=object)
        except TypeError:
            matrix = np.array(given, dtype=object)
        if matrix.ndim != 2 or 0 in matrix.shape:
            raise DrawingError(
                f"draw_mlp: the weights of layer {position} have shape {matrix.shape}; a layer needs a "
                "matrix with one row for each output and one column for each input.",
                remedy="Use W or (W, b) with y = W x + b.",
            )
        if weights and matrix.shape[1] != weights[-1].shape[0]:
            raise DrawingError(
                f"draw_mlp: the weights of layer {position} have shape {matrix.shape}, so they read "
                f"{matrix.shape[1]} values, but layer {position - 1} gives {weights[-1].shape[0]}.",
                remedy="Rows are outputs, columns are inputs (y = W x + b): is this matrix the transpose?",
            )
        bias = [0] * matrix.shape[0] if bias is None else list(bias)
        if len(bias) != matrix.shape[0]:
            raise DrawingError(
                f"draw_mlp: layer {position} has {matrix.shape[0]} outputs but {len(bias)} biases.",
                remedy="Give one bias for each row of the weights.",
            )
        for index, number in enumerate([*matrix.flat, *bias]):
            drawn_number(number, what=f"draw_mlp: number {index} of layer {position}")
        weights.append(matrix)
        biases.append(bias)
    if not weights:
        raise DrawingError("draw_mlp: there is no layer to draw.", remedy="Give at least one weight matrix.")
    return weights, biases


def _names(
    widths: Sequence[int],
    inputs: Sequence[str] | None,
    hidden: Sequence[str] | Sequence[Sequence[str]] | None,
    outputs: Sequence[str] | None,
) -> list[list[str]]:
    """Return one name for each unit, layer by layer; what is not given is called x1.., h1.., y1..."""
    middle: list[Any] = list(hidden or [])
    if middle and isinstance(middle[0], str):
        middle = [middle]
    if not middle:
        starts = [sum(widths[1:k]) for k in range(1, len(widths) - 1)]
        middle = [
            [f"h{start + i + 1}" for i in range(n)] for start, n in zip(starts, widths[1:-1], strict=True)
        ]
    first = inputs if inputs is not None else [f"x{i + 1}" for i in range(widths[0])]
    last = outputs if outputs is not None else [f"y{i + 1}" for i in range(widths[-1])]
    names = [list(first), *(list(layer) for layer in middle), list(last)]
    given = [len(layer) for layer in names]
    if given != list(widths):
        raise DrawingError(
            f"draw_mlp: the names are for layers of {given} units, but the weights are for {list(widths)}.",
            remedy="Give one name for each unit, hidden names as one list for each hidden layer.",
        )
    return [[subscripted(name) for name in layer] for layer in names]


def _headings(count: int, headings: Sequence[str] | None) -> list[str]:
    if headings is None:
        return ["input", *["hidden"] * (count - 2), "output"]
    if len(headings) != count:
        raise DrawingError(
            f"draw_mlp: {len(headings)} headings for {count} columns of units.",
            remedy="Give one heading for each column.",
        )
    return list(headings)


def _spots(widths: Sequence[int], width: float, height: float, margin: float) -> list[list[Point]]:
    """Return the centres of the units, in points: columns spread over the width, units over the height."""
    room = height - _HEADING - _FOOTER
    columns = [margin + k * (width - 2 * margin) / (len(widths) - 1) for k in range(len(widths))]
    return [
        [(x, height - _HEADING - room * (i + 0.5) / n) for i in range(n)]
        for x, n in zip(columns, widths, strict=True)
    ]


def _bias_spot(centre: Point) -> Point:
    return centre[0], centre[1] - _RADIUS - 8


def _label_places(
    edges: Sequence[_Edge], spots: Sequence[Sequence[Point]], biases: Sequence[Sequence[str]]
) -> tuple[list[Point], float]:
    """Choose where the weights are written: on their own edges, clear of units, biases and one another."""
    ends = [(spots[edge.layer][edge.start], spots[edge.layer + 1][edge.end]) for edge in edges]
    candidates = []
    for edge, (a, b) in zip(edges, ends, strict=True):
        # Edges lie furthest apart beside the larger layer.
        difference = len(spots[edge.layer + 1]) - len(spots[edge.layer])
        start = 0.5 if difference == 0 else 0.66 if difference > 0 else 0.34
        candidates.append(nearest_first([between(a, b, k / 40) for k in range(7, 34)], between(a, b, start)))
    sizes = [_padded(drawn_number(edge.weight)) for edge in edges]
    obstacles = [Box.around(spot, 2 * _RADIUS + 4, 2 * _RADIUS + 4) for column in spots for spot in column]
    for column, texts in zip(spots, biases, strict=True):
        obstacles += [
            Box.around(_bias_spot(spot), *_padded(text))
            for spot, text in zip(column, texts, strict=True)
            if text
        ]
    return place_labels(candidates, sizes, ends, obstacles)


def _padded(text: str) -> tuple[float, float]:
    width, height = text_size(text, FONT_SIZE)
    return width + 5, height + 2


def _draw_edge(axes: Axes, edge: _Edge, spots: Sequence[Sequence[Point]], label: Point | None) -> None:
    (x0, y0), (x1, y1) = spots[edge.layer][edge.start], spots[edge.layer + 1][edge.end]
    positive = edge.weight > 0
    colour, style = (PALETTE.positive, _SOLID) if positive else (PALETTE.negative, _DASHED)
    axes.add_line(
        Line2D([x0, x1], [y0, y1], color=colour, linestyle=style, linewidth=1.6, zorder=1, gid="edge")
    )
    if label is not None:
        text_colour = PALETTE.value_text if positive else PALETTE.adjoint_text
        write(axes, label, drawn_number(edge.weight), FONT_SIZE, text_colour, gid="weight", on_card=True)


def _draw_column(
    axes: Axes, column: Sequence[Point], layer: int, layers: int, names: Sequence[str], biases: Sequence[str]
) -> None:
    fill = PALETTE.blue_tint if layer == 0 else PALETTE.green_tint if layer == layers - 1 else PALETTE.white
    for spot, name, bias in zip(column, names, biases, strict=True):
        axes.add_patch(
            Circle(spot, _RADIUS, facecolor=fill, edgecolor=PALETTE.ink, linewidth=1.3, zorder=3, gid="unit")
        )
        write(axes, spot, name, FONT_SIZE + 1, PALETTE.ink, gid="name")
        if bias:
            write(axes, _bias_spot(spot), bias, SMALL_FONT_SIZE, PALETTE.ink, gid="bias", on_card=True)


def _legend(axes: Axes, edges: Sequence[_Edge]) -> None:
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
        axes.legend(handles=handles, loc="lower center", ncols=2, borderpad=0, borderaxespad=0)
