"""The pixels at the end of a row that no window reads, for rows of several lengths: one bar for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from nnutils.core.errors import DrawingError
from nnutils.drawing.describing import described
from nnutils.drawing.narrow import drawing_width, drawn, is_narrow
from nnutils.drawing.style import FONT_SIZE, PALETTE, SMALL_FONT_SIZE, panels, styled
from nnutils.drawing.text import text_size, wrapped

__all__ = ["draw_lost_pixels"]

_MOST_BARS = 24
_PIXELS_AT_LEFT = 11
_PLOT = 176.0
"""In points: the width of the axes on a phone, at least."""


@drawn
def draw_lost_pixels(
    lost: Mapping[int, int], outputs: Mapping[int, int], *, alt: str | None = None
) -> Figure:
    """Draw the end of each row of pixels as a bar, orange where no window reads it.

    ``lost`` maps the size of a row, in pixels, to the number of pixels at its end that are never read, and
    ``outputs`` maps it to the number of windows that fit. Of more than 24 sizes every second is drawn, or
    every third, and so on. ``alt`` is the alternative text; without it, one is computed.

    Raises:
        DrawingError: no sizes, sizes of which one mapping knows nothing, or more pixels lost than there are.

    >>> figure = draw_lost_pixels({9: 0, 10: 1}, {9: 4, 10: 4})
    >>> [text.get_text() for text in figure.axes[0].texts]
    ['0 lost', 'outputs: 4', '1 lost', 'outputs: 4']
    """
    if not lost or set(lost) != set(outputs) or not all(0 <= lost[size] <= size for size in lost):
        raise DrawingError(
            "draw_lost_pixels: each size needs a number of lost pixels from 0 to the size, and its outputs.",
            remedy="Give both mappings for the same sizes, at least one.",
        )
    step = -(-len(lost) // _MOST_BARS)
    sizes = sorted(lost)[::step]
    most = max(lost[size] for size in sizes)
    left: float = max(0, sizes[0] - most - _PIXELS_AT_LEFT)
    right: float = sizes[-1] + max(5, (sizes[-1] - left) // 8)
    start = left
    says = {size: f"{lost[size]} lost" for size in sizes}
    words = {size: f"outputs: {outputs[size]}" for size in sizes}
    blue, orange, *_ = PALETTE.bars
    inside, letters = True, FONT_SIZE
    if is_narrow():
        letters = SMALL_FONT_SIZE
        left, right, inside = _limits(sizes, lost, says, words)
        if not inside:
            says = {size: f"{says[size]} · {words[size]}" for size in sizes}
    with styled():
        title, height = "Pixels never read (orange)", 0.8 + 0.2 * len(sizes)
        if is_narrow():
            title, height = wrapped(title, 12.0, _PLOT, "bold"), height + 0.45
        figure, (axes,) = panels(width=drawing_width(), height=height)
        for size in sizes:
            edge = size - lost[size]
            style: dict[str, Any] = {"height": 0.8 * step, "edgecolor": PALETTE.ink, "linewidth": 0.5}
            axes.barh(size, edge - left, left=left, color=blue, **style)
            axes.barh(size, size - edge, left=edge, color=orange, **style)
            written: dict[str, Any] = {"fontsize": letters, "va": "center_baseline"}
            gap = 0.5 if not is_narrow() else 4 * (right - left) / _PLOT
            axes.text(size + gap, size, says[size], **written)
            if inside:
                gap = 0.4 if not is_narrow() else gap
                axes.text(left + gap, size, words[size], color=PALETTE.white, **written)
        axes.set(xlim=(left, right), xlabel="pixel", yticks=sizes[:: step + 1])
        axes.set(ylim=(sizes[-1] + step, sizes[0] - step), ylabel="size of the picture")
        axes.set(title=title)
        axes.grid(visible=False)
        if is_narrow():
            axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=5))
    least = min(lost[size] for size in sizes)
    text = (
        f"A bar for each picture of {sizes[0]} to {sizes[-1]} pixels, from pixel {start:.0f} on. "
        f"The orange end, pixels never read, is {least} pixels long at least and {most} at most."
    )
    return described(figure, alt, None, text)


def _limits(
    sizes: list[int], lost: Mapping[int, int], says: Mapping[int, str], words: Mapping[int, str]
) -> tuple[float, float, bool]:
    """Return the first and last pixel shown on a phone, and whether the blue ends hold their words.

    Where they do not, the words stand behind the bars.
    """
    behind, within = (
        max(text_size(text, SMALL_FONT_SIZE)[0] for text in texts.values()) + 10 for texts in (says, words)
    )
    blue, last = min(size - lost[size] for size in sizes), sizes[-1]
    # In points: what a pixel takes up where the shortest blue end is just as wide as its words.
    pixel = (_PLOT - within - behind) / max(1, last - blue)
    left = blue - within / pixel
    if left >= 0:
        return left, left + _PLOT / pixel, True
    pixel = max(_PLOT - behind, 1.0) / last
    if blue * pixel >= within:
        return 0, _PLOT / pixel, True
    return 0, last * _PLOT / max(_PLOT - behind - within, 20.0), False
