"""The counts of a network, layer by layer, and their table."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from nnutils.core.errors import CountError
from nnutils.core.messages import shown
from nnutils.core.worked import Worked, total
from nnutils.networks.base import Shape
from nnutils.networks.checks import ORDINARY
from nnutils.networks.counting.layer_counts import COLUMNS, Columns, LayerCounts
from nnutils.networks.counting.rules import RULES
from nnutils.networks.network import Network, Step

if TYPE_CHECKING:
    from nnutils.core.tables import Cell, Table

__all__ = [
    "Counts",
    "count",
]


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
        self._total: LayerCounts | None = None

    def __getitem__(self, name: str) -> LayerCounts:
        """Return the counts of one layer.

        Raises:
            CountError: if the network has no layer of this name.
        """
        if name not in self:
            raise CountError(
                f"There is no layer {shown(name)}.", remedy=f"Layers: {', '.join(self._layers)}."
            )
        return self._layers[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._layers)

    def __len__(self) -> int:
        return len(self._layers)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name in self._layers

    def __repr__(self) -> str:
        return str(self.table())

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()

    @property
    def total(self) -> LayerCounts:
        """Each column added up over all layers."""
        if self._total is None:
            rows = [counts.plain() for counts in self._layers.values()]
            sums = Columns._make(map(sum, zip(*rows, strict=True))) if rows else Columns()
            ordinary = all(type(number) is int and number < ORDINARY for number in sums)
            derive = functools.partial(_summed, self._layers)
            self._total = LayerCounts.later(sums, derive) if rows and ordinary else derive()
        return self._total

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
        from nnutils.core.tables import Table  # counting alone needs none

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


def _summed(layers: Mapping[str, LayerCounts]) -> LayerCounts:
    """Add up each column over all layers in worked numbers; each term is called after its layer."""
    sums = {
        column: total([counts[column].named(name) for name, counts in layers.items()], column)
        for column in Columns._fields
    }
    return LayerCounts(**sums)
