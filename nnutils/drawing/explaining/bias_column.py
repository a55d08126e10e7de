"""A bias as one more column of the weight matrix: the product w x + b written as one product."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from nnutils.core.errors import DrawingError
from nnutils.core.words import counted
from nnutils.drawing.canvas import point_axes, write
from nnutils.drawing.describing import describe
from nnutils.drawing.style import FONT_SIZE, PALETTE, SMALL_FONT_SIZE, WIDTH, styled

__all__ = ["draw_bias_column"]

_WIDEST, _TALLEST, _LEGIBLE = 46.0, 26.0, 24.0
"""In points: the largest cell, and the narrowest that holds a letter with its indices."""
_GAP, _MARGIN = 44.0, 34.0
_HEAD, _FOOT = 26.0, 24.0
_MOST_LINES = 200.0


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
    column = [[f"$x_{k + 1}$"] for k in range(inputs)] + [["1"]]
    results = [[f"$q_{i + 1}$"] for i in range(outputs)]
    height = tall * max(inputs + 1, outputs) + _HEAD + _FOOT
    middle = (height - _HEAD + _FOOT) / 2
    with styled():
        figure, axes = point_axes(72 * WIDTH, height, None, None, "draw_bias_column")
        left = (72 * WIDTH - wide * (inputs + 3) - 2 * _GAP) / 2
        blocks = (("[w b]", weights, ""), ("[x; 1]", column, "·"), ("w x + b", results, "="))
        for name, cells, sign in blocks:
            if sign:
                write(axes, (left + _GAP / 2, middle), sign, FONT_SIZE + 5, PALETTE.ink)
                left += _GAP
            special = {"[w b]": (None, inputs), "[x; 1]": (inputs, None)}.get(name, (None, None))
            top = middle + tall * len(cells) / 2
            _draw_cells(axes, cells, (left, top), (wide, tall), special, letters)
            rows, columns = len(cells), len(cells[0])
            outlined = rows if name == "[x; 1]" else 1
            frame = Rectangle((left, top - outlined * tall), columns * wide, outlined * tall, fill=False)
            frame.set(edgecolor=PALETTE.positive, linewidth=2.4, zorder=4)
            axes.add_patch(frame)
            centre = left + columns * wide / 2
            write(axes, (centre, top + 12), name, FONT_SIZE, PALETTE.ink, bold=True)
            below = (centre, top - rows * tall - 13)
            write(axes, below, f"{rows} × {columns}", SMALL_FONT_SIZE, PALETTE.ink, gid="size")
            left += columns * wide
    return describe(
        figure,
        f"A matrix of {counted(outputs, 'row')} and {counted(inputs + 1, 'column')}, the weights and "
        f"behind them the biases as the last column, times a column of {counted(inputs, 'input')} "
        f"and a 1 makes a column of {counted(outputs, 'result')}. The first row of the matrix "
        "and the column make the first result.",
    )


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
