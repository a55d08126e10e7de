"""Tap maps: every number in its cell, equal neighbours merged in large maps, readable on a phone."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from support.contrast import contrast
from support.drawing_samples import marked, overlapping, texts
from support.narrow_pictures import narrow_of

from nnutils.core.errors import DrawingError
from nnutils.drawing.style import PALETTE, SMALL_FONT_SIZE
from nnutils.drawing.svg import to_svg
from nnutils.drawing.taps import draw_tap_map
from nnutils.networks.padding_counts import taps_by_window


def square(size: int, kernel: int, padding: int = 0) -> list[list[int]]:
    line = taps_by_window(size, kernel, padding=padding)
    return [[a * b for b in line] for a in line]


SMALL = {"no padding": square(6, 3), "padding 1": square(6, 3, 1)}
LARGE = {"no padding": square(100, 3), "padding 1": square(100, 3, 1)}


def test_every_number_stands_in_its_cell() -> None:
    figure = draw_tap_map(SMALL, frame=(6, 6))
    for axes, rows in zip(figure.axes, SMALL.values(), strict=True):
        shown = {text.get_position(): text.get_text() for text in axes.texts}
        assert shown == {
            (c + 0.5, r + 0.5): str(value) for r, row in enumerate(rows) for c, value in enumerate(row)
        }


def test_a_large_map_has_few_cells_that_cover_it_with_the_right_numbers() -> None:
    figure = draw_tap_map(LARGE)
    for axes, rows in zip(figure.axes, LARGE.values(), strict=True):
        cells = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
        assert len(cells) <= 9 and not axes.texts
        assert sum(cell.get_width() * cell.get_height() for cell in cells) == len(rows) * len(rows[0])
        weighted = {to_hex(cell.get_facecolor()) for cell in cells}
        assert len(weighted) == len({value for row in rows for value in row})
    assert len(to_svg(figure)) < 60_000


def test_equal_numbers_have_one_colour_in_both_maps() -> None:
    figure = draw_tap_map(SMALL)
    left, right = (
        {
            to_hex(cell.get_facecolor()): text.get_text()
            for cell, text in zip(axes.patches, axes.texts, strict=True)
        }
        for axes in figure.axes
    )
    assert set(left.items()) <= set(right.items())
    assert sorted(right.values()) == ["4", "6", "9"]
    assert right[PALETTE.blue_tint.lower()] == "9", "a window with all its taps is blue"


def test_both_panels_have_the_same_scale() -> None:
    left, right = draw_tap_map(SMALL, frame=(6, 6)).axes
    assert left.get_xlim() == right.get_xlim() and left.get_ylim() == right.get_ylim()
    assert left.get_ylim()[0] > left.get_ylim()[1], "row 0 is at the top, as in a picture"


def test_the_frame_is_drawn_once_in_each_panel() -> None:
    figure = draw_tap_map(SMALL, frame=(8, 8), frame_label="8 x 8 pixels")
    frames = [frame for axes in figure.axes for frame in axes.patches if frame.get_gid() == "frame"]
    assert [(frame.get_width(), frame.get_height()) for frame in frames] == [(8, 8), (8, 8)]
    assert "8 x 8 pixels" in [text.get_text() for text in figure.legends[0].get_texts()]
    assert marked(draw_tap_map(SMALL), "frame") == []


@pytest.mark.parametrize("maps", [SMALL, LARGE, {"one": square(5, 3, 1)}, {"wide": [[1, 2, 3, 4, 6, 9]]}])
def test_it_is_readable_on_a_phone(maps: Any) -> None:
    figure = draw_tap_map(maps, frame=(6, 9), title="Taps")
    written = texts(figure)
    assert overlapping(written) == []
    smallest = min(text.get_fontsize() for text in written)
    assert smallest >= SMALL_FONT_SIZE and smallest * 350 / (72 * figure.get_figwidth()) >= 6.5
    for axes in figure.axes:
        for cell in axes.patches:
            if cell.get_gid() == "cell":
                assert contrast(to_hex(cell.get_facecolor()), PALETTE.ink) >= 4.5


def test_the_same_data_give_the_same_bytes() -> None:
    assert to_svg(draw_tap_map(SMALL, frame=(6, 6))) == to_svg(draw_tap_map(SMALL, frame=(6, 6)))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: draw_tap_map({}), "0 maps"),
        (lambda: draw_tap_map({name: [[1]] for name in "abc"}), "3 maps"),
        (lambda: draw_tap_map({"a": []}), "'a' have the lengths"),
        (lambda: draw_tap_map({"a": [[1, 2], [3]]}), r"'a' have the lengths \[2, 1\]"),
        (lambda: draw_tap_map({"a": [[1.5]]}), "1.5, which is not a number of taps"),  # type: ignore[list-item]
        (lambda: draw_tap_map({"a": [[-1]]}), "-1"),
        (lambda: draw_tap_map({"a": [list(range(9))]}), "9 different numbers.*8 colours"),
        (lambda: draw_tap_map({"a": [[1]]}, frame=(0, 3)), r"\(0, 3\) is empty"),
    ],
)
def test_a_map_that_cannot_be_drawn_says_why(call: Callable[[], Figure], message: str) -> None:
    with pytest.raises(DrawingError, match=f"(?s){message}"):
        call()


@pytest.mark.parametrize(
    ("maps", "options"),
    [
        (SMALL, {"frame": (6, 6), "title": "How many taps of a window of three by three count"}),
        (LARGE, {"frame": (102, 102), "frame_label": "the input"}),
        ({"padding of two pixels at every side": square(3, 5, 2)}, {}),
        ({"tall": [[9] * 3] * 10}, {"frame": (10, 3)}),
        ({"another tall map with a long name": [[4] * 3] * 13}, {}),
        ({"one column": [[9]] * 12, "and another": [[9]] * 12}, {}),
        ({"flat": [[9] * 30] * 2, "too": [[6] * 30] * 2}, {}),
    ],
)
def test_on_a_phone_the_maps_stand_below_each_other_on_one_scale(maps: Any, options: Any) -> None:
    thin = narrow_of(draw_tap_map(maps, **options))
    boxes = [axes.get_window_extent() for axes in thin.axes]
    assert all(above.y0 > below.y1 for above, below in itertools.pairwise(boxes))
    scales = {
        round(box.width / abs(axes.get_xlim()[1] - axes.get_xlim()[0]), 3)
        for axes, box in zip(thin.axes, boxes, strict=True)
    }
    assert len(scales) == 1
    labels = [axes.get_ylabel().split() for axes in thin.axes]
    assert labels == [["row", "of", "the", "window"]] * len(maps)
