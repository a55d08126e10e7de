"""Drawn graphs: columns by longest path, edges that end at their nodes and avoid all others."""

from __future__ import annotations

import itertools
import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Polygon
from matplotlib.transforms import Bbox
from support.drawing_samples import BLOCK_EDGES, BLOCK_NODES, marked, overlapping, texts
from support.fuzzing.graphs import Graph, graphs
from support.seen_pictures import figure_of

from nnutils import autodiff
from nnutils.core.errors import DrawingError
from nnutils.drawing import Node, draw_graph, to_svg
from nnutils.drawing.graph.layout import arrange, crossings_of, heights, longest_path_columns

GRAPHS = ["block", "trace", "sizes"]


@pytest.fixture(scope="module")
def pictures() -> dict[str, Figure]:
    return {name: figure_of(name) for name in GRAPHS}


def outline(figure: Figure) -> dict[str, Bbox]:
    """The extents of the nodes in points, by the label in them."""
    found = {}
    for node in marked(figure, "node"):
        box = node.get_window_extent().transformed(figure.axes[0].transData.inverted())
        names = [t for t in texts(figure, "name") if box.contains(*t.get_position())]
        assert len(names) == 1
        found[names[0].get_text()] = box
    return found


@pytest.mark.parametrize("name", GRAPHS)
def test_nodes_and_labels_of_a_graph_do_not_overlap(pictures: dict[str, Figure], name: str) -> None:
    figure = pictures[name]
    assert overlapping(marked(figure, "node")) == []
    assert overlapping([*marked(figure, "node"), *texts(figure, "edge label")]) == []
    assert overlapping(texts(figure)) == []


def test_every_edge_starts_and_ends_at_its_nodes() -> None:
    figure = draw_graph(BLOCK_NODES, BLOCK_EDGES)
    boxes = outline(figure)
    edges, heads = marked(figure, "edge"), marked(figure, "arrow")
    assert len(edges) == len(heads) == len(BLOCK_EDGES)
    for (start, end), edge, head in zip(BLOCK_EDGES, edges, heads, strict=True):
        assert isinstance(edge, PathPatch) and isinstance(head, Polygon)
        first, tip = edge.get_path().vertices[0], head.get_xy()[0]
        for (x, y), box in ((first, boxes[start]), (tip, boxes[end])):
            assert box.x0 - 0.8 <= x <= box.x1 + 0.8 and box.y0 <= y <= box.y1
        assert first[0] > boxes[start].x1 - 3 and tip[0] < boxes[end].x0 + 3


def hits(path: Any, box: Bbox) -> bool:
    points = path.cleaned(curves=False).vertices
    dense = np.concatenate([np.linspace(a, b, 20) for a, b in itertools.pairwise(points[:-1])])
    return any(box.x0 < x < box.x1 and box.y0 < y < box.y1 for x, y in dense)


def crossings(figure: Figure) -> int:
    """Count the pairs of drawn edges that cross: their order changes between the ends of a common stretch."""
    courses = []
    for edge in marked(figure, "edge"):
        x, y = edge.get_path().to_polygons(closed_only=False)[0].T
        courses.append((x, y))
    count = 0
    for (x, y), (u, v) in itertools.combinations(courses, 2):
        low, high = max(x[0], u[0]), min(x[-1], u[-1])
        if low < high:
            apart = np.interp([low, high], x, y) - np.interp([low, high], u, v)
            count += bool(apart[0] * apart[1] < 0)
    return count


@pytest.mark.parametrize("name", ["recorded", "branches", "block"])
def test_a_graph_that_can_be_drawn_without_crossings_is(name: str) -> None:
    assert crossings(figure_of(name)) == 0


def test_crossings_are_counted() -> None:
    """Three inputs that all lead to all of three outputs cross at least nine times."""
    nodes = [*(Node(n, n, "input") for n in "abc"), *(Node(n, n, "output") for n in "xyz")]
    assert crossings(draw_graph(nodes, list(itertools.product("abc", "xyz")))) == 9


def test_inputs_stand_in_the_order_given() -> None:
    boxes = outline(figure_of("recorded"))
    assert boxes["x₁"].y0 > boxes["x₂"].y1


