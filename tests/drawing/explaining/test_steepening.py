"""The strip of sigmoids: true distances in each frame, the supremum always one half."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from support.drawing_samples import marked, overlapping
from support.narrow_pictures import narrow_of

from nnutils.core.errors import DrawingError
from nnutils.drawing import draw_steepening
from nnutils.drawing.describing import description

SLOPES = (1, 4, 16, 64)


def ends(line: Any) -> list[float]:
    return [float(value) for value in line.get_data()[1]]


def test_the_distance_at_the_point_is_that_of_the_sigmoid() -> None:
    figure = draw_steepening(SLOPES, point=0.25)
    found = [ends(line) for line in marked(figure, "at")]
    assert found == [pytest.approx([1 / (1 + math.exp(-k * 0.25)), 1], abs=1e-6) for k in SLOPES]


def test_the_largest_distance_is_one_half_in_each_frame() -> None:
    assert [ends(line) for line in marked(draw_steepening(SLOPES), "largest")] == [[0.5, 1]] * 4


def test_the_filled_area_is_the_one_that_is_written() -> None:
    figure = draw_steepening(SLOPES)
    for frame, slope in zip(figure.axes, SLOPES, strict=True):
        area = 0.0
        for patch in frame.collections:
            (path,) = patch.get_paths()
            x, y = np.asarray(path.vertices, dtype=float).T
            area += abs(float(np.sum(x * np.roll(y, -1) - y * np.roll(x, -1)))) / 2
        # The frame ends at 2; what lies beyond it is not filled.
        beyond = 2 * math.log1p(math.exp(-2 * slope)) / slope
        assert area == pytest.approx(2 * math.log(2) / slope - beyond, rel=2e-3)
        assert f"area: {2 * math.log(2) / slope:.2g}" in frame.get_xlabel()


def test_its_words_hold_the_numbers() -> None:
    text = str(description(draw_steepening((1, 4))))
    assert "stays 1/2" in text and "k = 4: 0.12 at 0.5, area 0.35." in text
    assert len(str(description(draw_steepening((0.123456789, 1e-9, 1e9, 7))))) < 600


def test_letters_do_not_overlap() -> None:
    figure = draw_steepening(SLOPES)
    figure.draw_without_rendering()
    below = [frame.xaxis.label for frame in figure.axes]
    assert not overlapping([*below, *figure.legends])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"slopes": ()}, "0 slopes"),
        ({"slopes": (1, 2, 3, 4, 5)}, "5 slopes"),
        ({"slopes": (0,)}, "not positive"),
        ({"slopes": (float("nan"),)}, "nan"),
        ({"point": 0}, "the point 0 is not inside"),
        ({"point": 2}, "the point 2 is not inside"),
    ],
)
def test_what_makes_no_frame_is_refused(arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(DrawingError, match=words):
        draw_steepening(**arguments)


@pytest.mark.parametrize("slopes", [(1,), (1, 4, 16, 64), (0.001, 1e6)])
def test_on_a_phone_the_frames_stand_below_each_other(slopes: tuple[float, ...]) -> None:
    frames = narrow_of(draw_steepening(slopes, point=0.125)).axes
    assert len({round(frame.get_position().y0, 3) for frame in frames}) == len(slopes)
