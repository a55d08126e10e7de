"""Figures that a cell fills by itself: on a phone their panels stand below each other and can be read."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest
from matplotlib.figure import Figure
from support.narrow_pictures import faults, narrow_of

from nnutils.drawing import describe, draw_mlp, panels, to_svg
from nnutils.drawing.narrow import narrow_version
from nnutils.drawing.style import styled

ALT = "Curves in a few panels, with what they are called."
LONG = "weights of n layers of 3 × 3, relative to those of one"


def one() -> Figure:
    figure, (axes,) = panels(height=3.4)
    axes.plot(range(1000, 1260), range(260), label="the share of the cheapest one")
    axes.plot(range(1000, 1260), range(260, 0, -1), label="the share of the dearest")
    axes.annotate("a note of more words than there is room for beside the curve", (1200, 20))
    axes.set(xlabel="nodes in the first of the hidden layers", ylabel="parameters in millions", title=LONG)
    axes.legend()
    return describe(figure, ALT)


def two() -> Figure:
    figure, (left, right) = panels(2, height=3.2)
    for axes in (left, right):
        axes.loglog([1, 10, 100], [1, 1e6, 1e9], label="forward")
        axes.loglog([1, 10, 100], [1, 1e3, 1e4], label="reverse")
        axes.set(title=LONG, xlabel="inputs")
        axes.legend()
    left.set_ylabel("local derivatives")
    return describe(figure, ALT)


def six() -> Figure:
    figure, several = panels(3, 2, height=6.6)
    for number, axes in enumerate(several[:5]):
        axes.plot([0, number])
        axes.set_title(f"ReLU, best {number}")
    several[5].set_axis_off()
    return describe(figure, ALT)


def rows() -> Figure:
    figure, (top, bottom) = panels(rows=2, height=5.0)
    for axes in (top, bottom):
        axes.plot([0, 1], label="derivative")
        axes.legend(loc="center left", bbox_to_anchor=(1, 0.5))
    top.set_xticks(np.linspace(0, 1, 12), [f"place {number}" for number in range(12)])
    bottom.set_xlabel("x")
    with styled():
        figure.suptitle("A heading of so many words that it takes a second line", x=0.02, ha="left")
        figure.legend(handles=top.get_legend().legend_handles, labels=["all"], loc="outside lower center")
    return describe(figure, ALT)


@cache
def thin_of(draw: Callable[[], Figure]) -> Figure:
    """The figure for a phone, drawn and read once."""
    return narrow_of(draw())


@pytest.mark.parametrize("draw", [one, two, six, rows])
def test_a_rearranged_figure_can_be_read_and_says_the_same(draw: Callable[[], Figure]) -> None:
    again = narrow_version(draw())
    assert again is not None and to_svg(thin_of(draw)) == to_svg(again)


def test_the_wide_figure_stays_as_it_is() -> None:
    figure = six()
    assert narrow_version(figure) is not None
    assert to_svg(figure) == to_svg(six())


@pytest.mark.filterwarnings("ignore:constrained_layout not applied")
def test_the_wide_figures_would_not_do() -> None:
    """The checker sees what the rearranging is for."""
    for draw in (one, two, six, rows):
        figure = draw()
        figure.set_figwidth(3.25)
        assert faults(figure), draw


def tops(figure: Figure) -> list[tuple[float, float]]:
    return [(round(axes.get_position().x0, 3), round(axes.get_position().y1, 3)) for axes in figure.axes]


def test_panels_stand_below_each_other_in_order() -> None:
    thin = thin_of(two)
    (left, first), (same, second) = tops(thin)
    assert left == same and first > second


def test_many_panels_with_nothing_but_titles_stand_in_two_columns() -> None:
    places = tops(thin_of(six))
    assert len(places) == 5  # the empty place is gone
    assert places[0][1] == places[1][1] > places[2][1] == places[3][1] > places[4][1]


def test_a_label_that_a_row_shares_stands_at_each_panel() -> None:
    thin = thin_of(two)
    assert [axes.get_ylabel() for axes in thin.axes] == ["local derivatives"] * 2
    assert [axes.get_xlabel() for axes in thin_of(rows).axes] == ["x", "x"]


def test_ticks_set_by_hand_are_thinned_out() -> None:
    labels = [text.get_text() for text in thin_of(rows).axes[0].get_xticklabels()]
    assert labels[0] == "place 0" and 1 < len(labels) < 12


def colour_bar() -> Figure:
    figure, (axes,) = panels()
    figure.colorbar(axes.imshow([[0, 1]]))
    return figure


def words_of_its_own() -> Figure:
    figure, _ = panels()
    figure.text(0.5, 0.5, "beside everything")
    return figure


def not_copied() -> Figure:
    figure, (axes,) = panels()
    axes.xaxis.set_major_formatter(lambda value, place: "x")
    return figure


def drawn_within() -> Figure:
    figure, (axes,) = panels(height=4)
    draw_mlp([[[1, 1]]], ax=axes)  # which has to have its size
    return figure


@pytest.mark.parametrize("draw", [colour_bar, words_of_its_own, not_copied, drawn_within])
def test_what_cannot_be_rearranged_has_no_narrow_version(draw: Callable[[], Figure]) -> None:
    assert narrow_version(draw()) is None
