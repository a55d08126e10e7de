"""Counting AlexNet: units, weights and connections of each layer, and where the memory and the time go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from typing import Any

from nnutils.core.errors import PracticeError
from nnutils.core.messages import shown
from nnutils.core.words import side_by_side
from nnutils.core.worked import Worked
from nnutils.networks import (
    Block,
    Conv2d,
    Flatten,
    Layer,
    Linear,
    MaxPool2d,
    Network,
    Pool2d,
    count,
    in_words,
)
from nnutils.practice import Asked, Draw, earned
from nnutils.slips import Quantity, quantities

__all__ = ["asked", "draw", "givens", "numbers", "parts", "statement"]


def givens() -> dict[str, Any]:
    """Return the question's own network: the shape of its input, and its layers without activations."""
    return {
        "input_shape": (3, 227, 227),
        "layers": [
            Conv2d(96, kernel_size=11, stride=4, name="conv1"),
            MaxPool2d(kernel_size=3, stride=2, name="pool1"),
            Conv2d(256, kernel_size=5, padding=2, groups=2, name="conv2"),
            MaxPool2d(kernel_size=3, stride=2, name="pool2"),
            Conv2d(384, kernel_size=3, padding=1, name="conv3"),
            Conv2d(384, kernel_size=3, padding=1, groups=2, name="conv4"),
            Conv2d(256, kernel_size=3, padding=1, groups=2, name="conv5"),
            MaxPool2d(kernel_size=3, stride=2, name="pool5"),
            Flatten(name="flatten"),
            Linear(4096, name="fc1"),
            Linear(4096, name="fc2"),
            Linear(1000, name="out"),
        ],
    }


def draw(seed: int) -> dict[str, Any]:
    """Return another network of AlexNet's plan, on whose picture every window fits without a remainder.

    The layers after the first keep the height and the width between poolings, as in AlexNet. Most weights are
    fully connected and most connections are in the convolutions, and no two layers have the same count.
    """
    chance = Draw(seed)
    return chance.until(lambda: _plan(chance), _is_fair)


def _plan(chance: Draw) -> dict[str, Any]:
    """Return a network of AlexNet's plan; the picture is worked out backwards from the last pooling."""
    first_kernel, stride, second_kernel = (
        chance.choice([7, 9, 11]),
        chance.whole(2, 4),
        chance.choice([3, 5, 7]),
    )
    channels = [chance.whole(48, 128, 16), *chance.several(range(160, 449, 32), 4)]
    cards = chance.choice([2, 4])
    split = chance.several([2, 3, 4, 5], chance.whole(2, 3))
    kernels = {2: second_kernel, 3: 3, 4: 3, 5: 3}
    conv = {
        number: Conv2d(
            channels[number - 1],
            kernel_size=kernel,
            padding=kernel // 2,
            groups=cards if number in split else 1,
            name=f"conv{number}",
        )
        for number, kernel in kernels.items()
    }
    pools, side = [], chance.whole(4, 7)
    for number in (5, 2, 1):
        kernel = chance.choice([2, 3])
        pools.append(MaxPool2d(kernel_size=kernel, stride=2, name=f"pool{number}"))
        side = (side - 1) * 2 + kernel
    side = (side - 1) * stride + first_kernel
    hidden = chance.several([1024, 1536, 2048, 3072, 4096], 2)
    layers = [
        Conv2d(channels[0], kernel_size=first_kernel, stride=stride, name="conv1"),
        pools[2],
        conv[2],
        pools[1],
        *(conv[number] for number in (3, 4, 5)),
        pools[0],
        Flatten(name="flatten"),
        Linear(hidden[0], name="fc1"),
        Linear(hidden[1], name="fc2"),
        Linear(chance.choice([100, 200, 400, 500, 1000]), name="out"),
    ]
    return {"input_shape": (3, side, side), "layers": layers}


def _is_fair(drawn: dict[str, Any]) -> bool:
    """Say whether the reasons of part (b) hold as for AlexNet, without a tie."""
    rows = _counted(drawn)
    weights, connections = [row.weights for row in rows], [row.connections for row in rows]
    convolutions = [row for row in rows if row.is_convolution]
    # In a fully connected layer each weight makes one connection; no other two counts are the same.
    counts = [*weights, *(row.units for row in rows), *(row.connections for row in convolutions)]
    return (
        drawn != givens()
        and 2 * sum(row.weights for row in convolutions) < sum(weights)
        and 2 * sum(row.connections for row in convolutions) > sum(connections)
        and len(set(counts)) == len(counts)
    )


def asked(givens: Mapping[str, Any]) -> tuple[Asked, ...]:
    """Return what is asked; window positions are counted one by one, and the products are written here."""
    rows = _counted(givens)
    names = tuple(row.name for row in rows)
    derived = count(Network(givens["input_shape"], givens["layers"]))
    counts = [
        Asked(
            f"{row.name}_{column}",
            f"{column} of {row.name}",
            "a",
            getattr(row, column),
            unit=column,
            work=getattr(derived[row.name], column),
        )
        for row in rows
        for column in ("units", "weights", "connections")
    ]
    memory = max(rows, key=lambda row: row.weights).name
    time = max(rows, key=lambda row: row.connections).name
    layer = "the layer with the most {}; of several the first"
    return (
        *counts,
        Asked("memory", f"for less memory: {layer.format('weights')}", "b.i", memory, choices=names),
        Asked("time", f"for less time: {layer.format('connections')}", "b.ii", time, choices=names),
    )


