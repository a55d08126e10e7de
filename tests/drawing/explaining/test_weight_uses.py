"""Weights and their uses: marks at the right spot, names clear of one another, numbers told in words."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from support.narrow_pictures import narrow_of

from nnutils.core.errors import DrawingError
from nnutils.drawing import draw_weight_uses
from nnutils.drawing.describing import description

LAYERS = {
    "conv1": (34_848, 105_415_200),
    "conv3": (884_736, 149_520_384),
    "conv4": (663_552, 112_140_288),
    "conv5": (442_368, 74_760_192),
    "fc1": (37_748_736, 37_748_736),
}


def spots(line: Line2D) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in np.asarray(line.get_xydata(), dtype=float)]


def marks(figure: Figure) -> dict[str, list[tuple[float, float]]]:
    return {
        str(line.get_marker()): spots(line)
        for line in figure.axes[0].lines
        if line.get_marker() in ("o", "s")
    }


def test_a_mark_stands_at_its_weights_and_their_uses() -> None:
    found = marks(draw_weight_uses(LAYERS))
    assert found["o"][:2] == [(34_848, 3025), (884_736, 169)]
    assert found["s"] == [(37_748_736, 1)]


def test_each_line_joins_equal_connections_and_says_how_many() -> None:
    axes = draw_weight_uses(LAYERS).axes[0]
    totals = []
    for line in (line for line in axes.lines if line.get_linestyle() == "--"):
        products = [float(x * y) for x, y in spots(line)]
        assert products == pytest.approx([products[0]] * len(products))
        totals.append(products[0])
    written = [text.get_text() for text in axes.texts if text.get_gid() == "connections"]
    assert written == ["10 M", "100 M", "1 G"] and totals == pytest.approx([1e7, 1e8, 1e9])


def test_the_names_are_clear_of_one_another_and_of_the_marks() -> None:
    figure = draw_weight_uses(LAYERS)
    axes = figure.axes[0]
    figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in axes.texts if text.get_gid() == "layer"]
    assert len(boxes) == len(LAYERS)
    assert not any(a.overlaps(b) for a, b in itertools.combinations(boxes, 2))
    centres = [axes.transData.transform(spot) for kind in marks(figure).values() for spot in kind]
    assert not any(box.contains(*centre) for box in boxes for centre in centres)


def test_the_text_tells_weights_and_uses() -> None:
    text = description(draw_weight_uses({"a": (10, 90), "b": (7, 7)}, title="Uses")) or ""
    assert text == "Uses. a has 10 weights, each used 9 times; b has 7 weights, each used 1 time."


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        ({}, "no layer to draw"),
        ({"a": (0, 5)}, "'a' has 0 weights and 5 connections"),
        ({"a": (6, 5)}, "'a' has 6 weights and 5 connections"),
        ({"a": (math.nan, 5)}, "a number of 'a' is nan"),
    ],
)
def test_what_cannot_be_drawn_says_why(layers: Mapping[str, tuple[float, float]], message: str) -> None:
    with pytest.raises(DrawingError, match=message):
        draw_weight_uses(layers)


def test_it_can_be_read_on_a_phone() -> None:
    layers = {f"conv{k}": (34_848 * 3**k, 105_415_200) for k in range(1, 6)}
    layers |= {f"fc{k}": (4_096_000 * k * k, 4_096_000 * k * k) for k in (1, 2, 3)}
    narrow_of(draw_weight_uses(layers, title="How often each weight is used"))
