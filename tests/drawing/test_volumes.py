"""The staircase of volumes: drawn to its scale, in order, within the page, with its numbers beneath."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure
from support.drawing_samples import marked, overlapping, texts
from support.narrow_pictures import faults, narrow_of
from support.specifications import alexnet

from nnutils.core.errors import DrawingError
from nnutils.drawing import PALETTE, draw_volumes, panels, to_svg
from nnutils.drawing.narrow import NARROW, narrow_version
from nnutils.drawing.style import SMALL_FONT_SIZE, WIDTH

SHAPES = [(3, 256, 256), (64, 128, 64), (64, 16, 16), (100,)]
NAMES = ["input", "conv1", "pool1", "out"]


def long_chain() -> Figure:
    steps = [step for step in alexnet().steps if "relu" not in step.name]
    return draw_volumes(
        [alexnet().input_shape, *(step.output_shape for step in steps)],
        ["input", *(step.name for step in steps)],
        title="AlexNet",
    )


def sides(figure: Figure, gid: str) -> list[Any]:
    """The corners of the sides of one kind, in points, in the order of drawing."""
    return [patch.get_xy()[:4] for patch in marked(figure, gid)]


def test_heights_and_widths_grow_with_the_square_root_on_one_scale() -> None:
    pictures = sides(draw_volumes(SHAPES, NAMES), "picture")
    heights = [float(p[3][1] - p[0][1]) for p in pictures]
    assert heights[0] / heights[1] == pytest.approx((256 / 128) ** 0.5)
    assert heights[0] / heights[2] == pytest.approx((256 / 16) ** 0.5)
    widths = [float(np.hypot(*(p[1] - p[0]))) for p in pictures]
    assert widths[0] / widths[1] == pytest.approx((256 / 64) ** 0.5)
    assert widths[0] / heights[0] == pytest.approx(widths[2] / heights[2])  # squares look alike


def test_channels_grow_with_the_square_root_and_never_vanish() -> None:
    fronts = sides(draw_volumes(SHAPES, NAMES), "channels")
    lengths = [float(p[1][0] - p[0][0]) for p in fronts]
    assert lengths[1] == pytest.approx(lengths[2])
    assert lengths[3] / lengths[1] == pytest.approx((100 / 64) ** 0.5)
    assert lengths[1] / lengths[0] == pytest.approx((64 / 3) ** 0.5)
    thin = sides(draw_volumes([(1, 900, 1), (9_000_000,)], ["a", "b"]), "channels")
    assert min(float(p[1][0] - p[0][0]) for p in thin) >= 3
    assert min(float(p[3][1] - p[0][1]) for p in thin) >= 3


def test_boxes_stand_in_order_with_arrows_between_them() -> None:
    figure = draw_volumes(SHAPES, NAMES)
    left = [float(p[0][0]) for p in sides(figure, "channels")]
    assert left == sorted(left)
    arrows = marked(figure, "arrow")
    assert len(arrows) == len(SHAPES) - 1
    for arrow, (before, after) in zip(arrows, itertools.pairwise(range(4)), strict=True):
        (start, _), (end, _) = arrow._posA_posB
        assert sides(figure, "picture")[before][1][0] < start < end < left[after]


def test_names_and_numbers_stand_beneath_in_the_order_given() -> None:
    figure = draw_volumes([(3, 32, 32), (1200,)], ["input", "flatten"])
    assert [text.get_text() for text in texts(figure, "name")] == ["input", "flatten"]
    assert [text.get_text() for text in texts(figure, "shape")] == ["3 × 32 × 32", "1,200"]
    lowest = min(float(corner[1]) for side in sides(figure, "channels") for corner in side)
    assert all(text.get_position()[1] < lowest for text in texts(figure, "name", "shape"))


@pytest.mark.parametrize("figure", [draw_volumes(SHAPES, NAMES), long_chain()], ids=["one row", "three rows"])
def test_nothing_overlaps_and_all_stays_on_the_page(figure: Figure) -> None:
    drawn = [*texts(figure, "name", "shape"), *marked(figure, "picture"), *marked(figure, "channels")]
    boxes = [*texts(figure, "name", "shape"), *marked(figure, "picture")]
    assert overlapping(boxes) == []
    for artist in drawn:
        extent = artist.get_window_extent()
        assert 0 <= extent.x0 and extent.x1 <= figure.bbox.width
        assert 0 <= extent.y0 and extent.y1 <= figure.bbox.height
    assert figure.get_figwidth() == WIDTH
    assert min(text.get_fontsize() for text in texts(figure)) >= SMALL_FONT_SIZE


def test_what_does_not_fit_goes_on_in_a_further_row_with_an_arrow() -> None:
    figure = long_chain()
    lines = {round(text.get_position()[1]) for text in texts(figure, "name")}
    assert len(lines) == 3
    assert len(marked(figure, "arrow")) == len(texts(figure, "name")) - 1


def test_the_picture_is_opaque_and_the_same_each_time() -> None:
    svg = to_svg(draw_volumes(SHAPES, NAMES))
    assert svg == to_svg(draw_volumes(SHAPES, NAMES))
    assert svg != to_svg(draw_volumes([*SHAPES[:3], (101,)], NAMES))
    assert PALETTE.card.lower() in svg


def test_it_draws_into_given_axes_if_they_are_large_enough() -> None:
    figure, (ax,) = panels(width=8, height=5)
    assert draw_volumes(SHAPES, NAMES, ax=ax) is figure
    _, (small,) = panels(width=3, height=2)
    with pytest.raises(
        DrawingError, match=r"(?s)draw_volumes: the drawing needs .* inches .*Use larger axes"
    ):
        draw_volumes(SHAPES, NAMES, ax=small)


@pytest.mark.parametrize(
    ("shapes", "names", "message"),
    [
        ([], [], "0 shapes and 0 names do not belong"),
        ([(3, 4, 4)], ["a", "b"], "1 shapes and 2 names do not belong"),
        ([(3, 4)], ["a"], r"the shape of 'a' is \(3, 4\), which cannot be drawn.*positive whole numbers"),
        ([(3, 4, 0)], ["a"], r"\(3, 4, 0\), which cannot be drawn"),
        ([(3, 4, 2.5)], ["a"], r"\(3, 4, 2.5\), which cannot be drawn"),
        ([(True,)], ["a"], r"\(True,\), which cannot be drawn"),
        ([(3,)], ["a" * 90], "'aaaa.*' is wider than the picture.*shorter name"),
    ],
)
def test_what_cannot_be_drawn_says_why(shapes: Sequence[Any], names: Sequence[str], message: str) -> None:
    with pytest.raises(DrawingError, match=f"(?s){message}"):
        draw_volumes(shapes, names)


@pytest.mark.parametrize("figure", [draw_volumes(SHAPES, NAMES), long_chain()], ids=["four", "many"])
def test_on_a_phone_the_boxes_stand_in_rows_in_the_same_order(figure: Figure) -> None:
    thin = narrow_of(figure)
    assert overlapping([*texts(thin, "name", "shape"), *marked(thin, "picture")]) == []
    assert len(marked(thin, "arrow")) == len(texts(figure, "name")) - 1
    names = {text.get_text(): text.get_position() for text in texts(thin, "name")}
    # read row by row, from the left
    order = sorted(names, key=lambda name: (-round(names[name][1]), names[name][0]))
    assert order == [text.get_text() for text in texts(figure, "name")]
    assert len({round(y) for _, y in names.values()}) > 1


def test_a_name_that_is_wider_than_a_phone_makes_the_picture_wider() -> None:
    thin = narrow_version(draw_volumes(SHAPES[:2], ["input", "a convolution with a very long name"]))
    assert thin is not None
    assert NARROW < thin.get_figwidth() < 4.5
    assert faults(thin, width=thin.get_figwidth()) == []
