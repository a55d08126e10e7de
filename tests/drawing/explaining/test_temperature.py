"""Temperature curves: the values of the softmax, a thin line at c = 1, words that follow the ties."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from support.drawing_samples import overlapping
from support.narrow_pictures import narrow_of

from nnutils.core.errors import DrawingError
from nnutils.drawing import draw_temperature
from nnutils.drawing.describing import description

VECTORS: list[list[float]] = [[1.5, 1, 0.5, -1], [1.5, 1.5, 0.5, -1]]


def test_the_curves_are_the_shares() -> None:
    figure = draw_temperature(VECTORS)
    for axes, vector in zip(figure.axes, VECTORS, strict=True):
        curves, (line,) = axes.lines[:-1], axes.lines[-1:]
        assert np.asarray(line.get_data()[0]).tolist() == [1, 1]
        scales = np.asarray(curves[0].get_data()[0], dtype=float)
        found = np.array([np.asarray(curve.get_data()[1], dtype=float) for curve in curves])
        powers = np.exp(np.outer(vector, scales))
        assert np.allclose(found, powers / powers.sum(axis=0), atol=1e-6)
        assert scales[0] == 0 and scales[-1] == 8


def test_a_small_gap_makes_a_long_axis_and_no_gap_a_short_one() -> None:
    ends = [draw_temperature([x]).axes[0].lines[0].get_data()[0] for x in ([0.3, 0.2], [0, 9], [1, 1])]
    assert [float(np.asarray(end)[-1]) for end in ends] == pytest.approx([40, 2, 8])


@pytest.mark.parametrize(
    ("vector", "words"),
    [
        ([2, 1, 0], "for x = (2, 1, 0) 1 curve rises from 1/3 towards 1, the 2 others go towards 0"),
        ([1, 1, -1], "2 equal curves rise from 1/3 towards 1/2, the other goes towards 0"),
        ([5, 5], "for x = (5, 5) all curves stay at 1/2"),
    ],
)
def test_its_words_say_where_the_curves_go(vector: list[float], words: str) -> None:
    assert words in str(description(draw_temperature([vector])))


def test_many_long_vectors_are_described_in_few_words() -> None:
    long = [[1.125 * k for k in range(40)]] * 4
    assert len(str(description(draw_temperature(long)))) <= 600


def test_a_fourth_vector_begins_a_second_row() -> None:
    axes = draw_temperature([*VECTORS, *VECTORS]).axes
    assert [panel.axison for panel in axes] == [True] * 4 + [False] * 2
    assert [len(panel.lines) for panel in axes] == [5] * 4 + [0] * 2


def test_letters_do_not_overlap() -> None:
    figure = draw_temperature([*VECTORS, [1, 1, 1]])
    figure.draw_without_rendering()
    legends = [axes.get_legend() for axes in figure.axes]
    assert not overlapping(legends)


@pytest.mark.parametrize(
    ("vectors", "words"),
    [
        ([], "no vector"),
        ([[1]], "fewer than two entries"),
        ([[1, float("inf")]], "inf"),
    ],
)
def test_what_cannot_be_drawn_is_refused(vectors: Any, words: str) -> None:
    with pytest.raises(DrawingError, match=words):
        draw_temperature(vectors)


def test_on_a_phone_the_panels_stand_below_each_other() -> None:
    thin = narrow_of(draw_temperature([[2, 1, 0], [1, 1, -1], [0, 0.5, -1.25, 7]]))
    assert len({round(panel.get_position().y0, 3) for panel in thin.axes}) == 3
    assert [panel.get_ylabel() for panel in thin.axes] == ["shares"] * 3
