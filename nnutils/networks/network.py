"""A network: an input shape and a list of layers, with every shape worked out and every layer named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from nnutils.core.errors import NetworkError, SizeError, WorkedError
from nnutils.core.messages import shown
from nnutils.core.worked import Worked
from nnutils.networks.base import Layer, LayerProblem, Shape, Sizes, worked_sizes
from nnutils.networks.blocks import Block, checked
from nnutils.networks.checks import whole

__all__ = [
    "Network",
    "Step",
]

_AUTOMATIC = {"Conv2d": "conv", "MaxPool2d": "pool", "AvgPool2d": "pool", "BatchNorm2d": "norm"}


@dataclass(frozen=True)
class Step:
    """One layer at its place in a network: its name, and the sizes that go in and come out.

    Each size is a worked number that leads back to the network's input. It is named after the layer that
    made it; a layer that leaves a size as it is hands on the one of its input.

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

    @property
    def input_shape(self) -> Shape:
        """The shape that goes in, as plain numbers."""
        return tuple(int(size) for size in self.input_sizes)

    @property
    def output_shape(self) -> Shape:
        """The shape that comes out, as plain numbers."""
        return tuple(int(size) for size in self.output_sizes)


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
        if not isinstance(input_shape, Sequence) or len(input_shape) not in (1, 3):
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
        self._given = _given_names(self.layers)
        self.steps: list[Step] = []
        trail = [f"input {shown(self.input_shape)}"]
        self._run(self.layers, worked_sizes(self.input_shape, "input"), "", trail, "after 'input'")
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

    def _run(self, layers: Sequence[Layer], sizes: Sizes, prefix: str, trail: list[str], place: str) -> Sizes:
        """Append a step for each layer, blocks after their branches, and return the last output sizes.

        ``trail`` is the path of names and shapes so far, ``place`` says what comes before the next layer.
        """
        for name, layer in zip(_names(layers, prefix, self._given), layers, strict=True):
            branches: list[Sizes] = []
            for i, branch in enumerate(layer.branches if isinstance(layer, Block) else (), 1):
                inside = f"{name}.branch{i}"
                start = f"at the start of '{inside}'"
                branches.append(self._run(branch, sizes, f"{inside}.", [*trail, inside], start))
            path = " -> ".join([*trail, name])
            try:
                made = layer.join(branches) if isinstance(layer, Block) else layer.output_sizes(sizes)
                made = _named_after(name, made, [*sizes, *chain.from_iterable(branches)])
            except WorkedError as error:  # a size that is too long to write
                raise SizeError(error.problem, where=path, remedy="Use smaller sizes.") from None
            except (SizeError, NetworkError) as error:
                problem = error.problem
                if isinstance(problem, LayerProblem):
                    problem = problem.at(place)
                raise type(error)(problem, where=path, remedy=error.remedy) from None
            if any(step.name == name for step in self.steps):
                raise NetworkError(
                    f"Two layers are called {name!r}.", where=path, remedy="Give each layer its own name."
                )
            step = Step(name, layer, sizes, made)
            self.steps.append(step)
            trail.append(f"{name} {shown(step.output_shape)}")
            sizes, place = made, f"after '{name}'"
        return sizes


def _named_after(layer: str, made: Sequence[Worked], handed_on: Sequence[Worked]) -> Sizes:
    """Put the layer's name before those of the sizes that it made; what it only hands on keeps its name."""
    return tuple(
        size if any(size is other for other in handed_on) else size.named(f"{layer} {size.name}")
        for size in worked_sizes(made)
    )


def _given_names(layers: Sequence[Layer]) -> frozenset[str]:
    """Collect the names that the user gave, in blocks too: no automatic name may take one of them."""
    names = {layer.name for layer in layers if layer.name}
    for layer in layers:
        for branch in layer.branches if isinstance(layer, Block) else ():
            names |= _given_names(branch)
    return frozenset(names)


def _names(layers: Sequence[Layer], prefix: str, given: frozenset[str]) -> list[str]:
    """Name the layers of one list; a name that the user gave stands as it is, wherever the layer is."""
    kinds = [_AUTOMATIC.get(type(layer).__name__, type(layer).__name__.lower()) for layer in layers]
    unnamed = [kind for kind, layer in zip(kinds, layers, strict=True) if not layer.name]
    taken = set(given)
    names: list[str] = []
    for kind, layer in zip(kinds, layers, strict=True):
        number = 1 if unnamed.count(kind) > 1 else 0
        name = layer.name or f"{prefix}{kind}{number or ''}"
        while not layer.name and name in taken:
            number += 1
            name = f"{prefix}{kind}{number}"
        taken.add(name)
        names.append(name)
    return names