def test_edges_avoid_the_nodes_that_are_not_theirs() -> None:
    figure = draw_graph(BLOCK_NODES, BLOCK_EDGES)
    boxes = outline(figure)
    for ends, edge in zip(BLOCK_EDGES, marked(figure, "edge"), strict=True):
        assert [name for name, box in boxes.items() if name not in ends and hits(edge.get_path(), box)] == []
    # The check can fail: the straight line of the first skip edge runs through three nodes.
    a, b = boxes["x"], boxes["h"]
    straight = type(edge.get_path())([(a.x1, (a.y0 + a.y1) / 2), (b.x0, (b.y0 + b.y1) / 2), (0, 0)])
    assert sum(hits(straight, box) for box in boxes.values()) >= 3


def test_the_block_has_a_level_backbone_and_no_crossing() -> None:
    boxes = outline(draw_graph(BLOCK_NODES, BLOCK_EDGES))
    heights = {
        round((boxes[name].y0 + boxes[name].y1) / 2, 3)
        for name in ("x", "Wx", "z", "φ(z)", "h", "Vh", "r", "φ(r)", "y")
    }
    assert len(heights) == 1
    assert boxes["V"].x0 > boxes["z"].x1  # a parameter stands before its first use, not at the far left
    assert crossings(draw_graph(BLOCK_NODES, BLOCK_EDGES)) == 0


def test_parallel_branches_without_a_backbone_are_centred() -> None:
    nodes = [Node("a", "a", "input"), *(Node(n, n) for n in "bcde"), Node("z", "z", "output")]
    edges = [*(("a", n) for n in "bcd"), *((n, "z") for n in "bcd")]
    boxes = outline(draw_graph([n for n in nodes if n.id != "e"], edges, backbone=False))
    assert boxes["a"].y0 == pytest.approx(boxes["c"].y0, abs=0.1)
    assert boxes["z"].y0 == pytest.approx(boxes["c"].y0, abs=0.1)


def test_an_input_used_twice_gets_two_edges_that_do_not_coincide() -> None:
    edges = marked(draw_graph([Node("x", "x", "input"), Node("y", "x·x")], [("x", "y"), ("x", "y")]), "edge")
    first, second = (edge.get_path().vertices for edge in edges)
    assert abs(first[:, 1] - second[:, 1]).min() > 4


def test_values_and_adjoints_stand_in_their_nodes() -> None:
    figure = draw_graph(
        [Node("a", "a", "input", np.zeros((3, 2)), -0.5), Node("b", "b", value="4 × 4")], [("a", "b")]
    )
    assert [t.get_text() for t in texts(figure, "value")] == ["(3, 2)", "4 × 4"]
    assert [t.get_text() for t in texts(figure, "adjoint")] == ["−0.5"]
    for node in marked(figure, "node"):
        box = node.get_window_extent()
        inside = [t for t in texts(figure, "name", "value", "adjoint") if box.overlaps(t.get_window_extent())]
        assert all(box.x0 <= t.get_window_extent().x0 and t.get_window_extent().x1 <= box.x1 for t in inside)


def test_any_objects_with_the_attributes_are_nodes() -> None:
    expected = to_svg(draw_graph([Node("1", "x1", "input"), Node("2", "f", "output")], [("1", "2")]))
    objects = [
        SimpleNamespace(id=1, label="x1", kind="input"),
        SimpleNamespace(id=2, label="f", kind="output"),
    ]
    assert to_svg(draw_graph(objects, [(1, 2, None)])) == expected


def test_a_recorded_trace_is_drawn_as_it_is() -> None:
    graph = autodiff.trace(lambda x1, x2: autodiff.ln(x1) + x1 * x2 - 3, 2, 5).graph()
    figure = draw_graph(graph.nodes, graph.edges)
    assert [text.get_text() for text in texts(figure, "name")] == [
        "x₁",
        "x₂",
        "v₁: ln",
        "v₂: ·",
        "v₃: +",
        "3",
        "y: −",
    ]
    # ln 2 + 2 * 5 - 3; the constant 3 has no line of its own for its value and none for an adjoint
    assert [text.get_text() for text in texts(figure, "value")] == [
        *("2", "5", "0.6931", "10", "10.6931", "7.6931")
    ]
    assert [text.get_text() for text in texts(figure, "adjoint")] == [*("5.5", "2", "1", "1", "1", "1")]
    legend = figure.axes[0].get_legend()
    assert legend is not None
    assert {text.get_text() for text in legend.get_texts()} >= {"input", "constant", "output"}


def test_a_long_edge_runs_level_between_its_ends() -> None:
    edges = marked(draw_graph(BLOCK_NODES, BLOCK_EDGES), "edge")
    heights = edges[BLOCK_EDGES.index(("x", "h"))].get_path().vertices[:, 1]
    assert len(set(heights[3:-3].round(3))) == 1  # all but what leads into the lane and out of it
    assert heights.max() > heights[0] + 20


