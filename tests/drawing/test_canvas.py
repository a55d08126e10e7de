"""The drawing surface: its size, given axes, axes that are too small."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure
from support.drawing_samples import (
    BLOCK_EDGES,
    BLOCK_NODES,
    FOUR,
    SIX,
    TABLE,
    marked,
    overlapping,
    texts,
)

from nnutils.core.errors import DrawingError
from nnutils.drawing import (
    draw_bars,
    draw_contours,
    draw_graph,
    draw_mlp,
    draw_shares,
    panels,
    to_svg,
)
from nnutils.drawing.canvas import point_axes
from nnutils.drawing.narrow import narrow
from nnutils.drawing.style import styled


def test_a_last_digit_of_a_size_does_not_change_the_bytes() -> None:
    """The id of a clip path is a hash of the exact size of the axes."""
    line = [(0.0, 0.0), (50.0, 50.0)]
    pictures = []
    for width in (100.0, math.nextafter(100.0, math.inf)):
        figure, axes = point_axes(width, 60.0, None, None, "draw")
        axes.plot(*line)
        pictures.append(to_svg(figure))
    assert pictures[0] == pictures[1]


def test_two_networks_share_a_figure() -> None:
    figure, axes = panels(2, width=8, height=5.4)
    for each in axes:
        assert draw_mlp(FOUR, width=3.6, ax=each) is figure
    assert overlapping(marked(figure, "unit")) == []
    assert overlapping(texts(figure, "weight")) == []


@pytest.mark.parametrize(
    "draw", [lambda ax: draw_mlp(SIX, ax=ax), lambda ax: draw_graph(BLOCK_NODES, BLOCK_EDGES, ax=ax)]
)
def test_axes_that_are_too_small_are_refused(draw: Callable[[Any], Figure]) -> None:
    _, (ax,) = panels(width=3, height=2)
    with pytest.raises(DrawingError, match=r"(?s)needs .* inches .*Use larger axes"):
        draw(ax)


def test_plots_draw_into_given_axes() -> None:
    figure, axes = panels(2, 2, height=8)
    assert draw_bars(TABLE, ax=axes[0]) is draw_shares(TABLE, ax=axes[1]) is figure
    assert draw_contours({"f": np.add}, ax=[axes[2]]) is figure
    with pytest.raises(DrawingError, match="cannot be a figure"):
        panels(0)


def test_a_long_title_takes_more_lines_on_a_phone_and_the_drawing_keeps_its_size() -> None:
    title = "A title that is longer than a picture for a phone is wide"
    with narrow(), styled():
        figure, axes = point_axes(234.0, 100.0, title, None, "draw")
        _, with_a_short_one = point_axes(234.0, 100.0, "Short", None, "draw")
    assert "\n" in axes.get_title("left") and axes.get_title("left").split() == title.split()
    for each in (axes, with_a_short_one):
        assert each.get_window_extent().height * 72 / figure.dpi == pytest.approx(100.0)
    figure.draw_without_rendering()  # puts the title above the axes
    heading = next(text for text in texts(figure) if "title" in text.get_text()).get_window_extent()
    assert axes.get_window_extent().y1 < heading.y0 and heading.y1 < figure.bbox.y1
    assert heading.x1 < figure.bbox.x1
    with styled():
        wide, _ = point_axes(504.0, 100.0, title, None, "draw")
    assert wide.axes[0].get_title("left") == title
