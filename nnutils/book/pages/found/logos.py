"""A logo drawn from its SVG: plain shapes in plain colours, which is what logos are made of."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path import parse_path
from fontTools.svgLib.path.shapes import PathBuilder
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline
from PIL import Image

from nnutils.core.errors import DrawingError

__all__ = ["Logo", "read_logo"]

_SVG = "{http://www.w3.org/2000/svg}"
_SHAPES = ("rect", "circle", "ellipse", "line", "polyline", "polygon", "path")
_INHERITED = ("fill", "stroke", "stroke-width")
_SILENT = ("title", "desc", "metadata")
_CODES = {
    "moveTo": [int(Outline.MOVETO)],
    "lineTo": [int(Outline.LINETO)],
    "qCurveTo": [int(Outline.CURVE3)] * 2,
    "curveTo": [int(Outline.CURVE4)] * 3,
}


@dataclass(frozen=True)
class _Part:
    outline: Outline
    fill: str
    stroke: str
    width: float


@dataclass(frozen=True)
class Logo:
    """A logo: its parts from the back to the front, and its box (left, top, width, height)."""

    parts: tuple[_Part, ...]
    box: tuple[float, float, float, float]

    def draw(self, axes: Axes) -> None:
        """Draw the logo so that its box fills the axes, which have no frame afterwards."""
        left, top, width, height = self.box
        figure = axes.get_figure(root=True)
        assert figure is not None
        side = min(
            axes.get_position().width * figure.get_figwidth() / width,
            axes.get_position().height * figure.get_figheight() / height,
        )
        for part in self.parts:
            axes.add_patch(
                PathPatch(
                    part.outline,
                    facecolor=part.fill,
                    edgecolor=part.stroke,
                    linewidth=part.width * side * 72,
                    capstyle="butt",
                    joinstyle="miter",
                )
            )
        axes.set(xlim=(left, left + width), ylim=(top + height, top), aspect="equal")
        axes.set_axis_off()

    def picture(self, side: int, background: str = "none") -> Image.Image:
        """Return the logo as a square picture of so many pixels: drawn four times as large, made smaller."""
        figure = Figure(figsize=(1, 1), dpi=4 * side, facecolor=background)
        self.draw(figure.add_axes((0.0, 0.0, 1.0, 1.0)))
        target = BytesIO()
        figure.savefig(target, format="png", facecolor=figure.get_facecolor(), metadata={"Software": None})
        with Image.open(target) as large:
            return large.convert("RGBA").resize((side, side), Image.Resampling.LANCZOS)


def read_logo(file: Path) -> Logo:
    """Read a logo from an SVG file.

    Raises:
        DrawingError: where the file cannot be read, or has more than plain shapes in plain colours.
    """
    try:
        root = ElementTree.parse(file).getroot()
        box = [float(one) for one in (root.get("viewBox") or "").replace(",", " ").split()]
    except (OSError, ElementTree.ParseError, ValueError) as error:
        raise DrawingError(f"{file.name} cannot be read as SVG: {error}") from None
    if len(box) != 4:
        raise DrawingError(f"{file.name} has no viewBox with four numbers, so its size is not known.")
    parts: list[_Part] = []
    _collect(root, {"fill": "#000000", "stroke": "none", "stroke-width": "1"}, parts, file.name)
    return Logo(tuple(parts), (box[0], box[1], box[2], box[3]))


def _collect(element: ElementTree.Element, style: dict[str, str], parts: list[_Part], name: str) -> None:
    kind = element.tag.removeprefix(_SVG)
    style = style | {key: element.attrib[key] for key in _INHERITED if key in element.attrib}
    if kind in _SILENT:
        return
    if "transform" in element.attrib or "style" in element.attrib or "class" in element.attrib:
        raise DrawingError(f"{name} has a <{kind}> with a transform or a style, which are not drawn here.")
    if kind in _SHAPES:
        fill = "none" if kind in ("line", "polyline") else style["fill"]
        parts.append(_Part(_outline(element), fill, style["stroke"], float(style["stroke-width"])))
    elif kind in ("svg", "g"):
        for child in element:
            _collect(child, style, parts, name)
    else:
        raise DrawingError(f"{name} has a <{kind}>, which is not drawn here: plain shapes are.")


def _outline(element: ElementTree.Element) -> Outline:
    builder, pen = PathBuilder(), RecordingPen()
    builder.add_path_from_element(element)
    for path in builder.paths:
        parse_path(path, pen)
    points: list[tuple[float, float]] = []
    codes: list[int] = []
    for command, places in pen.value:
        if command in _CODES:
            points += places
            codes += _CODES[command]
        elif command == "closePath":
            points.append(points[-1])
            codes.append(int(Outline.CLOSEPOLY))
    return Outline(points, codes)
