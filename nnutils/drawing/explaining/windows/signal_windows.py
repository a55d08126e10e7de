"""How a window slides: the flipped kernel under the padded signal, one frame for each of its places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from numbers import Real
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from nnutils.core.errors import DrawingError
from nnutils.core.numerals import number_text
from nnutils.core.words import counted
from nnutils.drawing.alt_texts import as_many_as_fit, plain
from nnutils.drawing.canvas import point_axes, write
from nnutils.drawing.describing import described
from nnutils.drawing.narrow import drawing_width, drawn, is_narrow
from nnutils.drawing.style import PALETTE, SMALL_FONT_SIZE, WIDTH, styled
from nnutils.drawing.text import text_size

__all__ = [
    "draw_signal_windows",
]

_CELL = 24.0
_SMALLEST_CELL = 15.0
_HIGH = 17.0
_GAP = 11.0
_MARGIN = 10.0
_HEADING = 34.0
_BRACKET = 17.0
_EDGE = 3.0
_LONGEST_TEXT = 560


@drawn
def draw_signal_windows(
    signal: Sequence[float],
    kernel: Sequence[float],
    kept: Mapping[str, range],
    *,
    title: str | None = None,
    alt: str | None = None,
) -> Figure:
    """Draw a convolution window by window: the padded signal, below it the flipped kernel, beside it the sum.

    There is a frame for each place where the kernel touches the signal of n entries; k entries of the kernel
    make n + k - 1 of them. Entries of the signal are blue, zeros of the padding white and dashed; of both,
    those under the kernel have a thick outline. ``kept`` maps the name of a mode to the entries of the full
    result that it keeps; a bracket at the right spans them. The figure is 7 inches wide; on a phone its
    cells are smaller, but hold their entries.

    Raises:
        DrawingError: an empty signal or kernel, entries that are not real numbers, a mode that keeps nothing
            or entries that do not exist, and signals that are too long for the width.

    >>> figure = draw_signal_windows([1, 2, 3], [1, 2], {"full": range(4), "valid": range(1, 3)})
    >>> [text.get_text() for text in figure.axes[0].texts if text.get_gid() == "sum"]
    ['1', '4', '7', '6']
    """
    x, w = _checked("signal", signal), _checked("kernel", kernel)
    n, k = len(x), len(w)
    sums = [sum(w[j] * x[i - j] for j in range(k) if 0 <= i - j < n) for i in range(n + k - 1)]
    for mode, entries in kept.items():
        if not entries or min(entries) < 0 or max(entries) >= len(sums):
            raise DrawingError(
                f"draw_signal_windows: {mode!r} keeps {entries}, but the result has {len(sums)} entries.",
                remedy=f"Give a range of at least one entry within range({len(sums)}).",
            )
    written = [number_text(total) for total in sums]
    sum_width = max(text_size(text, SMALL_FONT_SIZE, "bold")[0] for text in [*written, "sum"]) + 16
    modes_width = max([_BRACKET, *(text_size(mode, SMALL_FONT_SIZE)[0] + 12 for mode in kept)])
    room = 72 * WIDTH - 2 * _MARGIN - sum_width - modes_width * len(kept)
    cell = min(_CELL, room / (n + 2 * k - 2))
    entries_width = max(text_size(number_text(entry), SMALL_FONT_SIZE)[0] for entry in [*x, *w])
    if cell < max(_SMALLEST_CELL, entries_width + 4):
        raise DrawingError(
            f"draw_signal_windows: {n + 2 * k - 2} places in a row do not fit into {WIDTH} inches.",
            remedy="Draw a shorter signal, a shorter kernel, or entries of fewer digits.",
        )
    width, heading = 72 * WIDTH, _HEADING
    if is_narrow():  # the names of the modes run upwards, so that their brackets stand close together
        modes_width, sum_width = _BRACKET, sum_width - 4
        room = 72 * drawing_width() - 2 * _EDGE - sum_width - modes_width * len(kept)
        cell = min(_CELL, max(_SMALLEST_CELL, entries_width + 4, room / (n + 2 * k - 2)))
        heading = max([20.0, *(text_size(mode, SMALL_FONT_SIZE)[0] + 12 for mode in kept)])
        width = 72 * drawing_width()
    step = 2 * _HIGH + _GAP
    if is_narrow():
        width = max(width, cell * (n + 2 * k - 2) + sum_width + modes_width * len(kept) + 2 * _EDGE)
    left = (width - cell * (n + 2 * k - 2) - sum_width - modes_width * len(kept)) / 2
    with styled():
        figure, axes = point_axes(width, len(sums) * step + heading, title, None, "draw_signal_windows")
        top = len(sums) * step
        for row, total in enumerate(written):
            y = top - row * step
            _draw_frame(axes, x, w, row, left, y, cell)
            spot = (left + cell * (n + 2 * k - 2) + sum_width / 2, y - _HIGH)
            write(axes, spot, total, SMALL_FONT_SIZE, PALETTE.ink, gid="sum", bold=True)
        start = left + cell * (n + 2 * k - 2)
        heads = [("sum", start + sum_width / 2)]
        for column, (mode, entries) in enumerate(kept.items()):
            middle = start + sum_width + (column + 0.5) * modes_width
            heads.append((mode, middle))
            _bracket(axes, middle, top - min(entries) * step, top - max(entries) * step - 2 * _HIGH)
        for number, (text, middle) in enumerate(heads):
            if is_narrow() and number:
                style: dict[str, Any] = {"fontsize": SMALL_FONT_SIZE, "rotation": 90, "gid": "heading"}
                axes.text(middle, top + 6, text, ha="center", va="bottom", **style)
            else:
                write(axes, (middle, top + 14), text, SMALL_FONT_SIZE, PALETTE.ink, gid="heading")
    return described(figure, alt, None, _text(x, w, written, kept, title))


def _draw_frame(
    axes: Axes, x: list[Real], w: list[Real], row: int, left: float, top: float, cell: float
) -> None:
    """Draw the padded signal and, below it, the flipped kernel in its place."""
    n, k = len(x), len(w)
    for place in range(1 - k, n + k - 1):
        covered = row - k < place <= row
        inside = 0 <= place < n
        style: dict[str, Any] = {
            "facecolor": PALETTE.blue_tint if inside else PALETTE.white,
            "edgecolor": PALETTE.ink if covered else PALETTE.muted,
            "linewidth": 1.6 if covered else 0.6,
            "linestyle": "-" if inside else (0, (2, 2)),
            "zorder": 2 + covered,
        }
        corner = (left + (place + k - 1) * cell, top - _HIGH)
        axes.add_patch(Rectangle(corner, cell, _HIGH, gid="entry", **style))
        colour = PALETTE.ink if inside or covered else PALETTE.muted
        _number(axes, x[place] if inside else 0, corner, cell, colour)
    for t, weight in enumerate(reversed(w)):
        corner = (left + (row + t) * cell, top - 2 * _HIGH)
        outline: dict[str, Any] = {"edgecolor": PALETTE.ink, "linewidth": 1.6, "zorder": 3}
        axes.add_patch(Rectangle(corner, cell, _HIGH, facecolor=PALETTE.orange_tint, gid="weight", **outline))
        _number(axes, weight, corner, cell, PALETTE.ink)


def _number(axes: Axes, value: Any, corner: tuple[float, float], cell: float, colour: str) -> None:
    spot = (corner[0] + cell / 2, corner[1] + _HIGH / 2 - 1)
    write(axes, spot, number_text(value), SMALL_FONT_SIZE, colour, gid="number")


def _bracket(axes: Axes, middle: float, top: float, bottom: float) -> None:
    corners = [(middle - 4, top), (middle + 2, top), (middle + 2, bottom), (middle - 4, bottom)]
    line: dict[str, Any] = {"color": PALETTE.positive, "linewidth": 2.0, "linestyle": "-"}
    axes.plot(*zip(*corners, strict=True), gid="bracket", **line)


def _checked(name: str, values: Sequence[float]) -> list[Any]:
    entries = list(values)
    wrong = [entry for entry in entries if isinstance(entry, bool) or not isinstance(entry, Real)]
    if not entries or wrong:
        fault = f"holds {wrong[0]!r}, which is not a number" if wrong else "is empty"
        raise DrawingError(f"draw_signal_windows: the {name} {fault}.", remedy="Give a list of numbers.")
    return entries


def _text(x: list[Any], w: list[Any], sums: list[str], kept: Mapping[str, range], title: str | None) -> str:
    """Describe the frames: what slides over what, the sums in order, and what each mode keeps."""
    opening = f"{plain(title).rstrip('.')}. " if title else ""
    values, weights = (", ".join(map(number_text, entries)) for entries in (x, reversed(w)))
    spans = [f"{mode} {min(places) + 1} to {max(places) + 1}" for mode, places in kept.items()]
    end = f" Brackets mark the frames of each mode: {'; '.join(spans)}." if spans else ""
    head = (
        f"{opening}The flipped kernel {weights} slides under the signal {values}, which has zeros on both "
        f"sides: {counted(len(sums), 'frame')}, each one place further right. The sums: "
    )
    return head + as_many_as_fit(sums, _LONGEST_TEXT - len(head) - len(end)) + "." + end
