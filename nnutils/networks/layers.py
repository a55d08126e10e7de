"""The kinds of layers: frozen dataclasses under torch.nn's names; each knows the sizes that it makes.

The sizes of a layer's input are read off the layer before it, so they are not among its arguments. After the
first one or two, settings are given by name only: in torch's order, which begins with the input's channels,
every number would land in the place of another, and make another layer without an error.
"""

from __future__ import annotations

import math
from dataclasses import KW_ONLY, dataclass
from typing import ClassVar

from nnutils.core.errors import NetworkError, SizeError
from nnutils.core.messages import shown
from nnutils.core.plain_or_worked import N, Numbers
from nnutils.networks.base import Layer, LayerProblem, Padding, Size, Windowed, pair, show, windows_of
from nnutils.networks.sizes import Window, checked_padding, numbers_for_same, same_with_stride

__all__ = [
    "Activation",
    "AvgPool2d",
    "BatchNorm2d",
    "Conv2d",
    "Flatten",
    "Linear",
    "MaxPool2d",
    "Pool2d",
    "ReLU",
    "Sigmoid",
    "Tanh",
]


@dataclass(frozen=True)
class Conv2d(Windowed):
    """Two-dimensional convolution; the input's channels are read off the layer before it.

    Sizes are in pixels, one number for both axes or (height, width); ``padding`` is added on both sides.
    ``padding="same"`` keeps the height and the width: d (k - 1) pixels in all, of which the right and the
    bottom get the odd one; it needs stride 1. ``padding="valid"`` is no padding. With ``groups`` each group
    of output channels reads its own share of the input channels.

    Raises:
        SizeError: for sizes that are not whole or not positive, for another word than "same" or "valid", for
            "same" with a stride, and for windows larger than the padded input.
        NetworkError: for arguments in torch's order, and if ``groups`` divides the input or the output
            channels with a remainder.

    Source: torch.nn.Conv2d.

    >>> Conv2d(16, 5, stride=2).output_shape((3, 32, 32))
    (16, 14, 14)
    >>> Conv2d(16, 4, padding="same").output_shape((3, 32, 32))
    (16, 32, 32)
    >>> Conv2d(3, 16, 3, 1, 1)
    Traceback (most recent call last):
    nnutils.core.errors.NetworkError: Conv2d(3, 16, 3, 1, 1) has 5 arguments by position, but Conv2d takes
      only out_channels and kernel_size by position. In nnutils the number of input channels is read off the
      layer before.
      If the order is torch's (in_channels, out_channels, kernel_size, stride, padding), write
      Conv2d(16, 3, stride=1, padding=1).
    """

    out_channels: int
    kernel_size: Size
    _: KW_ONLY
    stride: Size = 1
    padding: Padding = 0
    dilation: Size = 1
    groups: int = 1
    bias: bool = True
    name: str | None = None

    _torch_order: ClassVar[tuple[str, ...]] = (
        "in_channels", "out_channels", "kernel_size", "stride", "padding", "dilation", "groups", "bias",
    )  # fmt: skip

    def __post_init__(self) -> None:
        """Check the settings that do not depend on the input."""
        super().__post_init__()
        self._whole(out_channels=1, groups=1)
        self._pairs(kernel_size=1, stride=1, dilation=1)
        if isinstance(self.padding, str):
            object.__setattr__(self, "padding", checked_padding("padding of Conv2d", self.padding))
        else:
            self._pairs(padding=0)
        self._switch("bias", NetworkError)
        if self.padding == "same" and pair(self.stride) != (1, 1):
            raise SizeError(f"{self}: {same_with_stride(self.stride)}", remedy=numbers_for_same(self.windows))

    @property
    def windows(self) -> tuple[Window, Window]:
        """The window along the height and the window along the width."""
        return windows_of(self.kernel_size, self.stride, self.padding, self.dilation)

    def _made(self, sizes: tuple[N, ...], of: Numbers[N]) -> tuple[N, ...]:
        """Return out_channels, height and width."""
        picture: tuple[N, N, N] = self._picture(sizes)
        in_channels = int(picture[0])
        if in_channels % self.groups or self.out_channels % self.groups:
            fitting = _largest_common(in_channels, self.out_channels, self.groups)
            raise NetworkError(
                LayerProblem(
                    self,
                    f"splits {shown(in_channels)} input channels and {shown(self.out_channels)} output "
                    f"channels into {shown(self.groups)} groups, which leaves a remainder.",
                ),
                remedy=f"Use groups that divide both, such as {shown(fitting)}.",
            )
        height, width = self._positions(picture, of)
        return of.given(self.out_channels, "out_channels"), height, width


