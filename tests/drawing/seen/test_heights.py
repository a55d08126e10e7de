"""Contours as they are seen: lines at their heights, labels on them, the kink, a constant function."""

from __future__ import annotations

import math

import pytest
from support.drawn import Drawn, Shape
from support.seen_pictures import picture

from nnutils.drawing.style import PALETTE

BOTH = pytest.mark.parametrize("phone", [False, True])

SAMPLE = 4 / 120
"""From one sample to the next."""


def lines_of(drawn: Drawn, panel: str, colour: str = PALETTE.ink) -> list[Shape]:
    return [
        one
        for one in drawn.marked("QuadContourSet", panel)
        if one.stroke == colour.lower() and len(one.points) > 1
    ]


@BOTH
def test_lines_and_labels_stand_at_their_heights(phone: bool) -> None:
    drawn = picture("contours", phone=phone)
    for panel, function in zip(drawn.parts("axes"), (min, max), strict=True):
        across, up = drawn.scale("x", panel), drawn.scale("y", panel)
        heights = []
        for line in lines_of(drawn, panel):
            found = [function(across(x), up(y)) for x, y in line.points]
            assert max(found) - min(found) < SAMPLE / 2, "a corner may be cut off within a square"
            heights.append(round(found[-1], 3))
            assert line.width == 0.9 and not line.dashes
        assert heights == sorted(heights) and set(heights) >= {-1.5, -1, -0.5, 0, 0.5, 1, 1.5}
        labels = [word for word in drawn.words if word.within(panel) and word.within("level")]
        assert [word.text for word in labels] == ["−1.5", "−1", "−0.5", "0", "0.5", "1", "1.5"]
        for word in labels:
            height = float(word.text.replace("−", "-"))
            assert function(across(word.centre[0]), up(word.centre[1])) == pytest.approx(height, abs=0.06)
        fills = [one for one in drawn.marked("QuadContourSet", panel) if one.fill and len(one.points) > 2]
        assert [one.fill for one in fills] == list(dict.fromkeys(one.fill for one in fills)), "one each"
        darkness = [int(one.fill[1:3], 16) for one in fills]
        assert darkness == sorted(darkness, reverse=True), "higher is darker"


@BOTH
def test_the_kink_is_dashed_orange_from_corner_to_corner_and_named_in_the_key(phone: bool) -> None:
    drawn = picture("contours", phone=phone)
    for panel in drawn.parts("axes"):
        (kink,) = lines_of(drawn, panel, PALETTE.negative)
        across, up = drawn.scale("x", panel), drawn.scale("y", panel)
        ends = sorted((round(across(x), 4), round(up(y), 4)) for x, y in kink.ends)
        assert ends == [(-2, -2), (2, 2)] and len(kink.points) == 2
        assert kink.dashes and kink.width > 2
    assert drawn.texts("legend") == ["x₁ = x₂"]
    (sample,) = [one for one in drawn.marked("legend") if one.stroke]
    assert sample.dashes and sample.stroke == PALETTE.negative.lower()


@BOTH
def test_panels_are_square_named_and_of_one_size(phone: bool) -> None:
    drawn = picture("contours", phone=phone)
    frames = []
    for panel, name in zip(drawn.parts("axes"), ("min", "max"), strict=True):
        (frame, *_) = [one for one in drawn.shapes if one.within(panel) and one.fill == PALETTE.card.lower()]
        frames.append(frame)
        assert frame.right - frame.left == pytest.approx(frame.bottom - frame.top)
        assert drawn.word(name, panel).bottom < frame.top
        assert drawn.word("x₁", panel).top > frame.bottom and drawn.word("x₂", panel).right < frame.left
        assert drawn.word("x₂", panel).angle == 90
        assert not [one for one in drawn.shapes if one.within(panel) and one.stroke == PALETTE.grid.lower()]
        for axis in "xy":
            scale = drawn.scale(axis, panel)
            ends = (
                (scale(frame.left), scale(frame.right))
                if axis == "x"
                else (scale(frame.bottom), scale(frame.top))
            )
            assert ends == pytest.approx((-2, 2), abs=1e-4)
    first, second = frames
    assert (first.bottom < second.top) if phone else (first.right < second.left)
    assert first.right - first.left == pytest.approx(second.right - second.left)


@BOTH
def test_a_constant_function_is_one_area_with_no_level_written_across_it(phone: bool) -> None:
    drawn = picture("contours constant", phone=phone)
    areas = [one for one in drawn.marked("QuadContourSet") if one.fill and len(one.points) > 2]
    (area,) = areas
    frame = next(one for one in drawn.shapes if one.within("axes_1"))
    assert (area.left, area.top, area.right, area.bottom) == pytest.approx(
        (frame.left, frame.top, frame.right, frame.bottom)
    )
    assert not [word for word in drawn.words if word.within("level")]
    assert {"a", "b", "one", "Flat"} <= set(drawn.texts())
    assert not drawn.texts("legend")


@BOTH
def test_levels_that_are_given_are_those_drawn(phone: bool) -> None:
    drawn = picture("contours few", phone=phone)
    across, up = drawn.scale("x"), drawn.scale("y")
    pieces = lines_of(drawn, "axes_1")
    found = {round(across(x) * up(y)) for one in pieces for x, y in one.points}
    assert found == {-1, 0, 2}
    shown = [word.text for word in drawn.words if word.within("level")]
    assert set(shown) <= {"−1", "0", "2"} and shown
    frame = next(one for one in drawn.shapes if one.within("axes_1"))
    assert (across(frame.left), across(frame.right)) == pytest.approx((-1, 3), abs=1e-4)
    assert math.isclose(up(frame.top), 3, abs_tol=1e-4)
