"""What one position of a layer sees of the input: size, stride and start of its window, in input pixels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from nnutils.core.errors import NetworkError
from nnutils.core.messages import shown
from nnutils.core.worked import Worked
from nnutils.networks.base import Layer, Windowed
from nnutils.networks.blocks import Block
from nnutils.networks.checks import whole
from nnutils.networks.network import Network, Step, needs_network
from nnutils.networks.sizes import Window

__all__ = [
    "Axis",
    "ReceptiveField",
    "receptive_fields",
]

Axis = Literal["height", "width"]


@dataclass(frozen=True)
class ReceptiveField:
    """The window of input pixels that a layer's positions see, along one axis.

    Position 0 sees ``size`` pixels from pixel ``start`` on, and each further position sees a window that lies
    ``stride`` pixels further along. Negative pixels, and those beyond the last one, are padding.

    A window that reaches into a padding says what could be seen: it is counted as if the layers before had
    gone on there. Where a floor has cut off pixels at the far end, such a window holds pixels that are not
    read.

    >>> field = ReceptiveField(size=Worked(7), stride=Worked(2), start=Worked(-3))
    >>> field.window(0), field.window(5), field.centre
    (range(-3, 4), range(7, 14), Fraction(0, 1))
    """

    size: Worked
    stride: Worked
    start: Worked

    def window(self, position: int) -> range:
        """Return the pixels from the first to the last one that a position sees, padding included.

        Raises:
            SizeError: for a position that is not a whole number, at least 0.
        """
        first = int(self.start) + int(self.stride) * whole("position", position)
        return range(first, first + int(self.size))

    @property
    def centre(self) -> Fraction:
        """The middle of position 0's window, as a pixel index; with a half between two pixels."""
        return Fraction(self.start.value) + Fraction(int(self.size) - 1, 2)


_PIXEL = ReceptiveField(Worked(1, "size"), Worked(1, "stride"), Worked(0, "start"))
"""A pixel of the input sees itself."""


def receptive_fields(network: Network, axis: Axis = "height") -> dict[str, ReceptiveField]:
    """Return what one position of each layer sees of the input along one axis, by the layer's name.

    Sizes are in input pixels. Gaps inside a window, which a dilation or a large stride leaves, belong to it.
    Layers after ``Flatten`` have no positions and are left out.

    Raises:
        NetworkError: for an input without height and width, and for a block whose branches see different
            windows: one size and one start cannot describe both.

    Source: Araujo, Norris and Sim, "Computing receptive fields of convolutional neural networks", Distill
    (2019). There the sums over the layers; here one layer at a time, which gives the same.

    >>> from nnutils.networks.layers import Conv2d, MaxPool2d
    >>> net = Network((3, 32, 32), [Conv2d(8, 5, stride=2, name="conv1"), MaxPool2d(2, name="pool1")])
    >>> fields = receptive_fields(net)
    >>> fields["pool1"].size.work, fields["pool1"].stride.work
    ('5 + 1 · (2 − 1) · 2 = 7', '2 · 2 = 4')
    """
    needs_network("receptive_fields", network)
    if axis not in ("height", "width"):
        raise NetworkError(f"An axis is 'height' or 'width'; got {shown(axis)}.")
    if len(network.input_shape) != 3:
        raise NetworkError(
            f"A receptive field needs an input of (channels, height, width), got {network.input_shape}.",
            remedy="A fully connected layer sees all features at once.",
        )
    fields: dict[str, ReceptiveField] = {}
    _follow(network.layers, iter(network.steps), _PIXEL, 0 if axis == "height" else 1, fields)
    return fields


def _follow(
    layers: Sequence[Layer],
    steps: Iterator[Step],
    field: ReceptiveField,
    axis: int,
    fields: dict[str, ReceptiveField],
) -> ReceptiveField:
    """Note what each layer of a list sees, and return what the last one sees; blocks after their branches."""
    for layer in layers:
        if isinstance(layer, Block):
            seen = [_follow(branch, steps, field, axis, fields) for branch in layer.branches]
            step = next(steps)
            field = _agreed(step.name, seen)
        else:
            step = next(steps)
            if isinstance(layer, Windowed):
                field = _through(layer.windows[axis], field)
        if len(step.output_shape) == 3:
            fields[step.name] = field
    return field


def _through(window: Window, field: ReceptiveField) -> ReceptiveField:
    """Return what a window sees when each of the positions that it reads sees ``field``."""
    stride = Worked(window.stride, "stride")
    dilation, kernel_size = Worked(window.dilation, "dilation"), Worked(window.kernel_size, "kernel_size")
    before = field.stride.named("stride before")
    return ReceptiveField(
        size=(field.size.named("size before") + dilation * (kernel_size - 1) * before).named("size"),
        stride=(before * stride).named("stride"),
        start=(field.start.named("start before") - window.padding_before * before).named("start"),
    )


def _agreed(name: str, seen: Sequence[ReceptiveField]) -> ReceptiveField:
    """Return what all branches of a block see, if it is the same."""
    if len(set(seen)) > 1:
        told = "; ".join(
            f"branch {i}: {field.size} pixels from pixel {field.start}, stride {field.stride}"
            for i, field in enumerate(seen, 1)
        )
        raise NetworkError(
            f"The branches of {name!r} see different windows of the input, so the block has no single one.",
            where=told,
            remedy="Ask for a network with the layers of one branch only.",
        )
    return seen[0]
