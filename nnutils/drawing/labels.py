"""Where there is room for the labels of a drawing: on their own lines, clear of one another."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from nnutils.drawing.canvas import Point

__all__ = [
    "Box",
    "between",
    "nearest_first",
    "place_labels",
]


def between(a: Point, b: Point, t: float) -> Point:
    """Return the point on the line from a (t = 0) to b (t = 1)."""
    return a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])


def nearest_first(points: Sequence[Point], wanted: Point) -> list[Point]:
    """Return the points, the one nearest to the wanted point first."""
    return sorted(points, key=lambda point: math.dist(point, wanted))


@dataclass(frozen=True)
class Box:
    """A rectangle in points, as taken up by a node or a label."""

    x0: float
    y0: float
    x1: float
    y1: float

    @classmethod
    def around(cls, centre: Point, width: float, height: float) -> Box:
        """Return the rectangle of this size about a centre."""
        (x, y), w, h = centre, width / 2, height / 2
        return cls(x - w, y - h, x + w, y + h)

    def overlap(self, other: Box) -> float:
        """Return the area in common, 0.0 where the two only touch.

        >>> Box(0, 0, 2, 2).overlap(Box(1, 1, 3, 3))
        1
        """
        width = min(self.x1, other.x1) - max(self.x0, other.x0)
        height = min(self.y1, other.y1) - max(self.y0, other.y0)
        return width * height if width > 0 and height > 0 else 0.0

    def is_cut_by(self, path: Sequence[Point]) -> bool:
        """Tell whether a line through these points enters the rectangle (clipping of Liang and Barsky)."""
        return any(self._clips(a, b) for a, b in zip(path, path[1:], strict=False))

    def _clips(self, a: Point, b: Point) -> bool:
        enter, leave = 0.0, 1.0
        for start, end, low, high in ((a[0], b[0], self.x0, self.x1), (a[1], b[1], self.y0, self.y1)):
            step = end - start
            if step == 0:
                if not low < start < high:
                    return False
                continue
            first, last = sorted(((low - start) / step, (high - start) / step))
            enter, leave = max(enter, first), min(leave, last)
        return enter < leave


def place_labels(
    candidates: Sequence[Sequence[Point]],
    sizes: Sequence[tuple[float, float]],
    paths: Sequence[Sequence[Point]],
    obstacles: Sequence[Box],
    clearance: float = 3.0,
) -> tuple[list[Point], float]:
    """Choose a centre for each label: where it hits no other label or obstacle and hides the fewest lines.

    ``candidates[i]`` lists the places for label ``i``, the preferred one first; ``paths[i]`` is its own line,
    which it may cover. Labels are moved one at a time until none wants to move. Returns the centres and the
    area, in square points, that still overlaps: 0.0 when every label is free.
    """

    margin = 2 * clearance

    def fixed_cost(index: int, spot: Point) -> tuple[float, float]:
        """Return the part of the cost that no other label changes: obstacles hit, lines hidden or grazed."""
        width, height = sizes[index]
        box, wide = Box.around(spot, width, height), Box.around(spot, width + margin, height + margin)
        hit = math.fsum(box.overlap(obstacle) for obstacle in obstacles)
        other_paths = [path for k, path in enumerate(paths) if k != index]
        return hit, sum(box.is_cut_by(path) + wide.is_cut_by(path) for path in other_paths)

    def cost(index: int, place: int) -> tuple[float, float]:
        spot, (width, height) = candidates[index][place], sizes[index]
        box, wide = Box.around(spot, width, height), Box.around(spot, width + margin, height + margin)
        others = [Box.around(candidates[k][chosen[k]], *sizes[k]) for k in range(len(chosen)) if k != index]
        hit, crossed = fixed[index][place]
        hit += math.fsum(box.overlap(other) for other in others)
        near = sum(wide.overlap(other) > 0 for other in others)
        return hit, near + crossed + place / 1000

    fixed = [[fixed_cost(index, spot) for spot in spots] for index, spots in enumerate(candidates)]
    chosen = [0] * len(candidates)
    for _ in range(20):
        before = list(chosen)
        for index, spots in enumerate(candidates):
            chosen[index] = min(range(len(spots)), key=functools.partial(cost, index))
        if chosen == before:
            break
    centres = [candidates[index][place] for index, place in enumerate(chosen)]
    return centres, math.fsum(cost(index, place)[0] for index, place in enumerate(chosen))
