"""A chain for a phone: from top to bottom, skips at its left, and what feeds it at its right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from matplotlib.figure import Figure

from nnutils.drawing.canvas import Point, point_axes, write
from nnutils.drawing.explaining.gradient_flow.marks import HALF, KEY, Way, draw_frame
from nnutils.drawing.explaining.gradient_flow.plans import Plan, Slopes, factor_of, number_of
from nnutils.drawing.narrow import drawing_width
from nnutils.drawing.style import FONT_SIZE, PALETTE, SMALL_FONT_SIZE
from nnutils.drawing.text import LINE_SPACING, subscripted, text_size, wrapped

__all__ = ["draw_columns"]

_ARROW, _LANE, _APART = 25.0, 12.0, 7.0
"""In points: the length of an arrow down the line, the least width of a skip's lane, between two nodes."""


@dataclass(frozen=True)
class _Column:
    """The chain for a phone, from top to bottom, in points from the upper left corner of a frame."""

    width: float
    height: float
    at: dict[str, Point]
    lanes: dict[tuple[str, str], float]
    half: tuple[float, float]


def draw_columns(
    plan: Plan, frames: Mapping[str, Slopes], flows: Mapping[str, Mapping[str, float]]
) -> Figure:
    """Draw the chain of each frame from top to bottom, skips at its left, and what feeds it at its right."""
    layout = _column(plan, frames, flows)
    line = LINE_SPACING * FONT_SIZE
    # An equation stays on its line.
    whole = [title.replace(" = ", "\u00a0=\u00a0") for title in frames]
    titles = [wrapped(title, FONT_SIZE, layout.width - 6, "bold") for title in whole]
    key = wrapped("\n".join(KEY), SMALL_FONT_SIZE, layout.width - 6)
    foot = 12 + (key.count("\n") + 1) * LINE_SPACING * SMALL_FONT_SIZE
    heads = [(title.count("\n") + 1) * line + 8 for title in titles]
    total = foot + sum(heads) + len(frames) * (layout.height + 14)
    figure, axes = point_axes(layout.width, total, None, None, "draw_gradient_flow")
    top = total
    for (name, slopes), title, head in zip(frames.items(), titles, heads, strict=True):
        axes.text(3, top - 1, title, fontsize=FONT_SIZE, fontweight="bold", va="top", gid="title")
        at = {node: (x, top - head - y) for node, (x, y) in layout.at.items()}
        ways = {pair: _way_down(at, pair, slopes[pair], plan, layout) for pair in slopes}
        draw_frame(axes, plan, at, ways, slopes, flows[name], layout.half)
        top -= head + layout.height + 14
    write(axes, (layout.width / 2, foot / 2), key, SMALL_FONT_SIZE, PALETTE.muted, gid="key")
    return figure


def _column(plan: Plan, frames: Mapping[str, Slopes], flows: Mapping[str, Mapping[str, float]]) -> _Column:
    """Place the nodes so that all factors and numbers have room; or else make the picture wider."""
    texts = [(subscripted(node), FONT_SIZE) for node in (*plan.line, *sum(plan.below.values(), []))]
    texts += [(number_of(value), SMALL_FONT_SIZE) for flow in flows.values() for value in flow.values()]
    half = (max(HALF[0], max(text_size(*text)[0] for text in texts) / 2 + 4), HALF[1])
    pairs = list(next(iter(frames.values())))

    def widest(some: Iterable[tuple[str, str]]) -> float:
        factors = [factor_of(slopes[pair]) for pair in some for slopes in frames.values()]
        return max([0.0, *(text_size(factor, SMALL_FONT_SIZE)[0] for factor in factors)])

    skips = sorted(
        (pair for pair in pairs if plan.jumps(pair)),
        key=lambda pair: plan.line.index(pair[1]) - plan.line.index(pair[0]),
    )
    taken: list[list[tuple[int, int]]] = []
    lane_of = {}
    for pair in skips:  # the shortest next to the line; two that meet have lanes of their own
        first, last = sorted(map(plan.line.index, pair))
        lane = next(
            (k for k, spans in enumerate(taken) if all(last <= a or b <= first for a, b in spans)), len(taken)
        )
        taken += [[]] * (lane == len(taken))
        taken[lane] = [*taken[lane], (first, last)]
        lane_of[pair] = lane
    lane_widths = [
        max(_LANE, widest(pair for pair, lane in lane_of.items() if lane == k) + 8) for k in range(len(taken))
    ]
    left = sum(lane_widths) + (8 if taken else 3) + half[0]
    beside = widest(pair for pair in pairs if pair[0] in plan.line and not plan.jumps(pair))
    right = left + 2 * half[0] + max(beside - half[0], widest(p for p in pairs if p[0] not in plan.line)) + 36
    width = right + half[0] + 3 if plan.below else left + max(half[0], beside + 12) + 3
    spare = max(0.0, (72 * drawing_width() - width) / 2)
    spot = left + spare
    sides = [len(plan.below.get(node, ())) for node in plan.line]
    tall = [max(1, side) * (2 * half[1] + _APART) - _APART for side in sides]
    y, at = tall[0] / 2, {}
    for number, node in enumerate(plan.line):
        if number:
            y += max(2 * half[1] + _ARROW, (tall[number - 1] + tall[number]) / 2 + _APART)
        at[node] = (spot, y)
        for place, name in enumerate(plan.below.get(node, ())):
            at[name] = (right + spare, y + (place - (sides[number] - 1) / 2) * (2 * half[1] + _APART))
    at = {node: at[node] for node in (*plan.line, *sum(plan.below.values(), []))}
    inner = spot - half[0] - 8
    lanes = {pair: inner - sum(lane_widths[:lane]) - lane_widths[lane] / 2 for pair, lane in lane_of.items()}
    return _Column(max(width, 72 * drawing_width()), y + tall[-1] / 2, at, lanes, half)


def _way_down(
    at: Mapping[str, Point], pair: tuple[str, str], slope: float, plan: Plan, layout: _Column
) -> Way:
    """Return the way back within a pair of nodes where the chain runs from top to bottom."""
    end, start = (at[node] for node in pair)
    wide, tall = layout.half
    if pair in layout.lanes:
        lane = layout.lanes[pair]
        corners = [(start[0] - wide, start[1]), (lane, start[1]), (lane, end[1]), (end[0] - wide, end[1])]
        return Way(
            corners, (lane, (start[1] + end[1]) / 2), (lane, start[1] + (end[1] - start[1]) / 4), False
        )
    if pair[0] in plan.line:
        corners = [(start[0], start[1] + tall), (end[0], end[1] - tall)]
        mark = (start[0], (corners[0][1] + corners[1][1]) / 2)
        across = text_size(factor_of(slope), SMALL_FONT_SIZE)[0] / 2 + (6 if slope else 12)
        return Way(corners, (mark[0] + across, mark[1] - 1), mark, False)
    names = plan.below[pair[1]]
    lean = names.index(pair[0]) - (len(names) - 1) / 2
    begin = (start[0] + wide, start[1] - lean * 2 * 5 / max(1, len(names) - 1))
    final = (end[0] - wide, end[1])

    def between(share: float) -> Point:
        return begin[0] + share * (final[0] - begin[0]), begin[1] + share * (final[1] - begin[1])

    return Way([begin, final], between(0.48), between(0.1), True)
