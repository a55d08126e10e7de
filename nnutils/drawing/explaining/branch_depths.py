"""A block with branches as flows: each band is as thick as the number of channels that it carries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon, Rectangle

from nnutils.core.errors import DrawingError
from nnutils.core.words import counted, side_by_side
from nnutils.drawing.alt_texts import LONGEST, as_many_as_fit
from nnutils.drawing.canvas import Point, point_axes, write
from nnutils.drawing.describing import describe
from nnutils.drawing.narrow import drawing_width, drawn, is_narrow
from nnutils.drawing.style import FONT_SIZE, PALETTE, SMALL_FONT_SIZE, styled
from nnutils.drawing.text import LINE_SPACING, text_size, wrapped
from nnutils.networks.base import Layer, Shape, Windowed
from nnutils.networks.blocks import Concat
from nnutils.networks.layers import Conv2d
from nnutils.networks.network import Network

__all__ = ["draw_branch_depths"]

_THICKEST, _THINNEST = 46.0, 1.6
"""In points: the band with the most channels, and the least that can still be seen."""
_LINE = LINE_SPACING * SMALL_FONT_SIZE
_MOST_LAYERS = 2
_TINTS = 4


@dataclass(frozen=True)
class _Branch:
    """The layers of a branch, and the shape behind each."""

    layers: Sequence[Layer]
    shapes: Sequence[Shape]

    @property
    def words(self) -> str:
        """The branch for reading aloud."""
        steps = zip(self.layers, self.shapes, strict=True)
        return ", then ".join(f"{layer.name} to {side_by_side(shape)}" for layer, shape in steps)


@dataclass(frozen=True)
class _Places:
    """Where things stand, in points from the left, and how much room a branch and the head and foot have."""

    width: float
    box: tuple[float, float]
    left: float = 8.0
    bar: float = 14.0
    first: float = 56.0
    meet: float = 408.0
    """Where the branches end."""
    stack: float = 452.0
    """Where the stack of their channels begins."""
    tower: float = 18.0
    pitch: float = 74.0
    shift: float = 6.0
    """How far a branch stands below the middle of its lane, for the size above it."""
    head: float = 34.0
    note: str = "the thickness of a band is its number of channels, to scale"

    @property
    def foot(self) -> float:
        """The height of the note at the bottom."""
        return 26.0 + self.note.count("\n") * _LINE

    @property
    def band(self) -> float:
        """The length of the band behind a layer."""
        return (self.meet - self.first - _MOST_LAYERS * self.box[0]) / _MOST_LAYERS


@drawn
def draw_branch_depths(network: Network) -> Figure:
    """Draw a network of one ``Concat`` block as flows from left to right, channels to scale.

    The input enters each branch with all its channels. Behind each layer the band is as thick as the number
    of channels that the layer makes, its size is written above it, and at the right end the channels of all
    branches lie on top of each other. A band is never thinner than can be seen.

    Raises:
        DrawingError: for anything but a network of one ``Concat`` block whose branches have one or two
            layers with windows each.

    >>> from nnutils.networks.layers import Conv2d
    >>> block = Concat([Conv2d(64, 1, name="direct")], [Conv2d(128, 3, padding=1, name="conv3")])
    >>> figure = draw_branch_depths(Network((256, 28, 28), [block]))
    >>> [text.get_text() for text in figure.axes[0].texts if text.get_gid() == "size"]
    ['256 × 28 × 28', '192 × 28 × 28', '64 × 28 × 28', '128 × 28 × 28']
    """
    branches = _branches(network)
    source, total = network.input_shape, network.output_shape
    places = _narrow(branches, source, total) if is_narrow() else _Places(72 * drawing_width(), (68.0, 50.0))
    most = max(shape[0] for shape in [source, *(shape for b in branches for shape in b.shapes)])

    def thickness(channels: int) -> float:
        return max(_THICKEST * channels / most, _THINNEST)

    with styled():
        stack = sum(thickness(branch.shapes[-1][0]) for branch in branches)
        height = max(places.pitch * len(branches), stack + 8) + places.head + places.foot
        figure, axes = point_axes(places.width, height, None, None, "draw_branch_depths")
        middle = (height - places.head + places.foot) / 2
        lanes = places.pitch * len(branches)
        top, bottom = middle + lanes / 2, middle - lanes / 2
        left = places.left
        _area(axes, [(left, bottom), (left + places.bar, top)], PALETTE.white, "input")
        spots = (left, height - 10), (places.width - left, height - 10)
        for spot, name, shape, side in zip(
            spots, ("input", "stacked"), (source, total), ("left", "right"), strict=True
        ):
            axes.text(*spot, name, fontsize=FONT_SIZE, fontweight="bold", ha=side, va="center_baseline")
            below = (spot[0], spot[1] - 14)
            axes.text(
                *below,
                side_by_side(shape),
                fontsize=SMALL_FONT_SIZE,
                ha=side,
                va="center_baseline",
                gid="size",
            )
        level = middle + stack / 2
        for number, branch in enumerate(branches):
            centre = top - places.pitch * (number + 0.5) - places.shift
            tint = PALETTE.tints[number % _TINTS]
            bands = [thickness(source[0]), *(thickness(shape[0]) for shape in branch.shapes)]
            _draw_lane(axes, places, branch, bands, centre, tint)
            last = bands[-1]
            meet, stacked = places.meet, places.stack
            corners = [(meet, centre - last / 2), (meet, centre + last / 2)]
            corners += [(stacked, level), (stacked, level - last)]
            axes.add_patch(Polygon(corners, facecolor=tint, edgecolor="none", alpha=0.55, gid="joint"))
            _area(axes, [(stacked, level - last), (stacked + places.tower, level)], tint, "stack")
            level -= last
        spot = (places.width / 2, (places.foot - 6) / 2)
        write(axes, spot, places.note, SMALL_FONT_SIZE, PALETTE.muted)
    opening = (
        "Flows from left to right, as thick as their number of channels. An input of "
        f"{side_by_side(source)} enters {counted(len(branches), 'branch', 'branches')}: "
    )
    end = f". Stacked they make {side_by_side(total)}."
    words = as_many_as_fit([branch.words for branch in branches], LONGEST - len(opening) - len(end), "; ")
    return describe(figure, opening + words + end)


def _branches(network: Network) -> list[_Branch]:
    """Return the branches of the one block, or say why there is nothing to draw."""
    block = network.layers[0] if isinstance(network, Network) and len(network.layers) == 1 else None
    fits = isinstance(block, Concat) and all(
        1 <= len(branch) <= _MOST_LAYERS and all(isinstance(layer, Windowed) for layer in branch)
        for branch in block.branches
    )
    if not fits:
        raise DrawingError(
            "draw_branch_depths draws one Concat block whose branches have one or two layers with windows.",
            remedy="Give Network(input_shape, [Concat(...)]), or use draw_branches.",
        )
    assert isinstance(block, Concat)
    found, steps = [], iter(network.steps)
    for branch in block.branches:
        found.append(_Branch(branch, [next(steps).output_shape for _ in branch]))
    return found


def _narrow(branches: Sequence[_Branch], source: Shape, total: Shape) -> _Places:
    """Return the places for a phone: boxes as wide as their words, and a size above its box and band."""
    layers = [layer for branch in branches for layer in branch.layers]
    names = [text_size(str(layer.name), SMALL_FONT_SIZE, "bold")[0] for layer in layers]
    wide = 8 + max(*names, *(text_size(_window(layer), SMALL_FONT_SIZE)[0] for layer in layers))
    sizes = [side_by_side(shape) for branch in branches for shape in branch.shapes]
    left, bar, enter, joint, tower = 2.0, 6.0, 5.0, 17.0, 10.0
    around = 2 * left + bar + enter + joint + tower
    free = (72 * drawing_width() - around) / _MOST_LAYERS  # for a box and the band behind it
    one_line = max(text_size(size, SMALL_FONT_SIZE)[0] for size in sizes) + 8 <= free
    if not one_line:
        sizes = [_broken(size) for size in sizes]
    free = max(free, wide + 18, *(text_size(size, SMALL_FONT_SIZE)[0] + 8 for size in sizes))
    width = around + _MOST_LAYERS * free
    ends = [text_size(side_by_side(shape), SMALL_FONT_SIZE)[0] for shape in (source, total)]
    above = _LINE * (1 if one_line else 2)
    return _Places(
        max(width, sum(ends) + 2 * left + 12),
        (wide, 56.0),
        left,
        bar,
        left + bar + enter,
        width - left - tower - joint,
        width - left - tower,
        tower,
        pitch=56.0 + above + 9,
        shift=above / 2,
        note=wrapped(_Places.note, SMALL_FONT_SIZE, width - 8),
    )


def _broken(size: str) -> str:
    """Break a size into two lines, behind the channels."""
    return size.replace(" × ", " ×\n", 1)


def _draw_lane(
    axes: Axes, places: _Places, branch: _Branch, bands: Sequence[float], centre: float, tint: str
) -> None:
    """Draw a branch: the input's band, and for each layer a box and the band behind it."""
    wide, tall = places.box
    starts = [places.first + place * (wide + places.band) for place in range(len(branch.layers))]
    ends = [*starts[1:], places.meet]
    _band(axes, places.left + places.bar, starts[0], centre, bands[0], PALETTE.white)
    for layer, shape, start, end, thick in zip(
        branch.layers, branch.shapes, starts, ends, bands[1:], strict=True
    ):
        right = start + wide
        _band(axes, right, end, centre, thick, tint)
        size = side_by_side(shape)
        if is_narrow():  # above the box too, which is taller than the band
            size = _broken(size) if 2 * places.shift > 1.5 * _LINE else size
            height = centre + tall / 2 + 2 + places.shift
        else:
            height = centre + thick / 2 + 8
        spot = (end - text_size(size, SMALL_FONT_SIZE)[0] / 2 - 4, height)
        write(axes, spot, size, SMALL_FONT_SIZE, PALETTE.ink, gid="size")
        _area(axes, [(start, centre - tall / 2), (right, centre + tall / 2)], PALETTE.white, "layer")
        middle, apart = start + wide / 2, 16.0 if is_narrow() else 9.0
        write(
            axes,
            (middle, centre + apart),
            str(layer.name),
            SMALL_FONT_SIZE,
            PALETTE.ink,
            gid="name",
            bold=True,
        )
        below = (middle, centre - (8.0 if is_narrow() else 9.0))
        write(axes, below, _window(layer), SMALL_FONT_SIZE, PALETTE.ink, gid="window")


def _window(layer: Layer) -> str:
    assert isinstance(layer, Windowed)
    size = side_by_side(window.kernel_size for window in layer.windows)
    between = "\n" if is_narrow() else " "
    return f"{size}{between}{'conv' if isinstance(layer, Conv2d) else 'pool'}"


def _band(axes: Axes, left: float, right: float, centre: float, thick: float, colour: str) -> None:
    _area(axes, [(left, centre - thick / 2), (right, centre + thick / 2)], colour, "band")


def _area(axes: Axes, corners: Sequence[Point], colour: str, gid: str) -> None:
    (left, bottom), (right, top) = corners
    patch = Rectangle((left, bottom), right - left, top - bottom, facecolor=colour, gid=gid)
    patch.set(edgecolor=PALETTE.ink, linewidth=0.8)
    axes.add_patch(patch)
