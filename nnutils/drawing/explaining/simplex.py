"""Softmax for three classes: rays in the plane of the logits become curves in the triangle of the shares."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon

from nnutils.core.errors import DrawingError
from nnutils.core.numerals import number_text
from nnutils.drawing.describing import described
from nnutils.drawing.legends import heading, legend_columns
from nnutils.drawing.narrow import drawn, is_narrow
from nnutils.drawing.style import PALETTE, SMALL_FONT_SIZE, panels, styled
from nnutils.drawing.text import finite, subscripted
from nnutils.numerics.reference import softmax

__all__ = ["draw_simplex"]

_CLASSES = 3
_ANGLES = np.radians([210.0, 330.0, 90.0])
_DIRECTIONS = np.column_stack([np.cos(_ANGLES), np.sin(_ANGLES)]).round(9)
"""From the centre to the corner of each class. They add up to zero, so a shift moves nothing."""

_REACH = 1.3
"""How far the hexagon of the left panel reaches beyond the farthest vector."""

_INNER = 0.85
"""A ray as long as this part of the hexagon's radius stays inside the hexagon, whatever its direction."""

_POINTS = 160
_FAR = 40.0
"""A curve ends where the largest logits lead the next by so much: the others are down to exp(-40)."""


@drawn
def draw_simplex(
    vectors: Sequence[Sequence[float]], *, title: str | None = None, alt: str | None = None
) -> Figure:
    """Draw the path c -> softmax(c x), c >= 0, of one to four vectors x of three logits.

    Left the logits: a plane in which all shifts of a vector are one point, and c x runs along a ray. Right
    the shares: a triangle whose corners are certainty. Sectors of one tint belong together: there the same
    entry is largest. A square marks c = 0, a dot c = 1, a ring the limit for c to infinity: a corner, or the
    middle of an edge where two entries tie. ``alt`` is the alternative text; without it, one is computed.

    Raises:
        DrawingError: no vector or more than four, not three entries, an entry that is not a finite number.

    >>> figure = draw_simplex([[2, 1, 0], [1, 1, -1]])
    >>> [text.get_text() for text in figure.legends[0].texts[:2]]
    ['x = (2, 1, 0)', 'x = (1, 1, −1), tied']
    """
    if not 1 <= len(vectors) <= len(PALETTE.lines):
        raise DrawingError(
            f"draw_simplex: {len(vectors)} vectors, but one to {len(PALETTE.lines)} can be told apart.",
            remedy="Draw fewer vectors.",
        )
    logits = [_checked(vector) for vector in vectors]
    farthest = max(float(np.linalg.norm(np.array(x) @ _DIRECTIONS)) for x in logits) or 1.0
    with styled():
        if is_narrow():
            figure, (left, right) = panels(rows=2, height=7.4 + (0.5 if title else 0.0))
        else:
            figure, (left, right) = panels(2, height=4.3 + (0.3 if title else 0.0))
        _draw_sectors(left, _REACH * farthest, [subscripted(f"x{n}") + " largest" for n in (1, 2, 3)])
        _draw_sectors(right, 1.0, ["(1, 0, 0)", "(0, 1, 0)", "(0, 0, 1)"], corners=True)
        marks = zip(logits, PALETTE.lines, ("-", "--", "-.", ":"), strict=False)
        lines = [_draw_path(left, right, x, _REACH * farthest, colour, dash) for x, colour, dash in marks]
        for axes in (left, right):
            axes.plot([0], [0], "s", color=PALETTE.ink, markersize=7)
        left.set_title("logits, up to a shift")
        right.set_title("their softmax")
        key = [*lines, *_key()]
        columns = legend_columns([str(line.get_label()) for line in key], 2, spacing=1.6)
        figure.legend(handles=key, loc="outside lower center", ncols=columns, columnspacing=1.6)
        if title:
            figure.suptitle(heading(title), x=0.02, ha="left", fontweight="bold")
    return described(figure, alt, None, _alt_text(logits))


def _checked(vector: Sequence[float]) -> tuple[float, ...]:
    if len(vector) != _CLASSES:
        raise DrawingError(
            f"draw_simplex: {list(vector)} has {len(vector)} entries, but a triangle has three corners.",
            remedy="Give vectors of three logits.",
        )
    return tuple(finite(entry, "draw_simplex: an entry") for entry in vector)


