"""A chain of dense layers as the matrices of its equation, drawn to scale: areas are numbers of weights."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from numbers import Integral

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from nnutils.core.errors import DrawingError
from nnutils.drawing.alt_texts import LONGEST, as_many_as_fit
from nnutils.drawing.canvas import Point, point_axes, write
from nnutils.drawing.describing import described
from nnutils.drawing.narrow import drawing_width, drawn, is_narrow
from nnutils.drawing.style import FONT_SIZE, PALETTE, SMALL_FONT_SIZE, WIDTH
from nnutils.drawing.text import text_size

__all__ = ["draw_weight_blocks"]

_TALLEST = 190.0
_THINNEST = 1.5
_GAP = 14.0
_LINE = 15.0
_PADDING = 8.0
"""In points: the tallest matrix, the thinnest side, the least distance, a line of text, the margin."""
_SMALLER = 0.5
"""On a phone the scale is at least so many times that of the wide picture: else another row is begun."""


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


@drawn
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
    rows, width = [blocks], 72 * WIDTH
    if is_narrow():
        rows, scale, width = _narrow_rows(blocks, scale)
    tallest = [max(block.sides(scale)[1] for block in row) for row in rows]
    below = 3 * _LINE + _PADDING
    total = sum(height + below + 2 * _PADDING for height in tallest)
    figure, axes = point_axes(width, total, None, None, "draw_weight_blocks")
    bottom = total
    for row, height in zip(rows, tallest, strict=True):
        bottom -= height + below + 2 * _PADDING
        across = math.fsum(block.room(scale) for block in row)
        gap = min((width - across) / (len(row) + 1), 3 * _GAP)
        left = (width - across - gap * (len(row) - 1)) / 2
        for block in row:
            centre = left + block.room(scale) / 2, bottom + below + _PADDING + height / 2
            _draw_block(axes, block, centre, bottom + below, scale)
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
    if math.fsum(block.room(0.0) for block in blocks) > room:
        raise DrawingError(
            f"draw_weight_blocks: {len(blocks) - 1} matrices with their names are wider than the picture.",
            remedy="Use fewer layers, or shorter names.",
        )
    return _largest(blocks, room, _TALLEST / max(block.rows for block in blocks))


def _narrow_rows(blocks: list[_Block], wanted: float) -> tuple[list[list[_Block]], float, float]:
    """Return the blocks in as few rows as show them large enough, the scale, and the width in points.

    ``wanted`` is the scale of the wide picture. Names that no phone holds make the picture wider.
    """
    room = 72 * drawing_width()
    high = _TALLEST / max(block.rows for block in blocks)
    found: list[list[_Block]] = []
    scale = 0.0
    for count in range(1, len(blocks) + 1):
        for cuts in combinations(range(1, len(blocks)), count - 1):
            ends = [0, *cuts, len(blocks)]
            rows = [blocks[start:end] for start, end in pairwise(ends)]
            fits = min(_largest(row, room - _GAP * (len(row) - 1) - _PADDING, high) for row in rows)
            if fits > scale or not found:
                found, scale = rows, fits
        if scale >= _SMALLER * wanted:
            break
    scale = max(scale, _SMALLER * wanted)
    needed = [sum(block.room(scale) for block in row) + _GAP * (len(row) - 1) + _PADDING for row in found]
    return found, scale, max(room, *needed)


def _largest(row: Sequence[_Block], room: float, high: float) -> float:
    """Return the largest scale up to ``high`` with which a row takes up no more room; 0.0 if none does."""
    low = 0.0
    if math.fsum(block.room(high) for block in row) <= room:
        return high
    for _ in range(50):
        middle = (low + high) / 2
        fits = math.fsum(block.room(middle) for block in row) <= room
        low, high = (middle, high) if fits else (low, middle)
    return low


def _draw_block(axes: Axes, block: _Block, centre: Point, below: float, scale: float) -> None:
    """Draw a block around a point, and its text at a fixed height."""
    x, y = centre
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
