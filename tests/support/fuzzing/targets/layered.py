"""Layers and networks: shapes and counts against walking over every window, and networks typed as text."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from support.fuzzing.expressions import loose
from support.fuzzing.layers import convolutions, poolings, same_convolutions
from support.fuzzing.networks import networks
from support.fuzzing.odd import mostly, odd
from support.fuzzing.outcome import Target
from support.fuzzing.sizes import sides
from support.fuzzing.targets.windows import windows_that_fit

from nnutils.core.errors import NNUtilsError
from nnutils.core.worked import Worked
from nnutils.networks.base import Layer, pair
from nnutils.networks.blocks import Concat, Residual
from nnutils.networks.counting import COLUMNS, count
from nnutils.networks.enumeration import enumerate_reads
from nnutils.networks.layers import AvgPool2d, BatchNorm2d, Conv2d, Flatten, Linear, MaxPool2d, ReLU
from nnutils.networks.network import Network
from nnutils.practice.live.network_text import network_of

__all__ = ["TARGETS"]

_layers = st.one_of(
    convolutions(),
    poolings().map(lambda layer: (3, layer)),
    same_convolutions().map(lambda layer: (3, layer)),
)


def _check_shape(given: tuple[tuple[int, Layer], tuple[int, int]]) -> None:
    (channels, layer), side = given
    right = [_along(layer, axis, pixels) for axis, pixels in enumerate(side)]
    try:
        made = layer.output_shape((channels, *side))
    except NNUtilsError as error:
        assert None in right, f"windows fit: {right}; the error is {error}"
        raise
    assert made == (layer.out_channels if isinstance(layer, Conv2d) else channels, *right), f"not {right}"


def _along(layer: Any, axis: int, pixels: int) -> int | None:
    if layer.padding == "same":
        return pixels
    kernel = pair(layer.kernel_size)
    return windows_that_fit(
        {
            "input": pixels,
            "kernel_size": kernel[axis],
            "stride": kernel[axis] if layer.stride is None else pair(layer.stride)[axis],
            "padding": pair(layer.padding)[axis],
            "dilation": pair(getattr(layer, "dilation", 1))[axis],
            "ceil_mode": getattr(layer, "ceil_mode", False),
        }
    )


_KINDS: list[Any] = [Conv2d, MaxPool2d, AvgPool2d, Linear, BatchNorm2d, Flatten, ReLU, Residual, Concat]
_odd_layers = st.tuples(
    st.sampled_from(_KINDS),
    st.lists(st.one_of(odd, st.integers(1, 3)), max_size=3),
    st.dictionaries(
        st.sampled_from(
            ["kernel_size", "stride", "padding", "dilation", "groups", "bias", "name", "ceil_mode", "odd"]
        ),
        st.one_of(odd, st.integers(1, 3)),
        max_size=3,
    ),
)


def _check_odd_layer(given: tuple[Any, list[Any], dict[str, Any]]) -> None:
    kind, positional, named = given
    needed = {Conv2d: 2, MaxPool2d: 1, AvgPool2d: 1, Linear: 1, Residual: 1}.get(kind, 0)
    layer = kind(*positional[:needed], *[3] * (needed - len(positional)), **named)
    network = Network((4, 9, 9), [layer])
    str(network), str(count(network).table()), repr(layer)


def _check_network(network: Network) -> None:
    counts = count(network)
    for name, tally in enumerate_reads(network).items():
        made = counts[name]
        assert (made.units, made.connections) == (tally.units, tally.connections), f"{name}: {tally}"
    for column in COLUMNS:
        total = sum(int(getattr(counts[step.name], column)) for step in network.steps)
        number = getattr(counts.total, column)
        assert number == total and isinstance(number, Worked), f"{column}: {number}, not {total}"
    str(counts.table()), str(network)


_odd_networks = st.tuples(
    mostly(st.tuples(*[mostly(st.integers(1, 9))] * 3)),
    mostly(st.lists(mostly(convolutions().map(lambda case: case[1]) | poolings(), times=2), max_size=3)),
)


def _check_odd_network(given: tuple[Any, Any]) -> None:
    network = Network(given[0], given[1])
    str(network), str(count(network).table())


_SETTINGS = (
    "3 11 2x3 (1,2) stride=2 padding=1 padding=same bias=false name=a x= =3 groups=2 ceil_mode=true 9x "
    "999999999999"
).split()
_WORDS = (
    "3x32x32 3x32 784 0x0 1x7x7 conv maxpool avgpool linear relu tanh sigmoid batchnorm flatten softmax "
    "Conv2d ( ) , ; : x × # = input= layers= [ ] { } ' \" 9999999999999999999999"
).split()
_plain_layers = (
    "conv(4, 3) conv(2,3,padding=same) maxpool(2) avgpool(2,stride=1) relu batchnorm flatten linear(5)"
)
_typed_layer = mostly(
    st.sampled_from(_plain_layers.replace(", ", ",").split()),
    st.builds(
        lambda kind, settings: f"{kind}({', '.join(settings)})",
        st.sampled_from(["conv", "maxpool", "avgpool", "linear", "relu", "batchnorm2d", "flatten", "other"]),
        st.lists(st.sampled_from(_SETTINGS), max_size=3),
    ),
    times=2,
)
_sequences = st.builds(
    lambda size, layers: " ".join([size, *layers]),
    st.sampled_from(["3x32x32", "2x9x8", "1 x 19 x 9"]),
    st.lists(_typed_layer, min_size=1, max_size=4),
)
_toml = st.builds(
    lambda shape, layers: f"input = {shape}\nlayers = {layers}",
    mostly(st.just([2, 9, 9]), st.one_of(st.lists(st.integers(0, 40), max_size=4), loose), times=3),
    mostly(st.lists(_typed_layer, min_size=1, max_size=3), loose, times=2),
)
_typed = mostly(
    mostly(_sequences, _toml, times=3),
    st.lists(st.sampled_from(_WORDS), max_size=12).map(" ".join) | loose,
    times=3,
)
_plain = sides.flatmap(
    lambda side: st.tuples(
        st.just(side), st.lists(st.tuples(*[st.integers(1, 3)] * 4), min_size=1, max_size=3)
    )
)


def _check_typed(text: str) -> None:
    network = network_of(text)
    again = Network(network.input_shape, network.layers)
    assert again.shapes == network.shapes
    str(count(network).table())


def _check_plain(given: tuple[tuple[int, int], list[tuple[int, int, int, int]]]) -> None:
    """A text of layers makes the network that the same numbers make in Python."""
    side, rows = given
    layers = [Conv2d(o, k, stride=s, padding=p) for o, k, s, p in rows]
    text = " ".join(f"conv({o}, {k}, stride={s}, padding={p})" for o, k, s, p in rows)
    shapes = Network((2, *side), layers).shapes
    made = network_of(f"2x{side[0]}x{side[1]} {text}").shapes
    assert list(made.values()) == list(shapes.values()), f"{made}, not {shapes}"


TARGETS = (
    Target("layers", st.tuples(_layers, sides), _check_shape, share=6),
    Target("layers of odd settings", _odd_layers, _check_odd_layer, share=4),
    Target("networks", networks(), _check_network, share=2),
    Target("networks of odd parts", _odd_networks, _check_odd_network, share=4),
    Target("networks as text", _typed, _check_typed, share=5),
    Target("networks as text, against Python", _plain, _check_plain, share=2),
)
