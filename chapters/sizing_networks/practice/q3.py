"""A table of a convolutional network: sizes, kernels and parameters of each layer; FC-1 in two readings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from nnutils.core.errors import PracticeError
from nnutils.core.words import counted, side_by_side
from nnutils.core.worked import Worked, total
from nnutils.networks import AvgPool2d, Conv2d, Flatten, Linear, MaxPool2d, Network, in_words
from nnutils.practice import Asked, Draw, earned

__all__ = ["asked", "draw", "givens", "parts", "statement"]


def givens() -> dict[str, Any]:
    """Return the question's own picture (channels, height, width), number of classes, and layers."""
    return {
        "input_shape": (3, 256, 256),
        "classes": 10,
        "convolutions": [
            Conv2d(128, kernel_size=3, padding=1, name="conv1"),
            Conv2d(64, kernel_size=5, stride=2, padding=2, name="conv2"),
            Conv2d(128, kernel_size=7, stride=2, name="conv3"),
            MaxPool2d(2, stride=2, name="pool1"),
            Conv2d(64, kernel_size=7, name="conv4"),
            Conv2d(128, kernel_size=7, name="conv5"),
        ],
    }


def draw(seed: int) -> dict[str, Any]:
    """Return a network of the same build: a layer that keeps the size, two strides, a pooling, two more.

    As in the question itself at least one floor throws away values, and what is left at the end is between 6
    and 24 pixels wide.
    """
    chance = Draw(seed)

    def propose() -> dict[str, Any]:
        side = chance.whole(96, 256, 16)
        first, second, third = (chance.choice((3, 5, 7)) for _ in range(3))
        fourth, fifth = (chance.choice((3, 5, 7)) for _ in range(2))
        filters = [chance.choice((16, 32, 64, 96, 128)) for _ in range(5)]
        return {
            "input_shape": (chance.choice((1, 3)), side, side),
            "classes": chance.whole(5, 20),
            "convolutions": [
                Conv2d(filters[0], kernel_size=first, padding=first // 2, name="conv1"),
                Conv2d(filters[1], kernel_size=second, stride=2, padding=second // 2, name="conv2"),
                Conv2d(filters[2], kernel_size=third, stride=2, name="conv3"),
                MaxPool2d(2, stride=2, name="pool1"),
                Conv2d(filters[3], kernel_size=fourth, name="conv4"),
                Conv2d(filters[4], kernel_size=fifth, name="conv5"),
            ],
        }

    def fits(proposal: Mapping[str, Any]) -> bool:
        side, lost = proposal["input_shape"][1], 0
        for layer in proposal["convolutions"]:
            window = layer.windows[0]
            side, rest = divmod(side + int(window.total_padding) - window.kernel_size, window.stride)
            side, lost = side + 1, lost + max(0, rest - int(window.padding_after))
        return lost > 0 and 6 <= side <= 24 and proposal != givens()

    return chance.until(propose, fits)


def asked(givens: Mapping[str, Any]) -> tuple[Asked, ...]:
    """Return what is asked, row by row; sizes by counting the places of a window, parameters as products."""
    _refuse(givens)
    quantities, parameters = [], []
    channels, *sides = givens["input_shape"]
    for step in Network(givens["input_shape"], givens["convolutions"]).steps:
        name, layer, before = step.name, step.layer, (channels, *sides)
        windows = layer.windows  # type: ignore[attr-defined]  # _refuse lets only layers with windows through
        number = Worked(0)
        window: tuple[int, ...] = tuple(w.kernel_size for w in windows)
        sides = [
            len(range(0, side + int(w.total_padding) - w.kernel_size + 1, w.stride))
            for side, w in zip(sides, windows, strict=True)
        ]
        if isinstance(layer, Conv2d):
            window = (channels, *window)
            filters = Worked(layer.out_channels, "filters")
            weights = (
                filters * Worked(channels, "depth") * Worked(window[1], "height") * Worked(window[2], "width")
            )
            number = (weights + filters if layer.bias else weights).named(f"parameters of {name}")
            channels = layer.out_channels
        parameters.append(number)
        quantities += [
            Asked(f"input_{name}", f"input of {name}, as channels, height, width", "a", before),
            Asked(
                f"kernel_{name}",
                f"kernel of {name}, as {'depth, ' * (len(window) > 2)}height, width",
                "a",
                window,
            ),
            Asked(f"output_{name}", f"output of {name}, as channels, height, width", "a", (channels, *sides)),
            Asked(f"parameters_{name}", f"parameters of {name}", "b", number, unit="parameters"),
        ]
    return (*quantities, *_end(sides, channels, givens["classes"], parameters))


def _end(
    sides: Sequence[int], channels: int, classes: int, parameters: Sequence[Worked]
) -> tuple[Asked, ...]:
    """Return what is asked about FC-1, FC-2 and the network in both readings."""
    height, width = sides
    length = (Worked(channels, "channels") * Worked(height, "height") * Worked(width, "width")).named(
        "length"
    )
    fc1 = (length * length + length).named("parameters of FC-1")
    nodes = Worked(classes, "classes")
    fc2 = (nodes * length + nodes).named("parameters of FC-2")
    flat = total([*parameters, fc2]).named("total")
    return (
        Asked("length", "numbers that FC-1 reads", "a", length),
        Asked("parameters_fc1", "parameters of FC-1 as a dense layer", "b", fc1, unit="parameters"),
        Asked("parameters_fc2", "parameters of FC-2", "b", fc2, unit="parameters"),
        Asked("total_flat", "parameters of the network, if FC-1 only unwraps", "c", flat, unit="parameters"),
        Asked(
            "total_dense", "parameters of the network, if FC-1 is dense", "c", flat + fc1, unit="parameters"
        ),
    )


def parts(givens: Mapping[str, Any]) -> dict[str, int]:
    """Return the marks of each part."""
    return {"a": 5, "b": 3, "c": 2}


def statement(givens: Mapping[str, Any]) -> str:
    """Return the question in words."""
    network = Network(givens["input_shape"], givens["convolutions"])
    layers = "\n".join(f"- {step.name}: {in_words(step.layer, 'filter')}" for step in network.steps)
    size = side_by_side(givens["input_shape"])
    marks = earned(parts(givens))
    return (
        f"A convolutional network sorts pictures of size {size} (channels × height × width) into "
        f"{counted(givens['classes'], 'class', 'classes')}. Its layers, in order:\n\n{layers}\n"
        '- FC-1: a fully connected layer "of the same size as the unwrapped previous layer"\n'
        "- FC-2: a fully connected layer with one node for each class\n\n"
        "Where nothing else is said the stride is 1 and there is no padding. Each filter and each node has "
        "one bias, unless the list says no biases.\n\n"
        "- **(a)** For each layer give the input size, the kernel size with its depth, and the output size. "
        f"{marks['a']}\n"
        f"- **(b)** For each layer give the number of parameters: weights and biases. {marks['b']}\n"
        "- **(c)** The words about FC-1 can be read in two ways: as a mere flattening, or as a dense layer "
        "with as many nodes as inputs. How many parameters has the whole network in each reading? "
        f"{marks['c']}"
    )


def _refuse(givens: Mapping[str, Any]) -> None:
    """Refuse what this table has no column for; sizes and names are refused by the network itself."""
    input_shape, layers, classes = givens["input_shape"], givens["convolutions"], givens["classes"]
    if not isinstance(input_shape, list | tuple) or len(input_shape) != 3:
        raise PracticeError(
            f"A picture has channels, height and width; got {input_shape}.", remedy="Use (3, 256, 256)."
        )
    if not isinstance(layers, list | tuple) or not layers:
        raise PracticeError("There are no layers.", remedy="Give a list of convolutions and poolings.")
    for layer in layers:
        if not isinstance(layer, Conv2d | MaxPool2d | AvgPool2d):
            raise PracticeError(
                f"{layer} is neither a convolution nor a pooling.",
                remedy="Use Conv2d, MaxPool2d or AvgPool2d.",
            )
        down, across = layer.windows
        unusual = down.padding == "same" or down.dilation != 1 or down.ceil_mode
        if down != across or unusual or getattr(layer, "groups", 1) != 1:
            raise PracticeError(
                f'{layer} has a window that is not square, or padding="same", dilation, groups or ceil_mode, '
                "for which the formula of this page has no place.",
                remedy="Use one number each for kernel_size, stride and padding, and nothing else.",
            )
    channels, height, width = Network(input_shape, layers).output_shape
    end = [Flatten(), Linear(channels * height * width, name="fc1"), Linear(classes, name="fc2")]
    Network(input_shape, [*layers, *end])  # or it refuses
