"""What is known of a network's layers: each count under each convention, each size, what a name means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nnutils.core.errors import NNUtilsError
from nnutils.core.worked import Worked, total
from nnutils.lint.checks.networks.row_counts import Reading
from nnutils.lint.checks.tables.labels import Kind, LayerLabel
from nnutils.networks.base import Layer, Sizes
from nnutils.networks.counting import LayerCounts, count
from nnutils.networks.layers import Activation, AvgPool2d, BatchNorm2d, Conv2d, Flatten, Linear, MaxPool2d
from nnutils.networks.network import Network
from nnutils.slips import Quantity, quantities

__all__ = ["Facts", "KnownLayer", "facts_of", "kind_of", "merged", "readings_of"]

_KINDS: tuple[tuple[type[Layer], Kind], ...] = (
    (Conv2d, "conv"), (MaxPool2d, "pool"), (AvgPool2d, "pool"), (Linear, "linear"), (Flatten, "flatten"),
    (BatchNorm2d, "norm"), (Activation, "activation"),
)  # fmt: skip
_ROLES = ("units", "weights", "biases", "parameters", "connections", "operations")


@dataclass(frozen=True)
class KnownLayer:
    """A layer: name, number among those of its kind and among those with weights, counts and sizes."""

    name: str
    kind: Kind
    number: int
    weighted: int
    counts: Mapping[str, tuple[Reading, ...]]
    input: Sizes | None = None
    output: Sizes | None = None


@dataclass(frozen=True)
class Facts:
    """What is known of one network, and in words where it is told."""

    source: str
    layers: tuple[KnownLayer, ...]
    totals: Mapping[str, tuple[Reading, ...]] = field(default_factory=dict)
    numbers: tuple[Quantity, ...] = ()

    def find(self, label: LayerLabel) -> tuple[KnownLayer, ...]:
        """Return the layers that a label may mean: by name, else by its number among its kind."""
        wanted = _bare(label.name)
        named = tuple(one for one in self.layers if _bare(one.name) == wanted)
        if named:
            return named
        with_weights = [one for one in self.layers if one.weighted]
        if label.kind == "output":
            return tuple(one for one in with_weights[-1:] if one.kind == "linear")
        same = [one for one in self.layers if one.kind == label.kind]
        if not label.number:
            return tuple(same) if len(same) == 1 else ()
        if not label.number.isdigit():
            return ()
        number = int(label.number)
        found = [one for one in same if one.number == number]
        if label.kind == "linear" and not found:  # fc6 is the sixth layer with weights
            found = [one for one in same if one.weighted == number]
        if label.kind == "pool":  # pool5 may be the one behind conv5
            found += [
                after
                for before, after in zip(
                    _without_activations(self.layers), _without_activations(self.layers)[1:], strict=False
                )
                if after.kind == "pool"
                and before.kind == "conv"
                and before.number == number
                and after not in found
            ]
        return tuple(found)


def facts_of(network: Network, source: str) -> Facts:
    """Return what is known of a network all of whose sizes are known.

    Raises:
        NNUtilsError: for a layer that has no counting rule.

    >>> facts = facts_of(Network((3, 227, 227), [Conv2d(96, 11, stride=4)]), "the network given")
    >>> [int(reading.value) for reading in facts.layers[0].counts["parameters"]]
    [34944, 34848]
    """
    counts = count(network)
    layers: list[KnownLayer] = []
    weighted = 0
    seen: dict[str, int] = {}
    for step in network.steps:
        kind = kind_of(step.layer)
        if kind is None:
            continue
        seen[kind] = seen.get(kind, 0) + 1
        has_weights = kind in ("conv", "linear")
        weighted += has_weights
        layers.append(
            KnownLayer(
                step.name, kind, seen[kind], weighted if has_weights else 0,
                readings_of(counts[step.name]), step.input_sizes, step.output_sizes,
            )
        )  # fmt: skip
    every = [counts[step.name] for step in network.steps]
    some = [counts[step.name] for step in network.steps if kind_of(step.layer) in ("conv", "linear")]
    totals = merged([readings_of(_sum(some)), readings_of(_sum(every))], ("", "all layers counted"))
    try:
        numbers = quantities(network)
    except NNUtilsError:
        numbers = ()
    return Facts(source, tuple(layers), totals, numbers)


def kind_of(layer: Layer) -> Kind | None:
    """Return the kind of a layer as sheets name it."""
    return next((kind for parent, kind in _KINDS if isinstance(layer, parent)), None)


def readings_of(counts: LayerCounts) -> dict[str, tuple[Reading, ...]]:
    """Return the values of each count of a layer, or of several together, under the usual conventions."""
    units, weights, biases, macs = counts.units, counts.weights, counts.biases, counts.connections
    both = counts.parameters
    with_biases = (macs + units).named("connections") if biases else macs
    products = counts.multiplications
    exact = (counts.multiplications + counts.additions).named("operations")
    found = {
        "units": [Reading(units)],
        "weights": [Reading(weights), Reading(both, "biases counted as weights")],
        "biases": [Reading(biases), Reading(Worked(0), "without biases")],
        "parameters": [Reading(both, "with biases"), Reading(weights, "without biases")],
        "connections": [Reading(macs), Reading(products), Reading(with_biases, "with those of the biases")],
        "operations": [
            Reading((2 * macs).named("operations"), "a multiplication and an addition each"),
            Reading(macs, "a multiplication with its addition as one"),
            Reading(exact, "multiplications and additions"),
            Reading((2 * macs - units).named("operations"), "one addition less for each unit"),
            Reading((2 * macs + units).named("operations"), "with the additions of the biases"),
            Reading(counts.comparisons, "comparisons"),
        ],
    }
    return {role: _different(readings) for role, readings in found.items()}


def merged(
    several: Sequence[Mapping[str, Sequence[Reading]]], notes: Sequence[str]
) -> dict[str, tuple[Reading, ...]]:
    """Return the readings of several ways of counting together, each with what its way is called."""
    found: dict[str, tuple[Reading, ...]] = {}
    for role in _ROLES:
        readings = []
        for way, note in zip(several, notes, strict=True):
            for one in way.get(role, ()):
                readings.append(Reading(one.value, ", ".join(part for part in (one.note, note) if part)))
        found[role] = _different(readings)
    return found


def _sum(several: Sequence[LayerCounts]) -> LayerCounts:
    columns = ("units", "weights", "biases", "connections", "multiplications", "additions", "comparisons")
    return LayerCounts(**{name: total([one[name] for one in several], name) for name in columns})


def _different(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    found: dict[object, Reading] = {}
    for one in readings:
        found.setdefault(one.value.value, one)
    return tuple(found.values())


def _without_activations(layers: Sequence[KnownLayer]) -> list[KnownLayer]:
    return [one for one in layers if one.kind not in ("activation", "norm")]


def _bare(name: str) -> str:
    return re.sub(r"[\W_]|layer|the", "", name.lower())
