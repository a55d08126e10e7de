"""The networks that the tests count, in one place: every invariant is checked on every one of them."""

from __future__ import annotations

from collections.abc import Sequence

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


def alexnet(
    side: int = 227,
    channels: Sequence[int] = (96, 256, 384, 384, 256),
    features: Sequence[int] = (4096, 4096, 1000),
    groups: int = 2,
    bias: bool = True,
) -> Network:
    """Krizhevsky, Sutskever and Hinton (2012), with the two groups of its two GPUs; smaller on demand."""
    c, f = channels, features
    return Network(
        (3, side, side),
        [
            Conv2d(c[0], 11, stride=4, bias=bias, name="conv1"),
            ReLU(),
            MaxPool2d(3, stride=2),
            Conv2d(c[1], 5, padding=2, groups=groups, bias=bias, name="conv2"),
            ReLU(),
            MaxPool2d(3, stride=2),
            Conv2d(c[2], 3, padding=1, bias=bias, name="conv3"),
            ReLU(),
            Conv2d(c[3], 3, padding=1, groups=groups, bias=bias, name="conv4"),
            ReLU(),
            Conv2d(c[4], 3, padding=1, groups=groups, bias=bias, name="conv5"),
            ReLU(),
            MaxPool2d(3, stride=2),
            Flatten(),
            Linear(f[0], bias=bias, name="fc1"),
            ReLU(),
            Linear(f[1], bias=bias, name="fc2"),
            ReLU(),
            Linear(f[2], bias=bias, name="output"),
        ],
    )


def small_alexnet(bias: bool = True) -> Network:
    """AlexNet's own kernels, strides, paddings, groups and pools on 67 x 67 pixels and a few channels."""
    return alexnet(67, (4, 6, 8, 10, 6), (8, 7, 5), bias=bias)


def vgg16() -> Network:
    """Simonyan and Zisserman (2015), configuration D."""
    layers: list[Layer] = []
    for channels, repeats in ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3)):
        for _ in range(repeats):
            layers += [Conv2d(channels, 3, padding=1), ReLU()]
        layers.append(MaxPool2d(2))
    layers += [Flatten(), Linear(4096), ReLU(), Linear(4096), ReLU(), Linear(1000)]
    return Network((3, 224, 224), layers)


def _basic_block(channels: int, stride: int = 1) -> list[Layer]:
    body = [
        Conv2d(channels, 3, stride=stride, padding=1, bias=False),
        BatchNorm2d(),
        ReLU(),
        Conv2d(channels, 3, padding=1, bias=False),
        BatchNorm2d(),
    ]
    shortcut = [Conv2d(channels, 1, stride=stride, bias=False), BatchNorm2d()] if stride > 1 else None
    return [Residual(body, shortcut), ReLU()]


def resnet18() -> Network:
    """He, Zhang, Ren and Sun (2016), with projection shortcuts where the shape changes."""
    layers: list[Layer] = [
        Conv2d(64, 7, stride=2, padding=3, bias=False),
        BatchNorm2d(),
        ReLU(),
        MaxPool2d(3, stride=2, padding=1),
    ]
    for channels, stride in ((64, 1), (128, 2), (256, 2), (512, 2)):
        layers += _basic_block(channels, stride) + _basic_block(channels)
    return Network((3, 224, 224), [*layers, AvgPool2d(7), Flatten(), Linear(1000)])


def inception() -> Network:
    """Module 3a of Szegedy et al. (2015), table 1, activations left out."""
    return Network(
        (192, 28, 28),
        [
            Concat(
                [Conv2d(64, 1)],
                [Conv2d(96, 1), Conv2d(128, 3, padding=1)],
                [Conv2d(16, 1), Conv2d(32, 5, padding=2)],
                [MaxPool2d(3, stride=1, padding=1), Conv2d(32, 1)],
                name="inception3a",
            )
        ],
    )


def every_kind() -> Network:
    """Every kind of layer once, with non-square sizes: small enough to be run by hand."""
    return Network(
        (4, 9, 7),
        [
            Conv2d(6, (3, 2), stride=(2, 1), padding=(1, 0), groups=2, name="conv"),
            BatchNorm2d(),
            ReLU(),
            Concat(
                [Conv2d(2, 1, bias=False)], [Tanh(), AvgPool2d(3, stride=1, padding=1)], [], name="concat"
            ),
            Residual([Conv2d(14, 3, padding=2, dilation=2), Sigmoid()], name="sum"),
            MaxPool2d((2, 3), stride=1, name="pool"),
            Flatten(),
            Linear(5, name="hidden"),
            Linear(3, bias=False, name="output"),
        ],
    )


def depthwise_separable() -> Network:
    """Howard et al. (2017): one 3 x 3 filter for each channel, then a 1 x 1 convolution that mixes them."""
    return Network(
        (8, 12, 12),
        [
            Conv2d(8, 3, padding=1, groups=8, bias=False, name="depthwise"),
            BatchNorm2d(),
            ReLU(),
            Conv2d(16, 1, bias=False, name="pointwise"),
            Conv2d(32, 3, stride=2, groups=4, name="grouped"),
        ],
    )


def dilated() -> Network:
    """Dilation 1, 2, 4 with a constant size, as in Yu and Koltun (2016)."""
    return Network((2, 11, 13), [Conv2d(3, 3, padding=d, dilation=d, name=f"context{d}") for d in (1, 2, 4)])


def same_padding() -> Network:
    """Padding "same" with even kernels and with dilations: the far ends get more than the near ones."""
    return Network(
        (2, 6, 9),
        [
            Conv2d(4, 4, padding="same", name="even"),
            Conv2d(3, (2, 3), padding="same", dilation=(3, 2), bias=False, name="dilated"),
            Conv2d(6, (5, 6), padding="same", groups=3, name="grouped"),
            MaxPool2d(2),
            Conv2d(2, 5, padding="same", name="larger than its input"),
        ],
    )


SPECIFICATIONS: dict[str, Network] = {
    "one neuron": Network((1,), [Linear(1)]),
    "dense": Network((1200,), [Linear(500, bias=False), Sigmoid(), Linear(300), Tanh(), Linear(10)]),
    "two convolutions": Network((3, 32, 32), [Conv2d(16, 5, stride=2), MaxPool2d(2), Conv2d(8, 3)]),
    "AlexNet": alexnet(),
    "AlexNet without biases": alexnet(bias=False),
    "small AlexNet": small_alexnet(),
    "VGG-16": vgg16(),
    "ResNet-18": resnet18(),
    "inception": inception(),
    "every kind": every_kind(),
    "depthwise separable": depthwise_separable(),
    "dilated": dilated(),
    "same padding": same_padding(),
    "pooling over the edge": Network(
        (2, 8, 7), [MaxPool2d(3, stride=2, ceil_mode=True), Flatten(), Linear(2)]
    ),
}
SMALL = {
    name: SPECIFICATIONS[name]
    for name in ("every kind", "depthwise separable", "dilated", "same padding", "small AlexNet")
}
"""Those that can be counted one connection at a time."""
