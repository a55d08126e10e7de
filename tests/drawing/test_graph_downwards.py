"""Graphs on a phone: from top to bottom, in the width that there is, every edge from its node to its node."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox
from support.drawing_samples import BLOCK_EDGES, BLOCK_NODES, PICTURES, marked, overlapping, texts
from support.fuzzing.graphs import Graph, graphs
from support.narrow_pictures import faults, narrow_of

from nnutils import Conv2d, Network, ReLU, Residual, autodiff
from nnutils.drawing import Node, draw_branches, draw_graph
from nnutils.drawing.graph.layout import least_room
from nnutils.drawing.graph.levels import levels_within, pack
from nnutils.drawing.narrow import narrow_version


def softmax() -> Figure:
    """Three inputs, each used twice or more."""

    def function(a: Any, b: Any, c: Any) -> Any:
        return autodiff.exp(a) / (autodiff.exp(a) + autodiff.exp(b) + autodiff.exp(c))

    graph = autodiff.trace(function, 0.5, -1.25, 2).graph()
    return draw_graph(graph.nodes, graph.edges, title="The first of three outputs of softmax")


def residual() -> Figure:
    """Labels on edges side by side, one of them long."""
    body = [Conv2d(64, 3, padding=1, name="conv"), ReLU(name="relu")]
    layers = [Conv2d(64, 7, stride=2, padding=3, name="stem"), Residual(body, name="sum")]
    return draw_branches(Network((3, 32, 32), layers), title="A residual block")


DRAWN: dict[str, Callable[[], Figure]] = {
    **{name: PICTURES[name] for name in ("block", "trace", "sizes", "recorded", "branches")},
    "softmax": softmax,
    "residual": residual,
}


@pytest.fixture(scope="module")
def pictures() -> dict[str, Figure]:
    return {name: narrow_of(draw()) for name, draw in DRAWN.items()}


def outlines(figure: Figure) -> list[Bbox]:
    """The nodes in points, in the order in which they were given."""
    return [node.get_path().get_extents(node.get_patch_transform()) for node in marked(figure, "node")]


def courses(figure: Figure) -> list[Any]:
    """The lines of the edges, as many short pieces."""
    return [edge.get_path().to_polygons(closed_only=False)[0] for edge in marked(figure, "edge")]


def enters(line: Any, box: Bbox) -> bool:
    """Tell whether a line comes inside of a box by more than half a point."""
    pieces = [np.linspace(a, b, 20) for a, b in itertools.pairwise(line)]
    x, y = np.concatenate(pieces).T
    inside = (x > box.x0 + 0.5) & (x < box.x1 - 0.5) & (y > box.y0 + 0.5) & (y < box.y1 - 0.5)
    return bool(inside.any())


def crossings(figure: Figure) -> int:
    """Count the pairs of edges whose order from left to right changes on the way down."""
    count = 0
    for one, other in itertools.combinations(courses(figure), 2):
        (x, y), (u, v) = one[::-1].T, other[::-1].T
        low, high = max(y[0], v[0]), min(y[-1], v[-1])
        if low < high:
            apart = np.interp([low, high], y, x) - np.interp([low, high], v, u)
            count += bool(apart[0] * apart[1] < 0)
    return count


@pytest.mark.parametrize("name", DRAWN)
def test_nothing_touches_and_every_line_keeps_off_the_labels_of_others(
    pictures: dict[str, Figure], name: str
) -> None:
    figure = pictures[name]
    figure.draw_without_rendering()
    labels = texts(figure, "edge label")
    assert overlapping([*marked(figure, "node"), *labels]) == []
    back = figure.axes[0].transData.inverted()
    for label in labels:
        box = label.get_window_extent().transformed(back)
        assert sum(enters(line, box) for line in courses(figure)) == 1  # its own


@pytest.mark.parametrize("name", ["block", "recorded", "branches", "softmax", "residual", "trace"])
def test_a_graph_that_can_be_drawn_without_crossings_is(pictures: dict[str, Figure], name: str) -> None:
    assert crossings(pictures[name]) == 0


def test_crossings_are_counted() -> None:
    nodes = [*(Node(n, n, "input") for n in "abc"), *(Node(n, n, "output") for n in "xyz")]
    thin = narrow_of(draw_graph(nodes, list(itertools.product("abc", "xyz"))))
    assert crossings(thin) == 9


def test_every_edge_leads_down_from_its_node_to_its_node(pictures: dict[str, Figure]) -> None:
    figure = pictures["block"]
    boxes = dict(zip([node.id for node in BLOCK_NODES], outlines(figure), strict=True))
    edges, heads = courses(figure), marked(figure, "arrow")
    assert len(edges) == len(heads) == len(BLOCK_EDGES)
    for (start, end), line, head in zip(BLOCK_EDGES, edges, heads, strict=True):
        assert (np.diff(line[:, 1]) <= 1e-9).all()
        tip = head.get_xy()[0]
        assert boxes[start].x0 <= line[0][0] <= boxes[start].x1
        assert boxes[start].y0 - 0.1 <= line[0][1] <= boxes[start].y0 + 3  # a circle stands back a little
        assert boxes[end].x0 <= tip[0] <= boxes[end].x1
        assert boxes[end].y1 - 3 <= tip[1] <= boxes[end].y1 + 0.1
        assert not any(enters(line, box) for name, box in boxes.items() if name not in (start, end))
    backbone = [boxes[name] for name in ("x", "Wx", "z", "φ(z)", "h", "Vh", "r", "φ(r)", "y")]
    assert len({round((box.x0 + box.x1) / 2, 3) for box in backbone}) == 1


def test_inputs_stand_on_top_in_the_order_given(pictures: dict[str, Figure]) -> None:
    boxes = outlines(pictures["softmax"])
    assert len({box.y1 for box in boxes[:3]}) == 1
    assert boxes[0].x1 < boxes[1].x0 < boxes[1].x1 < boxes[2].x0
    assert boxes[0].y0 > max(box.y1 for box in boxes[3:])


def test_a_wide_node_stands_where_no_edges_pass_it_if_only_that_fits() -> None:
    """Beside the parameter the edges of three inputs above it would need more than the phone has."""
    nodes = [*(Node(name, name, "input") for name in "uvx"), Node("w", "w" * 18, "parameter"), Node("y", "y")]
    thin = narrow_of(draw_graph(nodes, [(name, "y") for name in "wuvx"]))
    assert thin.get_figwidth() == 3.25
    assert outlines(thin)[3].y0 > outlines(thin)[0].y1


def test_what_no_phone_can_hold_makes_the_picture_wider_and_hides_nothing() -> None:
    nodes = [
        Node("x", "x", "input"),
        Node("a", "a function with a name that is far too long"),
        Node("y", "y"),
    ]
    thin = narrow_version(draw_graph(nodes, [("x", "a", "64 × 64"), ("a", "y"), ("x", "y")]))
    assert thin is not None
    assert 3.3 < thin.get_figwidth() < 5
    assert faults(thin, width=thin.get_figwidth()) == []


@given(graphs(), st.integers(40, 150))
@settings(deadline=None, max_examples=60)
def test_every_link_leads_down_and_no_level_is_wider_than_the_room(graph: Graph, room: int) -> None:
    names, edges = graph
    widths = {name: 10.0 + 7 * (number % 4) for number, name in enumerate(names)}
    level = levels_within(widths, edges, ["n0"], room, gap=5, lane=2)
    assert all(level[start] < level[end] for start, end in edges)
    assert set(level.values()) == set(range(1 + max(level.values())))
    used: dict[int, list[float]] = defaultdict(list)
    for name, number in level.items():
        used[number].append(widths[name])
    for start, end in edges:
        for number in range(level[start] + 1, level[end]):
            used[number].append(2)
    for number, parts in used.items():
        alone = sum(level[name] == number for name in names) == 1
        assert alone or math.fsum(parts) + 5 * (len(parts) - 1) <= room


@given(st.lists(st.lists(st.integers(5, 40), min_size=1, max_size=4), min_size=1, max_size=6), st.data())
@settings(deadline=None, max_examples=40)
def test_packed_places_keep_their_distance_within_the_room(
    rows: list[list[int]], data: st.DataObject
) -> None:
    sizes = {(level, str(k)): float(size) for level, row in enumerate(rows) for k, size in enumerate(row)}
    columns = [[place for place in sizes if place[1] == str(k)] for k in range(4)]
    tracks = [track for track in columns if track]
    widest = max(math.fsum(row) + 5 * (len(row) - 1) for row in rows)
    room = widest + data.draw(st.integers(0, 30))
    across = pack([list(track) for track in tracks], tracks, sizes, room, 5)
    for place, x in across.items():
        assert sizes[place] / 2 - 1e-6 <= x <= room - sizes[place] / 2 + 1e-6
    for a, b in itertools.combinations(across, 2):
        assert a[0] != b[0] or abs(across[a] - across[b]) >= (sizes[a] + sizes[b]) / 2 + 5 - 1e-6
    if least_room(tracks, sizes, 5) <= room:
        assert all(len({across[place] for place in track}) == 1 for track in tracks)


@pytest.mark.slow
@given(graphs())
@settings(deadline=None, max_examples=15)
def test_no_narrow_graph_has_nodes_that_touch_or_edges_through_nodes(
    graph: Graph,
) -> None:
    names, edges = graph
    thin = narrow_version(draw_graph([Node(n, n, value=1 / 3) for n in names], edges, legend=False))
    assert thin is not None
    boxes = dict(zip(names, outlines(thin), strict=True))
    assert not any(a.overlaps(b) for a, b in itertools.combinations(boxes.values(), 2))
    for ends, line in zip(edges, courses(thin), strict=True):
        assert not any(enters(line, box) for name, box in boxes.items() if name not in ends)
