"""Units, weights, connections, operations of a network: exact integers, a rule for each kind of layer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from nnutils.core.errors import CountError
from nnutils.core.tables import Cell, Table
from nnutils.core.worked import Worked, total
from nnutils.networks.base import Layer, Shape, pair
from nnutils.networks.blocks import Concat, Residual
from nnutils.networks.layers import (
    Activation,
    AvgPool2d,
    BatchNorm2d,
    Conv2d,
    Flatten,
    Linear,
    MaxPool2d,
    Pool2d,
    ReLU,
)
from nnutils.networks.network import Network, Step

__all__ = [
    "COLUMNS",
    "MORE_COLUMNS",
    "Counts",
    "LayerCounts",
    "RULES",
    "count",
]

COLUMNS = (
    "units", "weights", "biases", "parameters", "connections",
    "multiplications", "additions", "comparisons", "evaluations",
)  # fmt: skip
"""What can be counted, in the order of the table."""

MORE_COLUMNS = ("macs",)
"""What a table shows only when asked: ``counts.table("parameters", "macs")``."""


def _zero() -> Worked:
    return Worked(0)


@dataclass(frozen=True)
class LayerCounts:
    """The counts of one layer for one sample; each is an exact worked number.

    ``units`` are values that the layer itself computes: an activation or a reshaping makes no new ones.
    ``connections`` are, for each unit, the inputs that it reads: padding included, weight sharing ignored.
    ``evaluations`` are calls of an elementary function such as tanh. ``macs``, the multiply-accumulates that
    papers and model libraries publish, are the products of convolutions and matrix products alone.

    >>> counts = LayerCounts(weights=Worked(6, "w"), biases=Worked(2, "b"))
    >>> counts.parameters.work
    '6 + 2 = 8'
    """

    units: Worked = field(default_factory=_zero)
    weights: Worked = field(default_factory=_zero)
    biases: Worked = field(default_factory=_zero)
    connections: Worked = field(default_factory=_zero)
    multiplications: Worked = field(default_factory=_zero)
    additions: Worked = field(default_factory=_zero)
    comparisons: Worked = field(default_factory=_zero)
    evaluations: Worked = field(default_factory=_zero)
    macs: Worked = field(default_factory=_zero)

    @property
    def parameters(self) -> Worked:
        """Weights and biases together."""
        return (self.weights.named("weights") + self.biases.named("biases")).named("parameters")

    def __getitem__(self, column: str) -> Worked:
        """Return a column by its name.

        Raises:
            CountError: for a name that is not one of ``COLUMNS`` and ``MORE_COLUMNS``.
        """
        if column not in COLUMNS and column not in MORE_COLUMNS:
            known = ", ".join((*COLUMNS, *MORE_COLUMNS))
            raise CountError(f"There is no column {column!r}.", remedy=f"Columns: {known}.")
        value: Worked = getattr(self, column)
        return value


class Counts(Mapping[str, LayerCounts]):
    """The counts of every layer by name, their total, and their table.

    >>> from nnutils.networks.layers import Conv2d, MaxPool2d
    >>> counts = count(Network((3, 32, 32), [Conv2d(16, 5, stride=2, name="conv1"), MaxPool2d(2)]))
    >>> counts["conv1"].weights.work
    '16 · 3 · 5 · 5 = 1,200'
    >>> print(counts.table("units", "weights", "connections"))
    layer  output        units  weights  connections
    -----  ------------  -----  -------  -----------
    conv1  16 x 14 x 14  3,136    1,200      235,200
    pool   16 x 7 x 7      784        0        3,136
    -----  ------------  -----  -------  -----------
    total                3,920    1,200      238,336
    """

    def __init__(self, layers: Mapping[str, LayerCounts], shapes: Mapping[str, Shape]) -> None:
        """Keep the counts and the output shapes, both by the layer's name."""
        self._layers = dict(layers)
        self.shapes = dict(shapes)

    def __getitem__(self, name: str) -> LayerCounts:
        """Return the counts of one layer.

        Raises:
            CountError: if the network has no layer of this name.
        """
        if name not in self._layers:
            raise CountError(f"There is no layer {name!r}.", remedy=f"Layers: {', '.join(self._layers)}.")
        return self._layers[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._layers)

    def __len__(self) -> int:
        return len(self._layers)

    def __contains__(self, name: object) -> bool:
        return name in self._layers

    def __repr__(self) -> str:
        return str(self.table())

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()

    @property
    def total(self) -> LayerCounts:
        """Each column added up over all layers."""
        columns = (*COLUMNS, *MORE_COLUMNS)
        sums = {column: self._sum(column) for column in columns if column != "parameters"}
        return LayerCounts(**sums)

    def _sum(self, column: str) -> Worked:
        return total([counts[column].named(name) for name, counts in self.items()], column)

    def select(self, *names: str) -> Counts:
        """Return the counts of some layers only; their total is that of these layers.

        Raises:
            CountError: for a name that no layer has.
        """
        return Counts({name: self[name] for name in names}, {name: self.shapes[name] for name in names})

    def shares(self, column: str) -> dict[str, Worked]:
        """Return each layer's exact share of a column's total; the shares add up to 1.

        Raises:
            CountError: if the total is zero, so that shares mean nothing.
        """
        whole = self.total[column]
        if whole == 0:
            raise CountError(f"The total of {column} is 0, so there are no shares of it.")
        return {
            name: (counts[column].named(name) / whole).named(f"share of {name}")
            for name, counts in self.items()
        }

    def table(self, *columns: str) -> Table:
        """Return a table of the columns named (without names of all ``COLUMNS``) that ends with the total.

        Raises:
            CountError: for a name that is not one of ``COLUMNS`` and ``MORE_COLUMNS``.
        """
        chosen = columns or COLUMNS
        rows: list[list[Cell]] = []
        for name, counts in self.items():
            shape = " x ".join(map(str, self.shapes[name]))
            rows.append([name, shape, *(counts[column] for column in chosen)])
        rows.append(["total", "", *(self.total[column] for column in chosen)])
        return Table(("layer", "output", *chosen), rows, last_is_total=True)


