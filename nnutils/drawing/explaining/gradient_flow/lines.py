"""A chain for a wide picture: from left to right, skips above it, and what feeds it below."""

from __future__ import annotations

import math
from collections.abc import Mapping

from matplotlib.figure import Figure

from nnutils.drawing.canvas import Point, point_axes, write
from nnutils.drawing.explaining.gradient_flow.marks import HALF, KEY, Way, draw_frame
from nnutils.drawing.explaining.gradient_flow.plans import Plan, Slopes, factor_of
from nnutils.drawing.narrow import drawing_width
from nnutils.drawing.style import FONT_SIZE, PALETTE, SMALL_FONT_SIZE
from nnutils.drawing.text import text_size

__all__ = ["draw_lines"]

_MARGIN, _BESIDE = 9.0, 6.0
"""In points: beside the outermost nodes, and between two that feed the same one."""
_TITLE, _SKIP, _SIDE, _FOOT = 24.0, 34.0, 62.0, 24.0


def draw_lines(plan: Plan, frames: Mapping[str, Slopes], flows: Mapping[str, Mapping[str, float]]) -> Figure:
    """Draw the chain of each frame from left to right."""
    width, height = 72 * drawing_width(), len(frames) * _height(plan) + _FOOT
    figure, axes = point_axes(width, height, None, None, "draw_gradient_flow")
    first, last = (_MARGIN + _half_width(plan, plan.line[place]) for place in (0, -1))
    step = (width - first - last) / max(len(plan.line) - 1, 1)
    for number, (title, slopes) in enumerate(frames.items()):
        top = height - number * _height(plan)
        axes.text(8, top - 9, title, fontsize=FONT_SIZE, fontweight="bold", va="center", gid="title")
        level = top - _TITLE - (_SKIP if plan.skips else 0.0) - HALF[1] + 4
        at = {node: (first + place * step, level) for place, node in enumerate(plan.line)}
        for target, names in plan.below.items():
            for place, node in enumerate(names):
                across = (place - (len(names) - 1) / 2) * (2 * HALF[0] + _BESIDE)
                at[node] = (at[target][0] + across, level - _SIDE + 4)
        ways = {pair: _way_along(at[pair[1]], at[pair[0]], slopes[pair], plan.jumps(pair)) for pair in slopes}
        draw_frame(axes, plan, at, ways, slopes, flows[title], HALF)
    words = "     ".join(KEY)
    write(axes, (width / 2, 10), words, SMALL_FONT_SIZE - 1, PALETTE.muted, gid="key")
    return figure


def _half_width(plan: Plan, node: str) -> float:
    """Return how far a node and those that hang below it reach to each side of its centre."""
    below = max(1, len(plan.below.get(node, ())))
    return below * HALF[0] + (below - 1) * _BESIDE / 2


def _way_along(start: Point, end: Point, slope: float, jumps: bool) -> Way:
    """Return the way back from ``start`` to ``end`` where the chain runs from left to right."""
    if jumps:  # over the line, from the top of one node to the top of the other
        up = start[1] + HALF[1] + _SKIP - 12
        corners = [(start[0], start[1] + HALF[1]), (start[0], up), (end[0], up), (end[0], end[1] + HALF[1])]
        spot, mark = ((start[0] + end[0]) / 2, up + 8), (start[0] + (end[0] - start[0]) / 4, up)
    elif start[1] == end[1]:
        corners = [(start[0] - HALF[0], start[1]), (end[0] + HALF[0], end[1])]
        mark = ((start[0] + end[0]) / 2, start[1])
        spot = (mark[0], mark[1] + (10 if slope else 14))
    else:  # to a node below
        across = math.copysign(10, end[0] - start[0]) if end[0] != start[0] else 0.0
        corners = [(start[0] + across, start[1] - HALF[1]), (end[0], end[1] + HALF[1])]
        mark = ((corners[0][0] + corners[1][0]) / 2, (corners[0][1] + corners[1][1]) / 2)
        label = text_size(factor_of(slope), SMALL_FONT_SIZE)[0] / 2 + (9 if slope else 15)
        spot = (mark[0] + math.copysign(label, across or 1.0), mark[1] - 1)
    return Way(corners, spot, mark, jumps or start[1] == end[1])


def _height(plan: Plan) -> float:
    """The height of one frame in points."""
    return _TITLE + (_SKIP if plan.skips else 0.0) + 2 * HALF[1] + (_SIDE if plan.below else 0.0)
