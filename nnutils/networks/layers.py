"""What a layer is: frozen dataclasses under torch.nn's names, each of which knows the shape that it makes."""

from __future__ import annotations

from dataclasses import Field, dataclass, fields, is_dataclass
from typing import Any

from nnutils.core.errors import NetworkError, SizeError
from nnutils.networks.sizes import conv_output_size, remedy, whole

__all__ = [
    "Activation",
    "AvgPool2d",
    "BatchNorm2d",
    "Conv2d",
    "Flatten",
    "Layer",
    "Linear",
    "MaxPool2d",
    "Pool2d",
    "ReLU",
    "Shape",
    "Sigmoid",
    "Size",
    "Tanh",
    "pair",
    "show",
]

Shape = tuple[int, ...]
Size = int | tuple[int, int]


def pair(size: Size) -> tuple[int, int]:
    """Return (height, width): a single number stands for both.

    >>> pair(3), pair((1, 7))
    ((3, 3), (1, 7))
    """
    return size if isinstance(size, tuple) else (size, size)


def show(shape: Shape) -> str:
    """Write a shape the way people say it.

    >>> show((10, 4, 4)), show((4096,))
    ('10 x 4 x 4', '4096')
    """
    return " x ".join(map(str, shape))


class Layer:
    """The parent of every layer: an optional ``name``, and ``output_shape`` for the shape that it makes.

    Shapes are (channels, height, width) or (features,).
    """

    name: str | None = None

    def __post_init__(self) -> None:
        """Check the settings that every kind of layer has in common."""
        self._check_name()

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape of the output; a layer without weights or windows keeps that of its input."""
        return input_shape

    def __str__(self) -> str:
        """Write the layer with the names of its settings, defaults and its own name left out."""
        settings: tuple[Field[Any], ...] = fields(self) if is_dataclass(self) else ()
        shown = [
            f"{f.name}={getattr(self, f.name)!r}"
            for f in settings
            if f.name != "name" and getattr(self, f.name) != f.default
        ]
        return f"{type(self).__name__}({', '.join(shown)})"

    def _check_name(self) -> None:
        """Refuse a name that is not text: torch.nn's first argument may have landed there."""
        kind = type(self).__name__
        if self.name is not None and (not isinstance(self.name, str) or not self.name):
            raise NetworkError(
                f"The name of {kind} must be text; got {self.name!r}.",
                remedy=f'Write {kind}(..., name="layer1"); its input is read off the layer before it.',
            )

    def _switch(self, field: str, remedy: str = "") -> None:
        """Check that a field is True or False: a number there was meant for another argument."""
        value = getattr(self, field)
        if not isinstance(value, bool):
            raise NetworkError(
                f"{field} of {type(self).__name__} must be True or False; got {value!r}.", remedy=remedy
            )

    def _whole(self, **least: int) -> None:
        """Check that the fields named are whole numbers, each at least as large as given."""
        for field, smallest in least.items():
            size = whole(f"{field} of {type(self).__name__}", getattr(self, field), smallest)
            object.__setattr__(self, field, size)

    def _pairs(self, **least: int) -> None:
        """Check that the fields named are whole numbers, or pairs of them for height and width."""
        for field, smallest in least.items():
            value, what = getattr(self, field), f"{field} of {type(self).__name__}"
            if not isinstance(value, tuple | list):
                object.__setattr__(self, field, whole(what, value, smallest))
            elif len(value) == 2:
                object.__setattr__(self, field, tuple(whole(what, part, smallest) for part in value))
            else:
                raise SizeError(f"{what} must be one number or a pair (height, width); got {value!r}.")

    def _channels(self, input_shape: Shape) -> tuple[int, int, int]:
        """Return (channels, height, width), or say that a picture is needed."""
        if len(input_shape) != 3:
            raise NetworkError(
                f"{self} needs an input of (channels, height, width), got {show(input_shape)} features.",
                remedy="Put it before Flatten().",
            )
        return input_shape[0], input_shape[1], input_shape[2]

    def _windows(
        self,
        input_shape: Shape,
        size: Size,
        stride: Size,
        padding: Size,
        dilation: Size,
        *,
        pooling: bool = False,
        ceil_mode: bool = False,
    ) -> tuple[int, int]:
        """Count the window positions along height and width."""
        _, *sides = self._channels(input_shape)
        axes = list(zip(sides, pair(size), pair(stride), pair(padding), pair(dilation), strict=True))
        try:
            height, width = (int(conv_output_size(*axis, ceil_mode=ceil_mode)) for axis in axes)
        except SizeError:
            least = [d * (k - 1) + 1 - 2 * p - (s - 1 if ceil_mode else 0) for _, k, s, p, d in axes]
            needed = f"{max(least[0], 1)} x {max(least[1], 1)}"
            raise SizeError(
                f"{self} needs an input of at least {needed}, got {show(input_shape)}.",
                remedy=remedy(axes, ceil_mode=ceil_mode, pooling=pooling),
            ) from None
        return height, width


