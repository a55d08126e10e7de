"""Pictures for the tests of nnutils.drawing, and what measures them as the renderer sees them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from nnutils import Concat, Conv2d, MaxPool2d, Network, autodiff
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

HALF = Fraction(1, 2)
SIX = [
    [[1, 0], [-1, 0], [1, -1], [-1, 1], [0, 1], [0, -1]],
    [[HALF, -HALF, -HALF, -HALF, HALF, -HALF], [HALF, -HALF, HALF, HALF, HALF, -HALF]],
]
FOUR = [[[-1, 0], [1, 0], [1, -1], [-1, 1]], [[-1, 1, -1, 0], [-1, 1, 0, 1]]]
THREE = [([[1, 0], [0, 1], [1, -1]], [0.25, 0, -1]), ([[1, 0, -1], [0, 1, 1]], [-10, 0])]
DENSE = [[[0.5, -0.25]] * 6, [[1, -2, 3, -4, 5, -6]] * 2]

BLOCK_NODES = [
    *(Node(name, name, "input" if name == "x" else "parameter") for name in ("x", "W", "b", "V", "c")),
    *(Node(name, name) for name in ("Wx", "z", "φ(z)", "h", "Vh", "r", "φ(r)")),
    Node("y", "y", "output"),
]
BLOCK_EDGES = [
    *[("x", "Wx"), ("W", "Wx"), ("Wx", "z"), ("b", "z"), ("z", "φ(z)"), ("φ(z)", "h"), ("x", "h")],
    *[("h", "Vh"), ("V", "Vh"), ("Vh", "r"), ("c", "r"), ("r", "φ(r)"), ("φ(r)", "y"), ("h", "y")],
]
TRACE_NODES = [
    *(
        Node(f"v{i}", f"v{i}", "input" if i < 1 else "operation", v, -v)
        for i, v in enumerate([2, 5, 0.69, 10.0, -1e-9, 11, 12.5], -1)
    ),
]
TRACE_EDGES = [
    ("v-1", "v1"),
    ("v-1", "v2"),
    ("v0", "v2"),
    ("v0", "v3"),
    ("v1", "v4"),
    ("v2", "v4"),
    ("v4", "v5"),
    ("v3", "v5"),
]
TABLE = {
    "conv1": {"units": 290_400, "weights": 34_848, "connections": 105_415_200},
    "fc1": {"units": 4096, "weights": 37_748_736, "connections": 37_748_736},
    "output": {"units": 1000, "weights": 4_096_000, "connections": 4_096_000},
}


def inception() -> Network:
    """Return a block of four branches: one layer, two, two, and a pool with a projection."""
    branches = [
        [Conv2d(64, 1, name="direct")],
        [Conv2d(96, 1, name="reduce3"), Conv2d(128, 3, padding=1, name="conv3")],
        [Conv2d(16, 1, name="reduce5"), Conv2d(32, 5, padding=2, name="conv5")],
        [MaxPool2d(3, stride=1, padding=1, name="pool"), Conv2d(32, 1, name="project")],
    ]
    return Network((192, 28, 28), [Concat(*branches, name="concat")])


def draw_recorded() -> Figure:
    """Draw the graph of a recorded function, with the legend that names its lines."""
    graph = autodiff.trace(lambda x1, x2: 1 / (x1 + x2) + x2 * x2 + autodiff.cos(x1), 3, 6).graph()
    return draw_graph(graph.nodes, graph.edges)


PICTURES: dict[str, Callable[[], Figure]] = {
    "2-6-2": lambda: draw_mlp(SIX),
    "2-4-2": lambda: draw_mlp(FOUR),
    "2-3-2": lambda: draw_mlp(THREE),
    "2-6-2 dense": lambda: draw_mlp(DENSE),
    "block": lambda: draw_graph(BLOCK_NODES, BLOCK_EDGES, title="Residual block"),
    "trace": lambda: draw_graph(TRACE_NODES, TRACE_EDGES),
    "sizes": lambda: draw_graph(BLOCK_NODES[:6], [("x", "Wx", "64 × 64"), ("W", "Wx", "8 × 64")]),
    "recorded": draw_recorded,
    "branches": lambda: draw_branches(inception(), title="Inception 3a"),
    "volumes": lambda: draw_volumes([(3, 32, 32), (16, 14, 14), (10, 8, 8), (640,)], ["in", "a", "b", "out"]),
    "taps": lambda: draw_tap_map(
        {"no padding": [[9, 9], [9, 9]], "padding": [[4, 6], [6, 9]]}, frame=(4, 4), title="Taps"
    ),
    "bars": lambda: draw_bars(TABLE, label="number", title="Layers"),
    "shares": lambda: draw_shares(TABLE, title="Shares"),
    "contours": lambda: draw_contours(
        {"min": np.minimum, "max": np.maximum}, kink=lambda x1, x2: x1 - x2, kink_label="x1 = x2"
    ),
}


def texts(figure: Figure, *gids: str) -> list[Text]:
    """The visible texts, or those that carry one of these marks, where drawing puts them."""
    figure.draw_without_rendering()
    found = [text for text in figure.findobj(Text) if isinstance(text, Text) and text.get_text().strip()]
    return [text for text in found if (text.get_gid() in gids if gids else text.get_visible())]


def overlapping(artists: Iterable[Any]) -> list[tuple[Any, Any]]:
    """The pairs of artists that overlap by more than half a pixel, as the renderer measures them."""
    boxes = [(artist, artist.get_window_extent()) for artist in artists]
    found = []
    for (first, a), (second, b) in itertools.combinations(boxes, 2):
        common = Bbox.intersection(a, b)
        if common is not None and common.width > 0.5 and common.height > 0.5:
            found.append((first, second))
    return found


def marked(figure: Figure, gid: str) -> list[Any]:
    return figure.findobj(lambda artist: artist.get_gid() == gid)
