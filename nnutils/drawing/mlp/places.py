"""Where the units, weights and biases of a drawn perceptron go: layers as columns, or on a phone as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nnutils.core.errors import DrawingError
from nnutils.drawing.canvas import Point
from nnutils.drawing.labels import Box, between, nearest_first, place_labels
from nnutils.drawing.style import FONT_SIZE, SMALL_FONT_SIZE
from nnutils.drawing.text import drawn_number, text_size

__all__ = [
    "Edge",
    "Plan",
    "bias_spot",
    "columns",
    "rows",
]

_RADII = (13.0, 17.0)
"""In points: of the circles in a crowded row, and of all others."""
_HEADING = 26.0
_FOOTER = 24.0
_SPACINGS = (50.0, 58.0, 66.0, 76.0)
_BIAS_SPACING = 58.0

_PITCHES = (84.0, 104.0, 128.0, 156.0, 190.0)
"""From one row to the next: the first at which the weights have room."""
_STRETCHES = (1.0, 1.25, 1.6)
_LEFT, _RIGHT = 17.0, 1.0
"""Beside the rows; on the left stand the headings, upright."""
_NARROW_FOOTER = 42.0
_BIAS_LINE = 12.0


@dataclass(frozen=True)
class Edge:
    """A weight that is not zero: of a layer, from a unit of the one before to a unit of it."""

    layer: int
    start: int
    end: int
    weight: Any


@dataclass(frozen=True)
class Plan:
    """A perceptron before it is drawn, in points: centres of units by layer, of weights by edge, of headings.

    ``labels`` is empty where no weights are written.
    """

    width: float
    height: float
    radius: float
    spots: list[list[Point]]
    biases: list[list[str]]
    labels: list[Point]
    headings: list[Point]
    upright: bool

    def unit_width(self, name: str) -> float:
        """Return how wide a unit is: in an upright picture a long name makes its circle longer."""
        return _unit_width(name, self.radius) if self.upright else 2 * self.radius


def _unit_width(name: str, radius: float) -> float:
    text = text_size(name, FONT_SIZE + 1)[0]
    return 2 * radius if text <= 2 * radius - 4 else text + 16


def bias_spot(centre: Point, radius: float, text: str) -> Point:
    """Return where a bias of one line or more is written below its unit."""
    return centre[0], centre[1] - radius - 8 - _BIAS_LINE / 2 * text.count("\n")


def columns(
    edges: Sequence[Edge],
    widths: Sequence[int],
    biases: Sequence[Sequence[str]],
    headings: Sequence[str],
    width: float,
    *,
    weight_labels: bool,
) -> Plan:
    """Lay the layers out from left to right, in a picture ``width`` points wide.

    Raises:
        DrawingError: the weights find no room.
    """
    radius = _RADII[1]
    margin = max(
        [
            2 * radius + 8,
            *(text_size(text, FONT_SIZE)[0] for text in (headings[0], headings[-1], *biases[-1])),
        ]
    )
    with_biases = any(text for texts in biases for text in texts)
    for spacing in _SPACINGS:
        if with_biases:
            spacing = max(spacing, _BIAS_SPACING)
        height = spacing * max(widths) + _HEADING + _FOOTER
        spots = _columns_of_spots(widths, width, height, margin / 2 + 4)
        obstacles = [
            box for layer, texts in zip(spots, biases, strict=True) for box in _taken(layer, texts, radius)
        ]
        labels, overlap = _label_places(edges, spots, obstacles) if weight_labels else ([], 0.0)
        if not overlap:
            break
    if overlap:
        raise DrawingError(
            f"draw_mlp: {len(edges)} weight labels find no room on a network of layers {list(widths)} "
            f"at a width of {width / 72:g} inches.",
            remedy="Use weight_labels=False, or a larger width.",
        )
    heads = [(column[0][0], height - 8) for column in spots]
    return Plan(width, height, radius, spots, [list(texts) for texts in biases], labels, heads, upright=False)


def rows(
    edges: Sequence[Edge],
    names: Sequence[Sequence[str]],
    biases: Sequence[Sequence[str]],
    headings: Sequence[str],
    width: float,
    *,
    weight_labels: bool,
) -> Plan | None:
    """Lay the layers out from top to bottom, ``width`` points wide or as wide as a layer needs.

    Returns None where the weights find no room.
    """
    most = max(map(len, names))
    radius = min(max((width - _LEFT - _RIGHT) / most / 2 - 1, _RADII[0]), _RADII[1])
    broken = [[text.replace("= ", "=\n") for text in texts] for texts in biases]
    slots = []
    for units, texts in zip(names, broken, strict=True):
        sizes = [_unit_width(name, radius) for name in units]
        sizes += [text_size(text, SMALL_FONT_SIZE)[0] + 4 for text in texts]
        slots.append(len(units) * (max(sizes) + 2))
    for stretch in _STRETCHES:
        room = stretch * max(width - _LEFT - _RIGHT, *slots)
        written = [
            texts if _fit(texts, room / len(texts)) else lines
            for texts, lines in zip(biases, broken, strict=True)
        ]
        plan = _rows_within(room, edges, names, radius, written, headings, weight_labels)
        if plan is not None:
            return plan
    return None


def _fit(texts: Sequence[str], slot: float) -> bool:
    return all(text_size(text, SMALL_FONT_SIZE)[0] + 6 <= slot for text in texts)


def _rows_within(
    room: float,
    edges: Sequence[Edge],
    names: Sequence[Sequence[str]],
    radius: float,
    biases: Sequence[Sequence[str]],
    headings: Sequence[str],
    weight_labels: bool,
) -> Plan | None:
    long = [text_size(heading, SMALL_FONT_SIZE)[0] / 2 for heading in headings]
    below = [
        max((_BIAS_LINE * (text.count("\n") + 1) + 2 for text in texts if text), default=0.0)
        for texts in biases
    ]
    spots = [[(_LEFT + room * (i + 0.5) / len(texts), 0.0) for i in range(len(texts))] for texts in biases]
    y = max(radius, long[0]) + 4
    placed = [[(x, -y) for x, _ in spots[0]]]
    labels: list[Point] = []
    for layer in range(len(spots) - 1):
        mine = [edge for edge in edges if edge.layer == layer]
        least = max(long[layer] + long[layer + 1] + 16, 2 * radius + below[layer] + 24)
        for pitch in _PITCHES:
            pitch = max(pitch, least)
            lower = [(x, -y - pitch) for x, _ in spots[layer + 1]]
            if not weight_labels:
                break
            obstacles = [
                *_taken(placed[layer], biases[layer], radius, names[layer]),
                *_taken(lower, biases[layer + 1], radius, names[layer + 1]),
                # the headings and what is outside of the picture
                Box(-room, -y - 2 * pitch, _LEFT - 2, 0.0),
                Box(_LEFT + room + _RIGHT - 2, -y - 2 * pitch, 3 * room, 0.0),
            ]
            here, overlap = _label_places(mine, [*placed, lower], obstacles)
            if not overlap:
                labels += here
                break
        else:
            return None
        placed.append(lower)
        y += pitch
    height = y + max(radius + below[-1], long[-1]) + 4 + _NARROW_FOOTER
    return Plan(
        _LEFT + room + _RIGHT,
        height,
        radius,
        [[(x, height + down) for x, down in row] for row in placed],
        [list(texts) for texts in biases],
        [(x, height + down) for x, down in labels],
        [(SMALL_FONT_SIZE / 2 + 2, height + row[0][1]) for row in placed],
        upright=True,
    )


def _columns_of_spots(widths: Sequence[int], width: float, height: float, margin: float) -> list[list[Point]]:
    """Return the centres of the units, in points: columns spread over the width, units over the height."""
    room = height - _HEADING - _FOOTER
    lines = [margin + k * (width - 2 * margin) / (len(widths) - 1) for k in range(len(widths))]
    return [
        [(x, height - _HEADING - room * (i + 0.5) / n) for i in range(n)]
        for x, n in zip(lines, widths, strict=True)
    ]


def _taken(
    layer: Sequence[Point], texts: Sequence[str], radius: float, names: Sequence[str] | None = None
) -> list[Box]:
    """Return what the units of a layer and their biases take up; circles, unless names are given."""
    widths = [2 * radius] * len(layer) if names is None else [_unit_width(name, radius) for name in names]
    units = [Box.around(spot, width + 4, 2 * radius + 4) for spot, width in zip(layer, widths, strict=True)]
    return units + [
        Box.around(bias_spot(spot, radius, text), *_padded(text))
        for spot, text in zip(layer, texts, strict=True)
        if text
    ]


def _label_places(
    edges: Sequence[Edge], spots: Sequence[Sequence[Point]], obstacles: Sequence[Box]
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
    return place_labels(candidates, sizes, ends, obstacles)


def _padded(text: str) -> tuple[float, float]:
    width, height = text_size(text, FONT_SIZE)
    return width + 5, height + 2
