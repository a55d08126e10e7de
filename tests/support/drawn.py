"""A finished picture as its reader sees it: the words and shapes of its SVG, with places, sizes and colours.

`seen(figure)` reads the light picture, `seen(figure, dark=True)` that of a dark page. Places are in points
from the upper left corner, y downwards, as in the SVG.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from xml.etree import ElementTree

import numpy as np
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import TextPath

from nnutils.drawing import to_svg
from nnutils.drawing.dark import in_the_dark

__all__ = ["Drawn", "Shape", "Spot", "Word", "read", "seen"]

Spot = tuple[float, float]

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")
_STEP = re.compile(r"([MLQCz])([^MLQCz]*)")
_ENDS = {"start": 0.0, "middle": 0.5, "end": 1.0}
_LINK = "{http://www.w3.org/1999/xlink}href"
_HIDDEN = {"defs", "metadata", "clipPath", "style"}
_CURVE = 8  # pieces in which a curve is read


@dataclass(frozen=True)
class _Ink:
    """What words and shapes have in common: the groups they are in, the outermost first, and their order."""

    groups: tuple[str, ...]
    order: int
    left: float
    top: float
    right: float
    bottom: float

    @property
    def centre(self) -> Spot:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def within(self, start: str) -> bool:
        """Whether one of the groups around has a name that begins so: `axes_1`, `legend`, `xtick`, a mark."""
        return any(re.fullmatch(rf"{re.escape(start)}(_?\d+)?", group) for group in self.groups)

    def holds(self, spot: Spot) -> bool:
        return self.left < spot[0] < self.right and self.top < spot[1] < self.bottom


@dataclass(frozen=True)
class Word(_Ink):
    """A line of text: its ink's box, where it begins on its base line, its letters, colour and turn."""

    text: str
    size: float
    bold: bool
    colour: str
    angle: float


@dataclass(frozen=True)
class Shape(_Ink):
    """A line or an area: its points one by one, the colours of both, `""` where there is none.

    The box is that of the part that is shown, where the axes cut off the rest.
    """

    points: tuple[Spot, ...]
    closed: bool
    fill: str
    stroke: str
    width: float
    dashes: tuple[float, ...]

    @property
    def ends(self) -> tuple[Spot, Spot]:
        return self.points[0], self.points[-1]

    def covers(self, spot: Spot) -> bool:
        """Whether it is an area with a fill that a spot lies in."""
        inside = self.fill and self.closed and len(self.points) > 2 and self.holds(spot)
        return bool(inside) and bool(Path(np.array(self.points)).contains_point(spot))


@dataclass(frozen=True)
class Drawn:
    """A whole picture."""

    width: float
    height: float
    words: tuple[Word, ...]
    shapes: tuple[Shape, ...]

    def texts(self, within: str = "") -> list[str]:
        """The texts in the order in which they are drawn, or those in a group of this name."""
        return [word.text for word in self.words if not within or word.within(within)]

    def word(self, text: str, within: str = "") -> Word:
        """The only word that reads so."""
        (found,) = [word for word in self.words if word.text == text and (not within or word.within(within))]
        return found

    def marked(self, name: str, within: str = "") -> list[Shape]:
        """The shapes in a group of this name."""
        return [one for one in self.shapes if one.within(name) and (not within or one.within(within))]

    def parts(self, start: str) -> list[str]:
        """The names of the groups that are numbered: `axes_1`, `axes_2` for `axes`."""
        names = dict.fromkeys(group for one in (*self.words, *self.shapes) for group in one.groups)
        return [name for name in names if re.fullmatch(rf"{start}_\d+", name)]

    def ticks(self, axis: str, within: str = "") -> list[tuple[str, float]]:
        """The labels along "x" or "y" with the place of their marks, in points."""
        found = []
        for word in self.words:
            tick = next((group for group in word.groups if re.fullmatch(rf"{axis}tick_\d+", group)), None)
            if tick and (not within or word.within(within)):
                marks = [one for one in self.shapes if tick in one.groups]
                place = marks[-1].points[0] if marks else word.centre
                found.append((word.text, place[axis == "y"]))
        return found

    def scale(self, axis: str, within: str = "", *, log: bool = False) -> Callable[[float], float]:
        """The function from places to numbers that the first and the last tick of an axis stand for."""
        ticks = [(_value(text), place) for text, place in self.ticks(axis, within)]
        (first, start), (last, end) = ticks[0], ticks[-1]
        if not log:
            return lambda place: first + (place - start) / (end - start) * (last - first)
        return lambda place: first * (last / first) ** ((place - start) / (end - start))


