"""The heights of the nodes and lanes of a layered graph: in order, apart, and as level as can be."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from nnutils.drawing.graph.layering import Layering, Place, links_after

__all__ = [
    "Limits",
    "Spot",
    "rows",
]

Spot = tuple[int, Place]
"""A place in a column."""

Limits = Mapping[tuple[int, int], float]
"""How far one block must stand above another: (upper, lower) -> distance of their centres."""


def rows(layering: Layering, height: Callable[[Place], float], gap: float) -> dict[Spot, float]:
    """The vertical centre of each spot, downwards: in the column's order, ``gap`` apart, near its neighbours.

    What should run level shares one block and so one height: the spine, the lane of a long edge, two nodes
    joined by an edge that is the only one at both ends. The spine lies on 0.
    """
    columns = layering.columns
    block = _blocks(layering)
    limits: dict[tuple[int, int], float] = {}
    for k, column in enumerate(columns):
        for upper, lower in zip(column, column[1:], strict=False):
            pair = block[k, upper], block[k, lower]
            limits[pair] = max(limits.get(pair, 0.0), (height(upper) + height(lower)) / 2 + gap)
    order = _downwards(set(block.values()), limits)
    assert order is not None, "blocks that contradict each other are never joined"
    above: dict[int, list[int]] = {number: [] for number in order}
    below: dict[int, list[int]] = {number: [] for number in order}
    for upper_block, lower_block in limits:
        above[lower_block].append(upper_block)
        below[upper_block].append(lower_block)
    near: dict[int, list[int]] = {number: [] for number in order}
    for a, b in _all_links(layering):
        if block[a] != block[b]:
            near[block[a]].append(block[b])
            near[block[b]].append(block[a])

    y: dict[int, float] = {}
    for number in order:
        y[number] = max((y[upper] + limits[upper, number] for upper in above[number]), default=0.0)
    pinned = {
        block[k, place] for k, column in enumerate(columns) for place in column if place in layering.spine
    }
    zero = y[min(pinned)] if pinned else 0.0
    y = {number: position - zero for number, position in y.items()}
    for sweep in range(40):
        for number in order if sweep % 2 else reversed(order):
            if number in pinned or not near[number]:
                continue
            wish = math.fsum(y[other] for other in near[number]) / len(near[number])
            highest = max((y[upper] + limits[upper, number] for upper in above[number]), default=-math.inf)
            lowest = min((y[lower] - limits[number, lower] for lower in below[number]), default=math.inf)
            y[number] = max(highest, min(lowest, wish))
    return {spot: y[number] for spot, number in block.items()}


def _blocks(layering: Layering) -> dict[Spot, int]:
    """The number of each spot's block; spots are joined as long as no two blocks are each above the other."""
    columns = layering.columns
    block = {(k, place): 0 for k, column in enumerate(columns) for place in column}
    block = {spot: number for number, spot in enumerate(block)}
    stacked = [
        ((k, a), (k, b)) for k, column in enumerate(columns) for a, b in zip(column, column[1:], strict=False)
    ]
    links = _all_links(layering)
    leaving, arriving = Counter(a for a, _ in links), Counter(b for _, b in links)
    spine = [spot for spot in block if spot[1] in layering.spine]
    wanted: list[Sequence[Spot]] = [spine] if spine else []
    lanes: dict[Place, list[Spot]] = {}
    for spot in block:
        if spot[1][1] >= 0:
            lanes.setdefault(spot[1], []).append(spot)
    wanted += lanes.values()
    wanted += [(a, b) for a, b in links if leaving[a] == arriving[b] == 1]
    for group in wanted:
        joined = _joined(block, group, stacked)
        if joined is None:
            # Not all of it can be level, because something crosses it: join what can be.
            for pair in zip(group, group[1:], strict=False):
                block = _joined(block, pair, stacked) or block
        else:
            block = joined
    return block


def _all_links(layering: Layering) -> list[tuple[Spot, Spot]]:
    gaps = range(len(layering.columns) - 1)
    return [((k, a), (k + 1, b)) for k in gaps for a, b in links_after(layering, k)]


def _joined(
    block: Mapping[Spot, int], group: Sequence[Spot], stacked: Iterable[tuple[Spot, Spot]]
) -> dict[Spot, int] | None:
    """The blocks with this group joined, or None where that would put a block above itself."""
    old = {block[spot] for spot in group}
    joined = {spot: min(old) if number in old else number for spot, number in block.items()}
    pairs = [(joined[upper], joined[lower]) for upper, lower in stacked]
    return joined if _downwards(set(joined.values()), pairs) is not None else None


def _downwards(blocks: Iterable[int], pairs: Iterable[tuple[int, int]]) -> list[int] | None:
    """The blocks from top to bottom, or None if they are above one another in a circle."""
    sorter: TopologicalSorter[int] = TopologicalSorter(dict.fromkeys(sorted(blocks), ()))
    for upper, lower in pairs:
        sorter.add(lower, upper)
    try:
        return list(sorter.static_order())
    except CycleError:
        return None
