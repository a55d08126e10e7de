"""How a gradient flows back: the graph of a trace once for each step of the reverse sweep."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
from nnutils.drawing.graph.layout import arrange, heights
from nnutils.drawing.style import PALETTE, SMALL_FONT_SIZE, WIDTH, styled
from nnutils.drawing.text import drawn_number, subscripted

__all__ = [
    "draw_reverse_sweep",
]

_RADIUS = 10.5
_ROW_GAP = 22.0
_LANE = 6.0
_HEADING = 24.0
_MARGIN = 24.0
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


def draw_reverse_sweep(
    trace: Trace, *, digits: int = 4, title: str | None = None, alt: str | None = None
) -> Figure:
    """Draw the graph of a trace with its values, and once more for each row that passes its adjoint back.

    The first frame has the values below the nodes. In each of the others one node, the orange one, passes
    its adjoint back along its edges; below each node stands the adjoint so far, in bold where it has just
    changed. Nodes that have passed theirs on are grey; an input whose adjoint is complete is green.
    Constants are left out: nobody asks for a derivative with respect to them. Numbers have ``digits``
    decimals; the figure is 7 inches wide.

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
    columns = 2 if len(frames) > 1 else 1
    wide = 72 * WIDTH / columns
    layout = _layout(list(nodes), edges, set(range(trace.tape.inputs)), wide)
    rows = math.ceil(len(frames) / columns)
    tall = layout.height + _HEADING
    with styled():
        figure, axes = point_axes(72 * WIDTH, rows * tall + 4, title, None, "draw_reverse_sweep")
        for number, frame in enumerate(frames):
            row, column = divmod(number, columns)
            _draw_frame(axes, frame, layout, nodes, (column * wide, (rows - 1 - row) * tall + 4), wide)
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


def _layout(nodes: Sequence[int], edges: Sequence[tuple[int, int]], inputs: set[int], wide: float) -> _Layout:
    """Place the nodes in columns by their longest path, and long edges on lanes of their own."""
    ids = [str(node) for node in nodes]
    links = [(str(start), str(end)) for start, end in edges]
    routes, tracks = arrange(ids, links, [str(node) for node in inputs], backbone=True)
    sizes: dict[str | int, float] = dict.fromkeys(ids, 2 * _RADIUS)
    sizes |= dict.fromkeys(range(len(edges)), _LANE)
    down = heights(routes, tracks, sizes, _ROW_GAP)
    top, bottom = min(down.values()), max(down.values())
    last = max(column for column, _ in down)
    step = (wide - 2 * _MARGIN) / max(1, last)
    # Below the lowest node there is its number.
    height = bottom - top + 2 * _RADIUS + _ROW_GAP
    spots = {place: (_MARGIN + place[0] * step, height - _RADIUS - (y - top)) for place, y in down.items()}
    at = {key: spot for (_, key), spot in spots.items()}
    centres = {node: at[str(node)] for node in nodes}
    paths = []
    for number, route in enumerate(routes):
        twins = [k for k, link in enumerate(links) if link == links[number]]
        shift = 6.0 * (twins.index(number) - (len(twins) - 1) / 2)
        paths.append(_trimmed([(spots[place][0], spots[place][1] + shift) for place in route]))
    return _Layout(centres, paths, height)


def _trimmed(path: list[Point]) -> list[Point]:
    """Let a line begin and end at the outlines of its nodes."""

    def towards(a: Point, b: Point) -> Point:
        share = (_RADIUS + 1.5) / math.dist(a, b)
        return a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])

    return [towards(path[0], path[1]), *path[1:-1], towards(path[-1], path[-2])]


def _draw_frame(
    axes: Axes, frame: _Frame, layout: _Layout, nodes: Mapping[int, str], corner: Point, wide: float
) -> None:
    x0, y0 = corner
    heading = (x0 + 6, y0 + layout.height + 8)
    axes.text(*heading, frame.heading, fontsize=SMALL_FONT_SIZE, fontweight="bold", gid="heading")
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
            below = (spot[0], spot[1] - _RADIUS - 8)
            bold = node in frame.changed
            write(axes, below, frame.numbers[node], 8.5, colour, gid="number", bold=bold, on_card=True)


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
