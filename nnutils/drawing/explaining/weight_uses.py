"""How many weights a layer has, and how often each is used: why memory and time sit in different layers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from nnutils.core.errors import DrawingError
from nnutils.drawing.alt_texts import LONGEST, as_many_as_fit, number_words
from nnutils.drawing.canvas import Point, write
from nnutils.drawing.describing import described
from nnutils.drawing.labels import Box, place_labels
from nnutils.drawing.narrow import drawn, is_narrow
from nnutils.drawing.narrow.legends import heading, legend_columns
from nnutils.drawing.style import PALETTE, SMALL_FONT_SIZE, panels, styled
from nnutils.drawing.text import finite, short_number, text_size

__all__ = [
    "draw_weight_uses",
]

_HEIGHT = 4.2
_DOT = 10.0
"""In points: the side of the square that a mark keeps free of letters."""
_ALONG = (0.1, 0.3, 0.5, 0.7, 0.9)
"""Where on a line of equal connections its number may stand: shares of its length, the best one first."""


@drawn
def draw_weight_uses(
    layers: Mapping[str, tuple[Any, Any]],
    *,
    title: str | None = None,
    alt: str | None = None,
) -> Figure:
    """Draw layers on logarithmic axes: across the number of weights, upwards the uses of each weight.

    ``layers`` maps a name to (weights, connections). A weight is used once for each connection that it
    serves, so its uses are connections / weights, and on each falling line the connections are equal. A
    circle is a layer that shares its weights, a square one that uses each weight once. ``alt`` is the
    alternative text; without it, one is computed from the numbers.

    Raises:
        DrawingError: no layers, a number below 1, fewer connections than weights.

    >>> figure = draw_weight_uses({"conv": (34_848, 105_415_200), "fc": (4_096_000, 4_096_000)})
    >>> [text.get_text() for text in figure.axes[0].texts if text.get_gid() == "layer"]
    ['conv', 'fc']
    """
    points = {name: _point(name, *numbers) for name, numbers in layers.items()}
    if not points:
        raise DrawingError(
            "draw_weight_uses: there is no layer to draw.", remedy="Give a name with (weights, connections)."
        )
    with styled():
        figure, (axes,) = panels(height=_HEIGHT + (0.5 if is_narrow() else 0.0))
        axes.set(xscale="log", yscale="log", xlabel="weights", ylabel="uses of each weight")
        _fit(axes, points)
        _connection_lines(axes, points)
        for shared, marker, colour, label in (
            (True, "o", PALETTE.positive, "weights used several times"),
            (False, "s", PALETTE.negative, "weights used once"),
        ):
            spots = [spot for spot in points.values() if (spot[1] > 1) == shared]
            if spots:
                axes.plot(*zip(*spots, strict=True), marker, color=colour, markersize=7, label=label)
        labels = axes.get_legend_handles_labels()[1]
        figure.legend(loc="outside lower center", ncols=legend_columns(labels, 3))
        if title:
            axes.set_title(heading(title, beside=40))
        # Where a name fits depends on the size of the axes, which the layout settles only now.
        figure.draw_without_rendering()
        _names(axes, points)
    told = [
        f"{name} has {number_words(weights)} weights, each used {number_words(round(uses))} "
        f"{'time' if round(uses) == 1 else 'times'}"
        for name, (weights, uses) in points.items()
    ]
    head = f"{title or 'Weights and their uses'}. "
    return described(figure, alt, None, head + as_many_as_fit(told, LONGEST - len(head) - 1, "; ") + ".")


def _point(name: str, weights: Any, connections: Any) -> Point:
    across, reads = (
        finite(number, f"draw_weight_uses: a number of {name!r}") for number in (weights, connections)
    )
    if not 1 <= across <= reads:
        raise DrawingError(
            f"draw_weight_uses: {name!r} has {weights} weights and {connections} connections.",
            remedy="Give (weights, connections): at least one weight, and a connection for each.",
        )
    return across, reads / across


def _fit(axes: Axes, points: Mapping[str, Point]) -> None:
    """Choose limits of whole powers of ten around all points, and half a power of room below 1 use."""
    across, uses = zip(*points.values(), strict=True)
    axes.set_xlim(
        10 ** math.floor(math.log10(min(across)) - 0.3), 10 ** math.ceil(math.log10(max(across)) + 0.3)
    )
    axes.set_ylim(0.4, 10 ** math.ceil(math.log10(max(uses)) + 0.3))


def _connection_lines(axes: Axes, points: Mapping[str, Point]) -> None:
    """Draw the lines of equal connections, one for each power of ten that the layers come near to."""
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    powers = [math.log10(weights * uses) for weights, uses in points.values()]
    for number, power in enumerate(range(math.floor(min(powers)), math.ceil(max(powers)) + 1)):
        total = 10.0**power
        start, end = max(left, total / high), min(right, total / low)
        if start < end:
            label = "equal connections" if number == 0 else None
            line = [start, end], [total / start, total / end]
            axes.plot(*line, "--", color=PALETTE.muted, linewidth=0.8, label=label)
            spots = [(x, total / x) for x in (start ** (1 - t) * end**t for t in _ALONG)]
            clear = [min(_apart(axes, spot, point) for point in points.values()) for spot in spots]
            far = 0.2 if is_narrow() else 0.12
            chosen = next((i for i, distance in enumerate(clear) if distance > far), clear.index(max(clear)))
            write(
                axes,
                spots[chosen],
                short_number(total),
                SMALL_FONT_SIZE,
                PALETTE.muted,
                gid="connections",
                on_card=True,
            )
    axes.grid(visible=False)


def _apart(axes: Axes, a: Point, b: Point) -> float:
    """Return the distance of two points as a share of the sides of the picture."""
    limits = (axes.get_xlim(), axes.get_ylim())
    return math.hypot(
        *(math.log(p / q) / math.log(high / low) for p, q, (low, high) in zip(a, b, limits, strict=True))
    )


def _names(axes: Axes, points: Mapping[str, Point]) -> None:
    """Write each name beside its mark, clear of the other marks and names."""
    scale = 72 / axes.figure.dpi
    centres = [scale * axes.transData.transform(spot) for spot in points.values()]
    sizes = [(w, h + 1) for w, h in (text_size(name, SMALL_FONT_SIZE, "bold") for name in points)]
    obstacles = [Box.around((x, y), _DOT, _DOT) for x, y in centres]
    if is_narrow():  # there is little room beside the numbers of connections
        for text in axes.texts:
            extent = text.get_window_extent()
            middle = (scale * (extent.x0 + extent.x1) / 2, scale * (extent.y0 + extent.y1) / 2)
            obstacles.append(Box.around(middle, scale * extent.width + 4, scale * extent.height + 4))
    candidates = [
        [
            (x + dx * (w / 2 + 7), y + dy * (h / 2 + 6))
            for dx, dy in ((0, 1), (1, 0), (-1, 0), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))
        ]
        for (x, y), (w, h) in zip(centres, sizes, strict=True)
    ]
    spots, _ = place_labels(candidates, sizes, [[]] * len(sizes), obstacles)
    for name, spot in zip(points, spots, strict=True):
        x, y = axes.transData.inverted().transform((spot[0] / scale, spot[1] / scale))
        axes.text(
            x, y, name, fontsize=SMALL_FONT_SIZE, fontweight="bold", ha="center", va="center", gid="layer"
        )
