"""The counts of a torch module, with a list of what has no counting rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nnutils.core.tables import Cell, Table
from nnutils.networks.base import Shape
from nnutils.networks.counting import Counts, LayerCounts

__all__ = ["ModuleCounts", "NotCounted"]


@dataclass(frozen=True)
class NotCounted:
    """An operator without a count: where it is called, on which shapes, how often, and why not."""

    operator: str
    where: str
    shapes: tuple[Shape, ...]
    times: int
    why: str


class ModuleCounts(Counts):
    """The counts of a torch module; ``not_counted`` lists the operators that are not in them.

    The list is empty unless a partial count was asked for. Where it is not, it stands under the table, whose
    last row says that the total is partial.
    """

    def __init__(
        self,
        layers: Mapping[str, LayerCounts],
        shapes: Mapping[str, Shape],
        not_counted: Sequence[NotCounted] = (),
    ) -> None:
        """Keep the counts, the shapes, and the list."""
        super().__init__(layers, shapes)
        self.not_counted = tuple(not_counted)

    def __repr__(self) -> str:
        parts = [str(self.table())]
        if self.not_counted:
            parts += ["", str(self.not_counted_table())]
        return "\n".join(parts)

    def _repr_html_(self) -> str:
        if not self.not_counted:
            return self.table()._repr_html_()
        return self.table()._repr_html_() + self.not_counted_table()._repr_html_()

    def select(self, *names: str) -> ModuleCounts:
        """Return the counts of some rows only, with what is not counted in them.

        Raises:
            CountError: for a name that no row has.
        """
        kept = super().select(*names)
        left = [part for part in self.not_counted if part.where in names]
        return ModuleCounts(kept, kept.shapes, left)

    def table(self, *columns: str) -> Table:
        """Return a table as that of ``Counts``; its total says when it is partial.

        Raises:
            CountError: for a name that is not a column.
        """
        table = super().table(*columns)
        if not self.not_counted:
            return table
        rows = [*table.rows[:-1], ["total (partial)", *table.rows[-1][1:]]]
        return Table(table.header, rows, table.caption, table.last_is_total)

    def not_counted_table(self) -> Table:
        """Return the operators that are not counted, a row for each place and shape."""
        rows: list[list[Cell]] = [
            [part.operator, part.where, " and ".join(map(str, part.shapes)), part.times, part.why]
            for part in self.not_counted
        ]
        times = sum(part.times for part in self.not_counted)
        calls = "1 call has no count" if times == 1 else f"{times:,} calls have no count"
        return Table(("operator", "at", "on", "times", "why"), rows, f"Not in the total: {calls}.")
