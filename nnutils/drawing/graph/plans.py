"""Where everything in a drawn graph goes: in columns from left to right, or in levels from top to bottom."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from nnutils.drawing.canvas import Point
from nnutils.drawing.graph.layout import (
    Place,
    arrange,
    heights,
    longest_path,
    longest_path_columns,
    routes_of,
    tracks_of,
)
from nnutils.drawing.graph.levels import Key, levels_within, pack
from nnutils.drawing.graph.nodes import Shape
from nnutils.drawing.graph.routing import MARGIN, corners_of_edges, label_spot, place_columns, place_levels
from nnutils.drawing.labels import Box
from nnutils.drawing.style import SMALL_FONT_SIZE
from nnutils.drawing.text import text_size

__all__ = [
    "Plan",
    "downwards",
    "sideways",
]

_ROW_GAP = 15.0
_LANE = 8.0
_SIDE_GAP = 10.0
"""Between two nodes of a level: in a picture for a phone there is little room."""


@dataclass(frozen=True)
class Plan:
    """A drawn graph before it is drawn, in points: nodes in the order given, edges likewise.

    ``corners`` run from left to right, whichever way the graph does; ``turn`` leads from there to the page.
    """

    width: float
    height: float
    boxes: list[Box]
    corners: list[list[Point]]
    spots: list[Point]
    turn: Callable[[Point], Point]


def sideways(
    shapes: Mapping[str, Shape],
    links: Sequence[tuple[str, str]],
    labels: Sequence[str],
    *,
    backbone: bool,
    least: float,
    most: float,
    footer: float,
) -> Plan:
    """Lay a graph out from left to right, ``least`` wide or wider, above a footer of this height."""
    routes, tracks = arrange(list(shapes), links, _inputs(shapes), backbone)
    at = {key: (column, key) for column, key in itertools.chain(*tracks)}
    own = [0.0] * (1 + max(column for column, _ in at.values()))
    for name, shape in shapes.items():
        own[at[name][0]] = max(own[at[name][0]], shape.width)
    centres, steps, width = place_columns(own, routes, labels, least, most)
    # The label of a long edge may stand anywhere on its lane, so the lane is as high as the label.
    sizes: dict[str | int, float] = {name: shape.height for name, shape in shapes.items()}
    for number, label in enumerate(labels):
        sizes[number] = max(_LANE, text_size(label, SMALL_FONT_SIZE)[1])
    down = heights(routes, tracks, sizes, _ROW_GAP)
    top = min(y - sizes[key] / 2 for (_, key), y in down.items())
    bottom = max(y + sizes[key] / 2 for (_, key), y in down.items())
    height = bottom - top + 2 * MARGIN + footer
    lanes = {place: height - MARGIN - (y - top) for place, y in down.items()}
    boxes = {
        at[name]: Box.around((centres[at[name][0]], lanes[at[name]]), shape.width, shape.height)
        for name, shape in shapes.items()
    }
    circles = {at[name] for name, shape in shapes.items() if shape.circle}
    drawn = corners_of_edges(routes, steps, lanes, boxes, circles)
    return Plan(width, height, list(boxes.values()), drawn, [label_spot(c) for c in drawn], lambda spot: spot)


def downwards(
    shapes: Mapping[str, Shape],
    links: Sequence[tuple[str, str]],
    labels: Sequence[str],
    *,
    backbone: bool,
    least: float,
    most: float,
    footer: float,
) -> Plan:
    """Lay a graph out from top to bottom, ``most`` wide at most, unless one level needs more.

    Each label stands on its edge, in a place of its own among the nodes.
    """
    texts = {k: text_size(label, SMALL_FONT_SIZE) for k, label in enumerate(labels) if label}
    level, places = _levels(shapes, links, texts, most - 2 * MARGIN)
    routes = routes_of({name: level[name] for name in shapes}, links)
    spine: list[Place] = []
    if backbone:
        names = longest_path(list(shapes), links, longest_path_columns(list(shapes), links, _inputs(shapes)))
        ways = [routes[links.index(link)] for link in itertools.pairwise(names)]
        spine = list(dict.fromkeys(itertools.chain(*ways)))
    tracks = tracks_of([(level[name], name) for name in shapes], routes, spine)
    sizes = {place: places.get(place, _LANE) for track in tracks for place in track}
    across = pack(routes, tracks, sizes, most - 2 * MARGIN, _SIDE_GAP)

    left = min(x - sizes[place] / 2 for place, x in across.items())
    right = max(x + sizes[place] / 2 for place, x in across.items())
    width = max(least, right - left + 2 * MARGIN)
    lanes = {place: x - left + (width - (right - left)) / 2 for place, x in across.items()}
    own = [0.0] * (1 + max(level.values()))
    for key, number in level.items():
        tall = texts[key][1] if isinstance(key, int) else shapes[key].height
        own[number] = max(own[number], tall)
    centres, steps, length = place_levels(own, routes, lanes)
    height = length + footer
    at = {name: (level[name], name) for name in shapes}
    # Turned: a box lies as long as it will stand high.
    lying = {
        at[name]: Box.around((centres[level[name]], lanes[at[name]]), shape.height, shape.width)
        for name, shape in shapes.items()
    }
    circles = {at[name] for name, shape in shapes.items() if shape.circle}

    def turn(spot: Point) -> Point:
        return spot[1], height - spot[0]

    boxes = [
        Box.around((lanes[at[name]], height - centres[level[name]]), shape.width, shape.height)
        for name, shape in shapes.items()
    ]
    spots = [
        turn((centres[level[k]], lanes[level[k], k])) if k in texts else (0.0, 0.0) for k in range(len(links))
    ]
    return Plan(width, height, boxes, corners_of_edges(routes, steps, lanes, lying, circles), spots, turn)


def _inputs(shapes: Mapping[str, Shape]) -> list[str]:
    return [name for name, shape in shapes.items() if shape.kind == "input"]


def _levels(
    shapes: Mapping[str, Shape],
    links: Sequence[tuple[str, str]],
    texts: Mapping[int, tuple[float, float]],
    room: float,
) -> tuple[dict[Key, int], dict[Place, float]]:
    """Return the level of each node and label, and their widths by place: inputs on top, if there is room."""
    widths: dict[Key, float] = {name: shape.width for name, shape in shapes.items()}
    widths |= {k: width for k, (width, _) in texts.items()}
    parts: list[tuple[Key, Key]] = []
    for k, (start, end) in enumerate(links):
        parts += [(start, k), (k, end)] if k in texts else [(start, end)]

    def used(level: Mapping[Key, int]) -> float:
        """Return the width of the widest level."""
        total = [-_SIDE_GAP] * (1 + max(level.values()))
        for key, number in level.items():
            total[number] += widths[key] + _SIDE_GAP
        for start, end in parts:
            for number in range(level[start] + 1, level[end]):
                total[number] += _LANE + _SIDE_GAP
        return max(total)

    ways = [levels_within(widths, parts, first, room, _SIDE_GAP, _LANE) for first in (_inputs(shapes), ())]
    best = min(ways, key=lambda level: max(room, used(level)))
    return best, {(number, key): widths[key] for key, number in best.items()}