@dataclass(frozen=True)
class Pool2d(Windowed):
    """The parent of the two window poolings, which knows where the windows lie.

    ``stride`` is the kernel size unless given: the windows then lie side by side.
    """

    kernel_size: Size
    _: KW_ONLY
    stride: Size | None = None
    padding: Size = 0
    dilation: Size = 1
    ceil_mode: bool = False
    name: str | None = None

    def __post_init__(self) -> None:
        """Check the settings; without a stride the windows lie side by side."""
        super().__post_init__()
        if self.stride is None:
            object.__setattr__(self, "stride", self.kernel_size)
        self._pairs(kernel_size=1, stride=1, padding=0, dilation=1)
        self._switch("ceil_mode", SizeError)
        if any(2 * p > k for p, k in zip(pair(self.padding), pair(self.kernel_size), strict=True)):
            raise SizeError(
                f"{self} would have windows that lie in the padding alone.",
                remedy="Use a padding of at most half the kernel_size.",
            )

    @property
    def windows(self) -> tuple[Window, Window]:
        """The window along the height and the window along the width."""
        stride = self.kernel_size if self.stride is None else self.stride
        return windows_of(self.kernel_size, stride, self.padding, self.dilation, self.ceil_mode)

    def _made(self, sizes: tuple[N, ...], of: Numbers[N]) -> tuple[N, ...]:
        """Return the input's channels, height and width."""
        picture: tuple[N, N, N] = self._picture(sizes)
        height, width = self._positions(picture, of, pooling=True)
        return picture[0], height, width


@dataclass(frozen=True)
class MaxPool2d(Pool2d):
    """Largest value in each window, channel by channel; ``stride`` is the kernel size unless given.

    Raises:
        SizeError: for impossible sizes, and for a padding of more than half the kernel.
        NetworkError: for more than the kernel size by position.

    Source: torch.nn.MaxPool2d.

    >>> MaxPool2d(3, stride=2).output_shape((96, 55, 55))
    (96, 27, 27)
    """

    _torch_order: ClassVar[tuple[str, ...]] = (
        "kernel_size", "stride", "padding", "dilation", "return_indices", "ceil_mode",
    )  # fmt: skip


@dataclass(frozen=True)
class AvgPool2d(Pool2d):
    """Mean of each window, channel by channel, padding counted as zeros; ``dilation`` must stay 1.

    Raises:
        SizeError: for impossible sizes, for a padding of more than half the kernel, and for a dilation.
        NetworkError: for more than the kernel size by position.

    Source: torch.nn.AvgPool2d.

    >>> AvgPool2d(7).output_shape((512, 7, 7))
    (512, 1, 1)
    """

    _torch_order: ClassVar[tuple[str, ...]] = ("kernel_size", "stride", "padding", "ceil_mode")

    def __post_init__(self) -> None:
        """Refuse a dilation, which average pooling does not have."""
        super().__post_init__()
        if pair(self.dilation) != (1, 1):
            raise SizeError(f"{self} has a dilation; average pooling has none.", remedy="Use dilation=1.")


@dataclass(frozen=True)
class Linear(Layer):
    """Fully connected layer: every output reads every input feature.

    Raises:
        SizeError: if ``out_features`` is not a positive whole number.
        NetworkError: for arguments in torch's order, and if the input still has channels, height and width.

    Source: torch.nn.Linear.

    >>> Linear(10).output_shape((256,))
    (10,)
    """

    out_features: int
    _: KW_ONLY
    bias: bool = True
    name: str | None = None

    _torch_order: ClassVar[tuple[str, ...]] = ("in_features", "out_features", "bias")

    def __post_init__(self) -> None:
        """Check the number of features."""
        super().__post_init__()
        self._whole(out_features=1)
        self._switch("bias", NetworkError)

    def _made(self, sizes: tuple[N, ...], of: Numbers[N]) -> tuple[N, ...]:
        """Return out_features."""
        if len(sizes) != 1:
            raise NetworkError(
                LayerProblem(self, f"needs a vector of features, got {show(sizes)}."),
                remedy="Put Flatten() before it.",
            )
        return (of.given(self.out_features, "out_features"),)


@dataclass(frozen=True)
class Flatten(Layer):
    """Channels, height and width written as one vector of features.

    >>> Flatten().output_shape((256, 6, 6))
    (9216,)
    """

    _: KW_ONLY
    name: str | None = None

    def _made(self, sizes: tuple[N, ...], of: Numbers[N]) -> tuple[N, ...]:
        """Return channels · height · width."""
        features, *others = sizes
        for size in others:
            features = features * size
        return (of.named(features, "features") if others else features,)


@dataclass(frozen=True)
class Activation(Layer):
    """The parent of the activations: one function, applied to each value by itself."""

    _: KW_ONLY
    name: str | None = None


class ReLU(Activation):
    """max(0, x) for each value."""

    _torch_order = ("inplace",)


class Tanh(Activation):
    """Hyperbolic tangent of each value."""


class Sigmoid(Activation):
    """Logistic function 1 / (1 + exp(-x)) of each value."""


@dataclass(frozen=True)
class BatchNorm2d(Layer):
    """Batch normalisation at prediction time: one scale and one shift for each channel.

    Raises:
        NetworkError: for arguments as in torch, and if the input is a vector.

    Source: Ioffe and Szegedy (2015), algorithm 2, step 11.

    >>> BatchNorm2d().output_shape((64, 8, 8))
    (64, 8, 8)
    """

    _: KW_ONLY
    name: str | None = None

    _torch_order: ClassVar[tuple[str, ...]] = ("num_features",)

    def _made(self, sizes: tuple[N, ...], of: Numbers[N]) -> tuple[N, ...]:
        """Return the sizes of the input, which must be a picture."""
        return self._picture(sizes)


def _largest_common(a: int, b: int, most: int) -> int:
    """Return the largest divisor of both numbers up to ``most``, or the largest that a short search finds."""
    common = math.gcd(a, b)
    if common <= most:
        return common
    return max(d for d in range(1, min(most, 10_000) + 1) if common % d == 0)
