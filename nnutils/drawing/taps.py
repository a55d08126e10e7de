"""How many taps of a window count at each of its positions: maps of small numbers, side by side."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import groupby
from numbers import Integral
from typing import Any, TypeVar

from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import MaxNLocator

from nnutils.core.errors import DrawingError
from nnutils.drawing.alt_texts import tap_map_text
from nnutils.drawing.describing import described
from nnutils.drawing.narrow import NARROW, drawn, is_narrow
from nnutils.drawing.style import FEWER_TAPS, PALETTE, SMALL_FONT_SIZE, WIDTH, panels, styled
from nnutils.drawing.text import text_size, wrapped

__all__ = [
    "TapMap",
    "draw_tap_map",
]

_MOST_NUMBERED = 10
"""A map with more rows or columns than this is drawn without numbers: they would not fit their cells."""

_FEWER = LinearSegmentedColormap.from_list("fewer taps", FEWER_TAPS)
_MOST_VALUES = 8
_TITLE_SIZE = 12.0
_NARROW_SIDE = 2.4
_LABEL_ROOM = 0.95
"""In inches: the width of one map in a narrow picture, and the least height, for the label at its side."""

TapMap = Sequence[Sequence[int]]

T = TypeVar("T")


@drawn
def draw_tap_map(
    maps: Mapping[str, TapMap],
    *,
    frame: tuple[int, int] | None = None,
    frame_label: str = "input",
    title: str | None = None,
    alt: str | None = None,
) -> Figure:
    """Draw one or two maps side by side: at each window position the number of taps that count there.

    ``maps`` maps a panel's title to rows of whole numbers; entry (r, c) belongs to the window whose corner is
    at row r and column c. All panels have the same scale and colours: blue for the most taps, orange for
    fewer. Small maps show their numbers in the cells; a key beneath explains the colours. ``frame`` is a
    (height, width) drawn dashed in every panel, the size of the input say, and called ``frame_label``.
    ``alt`` is the alternative text; without it, one is computed from the maps.

    Raises:
        DrawingError: no map or more than two, rows of different lengths, entries that are not whole numbers
            of at least 0, more than eight different numbers, a frame without height or width.

    >>> figure = draw_tap_map({"no padding": [[9, 9], [9, 9]], "padding": [[4, 6], [6, 9]]}, frame=(4, 4))
    >>> [text.get_text() for text in figure.axes[1].texts]
    ['4', '6', '6', '9']
    """
    checked = {name: _checked(rows, name) for name, rows in maps.items()}
    if len(checked) not in (1, 2):
        raise DrawingError(f"draw_tap_map: {len(checked)} maps were given.", remedy="Give one map or two.")
    if frame is not None and min(frame) < 1:
        raise DrawingError(
            f"draw_tap_map: a frame of {frame} is empty.", remedy="Give (height, width), both >= 1."
        )
    values = sorted({value for rows in checked.values() for row in rows for value in row})
    if len(values) > _MOST_VALUES:
        raise DrawingError(
            f"draw_tap_map: {len(values)} different numbers, but only {_MOST_VALUES} colours can be told "
            "apart.",
            remedy="Use a smaller kernel.",
        )
    colours: dict[int, Any] = {v: _FEWER(i / max(len(values) - 2, 1)) for i, v in enumerate(values)}
    colours[values[-1]] = PALETTE.blue_tint
    height = max([*(len(rows) for rows in checked.values()), *([frame[0]] if frame else [])])
    width = max([*(len(rows[0]) for rows in checked.values()), *([frame[1]] if frame else [])])
    with styled():
        key = [Patch(facecolor=colours[v], edgecolor=PALETTE.ink, label=_taps(v)) for v in reversed(values)]
        dashed = [_frame(frame, frame_label)] if frame else []
        in_a_row = min(len(key) + len(dashed), 7 if not dashed else 4)
        heading, names = title, list(checked)
        if is_narrow():
            in_a_row = min(in_a_row, _fitting([str(handle.get_label()) for handle in (*key, *dashed)]))
            heading = title and wrapped(title, _TITLE_SIZE, 72 * NARROW - 12, "bold")
            names = [wrapped(name, _TITLE_SIZE, 72 * _NARROW_SIDE, "bold") for name in names]
        figure, axes = _panels(names, height / width, -(-len([*key, *dashed]) // in_a_row), heading)
        for panel, name, rows in zip(axes, names, checked.values(), strict=True):
            _draw_panel(panel, rows, colours, numbered=max(height, width) <= _MOST_NUMBERED)
            if frame:
                panel.add_patch(_frame(frame))
            margin = 0.03 * max(height, width)
            panel.set_xlim(-margin, width + margin)
            panel.set_ylim(height + margin, -margin)
            for axis, cells in ((panel.xaxis, width), (panel.yaxis, height)):
                ticks = _ticks(cells, _step(height, width, cells) if is_narrow() else 1)
                axis.set_ticks([tick + 0.5 for tick in ticks], [str(tick) for tick in ticks])
            panel.set_aspect("equal", anchor="W" if is_narrow() else None)
            panel.set_title(name)
            is_slim = is_narrow() and width < 0.55 * height  # slimmer than its label is long
            panel.set_xlabel("column of the window", loc="left" if is_slim else None)
        for panel in axes if is_narrow() else axes[:1]:
            panel.set_ylabel(
                "row of the\nwindow" if is_narrow() and height < 0.6 * width else "row of the window"
            )
        figure.legend(
            handles=[*key, *dashed],
            loc="outside lower center",
            ncols=in_a_row,
            handlelength=1.2,
            columnspacing=1.2,
        )
        if heading:
            figure.suptitle(heading, x=0.02, ha="left", fontweight="bold")
    marked = f"{frame_label}, {frame[0]} × {frame[1]}" if frame else None
    return described(figure, alt, None, tap_map_text(checked, marked, title))


def _panels(
    names: Sequence[str], ratio: float, key_rows: int, title: str | None
) -> tuple[Figure, list[Axes]]:
    """Return the axes of the maps, side by side or one above the other; ``ratio`` is height by width."""
    if not is_narrow():
        side = WIDTH / 2 - 0.35
        tall = min(side * ratio, 1.6 * side)
        return panels(len(names), width=WIDTH, height=tall + 1.15 + (0.3 if title else 0.0))
    tall = min(max(_NARROW_SIDE * ratio, _LABEL_ROOM), 1.6 * _NARROW_SIDE)
    lines = "\n".join([*names, *([title] if title else [])]).count("\n") + 1
    high = len(names) * (tall + 0.85) + 0.2 * (lines + key_rows)
    figure, axes = panels(1, len(names), width=NARROW, height=high)
    engine = figure.get_layout_engine()
    assert isinstance(engine, ConstrainedLayoutEngine), "panels() gives every figure this layout"
    engine.set(h_pad=0.1)  # a title is nearer to its own map than to the one above
    return figure, axes


def _fitting(labels: Sequence[str]) -> int:
    """Return how many entries of a key stand side by side in a narrow picture."""
    longest = max(text_size(label, SMALL_FONT_SIZE)[0] for label in labels)
    return max(1, int((72 * NARROW - 12) // (longest + 3.2 * SMALL_FONT_SIZE)))


def _checked(rows: TapMap, name: str) -> list[list[int]]:
    table = [list(row) for row in rows]
    if not table or not table[0] or len({len(row) for row in table}) > 1:
        raise DrawingError(
            f"draw_tap_map: the rows of {name!r} have the lengths {[len(row) for row in table]}.",
            remedy="Give at least one row, and rows of one length.",
        )
    for value in (value for row in table for value in row):
        if isinstance(value, bool) or not isinstance(value, Integral) or value < 0:
            raise DrawingError(
                f"draw_tap_map: {name!r} holds {value!r}, which is not a number of taps.",
                remedy="Use whole numbers, at least 0.",
            )
    return [[int(value) for value in row] for row in table]


def _draw_panel(axes: Axes, rows: list[list[int]], colours: Mapping[int, Any], *, numbered: bool) -> None:
    """Fill the cells. Without numbers equal neighbours are one rectangle, which keeps a large map small."""
    top = 0
    for row, repeats in _runs(rows, merge=not numbered):
        left = 0
        for value, length in _runs(row, merge=not numbered):
            cell = Rectangle((left, top), length, repeats, facecolor=colours[value], gid="cell")
            cell.set(edgecolor=PALETTE.card if numbered else "none", linewidth=1.2 if numbered else 0.0)
            axes.add_patch(cell)
            if numbered:
                axes.text(
                    left + 0.5,
                    top + 0.5,
                    str(value),
                    ha="center",
                    va="center_baseline",
                    fontsize=SMALL_FONT_SIZE + 1,
                )
            left += length
        top += repeats
    axes.grid(visible=False)


def _step(height: int, width: int, cells: int) -> int:
    """Return how many cells of a narrow map the number of a row or column takes up."""
    cell = 72 * _NARROW_SIDE * min(1 / width, 1.6 / height)
    return math.ceil((text_size(str(cells), SMALL_FONT_SIZE)[0] + 5) / cell)


def _ticks(cells: int, step: int) -> list[int]:
    """Choose the rows or columns whose numbers are written: all of few, round ones of many.

    Those of few are ``step`` apart, for they may be small.
    """
    if cells <= _MOST_NUMBERED:
        return list(range(0, cells, step))
    return [int(tick) for tick in MaxNLocator(5, integer=True).tick_values(0, cells - 1) if 0 <= tick < cells]


def _runs(entries: Sequence[T], *, merge: bool) -> list[tuple[T, int]]:
    """Return equal neighbours as one entry with its length; without ``merge`` each entry by itself."""
    if not merge:
        return [(entry, 1) for entry in entries]
    return [(entry, len(list(group))) for entry, group in groupby(entries)]


def _frame(size: tuple[int, int], label: str | None = None) -> Rectangle:
    frame = Rectangle((0, 0), size[1], size[0], fill=False, label=label, gid="frame")
    frame.set(edgecolor=PALETTE.ink, linestyle=(0, (4, 2)), linewidth=1.3)
    return frame


def _taps(number: int) -> str:
    return "1 tap" if number == 1 else f"{number} taps"
