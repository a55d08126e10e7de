"""Counts as bars: side by side on a logarithmic scale, or stacked as shares of one."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullLocator
from matplotlib.transforms import blended_transform_factory

from nnutils.core.errors import DrawingError
from nnutils.drawing.alt_texts import bars_text, shares_text
from nnutils.drawing.canvas import figure_of, plot_axes
from nnutils.drawing.describing import described
from nnutils.drawing.legends import heading, legend_columns
from nnutils.drawing.narrow import drawing_width, drawn, is_narrow
from nnutils.drawing.style import FONT_SIZE, PALETTE, SMALL_FONT_SIZE, styled
from nnutils.drawing.text import finite, short_number, text_size, wrapped

__all__ = [
    "Rows",
    "draw_bars",
    "draw_shares",
]

_NAME = 84.0
"""In points: a longer name of a row breaks into lines on a phone."""
_BEYOND = 0.14
"""The axis of values reaches at least by this share beyond the longest bar."""

Rows = Mapping[str, Mapping[str, Any]]
"""Rows by name, each with numbers by column name."""


@drawn
def draw_bars(
    table: Rows,
    *,
    log: bool = True,
    label: str | None = None,
    title: str | None = None,
    alt: str | None = None,
    ax: Axes | None = None,
) -> Figure:
    """Draw a group of horizontal bars for each row of a table: one bar, with its value, for each column.

    ``table`` maps a row (a layer) to its numbers by column (``{"units": 290400, ...}``); exact ``Worked``
    numbers are accepted. A column missing from a row leaves its place empty. Values are written with a unit:
    k = 10^3, M = 10^6, G = 10^9. ``label`` names the axis of values. ``alt`` is the alternative
    text; without it, one is computed from the table.

    Raises:
        DrawingError: an empty table, a number that is not finite or is negative, zero on a logarithmic scale,
            more columns than there are colours.

    >>> conv1, fc1 = {"units": 290_400, "weights": 34_848}, {"units": 4096, "weights": 37_748_736}
    >>> figure = draw_bars({"conv1": conv1, "fc1": fc1})
    >>> [text.get_text() for text in figure.axes[0].texts]
    ['290 k', '4.1 k', '35 k', '38 M']
    """
    columns = _columns(table, "draw_bars")
    values = {
        (row, column): _value(number, f"draw_bars: {column!r} of {row!r}", positive=log)
        for row, numbers in table.items()
        for column, number in numbers.items()
    }
    thickness = 0.84 / len(columns)
    height = 0.9 + (0.21 * len(columns) + 0.1) * len(table)
    with styled():
        figure, axes = plot_axes(height + (0.3 if title else 0.0), title, ax, legend=len(columns) > 1)
        for place, column in enumerate(columns):
            shift = (place - (len(columns) - 1) / 2) * thickness
            for row_number, row in enumerate(table):
                if (row, column) not in values:
                    continue
                value = values[row, column]
                axes.barh(
                    row_number + shift,
                    value,
                    thickness * 0.92,
                    color=PALETTE.bars[place],
                    edgecolor=PALETTE.ink,
                    linewidth=0.7,
                    label=column if column not in _labels(axes) else None,
                )
                axes.annotate(
                    short_number(table[row][column]),
                    (value, row_number + shift),
                    (4, 0),
                    textcoords="offset points",
                    va="center_baseline",
                    fontsize=SMALL_FONT_SIZE,
                )
        names = _names(list(table))
        free = 72 * drawing_width() - max(text_size(name, SMALL_FONT_SIZE)[0] for name in names) - 30
        widest = max(text_size(short_number(value), FONT_SIZE)[0] for value in values.values()) + 8
        # the share of the axes beyond the longest bar, where its value stands
        beyond = max(_BEYOND, min(0.5, widest / free)) if is_narrow() else _BEYOND
        _value_axis(axes, list(values.values()), log, label, beyond)
        axes.set_yticks(range(len(table)), names)
        axes.set_ylim(len(table) - 0.45, -0.55)
        axes.tick_params(axis="y", length=0)
        axes.grid(visible=False, axis="y")
        if len(columns) > 1:
            _legend_above(axes, columns, title)
    return described(figure, alt, ax, bars_text(table, columns, log=log, label=label, title=title))


@drawn
def draw_shares(
    table: Rows, *, title: str | None = None, alt: str | None = None, ax: Axes | None = None
) -> Figure:
    """Draw each column of a table as one bar of length 100 %, split into the shares of the rows.

    The table is that of ``draw_bars``: rows are the parts (kinds of layers), columns the wholes (weights,
    connections). Shares too small to carry their label are written beneath the bar. ``alt`` is the
    alternative text; without it, one is computed from the table.

    Raises:
        DrawingError: an empty table, a row without one of the columns, a negative number, a column that
            sums to zero, more rows than there are colours.

    >>> convolution, dense = {"weights": 4, "connections": 9}, {"weights": 36, "connections": 1}
    >>> figure = draw_shares({"convolution": convolution, "fully connected": dense})
    >>> [text.get_text() for text in figure.axes[0].texts]
    ['10 %', '90 %', '90 %', '10 %']
    """
    columns = _columns(table, "draw_shares")
    if len(table) > len(PALETTE.bars):
        raise DrawingError(
            f"draw_shares: {len(table)} rows, but only {len(PALETTE.bars)} colours can be told apart.",
            remedy="Add small rows together, or use draw_bars.",
        )
    shares = {column: _shares(table, column) for column in columns}
    with styled():
        names = _names(columns)
        room = 72 * 5.4
        if is_narrow():
            room = 72 * drawing_width() - max(text_size(name, SMALL_FONT_SIZE)[0] for name in names) - 40
        notes = [_small(shares[column], room) for column in columns]
        lines = max(1, *(note.count("\n") + 1 for note in notes)) if is_narrow() else 1
        pitch = 0.62 + 0.18 * (lines - 1)  # in inches, from one bar to the next
        thick, start = 0.56 * 0.62 / pitch, 0.33 * 0.62 / pitch
        figure, axes = plot_axes(_above(list(table), title) + pitch * len(columns), title, ax, legend=True)
        for number, column in enumerate(columns):
            left = 0.0
            for place, (row, share) in enumerate(shares[column].items()):
                axes.barh(
                    number,
                    share,
                    thick,
                    left=left,
                    color=PALETTE.bars[place],
                    edgecolor=PALETTE.ink,
                    linewidth=0.7,
                    label=row if number == 0 else None,
                    clip_on=False,
                )
                text = _percent(share)
                if _fits(share, room):
                    dark = PALETTE.bars[place] == PALETTE.positive
                    colour = PALETTE.white if dark else PALETTE.ink
                    axes.text(left + share / 2, number, text, ha="center", va="center_baseline", color=colour)
                left += share
            if notes[number]:
                axes.text(
                    0,
                    number + start,
                    notes[number],
                    va="top",
                    fontsize=SMALL_FONT_SIZE,
                    color=PALETTE.muted,
                )
        axes.set_yticks(range(len(columns)), names)
        axes.set_ylim(len(columns) - 0.35 * 0.62 / pitch, -0.45 * 0.62 / pitch)
        axes.set_xlim(0, 100)
        ticks = range(0, 101, 50 if is_narrow() else 25)
        axes.set_xticks(ticks, [f"{tick} %" for tick in ticks])
        axes.tick_params(axis="y", length=0)
        axes.grid(visible=False)
        axes.spines["left"].set_visible(False)
        _legend_above(axes, list(table), title)
    written = {column: {row: _percent(share) for row, share in shares[column].items()} for column in columns}
    return described(figure, alt, ax, shares_text(written, title))


def _fits(share: float, room: float) -> bool:
    """Tell whether a percentage can be written into its part of a bar of this length in points."""
    return text_size(_percent(share), SMALL_FONT_SIZE)[0] + 6 < share / 100 * room


def _small(shares: Mapping[str, float], room: float) -> str:
    """Return what is written below a bar: the parts that are too small for their percentage."""
    small = [(row, _percent(share)) for row, share in shares.items() if share and not _fits(share, room)]
    if not is_narrow():
        return ", ".join(f"{row} {text}" for row, text in small)
    unbroken = (f"{row} {text}".replace(" ", "\N{NO-BREAK SPACE}") for row, text in small)
    return wrapped(", ".join(unbroken), SMALL_FONT_SIZE, room)


def _above(rows: list[str], title: str | None) -> float:
    """Return the height in inches that the axis, the legend and the title take around bars of shares."""
    height = 0.75 + (0.3 if title else 0.0)
    return height + (0.2 * len(rows) if is_narrow() else 0.0)


def _columns(table: Rows, who: str) -> list[str]:
    columns = list(dict.fromkeys(column for numbers in table.values() for column in numbers))
    if not columns:
        raise DrawingError(
            f"{who}: the table is empty.",
            remedy="Give at least one row with one number: {'conv1': {'units': 290400}}.",
        )
    if who == "draw_bars" and len(columns) > len(PALETTE.bars):
        raise DrawingError(
            f"draw_bars: {len(columns)} columns, but only {len(PALETTE.bars)} colours can be told apart.",
            remedy="Draw fewer columns, or several figures.",
        )
    return columns


def _value(number: Any, what: str, *, positive: bool) -> float:
    value = finite(number, what)
    if value < 0 or positive and value == 0:
        scale = (
            "a logarithmic scale shows only numbers above zero"
            if positive
            else "the length of a bar cannot be negative"
        )
        raise DrawingError(
            f"{what} is {number}, but {scale}.",
            remedy=f"Leave the entry out{', or use log=False' if positive else ''}.",
        )
    return value


def _shares(table: Rows, column: str) -> dict[str, float]:
    """Return the rows' parts of one column, in percent."""
    missing = [row for row, numbers in table.items() if column not in numbers]
    if missing:
        raise DrawingError(
            f"draw_shares: {column!r} is missing in {', '.join(map(repr, missing))}, "
            "so its shares would not be of the whole.",
            remedy="Give every row a number in every column, 0 if it has no part.",
        )
    values = {
        row: _value(numbers[column], f"draw_shares: {column!r} of {row!r}", positive=False)
        for row, numbers in table.items()
    }
    total = math.fsum(values.values())
    if not total:
        raise DrawingError(
            f"draw_shares: {column!r} adds up to zero, so it has no shares.", remedy="Leave this column out."
        )
    return {row: 100 * value / total for row, value in values.items()}


