"""Small networks for Hypothesis: layers of every kind, as long as they fit."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from support.fuzzing.sizes import sizes

from nnutils.core.errors import NNUtilsError
from nnutils.networks.base import Layer
from nnutils.networks.blocks import Concat, Residual
from nnutils.networks.layers import (
    AvgPool2d,
    BatchNorm2d,
    Conv2d,
    Flatten,
    Linear,
    MaxPool2d,
    ReLU,
    Sigmoid,
    Tanh,
)
from nnutils.networks.network import Network


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Draw a small network: layers of any kind, as long as they fit."""
    shape = (draw(st.sampled_from([1, 2, 4])), draw(st.integers(4, 7)), draw(st.integers(4, 7)))
    size = sizes(1, 3)

    def convolution() -> Conv2d:
        channels, groups = draw(st.sampled_from([2, 4])), draw(st.sampled_from([1, 2]))
        edge, bias = draw(st.integers(0, 2)), draw(st.booleans())
        stride: Any = draw(size)
        same = stride in (1, (1, 1)) and draw(st.booleans())
        return Conv2d(
            channels,
            draw(size),
            stride=stride,
            padding="same" if same else edge,
            dilation=draw(st.integers(1, 2)),
            groups=groups,
            bias=bias,
        )

    def block() -> Layer:
        same = Conv2d(draw(st.integers(1, 3)), 3, padding=1)
        concat = Concat([same, ReLU()], [Conv2d(2, 1, bias=False)], [AvgPool2d(3, stride=1, padding=1)])
        return Residual([concat], [Conv2d(9, 1)]) if draw(st.booleans()) else concat

    makers = [
        convolution,
        block,
        lambda: MaxPool2d(2, stride=draw(size)),
        lambda: AvgPool2d(draw(size)),
        lambda: draw(st.sampled_from([BatchNorm2d(), ReLU(), Tanh(), Sigmoid()])),
    ]
    layers: list[Layer] = []
    for maker in draw(st.lists(st.sampled_from(makers), min_size=1, max_size=4)):
        layer = maker()
        try:
            Network(shape, [*layers, layer])
        except NNUtilsError:
            continue
        layers.append(layer)
    if not layers or draw(st.booleans()):
        layers += [Flatten(), Linear(draw(st.integers(1, 3)), bias=draw(st.booleans()))]
    return Network(shape, layers)
