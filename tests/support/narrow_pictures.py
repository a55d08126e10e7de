"""What can be wrong with a picture for a phone: read off what matplotlib really writes and draws.

``narrow_of(wide)`` draws a figure of ours again for a phone, asserts that nothing is wrong with it and that
nothing of the wide one is lost, and returns it. ``faults(figure)`` lists what is wrong with one figure.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.text import Text

from nnutils.drawing.narrow import NARROW, narrow_version
from nnutils.drawing.style import SMALL_FONT_SIZE, styled

__all__ = ["Written", "faults", "lost_words", "narrow_of", "written"]

_SPARE = 0.05
"""In inches: as much wider than asked may a picture be."""

_TOUCH = 0.6
"""In points: two texts may come into each other's box by so much without touching with their ink."""


@dataclass(frozen=True)
class Written:
    """A line of text as drawn: what, how large, its four corners in points, and the artist."""

    text: str
    size: float
    corners: tuple[tuple[float, float], ...]
    artist: Text

    @property
    def sides(self) -> tuple[float, float, float, float]:
        """The rectangle around it: left, bottom, right, top."""
        x, y = zip(*self.corners, strict=True)
        return min(x), min(y), max(x), max(y)


class _Recorder(RendererAgg):
    """A renderer that notes each line of text it is asked to draw."""

    def __init__(self, figure: Figure) -> None:
        super().__init__(*(math.ceil(side * figure.dpi) for side in figure.get_size_inches()), figure.dpi)
        self.lines: list[Written] = []
        self.artist: Any = None

    def draw_text(
        self,
        gc: Any,
        x: float,
        y: float,
        s: str,
        prop: Any,
        angle: float,
        ismath: Any = False,
        mtext: Any = None,
    ) -> None:
        if not s.strip():
            return
        scale = 72 / self.dpi
        width, height, descent = (
            scale * side for side in self.get_text_width_height_descent(s, prop, ismath)
        )
        # the renderer counts downwards, and (x, y) is where the base line begins
        start = np.array([scale * x, scale * (self.height - y)])
        turn = math.radians(angle)
        along, up = np.array([math.cos(turn), math.sin(turn)]), np.array([-math.sin(turn), math.cos(turn)])
        low, high = start - descent * up, start + (height - descent) * up
        corners = [low, low + width * along, high + width * along, high]
        spots = tuple((float(a), float(b)) for a, b in corners)
        self.lines.append(Written(s, prop.get_size_in_points(), spots, self.artist))


def written(figure: Figure) -> list[Written]:
    """Return every line of text that the figure draws, with its place."""
    draw = Text.draw

    def noted(text: Text, renderer: Any, *more: Any) -> None:
        renderer.artist = text  # which matplotlib itself does not say of a text of several lines
        draw(text, renderer, *more)

    with styled():
        figure.draw_without_rendering()  # settles the layout
        recorder = _Recorder(figure)
        with patch.object(Text, "draw", noted):
            figure.draw(recorder)
    return recorder.lines


def faults(figure: Figure, *, edges: bool = True, width: float = NARROW) -> list[str]:
    """Return what is wrong with a picture that is to be shown on a phone, one line each.

    ``edges=False`` leaves out texts that the edge of a box, bar or circle runs through. (A text with a
    background of its own may cover an edge.)
    """
    lines = written(figure)
    found = []
    if figure.get_figwidth() > width + _SPARE:
        found.append(f"the figure is {figure.get_figwidth():.2f} in wide, more than {width}")
    with styled():
        box = figure.get_tightbbox(_Recorder(figure))
    if box.width > width + _SPARE:
        found.append(f"what is drawn is {box.width:.2f} in wide, more than {width}")
    room = 72 * figure.get_figwidth(), 72 * figure.get_figheight()
    for line in lines:
        if line.size < SMALL_FONT_SIZE - 1e-6:
            found.append(f"{line.text!r} has letters of {line.size:g} points")
        left, low, right, high = line.sides
        if min(left, low, room[0] - right, room[1] - high) < -_TOUCH:
            found.append(
                f"{line.text!r} is outside of the figure: {left:.0f} to {right:.0f} of {room[0]:.0f}"
            )
    for one, other in itertools.combinations(lines, 2):
        if one.artist is not other.artist and _overlap(one.corners, other.corners):
            found.append(f"{one.text!r} and {other.text!r} overlap")
    return found + (_crossed(figure, lines) if edges else [])


