"""Alternative texts follow from what is drawn: its names and numbers, in few characters."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure
from support.drawing_samples import BLOCK_EDGES, BLOCK_NODES, PICTURES, TABLE, THREE, inception, texts
from support.seen_pictures import figure_of

from nnutils import Conv2d, Network
from nnutils.drawing import (
    Node,
    draw_bars,
    draw_branches,
    draw_contours,
    draw_graph,
    draw_mlp,
    draw_shares,
    draw_tap_map,
    draw_volumes,
)
from nnutils.drawing.alt_texts import LONGEST, as_many_as_fit, number_words, plain
from nnutils.drawing.describing import SHORTEST, description


def alt(figure: Figure) -> str:
    text = description(figure)
    assert text is not None
    return text


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (
            lambda: draw_bars(TABLE, label="number", title="Layers"),
            "Layers. Horizontal bars on a logarithmic axis (number) of units, weights and connections. "
            "conv1: units 290,400, weights 34,848, connections 105 million; "
            "fc1: units 4,096, weights 37.7 million, connections 37.7 million; "
            "output: units 1,000, weights 4.1 million, connections 4.1 million.",
        ),
        (
            lambda: draw_bars({"a": {"n": 0}, "b": {"n": 2.5}}, log=False),
            "Horizontal bars of n: a 0; b 2.5.",
        ),
        (
            lambda: draw_shares({"small": {"n": 4, "m": 1}, "large": {"n": 36, "m": 99999}}),
            "Stacked bars that add up to 100 %. n: small 10 %, large 90 %; m: small < 0.1 %, large 100 %.",
        ),
        (
            lambda: draw_contours(
                {"min": np.minimum, "sum": np.add},
                limits=(-1.5, 2),
                kink=lambda x1, x2: x1 - x2,
                kink_label="x1 = x2",
            ),
            "Contour lines over x1 and x2, each from −1.5 to 2: min from −1.5 to 2; sum from −3 to 4. "
            "A dashed line marks x1 = x2.",
        ),
        (
            lambda: draw_mlp(THREE),
            "Network diagram with 2 inputs x1 and x2; 3 hidden units h1, h2 and h3; 2 outputs y1 and y2. "
            "Weights: x1 to h1: 1; x2 to h2: 1; x1 to h3: 1; x2 to h3: −1; h1 to y1: 1; h3 to y1: −1; "
            "h2 to y2: 1; h3 to y2: 1. Biases: h1 0.25, h3 −1, y1 −10.",
        ),
        (
            lambda: draw_tap_map({"no": [[9, 9]], "yes": [[4, 6], [6, 1]]}, frame=(4, 5), frame_label="page"),
            "Number of taps that count at each position of the window. no, 1 × 2 windows: 9 taps in 2; "
            "yes, 2 × 2 windows: 6 taps in 2, 4 taps in 1, 1 tap in 1. A dashed frame marks page, 4 × 5.",
        ),
        (
            lambda: draw_volumes([(3, 32, 32), (16, 14, 14), (10,)], ["in", "conv1", "out"]),
            "3 boxes from left to right, one for each size: in 3 × 32 × 32; conv1 16 × 14 × 14; out 10.",
        ),
        (
            lambda: draw_graph(
                [Node("i", "I", value="1200"), Node("h", "H1", value="500")], [("i", "h", "500 × 1200")]
            ),
            "Graph from left to right with 2 nodes: I (1200), H1 (500). Edges: I to H1 (500 × 1200).",
        ),
        (
            lambda: draw_graph(
                [Node("s", "square", "output", 4.0, 1.0), Node("x", "x1", "input", 2.0, 12.0)],
                [("x", "s"), ("x", "s")],
            ),
            "Graph from left to right with 2 nodes: input x1 (2, adjoint 12), output square (4, adjoint 1). "
            "Edges: x1 to square, x1 to square.",
        ),
        (
            lambda: draw_branches(Network((8, 6, 6), [Conv2d(2, 3, stride=2, name="conv")])),
            "Graph from left to right with 2 nodes: input (8 × 6 × 6), output conv (3 × 3 conv, stride 2 "
            "2 × 2 × 2). Edges: input to conv.",
        ),
    ],
)
def test_the_text_says_what_is_drawn(figure: Callable[[], Figure], expected: str) -> None:
    assert alt(figure()) == expected


@pytest.mark.parametrize("name", PICTURES)
def test_every_word_and_number_in_a_picture_is_in_its_text(name: str) -> None:
    """Names of nodes, rows and units; labels of edges; a title. Bars write theirs shorter."""
    figure = figure_of(name)
    said = alt(figure)
    marks = ("name", "value", "adjoint", "edge label", "weight", "shape")
    drawn = texts(figure, *marks)
    for text in drawn:
        for word in plain(text.get_text()).split(": "):
            assert word in said, text.get_text()
    titles = [title for title in (ax.get_title(loc="left") for ax in figure.axes) if title]
    assert drawn or titles
    assert all(plain(title) in said for title in titles)


@pytest.mark.parametrize("name", PICTURES)
def test_a_text_is_one_line_and_not_too_long(name: str) -> None:
    assert SHORTEST <= len(alt(figure_of(name))) <= LONGEST


def many(count: int) -> list[Any]:
    return [Node(str(i), f"node {i}", "operation", float(i)) for i in range(count)]


@pytest.mark.filterwarnings("ignore:constrained_layout not applied")  # letters wider than the picture
@pytest.mark.parametrize(
    "figure",
    [
        lambda: draw_bars({f"layer {i}": {"units": i + 1, "weights": 7 * i + 1} for i in range(40)}),
        lambda: draw_bars({"a": {"n" * 70: 1, "m" * 70: 2}}, title="t" * 300, label="l" * 300),
        lambda: draw_shares({f"{i}" * 40: {f"n{j}": i + 1 for j in range(6)} for i in range(5)}),
        lambda: draw_mlp([np.ones((20, 20)), np.ones((20, 20))], weight_labels=False),
        lambda: draw_mlp(
            [(np.ones((9, 9)), np.ones(9))] * 6, weight_labels=False, title="t" * 200, width=9.0
        ),
        lambda: draw_tap_map({"m" * 700: [[1, 2]]}, frame=(1, 2), frame_label="f" * 700),
        lambda: draw_contours({"f" * 700: np.add}, kink=np.subtract, kink_label="k" * 700),
        lambda: draw_volumes([(3, 9, 9)] * 60, [f"conv{i}" for i in range(60)]),
        lambda: draw_graph(many(60), [(str(i), str(i + 1)) for i in range(59)]),
        lambda: draw_graph([Node("x", "x" * 700)], []),
    ],
)
def test_much_is_counted_instead_of_listed(figure: Callable[[], Figure]) -> None:
    text = alt(figure())
    assert len(text) <= LONGEST
    assert re.search(r" and \d+ more|…", text)


def test_a_changed_number_changes_the_text() -> None:
    """The mutation that a typed text does not survive: one number, one name, one edge more."""
    other = {**TABLE, "conv1": {**TABLE["conv1"], "units": 290_401}}
    assert alt(draw_bars(other)) != alt(draw_bars(TABLE))
    assert alt(draw_bars(TABLE, log=False)) != alt(draw_bars(TABLE))
    assert alt(draw_graph(BLOCK_NODES, BLOCK_EDGES[:-1])) != alt(draw_graph(BLOCK_NODES, BLOCK_EDGES))
    swapped = [(*BLOCK_EDGES[0][::-1],), *BLOCK_EDGES[3:]]
    assert alt(draw_graph(BLOCK_NODES, swapped)) != alt(draw_graph(BLOCK_NODES, BLOCK_EDGES[:1]))
    (weights, biases), last = THREE
    assert alt(draw_mlp([(weights, [0.25, 1, 0]), last])) != alt(draw_mlp([(weights, biases), last]))


def test_a_network_says_its_sizes() -> None:
    assert "reduce3 to conv3 (96 × 28 × 28)" in alt(draw_branches(inception()))
    assert alt(draw_branches(inception())).count("input input") == 0


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0"),
        (999_999, "999,999"),
        (1_000_000, "1 million"),
        (999_499_999, "999 million"),
        (999_999_999, "1 billion"),
        (1_073_807_360, "1.07 billion"),
        (2.5e12, "2.5 trillion"),
        (-4_096_000, "−4.1 million"),
        (-1.5, "−1.5"),
        (1234.6, "1,235"),
    ],
)
def test_numbers_are_written_for_the_ear(number: float, words: str) -> None:
    assert number_words(number) == words


@pytest.mark.parametrize(
    ("items", "room", "text"),
    [
        ([], 10, ""),
        (["abc"], 3, "abc"),
        (["abcdef"], 3, "ab…"),
        (["abc", "def"], 8, "abc, def"),
        (["abcdefghijklm", "n", "o"], 16, "abcd… and 2 more"),
        (["abc", "def", "ghijk"], 14, "abc and 2 more"),
        (["a", "b", "c", "dddddddddddddddddddd"], 20, "a, b, c and 1 more"),
    ],
)
def test_a_list_keeps_to_its_room(items: list[str], room: int, text: str) -> None:
    assert as_many_as_fit(items, room) == text
    assert len(text) <= room
