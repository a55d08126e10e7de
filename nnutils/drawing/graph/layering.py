"""Where the nodes of a directed acyclic graph go: columns by longest path, rows with few crossings.

The steps are those of Sugiyama, Tagawa and Toda (1981): layers, an unlabelled place for a long edge in every
layer that it passes, ordering by barycentres, rows. Plain Python, no drawing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from nnutils.core.errors import DrawingError

__all__ = [
    "Layering",
    "Place",
    "arrange",
    "crossings",
    "links_after",
    "longest_path_layers",
]

Place = tuple[str, int]
"""A node as (id, -1), or one layer of a long edge as ("", number)."""


@dataclass(frozen=True)
class Layering:
    """Columns of places from top to bottom, and for each edge the places that it visits from start to end."""

    columns: list[list[Place]]
    routes: list[list[Place]]
    spine: frozenset[Place]


def longest_path_layers(
    ids: Sequence[str], edges: Sequence[tuple[str, str]], stay_left: Collection[str]
) -> dict[str, int]:
    """The column of each node: one more than the largest column of what it reads.

    A source outside ``stay_left`` (a parameter, a constant) moves right until it stands just before its first
    use.

    Raises:
        DrawingError: the edges form a cycle.

    >>> longest_path_layers(["x", "w", "z", "y"], [("x", "z"), ("z", "y"), ("w", "y"), ("x", "y")], ["x"])
    {'x': 0, 'w': 1, 'z': 1, 'y': 2}
    """
    layers = dict.fromkeys(ids, 0)
    waiting = {node: sum(end == node for _, end in edges) for node in ids}
    sources = [node for node in ids if not waiting[node]]
    ready = list(sources)
    for node in ready:
        for start, end in edges:
            if start == node:
                layers[end] = max(layers[end], layers[node] + 1)
                waiting[end] -= 1
                if not waiting[end]:
                    ready.append(end)
    stuck = [node for node in ids if waiting[node]]
    if stuck:
        raise DrawingError(
            f"draw_graph: the edges lead in a circle through or into {', '.join(map(repr, stuck))}, "
            "so no order from left to right exists.",
            remedy="Unroll the loop: give each repetition a node of its own.",
        )
    for node in sources:
        uses = [layers[end] for start, end in edges if start == node]
        if node not in stay_left and uses:
            layers[node] = min(uses) - 1
    return layers


def arrange(ids: Sequence[str], edges: Sequence[tuple[str, str]], stay_left: Collection[str]) -> Layering:
    """Columns with few crossings; the longest path is the spine, long edges go above it, side inputs below.

    >>> arrange(["x", "z", "y"], [("x", "z"), ("z", "y"), ("x", "y")], ["x"]).columns
    [[('x', -1)], [('', 2), ('z', -1)], [('y', -1)]]
    """
    layers = longest_path_layers(ids, edges, stay_left)
    routes: list[list[Place]] = []
    columns: list[list[Place]] = [[] for _ in range(max(layers.values()) + 1)]
    for number, (start, end) in enumerate(edges):
        middle = range(layers[start] + 1, layers[end])
        routes.append([(start, -1), *[("", number) for _ in middle], (end, -1)])
        for layer in middle:
            columns[layer].append(("", number))
    spine = _spine(ids, edges, layers)
    for above_first in (True, False):
        for node in ids:
            if (node in spine) == above_first:
                columns[layers[node]].append((node, -1))
    layering = Layering(columns, routes, frozenset((node, -1) for node in spine))
    _reduce_crossings(layering)
    return layering


def _spine(ids: Sequence[str], edges: Sequence[tuple[str, str]], layers: Mapping[str, int]) -> set[str]:
    """The nodes of one longest path, found from its end; ties go to the node that was given first."""
    node = max(ids, key=lambda each: layers[each])
    spine, read = {node}, {end for _, end in edges}
    while layers[node]:
        before = [start for start, end in edges if end == node and layers[start] == layers[node] - 1]
        # A source that was moved right ends no path of this length.
        node = min((each for each in before if not layers[each] or each in read), key=ids.index)
        spine.add(node)
    return spine


def links_after(layering: Layering, column: int) -> list[tuple[Place, Place]]:
    """Pieces of edges between a column and the next one."""
    depth = {
        place: number for number, places in enumerate(layering.columns) for place in places if place[1] < 0
    }
    found = []
    for route in layering.routes:
        step = column - depth[route[0]]
        if 0 <= step < len(route) - 1:
            found.append((route[step], route[step + 1]))
    return found


def crossings(layering: Layering) -> int:
    """How many pairs of edge pieces cross.

    >>> edges = [("a", "d"), ("b", "c")]
    >>> crossings(arrange(["a", "b", "c", "d"], edges, []))
    0
    """
    count = 0
    for column in range(len(layering.columns) - 1):
        here, there = (
            {place: i for i, place in enumerate(layering.columns[k])} for k in (column, column + 1)
        )
        pairs = [(here[a], there[b]) for a, b in links_after(layering, column)]
        count += sum((a - c) * (b - d) < 0 for i, (a, b) in enumerate(pairs) for c, d in pairs[:i])
    return count


def _reduce_crossings(layering: Layering) -> None:
    """Sort each column by the mean position of its neighbours, to and fro, and keep the best order."""
    columns = layering.columns
    best, fewest = [list(column) for column in columns], crossings(layering)
    forward = [(k, k - 1) for k in range(1, len(columns))]
    backward = [(k, k + 1) for k in range(len(columns) - 2, -1, -1)]
    for _ in range(8):
        for column, neighbour in (*forward, *backward):
            rank = {place: i for i, place in enumerate(columns[neighbour])}
            links = links_after(layering, min(column, neighbour))
            means = {}
            for i, place in enumerate(columns[column]):
                near = [rank[b] if column < neighbour else rank[a] for a, b in links if place in (a, b)]
                means[place] = sum(near) / len(near) if near else float(i)
            columns[column].sort(key=means.__getitem__)
        count = crossings(layering)
        if count < fewest:
            best, fewest = [list(column) for column in columns], count
    columns[:] = best
    _swap_neighbours(layering, fewest)


def _swap_neighbours(layering: Layering, fewest: int) -> None:
    """Exchange two neighbours wherever that removes a crossing, until nothing helps."""
    improved = True
    while improved and fewest:
        improved = False
        for column in layering.columns:
            for i in range(len(column) - 1):
                column[i], column[i + 1] = column[i + 1], column[i]
                count = crossings(layering)
                if count < fewest:
                    fewest, improved = count, True
                else:
                    column[i], column[i + 1] = column[i + 1], column[i]
