"""Kinks as folds: functions of two numbers as sheets, flat on either side of the diagonal, that add up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon

from nnutils.core.errors import DrawingError
from nnutils.drawing.canvas import Point, point_axes, write
from nnutils.drawing.describing import described
from nnutils.drawing.style import FONT_SIZE, PALETTE, SMALL_FONT_SIZE, WIDTH, styled
from nnutils.drawing.text import drawn_number, finite, subscripted

__all__ = [
    "draw_folds",
]

Sheet = Callable[[int, int], Any]

_COLUMN = 168.0
_ROW = 168.0
_ACROSS, _AWAY, _UP = (43.0, -9.0), (18.0, 30.0), (0.0, 15.0)
"""In points: what one step in x1, in x2 and in height moves on the page."""
_LOW = -1
_CORNERS = ((-1, -1), (1, -1), (1, 1), (-1, 1))
"""Front left, front right, back right, back left: (x1, x2)."""


def draw_folds(
    rows: Sequence[Sequence[tuple[str, Sheet]]],
    signs: Sequence[Sequence[str]],
    *,
    title: str | None = None,
    alt: str | None = None,
) -> Figure:
    """Draw rows of up to three functions of (x1, x2) on the square from -1 to 1, with a sign between two.

    Each function is affine where x1 >= x2 and where x1 <= x2, so its four corners say all. The part with
    x1 >= x2 lies in front. Where the parts meet at an angle, the diagonal is drawn as a fold. Numbers are the
    heights of the corners. ``alt`` is the alternative text; without it, one is computed from the heights.

    Raises:
        DrawingError: no row, a row of more than three functions, other than one sign between two functions,
            a height that is not a finite number, a function that is not affine on either part.

    >>> figure = draw_folds([[("x1", lambda a, b: a), ("min", min)]], [["-"]])
    >>> [text.get_text() for text in figure.axes[0].texts if text.get_gid() == "name"]
    ['x₁', 'min']
    """
    if not rows or any(not 1 <= len(row) <= 3 for row in rows):
        raise DrawingError("draw_folds: a row has one to three functions.", remedy="Give rows of pairs.")
    if [len(row) - 1 for row in rows] != [len(between) for between in signs]:
        raise DrawingError("draw_folds: the signs do not fit.", remedy="Give one sign between two functions.")
    sheets = [[(name, _heights(name, function)) for name, function in row] for row in rows]
    told = []
    with styled():
        height = _ROW * len(rows) + 24.0
        figure, axes = point_axes(72 * WIDTH, height, title, None, "draw_folds")
        for number, (row, between) in enumerate(zip(sheets, signs, strict=True)):
            y = height - _ROW * (number + 0.48)
            for column, (name, heights) in enumerate(row):
                centre = (_COLUMN * (column + 0.5), y)
                folded = _draw_sheet(axes, centre, heights)
                write(
                    axes,
                    (centre[0], y - 76),
                    subscripted(name),
                    FONT_SIZE,
                    PALETTE.ink,
                    gid="name",
                    bold=True,
                )
                corners = ", ".join(drawn_number(value) for value in heights)
                told.append(
                    f"{name} is {'folded along the diagonal' if folded else 'flat'}, corners {corners}"
                )
                if column < len(between):
                    write(
                        axes, (_COLUMN * (column + 1), y - 76), between[column], 16.0, PALETTE.ink, gid="sign"
                    )
        note = "x₁ to the right, x₂ to the back; orange: the fold, x₁ = x₂"
        write(axes, (36 * WIDTH, 10), note, SMALL_FONT_SIZE, PALETTE.muted)
    head = f"{title or 'Sheets over a square'}; corners front left, front right, back right, back left. "
    return described(figure, alt, None, head + "; ".join(told) + ".")


def _heights(name: str, function: Sheet) -> list[float]:
    """Return the heights at the corners, after a look at points between that an affine part determines."""

    def at(x1: int, x2: int) -> float:
        return finite(function(x1, x2), f"draw_folds: {name!r} at ({x1}, {x2})")

    corners = [at(*corner) for corner in _CORNERS]
    front_left, front_right, back_right, back_left = corners
    for inside, one, other in (
        ((0, 0), front_left, back_right),
        ((0, -1), front_left, front_right),
        ((1, 0), front_right, back_right),
        ((-1, 0), front_left, back_left),
        ((0, 1), back_left, back_right),
    ):
        if abs(at(*inside) - (one + other) / 2) > 1e-12:
            raise DrawingError(
                f"draw_folds: {name!r} bends elsewhere than on the diagonal.",
                remedy="Use functions that are affine where x1 >= x2 and where x1 <= x2.",
            )
    return corners


def _draw_sheet(axes: Axes, centre: Point, heights: Sequence[float]) -> bool:
    """Draw the square on the ground and the sheet above it; return whether the sheet is folded."""
    ground = [_spot(centre, corner, _LOW) for corner in _CORNERS]
    spots = [_spot(centre, corner, value) for corner, value in zip(_CORNERS, heights, strict=True)]
    axes.add_patch(Polygon(ground, fill=False, edgecolor=PALETTE.muted, linestyle=":", linewidth=1.0))
    for below, above in zip(ground, spots, strict=True):
        axes.plot(*zip(below, above, strict=True), ":", color=PALETTE.muted, linewidth=1.0, zorder=1)
    folded = abs(heights[1] + heights[3] - heights[0] - heights[2]) > 1e-12
    for part, tint in (((0, 2, 3), PALETTE.green_tint), ((0, 1, 2), PALETTE.blue_tint)):
        corners = [spots[i] for i in part]
        axes.add_patch(
            Polygon(corners, facecolor=tint, edgecolor=PALETTE.ink, linewidth=1.0, alpha=0.92, gid="part")
        )
    colour, width = (PALETTE.negative, 2.6) if folded else (PALETTE.muted, 0.8)
    axes.plot(*zip(spots[0], spots[2], strict=True), "-", color=colour, linewidth=width, zorder=4)
    for corner, spot, value in zip(_CORNERS, spots, heights, strict=True):
        place = (spot[0] + 13 * corner[0], spot[1] + 5 * corner[1])
        write(axes, place, drawn_number(value), SMALL_FONT_SIZE, PALETTE.ink, gid="height")
    return folded


def _spot(centre: Point, corner: tuple[int, int], value: float) -> Point:
    x, y = (centre[i] + corner[0] * _ACROSS[i] + corner[1] * _AWAY[i] + value * _UP[i] for i in (0, 1))
    return x, y
