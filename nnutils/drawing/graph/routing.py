"""How an edge runs: level across columns, in a smooth step through the gap between two columns."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Polygon
from matplotlib.path import Path

from nnutils.drawing.graph.layering import Layering, Place
from nnutils.drawing.style import PALETTE, SMALL_FONT_SIZE
from nnutils.drawing.text import Box, Point, between, nearest_first, place_labels, text_size

__all__ = [
    "Columns",
    "Route",
    "draw_route",
    "label_places",
    "place_columns",
    "routes",
]

_HEAD = 7.0
_PORT_STEP = 9.0
_MARGIN = 10.0
_GAPS = (22.0, 44.0)
_STEP = 26.0


@dataclass(frozen=True)
class Route:
    """One edge as corner points; odd pieces (1st, 3rd, ...) are level, even ones are smooth steps."""

    start: Place
    end: Place
    corners: tuple[Point, ...]

    def points(self) -> list[Point]:
        """The edge as a polygonal line, fine enough to test what it touches."""
        found = [self.corners[0]]
        for number, (a, b) in enumerate(zip(self.corners, self.corners[1:], strict=False)):
            if number % 2 == 0:
                found.append(b)
                continue
            # A cubic with level ends: 3t^2 - 2t^3 is its height, and its control points stand at mid-gap.
            for step in range(1, 17):
                t = step / 16
                across = 1.5 * t * (1 - t) + t**3
                found.append((a[0] + across * (b[0] - a[0]), a[1] + (3 - 2 * t) * t * t * (b[1] - a[1])))
        return found

    def path(self) -> Path:
        """The edge as matplotlib draws it, ending at the foot of its arrow head."""
        vertices, codes = [self.corners[0]], [Path.MOVETO]
        for number, (a, b) in enumerate(zip(self.corners, self.corners[1:], strict=False)):
            if number % 2 == 0:
                vertices.append(b)
                codes.append(Path.LINETO)
            else:
                middle = (a[0] + b[0]) / 2
                vertices += [(middle, a[1]), (middle, b[1]), b]
                codes += [Path.CURVE4] * 3
        x, y = vertices[-1]
        vertices[-1] = (x - _HEAD + 1, y)
        return Path(vertices, codes)


@dataclass(frozen=True)
class Columns:
    """Where columns stand: their centres, the stretch of each gap in which edges step, the full width."""

    centres: tuple[float, ...]
    steps: tuple[tuple[float, float], ...]
    width: float


def place_columns(
    layering: Layering, widths: Mapping[Place, float], labels: Sequence[str], least: float, most: float
) -> Columns:
    """Columns as wide as their widest node, gaps as wide as the room or the labels on their edges ask for.

    The whole is ``least`` wide or wider, and no wider than ``most`` where the columns allow it.
    In a gap with labels the edges step on the side where they are bundled, and run level under their labels.
    """
    own = [
        max((widths[place] for place in column if place in widths), default=0.0)
        for column in layering.columns
    ]
    spare = (most - 2 * _MARGIN - math.fsum(own)) / max(1, len(own) - 1)
    plain = min(max(spare, _GAPS[0]), _GAPS[1])
    depth = {place: k for k, column in enumerate(layering.columns) for place in column if place[1] < 0}
    through = [
        (depth[r[0]], r, label) for r, label in zip(layering.routes, labels, strict=True) if len(r) == 2
    ]
    gaps, labelled = [], []
    for k in range(len(own) - 1):
        texts = [
            text_size(label, SMALL_FONT_SIZE)[0] for depth_, _, label in through if depth_ == k and label
        ]
        gaps.append(max([plain, *(text + _STEP + _HEAD + 18 for text in texts)]))
        labelled.append(bool(texts))
    total = math.fsum((2 * _MARGIN, *own, *gaps))
    x = _MARGIN + max(0.0, (least - total) / 2)
    centres, steps = [], []
    for k, width in enumerate(own):
        centres.append(x + width / 2)
        x += width
        if k < len(gaps):
            start, end = x, x + gaps[k] - _HEAD - 1
            if labelled[k]:
                here = {route[0] for depth_, route, _ in through if depth_ == k}
                there = {route[1] for depth_, route, _ in through if depth_ == k}
                start, end = (start, start + _STEP) if len(here) < len(there) else (end - _STEP, end)
            steps.append((start, end))
            x += gaps[k]
    return Columns(tuple(centres), tuple(steps), max(total, least))


def routes(
    layering: Layering,
    columns: Columns,
    lanes: Mapping[tuple[int, Place], float],
    boxes: Mapping[Place, Box],
    circles: Collection[Place],
) -> list[Route]:
    """The course of every edge. Inside a column it keeps to its own lane, so it cannot meet a node there."""
    depth = {place: k for k, column in enumerate(layering.columns) for place in column if place[1] < 0}
    paths = [[(depth[route[0]] + i, place) for i, place in enumerate(route)] for route in layering.routes]
    leaving = _ports([(path[0], path[1]) for path in paths], lanes, boxes)
    arriving = _ports([(path[-1], path[-2]) for path in paths], lanes, boxes)
    steps = columns.steps
    found = []
    for number, path in enumerate(paths):
        (first, start), (last, end) = path[0], path[-1]
        y = lanes[first, start] + leaving[number]
        corners = [(_side(boxes[start], leaving[number], start in circles, 1), y), (steps[first][0], y)]
        for column, place in path[1:-1]:
            y = lanes[column, place]
            corners += [(steps[column - 1][1], y), (steps[column][0], y)]
        y = lanes[last, end] + arriving[number]
        corners += [(steps[last - 1][1], y), (_side(boxes[end], arriving[number], end in circles, -1), y)]
        found.append(Route(start, end, tuple(corners)))
    return found


def _ports(
    ends: Sequence[tuple[tuple[int, Place], tuple[int, Place]]],
    lanes: Mapping[tuple[int, Place], float],
    boxes: Mapping[Place, Box],
) -> list[float]:
    """How far above its node's centre each edge is tied on, so that no two edges share an end.

    An edge that can run level keeps the centre; the others stand above and below it in their order of height.
    """
    offsets = [0.0] * len(ends)
    for node in dict.fromkeys(node for node, _ in ends):
        mine = sorted(
            (k for k in range(len(ends)) if ends[k][0] == node), key=lambda k: (lanes[ends[k][1]], k)
        )
        level = [rank for rank, k in enumerate(mine) if abs(lanes[ends[k][1]] - lanes[node]) < 1]
        centre = sum(level) / len(level) if level else (len(mine) - 1) / 2
        farthest = max(centre, len(mine) - 1 - centre)
        box = boxes[node[1]]
        step = min(_PORT_STEP, ((box.y1 - box.y0) / 2 - 5) / farthest) if farthest else 0.0
        for rank, k in enumerate(mine):
            offsets[k] = (rank - centre) * step
    return offsets


def _side(box: Box, offset: float, circle: bool, direction: int) -> float:
    """Where the right (1) or left (-1) outline of a node is, ``offset`` above its centre."""
    half = (box.x1 - box.x0) / 2
    reach = math.sqrt(half * half - offset * offset) if circle else half
    return (box.x0 + box.x1) / 2 + direction * reach


def draw_route(axes: Axes, route: Route) -> None:
    """Draw one edge and its arrow head."""
    x, y = route.corners[-1]
    axes.add_patch(
        PathPatch(
            route.path(), facecolor="none", edgecolor=PALETTE.muted, linewidth=1.4, zorder=1, gid="edge"
        )
    )
    head = [(x, y), (x - _HEAD, y + 3.2), (x - _HEAD, y - 3.2)]
    axes.add_patch(
        Polygon(head, closed=True, facecolor=PALETTE.muted, edgecolor="none", zorder=2, gid="arrow")
    )


def label_places(
    labels: Sequence[str], drawn: Sequence[Route], boxes: Sequence[Box]
) -> tuple[list[Point], float]:
    """A spot on its own edge for each label (any spot for an empty one), and the area that still overlaps."""
    lines = [route.points() for route in drawn]
    spots = [line[len(line) // 2] for line in lines]
    written = [number for number, label in enumerate(labels) if label]
    candidates = []
    for number in written:
        line = lines[number]
        wanted = _longest_level(drawn[number])
        dense = [between(a, b, t / 4) for a, b in zip(line, line[1:], strict=False) for t in range(4)]
        candidates.append([wanted, *nearest_first(dense, wanted)])
    sizes = [text_size(labels[number], SMALL_FONT_SIZE) for number in written]
    others = [lines[number] for number in written] + [
        line for k, line in enumerate(lines) if k not in written
    ]
    placed, overlap = place_labels(
        candidates, [(w + 4, h + 2) for w, h in sizes], others, boxes, clearance=1.0
    )
    for number, spot in zip(written, placed, strict=True):
        spots[number] = spot
    return spots, overlap


def _longest_level(route: Route) -> Point:
    """The middle of the edge's longest level piece."""
    pieces = list(zip(route.corners[::2], route.corners[1::2], strict=True))
    a, b = max(pieces, key=lambda piece: piece[1][0] - piece[0][0])
    return (a[0] + b[0]) / 2, a[1]