_UNITS = {"k": 1e3, "M": 1e6, "G": 1e9, "%": 1.0}


def _value(text: str) -> float:
    number, _, unit = text.replace("−", "-").replace("½", "0.5").partition(" ")
    return float(number) * _UNITS.get(unit, 1.0)


def seen(figure: Figure, *, dark: bool = False) -> Drawn:
    """Read a figure as it is stored in a notebook, or as a dark page shows it."""
    svg = to_svg(figure)
    return read(in_the_dark(svg) if dark else svg)


def read(svg: str) -> Drawn:
    """Read the SVG text of a picture that matplotlib wrote."""
    root = ElementTree.fromstring(svg)
    _, _, width, height = (float(side) for side in root.get("viewBox", "").split())
    shapes = {each.get("id", ""): each for each in root.iter() if each.get("d") and each.get("id")}
    frames = {each.get("id", ""): each[0] for each in root.iter() if _name(each) == "clipPath"}
    black = root.get("fill", "#000000")
    words: list[Word] = []
    found: list[Shape] = []
    order = 0
    for each, groups in _walk(root, ()):
        tag, order = _name(each), order + 1
        if tag == "text" and "".join(each.itertext()).strip():
            words += _words(each, groups, order, black)
        elif tag == "path":
            frame = frames.get(each.get("clip-path", "")[5:-1])
            found.append(_shape(each, each, (0.0, 0.0), groups, order, frame))
        elif tag == "use":
            model = shapes[each.get(_LINK, "")[1:]]
            found.append(
                _shape(model, each, (float(each.get("x", 0)), float(each.get("y", 0))), groups, order)
            )
    return Drawn(width, height, tuple(words), tuple(found))


def _walk(
    parent: ElementTree.Element, groups: tuple[str, ...]
) -> Iterator[tuple[ElementTree.Element, tuple[str, ...]]]:
    """Yield what is drawn, in order; a formula's texts come with the group that places them."""
    for each in parent:
        if _name(each) in _HIDDEN:
            continue
        own = (*groups, each.get("id", "")) if each.get("id") else groups
        if _name(each) == "g" and each.get("transform") and each.find("{*}text") is not None:
            formula = each.find("{*}text")
            assert formula is not None
            formula.set("placed", each.get("transform", ""))
            formula.set("style", each.get("style", ""))
        yield each, own
        yield from _walk(each, own)


def _name(each: ElementTree.Element) -> str:
    return each.tag.rpartition("}")[2]


def _style(each: ElementTree.Element) -> dict[str, str]:
    pairs = (part.partition(":") for part in each.get("style", "").split(";") if part.strip())
    return {name.strip(): value.strip() for name, _, value in pairs}


def _numbers(text: str) -> list[float]:
    return [float(found) for found in _NUMBER.findall(text)]


