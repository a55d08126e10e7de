"""A bias as one more column of the weight matrix: the product w x + b written as one product."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from nnutils.core.errors import DrawingError
from nnutils.core.words import counted
from nnutils.drawing.canvas import point_axes, write
from nnutils.drawing.describing import describe
from nnutils.drawing.narrow import drawing_width, drawn, is_narrow
from nnutils.drawing.style import FONT_SIZE, PALETTE, SMALL_FONT_SIZE, WIDTH, styled
from nnutils.drawing.text import text_size

__all__ = ["draw_bias_column"]

_WIDEST, _TALLEST, _LEGIBLE = 46.0, 26.0, 24.0
"""In points: the largest cell, and the narrowest that holds a letter with its indices."""
_GAP, _MARGIN = 44.0, 34.0
_NARROW_GAP, _EDGE = 26.0, 2.0
_HEAD, _FOOT = 26.0, 24.0
_MOST_LINES = 200.0


@dataclass(frozen=True)
class _Block:
    """A matrix or a column: its cells, the sign before it, and the row or column that is the bias's."""

    name: str
    cells: list[list[str]]
    sign: str = ""
    special: tuple[int | None, int | None] = (None, None)

    @property
    def size(self) -> str:
        """The rows and columns in words."""
        return f"{len(self.cells)} × {len(self.cells[0])}"

    def room(self, wide: float) -> float:
        """Return the width in points of the cells, or of the words above or below them, if that is more."""
        words = text_size(self.name, FONT_SIZE, "bold")[0], text_size(self.size, SMALL_FONT_SIZE)[0]
        return max(len(self.cells[0]) * wide, *words)


@drawn
def draw_bias_column(outputs: int, inputs: int) -> Figure:
    """Draw [w b] times [x; 1] cell by cell, the bias and its 1 in a colour of their own.

    ``outputs`` and ``inputs`` are the rows and columns of w. One row of the matrix, the column, and the
    result that they make are outlined. Matrices too wide for letters in their cells are drawn without.

    Raises:
        DrawingError: for sizes that are not whole numbers of at least 1.

    >>> figure = draw_bias_column(outputs=2, inputs=3)
    >>> [text.get_text() for text in figure.axes[0].texts if text.get_gid() == "size"]
    ['2 × 4', '4 × 1', '2 × 1']
    """
    for name, number in (("outputs", outputs), ("inputs", inputs)):
        if isinstance(number, bool) or not isinstance(number, int) or number < 1:
            raise DrawingError(
                f"draw_bias_column: {name}={number!r} is not a size.", remedy="Use whole numbers, at least 1."
            )
    wide = min(_WIDEST, (72 * WIDTH - 2 * _GAP - 2 * _MARGIN) / (inputs + 3))
    tall = min(_TALLEST, _MOST_LINES / max(inputs + 1, outputs))
    letters = wide >= _LEGIBLE and tall >= SMALL_FONT_SIZE + 4 and max(inputs, outputs) < 10
    weights = [[f"$w_{{{i + 1}{k + 1}}}$" for k in range(inputs)] + [f"$b_{i + 1}$"] for i in range(outputs)]
    blocks = [
        _Block("[w b]", weights, special=(None, inputs)),
        _Block("[x; 1]", [*([f"$x_{k + 1}$"] for k in range(inputs)), ["1"]], "·", (inputs, None)),
        _Block("w x + b", [[f"$q_{i + 1}$"] for i in range(outputs)], "="),
    ]
    rows = [blocks]
    if is_narrow():
        rows = _narrow_rows(blocks, min(wide, _LEGIBLE))
        wide = min(_narrow_cell(row) for row in rows)
    heights = [tall * max(len(block.cells) for block in row) + _HEAD + _FOOT for row in rows]
    with styled():
        figure, axes = point_axes(72 * drawing_width(), sum(heights), None, None, "draw_bias_column")
        bottom = sum(heights)
        for row, height in zip(rows, heights, strict=True):
            bottom -= height
            _draw_row(axes, row, bottom + (height - _HEAD + _FOOT) / 2, (wide, tall), letters=letters)
    return describe(
        figure,
        f"A matrix of {counted(outputs, 'row')} and {counted(inputs + 1, 'column')}, the weights and "
        f"behind them the biases as the last column, times a column of {counted(inputs, 'input')} "
        f"and a 1 makes a column of {counted(outputs, 'result')}. The first row of the matrix "
        "and the column make the first result.",
    )


