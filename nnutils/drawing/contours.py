"""A function of two variables by its contour lines, several side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.contour import ContourSet
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.path import Path

from nnutils.core.errors import DrawingError
from nnutils.drawing.canvas import figure_of
from nnutils.drawing.style import PALETTE, SMALL_FONT_SIZE, WIDTH, panels, styled
from nnutils.drawing.text import Point, finite, nearest_first, place_labels, subscripted, text_size

__all__ = [
    "Plane",
    "draw_contours",
]

Plane = Callable[[Any, Any], Any]
"""A function of two arrays of one shape that returns an array of that shape."""

_TINTS = LinearSegmentedColormap.from_list("tints", ["#EAF3FA", "#CDE6F5", "#9CC9E6", "#6FAFD6"])


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
) -> Figure:
    """Draw the contour lines of functions of two variables, one panel each, all at the same levels.

    ``functions`` maps a panel's title to a function of two arrays (x1, x2) that works elementwise. ``limits``
    hold for both variables. Where ``kink`` (a function too) is zero a dashed line marks it, called
    ``kink_label``. ``points`` is the number of samples along each axis; ``ax`` lists one axes for each
    function.

    Raises:
        DrawingError: no functions, empty limits, a function whose result has another shape or is not finite,
            a kink that is nowhere zero within the limits, the wrong number of axes.

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
    if not functions or low >= high or points < 2:
        raise DrawingError(
            f"draw_contours: {len(functions)} functions on limits {limits} and {points} points: no picture.",
            remedy="Give at least one function, limits (low, high) with low < high, and two points or more.",
        )
    side = np.linspace(low, high, points)
    x1, x2 = np.meshgrid(side, side)
    heights = {name: _heights(function, x1, x2, name) for name, function in functions.items()}
    bend = None if kink is None else _heights(kink, x1, x2, kink_label)
    if bend is not None and (bend.min() > 0 or bend.max() < 0):
        raise DrawingError(
            f"draw_contours: {kink_label!r} is zero nowhere between {low:g} and {high:g}.",
            remedy="Use wider limits, or leave out kink.",
        )
    if levels is None:
        levels = _round_levels(min(h.min() for h in heights.values()), max(h.max() for h in heights.values()))
    with styled():
        if ax is None:
            columns = min(len(heights), 3)
            rows = -(-len(heights) // columns)
            panel = WIDTH / max(columns, 2)
            height = rows * (panel + 0.1) + (0.3 if bend is not None else 0.0) + (0.3 if title else 0.0)
            figure, axes = panels(columns, rows, width=panel * columns, height=height)
        else:
            axes, figure = list(ax), figure_of(ax[0])
        for panel_axes in axes[len(heights) :]:
            panel_axes.set_axis_off()
        for panel_axes, (name, z) in zip(axes, heights.items(), strict=False):
            _draw_panel(panel_axes, x1, x2, z, levels, bend)
            panel_axes.set_title(subscripted(name))
            panel_axes.set_xlabel(subscripted(names[0]))
            panel_axes.set_ylabel(subscripted(names[1]))
        if bend is not None:
            line = Line2D([], [], color=PALETTE.negative, linestyle="--", label=subscripted(kink_label))
            figure.legend(handles=[line], loc="outside lower center" if ax is None else "lower center")
        if title:
            figure.suptitle(title, x=0.02, ha="left", fontweight="bold")
        figure.draw_without_rendering()
        for panel_axes in axes[: len(heights)]:
            _label_levels(panel_axes)
    return figure


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
    """About eight round levels from low to high: steps of 1, 2 or 5 times a power of ten."""
    if low == high:
        return [low - 1, low, low + 1]
    rough = (high - low) / 8
    unit = 10.0 ** np.floor(np.log10(rough))
    step = unit * min((1, 2, 5, 10), key=lambda factor: abs(factor * unit - rough))
    return [float(step * k) for k in range(int(np.floor(low / step)), int(np.ceil(high / step)) + 1)]


def _draw_panel(axes: Axes, x1: Any, x2: Any, z: Any, levels: Sequence[float], bend: Any) -> None:
    fills = axes.contourf(x1, x2, z, levels=levels, cmap=_TINTS, extend="both")
    lines = axes.contour(x1, x2, z, levels=levels, colors=PALETTE.ink, linewidths=0.9, linestyles="solid")
    drawn = [fills, lines]
    if bend is not None:
        drawn.append(
            axes.contour(x1, x2, bend, levels=[0.0], colors=PALETTE.negative, linewidths=2.2, linestyles="--")
        )
    for contours in drawn:
        contours.set_paths([_without_idle_points(path) for path in contours.get_paths()])
    axes.set_aspect("equal")
    axes.grid(visible=False)


def _without_idle_points(path: Path) -> Path:
    """The same path without the points inside straight pieces: a piecewise linear function has many."""
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


def _label_levels(axes: Axes) -> None:
    """Write each level once on its own line, upright, clear of the other lines, the kink and the frame."""
    contours = [c for c in axes.collections if isinstance(c, ContourSet) and not c.filled]
    scale = 72 / figure_of(axes).dpi
    frame = axes.get_window_extent()
    texts: list[str] = []
    sizes: list[tuple[float, float]] = []
    candidates: list[list[Point]] = []
    paths: list[list[Point]] = []
    for number, contour in enumerate(contours):
        for level, path in zip(contour.levels, contour.get_paths(), strict=True):
            pieces = [
                scale * axes.transData.transform(piece) for piece in path.to_polygons(closed_only=False)
            ]
            text = f"{level:g}".replace("-", "−")
            width, height = text_size(text, SMALL_FONT_SIZE)
            low = (scale * frame.x0 + width / 2 + 3, scale * frame.y0 + height / 2 + 3)
            high = (scale * frame.x1 - width / 2 - 3, scale * frame.y1 - height / 2 - 3)
            places = [
                (float(x), float(y))
                for piece in pieces
                for a, b in zip(piece, piece[1:], strict=False)
                for x, y in np.linspace(a, b, 2 + int(np.hypot(*(b - a)) / 6))
                if low[0] < x < high[0] and low[1] < y < high[1]
            ]
            # A label needs a line of its own: the kink has none, and a level outside the frame has no place.
            if number == 0 and places:
                texts.append(text)
                sizes.append((width, height))
                near = nearest_first(places, places[len(places) * 3 // 10])
                candidates.append(near[:: max(1, len(near) // 60)])
                paths.insert(len(texts) - 1, [(float(x), float(y)) for piece in pieces for x, y in piece])
            else:
                paths += [[(float(x), float(y)) for x, y in piece] for piece in pieces]
    spots, _ = place_labels(candidates, sizes, paths, [], clearance=2.0)
    for text, (x, y) in zip(texts, spots, strict=True):
        spot = axes.transData.inverted().transform((x / scale, y / scale))
        box = {"facecolor": PALETTE.card, "edgecolor": "none", "pad": 0.8}
        axes.text(
            float(spot[0]),
            float(spot[1]),
            text,
            fontsize=SMALL_FONT_SIZE,
            ha="center",
            va="center",
            bbox=box,
            gid="level",
            zorder=4,
        )
