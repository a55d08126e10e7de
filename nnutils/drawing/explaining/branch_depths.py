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
from nnutils.drawing.style import FONT_SIZE, PALETTE, SMALL_FONT_SIZE, WIDTH, styled
from nnutils.drawing.text import text_size
from nnutils.networks.base import Layer, Shape, Windowed
from nnutils.networks.blocks import Concat
from nnutils.networks.layers import Conv2d
from nnutils.networks.network import Network

__all__ = ["draw_branch_depths"]

_THICKEST, _THINNEST = 46.0, 1.6
"""In points: the band with the most channels, and the least that can still be seen."""
_BOX = (68.0, 50.0)
_PITCH = 74.0
_LEFT, _BAR, _FIRST = 8.0, 14.0, 34.0
_MEET, _STACK = 408.0, 452.0
"""In points: where the branches end, and where the stack of their channels begins."""
_HEAD, _FOOT = 34.0, 26.0
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
    most = max(shape[0] for shape in [source, *(shape for b in branches for shape in b.shapes)])

    def thickness(channels: int) -> float:
        return max(_THICKEST * channels / most, _THINNEST)

    with styled():
        stack = sum(thickness(branch.shapes[-1][0]) for branch in branches)
        height = max(_PITCH * len(branches), stack + 8) + _HEAD + _FOOT
        figure, axes = point_axes(72 * WIDTH, height, None, None, "draw_branch_depths")
        middle = (height - _HEAD + _FOOT) / 2
        top, bottom = middle + _PITCH * len(branches) / 2, middle - _PITCH * len(branches) / 2
        _area(axes, [(_LEFT, bottom), (_LEFT + _BAR, top)], PALETTE.white, "input")
        spots = (_LEFT, height - 10), (72 * WIDTH - _LEFT, height - 10)
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
            centre = top - _PITCH * (number + 0.5) - 6
            tint = PALETTE.tints[number % _TINTS]
            bands = [thickness(source[0]), *(thickness(shape[0]) for shape in branch.shapes)]
            _draw_lane(axes, branch, bands, centre, tint)
            last = bands[-1]
            corners = [
                (_MEET, centre - last / 2),
                (_MEET, centre + last / 2),
                (_STACK, level),
                (_STACK, level - last),
            ]
            axes.add_patch(Polygon(corners, facecolor=tint, edgecolor="none", alpha=0.55, gid="joint"))
            _area(axes, [(_STACK, level - last), (_STACK + 18, level)], tint, "stack")
            level -= last
        note = "the thickness of a band is its number of channels, to scale"
        write(axes, (36 * WIDTH, 10), note, SMALL_FONT_SIZE, PALETTE.muted)
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


def _draw_lane(axes: Axes, branch: _Branch, bands: Sequence[float], centre: float, tint: str) -> None:
    """Draw a branch: the input's band, and for each layer a box and the band behind it."""
    room = (_MEET - _FIRST - 22 - _MOST_LAYERS * _BOX[0]) / _MOST_LAYERS
    starts = [_FIRST + 22 + place * (_BOX[0] + room) for place in range(len(branch.layers))]
    ends = [*starts[1:], _MEET]
    _band(axes, _LEFT + _BAR, starts[0], centre, bands[0], PALETTE.white)
    for layer, shape, start, end, thick in zip(
        branch.layers, branch.shapes, starts, ends, bands[1:], strict=True
    ):
        right = start + _BOX[0]
        _band(axes, right, end, centre, thick, tint)
        size = side_by_side(shape)
        spot = (end - text_size(size, SMALL_FONT_SIZE)[0] / 2 - 4, centre + thick / 2 + 8)
        write(axes, spot, size, SMALL_FONT_SIZE, PALETTE.ink, gid="size")
        _area(axes, [(start, centre - _BOX[1] / 2), (right, centre + _BOX[1] / 2)], PALETTE.white, "layer")
        write(
            axes,
            (start + _BOX[0] / 2, centre + 9),
            str(layer.name),
            SMALL_FONT_SIZE,
            PALETTE.ink,
            gid="name",
            bold=True,
        )
        write(
            axes,
            (start + _BOX[0] / 2, centre - 9),
            _window(layer),
            SMALL_FONT_SIZE,
            PALETTE.ink,
            gid="window",
        )


def _window(layer: Layer) -> str:
    assert isinstance(layer, Windowed)
    size = side_by_side(window.kernel_size for window in layer.windows)
    return f"{size} {'conv' if isinstance(layer, Conv2d) else 'pool'}"


def _band(axes: Axes, left: float, right: float, centre: float, thick: float, colour: str) -> None:
    _area(axes, [(left, centre - thick / 2), (right, centre + thick / 2)], colour, "band")


def _area(axes: Axes, corners: Sequence[Point], colour: str, gid: str) -> None:
    (left, bottom), (right, top) = corners
    patch = Rectangle((left, bottom), right - left, top - bottom, facecolor=colour, gid=gid)
    patch.set(edgecolor=PALETTE.ink, linewidth=0.8)
    axes.add_patch(patch)