def _narrow_rows(blocks: list[_Block], legible: float) -> list[list[_Block]]:
    """Return the blocks in one row where their cells are wide enough there, or else the matrix on its own."""
    return [blocks] if _narrow_cell(blocks) >= legible else [blocks[:1], blocks[1:]]


def _narrow_cell(row: Sequence[_Block]) -> float:
    """Return the largest width of a cell with which a row fits the picture, in points; 0.0 if none does."""
    room = 72 * drawing_width() - 2 * _EDGE - _NARROW_GAP * sum(bool(block.sign) for block in row)
    low, high = 0.0, _WIDEST
    for _ in range(30):
        middle = (low + high) / 2
        fits = sum(block.room(middle) for block in row) <= room
        low, high = (middle, high) if fits else (low, middle)
    return low


def _draw_row(
    axes: Axes, row: Sequence[_Block], middle: float, cell: tuple[float, float], *, letters: bool
) -> None:
    """Draw blocks beside each other, each with its name above it and its size below it."""
    (wide, tall), gap = cell, _NARROW_GAP if is_narrow() else _GAP
    columns = sum(len(block.cells[0]) for block in row)
    rooms = [block.room(wide) if is_narrow() else len(block.cells[0]) * wide for block in row]
    spare = drawing_width() * 72 - (sum(rooms) if is_narrow() else wide * columns)
    left = (spare - gap * sum(bool(block.sign) for block in row)) / 2
    for block, room in zip(row, rooms, strict=True):
        if block.sign:
            write(axes, (left + gap / 2, middle), block.sign, FONT_SIZE + 5, PALETTE.ink)
            left += gap
        rows, columns = len(block.cells), len(block.cells[0])
        corner = left + (room - columns * wide) / 2
        top = middle + tall * rows / 2
        _draw_cells(axes, block.cells, (corner, top), cell, block.special, letters)
        outlined = rows if block.special[0] is not None else 1
        frame = Rectangle((corner, top - outlined * tall), columns * wide, outlined * tall, fill=False)
        frame.set(edgecolor=PALETTE.positive, linewidth=2.4, zorder=4)
        axes.add_patch(frame)
        centre = corner + columns * wide / 2
        write(axes, (centre, top + 12), block.name, FONT_SIZE, PALETTE.ink, bold=True)
        below = (centre, top - rows * tall - 13)
        write(axes, below, block.size, SMALL_FONT_SIZE, PALETTE.ink, gid="size")
        left += room


def _draw_cells(
    axes: Axes,
    cells: list[list[str]],
    corner: tuple[float, float],
    size: tuple[float, float],
    special: tuple[int | None, int | None],
    letters: bool,
) -> None:
    """Draw a block of cells from its upper left corner; one row or column has the colour of the bias."""
    (left, top), (wide, tall) = corner, size
    for i, row in enumerate(cells):
        for k, letter in enumerate(row):
            bias = i == special[0] or k == special[1]
            spot = (left + k * wide, top - (i + 1) * tall)
            cell = Rectangle(spot, wide, tall, gid="bias" if bias else "cell")
            cell.set(facecolor=PALETTE.orange_tint if bias else PALETTE.blue_tint)
            cell.set(edgecolor=PALETTE.ink, linewidth=0.8)
            axes.add_patch(cell)
            if letters:
                centre = (spot[0] + wide / 2, spot[1] + tall / 2)
                write(axes, centre, letter, FONT_SIZE, PALETTE.ink, gid="entry")
