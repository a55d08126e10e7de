"""A sigmoid that becomes a step: three ways to measure how far it still is, frame by frame."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from nnutils.core.errors import DrawingError
from nnutils.drawing.describing import described
from nnutils.drawing.legends import legend_columns
from nnutils.drawing.narrow import drawn, is_narrow
from nnutils.drawing.style import PALETTE, SMALL_FONT_SIZE, panels, styled
from nnutils.drawing.text import finite
from nnutils.numerics.reference import sigmoid

__all__ = ["draw_steepening"]

_MOST = 4
_END = 2.0
"""Frames reach from -2 to 2."""

_POINTS = 201


@drawn
def draw_steepening(
    slopes: Sequence[float] = (1, 4, 16, 64), *, point: float = 0.5, alt: str | None = None
) -> Figure:
    """Draw sigmoid(k x) over the step function, one frame for each slope k, with three distances.

    At ``point`` a line shows the distance there. The area between the curves is filled. A line at 0 shows the
    supremum of the distance, which is 1/2 in each frame. The numbers stand below the frames. ``alt`` is the
    alternative text; without it, one is computed.

    Raises:
        DrawingError: no slope or more than four, a slope that is not positive and finite, a point that is not
            between 0 and 2.

    >>> figure = draw_steepening((1, 4), point=0.5)
    >>> [axes.get_title(loc="left") for axes in figure.axes]
    ['k = 1', 'k = 4']
    """
    if not 1 <= len(slopes) <= _MOST:
        raise DrawingError(
            f"draw_steepening: {len(slopes)} slopes, but one to {_MOST} frames fit.", remedy="Draw fewer."
        )
    for slope in slopes:
        if finite(slope, "draw_steepening: a slope") <= 0:
            raise DrawingError(
                f"draw_steepening: the slope {slope} is not positive.", remedy="Use slopes above 0."
            )
    if not 0 < finite(point, "draw_steepening: the point") < _END:
        raise DrawingError(
            f"draw_steepening: the point {point} is not inside the right half of a frame.",
            remedy=f"Use a point between 0 and {_END:g}.",
        )
    errors = [float(sigmoid(-slope * point)) for slope in slopes]
    areas = [2 * math.log(2) / slope for slope in slopes]
    with styled():
        if is_narrow():
            figure, frames = panels(rows=len(slopes), height=2.3 * len(slopes) + 1.1)
        else:
            figure, frames = panels(len(slopes), height=3.5)
        between = "   " if is_narrow() else "\n"
        for frame, slope, error, area in zip(frames, slopes, errors, areas, strict=True):
            _draw_frame(frame, slope, point)
            found = f"at {point:g}: {error:.2g}{between}area: {area:.2g}\nlargest: 1/2"
            frame.set_xlabel(found, fontsize=SMALL_FONT_SIZE)
        for frame in frames[1:]:
            if not is_narrow():
                frame.set_yticklabels([])
        key = _key(point)
        columns = legend_columns([str(line.get_label()) for line in key], 3, spacing=1.4)
        figure.legend(handles=key, loc="outside lower center", ncols=columns, columnspacing=1.4)
    steps = [
        f"k = {k:g}: {error:.2g} at {point:g}, area {area:.2g}"
        for k, error, area in zip(slopes, errors, areas, strict=True)
    ]
    computed = (
        f"{len(slopes)} frames with the sigmoid of k x over the step function. As k grows, the distance at "
        f"{point:g} and the area between the curves shrink; the largest distance, next to 0, stays 1/2. "
        f"{'; '.join(steps)}."
    )
    return described(figure, alt, None, computed)


def _draw_frame(frame: Axes, slope: float, point: float) -> None:
    # Points close together where the curve is steep; 0 stands twice, for the jump.
    right = np.unique(np.concatenate([np.linspace(0, _END, _POINTS), np.linspace(0, 6, _POINTS) / slope]))
    right = right[right <= _END]
    for side, step in ((-right[::-1], 0.0), (right, 1.0)):
        curve = sigmoid(slope * side).round(6)
        frame.fill_between(side.round(6), step, curve, facecolor=PALETTE.blue_tint, edgecolor="none")
        frame.plot([side[0], side[-1]], [step, step], "-", color=PALETTE.ink, linewidth=1.2)
        frame.plot(side.round(6), curve, "-", color=PALETTE.positive)
    frame.plot([0, 0], [0.5, 1], "-", color=PALETTE.accent, linewidth=3.5, gid="largest")
    reached = float(sigmoid(slope * point))
    frame.plot([point] * 2, [round(reached, 6), 1], "-", color=PALETTE.negative, linewidth=3.5, gid="at")
    frame.plot([point], [round(reached, 6)], "o", color=PALETTE.negative, markersize=5)
    frame.plot([0], [0.5], "o", color=PALETTE.ink, markersize=4)
    frame.set(xlim=(-_END, _END), ylim=(-0.06, 1.1), xticks=[-1, 0, 1], yticks=[0, 0.5, 1])
    frame.set_title(f"k = {slope:g}")


def _key(point: float) -> list[Line2D | Patch]:
    return [
        Line2D([], [], color=PALETTE.positive, label="σ(k x)"),
        Line2D([], [], color=PALETTE.ink, linewidth=1.2, label="H(x)"),
        Patch(facecolor=PALETTE.blue_tint, edgecolor=PALETTE.ink, label="area between"),
        Line2D([], [], color=PALETTE.negative, linewidth=3.5, label=f"distance at {point:g}"),
        Line2D([], [], color=PALETTE.accent, linewidth=3.5, label="largest (supremum)"),
    ]
