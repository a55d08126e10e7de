"""The two skips of a residual block from top to bottom, for a phone, values and adjoints side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch

from nnutils.drawing.canvas import Point, point_axes, write
from nnutils.drawing.narrow import drawing_width
from nnutils.drawing.style import FONT_SIZE, PALETTE, SMALL_FONT_SIZE
from nnutils.drawing.text import text_size, wrapped

__all__ = ["draw_upright"]

_BOX, _RADIUS = (58.0, 26.0), 15.0
_BETWEEN = 20.0
_SPACE = 6.0
_HEAD, _FOOT = 34.0, 34.0
"""In points: the sizes of a box and a node, between two of them, beside a letter, above and below a chain."""

_CHAIN = ("x", "first", "second", "h", "third", "fourth", "y")
_NODES = ("x", "h", "y")
_ADJOINTS = {"x": "x̄", "h": "h̄", "y": "ȳ"}
_LAYERS = {"first": "W x + b", "second": "φ(z)", "third": "V h + c", "fourth": "φ(r)"}
_BACKWARD = {"first": "Wᵀ z̄", "second": "⊙ φ′(z)", "third": "Vᵀ r̄", "fourth": "⊙ φ′(r)"}
_ARROWS = {("second", "first"): "z", ("first", "x"): "Wz", ("fourth", "third"): "r", ("third", "h"): "Vr"}
"""Which length stands beside which arrow back."""


def draw_upright(text: Mapping[str, str], title: str | None) -> Figure:
    """Return the picture of ``draw_skip_gradients`` with both chains from top to bottom.

    ``text`` holds the lengths of the vectors, written, by name.
    """
    skips = {"x": "+ x", "h": "+ h"}
    back = {first: f"{last}̄   {text[last]}" for first, last in (("x", "h"), ("h", "y"))}
    beside = max(text_size(text[name], SMALL_FONT_SIZE, "bold")[0] for name in text)
    sides = []
    for labels, numbers in ((skips, 0.0), (back, beside)):
        left = max(_BOX[0] / 2, _RADIUS + _SPACE + numbers)
        label = max(text_size(name, FONT_SIZE)[0] for name in labels.values())
        sides.append((left, _BOX[0] / 2 + _SPACE + label / 2, label / 2 + 2))
    widths = [left + arc + label for left, arc, label in sides]
    width = 72 * drawing_width()
    abreast = sum(widths) + _SPACE <= width
    tall = len(_NODES) * 2 * _RADIUS + len(_LAYERS) * _BOX[1] + (len(_CHAIN) - 1) * _BETWEEN
    note = wrapped("numbers: the lengths of the vectors that flow back", SMALL_FONT_SIZE, width)
    height = (_HEAD + tall) * (1 if abreast else 2) + _FOOT
    figure, axes = point_axes(max(width, *widths), height, title, None, "draw_skip_gradients")
    spare = (width - sum(widths)) / 3 if abreast else 0.0
    starts = (spare, 2 * spare + widths[0]) if abreast else [(width - wide) / 2 for wide in widths]
    tops = (height - _HEAD, height - _HEAD) if abreast else (height - _HEAD, height - 2 * _HEAD - tall)
    for start, (left, arc, _), top, is_back in zip(starts, sides, tops, (False, True), strict=True):
        _draw_chain(axes, (start + left, top), arc, back if is_back else skips, text if is_back else None)
    write(axes, (width / 2, _FOOT / 2 - 2), note, SMALL_FONT_SIZE, PALETTE.muted)
    return figure


def _draw_chain(
    axes: Axes, top: Point, arc: float, skips: Mapping[str, str], text: Mapping[str, str] | None
) -> None:
    """Draw one chain below a point: nodes, boxes, arrows, and the skips at the right."""
    x, y = top
    is_back = text is not None
    write(axes, (x, y + 18), "backwards" if is_back else "forwards", FONT_SIZE, PALETTE.ink, bold=True)
    spans: dict[str, tuple[float, float]] = {}
    for name in _CHAIN:
        size = 2 * _RADIUS if name in _NODES else _BOX[1]
        spans[name] = (y, y - size)
        middle = (x, y - size / 2)
        if name in _NODES:
            _node(axes, middle, _ADJOINTS[name] if is_back else name)
            if text is not None:
                aside = x - _RADIUS - _SPACE - text_size(text[name], SMALL_FONT_SIZE, "bold")[0] / 2
                _length(axes, (aside, middle[1]), text[name], bold=True)
        else:
            _box(axes, middle, (_BACKWARD if is_back else _LAYERS)[name], is_back)
        y -= size + _BETWEEN
    for above, below in zip(_CHAIN, _CHAIN[1:], strict=False):
        ends = [(x, spans[above][1]), (x, spans[below][0])]
        _arrow(axes, ends, is_back)
        if text is not None and (below, above) in _ARROWS:
            written = text[_ARROWS[below, above]]
            aside = x - _SPACE - text_size(written, SMALL_FONT_SIZE)[0] / 2
            _length(axes, (aside, (ends[0][1] + ends[1][1]) / 2), written)
    for above, below in zip(_NODES, _NODES[1:], strict=False):
        ends = [(x + _RADIUS, sum(spans[name]) / 2 + drop) for name, drop in ((above, -5), (below, 5))]
        reach = arc - _RADIUS
        style = f"arc,angleA=0,angleB=0,armA={reach},armB={reach},rad=14"
        _arrow(axes, ends, is_back, connectionstyle=style, linewidth=2.2)
        spot = (x + arc, (ends[0][1] + ends[1][1]) / 2)
        colour = PALETTE.adjoint_text if is_back else PALETTE.value_text
        write(axes, spot, skips[above], FONT_SIZE, colour, gid="skip" if is_back else None, on_card=True)


def _node(axes: Axes, spot: Point, name: str) -> None:
    circle = Circle(spot, _RADIUS, facecolor=PALETTE.white, edgecolor=PALETTE.ink, linewidth=1.2, zorder=3)
    axes.add_patch(circle)
    write(axes, spot, name, FONT_SIZE, PALETTE.ink, bold=True)


def _box(axes: Axes, spot: Point, label: str, is_back: bool) -> None:
    width, height = _BOX
    corner = (spot[0] - width / 2, spot[1] - height / 2)
    axes.add_patch(
        FancyBboxPatch(
            corner,
            width,
            height,
            boxstyle="round,pad=0,rounding_size=4",
            facecolor=PALETTE.orange_tint if is_back else PALETTE.blue_tint,
            edgecolor=PALETTE.ink,
            linewidth=1.0,
            zorder=3,
        )
    )
    write(axes, spot, label, SMALL_FONT_SIZE, PALETTE.ink)


def _length(axes: Axes, spot: Point, text: str, *, bold: bool = False) -> None:
    write(axes, spot, text, SMALL_FONT_SIZE, PALETTE.adjoint_text, gid="size", bold=bold)


def _arrow(
    axes: Axes,
    ends: Sequence[Point],
    is_back: bool,
    *,
    connectionstyle: str = "arc3",
    linewidth: float = 1.6,
) -> None:
    """Draw an arrow down, or up where derivatives flow back; a skip has the colour of its values."""
    start, end = reversed(ends) if is_back else ends
    straight = connectionstyle == "arc3"
    axes.add_patch(
        FancyArrowPatch(
            start,
            end,
            connectionstyle=connectionstyle,
            arrowstyle="-|>",
            mutation_scale=11,
            color=PALETTE.negative if is_back else PALETTE.ink if straight else PALETTE.positive,
            linewidth=linewidth,
            shrinkA=1,
            shrinkB=1,
        )
    )
