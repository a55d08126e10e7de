"""Kinks as folds: functions of two numbers as sheets, flat on either side of the diagonal, that add up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon

from nnutils.core.errors import DrawingError
from nnutils.drawing.canvas import Point, point_axes, write
from nnutils.drawing.describing import described
from nnutils.drawing.narrow import drawing_width, drawn, is_narrow
from nnutils.drawing.style import FONT_SIZE, PALETTE, SMALL_FONT_SIZE, styled
from nnutils.drawing.text import drawn_number, finite, subscripted, text_size, wrapped

__all__ = [
    "draw_folds",
]

Sheet = Callable[[int, int], Any]

_COLUMN = 168.0
_ROW = 168.0
_ACROSS, _AWAY, _UP = (43.0, -9.0), (18.0, 30.0), (0.0, 15.0)
"""In points: what one step in x1, in x2 and in height moves on the page."""
_SMALLER, _NAMES, _SIGN = 0.6, 18.0, 9.0
"""On a phone: the size of a sheet, and in points the room for its name and on each side for a sign."""
_LOW = -1
_CORNERS = ((-1, -1), (1, -1), (1, 1), (-1, 1))
"""Front left, front right, back right, back left: (x1, x2)."""


@drawn
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
        width = 72 * drawing_width()
        note = "x₁ to the right, x₂ to the back; orange: the fold, x₁ = x₂"
        note = wrapped(note, SMALL_FONT_SIZE, width) if is_narrow() else note
        scale = _SMALLER if is_narrow() else 1.0
        lines = [line for row in sheets for line in _lines(row)]
        high = scale * _ROW + (_NAMES if is_narrow() else 0.0)
        foot = 24.0 + 14.0 * note.count("\n")
        height = high * len(lines) + foot
        figure, axes = point_axes(width, height, title, None, "draw_folds")
        places = iter(_places(lines, width, height, high))
        for row, between in zip(sheets, signs, strict=True):
            for column, (name, heights) in enumerate(row):
                x, y, step = next(places)
                folded = _draw_sheet(axes, (x, y), heights, scale)
                low = y - 76 * scale - (_NAMES / 3 if is_narrow() else 0.0)
                write(axes, (x, low), subscripted(name), FONT_SIZE, PALETTE.ink, gid="name", bold=True)
                corners = ", ".join(drawn_number(value) for value in heights)
                told.append(
                    f"{name} is {'folded along the diagonal' if folded else 'flat'}, corners {corners}"
                )
                if not is_narrow() and column < len(between):
                    write(axes, (x + step / 2, low), between[column], 16.0, PALETTE.ink, gid="sign")
                elif is_narrow() and column:  # before what it joins, in the line of that
                    left = x - max(step / 2, text_size(subscripted(name), FONT_SIZE, "bold")[0] / 2 + 16)
                    write(axes, (left, low), between[column - 1], 16.0, PALETTE.ink, gid="sign")
        write(axes, (width / 2, foot - 14 if is_narrow() else 10), note, SMALL_FONT_SIZE, PALETTE.muted)
    head = f"{title or 'Sheets over a square'}; corners front left, front right, back right, back left. "
    return described(figure, alt, None, head + "; ".join(told) + ".")


def _lines(row: Sequence[tuple[str, Sequence[float]]]) -> list[int]:
    """Return how many functions of a row stand in each line: all of them, or on a phone one or two."""
    if not is_narrow():
        return [len(row)]
    cell = 36 * drawing_width()
    beside = cell / 2 - _SMALLER * (_ACROSS[0] + _AWAY[0]) - 6
    counts: list[int] = []
    before = False
    for name, heights in row:
        numbers = max(text_size(drawn_number(value), SMALL_FONT_SIZE)[0] for value in heights)
        short = text_size(subscripted(name), FONT_SIZE, "bold")[0] <= cell - 2 * _SIGN and numbers <= beside
        if counts and counts[-1] == 1 and short and before:
            counts[-1] = 2
        else:
            counts.append(1)
        before = short
    return counts


def _places(
    lines: Sequence[int], width: float, height: float, high: float
) -> Iterator[tuple[float, float, float]]:
    """Yield for each function the centre of its sheet, and the distance to the next one in its line."""
    for number, count in enumerate(lines):
        y = height - high * (number + 0.48)
        step = width / 2 if is_narrow() else _COLUMN
        start = (width - (count - 1) * step) / 2 if is_narrow() else step / 2
        for column in range(count):
            yield start + column * step, y, step


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


def _draw_sheet(axes: Axes, centre: Point, heights: Sequence[float], scale: float) -> bool:
    """Draw the square on the ground and the sheet above it; return whether the sheet is folded."""
    ground = [_spot(centre, corner, _LOW, scale) for corner in _CORNERS]
    spots = [_spot(centre, corner, value, scale) for corner, value in zip(_CORNERS, heights, strict=True)]
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
        text = drawn_number(value)
        aside = text_size(text, SMALL_FONT_SIZE)[0] / 2 + 6 if is_narrow() else 13
        place = (spot[0] + aside * corner[0], spot[1] + 5 * corner[1])
        write(axes, place, text, SMALL_FONT_SIZE, PALETTE.ink, gid="height", on_card=is_narrow())
    return folded


def _spot(centre: Point, corner: tuple[int, int], value: float, scale: float) -> Point:
    x, y = (
        centre[i] + scale * (corner[0] * _ACROSS[i] + corner[1] * _AWAY[i] + value * _UP[i]) for i in (0, 1)
    )
    return x, y
