"""What a floor leaves over: the last pixels of each layer's padded input, and the windows that reach them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from nnutils.core.errors import DrawingError
from nnutils.core.words import counted
from nnutils.drawing.alt_texts import LONGEST, as_many_as_fit
from nnutils.drawing.canvas import point_axes, write
from nnutils.drawing.describing import describe
from nnutils.drawing.narrow import drawing_width, drawn, is_narrow
from nnutils.drawing.style import FONT_SIZE, PALETTE, SMALL_FONT_SIZE, styled
from nnutils.drawing.text import text_size
from nnutils.networks.base import Windowed
from nnutils.networks.network import Network
from nnutils.networks.sizes import Window

__all__ = ["draw_far_ends"]

_CELL = 15.0
_MOST_CELLS = 13
_END = 350.0
"""In points: the side of a pixel, how many of them are drawn, and where the last one ends."""
_ROW, _KEY = 54.0, 34.0
_BAR, _STEP = 5.0, 8.0
_LEFT = 8.0
_NARROW_ROW, _LINE = 106.0, 14.0
"""On a phone the words stand above the pixels, and what is left over below them."""
_UNREAD = PALETTE.bars[1]


@dataclass(frozen=True)
class _End:
    """The far end of one layer's input, along one axis."""

    name: str
    pixels: int
    window: Window

    @property
    def settings(self) -> tuple[str, str]:
        """The pixels and the window, in two lines."""
        window, padding = self.window, int(self.window.padding_after)
        pixels = counted(self.pixels, "pixel", spec=",")
        return (
            f"{pixels}, padding {padding}" if padding else pixels,
            f"window {window.reach}, stride {window.stride}",
        )

    @property
    def says(self) -> str:
        """What lies behind the last window."""
        over, unread = self.window.left_over(self.pixels), self.window.unread(self.pixels)
        said = [f"{counted(unread, 'pixel')} unread"] if unread else []
        said += [f"{over - unread} of padding left"] if over > unread else []
        return ",\n".join(said) or "fits exactly"

    @property
    def lines(self) -> list[str]:
        """All lines of words, one above the other."""
        return [self.name, *self.settings, " ".join(self.says.split())]


@drawn
def draw_far_ends(network: Network, axis: Literal["height", "width"] = "height") -> Figure:
    """Draw the last pixels of each layer's padded input along one axis, and its last two windows above them.

    Pixels behind the last window are marked: they are what the floor of the size formula leaves over. Where
    they are padding, nothing of the picture is lost. Layers without a window are left out.

    Raises:
        DrawingError: for an axis of another name, and for a network without a layer that has a window.

    >>> from nnutils.networks.layers import MaxPool2d
    >>> figure = draw_far_ends(Network((1, 7, 7), [MaxPool2d(2, name="pool")]))
    >>> [text.get_text() for text in figure.axes[0].texts if text.get_gid() == "left over"]
    ['1 pixel unread']
    """
    if axis not in ("height", "width"):
        raise DrawingError(f"draw_far_ends: {axis!r} is not an axis.", remedy='Use "height" or "width".')
    place = ("height", "width").index(axis)
    ends = [
        _End(step.name, step.input_shape[1 + place], step.layer.windows[place])
        for step in network.steps
        if isinstance(step.layer, Windowed)
    ]
    if not ends:
        raise DrawingError(
            "draw_far_ends: no layer of the network has a window.",
            remedy="Draw a network with a convolution or a pooling.",
        )
    with styled():
        width, row, key = 72 * drawing_width(), _ROW, _KEY
        if is_narrow():
            longest = max(text_size(text, SMALL_FONT_SIZE)[0] for end in ends for text in end.lines)
            width, row, key = max(width, longest + 6), _NARROW_ROW, 3 * 16.0 + 6
        figure, axes = point_axes(width, row * len(ends) + key, None, None, "draw_far_ends")
        for number, end in enumerate(reversed(ends)):
            _draw_end(axes, end, key + number * row, width)
        _draw_key(axes, width)
    opening = f"The far end of each layer's input along the {axis}, and what lies behind the last window. "
    said = [f"{end.name}, {', '.join(end.settings)}: {' '.join(end.says.split())}" for end in ends]
    return describe(figure, opening + as_many_as_fit(said, LONGEST - len(opening) - 1, "; ") + ".")


