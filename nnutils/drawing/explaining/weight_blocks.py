"""A chain of dense layers as the matrices of its equation, drawn to scale: areas are numbers of weights."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from numbers import Integral

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from nnutils.core.errors import DrawingError
from nnutils.drawing.alt_texts import LONGEST, as_many_as_fit
from nnutils.drawing.canvas import point_axes, write
from nnutils.drawing.describing import described
from nnutils.drawing.style import FONT_SIZE, PALETTE, SMALL_FONT_SIZE, WIDTH
from nnutils.drawing.text import text_size

__all__ = ["draw_weight_blocks"]

_TALLEST = 190.0
_THINNEST = 1.5
_GAP = 14.0
_LINE = 15.0
_PADDING = 8.0
"""In points: the tallest matrix, the thinnest side, the least distance, a line of text, the margin."""


@dataclass(frozen=True)
class _Block:
    """One matrix, or the column of inputs: rows and columns, and the lines of text beneath."""

    name: str
    rows: int
    columns: int
    lines: tuple[str, ...]
    matrix: bool = True

    def sides(self, scale: float) -> tuple[float, float]:
        """Return width and height in points; what would be too thin to be seen is drawn thicker."""
        return max(self.columns * scale, _THINNEST), max(self.rows * scale, _THINNEST)

    def room(self, scale: float) -> float:
        """Return the width in points that the block and its text take up."""
        texts = [text_size(self.name, FONT_SIZE, "bold")[0]]
        texts += [text_size(line, SMALL_FONT_SIZE)[0] for line in self.lines]
        return max(self.sides(scale)[0], *texts)


def draw_weight_blocks(sizes: Mapping[str, int], *, alt: str | None = None) -> Figure:
    """Draw the weight matrices of a dense network side by side, in the order in which the equation has them.

    ``sizes`` maps each layer's name to its number of nodes, the inputs first. The matrix of a layer has a row
    for each of its nodes and a column for each node of the layer before. All matrices have one scale, so an
    area is a number of weights, and each matrix is as wide as the one to its right is tall. The inputs are a
    column at the right end. ``alt`` is the alternative text; without it, one is computed.

    Raises:
        DrawingError: fewer than two layers, a size that is not a positive whole number, or more matrices than
            fit side by side.

    >>> figure = draw_weight_blocks({"I": 1200, "H1": 500, "O": 25})
    >>> [text.get_text() for text in figure.axes[0].texts if text.get_gid() == "shape"]
    ['25 × 500', '500 × 1200', '1200']
    """
    blocks = _blocks(sizes)
    scale = _scale(blocks)
    across = math.fsum(block.room(scale) for block in blocks)
    tallest = max(block.sides(scale)[1] for block in blocks)
    below = 3 * _LINE + _PADDING
    figure, axes = point_axes(72 * WIDTH, tallest + below + 2 * _PADDING, None, None, "draw_weight_blocks")
    gap = min((72 * WIDTH - across) / (len(blocks) + 1), 3 * _GAP)
    left = (72 * WIDTH - across - gap * (len(blocks) - 1)) / 2
    for block in blocks:
        _draw_block(axes, block, left + block.room(scale) / 2, below + _PADDING + tallest / 2, below, scale)
        left += block.room(scale) + gap
    return described(figure, alt, None, _text(blocks))


def _blocks(sizes: Mapping[str, int]) -> list[_Block]:
    whole = all(isinstance(n, Integral) and not isinstance(n, bool) and n > 0 for n in sizes.values())
    if len(sizes) < 2 or not whole:
        raise DrawingError(
            f"draw_weight_blocks: {dict(sizes)} are not the sizes of an input and at least one layer.",
            remedy="Give each layer's number of nodes, positive whole numbers, the inputs first.",
        )
    weights = [rows * columns for columns, rows in pairwise(sizes.values())]
    chain = zip(list(sizes)[1:], pairwise(sizes.values()), weights, strict=True)
    matrices = [
        _Block(name, rows, columns, (f"{rows} × {columns}", f"{_percent(count, sum(weights))} of weights"))
        for name, (columns, rows), count in chain
    ]
    first, inputs = next(iter(sizes.items()))
    return [*reversed(matrices), _Block(first, inputs, 1, (str(inputs), "inputs"), matrix=False)]


def _percent(part: int, whole: int) -> str:
    share = 100 * part / whole
    return f"{share:.0f} %" if share >= 1 else "under 1 %"


def _scale(blocks: list[_Block]) -> float:
    """Return the largest number of points for one node with which the blocks fit side by side."""
    room = 72 * WIDTH - _GAP * (len(blocks) + 1)
    low, high = 0.0, _TALLEST / max(block.rows for block in blocks)
    if math.fsum(block.room(low) for block in blocks) > room:
        raise DrawingError(
            f"draw_weight_blocks: {len(blocks) - 1} matrices with their names are wider than the picture.",
            remedy="Use fewer layers, or shorter names.",
        )
    if math.fsum(block.room(high) for block in blocks) <= room:
        return high
    for _ in range(50):
        middle = (low + high) / 2
        fits = math.fsum(block.room(middle) for block in blocks) <= room
        low, high = (middle, high) if fits else (low, middle)
    return low


def _draw_block(axes: Axes, block: _Block, x: float, y: float, below: float, scale: float) -> None:
    """Draw a block around a point, and its text at a fixed height."""
    width, height = block.sides(scale)
    colour = PALETTE.blue_tint if block.matrix else PALETTE.orange_tint
    corner = (x - width / 2, y - height / 2)
    patch = Rectangle(corner, width, height, facecolor=colour, edgecolor=PALETTE.ink, linewidth=0.8)
    patch.set_gid("matrix" if block.matrix else "inputs")
    axes.add_patch(patch)
    write(axes, (x, below - _LINE / 2), block.name, FONT_SIZE, PALETTE.ink, gid="name", bold=True)
    for number, (line, gid) in enumerate(zip(block.lines, ("shape", "share"), strict=True), 1):
        spot = (x, below - (number + 0.5) * _LINE)
        write(axes, spot, line, SMALL_FONT_SIZE, PALETTE.ink, gid=gid)


def _text(blocks: list[_Block]) -> str:
    *matrices, inputs = blocks
    head = "The weight matrices side by side as rectangles to scale, the last layer first: "
    end = f"; then the column of {inputs.rows} inputs."
    said = [f"{block.name} {block.lines[0]}, {block.lines[1]}" for block in matrices]
    return f"{head}{as_many_as_fit(said, LONGEST - len(head) - len(end), '; ')}{end}"
