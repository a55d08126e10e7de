"""The counts of one layer: plain numbers at once, and how each was made when somebody asks."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, Literal, NamedTuple

from nnutils.core.errors import CountError
from nnutils.core.messages import shown
from nnutils.core.numerals import Exact
from nnutils.core.plain_or_worked import N
from nnutils.core.worked import Worked

__all__ = ["COLUMNS", "MORE_COLUMNS", "Columns", "LayerCounts"]

COLUMNS = (
    "units", "weights", "biases", "parameters", "connections",
    "multiplications", "additions", "comparisons", "evaluations",
)  # fmt: skip
"""What can be counted, in the order of the table."""

MORE_COLUMNS = ("macs",)
"""What a table shows only when asked: ``counts.table("parameters", "macs")``."""


class Columns(NamedTuple, Generic[N]):
    """What a rule finds for one layer, all plain or all worked; ``parameters`` follow from two of them."""

    units: N | Literal[0] = 0
    weights: N | Literal[0] = 0
    biases: N | Literal[0] = 0
    connections: N | Literal[0] = 0
    multiplications: N | Literal[0] = 0
    additions: N | Literal[0] = 0
    comparisons: N | Literal[0] = 0
    evaluations: N | Literal[0] = 0
    macs: N | Literal[0] = 0


def _zero() -> Worked:
    return Worked(0)


@dataclass(frozen=True)
class LayerCounts:
    """The counts of one layer for one sample; each is an exact worked number.

    ``units`` are values that the layer itself computes: an activation or a reshaping makes no new ones.
    ``connections`` are, for each unit, the inputs that it reads: padding included, weight sharing ignored.
    ``evaluations`` are calls of an elementary function such as tanh. ``macs``, the multiply-accumulates that
    papers and model libraries publish, are the products of convolutions and matrix products alone. The counts
    of a network know their numbers; how one was made is worked out when it is asked for.

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

    @classmethod
    def later(cls, plain: Columns[int], derive: Callable[[], LayerCounts]) -> LayerCounts:
        """Return counts that are known now; ``derive`` makes the same ones, worked, when asked for."""
        counts = object.__new__(cls)
        counts.__dict__.update(_plain=plain, _derive=derive)
        return counts

    if not TYPE_CHECKING:  # a type checker would let any name pass

        def __getattr__(self, column: str) -> Worked:
            """Make the worked numbers of all columns, each with a derivation that is still to be made."""
            made = self.__dict__
            if column not in Columns._fields or "_derive" not in made:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {column!r}")
            derive = functools.cache(made["_derive"])  # once for the layer, not for each column
            made.update(
                (name, Worked.later(number, functools.partial(_column, derive, name)))
                for name, number in zip(Columns._fields, made["_plain"], strict=True)
            )
            return made[column]

    def __getstate__(self) -> dict[str, Worked]:
        """Let copies and pickles hold the counts themselves: not every rule can be stored."""
        return {name: getattr(self, name) for name in Columns._fields}

    def plain(self) -> tuple[Exact, ...]:
        """Return the numbers of all columns but ``parameters``, without derivations."""
        known: tuple[int, ...] | None = self.__dict__.get("_plain")
        return known or tuple(getattr(self, name).value for name in Columns._fields)

    @property
    def parameters(self) -> Worked:
        """Weights and biases together."""
        return (self.weights.named("weights") + self.biases.named("biases")).named("parameters")

    def __getitem__(self, column: str) -> Worked:
        """Return a column by its name.

        Raises:
            CountError: for a name that is not one of ``COLUMNS`` and ``MORE_COLUMNS``.
        """
        if not isinstance(column, str) or column not in COLUMNS and column not in MORE_COLUMNS:
            known = ", ".join((*COLUMNS, *MORE_COLUMNS))
            raise CountError(f"There is no column {shown(column)}.", remedy=f"Columns: {known}.")
        value: Worked = getattr(self, column)
        return value


def _column(derive: Callable[[], LayerCounts], name: str) -> Worked:
    number: Worked = getattr(derive(), name)
    return number
