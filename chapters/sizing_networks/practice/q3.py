"""A table of a convolutional network: sizes, kernels and parameters of each layer; FC-1 in two readings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from typing import Any

from nnutils.core.errors import PracticeError
from nnutils.core.words import counted, side_by_side
from nnutils.core.worked import Worked, total
from nnutils.networks import AvgPool2d, Conv2d, Flatten, Linear, MaxPool2d, Network, in_words
from nnutils.practice import Asked, Draw, earned
from nnutils.slips import Quantity, quantities

__all__ = ["asked", "draw", "givens", "numbers", "parts", "statement"]


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

    As in the question itself at least one floor throws away values, what is left at the end is between 6 and
    24 pixels wide, and the picture has more than one channel, so that a forgotten factor shows.
    """
    chance = Draw(seed)

    def propose() -> dict[str, Any]:
        side = chance.whole(96, 256, 16)
        first, second, third = (chance.choice((3, 5, 7)) for _ in range(3))
        fourth, fifth = (chance.choice((3, 5, 7)) for _ in range(2))
        filters = [chance.choice((16, 32, 64, 96, 128)) for _ in range(5)]
        return {
            "input_shape": (chance.choice((3, 4)), side, side),
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
        return lost > 0 and 6 <= side <= 24 and _different_counts(proposal, side) and proposal != givens()

    return chance.until(propose, fits)


def _different_counts(proposal: Mapping[str, Any], side: int) -> bool:
    """Say whether no two layers have equally many parameters, nor as many as FC-1 has inputs."""
    channels, counts = proposal["input_shape"][0], []
    for layer in proposal["convolutions"]:
        if isinstance(layer, Conv2d):
            counts.append(layer.out_channels * (channels * layer.windows[0].kernel_size ** 2 + 1))
            channels = layer.out_channels
    length = channels * side**2
    counts += [length, proposal["classes"] * (length + 1)]
    return len(set(counts)) == len(counts)


def asked(givens: Mapping[str, Any]) -> tuple[Asked, ...]:
    """Return what is asked, row by row; sizes by counting the places of a window, parameters as products."""
    _refuse(givens)
    asked_of_layer, parameters = [], []
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
            reads = Worked(channels, "in_channels")
            reads = reads * Worked(window[1], "kernel height") * Worked(window[2], "kernel width")
            weights = (Worked(layer.out_channels, "out_channels") * reads).named(f"weights of {name}")
            biases = Worked(layer.out_channels, f"biases of {name}")
            number = (weights + biases if layer.bias else weights).named(f"parameters of {name}")
            channels = layer.out_channels
        parameters.append(number)
        asked_of_layer += [
            Asked(
                f"input_{name}",
                f"input size of {name}, as channels, height, width",
                "a",
                before,
                work=step.input_sizes,
            ),
            Asked(
                f"kernel_{name}",
                f"kernel size of {name}, as {'depth, ' * (len(window) > 2)}height, width",
                "a",
                window,
            ),
            Asked(
                f"output_{name}",
                f"output size of {name}, as channels, height, width",
                "a",
                (channels, *sides),
                work=step.output_sizes,
            ),
            Asked(
                f"parameters_{name}",
                f"parameters of {name}: weights and biases",
                "b",
                number,
                unit="parameters",
            ),
        ]
    return (*asked_of_layer, *_end(sides, channels, givens["classes"], parameters))


def _end(
    sides: Sequence[int], channels: int, classes: int, parameters: Sequence[Worked]
) -> tuple[Asked, ...]:
    """Return what is asked about FC-1, FC-2 and the network in both readings."""
    height, width = sides
    length = Worked(channels, "channels") * Worked(height, "height") * Worked(width, "width")
    inputs, outputs = length.named("in_features"), length.named("out_features")
    fc1 = (outputs * inputs + outputs.named("biases of FC-1")).named("parameters of FC-1")
    weights = (Worked(classes, "out_features") * inputs).named("weights of FC-2")
    fc2 = (weights + Worked(classes, "biases of FC-2")).named("parameters of FC-2")
    flat = total([*parameters, fc2]).named("parameters")
    dense = total([*parameters, fc1, fc2]).named("parameters")
    return (
        Asked("length", "how many numbers FC-1 reads", "a", length, unit="numbers"),
        Asked(
            "parameters_fc1",
            "parameters of FC-1, read as a dense layer: weights and biases",
            "b",
            fc1,
            unit="parameters",
        ),
        Asked("parameters_fc2", "parameters of FC-2: weights and biases", "b", fc2, unit="parameters"),
        Asked(
            "total_flat",
            "parameters of the whole network, if FC-1 only flattens",
            "c",
            flat,
            unit="parameters",
        ),
        Asked(
            "total_dense",
            "parameters of the whole network, if FC-1 is a dense layer",
            "c",
            dense,
            unit="parameters",
        ),
    )


def numbers(givens: Mapping[str, Any]) -> tuple[Quantity, ...]:
    """Return the numbers of the network, one of which may be taken for another."""
    return quantities(_dense(givens))


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
    input_shape, layers = givens["input_shape"], givens["convolutions"]
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
    _dense(givens)  # or it refuses


def _dense(givens: Mapping[str, Any]) -> Network:
    """Return the whole network, FC-1 read as a dense layer."""
    shape, layers = givens["input_shape"], givens["convolutions"]
    length = prod(Network(shape, layers).output_shape)
    end = [Flatten(), Linear(length, name="FC-1"), Linear(givens["classes"], name="FC-2")]
    return Network(shape, [*layers, *end])
