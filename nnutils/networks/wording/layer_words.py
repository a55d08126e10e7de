"""Layers in words, for the sentences of a question: what a layer is, and which settings are unusual."""

from __future__ import annotations

from nnutils.core.errors import NetworkError
from nnutils.core.words import counted, listed, side_by_side
from nnutils.networks.base import Layer, Windowed
from nnutils.networks.blocks import Concat, Residual
from nnutils.networks.layers import Activation, AvgPool2d, BatchNorm2d, Conv2d, Flatten, Linear, MaxPool2d

__all__ = ["in_words", "settings_in_words"]

_USUAL = {"stride": 1, "padding": 0, "dilation": 1}


def in_words(layer: Layer, outputs: str = "output channel") -> str:
    """Return a layer in words, without the settings that are as usual.

    ``outputs`` is what the output channels of a convolution are called, in the singular. The stride of a
    pooling is told even where it is the kernel size.

    Raises:
        NetworkError: for a layer of a kind that there are no words for.

    >>> in_words(Conv2d(96, 11, stride=4)), in_words(Linear(10))
    ('convolution, 96 output channels, windows of 11 × 11, stride 4', 'fully connected, 10 outputs')
    >>> in_words(Conv2d(1, (1, 7), padding="same", groups=1), "filter")
    'convolution, 1 filter, windows of 1 × 7, size kept by padding'
    """
    match layer:
        case Conv2d():
            first = ["convolution", counted(layer.out_channels, outputs), _window(layer)]
            return ", ".join([*first, *settings_in_words(layer)])
        case MaxPool2d() | AvgPool2d():
            kind = "max-pooling" if isinstance(layer, MaxPool2d) else "average pooling"
            return ", ".join([kind, _window(layer), *settings_in_words(layer)])
        case Linear():
            return ", ".join(
                ["fully connected", counted(layer.out_features, "output"), *settings_in_words(layer)]
            )
        case Flatten():
            return "all values as one vector"
        case Activation():
            return f"{type(layer).__name__}, for each value"
        case BatchNorm2d():
            return "batch normalisation, channel by channel"
        case Concat():
            count = counted(len(layer.branches), "branch", "branches")
            return f"{count}, stacked along the channels: {listed(_branches(layer, outputs))}"
        case Residual():
            return f"the sum of {listed(_branches(layer, outputs))}"
    raise NetworkError(
        f"There are no words for {layer}, a layer of the kind {type(layer).__name__}.",
        remedy="Write the words for this layer where they are needed; nnutils has them for its own kinds.",
    )


def settings_in_words(layer: Layer) -> list[str]:
    """Return the settings of a layer that are not as usual, each in words.

    Usual are stride 1, no padding, dilation 1, one group, sizes rounded down, and biases.

    >>> settings_in_words(Conv2d(8, 3, stride=2, padding=(1, 0), bias=False))
    ['stride 2', 'padding 1 × 0', 'no biases']
    """
    words = []
    if isinstance(layer, Windowed):
        for name, usual in _USUAL.items():
            along = [getattr(window, name) for window in layer.windows]
            if set(along) == {"same"}:
                words.append("size kept by padding")
            elif set(along) != {usual}:
                words.append(f"{name} {side_by_side(dict.fromkeys(along))}")
        words += ["sizes rounded up"] * any(window.ceil_mode for window in layer.windows)
    groups = getattr(layer, "groups", 1)
    words += [f"{groups} groups"] * (groups > 1)
    return words + ["no biases"] * (not getattr(layer, "bias", True))


def _window(layer: Windowed) -> str:
    return f"windows of {side_by_side(window.kernel_size for window in layer.windows)}"


def _branches(block: Concat | Residual, outputs: str) -> list[str]:
    """Return each branch in brackets; a branch without layers is the input."""
    return [
        f"({'; then '.join(in_words(layer, outputs) for layer in branch)})" if branch else "the input"
        for branch in block.branches
    ]