def lost_words(wide: Figure, thin: Figure) -> list[str]:
    """Return the words written in one figure and not in another, without the labels of ticks."""
    shown = written(wide)  # before the ticks are asked for, which drawing may replace
    ticks = {
        id(text)
        for axes in wide.axes
        for axis in (axes.xaxis, axes.yaxis)
        for text in axis.get_ticklabels(which="both")
    }
    kept = set(_words(line.text for line in written(thin)))
    said = (line.text for line in shown if id(line.artist) not in ticks)
    return [word for word in dict.fromkeys(_words(said)) if word not in kept]


def narrow_of(
    wide: Figure, *, edges: bool = True, left_out: Iterable[str] = (), width: float = NARROW
) -> Figure:
    """Return a figure of ours drawn for a phone, after asserting that it is readable and says the same.

    ``left_out`` lists words that only the wide picture has; ``width`` is for an input that no phone can hold.
    """
    thin = narrow_version(wide)
    assert thin is not None, "the function that drew this figure is not marked as drawn"
    found, lost = faults(thin, edges=edges, width=width), set(lost_words(wide, thin)) - set(left_out)
    assert not found, found
    assert not lost, lost
    return thin


def _words(texts: Iterable[str]) -> list[str]:
    return [word for text in texts for word in re.split(r"[\s]+", text) if word]


def _overlap(one: Sequence[tuple[float, float]], other: Sequence[tuple[float, float]]) -> bool:
    """Tell whether two rectangles, turned or not, have more than a touch in common: separating axes."""
    for corners in (one, other):
        for (x0, y0), (x1, y1) in itertools.pairwise(corners[:3]):
            length = math.hypot(x1 - x0, y1 - y0) or 1.0
            way = (x1 - x0) / length, (y1 - y0) / length
            spans = [[x * way[0] + y * way[1] for x, y in shape] for shape in (one, other)]
            if min(max(spans[0]), max(spans[1])) - max(min(spans[0]), min(spans[1])) <= _TOUCH:
                return False
    return True


def _crossed(figure: Figure, lines: Sequence[Written]) -> list[str]:
    """Return a line for each text through which the edge of an area runs that is drawn before it."""
    scale = 72 / figure.dpi
    backgrounds = {id(axes.patch) for axes in figure.axes} | {id(figure.patch)}
    backgrounds |= {id(text.get_bbox_patch()) for text in figure.findobj(Text) if text.get_bbox_patch()}
    found = []
    for area in figure.findobj(Patch):
        if id(area) in backgrounds or not area.get_visible() or not area.axes:
            continue
        seen = area.get_clip_box() if area.get_clip_on() else None
        frame = (
            scale * seen.extents if seen is not None else np.array([-np.inf] * 2 + [np.inf] * 2)
        ).tolist()
        outline = area.get_transform().transform_path(area.get_path())
        for piece in outline.to_polygons(closed_only=False):
            points = scale * np.asarray(piece)
            for line in lines:
                shown = _common(line.sides, frame)  # the edge is not drawn elsewhere
                if line.artist.get_bbox_patch() is None and _cuts(points, shown):
                    found.append(f"the edge of a {type(area).__name__} runs through {line.text!r}")
    return list(dict.fromkeys(found))


def _common(one: Sequence[float], other: Sequence[float]) -> tuple[float, float, float, float]:
    """Return the rectangle that two have in common; its sides are the wrong way round if there is none."""
    (a, b, c, d), (e, f, g, h) = one, other
    return max(a, e), max(b, f), min(c, g), min(d, h)


def _cuts(points: Any, sides: tuple[float, float, float, float]) -> bool:
    """Tell whether a line through these points enters a rectangle by more than a touch."""
    left, low, right, high = sides
    left, low, right, high = left + _TOUCH, low + _TOUCH, right - _TOUCH, high - _TOUCH
    if left >= right or low >= high:
        return False
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        enter, leave = 0.0, 1.0
        for start, end, least, most in ((x0, x1, left, right), (y0, y1, low, high)):
            step = end - start
            if step == 0:
                if not least < start < most:
                    break
                continue
            first, last = sorted(((least - start) / step, (most - start) / step))
            enter, leave = max(enter, first), min(leave, last)
        else:
            if enter < leave:
                return True
    return False