def _draw_end(axes: Axes, end: _End, bottom: float, width: float) -> None:
    """Draw the pixels and windows of one layer, with the words beside them, or above and below on a phone."""
    right, left = (width - 4, 2.0) if is_narrow() else (_END, _LEFT)
    if is_narrow():
        bottom += 1.6 * _LINE
    window, padding = end.window, int(end.window.padding_after)
    total = int(window.padding_before) + end.pixels + padding
    over = window.left_over(end.pixels)
    shown = min(total, _MOST_CELLS)
    for back in range(shown):
        real = padding <= back < padding + end.pixels
        fill = PALETTE.grey_tint if not real else _UNREAD if back < over else PALETTE.blue_tint
        cell = Rectangle((right - (back + 1) * _CELL, bottom), _CELL, _CELL, facecolor=fill, gid="pixel")
        cell.set(edgecolor=PALETTE.ink, linewidth=0.8, hatch="////" if back < over and not real else None)
        axes.add_patch(cell)
    if total > shown:
        write(axes, (right - shown * _CELL - 9, bottom + _CELL / 2), "…", FONT_SIZE, PALETTE.ink)
    for back in range(2):  # the last window and the one before it
        last = over + back * window.stride
        if last + window.reach > total:
            break
        first = min(last + window.reach, shown)
        colour = PALETTE.positive if back == 0 else PALETTE.muted
        corner = (right - first * _CELL + 1, bottom + _CELL + 4 + back * _STEP)
        bar = Rectangle(corner, (first - last) * _CELL - 2, _BAR, facecolor=colour, gid="window")
        bar.set(edgecolor="none")
        axes.add_patch(bar)
    lines = (end.name, *end.settings)
    for line, text in enumerate(lines):
        size, weight = (FONT_SIZE, "bold") if line == 0 else (SMALL_FONT_SIZE, "normal")
        up = (_CELL + 27.0 + 2 * _LINE if is_narrow() else 22.0) - _LINE * line
        axes.text(left, bottom + up, text, fontsize=size, fontweight=weight, va="center_baseline")
    if is_narrow():
        spot = (right, bottom - 0.75 * _LINE)
        style: dict[str, Any] = {"fontsize": SMALL_FONT_SIZE, "va": "center_baseline", "ha": "right"}
        axes.text(*spot, end.lines[-1], gid="left over", **style)
        return
    spot = (_END + 14, bottom + _CELL / 2)
    axes.text(*spot, end.says, fontsize=SMALL_FONT_SIZE, va="center", gid="left over")


def _draw_key(axes: Axes, width: float) -> None:
    """Say what the colours mean, in a line beneath; on a phone two in a line."""
    entries = {"pixel": PALETTE.blue_tint, "unread pixel": _UNREAD, "padding": PALETTE.grey_tint}
    entries |= {"last window": PALETTE.positive, "the one before": PALETTE.muted}
    in_a_row, step = (2, width / 2) if is_narrow() else (len(entries), 98.0)
    for number, (name, colour) in enumerate(entries.items()):
        left = (2.0 if is_narrow() else _LEFT) + number % in_a_row * step
        up = 16.0 * ((len(entries) - 1) // in_a_row - number // in_a_row)
        height = _BAR if "pixel" not in name and name != "padding" else 10.0
        patch = Rectangle((left, up + 9 - height / 2), 14, height, facecolor=colour)
        patch.set(edgecolor=PALETTE.ink if height > _BAR else "none", linewidth=0.8)
        axes.add_patch(patch)
        axes.text(left + 19, up + 8.5, name, fontsize=SMALL_FONT_SIZE, va="center_baseline")
