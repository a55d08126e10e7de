"""Networks by two costs, and which of them no other network beats."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

from nnutils.core.errors import DrawingError
from nnutils.drawing.canvas import figure_of, plot_axes
from nnutils.drawing.style import PALETTE, SMALL_FONT_SIZE, styled
from nnutils.drawing.text import Box, Point, finite, place_labels, short_number, text_size

__all__ = [
    "draw_pareto",
    "pareto_front",
]


def pareto_front(points: Mapping[str, tuple[Any, Any]]) -> list[str]:
    """The names of the points that no other point beats: none is as small in both numbers and smaller in one.

    >>> pareto_front({"a": (1, 5), "b": (2, 2), "c": (3, 3), "d": (5, 1)})
    ['a', 'b', 'd']
    """

    def beaten(x: Any, y: Any) -> bool:
        return any(u <= x and v <= y and (u < x or v < y) for u, v in points.values())

    return sorted(
        (name for name, (x, y) in points.items() if not beaten(x, y)), key=lambda name: points[name]
    )


def draw_pareto(
    points: Mapping[str, tuple[Any, Any]],
    *,
    highlight: Sequence[str] = (),
    labels: Sequence[str] | None = None,
    xlabel: str = "parameters",
    ylabel: str = "connections",
    title: str | None = None,
    ax: Axes | None = None,
) -> Figure:
    """Draw networks by two costs on logarithmic axes, with those that no other network beats in both.

    ``points`` maps a name to ``(parameters, connections)``. The front is a stair in blue; the points of
    ``highlight`` are red diamonds. ``labels`` are the names to write, by default those of the front and the
    highlighted ones.

    Raises:
        DrawingError: no points, a cost that is not finite or not above zero, a name that is not among the
            points.

    >>> figure = draw_pareto({"AlexNet": (61e6, 724e6), "half": (16e6, 270e6), "worse": (70e6, 800e6)})
    >>> [text.get_text() for text in figure.axes[0].texts]
    ['half']
    """
    if not points:
        raise DrawingError(
            "draw_pareto: there is no point to draw.\n"
            "  Give at least one: {'AlexNet': (parameters, connections)}."
        )
    spots = {name: _costs(name, pair) for name, pair in points.items()}
    front = pareto_front(spots)
    written = list(dict.fromkeys([*front, *highlight])) if labels is None else list(labels)
    for name in (*highlight, *written):
        if name not in spots:
            raise DrawingError(
                f"draw_pareto: {name!r} is to be highlighted or written, but no point has this name.\n"
                f"  The points are {', '.join(map(repr, spots))}."
            )
    others = [name for name in spots if name not in front and name not in highlight]
    with styled():
        figure, axes = plot_axes(4.6, title, ax, legend=True)
        axes.loglog()
        stair = [spots[name] for name in front]
        axes.step(
            *zip(*stair, strict=True),
            where="post",
            color=PALETTE.positive,
            linewidth=1.6,
            zorder=2,
            gid="front",
        )
        groups = [
            ("Pareto front", [name for name in front if name not in highlight], "o", PALETTE.positive),
            ("highlighted", list(highlight), "D", PALETTE.negative),
        ]
        for group, members, marker, colour in [("other", others, "o", PALETTE.white), *groups]:
            if members:
                x, y = zip(*(spots[name] for name in members), strict=True)
                axes.scatter(
                    x,
                    y,
                    s=44,
                    c=colour,
                    marker=marker,
                    edgecolors=PALETTE.ink,
                    linewidths=0.8,
                    zorder=3,
                    label=group,
                )
        axes.margins(0.14)
        axes.set_xlabel(xlabel)
        axes.set_ylabel(ylabel)
        for axis, number in ((axes.xaxis, 0), (axes.yaxis, 1)):
            values = [spot[number] for spot in spots.values()]
            few_decades = math.log10(max(values) / min(values)) < 2.2
            axis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0) if few_decades else (1.0,), numticks=12))
            axis.set_minor_locator(NullLocator())
            axis.set_major_formatter(FuncFormatter(lambda value, _: short_number(value)))
        axes.legend(
            loc="lower left",
            bbox_to_anchor=(0.0, 1.0),
            ncols=3,
            handlelength=1.0,
            borderpad=0.2,
            borderaxespad=0.2,
        )
        _write_names(axes, spots, written, front)
    return figure


def _costs(name: str, pair: tuple[Any, Any]) -> tuple[float, float]:
    costs = tuple(finite(number, f"draw_pareto: a cost of {name!r}") for number in pair)
    if len(costs) != 2 or min(costs) <= 0:
        raise DrawingError(
            f"draw_pareto: {name!r} has the costs {pair}; logarithmic axes show two numbers above zero.\n"
            "  Leave the point out."
        )
    return costs[0], costs[1]


def _write_names(
    axes: Axes, spots: Mapping[str, Point], written: Sequence[str], front: Sequence[str]
) -> None:
    """Write each name beside its point, where it hits no other point, name or piece of the stair."""
    figure = figure_of(axes)
    figure.draw_without_rendering()
    scale = 72 / figure.dpi
    centres = {name: tuple(scale * axes.transData.transform(spot)) for name, spot in spots.items()}
    sizes = [text_size(name, SMALL_FONT_SIZE) for name in written]
    candidates = [
        [
            (centres[name][0] + dx * (w / 2 + gap), centres[name][1] + dy * (h / 2 + gap - 3))
            for gap in (7.0, 13.0, 22.0)
            for dx, dy in _AROUND
        ]
        for name, (w, h) in zip(written, sizes, strict=True)
    ]
    dots = [Box.around(centre, 9.0, 9.0) for centre in centres.values()]
    steps = [centres[name] for name in front]
    stair = [corner for a, b in zip(steps, steps[1:], strict=False) for corner in (a, (b[0], a[1]), b)]
    places, _ = place_labels(candidates, sizes, [[] for _ in written] + [stair], dots, clearance=2.0)
    for name, place in zip(written, places, strict=True):
        shift = (place[0] - centres[name][0], place[1] - centres[name][1])
        axes.annotate(
            name,
            spots[name],
            shift,
            textcoords="offset points",
            ha="center",
            va="center",
            fontsize=SMALL_FONT_SIZE,
            gid="name",
        )


_AROUND = ((1, 0), (0, 1), (-1, 0), (0, -1), (0.8, 1), (-0.8, 1), (0.8, -1), (-0.8, -1))