@dataclass(frozen=True)
class Conv2d(Layer):
    """Two-dimensional convolution; the input's channels are read off the layer before it.

    Sizes are in pixels, one number for both axes or (height, width); ``padding`` is added on both sides. With
    ``groups`` each group of output channels reads its own share of the input channels.

    Raises:
        SizeError: for sizes that are not whole or not positive, and for windows larger than the padded input.
        NetworkError: if ``groups`` divides the input or the output channels with a remainder.

    Source: torch.nn.Conv2d.

    >>> Conv2d(16, 5, stride=2).output_shape((3, 32, 32))
    (16, 14, 14)
    """

    out_channels: int
    kernel_size: Size
    stride: Size = 1
    padding: Size = 0
    dilation: Size = 1
    groups: int = 1
    bias: bool = True
    name: str | None = None

    def __post_init__(self) -> None:
        """Check the sizes that do not depend on the input."""
        super().__post_init__()
        self._whole(out_channels=1, groups=1)
        self._pairs(kernel_size=1, stride=1, padding=0, dilation=1)
        self._switch("bias")

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return (out_channels, height, width)."""
        in_channels, _, _ = self._channels(input_shape)
        if in_channels % self.groups or self.out_channels % self.groups:
            fitting = _largest_common(in_channels, self.out_channels, self.groups)
            raise NetworkError(
                f"{self} splits {in_channels} input channels and {self.out_channels} output channels into "
                f"{self.groups} groups, which leaves a remainder.",
                remedy=f"Use groups that divide both, such as {fitting}.",
            )
        windows = self._windows(input_shape, self.kernel_size, self.stride, self.padding, self.dilation)
        return (self.out_channels, *windows)


def _largest_common(a: int, b: int, most: int) -> int:
    return max(d for d in range(1, most + 1) if a % d == 0 and b % d == 0)


@dataclass(frozen=True)
class Pool2d(Layer):
    """The parent of the two window poolings, which knows where the windows lie."""

    kernel_size: Size
    stride: Size | None = None
    padding: Size = 0
    dilation: Size = 1
    ceil_mode: bool = False
    name: str | None = None

    def __post_init__(self) -> None:
        """Check the sizes; without a stride the windows lie side by side."""
        super().__post_init__()
        if self.stride is None:
            object.__setattr__(self, "stride", self.kernel_size)
        self._pairs(kernel_size=1, stride=1, padding=0, dilation=1)
        self._switch("ceil_mode")
        if any(2 * p > k for p, k in zip(pair(self.padding), pair(self.kernel_size), strict=True)):
            raise SizeError(
                f"{self} would have windows that lie in the padding alone.",
                remedy="Use a padding of at most half the kernel_size.",
            )

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return (channels, height, width)."""
        stride = self.kernel_size if self.stride is None else self.stride
        windows = self._windows(
            input_shape,
            self.kernel_size,
            stride,
            self.padding,
            self.dilation,
            pooling=True,
            ceil_mode=self.ceil_mode,
        )
        return (input_shape[0], *windows)


@dataclass(frozen=True)
class MaxPool2d(Pool2d):
    """Largest value in each window, channel by channel; ``stride`` is the kernel size unless given.

    Raises:
        SizeError: for impossible sizes, and for a padding of more than half the kernel.

    Source: torch.nn.MaxPool2d.

    >>> MaxPool2d(3, stride=2).output_shape((96, 55, 55))
    (96, 27, 27)
    """


@dataclass(frozen=True)
class AvgPool2d(Pool2d):
    """Mean of each window, channel by channel, padding counted as zeros; ``dilation`` must stay 1.

    Source: torch.nn.AvgPool2d.

    >>> AvgPool2d(7).output_shape((512, 7, 7))
    (512, 1, 1)
    """

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
        NetworkError: if the input still has channels, height and width.

    Source: torch.nn.Linear.

    >>> Linear(10).output_shape((256,))
    (10,)
    """

    out_features: int
    bias: bool = True
    name: str | None = None

    def __post_init__(self) -> None:
        """Check the number of features."""
        super().__post_init__()
        self._whole(out_features=1)
        self._switch(
            "bias", remedy="Unlike in torch.nn, in_features is read off the layer before: leave it out."
        )

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return (out_features,)."""
        if len(input_shape) != 1:
            raise NetworkError(
                f"{self} needs a vector of features, got {show(input_shape)}.",
                remedy="Put Flatten() before it.",
            )
        return (self.out_features,)


@dataclass(frozen=True)
class Flatten(Layer):
    """Channels, height and width written as one vector of features.

    >>> Flatten().output_shape((256, 6, 6))
    (9216,)
    """

    name: str | None = None

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return (channels · height · width,)."""
        features = 1
        for size in input_shape:
            features *= size
        return (features,)


@dataclass(frozen=True)
class Activation(Layer):
    """The parent of the activations: one function, applied to each value by itself."""

    name: str | None = None


class ReLU(Activation):
    """max(0, x) for each value."""


class Tanh(Activation):
    """Hyperbolic tangent of each value."""


class Sigmoid(Activation):
    """Logistic function 1 / (1 + exp(-x)) of each value."""


@dataclass(frozen=True)
class BatchNorm2d(Layer):
    """Batch normalisation at prediction time: one scale and one shift for each channel.

    Source: Ioffe and Szegedy (2015), algorithm 2, step 11.
    """

    name: str | None = None

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape of the input, which must be a picture."""
        return self._channels(input_shape)