def test_fifteen_nodes_fit_the_text_column() -> None:
    names = [f"v{i}" for i in range(15)]
    edges = [(names[p], names[i]) for i in range(2, 15) for p in {i - 2 + i % 2, max(0, i - 3)}]
    figure = draw_graph([Node(n, n, "input" if n in ("v0", "v1") else "operation") for n in names], edges)
    assert figure.get_figwidth() <= 7.01
    assert overlapping(marked(figure, "node")) == []


@given(graphs())
@settings(deadline=None, max_examples=60)
def test_edges_lead_right_and_rows_keep_their_distance(
    graph: Graph,
) -> None:
    names, edges = graph
    columns = longest_path_columns(names, edges, names)
    assert all(columns[start] < columns[end] for start, end in edges)
    # Longest path: a node stands directly after one of the nodes that it reads.
    for name in names:
        before = [columns[start] for start, end in edges if end == name]
        assert columns[name] == (max(before) + 1 if before else 0)
    routes, tracks = arrange(names, edges, (), backbone=True)
    centre = heights(routes, tracks, dict.fromkeys([*names, *range(len(edges))], 10.0), 5.0)
    for a, b in itertools.combinations(centre, 2):
        assert a[0] != b[0] or abs(centre[a] - centre[b]) >= 15 - 1e-6
    for track in tracks:
        assert len({centre[place] for place in track}) == 1
    for (start, end), route in zip(edges, routes, strict=True):
        assert (route[0][1], route[-1][1]) == (start, end)
        assert len({centre[place] for place in route[1:-1]}) <= 1  # a long edge is level


def test_nodes_are_moved_until_no_move_makes_edges_cross_less() -> None:
    """After the first round of moves two of these edges still cross; the second finds the order without."""
    edges = [("a", "x"), ("a", "z"), ("b", "y"), ("c", "y"), ("c", "z")]
    routes, tracks = arrange([*"abcxyz"], edges, [*"abc"], backbone=False)
    assert crossings_of(tracks, routes) == 0


@pytest.mark.slow
@given(graphs())
@settings(deadline=None, max_examples=25)
def test_no_graph_has_nodes_that_touch_or_edges_through_nodes(
    graph: Graph,
) -> None:
    names, edges = graph
    figure = draw_graph([Node(n, n) for n in names], edges, legend=False)
    extents = [node.get_path().get_extents(node.get_patch_transform()) for node in marked(figure, "node")]
    boxes = dict(zip(names, extents, strict=True))
    assert not any(a.overlaps(b) for a, b in itertools.combinations(boxes.values(), 2))
    for ends, edge in zip(edges, marked(figure, "edge"), strict=True):
        assert not any(hits(edge.get_path(), box) for name, box in boxes.items() if name not in ends)


@pytest.mark.parametrize(
    ("nodes", "edges", "message"),
    [
        ([], [], "no node"),
        ([Node("a", "a"), Node("a", "b")], [], "two nodes have the id 'a'"),
        ([Node("a", "a", "thing")], [], "unknown kind 'thing'.*'input', 'parameter'"),
        ([Node("a", "a")], [("a", "b")], "'a' -> 'b' names 'b', but no node has this id.*nodes are 'a'"),
        (
            [Node("a", "a"), Node("b", "b")],
            [("a", "b"), ("b", "a")],
            "circle, '[ab]' -> '[ab]' -> '[ab]'",
        ),
        ([Node("a", "a")], [("a", "a")], "circle, 'a' -> 'a'"),
        (
            [Node("a", "a"), Node("b", "b")],
            [("a", "b", "3 × 3"), ("a", "b", "5 × 5")],
            "labels on the edges overlap.*Shorten them",
        ),
        ([Node("a", "a")], [3], "3 is not an edge"),
        ([Node("a", "a")], ["ab"], "'ab' is not an edge"),
        ([Node("a", "a")], [("a",)], "is not an edge"),
        ([Node("a", "a", value=math.nan)], [], "value of node 'a' is nan"),
        ([Node("a", "a", adjoint=-math.inf)], [], "adjoint of node 'a' is -inf"),
        ([SimpleNamespace(id="a", kind="input")], [], "has no 'label'"),
    ],
)
def test_a_graph_that_cannot_be_drawn_says_why(nodes: list[Any], edges: list[Any], message: str) -> None:
    with pytest.raises(DrawingError, match=f"(?s){message}"):
        draw_graph(nodes, edges)
