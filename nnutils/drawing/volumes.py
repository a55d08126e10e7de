"""The shapes along a network as boxes side by side: a staircase of volumes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from numbers import Integral

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, Polygon

from nnutils.core.errors import DrawingError
from nnutils.drawing.alt_texts import volumes_text
from nnutils.drawing.canvas import Point, point_axes, write
from nnutils.drawing.describing import described
from nnutils.drawing.narrow import drawing_width, drawn, is_narrow
from nnutils.drawing.style import FONT_SIZE, PALETTE, SMALL_FONT_SIZE, styled
from nnutils.drawing.text import text_size

__all__ = [
    "draw_volumes",
]

_TALLEST = 120.0
_LONGEST = 52.0
_THINNEST = 3.0
"""In points: the height of the largest picture, the length of the most channels, the smallest of either."""
_LEAN = (0.36, 0.30)
"""How far a unit of width leads to the right and up: the picture is seen from the front and the right."""
_GAP = 26.0
_NARROW_GAP = 14.0
"""At least so much between two boxes or their texts in a picture for a phone."""
_LABELS = 40.0
_PADDING = 8.0


@dataclass(frozen=True)
class _Box:
    """One volume, measured in points, with its two lines of text."""

    name: str
    label: str
    length: float
    height: float
    width: float

    @property
    def extent(self) -> tuple[float, float]:
        """The width and height of the drawn box."""
        return self.length + _LEAN[0] * self.width, self.height + _LEAN[1] * self.width

    @property
    def column(self) -> float:
        """The width that box and texts take up together."""
        texts = text_size(self.name, FONT_SIZE, "bold")[0], text_size(self.label, SMALL_FONT_SIZE)[0]
        return max(self.extent[0], *texts)


@drawn
def draw_volumes(
    shapes: Sequence[Sequence[int]],
    names: Sequence[str],
    *,
    title: str | None = None,
    alt: str | None = None,
    ax: Axes | None = None,
) -> Figure:
    """Draw each shape as a box, in the order of the network, its name and its numbers beneath.

    A shape is (channels, height, width), or (features,), which is drawn as channels of one pixel. Height and
    width have one scale, channels another. Lengths grow with the square root of the number, so that 25 pixels
    beside 256 are still visible as a box; the exact numbers are written beneath. Boxes that do not fit side
    by side continue in a further row. ``alt`` is the alternative text; without it, one is computed from the
    names and shapes.

    Raises:
        DrawingError: no shapes, a different number of names than of shapes, a shape that is not one or three
            positive whole numbers, a name that is wider than the picture, axes that are too small.

    >>> figure = draw_volumes([(3, 32, 32), (16, 14, 14), (10,)], ["input", "conv1", "out"])
    >>> [text.get_text() for text in figure.axes[0].texts if text.get_gid() == "shape"]
    ['3 × 32 × 32', '16 × 14 × 14', '10']
    """
    boxes = _boxes(shapes, names)
    rows = _rows(boxes)
    width = max(72 * drawing_width(), *(box.column + 2 * _gap() for box in boxes))
    heights = [max(box.extent[1] for box in row) + _LABELS + _PADDING for row in rows]
    with styled():
        top = math.fsum(heights)
        figure, axes = point_axes(width, top, title, ax, "draw_volumes")
        for number, (row, height) in enumerate(zip(rows, heights, strict=True)):
            _draw_row(axes, row, (width, height), top - height, goes_on=number > 0)
            top -= height
    return described(figure, alt, ax, volumes_text(names, [box.label for box in boxes], title))


def _boxes(shapes: Sequence[Sequence[int]], names: Sequence[str]) -> list[_Box]:
    if not shapes or len(names) != len(shapes):
        raise DrawingError(
            f"draw_volumes: {len(shapes)} shapes and {len(names)} names do not belong together.",
            remedy="Give at least one shape, and one name for each.",
        )
    for shape, name in zip(shapes, names, strict=True):
        whole = all(isinstance(size, Integral) and not isinstance(size, bool) and size > 0 for size in shape)
        if len(shape) not in (1, 3) or not whole:
            raise DrawingError(
                f"draw_volumes: the shape of {name!r} is {tuple(shape)}, which cannot be drawn as a box.",
                remedy="Give (channels, height, width) or (features,), as positive whole numbers.",
            )
    volumes = [(*(int(size) for size in shape), 1, 1)[:3] for shape in shapes]
    most_channels = max(channels for channels, _, _ in volumes)
    largest_side = max(max(height, width) for _, height, width in volumes)

    def drawn(size: int, largest: int, length: float) -> float:
        return float(max(length * (size / largest) ** 0.5, _THINNEST))

    boxes = [
        _Box(
            name,
            " × ".join(f"{size:,}" for size in shape),
            drawn(channels, most_channels, _LONGEST),
            drawn(height, largest_side, _TALLEST),
            drawn(width, largest_side, _TALLEST),
        )
        for name, shape, (channels, height, width) in zip(names, shapes, volumes, strict=True)
    ]
    for box in boxes:
        if not is_narrow() and box.column > 72 * drawing_width() - 2 * _gap():
            raise DrawingError(
                f"draw_volumes: {box.name!r} is wider than the picture.", remedy="Use a shorter name."
            )
    return boxes


def _gap() -> float:
    return _NARROW_GAP if is_narrow() else _GAP


def _rows(boxes: Sequence[_Box]) -> list[list[_Box]]:
    """Distribute the boxes over rows; an arrow stands in the gap before each box but the very first."""
    rows: list[list[_Box]] = [[]]
    used = 0.0
    for box in boxes:
        if rows[-1] and used + _gap() + box.column > 72 * drawing_width() - _gap():
            rows.append([])
            used = 0.0
        used += _gap() + box.column
        rows[-1].append(box)
    return rows


def _draw_row(
    axes: Axes, row: Sequence[_Box], size: tuple[float, float], bottom: float, *, goes_on: bool
) -> None:
    """Draw the boxes of a row about one middle line, spread evenly, with arrows between them."""
    width, height = size
    spare = width - math.fsum(box.column for box in row)
    gap = min(spare / (len(row) + 1), 2.5 * _gap())
    left = (spare - gap * (len(row) - 1)) / 2
    middle = bottom + _LABELS + (height - _LABELS - _PADDING) / 2
    arrow_from = left - gap if goes_on else None
    for box in row:
        across, up = box.extent
        corner = (left + (box.column - across) / 2, middle - up / 2)
        if arrow_from is not None:
            _draw_arrow(axes, (arrow_from + 4, middle), (corner[0] - 4, middle))
        _draw_box(axes, box, corner)
        centre = left + box.column / 2
        write(axes, (centre, bottom + 27), box.name, FONT_SIZE, PALETTE.ink, gid="name", bold=True)
        write(axes, (centre, bottom + 11), box.label, SMALL_FONT_SIZE, PALETTE.ink, gid="shape")
        arrow_from = corner[0] + across
        left += box.column + gap


def _draw_arrow(axes: Axes, start: Point, end: Point) -> None:
    axes.add_patch(
        FancyArrowPatch(
            start,
            end,
            arrowstyle="-|>",
            mutation_scale=9,
            color=PALETTE.muted,
            shrinkA=0,
            shrinkB=0,
            gid="arrow",
        )
    )


def _draw_box(axes: Axes, box: _Box, corner: Point) -> None:
    """Draw the three visible sides: channels by height in front, the picture on the right, the top."""
    (x, y), length, height = corner, box.length, box.height
    right, up = (lean * box.width for lean in _LEAN)
    front = [(x, y), (x + length, y), (x + length, y + height), (x, y + height)]
    picture = [
        (x + length, y),
        (x + length + right, y + up),
        (x + length + right, y + height + up),
        (x + length, y + height),
    ]
    top = [
        (x, y + height),
        (x + length, y + height),
        (x + length + right, y + height + up),
        (x + right, y + height + up),
    ]
    sides = (("channels", front, PALETTE.orange_tint), ("picture", picture, PALETTE.blue_tint))
    for gid, corners, colour in (*sides, ("top", top, PALETTE.white)):
        axes.add_patch(
            Polygon(
                corners, facecolor=colour, edgecolor=PALETTE.ink, linewidth=0.8, joinstyle="round", gid=gid
            )
        )
