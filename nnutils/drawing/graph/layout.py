"""Where the nodes of a directed acyclic graph go: columns by longest path, few crossings, level lines.

The columns are those of Sugiyama, Tagawa and Toda (1981), with a place in every column that a long edge
passes. Places that stand at one height form a track, and the same order of the tracks from top to bottom
holds in every column: so no two tracks can each be above the other, and every long edge is level.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Any

import numpy as np

from nnutils.core.errors import DrawingError

__all__ = [
    "Place",
    "Route",
    "Track",
    "arrange",
    "heights",
    "least_room",
    "longest_path",
    "longest_path_columns",
    "routes_of",
    "spread",
    "tracks_of",
]

Place = tuple[int, str | int]
"""A column, and in it a node by its id or a long edge by its number."""

Route = list[Place]
"""The places of one edge, from its start to its end, one in each column."""

Track = list[Place]
"""Places at one height."""

_SWEEPS = 20


def longest_path_columns(
    ids: Sequence[str], edges: Sequence[tuple[str, str]], stay_left: Collection[str]
) -> dict[str, int]:
    """Return the column of each node: one more than the largest column of what it reads.

    A source outside ``stay_left`` (a parameter, a constant) moves right until it stands just before its first
    use.

    Raises:
        DrawingError: the edges form a cycle.

    >>> longest_path_columns(["x", "w", "z", "y"], [("x", "z"), ("z", "y"), ("w", "y"), ("x", "y")], ["x"])
    {'x': 0, 'w': 1, 'z': 1, 'y': 2}
    """
    reads = {node: [start for start, end in edges if end == node] for node in ids}
    try:
        order = list(TopologicalSorter(reads).static_order())
    except CycleError as error:
        raise DrawingError(
            f"draw_graph: the edges lead in a circle, {' -> '.join(map(repr, error.args[1]))}, "
            "so no order from left to right exists.",
            remedy="Unroll the loop: give each repetition a node of its own.",
        ) from error
    columns = dict.fromkeys(ids, 0)
    for node in order:
        columns[node] = max((columns[start] + 1 for start in reads[node]), default=0)
    for node in ids:
        uses = [columns[end] for start, end in edges if start == node]
        if uses and not reads[node] and node not in stay_left:
            columns[node] = min(uses) - 1
    return columns


def arrange(
    ids: Sequence[str], edges: Sequence[tuple[str, str]], stay_left: Collection[str], backbone: bool
) -> tuple[list[Route], list[Track]]:
    """Return the route of each edge, and the tracks from top to bottom, in an order with few crossings.

    ``backbone`` keeps the longest path on one track. Where nothing crosses, long edges run above it and side
    inputs stand below it.

    Raises:
        DrawingError: the edges form a cycle.

    >>> routes, tracks = arrange(["x", "z", "y"], [("x", "z"), ("z", "y"), ("x", "y")], ["x"], backbone=True)
    >>> routes[2]
    [(0, 'x'), (1, 2), (2, 'y')]
    >>> tracks
    [[(1, 2)], [(0, 'x'), (1, 'z'), (2, 'y')]]
    """
    columns = longest_path_columns(ids, edges, stay_left)
    routes = routes_of(columns, edges)
    spine = [(columns[node], node) for node in longest_path(ids, edges, columns)] if backbone else []
    return routes, tracks_of([(columns[node], node) for node in ids], routes, spine)


def routes_of(columns: Mapping[str, int], edges: Sequence[tuple[str, str]]) -> list[Route]:
    """Return the route of each edge between nodes that stand in these columns.

    >>> routes_of({"x": 0, "y": 2}, [("x", "y")])
    [[(0, 'x'), (1, 0), (2, 'y')]]
    """
    routes: list[Route] = []
    for number, (start, end) in enumerate(edges):
        passed = range(columns[start] + 1, columns[end])
        routes.append([(columns[start], start), *((k, number) for k in passed), (columns[end], end)])
    return routes


def tracks_of(nodes: Sequence[Place], routes: Sequence[Route], spine: Sequence[Place]) -> list[Track]:
    """Return the tracks of nodes and edges from top to bottom, in an order with few crossings.

    The places of ``spine`` stand on one track.
    """
    links = [link for route in routes for link in itertools.pairwise(route)]

    # Level is what leaves nothing to choose: the spine, and links that are the only ones at both ends.
    leaving, arriving = Counter(a for a, _ in set(links)), Counter(b for _, b in set(links))
    before = {b: a for a, b in links if leaving[a] == arriving[b] == 1}
    before |= {b: a for a, b in itertools.pairwise(spine)}
    tracks: dict[Place, Track] = {}
    for place in dict.fromkeys([*nodes, *itertools.chain(*routes)]):
        first = place
        while first in before:
            first = before[first]
        tracks.setdefault(first, []).append(place)

    def preferred(track: Track) -> int:
        if not any(isinstance(key, str) for _, key in track):
            return 0
        return 1 if spine and spine[0] in track else 2

    return _with_few_crossings(sorted(tracks.values(), key=preferred), links)


def longest_path(
    ids: Sequence[str], edges: Sequence[tuple[str, str]], columns: Mapping[str, int]
) -> list[str]:
    """Return the nodes of one longest path; ties go to the node that was given first.

    ``columns`` are those of ``longest_path_columns``.
    """
    node = max(ids, key=lambda each: columns[each])
    path, read = [node], {end for _, end in edges}
    while columns[node]:
        before = {start for start, end in edges if end == node and columns[start] == columns[node] - 1}
        # A source that was moved right ends no path of this length.
        node = next(each for each in ids if each in before and (not columns[each] or each in read))
        path.insert(0, node)
    return path


def _with_few_crossings(tracks: Sequence[Track], links: Sequence[tuple[Place, Place]]) -> list[Track]:
    """Move one track after the other to where the fewest links cross, until no move helps."""
    number = {place: k for k, track in enumerate(tracks) for place in track}
    pairs = np.array(
        [
            (number[a], number[b], number[c], number[d])
            for (a, b), (c, d) in itertools.combinations(links, 2)
            if a[0] == c[0]
        ],
        dtype=int,
    ).reshape(-1, 4)

    def crossings(order: Sequence[int]) -> int:
        a, b, c, d = np.argsort(order)[pairs].T
        return int(((a - c) * (b - d) < 0).sum())

    order = list(range(len(tracks)))
    fewest = fewest_at_first = crossings(order)
    helped = True
    while fewest and helped:
        helped = False
        for track in range(len(tracks)):
            others = [other for other in order if other != track]
            for k in range(len(tracks)):
                trial = [*others[:k], track, *others[k:]]
                count = crossings(trial)
                if count < fewest:
                    order, fewest, helped = trial, count, True
    inputs = [k for k in order if tracks[k][0][0] == 0]
    if fewest_at_first and inputs == sorted(inputs, reverse=True) != sorted(inputs):
        # The mirror image crosses as little, and in it the inputs stand in the order given.
        order.reverse()
    return [tracks[k] for k in order]


def heights(
    routes: Sequence[Route], tracks: Sequence[Track], sizes: Mapping[str | int, float], gap: float
) -> dict[Place, float]:
    """Return the vertical centre of each place, downwards: ``gap`` apart and near its neighbours.

    ``sizes`` gives the height of each node and of the lane of each long edge.
    """
    return spread(routes, tracks, {place: sizes[place[1]] for track in tracks for place in track}, gap)


def spread(
    routes: Sequence[Route],
    tracks: Sequence[Track],
    sizes: Mapping[Place, float],
    gap: float,
    room: float = math.inf,
) -> dict[Place, float]:
    """Return the centre of each place across the columns: ``gap`` apart and near its neighbours.

    All of it lies between 0 and ``room``, where the tracks need no more: see ``least_room``.
    """
    number = {place: k for k, track in enumerate(tracks) for place in track}
    least = _distances(tracks, sizes, gap)
    near = np.zeros(least.shape)
    for a, b in itertools.chain(*map(itertools.pairwise, routes)):
        if number[a] != number[b]:
            near[number[a], number[b]] += 1
            near[number[b], number[a]] += 1

    y = np.zeros(len(tracks))
    for track in range(len(tracks)):
        y[track] = max(0.0, (y + least[:, track]).max())
    low, high = np.full(len(tracks), -np.inf), np.full(len(tracks), np.inf)
    if room < math.inf:
        half = np.array([max(sizes[place] for place in track) / 2 for track in tracks])
        low, high = half.copy(), room - half
        for track in range(len(tracks)):
            low[track] = max(low[track], (low + least[:, track])[:track].max(initial=-np.inf))
        for track in reversed(range(len(tracks))):
            high[track] = min(high[track], (high - least[track])[track + 1 :].min(initial=np.inf))
        y = low.copy()
    for _ in range(_SWEEPS):
        # Up and down, so that each track makes room for those that want to move past its present place.
        for track in (*reversed(range(len(tracks))), *range(len(tracks))):
            if near[track].any():
                wish = math.fsum(near[track] * y) / near[track].sum()
                lowest, highest = (y + least[:, track]).max(), (y - least[track]).min()
                y[track] = min(max(wish, lowest, low[track]), highest, high[track])
    return {place: float(y[k]) for place, k in number.items()}


def least_room(tracks: Sequence[Track], sizes: Mapping[Place, float], gap: float) -> float:
    """Return how much room these tracks need across the columns.

    >>> least_room([[(0, "a")], [(0, "b"), (1, "c")]], {(0, "a"): 20, (0, "b"): 10, (1, "c"): 30}, gap=5)
    45.0
    """
    least = _distances(tracks, sizes, gap)
    half = np.array([max(sizes[place] for place in track) / 2 for track in tracks])
    centres = half.copy()
    for track in range(len(tracks)):
        centres[track] = max(centres[track], (centres + least[:, track])[:track].max(initial=-np.inf))
    return float((centres + half).max())


def _distances(tracks: Sequence[Track], sizes: Mapping[Place, float], gap: float) -> Any:
    """Return how far track t must stand below track u, at [u, t]; -inf where they never share a column."""
    number = {place: k for k, track in enumerate(tracks) for place in track}
    least = np.full((len(tracks), len(tracks)), -np.inf)
    downwards = sorted(number, key=lambda place: (place[0], number[place]))
    for a, b in itertools.pairwise(downwards):
        if a[0] == b[0]:
            pair = number[a], number[b]
            least[pair] = max(least[pair], (sizes[a] + sizes[b]) / 2 + gap)
    return least
