"""What one value has seen: windows on windows, from the value at the top down to the picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon, Rectangle

from nnutils.core.errors import DrawingError
from nnutils.core.words import counted
from nnutils.drawing.describing import describe
from nnutils.drawing.narrow import drawing_width, drawn, is_narrow
from nnutils.drawing.style import FONT_SIZE, PALETTE, SMALL_FONT_SIZE, WIDTH, panels, styled
from nnutils.drawing.text import LINE_SPACING, text_size, wrapped

__all__ = ["Windows", "draw_stacked_windows"]

Windows = Sequence[tuple[str, int, int, int]]
"""Name, kernel size, stride and dilation along one axis, from the picture on."""

_MOST_PATHS = 3
_MOST_PIXELS = 200
_MOST_NUMBERED = 13
"""More pixels side by side have no room for a number each."""
_ROW, _CELL = 1.0, 0.34
_LEVEL, _EDGE = 50.0, 3.0
"""On a phone, in points: from one row to the next, and the margin."""


@drawn
def draw_stacked_windows(paths: Mapping[str, Windows], *, alt: str | None = None) -> Figure:
    """Draw one row of each map on a path, with what a single value of the last map reads of it.

    ``paths`` maps a title to the layers of a path. The rows are cut along one axis: the value stands at the
    top, the picture at the bottom, and a fan leads from each value to the window that it reads. Where there
    is room, a pixel carries the number of ways that lead from it to the value. All paths have one scale.
    ``alt`` is the alternative text; without it, one is computed.

    Raises:
        DrawingError: no path or more than three, a path without a layer, settings that are not whole numbers
            of at least 1, more than 200 pixels.

    >>> figure = draw_stacked_windows({"two": [("A", 3, 1, 1), ("B", 3, 1, 1)], "one": [("D", 5, 1, 1)]})
    >>> [text.get_text() for text in figure.axes[0].texts if text.get_gid() == "ways"]
    ['1', '2', '3', '2', '1']
    """
    if not 1 <= len(paths) <= _MOST_PATHS:
        raise DrawingError(
            f"draw_stacked_windows: {len(paths)} paths do not fit.", remedy=f"Give one to {_MOST_PATHS}."
        )
    rows = {title: _rows(title, layers) for title, layers in paths.items()}
    seen = {title: max(found[0]) + 1 for title, found in rows.items()}
    widest, deepest = max(seen.values()), max(map(len, rows.values()))
    if widest > _MOST_PIXELS:
        raise DrawingError(
            f"draw_stacked_windows: {widest} pixels cannot be told apart.",
            remedy="Use fewer or smaller windows.",
        )
    numbered = widest <= _MOST_NUMBERED
    titles = [f"{title}: {counted(seen[title], 'pixel')}" for title in rows]
    with styled():
        if is_narrow():
            figure = _draw_narrow(titles, paths, rows, widest, numbered=numbered)
        else:
            figure, axes = panels(len(rows), width=WIDTH, height=0.75 + 0.72 * deepest)
            room = 0.5 * widest + 0.6
            for panel, title, path, found in zip(axes, titles, paths.values(), rows.values(), strict=True):
                _draw_path(panel, path, found, numbered=numbered, size=SMALL_FONT_SIZE - 1)
                panel.set(xlim=(-room - 0.42 * widest - 1, room))
                panel.set(ylim=(-0.25, (deepest - 1) * _ROW + _CELL + 0.2))
                panel.set_title(title, fontsize=SMALL_FONT_SIZE + 1)
    return describe(figure, alt or _text(paths, rows, seen))


def _rows(title: str, layers: Windows) -> list[Counter[int]]:
    """Return what the value reads of each row, the picture first: places, and the ways from each."""
    if not layers or any(type(size) is not int or size < 1 for _, *sizes in layers for size in sizes):
        raise DrawingError(
            f"draw_stacked_windows: the path {title!r} is {list(layers)}.",
            remedy="Give (name, kernel size, stride, dilation) for each layer, as whole numbers from 1 on.",
        )
    found = [Counter({0: 1})]
    for _, kernel, stride, dilation in reversed(layers):
        below: Counter[int] = Counter()
        for place, ways in found[0].items():
            for tap in range(kernel):
                below[place * stride + tap * dilation] += ways
        found.insert(0, below)
    return found


def _centres(layers: Windows) -> list[tuple[float, int]]:
    """Return for each row where its value 0 stands, in pixels, and how far its values are apart."""
    centres, start, step = [(0.0, 1)], 0.0, 1
    for _, kernel, stride, dilation in layers:
        start += (kernel - 1) * dilation * step / 2
        step *= stride
        centres.append((start, step))
    return centres


def _draw_narrow(
    titles: Sequence[str],
    paths: Mapping[str, Windows],
    rows: Mapping[str, Sequence[Counter[int]]],
    widest: int,
    *,
    numbered: bool,
) -> Figure:
    """Draw the paths one above the other, all in the scale that leaves room for the longest name."""
    names = max(text_size(name, FONT_SIZE)[0] for path in paths.values() for name in _names(path)) + 8
    ways = [str(number) for found in rows.values() for number in found[0].values()]
    # In points: a pixel is at least as wide as the number that it carries.
    least = max(text_size(number, SMALL_FONT_SIZE)[0] for number in ways) + 4 if numbered else 1.0
    pixel = max(least, (72 * drawing_width() - 2 * _EDGE - names) / (widest + 1))
    width = max(72 * drawing_width(), pixel * (widest + 1) + names + 2 * _EDGE)
    lines = [wrapped(title, SMALL_FONT_SIZE + 1, width - 8, "bold") for title in titles]
    heads = [(line.count("\n") + 1) * LINE_SPACING * (SMALL_FONT_SIZE + 1) + 8 for line in lines]
    talls = [(len(found) - 1 + _CELL + 0.36) * _LEVEL for found in rows.values()]
    total = sum(heads) + sum(talls)
    figure = Figure(figsize=(width / 72, total / 72))
    top = total
    for title, head, tall, path, found in zip(
        lines, heads, talls, paths.values(), rows.values(), strict=True
    ):
        top -= head + tall
        panel = figure.add_axes((0.0, top / total, 1.0, tall / total))
        figure.text(
            3 / width, (top + tall + 5) / total, title, fontsize=SMALL_FONT_SIZE + 1, fontweight="bold"
        )
        _draw_path(panel, path, found, numbered=numbered, size=SMALL_FONT_SIZE)
        room = 0.5 * (widest + 1)
        panel.set(xlim=(-room - (names + _EDGE) / pixel, width / pixel - room - (names + _EDGE) / pixel))
        panel.set(ylim=(-0.26, tall / _LEVEL - 0.26))
    return figure


def _names(layers: Windows) -> list[str]:
    return ["picture", *(name for name, *_ in layers)]


def _draw_path(
    panel: Axes, layers: Windows, rows: Sequence[Counter[int]], *, numbered: bool, size: float
) -> None:
    middle = max(rows[0]) / 2
    centres = _centres(layers)
    for level, (name, row, (start, step)) in enumerate(zip(_names(layers), rows, centres, strict=True)):
        half = 0.44 * min(step, 2)
        for place in row:
            x = start + place * step - middle
            if level:
                _draw_fan(
                    panel, (x - half, x + half), level, layers[level - 1], place, centres[level - 1], middle
                )
            cell = Rectangle((x - half, level * _ROW), 2 * half, _CELL, gid="cell", zorder=3)
            fill = PALETTE.blue_tint if level == 0 else PALETTE.white
            cell.set(facecolor=PALETTE.green_tint if level == len(rows) - 1 else fill, edgecolor=PALETTE.ink)
            panel.add_patch(cell)
            if numbered and level == 0:
                panel.text(
                    x,
                    _CELL / 2,
                    str(row[place]),
                    fontsize=size,
                    ha="center",
                    va="center",
                    zorder=4,
                    gid="ways",
                )
        left = start + min(row) * step - middle - half
        panel.text(left - 0.35, level * _ROW + _CELL / 2, name, ha="right", va="center", gid="name")
    panel.set_axis_off()


def _draw_fan(
    panel: Axes,
    ends: tuple[float, float],
    level: int,
    layer: tuple[str, int, int, int],
    place: int,
    below: tuple[float, int],
    middle: float,
) -> None:
    """Draw the area between a value and the window that it reads in the row below."""
    _, kernel, stride, dilation = layer
    start, step = below
    half = 0.44 * min(step, 2)
    first = start + place * stride * step - middle - half
    last = start + (place * stride + (kernel - 1) * dilation) * step - middle + half
    bottom, top = (level - 1) * _ROW + _CELL, level * _ROW
    corners = [(first, bottom), (last, bottom), (ends[1], top), (ends[0], top)]
    fan = Polygon(corners, facecolor=PALETTE.orange_tint, edgecolor=PALETTE.negative, alpha=0.45, gid="fan")
    fan.set(linewidth=0.8, zorder=1)
    panel.add_patch(fan)


def _text(
    paths: Mapping[str, Windows], rows: Mapping[str, Sequence[Counter[int]]], seen: Mapping[str, int]
) -> str:
    """Say for each path how many values of each map lead to the one at the top."""
    parts = []
    for title, layers in paths.items():
        names = [name for name, *_ in layers]
        counts = [f"{len(row)} of {name}" for row, name in zip(rows[title][1:-1], names[:-1], strict=True)]
        read = ", ".join([*reversed(counts), f"{len(rows[title][0])} of the picture"])
        parts.append(f"{title}: one value of {names[-1]} reads {read}, over {counted(seen[title], 'pixel')}.")
    return "Windows on windows along one axis. " + " ".join(parts)