@dataclass(frozen=True)
class _Row:
    """The counts of one layer."""

    name: str
    units: Worked
    weights: Worked
    connections: Worked
    is_convolution: bool


def _counted(givens: Mapping[str, Any]) -> list[_Row]:
    """Return a row for each convolution and each fully connected layer, in order."""
    network = Network(givens["input_shape"], givens["layers"])  # or it refuses
    shape = network.input_shape
    rows = []
    for step in network.steps:
        layer = step.layer
        _check(step.name, layer)
        if isinstance(layer, Conv2d):
            tall, wide = layer.windows
            sides = _positions(layer, shape)
            outputs = Worked(layer.out_channels, "out_channels")
            units = outputs * Worked(sides[0], "height") * Worked(sides[1], "width")
            read = Worked(shape[0] // layer.groups, "in_channels" + " of a group" * (layer.groups > 1))
            reads = (
                read * Worked(tall.kernel_size, "kernel height") * Worked(wide.kernel_size, "kernel width")
            )
            shape = (layer.out_channels, *sides)
        elif isinstance(layer, Linear):
            units = outputs = Worked(layer.out_features, "out_features")
            reads = Worked(shape[0], "in_features")
            shape = (layer.out_features,)
        else:
            if isinstance(layer, Pool2d):
                shape = (shape[0], *_positions(layer, shape))
            shape = (prod(shape),) if isinstance(layer, Flatten) else shape
            continue
        name = step.name
        units, weights = units.named(f"units of {name}"), (outputs * reads).named(f"weights of {name}")
        connections = (units * reads).named(f"connections of {name}")
        rows.append(_Row(name, units, weights, connections, isinstance(layer, Conv2d)))
    if len({row.is_convolution for row in rows}) < 2:
        raise PracticeError(
            "The layers hold no convolution, or no fully connected layer, so there is nothing to compare.",
            remedy="Use at least one Conv2d and one Linear.",
        )
    return rows


def _positions(layer: Conv2d | Pool2d, shape: tuple[int, ...]) -> tuple[int, ...]:
    """Count the positions of a window along the height and along the width."""
    return tuple(
        len(
            range(
                -int(window.padding_before),
                size + int(window.padding_after) - window.dilation * (window.kernel_size - 1),
                window.stride,
            )
        )
        for window, size in zip(layer.windows, shape[1:], strict=True)
    )


def _check(name: str, layer: Layer) -> None:
    """Refuse what this question does not know how to count, and names that cannot name an answer."""
    if isinstance(layer, Block) or getattr(layer, "ceil_mode", False):
        raise PracticeError(
            f"{layer} ({name!r}) is not part of this question: its layers are single ones, and a window that "
            "leaves the picture does not count.",
            remedy="Leave it out, or use ceil_mode=False.",
        )
    if not name.isidentifier():
        raise PracticeError(
            f"{shown(name)} cannot name an answer.", remedy="Use letters, digits and _: name='conv1'."
        )


def numbers(givens: Mapping[str, Any]) -> tuple[Quantity, ...]:
    """Return the numbers of the network, one of which may be taken for another."""
    return quantities(Network(givens["input_shape"], givens["layers"]))


def parts(givens: Mapping[str, Any]) -> dict[str, int]:
    """Return the marks of each part."""
    return {"a": 6, "b.i": 2, "b.ii": 2}


def statement(givens: Mapping[str, Any]) -> str:
    """Return the question in words."""
    network = Network(givens["input_shape"], givens["layers"])
    lines = "\n".join(f"- `{step.name}`: {in_words(step.layer)}" for step in network.steps)
    shape = side_by_side(network.input_shape)
    what = "channels × height × width" if len(network.input_shape) == 3 else "features"
    marks = earned(parts(givens))
    return (
        f"A network reads an input of {shape} ({what}). Its layers, in order:\n\n{lines}\n\n"
        "With $g$ groups a layer is split into $g$ equal parts, and each part reads only its own share of "
        "the channels before it.\n\n"
        "**(a)** For each convolution and each fully connected layer give the number of **units**, of "
        "**weights** and of **connections**. Biases and the other layers are not counted. A connection to a "
        f"padding value counts like any other. {marks['a']}\n\n"
        "**(b)** Each of these two aims stands alone. Propose a change of one or more layer sizes, and give "
        "the reason from your table: which layer has the most weights, and which one has the most "
        "connections?\n\n"
        f"- (i) **Less memory** at prediction time: fewer parameters. {marks['b.i']}\n"
        f"- (ii) **Faster prediction**: fewer connections. {marks['b.ii']}"
    )
