"""Layers in words: every kind, every unusual setting, and a kind without words."""

from __future__ import annotations

import pytest

from nnutils import networks
from nnutils.core.errors import NetworkError
from nnutils.networks import (
    AvgPool2d,
    BatchNorm2d,
    Concat,
    Conv2d,
    Flatten,
    Layer,
    Linear,
    MaxPool2d,
    ReLU,
    Residual,
    Sigmoid,
    Tanh,
    in_words,
    settings_in_words,
)

KINDS = {
    "convolution, 1 output channel, windows of 3 × 3": Conv2d(1, 3),
    "convolution, 96 output channels, windows of 11 × 11, stride 4": Conv2d(96, 11, stride=4),
    "convolution, 8 output channels, windows of 1 × 7, padding 0 × 3": Conv2d(8, (1, 7), padding=(0, 3)),
    "convolution, 8 output channels, windows of 3 × 3, padding 1": Conv2d(8, 3, padding=(1, 1)),
    "convolution, 8 output channels, windows of 4 × 4, size kept by padding": Conv2d(8, 4, padding="same"),
    "convolution, 8 output channels, windows of 4 × 4": Conv2d(8, 4, padding="valid"),
    "convolution, 8 output channels, windows of 3 × 3, stride 2 × 1, dilation 1 × 2, 4 groups, "
    "no biases": Conv2d(8, 3, stride=(2, 1), dilation=(1, 2), groups=4, bias=False),
    "max-pooling, windows of 3 × 3, stride 2": MaxPool2d(3, stride=2),
    "max-pooling, windows of 2 × 2, stride 2": MaxPool2d(2),
    "max-pooling, windows of 3 × 3, padding 1": MaxPool2d(3, stride=1, padding=1),
    "average pooling, windows of 7 × 7, stride 7, sizes rounded up": AvgPool2d(7, ceil_mode=True),
    "fully connected, 1 output": Linear(1),
    "fully connected, 4096 outputs, no biases": Linear(4096, bias=False),
    "all values as one vector": Flatten(),
    "ReLU, for each value": ReLU(),
    "Tanh, for each value": Tanh(),
    "Sigmoid, for each value": Sigmoid(),
    "batch normalisation, channel by channel": BatchNorm2d(),
    "2 branches, stacked along the channels: (convolution, 2 output channels, windows of 1 × 1; then ReLU, "
    "for each value) and the input": Concat([Conv2d(2, 1), ReLU()], []),
    "the sum of (ReLU, for each value) and the input": Residual([ReLU()]),
}


@pytest.mark.parametrize("text", KINDS)
def test_a_layer_in_words(text: str) -> None:
    assert in_words(KINDS[text]) == text


def test_every_kind_of_layer_has_words() -> None:
    kinds = {kind for kind in vars(networks).values() if isinstance(kind, type) and issubclass(kind, Layer)}
    parents = {Layer, networks.Activation, networks.Block, networks.Pool2d}
    assert kinds - parents == {type(layer) for layer in KINDS.values()}


def test_outputs_may_be_called_filters_in_branches_too() -> None:
    assert in_words(Conv2d(1, 5), "filter") == "convolution, 1 filter, windows of 5 × 5"
    assert in_words(Residual([Conv2d(3, 1)]), "filter").startswith("the sum of (convolution, 3 filters,")


def test_the_name_of_a_layer_is_no_setting() -> None:
    assert settings_in_words(Conv2d(8, 3, name="conv1")) == settings_in_words(ReLU()) == []


class Halve(Layer):
    """A kind of layer that the library does not know."""


@pytest.mark.parametrize("layer", [Halve(), Concat([Halve()])])
def test_a_layer_of_an_unknown_kind_is_refused(layer: Layer) -> None:
    with pytest.raises(NetworkError, match="no words for .*of the kind Halve.\n  Write the words"):
        in_words(layer)
