"""Counting by touching: every unit visits every input that it reads, one by one. Slow, without a formula."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from nnutils.core.errors import CountError
from nnutils.networks.layers import Conv2d, Linear, Pool2d
from nnutils.networks.network import Network, Step, needs_network
from nnutils.networks.sizes import Window

__all__ = [
    "Tally",
    "enumerate_reads",
]


@dataclass
class Tally:
    """What one layer's units touched: plain counters, and the set of distinct weights that were met."""

    units: int = 0
    connections: int = 0
    padded: int = 0
    weights: set[tuple[int, ...]] = field(default_factory=set)


def enumerate_reads(network: Network) -> dict[str, Tally]:
    """Walk through every unit of each convolution, pooling and fully connected layer; tally what it reads.

    The walk knows window positions and group membership, but no formula for how many there are: positions
    are tried until the window leaves the padded input, and weights are the set of distinct indices met.
    ``padded`` counts the reads that fall on zero padding. Meant for small networks: one step per connection.

    Raises:
        CountError: for a pooling layer with ``ceil_mode``, whose windows may leave the input.

    >>> from nnutils.networks.layers import Conv2d
    >>> tally = enumerate_reads(Network((2, 4, 4), [Conv2d(2, 3, padding=1, groups=2, name="conv")]))["conv"]
    >>> tally.units, len(tally.weights), tally.connections, tally.padded
    (32, 18, 288, 88)
    """
    needs_network("enumerate_reads", network)
    tallies: dict[str, Tally] = {}
    for step in network.steps:
        if isinstance(step.layer, Conv2d | Pool2d):
            tallies[step.name] = _windows(step)
        elif isinstance(step.layer, Linear):
            tallies[step.name] = _dense(step)
    return tallies


def _dense(step: Step) -> Tally:
    tally = Tally()
    (features,) = step.output_shape
    for unit in range(features):
        tally.units += 1
        for source in range(step.input_shape[0]):
            tally.connections += 1
            tally.weights.add((unit, source))
    return tally


def _windows(step: Step) -> Tally:
    layer = step.layer
    assert isinstance(layer, Conv2d | Pool2d)
    if isinstance(layer, Pool2d) and layer.ceil_mode:
        raise CountError(
            f"{layer} ({step.name!r}) has windows that may leave the input, which the walk cannot follow.",
            remedy="Use ceil_mode=False.",
        )
    in_channels, height, width = step.input_shape
    vertical, horizontal = layer.windows
    tally = Tally()
    for channel in range(layer.out_channels if isinstance(layer, Conv2d) else in_channels):
        sources = _sources(layer, channel, in_channels)
        for top in _starts(vertical, height):
            for left in _starts(horizontal, width):
                tally.units += 1
                for place in range(len(sources)):
                    for down, row in enumerate(_taps(vertical, top)):
                        for along, column in enumerate(_taps(horizontal, left)):
                            tally.connections += 1
                            tally.padded += not (0 <= row < height and 0 <= column < width)
                            if isinstance(layer, Conv2d):
                                tally.weights.add((channel, place, down, along))
    return tally


def _sources(layer: Conv2d | Pool2d, channel: int, in_channels: int) -> list[int]:
    """List the input channels that an output channel reads: those of its own group, or its own channel."""
    if isinstance(layer, Pool2d):
        return [channel]
    outs_per_group = layer.out_channels // layer.groups
    ins_per_group = in_channels // layer.groups
    group = channel // outs_per_group
    return [source for source in range(in_channels) if source // ins_per_group == group]


def _starts(window: Window, size: int) -> Iterator[int]:
    """Slide the window along one axis until its last tap leaves the padded input."""
    start = -int(window.padding_before)
    while start + (window.kernel_size - 1) * window.dilation < size + int(window.padding_after):
        yield start
        start += window.stride


def _taps(window: Window, start: int) -> range:
    """Return the places along one axis that the window reads from a start on."""
    return range(start, start + window.reach, window.dilation)
