"""Branch diagrams: a node for each layer, the right size on each edge, in blocks inside blocks too."""

from __future__ import annotations

import pytest
from support.drawing_samples import inception, marked, overlapping, texts

from nnutils import AvgPool2d, Concat, Conv2d, Flatten, Linear, MaxPool2d, Network, ReLU, Residual
from nnutils.core.errors import DrawingError
from nnutils.drawing import to_svg
from nnutils.drawing.graph.branches import branch_graph, draw_branches


def links(network: Network) -> list[tuple[str, str, str]]:
    """The edges by the labels of their ends."""
    nodes, edges = branch_graph(network)
    labels = {node.id: node.label for node in nodes}
    return [(labels[start], labels[end], size) for start, end, size in edges]


def test_an_edge_carries_the_output_size_of_the_layer_it_leaves() -> None:
    network = inception()
    found = links(network)
    assert len(found) == 4 + 3 + 4
    for start, _, size in found:
        shape = network.shapes.get(start)
        assert size.split() == ([] if shape is None else " × ".join(map(str, shape)).split())
    assert ("reduce3", "conv3", "96 ×\n28 × 28") in found and ("conv3", "concat", "128 ×\n28 × 28") in found


def test_the_sizes_of_input_and_output_stand_in_their_nodes() -> None:
    nodes, _ = branch_graph(inception())
    assert (nodes[0].label, nodes[0].kind, nodes[0].value) == ("input", "input", "192 ×\n28 × 28")
    assert (nodes[-1].label, nodes[-1].kind, nodes[-1].value) == ("concat", "output", "256 ×\n28 × 28")
    assert [node.kind for node in nodes[1:-1]] == ["operation"] * 7


def test_windows_show_their_kind_and_a_stride_that_is_not_one() -> None:
    layers = [Conv2d(4, (1, 3), stride=(2, 1)), MaxPool2d(2), AvgPool2d(2, stride=1), Flatten(), Linear(5)]
    nodes, _ = branch_graph(Network((3, 16, 16), layers))
    assert [node.value for node in nodes[1:]] == [
        "1 × 3 conv, stride 2 × 1",
        "2 × 2 max, stride 2",
        "2 × 2 mean",
        None,
        "5",
    ]


def test_an_output_with_a_window_shows_both() -> None:
    nodes, _ = branch_graph(Network((3, 8, 8), [Conv2d(6, 3)]))
    assert nodes[-1].value == "3 × 3 conv\n6 ×\n6 × 6"


def test_an_empty_branch_is_an_edge_past_the_others() -> None:
    body = [Conv2d(8, 3, padding=1, name="a"), Conv2d(8, 3, padding=1, name="b")]
    assert links(Network((8, 6, 6), [Conv2d(8, 1, name="first"), Residual(body, name="sum")])) == [
        ("input", "first", ""),
        ("first", "a", "8 ×\n6 × 6"),
        ("a", "b", "8 ×\n6 × 6"),
        ("b", "sum", "8 ×\n6 × 6"),
        ("first", "sum", "8 ×\n6 × 6"),
    ]


def test_blocks_inside_blocks_keep_their_ends_apart() -> None:
    inner = Residual([Conv2d(8, 3, padding=1, name="conv")], name="inner")
    outer = Concat([inner, ReLU(name="relu")], [], name="outer")
    assert links(Network((8, 6, 6), [outer])) == [
        ("input", "conv", ""),
        ("conv", "inner", "8 ×\n6 × 6"),
        ("input", "inner", ""),
        ("inner", "relu", "8 ×\n6 × 6"),
        ("relu", "outer", "8 ×\n6 × 6"),
        ("input", "outer", ""),
    ]


def test_a_layer_may_be_called_input() -> None:
    assert links(Network((3, 8, 8), [Conv2d(6, 3, name="input")])) == [("input", "input", "")]


def test_names_made_by_the_network_are_shown_without_their_blocks() -> None:
    nodes, _ = branch_graph(Network((3, 8, 8), [Concat([Conv2d(2, 1)], [Conv2d(2, 1)])]))
    assert [node.label for node in nodes] == ["input", "conv", "conv", "concat"]


def test_nothing_in_the_picture_overlaps_and_it_is_the_same_each_time() -> None:
    figure = draw_branches(inception(), title="Inception 3a")
    assert overlapping([*marked(figure, "node"), *texts(figure, "edge label")]) == []
    assert figure.get_figwidth() < 7.5
    assert to_svg(figure) == to_svg(draw_branches(inception(), title="Inception 3a"))


def test_a_list_of_layers_is_refused_with_the_remedy() -> None:
    with pytest.raises(DrawingError, match=r"got list[\s\S]*Network\(input_shape, layers\)"):
        draw_branches([Conv2d(2, 1)])  # type: ignore[arg-type]
