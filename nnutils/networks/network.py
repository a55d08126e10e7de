"""A network: an input shape and a list of layers, with every shape worked out and every layer named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nnutils.core.errors import NetworkError
from nnutils.core.messages import shown, shown_with_type
from nnutils.networks.base import Layer, Shape, Sizes, is_shape
from nnutils.networks.blocks import checked
from nnutils.networks.checks import whole
from nnutils.networks.running import Derived, shapes_along

__all__ = [
    "Network",
    "Step",
    "needs_network",
]


@dataclass(frozen=True)
class Step:
    """One layer at its place in a network: its name, and the sizes that go in and come out.

    Each size is a worked number that leads back to the network's input. It is named after the layer that
    made it; a layer that leaves a size as it is hands on the one of its input. The steps of a network know
    their shapes; the sizes are derived, for the whole network at once, when the first of them is asked for.

    >>> from nnutils.networks.layers import Conv2d, MaxPool2d
    >>> net = Network((3, 32, 32), [Conv2d(16, 5, stride=2, name="conv1"), MaxPool2d(2, name="pool1")])
    >>> channels, height, width = net.steps[-1].output_sizes
    >>> channels, channels.name, height.name
    (16, 'conv1 out_channels', 'pool1 height')
    >>> print(*height.steps(), sep="\\n")
    conv1 height = ⌊(input height + 2 · padding − dilation · (kernel_size − 1) − 1) / stride⌋ + 1
    = ⌊(32 + 2 · 0 − 1 · (5 − 1) − 1) / 2⌋ + 1 = 14
    pool1 height = ⌊(conv1 height + 2 · padding − dilation · (kernel_size − 1) − 1) / stride⌋ + 1
    = ⌊(14 + 2 · 0 − 1 · (2 − 1) − 1) / 2⌋ + 1 = 7
    """

    name: str
    layer: Layer
    input_sizes: Sizes
    output_sizes: Sizes

    @classmethod
    def of(cls, name: str, layer: Layer, shapes: tuple[Shape, Shape], sizes: Derived, place: int) -> Step:
        """Return a step whose shapes are known, and whose sizes are those of a network at this place."""
        step = object.__new__(cls)
        # At once, and past the fields: a network makes one for each of its layers.
        step.__dict__.update(name=name, layer=layer, _shapes=shapes, _sizes=(sizes, place))
        return step

    if not TYPE_CHECKING:  # a type checker would let any name pass

        def __getattr__(self, field: str) -> Sizes:
            """Derive the sizes when they are first asked for."""
            if field in ("input_sizes", "output_sizes") and "_sizes" in self.__dict__:
                sizes, place = self.__dict__["_sizes"]
                return sizes.at(place)[field == "output_sizes"]
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {field!r}")

    @property
    def input_shape(self) -> Shape:
        """The shape that goes in, as plain numbers."""
        return self._known_shapes()[0]

    @property
    def output_shape(self) -> Shape:
        """The shape that comes out, as plain numbers."""
        return self._known_shapes()[1]

    def _known_shapes(self) -> tuple[Shape, Shape]:
        shapes: tuple[Shape, Shape] | None = self.__dict__.get("_shapes")
        if shapes is None:  # a step that was made by itself, from its sizes
            shapes = tuple(map(int, self.input_sizes)), tuple(map(int, self.output_sizes))
            self.__dict__["_shapes"] = shapes
        return shapes


class Network:
    """A network as data: an input shape, (channels, height, width) or (features,), and its layers in order.

    A layer without a name gets one from its kind (``conv``, ``pool``, ...), with a number where there are
    several; inside a block it starts with the names of block and branch (``concat.branch2.conv``). Every
    shape is worked out at once, so a network that cannot run is never made.

    Raises:
        SizeError: for impossible sizes.
        NetworkError: if layers do not fit together, if a name is used twice, or if an entry is not a layer.
        Both say where in the network.

    >>> from nnutils.networks.layers import Conv2d, Flatten, Linear, MaxPool2d
    >>> layers = [Conv2d(16, 5, stride=2, name="conv1"), MaxPool2d(2), Flatten(), Linear(10)]
    >>> net = Network((3, 32, 32), layers)
    >>> [(step.name, step.output_shape) for step in net.steps]
    [('conv1', (16, 14, 14)), ('pool', (16, 7, 7)), ('flatten', (784,)), ('linear', (10,))]
    >>> Network((3, 8, 8), [Conv2d(10, 5, name="conv1"), MaxPool2d(5, stride=2)])
    Traceback (most recent call last):
    nnutils.core.errors.SizeError: MaxPool2d(kernel_size=5, stride=2) after 'conv1' needs an input
      of at least 5 x 5, got 10 x 4 x 4.
      input (3, 8, 8) -> conv1 (10, 4, 4) -> pool
      Use kernel_size <= 4, or padding >= 1.
    """

    def __init__(self, input_shape: Sequence[int], layers: Sequence[Layer]) -> None:
        """Work out every shape, in order."""
        if not is_shape(input_shape) or len(input_shape) not in (1, 3):
            raise NetworkError(
                f"An input shape is (channels, height, width) or (features,); got {shown(input_shape)}.",
                remedy="Leave the batch out: one sample is enough to know every shape.",
            )
        self.input_shape: Shape = tuple(
            whole("each size of the input shape", size, 1) for size in input_shape
        )
        self.layers = checked(layers, "the network")
        if not self.layers:
            raise NetworkError(
                "A network without layers computes nothing.", remedy="Give it at least one layer."
            )
        sizes = Derived(self.input_shape, self.layers)
        self.steps: list[Step] = [
            Step.of(name, layer, (given, made), sizes, place)
            for place, (name, layer, given, made) in enumerate(shapes_along(sizes))
        ]
        self.output_shape: Shape = self.steps[-1].output_shape

    def __repr__(self) -> str:
        lines = [f"Network with input {self.input_shape}"]
        width = max(len(step.name) for step in self.steps)
        lines += [f"  {step.name.ljust(width)}  {step.output_shape}  {step.layer}" for step in self.steps]
        return "\n".join(lines)

    @property
    def shapes(self) -> Mapping[str, Shape]:
        """The output shape of each layer, by name."""
        return {step.name: step.output_shape for step in self.steps}


def needs_network(what: str, network: object) -> None:
    """Refuse what is not a network, where the steps of one are asked for.

    Raises:
        NetworkError: for anything but a ``Network``.

    >>> needs_network("enumerate_reads", "alexnet")
    Traceback (most recent call last):
    nnutils.core.errors.NetworkError: enumerate_reads() needs a Network, got 'alexnet' of type str.
    """
    if not isinstance(network, Network):
        raise NetworkError(f"{what}() needs a Network, got {shown_with_type(network)}.")