def _percent(share: float) -> str:
    """Write whole percents, with one decimal below ten; never "0" for a share that is not zero."""
    if 0 < share < 0.05:
        return "< 0.1 %"
    return f"{share:.0f} %" if share >= 9.95 or share == round(share) else f"{share:.1f} %"


def _labels(axes: Axes) -> list[str]:
    return axes.get_legend_handles_labels()[1]


def _names(rows: list[str]) -> list[str]:
    """Return the names of rows as they are written: on a phone in lines, beside short ones."""
    return [wrapped(row, SMALL_FONT_SIZE, _NAME) for row in rows] if is_narrow() else rows


def _value_axis(axes: Axes, values: list[float], log: bool, label: str | None, beyond: float) -> None:
    """Set the scale, the ticks and the room for the labels at the ends of the bars."""
    if log:
        axes.set_xscale("log")
        low = 10.0 ** math.floor(math.log10(min(values)) - 0.3)
        axes.set_xlim(low, max(values) * (max(values) / low) ** beyond)
        axes.xaxis.set_major_locator(LogLocator(numticks=4 if is_narrow() else 12))
        axes.xaxis.set_minor_locator(NullLocator())
    else:
        axes.set_xlim(0, (1 + beyond) * max(values) or 1)
        if is_narrow():
            axes.xaxis.set_major_locator(MaxNLocator(4))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: short_number(value)))
    if label:
        axes.set_xlabel(heading(label, beside=60))


def _legend_above(axes: Axes, labels: list[str], title: str | None) -> None:
    most = min(len(labels), 4)
    columns = legend_columns(labels, most, handle=1.2, spacing=1.4)
    legend = axes.legend(
        loc="lower left",
        bbox_to_anchor=(0.0, 1.0),
        ncols=columns,
        borderpad=0.2,
        borderaxespad=0.2,
        handlelength=1.2,
        columnspacing=1.4,
    )
    if is_narrow():  # at the edge of the figure, in rows below the title
        rows = -(-len(labels) // columns)
        figure = figure_of(axes)
        legend.set_bbox_to_anchor(
            (0.0, 1.0), transform=blended_transform_factory(figure.transFigure, axes.transAxes)
        )
        legend.set_in_layout(False)
        axes.set_title(axes.get_title(loc="left") or " ", pad=8 + 16 * rows)
