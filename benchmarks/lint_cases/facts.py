"""What the sheets are about: networks with their counts, and the settings of single layers."""

from __future__ import annotations

import random
from dataclasses import dataclass

from nnutils import Conv2d, Counts, Flatten, Linear, MaxPool2d, Network, NNUtilsError, count
from nnutils.networks import LayerCounts

from .writing import Size

__all__ = ["Fact", "Facts", "facts", "facts_of", "size_question"]


@dataclass(frozen=True)
class Fact:
    """One layer: its kind ("conv", "pool", "fc"), its settings and sizes as plain numbers, its counts."""

    kind: str
    name: str
    inputs: int  # channels of a picture, features of a vector
    outputs: int
    size: Size | None
    counts: LayerCounts

    @property
    def side(self) -> int:
        """The side of the output."""
        return int(self.size.output) if self.size else 1


@dataclass(frozen=True)
class Facts:
    """A network, its layers without the flattening, and its counts."""

    network: Network
    channels: int
    side: int
    layers: tuple[Fact, ...]
    counts: Counts

    def of_kind(self, *kinds: str) -> list[Fact]:
        """Return the layers of some kinds."""
        return [layer for layer in self.layers if layer.kind in kinds]


def facts(chance: random.Random, convs: int = 2, large: bool = True, bias: bool = True) -> Facts:
    """Draw a network of so many convolutions, poolings, and one or two linear layers."""
    while True:
        side = chance.randrange(96, 257) if large else chance.randrange(28, 80)
        channels = chance.choice([3, 3, 3, 4, 6])
        layers: list[Conv2d | MaxPool2d | Flatten | Linear] = []
        for n in range(1, convs + 1):
            kernel = chance.choice([3, 5, 7, 9, 11] if n == 1 and large else [3, 3, 5])
            stride = chance.choice([2, 3, 4] if n == 1 and large else [1, 1, 2])
            layers.append(
                Conv2d(
                    chance.choice([16, 20, 24, 32, 48, 64, 96, 128]),
                    kernel,
                    stride=stride,
                    padding=chance.choice([0, 0, 1, kernel // 2]),
                    bias=bias,
                    name=f"conv{n}",
                )
            )
            if chance.random() < 0.6:
                layers.append(MaxPool2d(chance.choice([2, 3]), stride=2, name=f"pool{n}"))
        layers.append(Flatten(name="flatten"))
        hidden = chance.random() < 0.5
        if hidden:
            layers.append(Linear(chance.choice([120, 250, 400, 512, 1000]), bias=bias, name="fc1"))
        layers.append(Linear(chance.choice([7, 10, 12, 40, 100]), bias=bias, name="fc2" if hidden else "fc"))
        try:
            network = Network((channels, side, side), layers)
        except NNUtilsError:  # the picture became too small
            continue
        made = facts_of(network, channels, side)
        if made.layers[-1].kind == "fc" and min(one.side for one in made.of_kind("conv", "pool")) >= 4:
            return made


def facts_of(network: Network, channels: int, side: int) -> Facts:
    """Return a network of convolutions, poolings and linear layers with its counts."""
    counts, layers = count(network), []
    for step in network.steps:
        layer = step.layer
        if isinstance(layer, Flatten):
            continue
        if isinstance(layer, Conv2d | MaxPool2d):
            padding = layer.padding if isinstance(layer, Conv2d) else 0
            size = Size(int(step.input_shape[1]), layer.kernel_size, layer.stride, padding)  # type: ignore
            assert size.output == step.output_shape[1]
            kind = "conv" if isinstance(layer, Conv2d) else "pool"
        else:
            size, kind = None, "fc"
        shapes = int(step.input_shape[0]), int(step.output_shape[0])
        layers.append(Fact(kind, step.name, *shapes, size, counts[step.name]))
    return Facts(network, channels, side, tuple(layers), counts)


def size_question(chance: random.Random) -> Size:
    """Draw the settings of a window that fits into its input."""
    kernel = chance.choice([2, 3, 4, 5, 7, 8, 11])
    return Size(chance.randrange(24, 301), kernel, chance.choice([1, 2, 2, 3, 4]), chance.randrange(kernel))
