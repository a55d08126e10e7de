"""How an edge runs: level across columns, in a smooth step through the gap between two columns."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Collection, Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Polygon
from matplotlib.path import Path

from nnutils.drawing.canvas import Point
from nnutils.drawing.graph.layout import Place, Route
from nnutils.drawing.labels import Box
from nnutils.drawing.style import PALETTE, SMALL_FONT_SIZE
from nnutils.drawing.text import text_size

__all__ = [
    "MARGIN",
    "corners_of_edges",
    "draw_edge",
    "label_spot",
    "place_columns",
    "place_levels",
]

MARGIN = 10.0
_HEAD = 7.0
_PORT_STEP = 9.0
_GAPS = (22.0, 44.0)
_STEP = 26.0
_DROPS = (26.0, 46.0)
_SLOPE = 0.25
"""How high the gap between two levels is: at least, at most, and for each point that an edge runs across."""

_Columns = tuple[list[float], list[tuple[float, float]], float]
"""The centres of the columns, the stretch of each gap in which edges step, the full width."""


def place_columns(
    own: Sequence[float], routes: Sequence[Route], labels: Sequence[str], least: float, most: float
) -> _Columns:
    """Return columns of these widths, with gaps as wide as the room or the labels on their edges ask for.

    The whole is ``least`` wide or wider, and no wider than ``most`` where the columns allow it.
    In a gap with labels the edges step on the side where they are bundled, and run level under their labels.
    """
    spare = (most - 2 * MARGIN - math.fsum(own)) / max(1, len(own) - 1)
    plain = min(max(spare, _GAPS[0]), _GAPS[1])
    gaps, bundled = [], []
    for k in range(len(own) - 1):
        here = [(route, label) for route, label in zip(routes, labels, strict=True) if route[0][0] == k]
        short = [(route, label) for route, label in here if len(route) == 2]
        texts = [text_size(label, SMALL_FONT_SIZE)[0] for _, label in short if label]
        gaps.append(max([plain, *(text + _STEP + _HEAD + 18 for text in texts)]))
        fewer_starts = len({route[0] for route, _ in short}) < len({route[1] for route, _ in short})
        bundled.append("" if not texts else "left" if fewer_starts else "right")
    total = math.fsum((2 * MARGIN, *own, *gaps))
    x = MARGIN + max(0.0, (least - total) / 2)
    centres, steps = [], []
    for width, gap, side in itertools.zip_longest(own, gaps, bundled):
        centres.append(x + width / 2)
        x += width
        if gap is not None:
            start, end = x, x + gap - _HEAD - 1
            steps.append(
                (end - _STEP if side == "right" else start, start + _STEP if side == "left" else end)
            )
            x += gap
    return centres, steps, max(total, least)


def place_levels(own: Sequence[float], routes: Sequence[Route], across: Mapping[Place, float]) -> _Columns:
    """Return levels of these heights from the top, with gaps that are higher where edges run far across.

    >>> place_levels([10, 20], [[(0, "x"), (1, "y")]], {(0, "x"): 5, (1, "y"): 5})
    ([15.0, 56.0], [(20.0, 38.0)], 76.0)
    """
    farthest = [0.0] * len(own)
    for a, b in itertools.chain(*map(itertools.pairwise, routes)):
        farthest[a[0]] = max(farthest[a[0]], abs(across[a] - across[b]))
    centres, steps, y = [], [], MARGIN
    for number, tall in enumerate(own):
        centres.append(y + tall / 2)
        y += tall
        if number < len(own) - 1:
            gap = min(_DROPS[0] + _SLOPE * farthest[number], _DROPS[1])
            steps.append((y, y + gap - _HEAD - 1))
            y += gap
    return centres, steps, y + MARGIN


def corners_of_edges(
    routes: Sequence[Route],
    steps: Sequence[tuple[float, float]],
    lanes: Mapping[Place, float],
    boxes: Mapping[Place, Box],
    circles: Collection[Place],
) -> list[list[Point]]:
    """Return the corners of each edge; its odd pieces (1st, 3rd, ...) are level, the even ones smooth steps.

    Inside a column an edge keeps to its own lane, so it cannot meet a node there.
    """
    leaving = _ports([(route[0], route[1]) for route in routes], lanes, boxes)
    arriving = _ports([(route[-1], route[-2]) for route in routes], lanes, boxes)
    found = []
    for route, up, up_there in zip(routes, leaving, arriving, strict=True):
        first, last = route[0], route[-1]
        heights = [lanes[place] for place in route]
        heights[0] += up
        heights[-1] += up_there
        x = [
            boxes[first].x1 - (_dent(boxes[first], up) if first in circles else 0.0),
            *itertools.chain(*steps[first[0] : last[0]]),
            boxes[last].x0 + (_dent(boxes[last], up_there) if last in circles else 0.0),
        ]
        y = [height for height in heights for _ in range(2)]
        found.append(list(zip(x, y, strict=True)))
    return found


def _dent(circle: Box, offset: float) -> float:
    """Return how far a circle's outline stands back from its box, ``offset`` above its centre."""
    radius = (circle.x1 - circle.x0) / 2
    return radius - math.sqrt(radius * radius - offset * offset)


