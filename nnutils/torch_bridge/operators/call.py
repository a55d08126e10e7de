"""What every counting rule works with: one call of an operator, and the parameters not counted so far."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch

from nnutils.core.worked import Worked, total
from nnutils.networks.counting import LayerCounts

__all__ = ["Call", "Ledger", "claimed", "joined", "product", "size_of", "storage_of", "values", "work"]

_VALUES = {1: ("features",), 2: ("rows", "columns"), 3: ("channels", "height", "width")}
_COLUMNS = (
    "units", "weights", "biases", "connections",
    "multiplications", "additions", "comparisons", "evaluations", "macs",
)  # fmt: skip


class Ledger:
    """The parameters of a module that have not been counted yet; each of them counts once.

    A parameter is recognised by its storage, so also through a view of it such as a transpose.

    >>> weight = torch.empty(10, 4, device="meta")
    >>> ledger = Ledger({"weight": weight})
    >>> ledger.claim(weight.t(), Worked(10, "out") * Worked(4, "in")).work
    '10 · 4 = 40'
    >>> ledger.claim(weight, Worked(40)), ledger.waiting
    (0, {})
    """

    def __init__(self, parameters: Mapping[str, torch.Tensor]) -> None:
        """Keep the parameters by name, and their names by storage."""
        self.waiting = dict(parameters)
        self._names = {storage_of(tensor): name for name, tensor in parameters.items()}
        self._copies: list[torch.Tensor] = []

    def claim(self, tensor: object, factors: Worked) -> Worked:
        """Return the size of the parameter behind ``tensor``; 0 for other tensors and for the second time.

        ``factors`` is the size as the operator sees it; a slice or an expansion of a parameter counts whole.
        """
        name = self._names.get(storage_of(tensor)) if isinstance(tensor, torch.Tensor) else None
        parameter = self.waiting.pop(name, None) if name else None
        if parameter is None:
            return Worked(0)
        return factors if factors == parameter.numel() else size_of(parameter)

    def parameter(self, tensor: torch.Tensor) -> str | None:
        """Return the name of the parameter behind ``tensor`` that still waits to be counted."""
        name = self._names.get(storage_of(tensor))
        return name if name in self.waiting else None

    def follow(self, tensor: torch.Tensor, copy: torch.Tensor) -> None:
        """Take a copy of a parameter, such as one of another dtype, for the parameter itself."""
        name = self._names.get(storage_of(tensor))
        if name is not None and storage_of(copy) not in self._names:
            self._copies.append(copy)  # kept, so that no other tensor gets the number of its storage
            self._names[storage_of(copy)] = name


def storage_of(tensor: torch.Tensor) -> int:
    """Return a number that a tensor shares with its views, and with no other tensor that is alive."""
    return int(tensor.untyped_storage()._cdata)


@dataclass(frozen=True, slots=True)
class Call:
    """One call of an operator: its arguments by the schema's names, its first output, the ledger."""

    operator: str
    given: Mapping[str, Any]
    output: torch.Tensor
    ledger: Ledger

    def __getitem__(self, argument: str) -> Any:
        """Return an argument by name."""
        return self.given[argument]

    @property
    def tensors(self) -> list[torch.Tensor]:
        """The arguments that are tensors, in order."""
        return [given for given in self.given.values() if isinstance(given, torch.Tensor)]


def product(sizes: Sequence[int], names: Sequence[str]) -> Worked:
    """Return the product of sizes, each with its name; of none it is one value."""
    factors = [Worked(int(size), name) for size, name in zip(sizes, names, strict=True)]
    return math.prod(factors[1:], start=factors[0]) if factors else Worked(1, "value")


def size_of(tensor: torch.Tensor) -> Worked:
    """Return the number of scalars in a tensor, a factor for each axis.

    >>> size_of(torch.empty(3, 4)).work
    '3 · 4 = 12'
    """
    return product(tensor.shape, [f"axis {i}" for i in range(1, tensor.dim() + 1)])


def values(tensor: torch.Tensor) -> Worked:
    """Return the number of values of a tensor with their factors; a batch of one is left out.

    >>> values(torch.empty(1, 3, 5, 5)).formula
    'channels · height · width'
    """
    sizes = tensor.shape[1:] if tensor.dim() > 1 and tensor.shape[0] == 1 else tensor.shape
    return product(sizes, _VALUES.get(len(sizes), [f"axis {i}" for i in range(1, len(sizes) + 1)]))


def claimed(call: Call, factors: Callable[[torch.Tensor], Worked], *tensors: torch.Tensor) -> Worked:
    """Return the size of the parameters among some tensors; usually there is at most one."""
    sizes = [call.ledger.claim(tensor, factors(tensor)) for tensor in tensors]
    found = [size for size in sizes if size]
    return found[0] if len(found) == 1 else total(found)


def work(**columns: Worked) -> LayerCounts:
    """Return counts whose columns carry their own names.

    >>> work(additions=Worked(3, "rows") * 2).additions.steps()
    ['additions = rows · 2 = 3 · 2 = 6']
    """
    return LayerCounts(**{column: value.named(column) for column, value in columns.items()})


def joined(parts: Sequence[tuple[str, LayerCounts]]) -> LayerCounts:
    """Add up counts column by column, a named term for each part that contributes.

    >>> joined([("scores", work(macs=Worked(6))), ("sums", work(macs=Worked(4)))]).macs.formula
    'scores + sums'
    """
    columns: dict[str, Worked] = {}
    for column in _COLUMNS:
        terms = [(name, value) for name, counts in parts if (value := getattr(counts, column))]
        if len(terms) > 1:
            columns[column] = total([value.named(name) for name, value in terms], column)
        elif terms:
            columns[column] = terms[0][1]
    return LayerCounts(**columns)
