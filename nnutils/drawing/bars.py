"""Counts as bars: side by side on a logarithmic scale, or stacked as shares of one."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

from nnutils.core.errors import DrawingError
from nnutils.drawing.alt_texts import bars_text, shares_text
from nnutils.drawing.canvas import plot_axes
from nnutils.drawing.describing import described
from nnutils.drawing.style import PALETTE, SMALL_FONT_SIZE, styled
from nnutils.drawing.text import finite, short_number, text_size

__all__ = [
    "Rows",
    "draw_bars",
    "draw_shares",
]

Rows = Mapping[str, Mapping[str, Any]]
"""Rows by name, each with numbers by column name."""


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
        _value_axis(axes, list(values.values()), log, label)
        axes.set_yticks(range(len(table)), list(table))
        axes.set_ylim(len(table) - 0.45, -0.55)
        axes.tick_params(axis="y", length=0)
        axes.grid(visible=False, axis="y")
        if len(columns) > 1:
            _legend_above(axes, len(columns))
    return described(figure, alt, ax, bars_text(table, columns, log=log, label=label, title=title))


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
        figure, axes = plot_axes(0.75 + 0.62 * len(columns) + (0.3 if title else 0.0), title, ax, legend=True)
        room = 72 * 5.4
        for number, column in enumerate(columns):
            left, small = 0.0, []
            for place, (row, share) in enumerate(shares[column].items()):
                axes.barh(
                    number,
                    share,
                    0.56,
                    left=left,
                    color=PALETTE.bars[place],
                    edgecolor=PALETTE.ink,
                    linewidth=0.7,
                    label=row if number == 0 else None,
                    clip_on=False,
                )
                text = _percent(share)
                if text_size(text, SMALL_FONT_SIZE)[0] + 6 < share / 100 * room:
                    dark = PALETTE.bars[place] == PALETTE.positive
                    colour = PALETTE.white if dark else PALETTE.ink
                    axes.text(left + share / 2, number, text, ha="center", va="center_baseline", color=colour)
                elif share:
                    small.append(f"{row} {text}")
                left += share
            if small:
                axes.text(
                    0,
                    number + 0.33,
                    ", ".join(small),
                    va="top",
                    fontsize=SMALL_FONT_SIZE,
                    color=PALETTE.muted,
                )
        axes.set_yticks(range(len(columns)), columns)
        axes.set_ylim(len(columns) - 0.35, -0.45)
        axes.set_xlim(0, 100)
        axes.set_xticks(range(0, 101, 25), [f"{tick} %" for tick in range(0, 101, 25)])
        axes.tick_params(axis="y", length=0)
        axes.grid(visible=False)
        axes.spines["left"].set_visible(False)
        _legend_above(axes, len(table))
    written = {column: {row: _percent(share) for row, share in shares[column].items()} for column in columns}
    return described(figure, alt, ax, shares_text(written, title))


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


def _value_axis(axes: Axes, values: list[float], log: bool, label: str | None) -> None:
    """Set the scale, the ticks and the room for the labels at the ends of the bars."""
    if log:
        axes.set_xscale("log")
        low = 10.0 ** math.floor(math.log10(min(values)) - 0.3)
        axes.set_xlim(low, max(values) * (max(values) / low) ** 0.14)
        axes.xaxis.set_major_locator(LogLocator(numticks=12))
        axes.xaxis.set_minor_locator(NullLocator())
    else:
        axes.set_xlim(0, 1.14 * max(values) or 1)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: short_number(value)))
    if label:
        axes.set_xlabel(label)


def _legend_above(axes: Axes, entries: int) -> None:
    axes.legend(
        loc="lower left",
        bbox_to_anchor=(0.0, 1.0),
        ncols=min(entries, 4),
        borderpad=0.2,
        borderaxespad=0.2,
        handlelength=1.2,
        columnspacing=1.4,
    )
