"""Columns of counts with or without biases: what the header says, and what most of the rows do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nnutils.lint.checks.networks.row_counts import Reading
from nnutils.lint.checks.networks.rows import LayerRow
from nnutils.lint.checks.tables.cells import NumberCell, is_blank
from nnutils.lint.checks.tables.column_roles import Role
from nnutils.lint.context import Context
from nnutils.lint.sheets import Table
from nnutils.slips.precision import match

__all__ = ["Counted", "Odd", "counts_beside", "odd_ones", "readings_with"]

_NO_BIAS = re.compile(
    r"batch[ -]?norm|\bBN\b|\b(?:no|without|ohne)\s+(?:a\s+|any\s+)?bias|\bbias\s*=\s*(?:False|0)|bias-?free",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Counted:
    """A count in a table: its row, its column, its number, and the values that it may have."""

    row: LayerRow
    role: Role
    cell: NumberCell
    readings: Sequence[Reading]

    def ways(self) -> set[bool]:
        """Return under which ways of counting the number is right: with biases (True) or without."""
        return {
            _with_biases(self.role, one)
            for one in self.readings
            if match(self.cell.written, int(one.value)) == "equal"
        }


@dataclass(frozen=True)
class Odd:
    """A count that is right only in another way of counting than the rest of its column."""

    counted: Counted
    readings: tuple[Reading, ...]
    why: str


def readings_with(biases: bool | None, role: Role, readings: Sequence[Reading]) -> list[Reading]:
    """Return the values that a count may have where a header says whether biases are counted."""
    kept = [one for one in readings if biases is None or _with_biases(role, one) == biases]
    return kept or list(readings)


def counts_beside(table: Table, roles: Mapping[int, Role]) -> bool:
    """Return whether a table has columns of weights and of biases beside its parameters: these are both.

    A row that has weights and 0 biases says nothing about the others.
    """
    places = {role: column for column, role in roles.items()}
    if not {"weights", "biases", "parameters"} <= places.keys():
        return False
    for row in table.rows[table.headers :]:
        if len(row) > max(places["weights"], places["biases"]):
            weights, biases = (row[places[role]].text.strip() for role in ("weights", "biases"))
            if is_blank(biases) != is_blank(weights) or (biases == "0" != weights):
                return False
    return True


def odd_ones(context: Context, counted: Sequence[Counted]) -> Iterator[Odd]:
    """Find the counts with biases in columns without, and those without in columns with biases.

    Two other rows at least have to fit in one way only. A sheet that speaks of layers without biases may mix
    them; a full layer with biases behind convolutions without is usual too.
    """
    found = list(_odd_ones(counted))
    if found and not _NO_BIAS.search(context.sheet.text):
        yield from found


def _odd_ones(counted: Sequence[Counted]) -> Iterator[Odd]:
    for role in ("weights", "parameters"):
        weighted = [one for one in counted if one.role == role and len(one.readings) > 1]
        column = [(one, ways) for one in weighted if len(ways := one.ways()) == 1]
        for usual in (True, False):
            same = [one for one, ways in column if ways == {usual}]
            odd = [one for one, ways in column if ways != {usual}]
            if len(same) < 2 or not odd or len(same) < 2 * len(odd):
                continue
            kinds = {one.row.settings.kind for one in same}
            for one in odd:
                if not usual and one.row.settings.kind not in kinds:
                    continue
                readings = tuple(reading for reading in one.readings if _with_biases(role, reading) == usual)
                if readings and one.row.settings.bias:
                    yield Odd(one, readings, f"The other rows {'count' if usual else 'leave out'} biases.")


def _with_biases(role: str, reading: Reading) -> bool:
    return reading.note == "with biases" if role == "parameters" else reading.note != ""
