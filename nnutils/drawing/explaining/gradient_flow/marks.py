"""The nodes and ways of one frame, drawn in their places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from nnutils.drawing.canvas import Point, write
from nnutils.drawing.explaining.gradient_flow.plans import Plan, Slopes, factor_of, number_of
from nnutils.drawing.narrow import is_narrow
from nnutils.drawing.style import FONT_SIZE, PALETTE, SMALL_FONT_SIZE
from nnutils.drawing.text import subscripted

__all__ = ["HALF", "KEY", "Way", "draw_frame"]

HALF = (23.0, 16.0)
"""Half the width and height of a node, in points."""

KEY = (
    "in a node: derivative of the output with respect to it",
    "on an arrow: local factor",
    "bar: stopped here",
)
"""What the marks mean."""


@dataclass(frozen=True)
class Way:
    """The way back between two nodes: its corners, where its factor stands, and where a bar would cut it."""

    corners: list[Point]
    spot: Point
    mark: Point
    upright: bool
    """Whether a bar across the way stands upright."""


def draw_frame(
    axes: Axes,
    plan: Plan,
    at: Mapping[str, Point],
    ways: Mapping[tuple[str, str], Way],
    slopes: Slopes,
    flow: Mapping[str, float],
    half: Point,
) -> None:
    """Draw all nodes and ways of a frame in their places."""
    for pair, slope in slopes.items():
        _draw_way(axes, ways[pair], slope, flow[pair[1]])
    for node, (x, y) in at.items():
        fill = PALETTE.orange_tint if node not in plan.line else PALETTE.white
        fill = PALETTE.green_tint if node == plan.line[-1] else fill
        fill = PALETTE.blue_tint if node == plan.line[0] else fill
        corner = (x - half[0], y - half[1])
        box = FancyBboxPatch(corner, 2 * half[0], 2 * half[1], boxstyle="round,pad=0,rounding_size=6")
        box.set(facecolor=fill, edgecolor=PALETTE.ink, linewidth=1.2, zorder=3, gid="node")
        axes.add_patch(box)
        write(axes, (x, y + 7), subscripted(node), FONT_SIZE, PALETTE.ink, gid="name")
        colour = PALETTE.adjoint_text if flow[node] else PALETTE.muted
        write(axes, (x, y - 7.5), number_of(flow[node]), SMALL_FONT_SIZE, colour, gid="adjoint")


def _draw_way(axes: Axes, way: Way, slope: float, flow: float) -> None:
    """Draw a way back with the factor on it, and a bar where it ends a gradient."""
    carries = bool(slope * flow)
    colour, dashes = (PALETTE.negative, "-") if carries else (PALETTE.muted, (0, (3, 2)))
    corners = way.corners
    for a, b in zip(corners[:-2], corners[1:-1], strict=True):
        axes.plot(*zip(a, b, strict=True), color=colour, linestyle=dashes, linewidth=2, zorder=1, gid="way")
    head = FancyArrowPatch(
        corners[-2], corners[-1], arrowstyle="-|>", mutation_scale=11, shrinkA=0, shrinkB=0
    )
    head.set(color=colour, linestyle=dashes, linewidth=2 if carries else 1.4, zorder=2, gid="way")
    axes.add_patch(head)
    ink = PALETTE.value_text if slope else PALETTE.muted
    write(axes, way.spot, factor_of(slope), SMALL_FONT_SIZE, ink, on_card=is_narrow())
    if flow and not slope:
        reach = (0.0, 6.0) if way.upright else (6.0, 0.0)
        ends = [(way.mark[i] - reach[i], way.mark[i] + reach[i]) for i in (0, 1)]
        axes.plot(*ends, color=PALETTE.ink, linestyle="-", linewidth=3, zorder=4, gid="stop")