def count(network: object) -> Counts:
    """Count a network's units, parameters, connections and operations, layer by layer, for one sample.

    Operations are those of the definition of each layer, done directly. A multiplication by padding counts.

    Raises:
        CountError: for a kind of layer that has no counting rule, and for anything but a ``Network``.

    >>> from nnutils.networks.layers import Linear
    >>> count(Network((784,), [Linear(10, name="out")]))["out"].parameters.work
    '7,840 + 10 = 7,850'
    """
    if not isinstance(network, Network):
        raise CountError(
            f"count() needs a Network or a torch module, got {type(network).__name__}.",
            remedy="For a torch module give the input shape too: count(module, (3, 224, 224)).",
        )
    layers = {step.name: _rule(step)(step) for step in network.steps}
    return Counts(layers, {step.name: step.output_shape for step in network.steps})


def _rule(step: Step) -> Callable[[Step], LayerCounts]:
    for kind in type(step.layer).__mro__:
        if kind in RULES:
            return RULES[kind]
    raise CountError(
        f"{type(step.layer).__name__} ({step.name!r}) has no counting rule.",
        remedy="Add one to nnutils.networks.RULES.",
    )


def _values(step: Step) -> Worked:
    """Return the number of output values, with its factors."""
    if len(step.output_shape) == 1:
        return Worked(step.output_shape[0], "features")
    channels, height, width = step.output_shape
    return Worked(channels, "channels") * Worked(height, "height") * Worked(width, "width")


def _weighted(units: Worked, weights: Worked, reads: Worked, *, bias: bool, biases: Worked) -> LayerCounts:
    """Count a layer of weighted sums: each unit reads ``reads`` inputs, a multiplication each."""
    units = units.named("units")
    connections = (units * reads).named("connections")
    additions = units * (reads - 1) + (units if bias else 0)
    return LayerCounts(
        units=units,
        weights=weights.named("weights"),
        biases=(biases if bias else Worked(0)).named("biases"),
        connections=connections,
        multiplications=connections.named("multiplications"),
        additions=additions.named("additions"),
        macs=connections.named("macs"),
    )


def _conv2d(step: Step) -> LayerCounts:
    layer = step.layer
    assert isinstance(layer, Conv2d)
    in_channels = Worked(step.input_shape[0], "in_channels")
    if layer.groups > 1:
        in_channels = (in_channels / Worked(layer.groups, "groups")).named("in_channels per group")
    out_channels = Worked(layer.out_channels, "out_channels")
    kernel_height, kernel_width = pair(layer.kernel_size)
    window = (Worked(kernel_height, "kernel height"), Worked(kernel_width, "kernel width"))
    reads = in_channels * window[0] * window[1]
    units = out_channels * Worked(step.output_shape[1], "height") * Worked(step.output_shape[2], "width")
    return _weighted(units, out_channels * reads, reads, bias=layer.bias, biases=out_channels)


def _linear(step: Step) -> LayerCounts:
    layer = step.layer
    assert isinstance(layer, Linear)
    out_features = Worked(layer.out_features, "out_features")
    in_features = Worked(step.input_shape[0], "in_features")
    return _weighted(
        out_features, out_features * in_features, in_features, bias=layer.bias, biases=out_features
    )


def _pooled(step: Step) -> tuple[Worked, Worked]:
    """Return the units of a pooling layer, and how many inputs each of them reads."""
    layer = step.layer
    assert isinstance(layer, Pool2d)
    kernel_height, kernel_width = pair(layer.kernel_size)
    reads = Worked(kernel_height, "kernel height") * Worked(kernel_width, "kernel width")
    return _values(step).named("units"), reads


def _max_pool(step: Step) -> LayerCounts:
    units, reads = _pooled(step)
    return LayerCounts(
        units=units,
        connections=(units * reads).named("connections"),
        comparisons=(units * (reads - 1)).named("comparisons"),
    )


def _avg_pool(step: Step) -> LayerCounts:
    units, reads = _pooled(step)
    return LayerCounts(
        units=units,
        connections=(units * reads).named("connections"),
        additions=(units * (reads - 1)).named("additions"),
        multiplications=units.named("multiplications"),
    )


def _batch_norm(step: Step) -> LayerCounts:
    channels, values = Worked(step.output_shape[0], "channels"), _values(step)
    return LayerCounts(
        weights=channels.named("weights"),
        biases=channels.named("biases"),
        multiplications=values.named("multiplications"),
        additions=values.named("additions"),
    )


RULES: dict[type[Layer], Callable[[Step], LayerCounts]] = {
    Conv2d: _conv2d,
    Linear: _linear,
    MaxPool2d: _max_pool,
    AvgPool2d: _avg_pool,
    BatchNorm2d: _batch_norm,
    ReLU: lambda step: LayerCounts(comparisons=_values(step).named("comparisons")),
    Activation: lambda step: LayerCounts(evaluations=_values(step).named("evaluations")),
    Flatten: lambda step: LayerCounts(),
    Concat: lambda step: LayerCounts(),
    Residual: lambda step: LayerCounts(additions=_values(step).named("additions")),
}
"""The counting rule of each kind of layer; a kind without one takes that of its parent."""