def _winners(x: Sequence[float]) -> list[int]:
    return [number for number, entry in enumerate(x) if entry == max(x)]


def _draw_sectors(axes: Axes, reach: float, names: Sequence[str], *, corners: bool = False) -> None:
    """Tint the three parts in which one entry is largest; name each beyond its corner."""
    for number, name in enumerate(names):
        ahead, beside = _DIRECTIONS[number] * reach, np.delete(_DIRECTIONS, number, axis=0) * reach
        # The border of two sectors points away from the third class, to the middle of an edge.
        first, last = (-beside / 2) if corners else (-beside)
        around = [(0.0, 0.0), first, ahead, last]
        axes.add_patch(
            Polygon(
                np.array(around).round(6), facecolor=PALETTE.tints[number], edgecolor=PALETTE.muted, lw=0.8
            )
        )
        below = number != _CLASSES - 1
        # Beside the lower edges of the hexagon, below the corners of the triangle.
        x, y = ahead * 1.08 if corners or not below else (0.84 * ahead[0], 1.66 * ahead[1])
        side = "top" if below else "bottom"
        axes.text(round(x, 6), round(y, 6), name, ha="center", va=side, fontsize=SMALL_FONT_SIZE)
    axes.set(xlim=(-1.25 * reach, 1.25 * reach), ylim=(-0.95 * reach, 1.3 * reach), aspect="equal")
    if not corners:
        axes.set_ylim(-1.25 * reach, 1.3 * reach)
    axes.set_axis_off()


def _draw_path(left: Axes, right: Axes, x: Sequence[float], reach: float, colour: str, dash: Any) -> Line2D:
    """Draw the ray of c x and the curve of its softmax, with their marks; return the line of the key."""
    ray = np.array(x) @ _DIRECTIONS
    length = float(np.linalg.norm(ray))
    winners = _winners(x)
    if len(winners) < _CLASSES:
        tip = (ray / length * reach * _INNER).round(6)
        left.plot([0, tip[0]], [0, tip[1]], color=colour, linestyle=dash)
        gap = max(x) - max(entry for entry in x if entry < max(x))
        scales = np.concatenate([[0], np.geomspace(0.01 / (max(x) - min(x)), _FAR / gap, _POINTS)])
        curve = (softmax(scales[:, None] * np.array(x)) @ _DIRECTIONS).round(6)
        right.plot(*curve.T, color=colour, linestyle=dash)
    for axes, spot in ((left, ray), (right, softmax(x) @ _DIRECTIONS)):
        axes.plot(*spot.round(6), "o", color=colour, markersize=6)
    limit = _DIRECTIONS[winners].mean(axis=0).round(6)
    right.plot(*limit, "o", markeredgecolor=colour, markerfacecolor=PALETTE.card, markersize=9, zorder=3)
    tie = {1: "", 2: ", tied", 3: ", all equal"}[len(winners)]
    return Line2D([], [], color=colour, linestyle=dash, label=f"x = {_written(x)}{tie}")


def _key() -> list[Line2D]:
    marks = (("s", PALETTE.ink, "c = 0"), ("o", PALETTE.ink, "c = 1"), ("o", PALETTE.card, "c → ∞ (limit)"))
    edge = PALETTE.ink
    return [
        Line2D([], [], ls="", marker=kind, markeredgecolor=edge, markerfacecolor=fill, label=label)
        for kind, fill, label in marks
    ]


def _written(x: Sequence[float]) -> str:
    whole = [int(entry) if math.floor(entry) == entry else entry for entry in x]
    return f"({', '.join(number_text(entry, significant=3) for entry in whole)})"


def _alt_text(logits: Sequence[Sequence[float]]) -> str:
    ends = []
    for x in logits:
        names = [str(number + 1) for number in _winners(x)]
        if len(names) == _CLASSES:
            ends.append(f"{_written(x)} stays in the centre")
        elif len(names) == 1:
            ends.append(f"{_written(x)} runs to the corner of class {names[0]}")
        else:
            ends.append(
                f"{_written(x)}, tied, to the middle of the edge between classes {' and '.join(names)}"
            )
    return (
        "Left: a plane of logits of three classes, in which c x is a ray from the centre; three sectors say "
        "which entry is largest. Right: the triangle of the shares with the same sectors; each ray becomes a "
        f"curve from the centre. {'; '.join(ends)}."
    )
