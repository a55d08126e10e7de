"""Where the taps of a window stand on a padded picture, and which pixels no window reads."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import product
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from nnutils.core.errors import DrawingError
from nnutils.drawing.alt_texts import LONGEST, as_many_as_fit
from nnutils.drawing.describing import described
from nnutils.drawing.narrow import drawing_width, drawn, is_narrow
from nnutils.drawing.style import PALETTE, SMALL_FONT_SIZE, panels, styled
from nnutils.drawing.text import LINE_SPACING, text_size, wrapped
from nnutils.networks import ConvSettings

__all__ = ["draw_tap_windows"]

_CORNER = 12
"""Pixels of a larger picture that are drawn at least."""

_MOST_COLUMNS = 3
_HEAD = 0.62
_KEY = 0.5
"""In inches: the room for the title of a panel, and for the key."""


@drawn
def draw_tap_windows(settings: Mapping[str, tuple[int, ConvSettings]], *, alt: str | None = None) -> Figure:
    """Draw one panel for each setting: the padded picture, its first window and the next one to the right.

    ``settings`` maps the name of a panel to the size of a square picture in pixels, and a setting. Padding is
    grey; filled dots are the taps of the first window, circles those of the next one; rows and columns that
    no window reads are orange. Of a large picture the upper left corner is drawn. ``alt`` is the alternative
    text; without it, one is computed.

    Raises:
        DrawingError: no setting.
        SizeError: a window that does not fit its picture.

    >>> figure = draw_tap_windows({"(3b)": (8, ConvSettings(3, stride=2, padding=2, dilation=2))})
    >>> figure.axes[0].get_title("left")
    '(3b)\\nk = 3, s = 2, p = 2, d = 2'
    """
    if not settings:
        raise DrawingError("draw_tap_windows: no setting was given.", remedy="Give at least one panel.")
    titles = [f"{name}\nk = {k}, s = {s}, p = {p}, d = {d}" for name, (_, (k, s, p, d)) in settings.items()]
    columns = min(_MOST_COLUMNS, len(settings))
    if is_narrow():  # one or two panels below each other, more of them in two columns
        columns = 1 if len(settings) <= 2 else 2
    rows = -(-len(settings) // columns)
    side = drawing_width() / (columns if is_narrow() else max(columns, 2))
    key, height = _key(settings), rows * (side + _HEAD - 0.3) + _KEY
    legend: dict[str, Any] = {"ncols": 4, "columnspacing": 1.4}
    if is_narrow():
        titles = [_title(name, setting, 72 * (side - 0.45)) for name, (_, setting) in settings.items()]
        line = LINE_SPACING * SMALL_FONT_SIZE / 72
        lines = max(title.count("\n") for title in titles) + 1
        height = rows * (side + 0.06 + lines * line) + len(key) * line + 0.2
        legend = {"ncols": 1, "handlelength": 1.2, "labelspacing": 0.3}
    with styled():
        figure, axes = panels(columns, rows, width=drawing_width(), height=height)
        if is_narrow():
            figure.set_layout_engine("constrained", h_pad=0.14)
        for ax in axes[len(settings) :]:
            ax.set_axis_off()
        for ax, title, (pixels, setting) in zip(axes, titles, settings.values(), strict=False):
            _draw_panel(ax, pixels, setting, 72 * (side - 0.5))
            ax.set_title(title, fontsize=SMALL_FONT_SIZE)
        figure.legend(handles=key, loc="outside lower center", **legend)
    return described(figure, alt, None, _text(settings))


def _title(name: str, setting: ConvSettings, room: float) -> str:
    """Return a title in lines that fit above a narrow panel; an equation is not broken."""
    k, s, p, d = (f"{letter}\u00a0=\u00a0{value}" for letter, value in zip("kspd", setting, strict=True))
    return "\n".join(wrapped(line, SMALL_FONT_SIZE, room, "bold") for line in (name, f"{k}, {s}, {p}, {d}"))


def _draw_panel(ax: Axes, pixels: int, setting: ConvSettings, points: float) -> None:
    k, s, p, d = setting
    taps = [[start + d * tap for tap in range(k)] for start in (-p, s - p)]
    windows = taps[: min(2, int(setting.output_size(pixels)))]
    end = min(pixels, max(_CORNER, windows[-1][-1] + 1))
    low, high = -p, end + (p if end == pixels else 0)
    ax.add_patch(Rectangle((low, low), high - low, high - low, color=PALETTE.grey_tint, gid="padding"))
    ax.add_patch(Rectangle((0, 0), end, end, color=PALETTE.white, gid="picture"))
    for pixel in (pixel for pixel in setting.unread(pixels) if pixel < end):
        for corner, width, height in (((pixel, 0), 1, end), ((0, pixel), end, 1)):
            ax.add_patch(Rectangle(corner, width, height, color=PALETTE.bars[1], gid="unread"))
    lines: dict[str, Any] = {"color": PALETTE.muted, "linewidth": 0.4}
    ax.hlines(range(low, high + 1), low, high, **lines)
    ax.vlines(range(low, high + 1), low, high, **lines)
    cell = points / (high - low)
    for number, across in enumerate(windows):
        spots = [(x + 0.5, y + 0.5) for x, y in product(across, windows[0])]
        size = max(2.0, (0.5 if number == 0 else 0.8) * cell)
        ax.plot(*zip(*spots, strict=True), **_dots(number, size), gid="next taps" if number else "taps")
    step = -(-end // 6)
    if is_narrow():  # labels of ticks must not meet
        step = max(step, math.ceil((text_size(str(end), SMALL_FONT_SIZE)[0] + 6) / cell))
    ticks = range(0, end, step)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_ticks([tick + 0.5 for tick in ticks], [str(tick) for tick in ticks])
    ax.set(aspect="equal", xlim=(low - 0.1, high + 0.1), ylim=(high + 0.1, low - 0.1))
    ax.grid(visible=False)


def _dots(number: int, size: float) -> dict[str, Any]:
    """Return how the taps of the first window are drawn, and those of the next one."""
    if number == 0:
        return {"linestyle": "none", "marker": "o", "markersize": size, "color": PALETTE.positive}
    ring: dict[str, Any] = {"markerfacecolor": "none", "markeredgecolor": PALETTE.ink, "markeredgewidth": 1.0}
    return {"linestyle": "none", "marker": "o", "markersize": size, **ring}


def _key(settings: Mapping[str, tuple[int, ConvSettings]]) -> list[Patch | Line2D]:
    names = ("taps of the first window", "of the next one")
    key: list[Patch | Line2D] = [
        Line2D([], [], label=name, **_dots(number, 5.0 + 3.0 * number)) for number, name in enumerate(names)
    ]
    if any(setting.padding for _, setting in settings.values()):
        key.append(Patch(facecolor=PALETTE.grey_tint, edgecolor=PALETTE.muted, label="padding"))
    if any(setting.unread(pixels) for pixels, setting in settings.values()):
        key.append(Patch(facecolor=PALETTE.bars[1], edgecolor=PALETTE.muted, label="never read"))
    return key


def _text(settings: Mapping[str, tuple[int, ConvSettings]]) -> str:
    head = "Grids of pixels with the taps of the first window as dots and those of the next one as circles. "
    said = []
    for name, (pixels, a) in settings.items():
        unread = len(a.unread(pixels))
        read = f"{unread} of {pixels} rows and columns are never read" if unread else "every pixel is read"
        k, s, p, d = a
        said.append(f"{name} kernel size {k}, stride {s}, padding {p}, dilation {d}: {read}")
    return f"{head}{as_many_as_fit(said, LONGEST - len(head) - 1, '; ')}."
