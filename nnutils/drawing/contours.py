"""A function of two variables by its contour lines, several side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.contour import QuadContourSet
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.path import Path

from nnutils.core.errors import DrawingError
from nnutils.drawing.alt_texts import contours_text
from nnutils.drawing.canvas import figure_of
from nnutils.drawing.describing import described
from nnutils.drawing.legends import heading
from nnutils.drawing.narrow import NARROW, drawn, is_narrow
from nnutils.drawing.style import HEIGHTS, PALETTE, SMALL_FONT_SIZE, WIDTH, panels, styled
from nnutils.drawing.text import finite, subscripted

__all__ = [
    "Plane",
    "draw_contours",
]

Plane = Callable[[Any, Any], Any]
"""A function of two arrays of one shape that returns an array of that shape."""

_TINTS = LinearSegmentedColormap.from_list("tints", HEIGHTS)


@drawn
def draw_contours(
    functions: Mapping[str, Plane],
    *,
    limits: tuple[float, float] = (-2.0, 2.0),
    levels: Sequence[float] | None = None,
    kink: Plane | None = None,
    kink_label: str = "kink",
    names: tuple[str, str] = ("x1", "x2"),
    points: int = 121,
    ax: Sequence[Axes] | None = None,
    title: str | None = None,
    alt: str | None = None,
) -> Figure:
    """Draw the contour lines of functions of two variables, one panel each, all at the same levels.

    ``functions`` maps a panel's title to a function of two arrays (x1, x2) that works elementwise. ``limits``
    hold for both variables. Where ``kink`` (a function too) is zero a dashed line marks it, called
    ``kink_label``. ``points`` is the number of samples along each axis; ``ax`` lists one axes for each
    function. ``alt`` is the alternative text; without it, one is computed from the functions' values.

    Raises:
        DrawingError: no functions, empty limits, a function whose result has another shape or is not finite,
            a kink that is not zero anywhere within the limits, the wrong number of axes.

    >>> figure = draw_contours(
    ...     {"y1 = min(x1, x2)": np.minimum, "y2 = max(x1, x2)": np.maximum},
    ...     kink=lambda x1, x2: x1 - x2, kink_label="x1 = x2")
    >>> len(figure.axes)
    2
    """
    low, high = (finite(limit, "draw_contours: a limit") for limit in limits)
    if ax is not None and len(ax) != len(functions):
        raise DrawingError(
            f"draw_contours: {len(ax)} axes for {len(functions)} functions.",
            remedy="Give one axes for each function.",
        )
    if not functions:
        raise DrawingError(
            "draw_contours: there is no function to draw.", remedy="Give at least one function."
        )
    if low >= high or points < 2:
        raise DrawingError(
            f"draw_contours: the limits {limits} and {points} points do not make a grid.",
            remedy="Give limits (low, high) with low < high, and at least two points.",
        )
    side = np.linspace(low, high, points)
    x1, x2 = np.meshgrid(side, side)
    heights = {name: _heights(function, x1, x2, name) for name, function in functions.items()}
    bend = None if kink is None else _heights(kink, x1, x2, kink_label)
    if bend is not None and (bend.min() > 0 or bend.max() < 0):
        raise DrawingError(
            f"draw_contours: {kink_label!r} is not zero anywhere between {low:g} and {high:g}.",
            remedy="Use wider limits, or leave out kink.",
        )
    if levels is None:
        levels = _round_levels(min(h.min() for h in heights.values()), max(h.max() for h in heights.values()))
    with styled():
        if ax is None:
            columns = 1 if is_narrow() else min(len(heights), 3)
            rows = -(-len(heights) // columns)
            panel = NARROW if is_narrow() else WIDTH / max(columns, 2)
            height = rows * (panel + 0.1) + (0.3 if bend is not None else 0.0) + (0.3 if title else 0.0)
            figure, axes = panels(columns, rows, width=panel * columns, height=height)
        else:
            axes, figure = list(ax), figure_of(ax[0])
        contours = []
        for panel_axes in axes[len(heights) :]:
            panel_axes.set_axis_off()
        for panel_axes, (name, z) in zip(axes, heights.items(), strict=False):
            contours.append(_draw_panel(panel_axes, x1, x2, z, levels, bend))
            panel_axes.set_title(heading(subscripted(name), beside=50))
            panel_axes.set_xlabel(subscripted(names[0]))
            panel_axes.set_ylabel(subscripted(names[1]))
        if bend is not None:
            line = Line2D([], [], color=PALETTE.negative, linestyle="--", label=subscripted(kink_label))
            figure.legend(handles=[line], loc="outside lower center" if ax is None else "lower center")
        if title:
            figure.suptitle(heading(title), x=0.02, ha="left", fontweight="bold")
        # Where a label fits depends on the size of the axes, which the layout settles only now.
        figure.draw_without_rendering()
        for lines in contours:
            spots = _label_spots(lines, low, high)
            # Each spot lies on a line; clabel cuts the line there.
            for text in lines.clabel(
                manual=spots, fontsize=SMALL_FONT_SIZE, fmt=_level_text, inline_spacing=5
            ):
                text.set(rotation=0, gid="level")
            lines.set_paths([_without_idle_points(path) for path in lines.get_paths()])
    ranges = {name: (float(z.min()), float(z.max())) for name, z in heights.items()}
    marked = None if bend is None else kink_label
    computed = contours_text(ranges, names, (low, high), marked, title)
    return described(figure, alt, None if ax is None else ax[0], computed)


def _heights(function: Plane, x1: Any, x2: Any, name: str) -> Any:
    z = np.asarray(function(x1, x2), dtype=float)
    if z.shape != x1.shape:
        raise DrawingError(
            f"draw_contours: {name!r} maps arrays of shape {x1.shape} to one of shape {z.shape}.",
            remedy="It must work elementwise: np.maximum(x1, x2), not max(x1, x2).",
        )
    if not np.isfinite(z).all():
        spot = np.argwhere(~np.isfinite(z))[0]
        raise DrawingError(
            f"draw_contours: {name!r} is {z[tuple(spot)]} at ({x1[tuple(spot)]:g}, {x2[tuple(spot)]:g}).",
            remedy="Use limits inside which it is finite.",
        )
    return z


def _round_levels(low: float, high: float) -> list[float]:
    """Return about eight round levels from low to high: steps of 1, 2 or 5 times a power of ten."""
    if low == high:
        return [low - 1, low, low + 1]
    rough = (high - low) / 8
    unit = 10.0 ** np.floor(np.log10(rough))
    step = unit * min((1, 2, 5, 10), key=lambda factor: abs(factor * unit - rough))
    return [float(step * k) for k in range(int(np.floor(low / step)), int(np.ceil(high / step)) + 1)]


def _draw_panel(axes: Axes, x1: Any, x2: Any, z: Any, levels: Sequence[float], bend: Any) -> QuadContourSet:
    """Draw one panel; return its lines, which are not labelled yet."""
    fills = axes.contourf(x1, x2, z, levels=levels, cmap=_TINTS, extend="both")
    lines = axes.contour(x1, x2, z, levels=levels, colors=PALETTE.ink, linewidths=0.9, linestyles="solid")
    fills.set_paths([_without_idle_points(path) for path in fills.get_paths()])
    if bend is not None:
        zero = axes.contour(
            x1, x2, bend, levels=[0.0], colors=PALETTE.negative, linewidths=2.2, linestyles="--"
        )
        zero.set_paths([_without_idle_points(path) for path in zero.get_paths()])
    axes.set_aspect("equal")
    axes.grid(visible=False)
    return lines


def _label_spots(lines: QuadContourSet, low: float, high: float) -> list[tuple[float, float]]:
    """Return a spot on each line a quarter of its way along, which is off the corner that a kink makes.

    matplotlib's own choice takes no notice of the kink and writes over it. Lines along the frame get no
    label.
    """
    side, edge = (share * (high - low) for share in ((0.09, 0.04) if is_narrow() else (0.03, 0.03)))
    spots = []
    for path in lines.get_paths():
        points = np.asarray(path.vertices, dtype=float)
        if path.codes is None or not len(points):
            continue  # a level that the function does not reach
        pieces = np.split(points, np.flatnonzero(np.asarray(path.codes) == Path.MOVETO)[1:])
        piece = max(pieces, key=len)
        for share in (0.25, 0.75) if is_narrow() else (0.25,):
            x, y = piece[int(share * len(piece))]
            if low + side < x < high - side and low + edge < y < high - edge:
                spots.append((float(x), float(y)))
                break
    return spots


def _level_text(level: float) -> str:
    return f"{level:g}".replace("-", "−")


def _without_idle_points(path: Path) -> Path:
    """Return the path without the points inside straight pieces; a piecewise linear function has many."""
    v = np.asarray(path.vertices, dtype=float)
    if path.codes is None or len(v) < 3:
        return path
    codes = np.asarray(path.codes, dtype=np.uint8)
    repeated = np.concatenate([[False], (np.diff(v, axis=0) == 0).all(axis=1) & (codes[1:] == Path.LINETO)])
    v, codes = v[~repeated], codes[~repeated]
    before, after = v[1:-1] - v[:-2], v[2:] - v[1:-1]
    turn = np.abs(before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0])
    onward = (before * after).sum(axis=1) > 0
    straight = (turn <= 1e-9 * (before * before + after * after).sum(axis=1)) & onward
    inside = (codes[1:-1] == Path.LINETO) & (codes[2:] == Path.LINETO)
    keep = np.concatenate([[True], ~(straight & inside), [True]])
    return Path(v[keep], codes[keep])