def _words(each: ElementTree.Element, groups: tuple[str, ...], order: int, black: str) -> list[Word]:
    style = _style(each)
    text = "".join(each.itertext())
    letters = style
    moved = each.get("placed") or each.get("transform") or ""
    x, y = float(each.get("x", 0)), float(each.get("y", 0))
    if found := re.search(r"translate\(([^)]*)\)", moved):
        x, y = _numbers(found[1])
    if each.get("placed"):  # a formula: its signs have places of their own
        letters = _style(each[0])
        text = "".join(text.split())
    font = f"{letters.get('font', '')} {letters.get('font-size', '')}"
    size = float(re.findall(r"([\d.]+)px", font)[0])
    bold = "bold" in font or letters.get("font-weight") in {"bold", "700"}
    turned = re.search(r"rotate\((-?[\d.]+)", moved)
    angle = -float(turned[1]) if turned else 0.0
    left, low, wide, high = _ink(text, size, bold)
    shift = _ENDS[style.get("text-anchor", "start")] * (wide + left)
    turn = math.radians(-angle)
    corners = [
        (x + a * math.cos(turn) - b * math.sin(turn), y + a * math.sin(turn) + b * math.cos(turn))
        for a in (left - shift, left + wide - shift)
        for b in (-low - high, -low)
    ]
    across, down = [a for a, _ in corners], [b for _, b in corners]
    colour = style.get("fill", black)
    return [
        Word(groups, order, min(across), min(down), max(across), max(down), text, size, bold, colour, angle)
    ]


@cache
def _ink(text: str, size: float, bold: bool) -> tuple[float, float, float, float]:
    """Where the ink of a text is, from the beginning of its base line, y upwards: left, low, wide, high."""
    font = FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal")
    box = TextPath((0, 0), text.replace("$", r"\$"), size=size, prop=font).get_extents()
    return float(box.x0), float(box.y0), float(box.width), float(box.height)


def _shape(
    model: ElementTree.Element,
    each: ElementTree.Element,
    at: Spot,
    groups: tuple[str, ...],
    order: int,
    frame: ElementTree.Element | None = None,
) -> Shape:
    style = _style(model) | _style(each)
    points, closed = _points(model.get("d", ""))
    moved = [(x + at[0], y + at[1]) for x, y in points]
    left, top, right, bottom = _box(moved, frame)
    fill, stroke = style.get("fill", "#000000"), style.get("stroke", "none")
    return Shape(
        groups,
        order,
        left,
        top,
        right,
        bottom,
        tuple(moved),
        closed,
        "" if fill == "none" or float(style.get("fill-opacity", style.get("opacity", 1))) == 0 else fill,
        "" if stroke == "none" else stroke,
        float(style.get("stroke-width", 1)) if stroke != "none" else 0.0,
        tuple(_numbers(style.get("stroke-dasharray", ""))),
    )


def _box(points: list[Spot], frame: ElementTree.Element | None) -> tuple[float, float, float, float]:
    """The rectangle around points, within the one that cuts it off."""
    if not points:
        return 0.0, 0.0, 0.0, 0.0
    (left, right), (top, bottom) = ((min(side), max(side)) for side in zip(*points, strict=True))
    if frame is not None and frame.get("width"):
        x, y, wide, tall = (float(frame.get(name, 0)) for name in ("x", "y", "width", "height"))
        left, top, right, bottom = max(left, x), max(top, y), min(right, x + wide), min(bottom, y + tall)
    return left, top, right, bottom


def _points(path: str) -> tuple[list[Spot], bool]:
    """The points that a path goes through, curves in pieces, and whether it comes back to its beginning."""
    points: list[Spot] = []
    for letter, rest in _STEP.findall(path):
        numbers = _numbers(rest)
        given = list(zip(numbers[::2], numbers[1::2], strict=True))
        if letter in "ML":
            points += given
        elif letter in "QC":
            points += _curve([points[-1], *given])
    return points, path.rstrip().endswith("z")


def _curve(controls: list[Spot]) -> list[Spot]:
    """Points of a Bézier curve after its beginning (de Casteljau)."""
    found = []
    for number in range(1, _CURVE + 1):
        level, share = controls, number / _CURVE
        while len(level) > 1:
            level = [
                (a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1]))
                for a, b in zip(level, level[1:], strict=False)
            ]
        found.append(level[0])
    return found
