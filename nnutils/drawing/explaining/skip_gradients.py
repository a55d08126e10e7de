"""How a gradient flows back through the two skips of a residual block."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch

from nnutils.core.errors import DrawingError
from nnutils.drawing.canvas import Point, point_axes, write
from nnutils.drawing.describing import described
from nnutils.drawing.explaining.upright_skips import draw_upright
from nnutils.drawing.narrow import drawn, is_narrow
from nnutils.drawing.style import FONT_SIZE, PALETTE, SMALL_FONT_SIZE, WIDTH, styled
from nnutils.drawing.text import drawn_number

__all__ = [
    "draw_skip_gradients",
]

_NODES = {"x": 36.0, "h": 250.0, "y": 464.0}
_BOXES = {"W x + b": 105.0, "φ(z)": 180.0, "V h + c": 319.0, "φ(r)": 394.0}
_BACKWARD = {"Wᵀ z̄": 105.0, "⊙ φ′(z)": 180.0, "Vᵀ r̄": 319.0, "⊙ φ′(r)": 394.0}
_BOX = (58.0, 26.0)
_RADIUS = 15.0
_ARC = 46.0
_ASIDE = 5.0
_ROWS = {"forwards": 206.0, "backwards": 84.0}
"""In points, from the lower left corner: the columns of the nodes and boxes, their sizes, the two rows."""
_ADJOINTS = ("y", "r", "h", "z", "x")


@drawn
def draw_skip_gradients(
    sizes: Mapping[str, Any], *, title: str | None = None, alt: str | None = None
) -> Figure:
    """Draw h = φ(W x + b) + x, y = φ(V h + c) + h: the values forwards, and below the adjoints backwards.

    ``sizes`` are the lengths of vectors that flow back: of the adjoints y, r, h, z and x, and of the terms
    "Vr" and "Wz" that the layers add, by these names. They are written beside the arrows. ``alt`` is the
    alternative text; without it, one is computed from the sizes.

    Raises:
        DrawingError: sizes under other names, or that are not finite numbers.

    Source: He et al. (2016), figure 2, with a skip around each of the two layers.

    >>> figure = draw_skip_gradients({"y": 2, "r": 1, "Vr": 1, "h": 3, "z": 1, "Wz": 2, "x": 4})
    >>> [text.get_text() for text in figure.axes[0].texts if text.get_gid() == "size"]
    ['2', '1', '1', '3', '1', '2', '4']
    """
    wanted = [*_ADJOINTS, "Vr", "Wz"]
    if sorted(sizes) != sorted(wanted):
        raise DrawingError(
            f"draw_skip_gradients: sizes of {sorted(sizes)}.", remedy=f"Give those of {', '.join(wanted)}."
        )
    text = {name: drawn_number(float(size), what=f"the size of {name}") for name, size in sizes.items()}
    with styled():
        if is_narrow():
            figure = draw_upright(text, title)
        else:
            figure, axes = point_axes(72 * WIDTH, 284.0, title, None, "draw_skip_gradients")
            _draw_values(axes, _ROWS["forwards"])
            _draw_adjoints(axes, _ROWS["backwards"], text)
    through_v, through_w = text["Vr"], text["Wz"]
    told = (
        f"{title or 'A residual block'}. Above, values go from x through a layer to h and through a layer to "
        "y; an arc adds x to h, another adds h to y. Below, adjoints go back: ȳ, of length "
        f"{text['y']}, passes the arc as it is, and becomes {through_v} in the layer; together they are h̄, "
        f"of length {text['h']}. In the same way h̄ and the {through_w} from the other layer make x̄, of "
        f"length {text['x']}."
    )
    return described(figure, alt, None, told)


def _draw_values(axes: Axes, y: float) -> None:
    write(axes, (36, y + 66), "forwards", FONT_SIZE, PALETTE.ink, bold=True)
    _parts(axes, y, _BOXES, PALETTE.blue_tint, {name: name for name in _NODES})
    stops = _stops(_BOXES)
    for before, after in zip(stops, stops[1:], strict=False):
        _arrow(axes, (before[1], y), (after[0], y), PALETTE.ink)
    for first, last in (("x", "h"), ("h", "y")):
        _arc(axes, _NODES[first], _NODES[last], y, PALETTE.positive)
        write(
            axes,
            ((_NODES[first] + _NODES[last]) / 2, y + _ARC),
            f"+ {first}",
            FONT_SIZE,
            PALETTE.value_text,
            on_card=True,
        )


def _draw_adjoints(axes: Axes, y: float, text: Mapping[str, str]) -> None:
    write(axes, (40, y + 66), "backwards", FONT_SIZE, PALETTE.ink, bold=True)
    _parts(axes, y, _BACKWARD, PALETTE.orange_tint, {"x": "x̄", "h": "h̄", "y": "ȳ"})
    stops = _stops(_BACKWARD)
    for before, after in zip(stops, stops[1:], strict=False):
        _arrow(axes, (after[0], y), (before[1], y), PALETTE.negative)
    below = y - 42
    for name, spot in (
        ("y", _NODES["y"]),
        ("r", (_BACKWARD["⊙ φ′(r)"] + _BACKWARD["Vᵀ r̄"]) / 2),
        ("Vr", (_BACKWARD["Vᵀ r̄"] + _NODES["h"]) / 2 - 6),
        ("h", _NODES["h"]),
        ("z", (_BACKWARD["⊙ φ′(z)"] + _BACKWARD["Wᵀ z̄"]) / 2),
        ("Wz", (_BACKWARD["Wᵀ z̄"] + _NODES["x"]) / 2 - 6),
        ("x", _NODES["x"]),
    ):
        bold = name in _NODES
        drop = below if bold else y - 24
        write(axes, (spot, drop), text[name], SMALL_FONT_SIZE, PALETTE.adjoint_text, gid="size", bold=bold)
    for first, last in (("x", "h"), ("h", "y")):
        _arc(axes, _NODES[first], _NODES[last], y, PALETTE.negative, back=True)
        middle = (_NODES[first] + _NODES[last]) / 2
        label = f"{last}̄   {text[last]}"
        write(axes, (middle, y + _ARC), label, FONT_SIZE, PALETTE.adjoint_text, gid="skip", on_card=True)
    note = "numbers: the lengths of the vectors that flow back"
    write(axes, (36 * WIDTH, 14), note, SMALL_FONT_SIZE, PALETTE.muted)


def _parts(axes: Axes, y: float, boxes: Mapping[str, float], tint: str, names: Mapping[str, str]) -> None:
    width, height = _BOX
    for label, x in boxes.items():
        axes.add_patch(
            FancyBboxPatch(
                (x - width / 2, y - height / 2),
                width,
                height,
                boxstyle="round,pad=0,rounding_size=4",
                facecolor=tint,
                edgecolor=PALETTE.ink,
                linewidth=1.0,
                zorder=3,
            )
        )
        write(axes, (x, y), label, SMALL_FONT_SIZE, PALETTE.ink)
    for name, x in _NODES.items():
        circle = Circle(
            (x, y), _RADIUS, facecolor=PALETTE.white, edgecolor=PALETTE.ink, linewidth=1.2, zorder=3
        )
        axes.add_patch(circle)
        write(axes, (x, y), names[name], FONT_SIZE, PALETTE.ink, bold=True)


def _stops(boxes: Mapping[str, float]) -> list[tuple[float, float]]:
    """Return where each node and box begins and ends, from left to right."""
    halves = dict.fromkeys(_NODES.values(), _RADIUS) | dict.fromkeys(boxes.values(), _BOX[0] / 2)
    return [(x - half, x + half) for x, half in sorted(halves.items())]


def _arrow(axes: Axes, start: Point, end: Point, colour: str) -> None:
    axes.add_patch(
        FancyArrowPatch(
            start, end, arrowstyle="-|>", mutation_scale=11, color=colour, linewidth=1.6, shrinkA=1, shrinkB=1
        )
    )


def _arc(axes: Axes, left: float, right: float, y: float, colour: str, *, back: bool = False) -> None:
    """Draw the skip from one node over the layer to the next, or from there back."""
    ends = [(left + _ASIDE, y + _RADIUS), (right - _ASIDE, y + _RADIUS)]
    start, end = reversed(ends) if back else ends
    bend = _ARC - _RADIUS
    style = f"arc,angleA=90,angleB=90,armA={bend},armB={bend},rad=14"
    axes.add_patch(
        FancyArrowPatch(
            start,
            end,
            connectionstyle=style,
            arrowstyle="-|>",
            mutation_scale=11,
            color=colour,
            linewidth=2.2,
            shrinkA=1,
            shrinkB=1,
        )
    )
