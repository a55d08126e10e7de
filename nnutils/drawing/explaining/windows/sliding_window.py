"""A window that slides over a padded row of pixels, as a strip of frames: one frame for each position."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from nnutils.core.errors import DrawingError
from nnutils.core.words import counted, listed
from nnutils.drawing.canvas import Point, point_axes, write
from nnutils.drawing.describing import described
from nnutils.drawing.narrow import drawing_width, drawn, is_narrow
from nnutils.drawing.style import PALETTE, SMALL_FONT_SIZE, WIDTH
from nnutils.drawing.text import text_size
from nnutils.networks import conv_output_size

__all__ = ["draw_sliding_window"]

_MOST_FRAMES = 9
_LARGEST_CELL = 28.0
_SMALLEST_CELL = 14.0
_LEFT = 76.0
_RIGHT = 116.0
_GAP = 14.0
_PADDING = 8.0
_LINE = 17.0
_EDGE = 3.0
"""In points; numbers of pixels fit their cells from 14 points on. On a phone words stand above a frame."""


@drawn
def draw_sliding_window(
    pixels: int,
    kernel_size: int,
    *,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
    alt: str | None = None,
) -> Figure:
    """Draw each position of a window along one axis as a frame, and the first position that does not fit.

    A frame is the padded row: the pixels are white and numbered, the padding is grey. The taps of the window
    are filled, the pixels that it spans are framed. Beside it stand the pixels that the window has left
    behind, its span, and the length of the row. The last frame is the position that would leave the row. All
    sizes are in pixels. ``alt`` is the alternative text; without it, one is computed.

    Raises:
        SizeError: for a setting that cannot be, or a window larger than the padded row.
        DrawingError: more frames than nine, or a row that is too long to be drawn.

    Source: the count of positions is that of ``conv_output_size``, which the frames show one by one.

    >>> figure = draw_sliding_window(8, 3, stride=2, padding=1)
    >>> [text.get_text() for text in figure.axes[0].texts if text.get_gid() == "position"]
    ['1', '2', '3', '4', 'no 5th']
    """
    positions = int(conv_output_size(pixels, kernel_size, stride, padding, dilation))
    span = dilation * (kernel_size - 1) + 1
    starts = [stride * number - padding for number in range(positions + 1)]
    cells = starts[-1] + span + padding  # up to the end of the window that does not fit
    cell = min(_LARGEST_CELL, (72 * WIDTH - _LEFT - _RIGHT) / cells)
    if positions + 1 > _MOST_FRAMES or cell < _SMALLEST_CELL:
        raise DrawingError(
            f"draw_sliding_window: {counted(positions + 1, 'frame')} of {counted(cells, 'cell')} are too "
            "many to be read.",
            remedy="Draw a shorter row, or a longer stride.",
        )
    left, width, head = _LEFT, 72 * WIDTH, 0.0
    needs = [
        f"{number} · {stride} + {span} = {number * stride + span} {'≤' if number < positions else '>'} "
        f"{pixels + 2 * padding}"
        for number in range(positions + 1)
    ]
    if is_narrow():
        left, head, words = _EDGE, _LINE, max(text_size(need, SMALL_FONT_SIZE)[0] for need in needs)
        room = 72 * drawing_width() - 2 * _EDGE
        cell = min(_LARGEST_CELL, max(room / cells, _SMALLEST_CELL))
        width = 2 * _EDGE + max(room, cell * cells, words + 64)
        left = (width - cell * cells) / 2
    frame = cell + _GAP + head
    height = (positions + 1) * frame + _PADDING
    figure, axes = point_axes(width, height, None, None, "draw_sliding_window")
    for number, (start, need) in enumerate(zip(starts, needs, strict=True)):
        bottom = height - (number + 1) * frame
        taps = {start + tap * dilation for tap in range(kernel_size)}
        fits = number < positions
        for pixel in range(-padding, pixels + padding):
            corner = (left + (pixel + padding) * cell, bottom)
            _draw_cell(axes, pixel, corner, cell, real=0 <= pixel < pixels, tap=pixel in taps)
        _draw_frame(axes, (left + (start + padding) * cell, bottom), span * cell, cell, fits=fits)
        label = str(number + 1) if fits else f"no {_ordinal(number + 1)}"
        # what the frames before have moved, and the span: the sum that has to fit
        colour = PALETTE.muted if fits else PALETTE.adjoint_text
        if is_narrow():
            level = bottom + cell + 3 + _LINE / 2
            at_left = left + text_size(label, SMALL_FONT_SIZE, "bold")[0] / 2
            at_right = width - _EDGE - text_size(need, SMALL_FONT_SIZE)[0] / 2
        else:
            level, at_left, at_right = bottom + cell / 2, _LEFT / 2, 72 * WIDTH - _RIGHT / 2
        write(axes, (at_left, level), label, SMALL_FONT_SIZE, PALETTE.ink, gid="position", bold=True)
        write(axes, (at_right, level), need, SMALL_FONT_SIZE, colour, gid="needs")
    return described(
        figure, alt, None, _text(pixels, padding, [kernel_size, dilation, span], stride, starts, positions)
    )


def _draw_cell(axes: Axes, pixel: int, corner: Point, cell: float, *, real: bool, tap: bool) -> None:
    colour = PALETTE.bars[0] if tap else PALETTE.white if real else PALETTE.grey_tint
    left, bottom = corner
    square = Rectangle(corner, cell, cell, facecolor=colour, edgecolor=PALETTE.muted, linewidth=0.8)
    square.set_gid("tap" if tap else "pixel" if real else "padding")
    axes.add_patch(square)
    if real:
        ink = PALETTE.white if tap else PALETTE.muted
        write(axes, (left + cell / 2, bottom + cell / 2), str(pixel), SMALL_FONT_SIZE, ink, gid="number")


def _draw_frame(axes: Axes, corner: Point, wide: float, cell: float, *, fits: bool) -> None:
    """Draw what the window spans: solid where it fits, dashed where it does not."""
    frame = Rectangle((corner[0], corner[1] - 3), wide, cell + 6, fill=False, zorder=3)
    frame.set(edgecolor=PALETTE.ink if fits else PALETTE.negative, linewidth=2.0, gid="window")
    if not fits:
        frame.set_linestyle((0, (4, 2)))
    axes.add_patch(frame)


def _ordinal(number: int) -> str:
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number, 'th') }"


def _text(
    pixels: int, padding: int, window: list[int], stride: int, starts: list[int], positions: int
) -> str:
    k, d, span = window
    taps = f"{counted(k, 'tap')}{f', {d} apart,' if d > 1 else ''} over {counted(span, 'pixel')}"
    beyond = counted(starts[-1] + span - pixels - padding, "pixel")
    padded = f"A row of {counted(pixels, 'pixel')} with {padding} of padding at either end"
    fitting = f"It starts at {listed(starts[:positions])}, stride {stride}."
    return (
        f"{padded}, once for each position of a window of {taps}. {fitting} In the last frame it would start "
        f"at {starts[-1]} and end {beyond} beyond the row."
    )
