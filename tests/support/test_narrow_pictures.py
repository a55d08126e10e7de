"""The checker of narrow pictures, tried on pictures with one thing wrong each."""

from __future__ import annotations

import functools

import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from support.narrow_pictures import faults, lost_words, narrow_of, written

from nnutils.drawing import describe
from nnutils.drawing.narrow import drawing_width, drawn, is_narrow
from nnutils.drawing.style import styled

ALT = "Two words in a frame, nothing else."


def plain(width: float = 3.25) -> Figure:
    with styled():
        figure = Figure(figsize=(width, 1.0))
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, 100 * width / 3.25), ylim=(0, 100))
        axes.set_axis_off()
        axes.text(5, 20, "left", fontsize=10)
        axes.text(60, 20, "right", fontsize=10)
    return figure


def test_a_good_picture_has_no_fault():
    assert faults(plain()) == []
    assert [line.text for line in written(plain())] == ["left", "right"]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda axes: axes.text(65, 22, "over", fontsize=10), "'right' and 'over' overlap"),
        (lambda axes: axes.text(66, 5, "over", fontsize=10, rotation=60), "'right' and 'over' overlap"),
        (lambda axes: axes.text(60, 70, "small", fontsize=9.9), "'small' has letters of 9.9 points"),
        (lambda axes: axes.text(92, 70, "beyond", fontsize=10), "'beyond' is outside of the figure"),
        (lambda axes: axes.text(50, 96, "beyond", fontsize=10), "'beyond' is outside of the figure"),
        (lambda axes: axes.add_patch(Rectangle((0, 0), 66, 60)), "edge of a Rectangle runs through 'right'"),
        (lambda axes: axes.plot([0, 110], [50, 50], clip_on=False), "what is drawn is"),
        (lambda axes: axes.figure.set_figwidth(3.4), "the figure is 3.40 in wide"),
        (lambda axes: (axes.set_axis_on(), axes.set_xticks([59], ["tick"])), "'tick' is outside"),
    ],
)
def test_each_fault_is_found(spoil, said):
    figure = plain()
    with styled():
        spoil(figure.axes[0])
    assert any(said in fault for fault in faults(figure)), faults(figure)


def test_what_only_comes_near_is_no_fault():
    figure = plain()
    axes = figure.axes[0]
    with styled():
        axes.text(5, 40, "above", fontsize=10)  # in the next line
        axes.text(40, 60, "turned", fontsize=10, rotation=45)
        axes.add_patch(Rectangle((50, 5), 40, 50))  # around "right"

        axes.text(20, 80, "on a card", fontsize=10, bbox={"facecolor": "white"})
        axes.add_patch(Rectangle((0, 0), 30, 82))
        axes.text(150, 50, "not drawn", fontsize=5, visible=False)
    assert faults(figure) == []


def test_one_text_of_two_lines_does_not_overlap_itself():
    figure = plain()
    with styled():
        figure.axes[0].text(30, 50, "two\nlines", fontsize=10, linespacing=0.9)
    assert faults(figure) == []


@drawn
def good(words: tuple[str, ...] = ("left", "right")) -> Figure:
    figure = plain(drawing_width())
    for text, word in zip(figure.axes[0].texts, words, strict=True):
        text.set_text(word)
    return describe(figure, ALT)


@drawn
def other_words() -> Figure:
    return good(("left", "wrong" if is_narrow() else "right"))


def test_the_narrow_picture_of_a_good_function_is_returned():
    assert narrow_of(good()).get_figwidth() == 3.25


def test_ticks_may_differ_and_words_may_not():
    wide, thin = plain(), plain()
    for figure, words in ((wide, ["0", "1"]), (thin, ["a", "b"])):
        figure.axes[0].set_axis_on()
        figure.axes[0].set_xticks([20, 30], words)
    assert lost_words(wide, thin) == []
    wide.axes[0].set_title("a title")
    assert lost_words(wide, thin) == ["title"]


@pytest.mark.parametrize(
    "wrong",
    [
        other_words,
        functools.partial(plain, 7.0),  # not marked as drawn
        drawn(functools.partial(functools.wraps(plain)(lambda width: describe(plain(width), ALT)), 7.0)),
    ],
)
def test_a_wrong_narrow_picture_is_refused(wrong):
    with pytest.raises(AssertionError):
        narrow_of(wrong())


def test_an_edge_that_the_axes_cut_off_runs_through_nothing():
    with styled():
        figure = Figure(figsize=(3.25, 1.0))
        axes = figure.add_axes((0.5, 0.1, 0.4, 0.8))
        axes.set(xlim=(0, 1), ylim=(0, 1), xticks=[], yticks=[0.5], yticklabels=["beside"])
        bar = axes.add_patch(Rectangle((-2, 0.3), 2.5, 0.2))
    assert faults(figure) == []
    bar.set_clip_on(False)
    assert any("through 'beside'" in fault for fault in faults(figure))