def _ports(
    ends: Sequence[tuple[Place, Place]], lanes: Mapping[Place, float], boxes: Mapping[Place, Box]
) -> list[float]:
    """Return how far above its node's centre each edge is tied on, so that no two edges share an end.

    ``ends`` pairs a node with the next place on the edge. An edge that can run level keeps the centre; the
    others stand above and below it in their order of height.
    """
    offsets = [0.0] * len(ends)
    for node in dict.fromkeys(node for node, _ in ends):
        mine = sorted((k for k, end in enumerate(ends) if end[0] == node), key=lambda k: lanes[ends[k][1]])
        level = [rank for rank, k in enumerate(mine) if abs(lanes[ends[k][1]] - lanes[node]) < 1]
        centre = sum(level) / len(level) if level else (len(mine) - 1) / 2
        farthest = max(centre, len(mine) - 1 - centre)
        room = (boxes[node].y1 - boxes[node].y0) / 2 - 5
        step = min(_PORT_STEP, room / farthest) if farthest else 0.0
        for rank, k in enumerate(mine):
            offsets[k] = (rank - centre) * step
    return offsets


def label_spot(corners: Sequence[Point]) -> Point:
    """Return the middle of a level edge, and of any other edge the middle of its longest level piece."""
    pieces = list(zip(corners[::2], corners[1::2], strict=True))
    if len({y for _, y in corners}) == 1:
        pieces = [(corners[0], corners[-1])]
    a, b = max(pieces, key=lambda piece: piece[1][0] - piece[0][0])
    return (a[0] + b[0]) / 2, a[1]


def draw_edge(axes: Axes, corners: Sequence[Point], turn: Callable[[Point], Point]) -> None:
    """Draw one edge and its arrow head; ``turn`` leads from an edge to the right to where it is drawn."""
    vertices, codes = [corners[0]], [Path.MOVETO]
    for number, (a, b) in enumerate(itertools.pairwise(corners)):
        if number % 2 == 0:
            vertices.append(b)
            codes.append(Path.LINETO)
        else:
            middle = (a[0] + b[0]) / 2
            vertices += [(middle, a[1]), (middle, b[1]), b]
            codes += [Path.CURVE4] * 3
    x, y = corners[-1]
    # The line ends at the foot of the head; drawn to its tip, it would blunt it.
    vertices[-1] = (x - _HEAD + 1, y)
    line = {"facecolor": "none", "edgecolor": PALETTE.muted, "linewidth": 1.4}
    axes.add_patch(PathPatch(Path([turn(spot) for spot in vertices], codes), zorder=1, gid="edge", **line))
    head = [(x, y), (x - _HEAD, y + 3.2), (x - _HEAD, y - 3.2)]
    axes.add_patch(
        Polygon(
            [turn(spot) for spot in head], facecolor=PALETTE.muted, edgecolor="none", zorder=2, gid="arrow"
        )
    )
