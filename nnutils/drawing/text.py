"""What is written in a picture: numbers, names with subscripts, and where there is room for a label."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from numbers import Rational
from typing import Any

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from nnutils.core.errors import DrawingError
from nnutils.drawing.style import styled

__all__ = [
    "Box",
    "LINE_SPACING",
    "Point",
    "between",
    "finite",
    "nearest_first",
    "number_text",
    "place_labels",
    "short_number",
    "subscripted",
    "text_size",
]

Point = tuple[float, float]

LINE_SPACING = 1.3
"""From one base line to the next, in font sizes."""

_SUBSCRIPTS = str.maketrans("0123456789-", "₀₁₂₃₄₅₆₇₈₉₋")


def subscripted(text: str) -> str:
    """Lower the index of every name that is one letter and a number; of negative indices only Griewank's v-1.

    >>> [subscripted(text) for text in ("x1", "ln v-1", "v4 + v10", "conv1", "3x3")]
    ['x₁', 'ln v₋₁', 'v₄ + v₁₀', 'conv1', '3x3']
    """
    if "$" in text:
        return text
    return re.sub(
        r"(?<!\w)([A-Za-zα-ω])(\d+)(?!\w)|(?<!\w)(v)(-\d+)(?!\w)",
        lambda found: (found[1] or found[3]) + (found[2] or found[4]).translate(_SUBSCRIPTS),
        text,
    )


def finite(number: Any, what: str) -> float:
    """The number as a float; a DrawingError that names ``what`` if it is not a finite number."""
    try:
        value = float(number)
    except (TypeError, ValueError):
        value = math.nan
    if not math.isfinite(value):
        raise DrawingError(
            f"{what} is {number!r}, which has no place in a picture.", remedy="Use a finite number."
        )
    return value


def number_text(number: Any, *, digits: int | None = None, what: str = "the number") -> str:
    """A number as written in a picture: integers and fractions exactly, other numbers rounded.

    ``digits`` fixes the digits after the point; without it three significant digits are kept. A small number
    is never rounded to a zero.

    Raises:
        DrawingError: not a finite number.

    >>> number_text(-1), number_text(Fraction(1, 2)), number_text(2 / 3), number_text(-0.98943, digits=2)
    ('−1', '1/2', '0.667', '−0.99')
    >>> number_text(1e-9, digits=4)
    '1.0e−9'
    """
    value = finite(number, what)
    if isinstance(number, Rational):
        text = str(Fraction(number))
    elif digits is None:
        text = f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"
    else:
        text = f"{value:.{digits}f}"
        if value and not float(text):
            text = f"{value:.1e}"
    return re.sub(r"e-0?", "e-", text).replace("-", "−")


def short_number(number: Any, *, what: str = "the number") -> str:
    """A size in two or three digits and a unit: k = 10^3, M = 10^6, G = 10^9, T = 10^12.

    >>> short_number(290_400), short_number(4096), short_number(999_999), short_number(885)
    ('290 k', '4.1 k', '1 M', '885')
    """
    value = finite(number, what)
    for unit in ("", " k", " M", " G", " T"):
        digits = f"{value:.1f}" if abs(value) < 9.95 and unit else f"{value:.0f}"
        if unit == "" and value != int(value):
            digits = f"{value:.3g}"
        if abs(float(digits)) < 1000 or unit == " T":
            return digits.removesuffix(".0").replace("-", "−") + unit
        value /= 1000
    raise AssertionError("unreachable: the last unit always returns")


@functools.lru_cache(maxsize=2048)
def text_size(text: str, size: float, weight: str = "normal") -> tuple[float, float]:
    """Width and height in points of a text of one or more lines; an empty text has no size.

    >>> text_size("wide", 10)[0] > text_size("w", 10)[0] > 0
    True
    """
    lines = text.split("\n")
    with styled():
        font = FontProperties(family="sans-serif", weight=weight)
        widths = [
            float(TextPath((0, 0), line, size=size, prop=font).get_extents().width) if line else 0.0
            for line in lines
        ]
    return max(widths), (LINE_SPACING * len(lines) if text else 0.0) * size


def between(a: Point, b: Point, t: float) -> Point:
    """The point on the line from a (t = 0) to b (t = 1)."""
    return a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])


def nearest_first(points: Sequence[Point], wanted: Point) -> list[Point]:
    """The points, the one nearest to the wanted point first."""
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
        """The rectangle of this size about a centre."""
        (x, y), w, h = centre, width / 2, height / 2
        return cls(x - w, y - h, x + w, y + h)

    def overlap(self, other: Box) -> float:
        """Area in common, 0.0 where the two only touch.

        >>> Box(0, 0, 2, 2).overlap(Box(1, 1, 3, 3))
        1
        """
        width = min(self.x1, other.x1) - max(self.x0, other.x0)
        height = min(self.y1, other.y1) - max(self.y0, other.y0)
        return width * height if width > 0 and height > 0 else 0.0

    def is_cut_by(self, path: Sequence[Point]) -> bool:
        """Whether a line through these points enters the rectangle (clipping of Liang and Barsky)."""
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
    """A centre for each label: the candidate that hits no other label or obstacle and hides the fewest lines.

    ``candidates[i]`` lists the places for label ``i``, the preferred one first; ``paths[i]`` is its own line,
    which it may cover. Labels are moved one at a time until none wants to move. Returns the centres and the
    area, in square points, that still overlaps: 0.0 when every label is free.
    """

    def fixed_cost(index: int, spot: Point) -> tuple[float, float]:
        """What stays the same while labels move: the obstacles hit, and the other lines hidden or grazed."""
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

    margin = 2 * clearance
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
