"""How a gradient flows back: the graph of a trace once for each step of the reverse sweep."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Polygon

from nnutils.autodiff.sweeps import Accumulation, reverse_sweep
from nnutils.autodiff.tracing import Trace
from nnutils.core.errors import DrawingError
from nnutils.drawing.alt_texts import as_many_as_fit, plain
from nnutils.drawing.canvas import Point, point_axes, write
from nnutils.drawing.describing import described
from nnutils.drawing.graph.layout import Place, Route, arrange, heights
from nnutils.drawing.narrow import drawing_width, drawn, is_narrow
from nnutils.drawing.style import PALETTE, SMALL_FONT_SIZE, styled
from nnutils.drawing.text import LINE_SPACING, drawn_number, subscripted, text_size, wrapped

__all__ = [
    "draw_reverse_sweep",
]

_RADIUS = 10.5
_ROW_GAP = 22.0
_LANE = 6.0
_HEADING = 24.0
_MARGIN = 24.0
_NUMBER_SIZE = 8.5
_WIDER = 1.03
"""A text as rendered on pixels is a little wider than measured."""
_BELOW, _BETWEEN = 8.0, 14.0
"""In points: from a circle to the middle of its number, and between the circles of two columns."""
_NARROW_ROW_GAP = 38.0
"""Between two circles, where the lower one may have its number above it and the upper one below it."""
_MOST_STEPS = 12
_LONGEST_TEXT = 560


@dataclass(frozen=True)
class _Frame:
    """One picture of the strip: its heading, the numbers below the nodes, and what is lit up."""

    heading: str
    numbers: dict[int, str]
    passing: int | None = None
    active: set[int] = field(default_factory=set)  # edges, by their number
    changed: set[int] = field(default_factory=set)
    done: set[int] = field(default_factory=set)
    complete: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class _Layout:
    """Where the nodes stand and the edges run within one frame, in points from its lower left corner."""

    centres: dict[int, Point]
    paths: list[list[Point]]
    height: float
    wide: float
    above: frozenset[int] = frozenset()
    """The nodes that have their number above them."""


@dataclass(frozen=True)
class _Levels:
    """How high the nodes and the lanes of edges stand, by column, before the columns have their places."""

    routes: Sequence[Route]
    levels: Mapping[Place, float]
    height: float

    @property
    def last(self) -> int:
        """The number of the last column."""
        return max(column for column, _ in self.levels)

    @property
    def centres(self) -> dict[int, tuple[int, float]]:
        """The column and the height of each node, in the order of their numbers."""
        found = [(int(key), (column, y)) for (column, key), y in self.levels.items() if isinstance(key, str)]
        return dict(sorted(found))

    def spread(self, across: Sequence[float], wide: float) -> _Layout:
        """Return the layout with the columns in these places."""
        spots = {place: (across[place[0]], y) for place, y in self.levels.items()}
        paths = []
        ends = [(route[0], route[-1]) for route in self.routes]
        for number, route in enumerate(self.routes):
            twins = [k for k, pair in enumerate(ends) if pair == ends[number]]
            shift = 6.0 * (twins.index(number) - (len(twins) - 1) / 2)
            paths.append(_trimmed([(spots[place][0], spots[place][1] + shift) for place in route]))
        centres = {node: (across[column], y) for node, (column, y) in self.centres.items()}
        return _Layout(centres, paths, self.height, wide)


@drawn
def draw_reverse_sweep(
    trace: Trace, *, digits: int = 4, title: str | None = None, alt: str | None = None
) -> Figure:
    """Draw the graph of a trace with its values, and once more for each row that passes its adjoint back.

    The first frame has the values below the nodes. In each of the others one node, the orange one, passes
    its adjoint back along its edges; below each node stands the adjoint so far, in bold where it has just
    changed. Nodes that have passed theirs on are grey; an input whose adjoint is complete is green.
    Constants are left out: nobody asks for a derivative with respect to them. Numbers have ``digits``
    decimals; the figure is 7 inches wide, with two frames in a row, and on a phone one.

    Raises:
        DrawingError: a trace with arrays, with nothing to pass back, or with more than 12 steps.

    Source: Baydin, Pearlmutter, Radul, Siskind, Automatic differentiation in machine learning: a survey, JMLR
    18 (2018), section 3.2.

    >>> from nnutils.autodiff import trace
    >>> figure = draw_reverse_sweep(trace(lambda x: x * x, 3))
    >>> [text.get_text() for text in figure.axes[0].texts if text.get_gid() == "heading"]
    ['Forward: the values', '1. y adds 3 to x, 3 to x']
    """
    nodes, edges = _recorded(trace)
    frames = _frames(trace, nodes, edges, digits)
    inputs = set(range(trace.tape.inputs))
    columns = 2 if len(frames) > 1 and not is_narrow() else 1
    if is_narrow():
        layout = _narrow_layout(list(nodes), edges, inputs, frames)
    else:
        levels = _levels(list(nodes), edges, inputs)
        wide = 72 * drawing_width() / columns
        step = (wide - 2 * _MARGIN) / max(1, levels.last)
        layout = levels.spread([_MARGIN + column * step for column in range(levels.last + 1)], wide)
    headings = [frame.heading for frame in frames]
    if is_narrow():
        headings = [wrapped(heading, SMALL_FONT_SIZE, layout.wide - 6, "bold") for heading in headings]
    rows = [
        layout.height
        + _HEADING
        + max(text.count("\n") for text in headings[k : k + columns]) * LINE_SPACING * SMALL_FONT_SIZE
        for k in range(0, len(frames), columns)
    ]
    with styled():
        figure, axes = point_axes(layout.wide * columns, sum(rows) + 4, title, None, "draw_reverse_sweep")
        for number, (frame, heading) in enumerate(zip(frames, headings, strict=True)):
            row, column = divmod(number, columns)
            corner = (column * layout.wide, sum(rows[row + 1 :]) + 4)
            _draw_frame(axes, frame, heading, layout, nodes, corner)
    return described(figure, alt, None, _text(frames, nodes, title))


def _recorded(trace: Trace) -> tuple[dict[int, str], list[tuple[int, int]]]:
    """Return the names of the entries by their number, and the edges between them; no constants."""
    graph = trace.graph()
    nodes = {node.id: subscripted(node.name) for node in graph.nodes if node.kind != "constant"}
    if any(getattr(trace.tape.values[node], "shape", ()) for node in nodes):
        raise DrawingError(
            "draw_reverse_sweep writes numbers below the nodes, and this trace has arrays.",
            remedy="Trace a function of numbers, or use draw_graph, which writes the shapes of arrays.",
        )
    return nodes, [(edge.source, edge.target) for edge in graph.edges if edge.source in nodes]


def _frames(
    trace: Trace, nodes: Mapping[int, str], edges: Sequence[tuple[int, int]], digits: int
) -> list[_Frame]:
    log: list[Accumulation] = []
    reverse_sweep(trace.tape, trace.output, 1.0, log)
    steps = [(source, list(group)) for source, group in itertools.groupby(log, key=lambda step: step.source)]
    if not 1 <= len(steps) <= _MOST_STEPS:
        raise DrawingError(
            f"draw_reverse_sweep: {len(steps)} rows pass their adjoint back; it draws 1 to {_MOST_STEPS}.",
            remedy="Take a shorter function that depends on its inputs.",
        )
    values = {node: drawn_number(trace.tape.values[node], digits=digits) for node in nodes}
    frames = [_Frame("Forward: the values", values, active=set(range(len(edges))))]
    so_far, done = {trace.output: drawn_number(1)}, set[int]()
    inputs = range(trace.tape.inputs)
    for number, (source, group) in enumerate(steps, start=1):
        so_far |= {step.target: drawn_number(step.total, digits=digits) for step in group}
        waiting = {start for start, end in edges if end not in done | {source}}
        added = [f"{drawn_number(s.contribution, digits=digits)} to {nodes[s.target]}" for s in group]
        frames.append(
            _Frame(
                f"{number}. {nodes[source]} adds {', '.join(added)}",
                dict(so_far),
                source,
                {k for k, (_, end) in enumerate(edges) if end == source},
                {step.target for step in group},
                set(done),
                set(inputs) - waiting,
            )
        )
        done.add(source)
    return frames


def _levels(
    nodes: Sequence[int], edges: Sequence[tuple[int, int]], inputs: set[int], row_gap: float = _ROW_GAP
) -> _Levels:
    """Place the nodes in columns by their longest path, and long edges on lanes of their own."""
    ids = [str(node) for node in nodes]
    links = [(str(start), str(end)) for start, end in edges]
    routes, tracks = arrange(ids, links, [str(node) for node in inputs], backbone=True)
    sizes: dict[str | int, float] = dict.fromkeys(ids, 2 * _RADIUS)
    sizes |= dict.fromkeys(range(len(edges)), _LANE)
    down = heights(routes, tracks, sizes, row_gap)
    top, bottom = min(down.values()), max(down.values())
    # Below the lowest node there is its number.
    height = bottom - top + 2 * _RADIUS + _ROW_GAP
    return _Levels(routes, {place: height - _RADIUS - (y - top) for place, y in down.items()}, height)


def _narrow_layout(
    nodes: Sequence[int], edges: Sequence[tuple[int, int]], inputs: set[int], frames: Sequence[_Frame]
) -> _Layout:
    """Place the columns so far apart that no two numbers meet, for a picture of one frame in a row.

    Where that is too wide, every second column has its numbers above the nodes.
    """
    levels = _levels(nodes, edges, inputs)
    across, wide = _columns(levels.centres, frames, frozenset())
    above: frozenset[int] = frozenset()
    if wide > 72 * drawing_width():
        levels = _levels(nodes, edges, inputs, _NARROW_ROW_GAP)
        above = frozenset(node for node, (column, _) in levels.centres.items() if column % 2)
        across, wide = _columns(levels.centres, frames, above)
        levels = replace(levels, height=levels.height + _ROW_GAP / 2)
    spare = max(0.0, 72 * drawing_width() - wide)
    if levels.last:
        across = [x + spare * column / levels.last for column, x in enumerate(across)]
    return replace(levels.spread(across, wide + spare), above=above)


def _columns(
    centres: Mapping[int, tuple[int, float]], frames: Sequence[_Frame], above: frozenset[int]
) -> tuple[list[float], float]:
    """Return how far right each column stands at least, and the width of all, in points."""
    halves = [
        {
            node: _WIDER
            * text_size(number, SMALL_FONT_SIZE, "bold" if node in frame.changed else "normal")[0]
            / 2
            for node, number in frame.numbers.items()
        }
        for frame in frames
    ]
    reach = {node: max(_RADIUS, *(half.get(node, 0.0) for half in halves)) + 1 for node in centres}
    height = {node: y + (1 if node in above else -1) * (_RADIUS + _BELOW) for node, (_, y) in centres.items()}
    columns: list[float] = []
    for column in range(max(column for column, _ in centres.values()) + 1):
        least = [columns[-1] + 2 * _RADIUS + _BETWEEN] if columns else [0.0]
        for node in (node for node, (own, _) in centres.items() if own == column):
            least.append(reach[node])
            for other in (other for other, (own, _) in centres.items() if own < column):
                if abs(height[node] - height[other]) < LINE_SPACING * SMALL_FONT_SIZE:
                    apart = max(half.get(node, 0.0) + half.get(other, 0.0) for half in halves) + 4
                    least.append(columns[centres[other][0]] + apart)
        columns.append(max(least))
    return columns, max(columns[column] + reach[node] for node, (column, _) in centres.items())


def _trimmed(path: list[Point]) -> list[Point]:
    """Let a line begin and end at the outlines of its nodes."""

    def towards(a: Point, b: Point) -> Point:
        share = (_RADIUS + 1.5) / math.dist(a, b)
        return a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])

    return [towards(path[0], path[1]), *path[1:-1], towards(path[-1], path[-2])]


def _draw_frame(
    axes: Axes, frame: _Frame, heading: str, layout: _Layout, nodes: Mapping[int, str], corner: Point
) -> None:
    x0, y0 = corner
    # Of two lines, the lower one stands where one alone does.
    spot = (x0 + (2 if is_narrow() else 6), y0 + layout.height + 8)
    style: dict[str, Any] = {"fontsize": SMALL_FONT_SIZE, "fontweight": "bold", "gid": "heading"}
    axes.text(*spot, heading, va="bottom" if is_narrow() else "baseline", **style)
    for number, path in enumerate(layout.paths):
        moved = [(x + x0, y + y0) for x, y in path]
        lit = number in frame.active
        colour = PALETTE.muted if not lit else PALETTE.positive if frame.passing is None else PALETTE.negative
        line: dict[str, Any] = {"linewidth": 2.0 if lit else 1.0, "linestyle": "-", "zorder": 1}
        axes.plot(*zip(*moved, strict=True), color=colour, gid="lit edge" if lit else "edge", **line)
        if lit:
            end, before = (moved[-1], moved[-2]) if frame.passing is None else (moved[0], moved[1])
            _head(axes, end, before, colour)
    for node, (x, y) in layout.centres.items():
        spot = (x + x0, y + y0)
        outline: dict[str, Any] = {"edgecolor": PALETTE.ink, "linewidth": 1.1, "zorder": 3}
        axes.add_patch(Circle(spot, _RADIUS, facecolor=_fill(frame, node), gid="circle", **outline))
        write(axes, spot, nodes[node], SMALL_FONT_SIZE, PALETTE.ink, gid="node")
        if node in frame.numbers:
            values = frame.passing is None
            colour = PALETTE.value_text if values else PALETTE.adjoint_text
            side = 1 if node in layout.above else -1
            beside = (spot[0], spot[1] + side * (_RADIUS + _BELOW))
            bold, size = node in frame.changed, SMALL_FONT_SIZE if is_narrow() else _NUMBER_SIZE
            write(axes, beside, frame.numbers[node], size, colour, gid="number", bold=bold, on_card=True)


def _fill(frame: _Frame, node: int) -> str:
    if node == frame.passing:
        return PALETTE.orange_tint
    if node in frame.complete:
        return PALETTE.green_tint
    if node in frame.done:
        return PALETTE.grey_tint
    return PALETTE.white


def _head(axes: Axes, tip: Point, before: Point, colour: str) -> None:
    """Draw an arrow head at the end of a line."""
    length = math.dist(tip, before)
    ux, uy = (tip[0] - before[0]) / length, (tip[1] - before[1]) / length
    foot = (tip[0] - 6 * ux, tip[1] - 6 * uy)
    corners = [tip, (foot[0] - 3 * uy, foot[1] + 3 * ux), (foot[0] + 3 * uy, foot[1] - 3 * ux)]
    axes.add_patch(Polygon(corners, facecolor=colour, edgecolor="none", zorder=2, gid="arrow"))


def _text(frames: Sequence[_Frame], nodes: Mapping[int, str], title: str | None) -> str:
    """Describe the strip: the values, each step, and the adjoints at the end."""
    opening = f"{plain(title).rstrip('.')}. " if title else ""
    values = ", ".join(f"{plain(nodes[node])} = {number}" for node, number in frames[0].numbers.items())
    head = f"{opening}One graph in {len(frames)} frames. Forward, the values: {values}. Then backward: "
    steps = [plain(frame.heading) for frame in frames[1:]]
    return head + as_many_as_fit(steps, _LONGEST_TEXT - len(head), "; ") + "."
