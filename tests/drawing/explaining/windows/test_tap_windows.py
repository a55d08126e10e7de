"""Tap windows: dots where the taps of two windows stand, orange where no window reads."""

from __future__ import annotations

from typing import Any

import pytest
from support.drawing_samples import overlapping, texts
from support.narrow_pictures import narrow_of
from support.often import some

from nnutils.core.errors import DrawingError, SizeError
from nnutils.drawing import draw_tap_windows, to_svg
from nnutils.drawing.alt_texts import LONGEST
from nnutils.drawing.describing import description
from nnutils.drawing.style import SMALL_FONT_SIZE
from nnutils.networks import ConvSettings

BLIND = ConvSettings(3, stride=2, padding=2, dilation=2)
SIGHTED = ConvSettings(5, stride=1, padding=2, dilation=2)
SEVERAL = {
    "(1a)": (64, ConvSettings(8, 2, 3)),
    "(1b)": (64, ConvSettings(3, 2, 7, 7)),
    "(3b)": (8, BLIND),
    "(3c)": (8, ConvSettings(3, 2, 1)),
}


def dots(ax: Any, gid: str) -> set[tuple[float, float]]:
    (line,) = [line for line in ax.lines if line.get_gid() == gid]
    return {(x - 0.5, y - 0.5) for x, y in line.get_xydata()}


def unread(ax: Any) -> set[tuple[float, float, float, float]]:
    return {
        (*patch.get_xy(), patch.get_width(), patch.get_height())
        for patch in ax.patches
        if patch.get_gid() == "unread"
    }


def test_the_taps_of_two_windows_stand_a_stride_apart() -> None:
    (ax,) = draw_tap_windows({"(3b)": (8, BLIND)}).axes
    assert dots(ax, "taps") == {(x, y) for x in (-2, 0, 2) for y in (-2, 0, 2)}
    assert dots(ax, "next taps") == {(x, y) for x in (0, 2, 4) for y in (-2, 0, 2)}


def test_a_single_window_has_no_next_one() -> None:
    (ax,) = draw_tap_windows({"all": (8, ConvSettings(8))}).axes
    assert [line.get_gid() for line in ax.lines] == ["taps"]


def test_rows_and_columns_that_no_window_reads_are_marked() -> None:
    blind, sighted = draw_tap_windows({"blind": (8, BLIND), "sighted": (8, SIGHTED)}).axes
    rows, columns = {(0, n, 8, 1) for n in (1, 3, 5, 7)}, {(n, 0, 1, 8) for n in (1, 3, 5, 7)}
    assert unread(blind) == rows | columns
    assert unread(sighted) == set()


def test_of_a_large_picture_the_corner_is_drawn_without_the_far_padding() -> None:
    (ax,) = draw_tap_windows({"(1b)": SEVERAL["(1b)"]}).axes
    low, high = ax.get_xlim()
    assert (round(low), round(high)) == (-7, 12)
    (small,) = draw_tap_windows({"(3b)": (8, BLIND)}).axes
    assert tuple(map(round, small.get_xlim())) == (-2, 10)


def test_the_text_says_what_is_never_read() -> None:
    text = description(draw_tap_windows({"(3b)": (8, BLIND), "(3c)": SEVERAL["(3c)"]}))
    assert text is not None and len(text) <= LONGEST
    assert "dilation 2: 4 of 8 rows and columns are never read" in text and "every pixel is read" in text


@pytest.mark.parametrize("number", some([1, 2, 4], 2))
def test_it_can_be_read_and_is_the_same_every_time(number: int) -> None:
    settings = dict(list(SEVERAL.items())[:number])
    figure = draw_tap_windows(settings)
    shown = texts(figure)
    assert not overlapping(shown)
    assert all(float(text.get_fontsize()) >= SMALL_FONT_SIZE for text in shown)
    assert to_svg(draw_tap_windows(settings)) == to_svg(draw_tap_windows(settings))


def test_nothing_and_what_does_not_fit_are_refused() -> None:
    with pytest.raises(DrawingError, match="no setting"):
        draw_tap_windows({})
    with pytest.raises(SizeError, match="reaches over 9 pixels"):
        draw_tap_windows({"large": (8, ConvSettings(5, dilation=2))})


CORNER = ConvSettings(3, stride=2, padding=7, dilation=7)


@pytest.mark.parametrize(
    "settings",
    [SEVERAL, {"(3b)": (8, BLIND)}, {f"({n})": (64, CORNER) for n in range(3)}],
    ids=["several", "one", "large"],
)
def test_on_a_phone_one_or_two_grids_stand_in_a_row(settings: dict[str, tuple[int, ConvSettings]]) -> None:
    wide = draw_tap_windows(settings)
    thin = narrow_of(wide)
    for one, other in zip(thin.axes, wide.axes, strict=False):
        assert dots(one, "taps") == dots(other, "taps") and unread(one) == unread(other)
    titles = [axes.get_title("left").replace("\xa0", " ").split() for axes in thin.axes[: len(settings)]]
    assert titles == [axes.get_title("left").split() for axes in wide.axes[: len(settings)]]
