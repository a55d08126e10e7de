"""Bars and shares: drawn as the numbers say."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from support.drawing_samples import TABLE, overlapping, texts
from support.narrow_pictures import narrow_of
from support.seen_pictures import figure_of

from nnutils.core.errors import DrawingError
from nnutils.drawing import draw_bars, draw_shares


@pytest.fixture(scope="module")
def pictures() -> dict[str, Figure]:
    return {name: figure_of(name) for name in ("bars", "shares")}


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


LAYERS = {
    "conv1": {"units": 290_400, "weights": 34_848},
    "a fully connected layer": {"units": 4096, "weights": 37_748_736},
}


@pytest.mark.parametrize("log", [True, False])
def test_bars_can_be_read_on_a_phone(log: bool) -> None:
    label = "number of units and of weights, on one axis"
    narrow_of(draw_bars(LAYERS, log=log, title="How large the layers of AlexNet are", label=label))
    narrow_of(draw_bars({"a": {"x": 3}, "b": {"x": 1200}}, log=log))


def test_shares_can_be_read_on_a_phone() -> None:
    small = {"convolution": 1, "pooling": 2, "fully connected": 3, "batch norm": 4, "softmax": 90}
    table = {name: {"weights": share, "all the connections": 20} for name, share in small.items()}
    narrow_of(draw_shares(table, title="A title of so many words that it breaks into lines"))
    narrow_of(draw_shares({"a": {"x": 1}, "b": {"x": 1}}))
