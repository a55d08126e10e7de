"""A gradient on its way back through a chain with side inputs and skips: where it passes, where it stops."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from nnutils.core.errors import DrawingError
from nnutils.core.words import listed
from nnutils.drawing.canvas import Point, point_axes, write
from nnutils.drawing.describing import described
from nnutils.drawing.style import FONT_SIZE, PALETTE, SMALL_FONT_SIZE, WIDTH, styled
from nnutils.drawing.text import drawn_number, subscripted, text_size

__all__ = ["Slopes", "draw_gradient_flow"]

Slopes = Mapping[tuple[str, str], float]
"""The derivative of the second node of each pair with respect to the first."""

_HALF = (23.0, 16.0)
"""Half the width and height of a node, in points."""
_MARGIN = 32.0
_TITLE, _SKIP, _SIDE, _FOOT = 24.0, 34.0, 62.0, 24.0


@dataclass(frozen=True)
class _Plan:
    """Which nodes stand on the line, and which hang below one of them."""

    line: list[str]
    below: dict[str, list[str]]
    skips: bool

    @property
    def height(self) -> float:
        """The height of one frame in points."""
        return _TITLE + (_SKIP if self.skips else 0.0) + 2 * _HALF[1] + (_SIDE if self.below else 0.0)


def draw_gradient_flow(frames: Mapping[str, Slopes], *, alt: str | None = None) -> Figure:
    """Draw the same chain of nodes once for each frame, with the derivative of its end with respect to each.

    ``frames`` maps a title to the local derivatives, ``{("x", "u"): 0.5, ...}``; all frames have the same
    pairs. The longest chain stands on a line, a pair that jumps over nodes of it is a skip above the line,
    and what feeds the line from outside hangs below. Derivatives flow from the end back, against the arrows
    of the forward pass. A solid orange arrow carries one, a dashed grey arrow carries zero, and a bar stands
    where a derivative that is not zero meets a factor of zero. ``alt`` is the alternative text; without it,
    one is computed.

    Raises:
        DrawingError: no frame, frames with different pairs, a derivative that is not finite, a circle, more
            than one end, or a node that neither stands on the line nor feeds it.

    >>> on = {("x", "u"): 2.0, ("w", "u"): 3.0, ("u", "y"): 1.0, ("x", "y"): 1.0}
    >>> figure = draw_gradient_flow({"on": on, "off": on | {("u", "y"): 0.0}})
    >>> [text.get_text() for text in figure.axes[0].texts if text.get_gid() == "adjoint"]
    ['3', '1', '1', '3', '1', '0', '1', '0']
    """
    pairs = _pairs(frames)
    plan = _plan(pairs)
    flows = {title: _adjoints(plan, slopes) for title, slopes in frames.items()}
    height = len(frames) * plan.height + _FOOT
    with styled():
        figure, axes = point_axes(72 * WIDTH, height, None, None, "draw_gradient_flow")
        for number, (title, slopes) in enumerate(frames.items()):
            _draw_frame(axes, plan, title, slopes, flows[title], height - number * plan.height)
        _draw_key(axes)
    return described(figure, alt, None, _text(plan, frames, flows))


def _pairs(frames: Mapping[str, Slopes]) -> list[tuple[str, str]]:
    """Return the pairs that all frames have in common."""
    if not frames:
        raise DrawingError("draw_gradient_flow: there is no frame.", remedy="Give at least one.")
    first, *others = frames.values()
    for title, slopes in frames.items():
        if set(slopes) != set(first):
            odd = sorted(set(slopes) ^ set(first))[0]
            raise DrawingError(
                f"draw_gradient_flow: the frame {title!r} and the first one differ in the pair {odd}.",
                remedy="Give all frames the same pairs; a factor that is switched off is 0.",
            )
        for pair, slope in slopes.items():
            if not math.isfinite(slope):
                raise DrawingError(
                    f"draw_gradient_flow: the derivative at {pair} is {slope!r}.",
                    remedy="Use finite numbers.",
                )
    return list(first)


def _plan(pairs: Sequence[tuple[str, str]]) -> _Plan:
    """Find the longest chain, and what hangs below it."""
    feeds: dict[str, list[str]] = {}
    for source, target in pairs:
        feeds.setdefault(source, [])
        feeds.setdefault(target, []).append(source)
    try:
        order = list(TopologicalSorter(feeds).static_order())
    except CycleError as error:
        raise DrawingError(
            f"draw_gradient_flow: the pairs lead in a circle, {' -> '.join(map(repr, error.args[1]))}.",
            remedy="Give each repetition a node of its own.",
        ) from error
    chains: dict[str, list[str]] = {}

    def rank(chain: list[str]) -> tuple[int, int]:
        # Of equally long chains the one whose start is used most often: a skip leaves from the line.
        return len(chain), sum(source == chain[0] for source, _ in pairs)

    for node in order:
        chains[node] = [*max((chains[source] for source in feeds[node]), key=rank, default=[]), node]
    line = max(chains.values(), key=len)
    below: dict[str, list[str]] = {}
    for node in (node for node in feeds if node not in line):
        targets = [target for source, target in pairs if source == node]
        if feeds[node] or len(targets) != 1 or targets[0] not in line:
            raise DrawingError(
                f"draw_gradient_flow: {node!r} neither stands on the line {' -> '.join(line)} nor feeds just "
                "one node of it.",
                remedy="Draw one chain; its parameters may feed one node each.",
            )
        below.setdefault(targets[0], []).append(node)
    steps = [line.index(target) - line.index(source) for source, target in pairs if source in line]
    return _Plan(line, below, skips=max(steps) > 1)


def _adjoints(plan: _Plan, slopes: Slopes) -> dict[str, float]:
    """Return the derivative of the end with respect to each node, by the chain rule."""
    flow = {plan.line[-1]: 1.0}
    for node in [*reversed(plan.line[:-1]), *(name for names in plan.below.values() for name in names)]:
        flow[node] = math.fsum(
            flow[target] * slope for (source, target), slope in slopes.items() if source == node
        )
    return flow


def _draw_frame(
    axes: Axes, plan: _Plan, title: str, slopes: Slopes, flow: Mapping[str, float], top: float
) -> None:
    axes.text(8, top - 9, title, fontsize=FONT_SIZE, fontweight="bold", va="center", gid="title")
    level = top - _TITLE - (_SKIP if plan.skips else 0.0) - _HALF[1] + 4
    step = (72 * WIDTH - 2 * _MARGIN) / max(len(plan.line) - 1, 1)
    at = {node: (_MARGIN + number * step, level) for number, node in enumerate(plan.line)}
    for target, names in plan.below.items():
        for place, node in enumerate(names):
            across = (place - (len(names) - 1) / 2) * (2 * _HALF[0] + 6)
            at[node] = (at[target][0] + across, level - _SIDE + 4)
    for (source, target), slope in slopes.items():
        jumps = source in plan.line and plan.line.index(target) - plan.line.index(source) > 1
        _draw_arrow(axes, at[target], at[source], slope, flow[target], jumps=jumps)
    for node, (x, y) in at.items():
        fill = PALETTE.orange_tint if node not in plan.line else PALETTE.white
        fill = PALETTE.green_tint if node == plan.line[-1] else fill
        fill = PALETTE.blue_tint if node == plan.line[0] else fill
        corner = (x - _HALF[0], y - _HALF[1])
        box = FancyBboxPatch(corner, 2 * _HALF[0], 2 * _HALF[1], boxstyle="round,pad=0,rounding_size=6")
        box.set(facecolor=fill, edgecolor=PALETTE.ink, linewidth=1.2, zorder=3, gid="node")
        axes.add_patch(box)
        write(axes, (x, y + 7), subscripted(node), FONT_SIZE, PALETTE.ink, gid="name")
        colour = PALETTE.adjoint_text if flow[node] else PALETTE.muted
        write(axes, (x, y - 7.5), _number(flow[node]), SMALL_FONT_SIZE, colour, gid="adjoint")


def _draw_arrow(axes: Axes, start: Point, end: Point, slope: float, flow: float, *, jumps: bool) -> None:
    """Draw the way back from ``start`` to ``end``, with the factor on it; a bar where it ends a gradient."""
    carries = bool(slope * flow)
    if jumps:  # over the line, from the top of one node to the top of the other
        up = start[1] + _HALF[1] + _SKIP - 12
        corners = [(start[0], start[1] + _HALF[1]), (start[0], up), (end[0], up), (end[0], end[1] + _HALF[1])]
        spot, mark = ((start[0] + end[0]) / 2, up + 8), (start[0] + (end[0] - start[0]) / 4, up)
    elif start[1] == end[1]:
        corners = [(start[0] - _HALF[0], start[1]), (end[0] + _HALF[0], end[1])]
        mark = ((start[0] + end[0]) / 2, start[1])
        spot = (mark[0], mark[1] + (10 if slope else 14))
    else:  # to a node below
        across = math.copysign(10, end[0] - start[0]) if end[0] != start[0] else 0.0
        corners = [(start[0] + across, start[1] - _HALF[1]), (end[0], end[1] + _HALF[1])]
        mark = ((corners[0][0] + corners[1][0]) / 2, (corners[0][1] + corners[1][1]) / 2)
        label = text_size(_factor(slope), SMALL_FONT_SIZE)[0] / 2 + (9 if slope else 15)
        spot = (mark[0] + math.copysign(label, across or 1.0), mark[1] - 1)
    colour, dashes = (PALETTE.negative, "-") if carries else (PALETTE.muted, (0, (3, 2)))
    for a, b in zip(corners[:-2], corners[1:-1], strict=True):
        axes.plot(*zip(a, b, strict=True), color=colour, linestyle=dashes, linewidth=2, zorder=1, gid="way")
    head = FancyArrowPatch(
        corners[-2], corners[-1], arrowstyle="-|>", mutation_scale=11, shrinkA=0, shrinkB=0
    )
    head.set(color=colour, linestyle=dashes, linewidth=2 if carries else 1.4, zorder=2, gid="way")
    axes.add_patch(head)
    write(axes, spot, _factor(slope), SMALL_FONT_SIZE, PALETTE.value_text if slope else PALETTE.muted)
    if flow and not slope:
        level = jumps or start[1] == end[1]
        reach = (0.0, 6.0) if level else (6.0, 0.0)
        ends = [(mark[i] - reach[i], mark[i] + reach[i]) for i in (0, 1)]
        axes.plot(*ends, color=PALETTE.ink, linestyle="-", linewidth=3, zorder=4, gid="stop")


def _draw_key(axes: Axes) -> None:
    words = "in a node: derivative of the output with respect to it     on an arrow: local factor"
    words += "     bar: stopped here"
    write(axes, (36 * WIDTH, 10), words, SMALL_FONT_SIZE - 1, PALETTE.muted, gid="key")


def _number(value: float) -> str:
    return drawn_number(round(value, 12) + 0.0)


def _factor(slope: float) -> str:
    return f"× {_number(slope)}"


def _text(plan: _Plan, frames: Mapping[str, Slopes], flows: Mapping[str, Mapping[str, float]]) -> str:
    """Say for each frame which derivatives arrive, and where they are stopped."""
    chain = " to ".join(reversed(plan.line))
    parts = [f"Derivatives flow back along {chain}{' and over a skip' if plan.skips else ''}."]
    for title, slopes in frames.items():
        flow = flows[title]
        nodes = [node for node in flow if node != plan.line[-1]]
        arrive = ", ".join(f"{node} {_number(flow[node])}" for node in nodes if flow[node])
        none = [node for node in nodes if not flow[node]]
        said = f"{title}: {arrive or 'no derivative arrives anywhere'}"
        if none and arrive:
            said += f"; zero for {listed(none)}"
        stopped = [pair for pair, slope in slopes.items() if flow[pair[1]] and not slope]
        stops = [f"between {target} and {source}" for source, target in stopped]
        parts.append(said + (f"; stopped {listed(stops)}." if stops else "."))
    return " ".join(parts)
