"""A graph from top to bottom in a given width: which nodes stand side by side, and where.

Nodes that are too wide to stand side by side go to levels of their own, as Coffman and Graham (1972) fill
machines with jobs: from the last node upwards, the one with the longest way from the inputs first. A label
on an edge takes a place as a node does, so nothing has to be found for it afterwards.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from nnutils.drawing.graph.layout import Place, Route, Track, least_room, spread

__all__ = [
    "Key",
    "levels_within",
    "pack",
]

Key = str | int
"""A node by its id, or the label of an edge by the edge's number."""


def levels_within(
    widths: Mapping[Key, float],
    links: Sequence[tuple[Key, Key]],
    stay_first: Collection[Key],
    room: float,
    gap: float,
    lane: float,
) -> dict[Key, int]:
    """Return the level of each node and label, counted from the top; no level is wider than the room.

    What is wider by itself has a level for itself. ``stay_first`` stands above all others. ``gap`` lies
    between two neighbours; ``lane`` is the width of an edge that passes a level. The links form no circle.

    >>> widths = {"x": 9, "a": 9, "b": 9, "y": 9}
    >>> links = [("x", "a"), ("x", "b"), ("a", "y"), ("b", "y")]
    >>> levels_within(widths, links, ["x"], room=30, gap=5, lane=2)
    {'x': 0, 'a': 1, 'b': 1, 'y': 2}
    >>> levels_within(widths, links, ["x"], room=20, gap=5, lane=2)
    {'x': 0, 'a': 2, 'b': 1, 'y': 3}
    """
    depth = _depths(widths, links)
    leaving = {key: [k for k, (start, _) in enumerate(links) if start == key] for key in widths}
    waiting, found = list(widths), dict[Key, int]()
    passing: set[int] = set()  # the links whose end is placed, and whose start is not
    level = 0
    while waiting:
        ready = [key for key in waiting if all(k in passing for k in leaving[key])]
        if any(key not in stay_first for key in waiting):
            ready = [key for key in ready if key not in stay_first]
        taken, used = list[Key](), len(passing) * (lane + gap) - gap
        for key in sorted(ready, key=lambda key: -depth[key]):
            more = widths[key] + gap - len(leaving[key]) * (lane + gap)
            if not taken or used + more <= room:
                taken.append(key)
                used += more
        found |= dict.fromkeys(taken, level)
        waiting = [key for key in waiting if key not in found]
        passing -= {k for key in taken for k in leaving[key]}
        passing |= {k for k, (_, end) in enumerate(links) if end in taken}
        level += 1
    return {key: level - 1 - found[key] for key in widths}


def _depths(keys: Collection[Key], links: Sequence[tuple[Key, Key]]) -> dict[Key, int]:
    """Return how many links the longest way to each has."""
    depth = dict.fromkeys(keys, 0)
    for _ in depth:
        longer = {end: depth[start] + 1 for start, end in links if depth[start] + 1 > depth[end]}
        if not longer:
            break
        depth |= longer
    return depth


def pack(
    routes: Sequence[Route], tracks: Sequence[Track], sizes: Mapping[Place, float], room: float, gap: float
) -> dict[Place, float]:
    """Return the centre of each place across the levels, between 0 and the room.

    A level that is wider than the room by itself gets what it needs. A track is a straight line. Where the lines need more than the room, some are bent, as few as will do.

    >>> sizes = {(0, "a"): 20, (0, 1): 2, (1, 0): 2, (1, "b"): 20}
    >>> pack([], [[(0, "a"), (1, 0)], [(0, 1), (1, "b")]], sizes, 30, 5)
    {(0, 'a'): 10.0, (1, 0): 1.0, (0, 1): 26.0, (1, 'b'): 17.0}
    """
    tracks = [list(track) for track in tracks]
    needed = least_room(tracks, sizes, gap)
    while needed > room:
        cuts = [
            (least_room(cut, sizes, gap), number, cut) for number, cut in enumerate(_with_one_cut(tracks))
        ]
        if not cuts:
            break
        needed, _, tracks = min(cuts, key=lambda cut: cut[:2])
    return spread(routes, tracks, sizes, gap, max(room, needed))


def _with_one_cut(tracks: Sequence[Track]) -> list[list[Track]]:
    """Return the tracks with one of them cut in two, in every way; in each level the order stays."""
    return [
        [*tracks[:k], tracks[k][:cut], tracks[k][cut:], *tracks[k + 1 :]]
        for k in range(len(tracks))
        for cut in range(1, len(tracks[k]))
    ]
