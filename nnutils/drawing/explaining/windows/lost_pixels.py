"""The pixels at the end of a row that no window reads, for rows of several lengths: one bar for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matplotlib.figure import Figure

from nnutils.core.errors import DrawingError
from nnutils.drawing.describing import described
from nnutils.drawing.style import PALETTE, panels, styled

__all__ = ["draw_lost_pixels"]

_MOST_BARS = 24
_PIXELS_AT_LEFT = 11


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
    left = max(0, sizes[0] - most - _PIXELS_AT_LEFT)
    right = sizes[-1] + max(5, (sizes[-1] - left) // 8)
    blue, orange, *_ = PALETTE.bars
    with styled():
        figure, (axes,) = panels(height=0.8 + 0.2 * len(sizes))
        for size in sizes:
            edge = size - lost[size]
            style: dict[str, Any] = {"height": 0.8 * step, "edgecolor": PALETTE.ink, "linewidth": 0.5}
            axes.barh(size, edge - left, left=left, color=blue, **style)
            axes.barh(size, size - edge, left=edge, color=orange, **style)
            axes.text(size + 0.5, size, f"{lost[size]} lost", va="center_baseline")
            words = f"outputs: {outputs[size]}"
            axes.text(left + 0.4, size, words, color=PALETTE.white, va="center_baseline")
        axes.set(xlim=(left, right), xlabel="pixel", yticks=sizes[:: step + 1])
        axes.set(ylim=(sizes[-1] + step, sizes[0] - step), ylabel="size of the picture")
        axes.set(title="Pixels never read (orange)")
        axes.grid(visible=False)
    least = min(lost[size] for size in sizes)
    text = (
        f"A bar for each picture of {sizes[0]} to {sizes[-1]} pixels, from pixel {left} on. The orange end, "
        f"pixels never read, is {least} pixels long at least and {most} at most."
    )
    return described(figure, alt, None, text)
