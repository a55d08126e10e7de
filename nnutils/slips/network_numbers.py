"""The named numbers of a network, any of which may stand in the place of another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nnutils.core.errors import NNUtilsError
from nnutils.networks.base import pair
from nnutils.networks.counting import count
from nnutils.networks.layers import Conv2d, Linear, Pool2d
from nnutils.networks.network import Network
from nnutils.slips.tree import Node, Number

__all__ = ["COUNTED", "MISTAKEN_FOR", "Quantity", "quantities", "role_of", "sort_of"]

COUNTED = ("units", "weights", "biases", "parameters", "connections")
"""The counts that are a sort by themselves."""

_LARGE = frozenset(("units", "weights", "parameters", "connections", "count"))

MISTAKEN_FOR: dict[str, frozenset[str]] = {
    "channels": frozenset(("channels", "features", "units")),
    "features": frozenset(("features", "channels", "units")),
    "size": frozenset(("size",)),
    "kernel": frozenset(("kernel",)),
    "units": _LARGE | {"channels", "features"},
    "biases": frozenset(("biases", "units", "channels", "features")),
    "weights": _LARGE,
    "parameters": _LARGE,
    "connections": _LARGE,
    "row": frozenset(("row",)),
}
"""For each sort of number the sorts that people put in its place.

The sorts are the roles of ``Quantity``. A count of a known kind, such as the weights, is a sort of its own.
"""


@dataclass(frozen=True)
class Quantity:
    """A number of a question: what it is (``role``), in words, and its value.

    Numbers of one role are taken for each other most easily: channels for channels, sizes for sizes. The
    roles are channels, features, size, kernel, count, and row (of a trace table); a number of any other role
    is not taken for another.
    """

    role: str
    words: str
    value: Number


def quantities(network: Network) -> tuple[Quantity, ...]:
    """Return the numbers of a network's layers that somebody may put in the place of one another.

    >>> from nnutils.networks.layers import Conv2d
    >>> found = quantities(Network((3, 32, 32), [Conv2d(16, 5, name="conv1")]))
    >>> [(quantity.words, int(quantity.value)) for quantity in found][:3]
    [('input channels of conv1', 3), ('output channels of conv1', 16), ('input size of conv1', 32)]
    """
    return tuple(_of_network(network))


def _of_network(network: Network) -> Iterator[Quantity]:
    counts = count(network)
    for step in network.steps:
        layer, name = step.layer, step.name
        if isinstance(layer, Conv2d | Pool2d):
            yield Quantity("channels", f"input channels of {name}", step.input_shape[0])
            yield Quantity("channels", f"output channels of {name}", step.output_shape[0])
            yield Quantity("size", f"input size of {name}", step.input_shape[1])
            yield Quantity("size", f"output size of {name}", step.output_shape[1])
            if len(set(pair(layer.kernel_size))) == 1:
                yield Quantity("kernel", f"kernel of {name}", pair(layer.kernel_size)[0])
        elif isinstance(layer, Linear):
            yield Quantity("features", f"inputs of {name}", step.input_shape[0])
            yield Quantity("features", f"outputs of {name}", step.output_shape[0])
        if len(step.input_shape) == 3 and len(step.output_shape) == 1:
            channels, height, width = step.input_shape
            yield Quantity("features", f"values before {name}", channels * height * width)
        for column in COUNTED:
            if value := int(counts[name][column]):
                yield Quantity("count", f"{column} of {name}", value)
        if isinstance(layer, Pool2d):
            before = step.input_shape[0] * step.input_shape[1] * step.input_shape[2]
            yield Quantity("features", f"values before {name}", before)
    yield from _without_a_pooling(network)


def _without_a_pooling(network: Network) -> Iterator[Quantity]:
    """Yield the sizes that differ where one of the poolings is skipped."""
    for index, layer in enumerate(network.layers):
        steps = [step for step in network.steps if step.layer is layer]
        if not isinstance(layer, Pool2d) or len(steps) != 1:
            continue
        after = network.steps[network.steps.index(steps[0]) + 1 :]
        try:
            rest = Network(steps[0].input_shape, network.layers[index + 1 :])
        except NNUtilsError:  # nothing is left, or a later layer does not fit
            continue
        for step, without in zip(after, rest.steps, strict=True):
            shape = without.output_shape
            words = f"of {step.name} without {steps[0].name}"
            if shape == step.output_shape:
                break  # a layer that takes any input: from here on nothing differs
            if len(shape) == 3:
                yield Quantity("size", f"output size {words}", shape[1])
            else:
                yield Quantity("features", f"outputs {words}", shape[0])


def role_of(node: Node) -> str:
    """Return what a part of a derivation is, by its name: a role of ``Quantity``, or ''.

    >>> from nnutils.core.worked import Worked
    >>> from nnutils.slips.tree import tree_of
    >>> role_of(tree_of(Worked(3, "in_channels"))), role_of(tree_of(Worked(5, "kernel height")))
    ('channels', 'kernel')
    """
    name = node.name.replace("_", " ")
    if name.startswith("kernel"):
        return "kernel"
    if "channels" in name:
        return "channels"
    if "features" in name:
        return "features"
    if name in ("height", "width", "input") or name.endswith((" height", " width")):
        return "size"
    return "count" if name.split(" ")[0] in COUNTED else ""


def sort_of(role: str, words: str) -> str:
    """Return the sort of a number in ``MISTAKEN_FOR``, from its role and what it is called.

    >>> sort_of("count", "weights of conv1"), sort_of("count", "number of cases"), sort_of("size", "height")
    ('weights', 'count', 'size')
    """
    first = words.removeprefix("the ").split(" ")[0]
    return first if role == "count" and first in COUNTED else role
