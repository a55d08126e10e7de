"""A sliding window: a frame for each position that fits, and the first one that does not."""

from __future__ import annotations

from typing import Any

import pytest
from matplotlib.patches import Rectangle
from support.drawing_samples import marked, overlapping, texts
from support.narrow_pictures import faults, narrow_of
from support.often import some

from nnutils.core.errors import DrawingError, SizeError
from nnutils.drawing import draw_sliding_window, to_svg
from nnutils.drawing.describing import description
from nnutils.drawing.narrow import narrow_version
from nnutils.drawing.style import SMALL_FONT_SIZE

SETTINGS: list[dict[str, Any]] = [
    {"pixels": 8, "kernel_size": 3, "stride": 2, "padding": 1},
    {"pixels": 8, "kernel_size": 3, "stride": 2, "padding": 1, "dilation": 2},
    {"pixels": 7, "kernel_size": 2, "stride": 3},
    {"pixels": 5, "kernel_size": 5},
    {"pixels": 4, "kernel_size": 1, "padding": 0},
]


def slid(pixels: int, kernel_size: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> list[int]:
    """Where the window starts, found by moving it."""
    starts = [-padding]
    while starts[-1] + dilation * (kernel_size - 1) < pixels + padding:
        starts.append(starts[-1] + stride)
    return starts


@pytest.mark.parametrize("setting", SETTINGS)
def test_each_position_has_a_frame_and_one_more_does_not_fit(setting: dict[str, Any]) -> None:
    figure = draw_sliding_window(**setting)
    starts = slid(**setting)
    windows = marked(figure, "window")
    assert len(windows) == len(starts) >= 2
    styles = [window.get_linestyle() for window in windows]
    assert styles[-1] not in styles[:-1] and len(set(styles)) == 2
    signs = [text.get_text().split()[-2] for text in marked(figure, "needs")]
    assert signs == ["≤"] * (len(starts) - 1) + [">"]


@pytest.mark.parametrize("setting", SETTINGS)
def test_windows_and_taps_stand_where_sliding_puts_them(setting: dict[str, Any]) -> None:
    figure = draw_sliding_window(**setting)
    padding, dilation = setting.get("padding", 0), setting.get("dilation", 1)
    cells: list[Rectangle] = marked(figure, "pixel") + marked(figure, "padding") + marked(figure, "tap")
    cell, left = cells[0].get_width(), min(c.get_x() for c in cells)
    span = dilation * (setting["kernel_size"] - 1) + 1
    for start, window in zip(slid(**setting), marked(figure, "window"), strict=True):
        assert window.get_x() == pytest.approx(left + (start + padding) * cell)
        assert window.get_width() == pytest.approx(span * cell)
        inside = {
            round((tap.get_x() - left) / cell) - padding
            for tap in marked(figure, "tap")
            if window.get_y() < tap.get_y() < window.get_y() + window.get_height()
        }
        taps = {start + dilation * tap for tap in range(setting["kernel_size"])}
        assert inside == {tap for tap in taps if tap < setting["pixels"] + padding}


def test_the_sums_beside_the_frames_are_those_of_the_size_formula() -> None:
    figure = draw_sliding_window(8, 3, stride=2, padding=1, dilation=2)
    assert [text.get_text() for text in marked(figure, "needs")] == [
        "0 · 2 + 5 = 5 ≤ 10",
        "1 · 2 + 5 = 7 ≤ 10",
        "2 · 2 + 5 = 9 ≤ 10",
        "3 · 2 + 5 = 11 > 10",
    ]


def test_the_text_says_where_the_windows_start() -> None:
    text = description(draw_sliding_window(8, 3, stride=2, padding=1, dilation=2))
    assert text is not None and "starts at -1, 1 and 3, stride 2" in text and "1 pixel beyond" in text
    assert "a window of 3 taps, 2 apart, over 5 pixels." in text


def test_the_text_says_nothing_of_taps_side_by_side() -> None:
    text = description(draw_sliding_window(8, 3))
    assert text is not None and "a window of 3 taps over 3 pixels." in text


@pytest.mark.parametrize("setting", some(SETTINGS))
def test_it_can_be_read_and_is_the_same_every_time(setting: dict[str, Any]) -> None:
    figure = draw_sliding_window(**setting)
    assert not overlapping(texts(figure))
    assert all(float(text.get_fontsize()) >= SMALL_FONT_SIZE for text in figure.axes[0].texts)
    assert to_svg(figure) == to_svg(draw_sliding_window(**setting))


def test_what_cannot_be_read_or_cannot_be_is_refused() -> None:
    with pytest.raises(DrawingError, match="too many"):
        draw_sliding_window(20, 3)
    with pytest.raises(DrawingError, match="too many"):
        draw_sliding_window(40, 30, stride=10)
    with pytest.raises(SizeError, match="reaches over 5 pixels"):
        draw_sliding_window(3, 5)


@pytest.mark.parametrize("setting", some(SETTINGS))
def test_on_a_phone_the_words_stand_above_the_frames(setting: dict[str, Any]) -> None:
    wide = draw_sliding_window(**setting)
    thin = narrow_version(wide)
    assert thin is not None
    if thin.get_figwidth() < 3.3:
        narrow_of(wide)
    assert faults(thin, width=thin.get_figwidth()) == []
    words = texts(thin, "position", "needs")
    assert overlapping([*words, *marked(thin, "window")]) == []
    for gid in ("position", "needs"):
        said = [[text.get_text() for text in texts(figure, gid)] for figure in (thin, wide)]
        assert said[0] == said[1]
    assert len(marked(thin, "tap")) == len(marked(wide, "tap"))


def test_a_long_row_makes_the_picture_wider_and_its_numbers_not_smaller() -> None:
    thin = narrow_version(draw_sliding_window(14, 3, stride=2, padding=1))
    assert thin is not None and thin.get_figwidth() > 3.3
    assert faults(thin, width=thin.get_figwidth()) == []
