"""The counts that the settings of a row give: weights, units, connections, under each convention."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nnutils.core.worked import Worked
from nnutils.lint.checks.networks.rows import LayerRow
from nnutils.lint.checks.networks.written_sizes import Picture, features_of
from nnutils.lint.checks.tables.column_roles import Role

__all__ = ["Reading", "conventions", "row_counts"]


@dataclass(frozen=True)
class Reading:
    """One value that a count may rightly have, and the convention under which it has it."""

    value: Worked
    note: str = ""


def row_counts(
    row: LayerRow,
    role: Role,
    inputs: Sequence[Picture],
    outputs: Sequence[Picture],
    groups: Sequence[int],
    *,
    biases_apart: bool = False,
) -> list[Reading]:
    """Return the values that a count of a row may have, likeliest first; none where settings are missing."""
    kind = row.settings.kind
    found: list[Reading] = []
    if role == "units":
        found = [Reading(one) for one in _units(row, outputs)]
    elif kind in ("activation", "flatten", "average", "input"):
        found.append(Reading(Worked(0)))
    elif kind == "pool":
        found.extend(_pooled(row, role, outputs))
    else:
        for reads, filters in _reads(row, inputs, outputs, groups):
            for one in _units(row, outputs) or (None,):
                found.extend(conventions(role, reads, filters, one, biases_apart=biases_apart))
    return list({one.value.value: one for one in reversed(found)}.values())[::-1]


def conventions(
    role: str, reads: Worked, filters: Worked, units: Worked | None, *, biases_apart: bool = False
) -> Iterator[Reading]:
    """Yield what a count may be: of ``filters``, each with ``reads`` inputs, and of ``units`` values.

    Weights and parameters do not need the units.
    """
    weights = (filters * reads).named("weights")
    both = (weights + filters.named("biases")).named("parameters")
    if role == "weights":
        yield Reading(weights)
        if not biases_apart:
            yield Reading(both, "biases counted as weights")
    elif role == "biases":
        yield Reading(filters.named("biases"))
        yield Reading(Worked(0), "without biases")
    elif role == "parameters":
        yield Reading(both, "with biases")
        yield Reading(weights, "without biases")
    elif units is not None:
        macs = (units * reads).named("connections")
        if role == "connections":
            yield Reading(macs)
            yield Reading((macs + units).named("connections"), "with the connections of the biases")
        elif role == "operations":
            yield Reading((2 * macs).named("operations"), "a multiplication and an addition each")
            yield Reading(macs, "a multiplication with its addition as one")
            yield Reading((2 * macs - units).named("operations"), "one addition less for each unit")
            yield Reading((2 * macs + units).named("operations"), "with the additions of the biases")
            yield Reading((macs + units).named("operations"), "with the biases, multiply-adds as one")


def _pooled(row: LayerRow, role: Role, outputs: Sequence[Picture]) -> Iterator[Reading]:
    if role in ("parameters", "weights", "biases"):
        yield Reading(Worked(0))
        return
    if row.settings.kernel is None:
        return
    height, width = row.settings.kernel
    reads = Worked(height, "kernel height") * Worked(width, "kernel width")
    for units in _units(row, outputs):
        yield Reading((units * reads).named("connections"))
        if role == "operations":
            yield Reading((units * (reads - 1)).named("comparisons"), "one less for each unit")


def _reads(
    row: LayerRow, inputs: Sequence[Picture], outputs: Sequence[Picture], groups: Sequence[int]
) -> Iterator[tuple[Worked, Worked]]:
    """Yield how many inputs a unit reads, and how many filters (or units of a full layer) there are."""
    settings = row.settings
    if settings.kind == "linear":
        sizes = [size for shape in inputs if (size := features_of(shape))]
        for size in dict.fromkeys(sizes):
            for units in _units(row, outputs):
                yield Worked(size, "in_features"), units.named("out_features")
        return
    if settings.kind != "conv" or settings.kernel is None:
        return
    height, width = settings.kernel
    if settings.depthwise:
        groups = [shape[0] for shape in inputs if len(shape) == 3 and shape[0]]
    made: list[int | None] = (
        [settings.filters] if settings.filters else [shape[0] for shape in outputs if len(shape) == 3]
    )
    channels: list[int | None] = (
        [row.in_channels] if row.in_channels else [shape[0] for shape in inputs if len(shape) == 3]
    )
    if not any(channels) and settings.depth:
        channels, groups = [settings.depth], [1]
    for filters in dict.fromkeys(made):
        for size in dict.fromkeys(channels):
            for group in dict.fromkeys(groups):
                if not filters or not size or size % group:
                    continue
                read = Worked(size, "in_channels")
                if group > 1:
                    read = (read / Worked(group, "groups")).named("in_channels per group")
                window = Worked(height, "kernel height") * Worked(width, "kernel width")
                yield read * window, Worked(filters, "out_channels")


def _units(row: LayerRow, outputs: Sequence[Picture]) -> list[Worked]:
    if row.settings.kind == "linear":
        sizes = [row.settings.filters] if row.settings.filters else [features_of(shape) for shape in outputs]
        return [Worked(size, "units") for size in dict.fromkeys(sizes) if size]
    found = []
    for shape in dict.fromkeys(outputs):
        if len(shape) == 3 and shape[0] and shape[1] and shape[2]:
            channels, height, width = shape
            assert channels and height and width
            whole = Worked(channels, "channels") * Worked(height, "height") * Worked(width, "width")
            found.append(whole.named("units"))
    return found
