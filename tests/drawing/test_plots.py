"""Bars, shares and contours: drawn as the numbers say."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from support.drawing_samples import PICTURES, TABLE, overlapping, texts

from nnutils.core.errors import DrawingError
from nnutils.drawing import draw_bars, draw_contours, draw_shares

PLOTS = ["bars", "shares", "contours"]


@pytest.fixture(scope="module")
def pictures() -> dict[str, Figure]:
    return {name: draw() for name, draw in PICTURES.items() if name in PLOTS}


def test_bars_are_as_long_as_their_numbers_and_say_so() -> None:
    axes = draw_bars(TABLE).axes[0]
    widths = sorted(bar.get_width() for bar in axes.patches if isinstance(bar, Rectangle))
    assert widths == sorted(float(number) for numbers in TABLE.values() for number in numbers.values())
    written = {text.get_text() for text in axes.texts}
    assert {"290 k", "35 k", "105 M", "38 M", "4.1 k", "1 k"} <= written
    assert axes.get_xscale() == "log"
    legend = axes.get_legend()
    assert legend is not None and [t.get_text() for t in legend.get_texts()] == [
        "units",
        "weights",
        "connections",
    ]


def test_a_missing_entry_leaves_its_place_empty() -> None:
    axes = draw_bars({"conv": {"units": 10, "weights": 5}, "pool": {"units": 4}}).axes[0]
    assert len(axes.patches) == 3


def test_bar_labels_do_not_overlap(pictures: dict[str, Figure]) -> None:
    for name in ("bars", "shares"):
        pictures[name].draw_without_rendering()
        assert overlapping(texts(pictures[name])) == [], name


def test_shares_fill_the_bar_and_small_ones_are_written_beneath() -> None:
    figure = draw_shares({"big": {"n": 999}, "small": {"n": 1}, "tiny": {"n": 0.1}})
    assert sum(bar.get_width() for bar in figure.axes[0].patches) == pytest.approx(100)
    assert [text.get_text() for text in figure.axes[0].texts] == ["100 %", "small 0.1 %, tiny < 0.1 %"]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: draw_bars({}), "table is empty"),
        (lambda: draw_bars({"conv": {}}), "table is empty"),
        (lambda: draw_bars({"pool": {"weights": 0}}), "'weights' of 'pool' is 0.*log=False"),
        (lambda: draw_bars({"a": {"n": -1}}, log=False), "-1.*cannot be negative"),
        (lambda: draw_bars({"a": {"n": math.nan}}), "nan"),
        (lambda: draw_bars({"a": {str(i): 1 for i in range(6)}}), "6 columns, but only 5 colours"),
        (lambda: draw_shares({}), "table is empty"),
        (lambda: draw_shares({"a": {"n": 1, "m": 1}, "b": {"n": 1}}), "'m' is missing in 'b'"),
        (lambda: draw_shares({"a": {"n": 0}}), "adds up to zero"),
        (lambda: draw_shares({str(i): {"n": 1} for i in range(6)}), "6 rows, but only 5 colours"),
    ],
)
def test_a_table_that_cannot_be_drawn_says_why(call: Callable[[], Figure], message: str) -> None:
    with pytest.raises(DrawingError, match=f"(?s){message}"):
        call()


def test_panels_share_their_levels_and_mark_the_kink(pictures: dict[str, Figure]) -> None:
    figure = pictures["contours"]
    levels = []
    for axes in figure.axes:
        lines = [c for c in axes.collections if hasattr(c, "levels") and not c.filled]
        levels.append(list(lines[0].levels))
        assert lines[0].levels[0] == -2 and lines[0].levels[-1] == 2
        kink = lines[1].get_paths()[0].vertices
        assert kink[:, 0] == pytest.approx(kink[:, 1])
        assert kink.min() == -2 and kink.max() == 2
    assert levels[0] == levels[1]


def test_contour_labels_stand_on_their_level_and_do_not_overlap(pictures: dict[str, Figure]) -> None:
    for axes, function in zip(pictures["contours"].axes, (min, max), strict=True):
        labels = [text for text in axes.texts if text.get_gid() == "level"]
        assert len(labels) >= 6
        assert overlapping(labels) == []
        for label in labels:
            assert function(label.get_position()) == pytest.approx(
                float(label.get_text().replace("−", "-")), abs=0.05
            )


def test_straight_contours_are_kept_with_few_points() -> None:
    lines = next(c for c in draw_contours({"f": np.add}).axes[0].collections if not c.filled)
    assert max(len(path.vertices) for path in lines.get_paths()) < 12


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: draw_contours({}), "no function to draw"),
        (lambda: draw_contours({"f": np.add}, limits=(1, 1)), r"limits \(1, 1\).*low < high"),
        (lambda: draw_contours({"f": np.add}, limits=(0, math.inf)), "inf"),
        (lambda: draw_contours({"f": lambda x1, x2: 1.0}), "elementwise"),
        (lambda: draw_contours({"f": lambda x1, x2: np.where(x1 > 0, np.nan, x2)}), "'f' is nan at"),
        (
            lambda: draw_contours({"f": np.add}, kink=lambda x1, x2: x1 + 9, kink_label="k"),
            "'k' is not zero anywhere",
        ),
        (lambda: draw_contours({"f": np.add}, ax=[]), "0 axes for 1"),
    ],
)
def test_a_plot_that_cannot_be_drawn_says_why(call: Callable[[], Figure], message: str) -> None:
    with pytest.raises(DrawingError, match=f"(?s){message}"):
        call()
