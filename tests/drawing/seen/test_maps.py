"""Tap maps as they are seen: ticks at the middle of their cells, the frame around the data, one key."""

from __future__ import annotations

import itertools

import pytest
from support.drawn import Drawn, Shape
from support.seen_pictures import picture

from nnutils.drawing.style import PALETTE

GIVEN = {"no padding": [[9, 9], [9, 9]], "padding": [[4, 6], [6, 9]]}
BOTH = pytest.mark.parametrize("phone", [False, True])


def cells_of(drawn: Drawn, panel: str) -> list[Shape]:
    return sorted(drawn.marked("cell", panel), key=lambda cell: (round(cell.top), round(cell.left)))


@BOTH
def test_each_number_stands_in_the_middle_of_its_cell(phone: bool) -> None:
    drawn = picture("taps", phone=phone)
    for panel, rows in zip(drawn.parts("axes"), GIVEN.values(), strict=True):
        cells = cells_of(drawn, panel)
        assert len(cells) == 4
        inside = [
            [word for word in drawn.words if word.within(panel) and cell.holds(word.centre)] for cell in cells
        ]
        assert [[word.text for word in words] for words in inside] == [
            [str(value)] for row in rows for value in row
        ]
        for cell, (word,) in zip(cells, inside, strict=True):
            assert word.centre == (
                pytest.approx(cell.centre[0], abs=1),
                pytest.approx(cell.centre[1], abs=1.5),
            )
            assert word.size == 11


@BOTH
@pytest.mark.parametrize(("axis", "place"), [("x", 0), ("y", 1)])
def test_the_ticks_begin_with_0_and_stand_at_the_middle_of_rows_and_columns(
    phone: bool, axis: str, place: int
) -> None:
    drawn = picture("taps", phone=phone)
    for panel in drawn.parts("axes"):
        ticks = drawn.ticks(axis, panel)
        assert [text for text, _ in ticks] == ["0", "1", "2", "3"]
        middles = sorted({round(cell.centre[place], 2) for cell in drawn.marked("cell", panel)})
        assert [at for _, at in ticks[:2]] == pytest.approx(middles, abs=0.02)
        steps = [b - a for (_, a), (_, b) in itertools.pairwise(ticks)]
        assert steps == pytest.approx([middles[1] - middles[0]] * 3, abs=0.02)


@BOTH
def test_the_dashed_frame_goes_around_four_rows_and_columns_from_the_first_cell_on(phone: bool) -> None:
    drawn = picture("taps", phone=phone)
    for panel in drawn.parts("axes"):
        (frame,) = drawn.marked("frame", panel)
        cells = cells_of(drawn, panel)
        side = cells[0].right - cells[0].left
        assert (frame.left, frame.top) == pytest.approx((cells[0].left, cells[0].top))
        assert (frame.right - frame.left, frame.bottom - frame.top) == pytest.approx((4 * side, 4 * side))
        assert frame.dashes and frame.stroke == PALETTE.ink.lower() and not frame.fill
        assert all(frame.order > cell.order for cell in cells)
    assert not picture("taps slim").marked("frame")


@BOTH
def test_the_key_names_each_colour_from_the_most_taps_down_and_the_frame_last(phone: bool) -> None:
    drawn = picture("taps", phone=phone)
    assert drawn.texts("legend") == ["9 taps", "6 taps", "4 taps", "input"]
    colour = {
        word.text: cell.fill
        for panel in drawn.parts("axes")
        for cell in drawn.marked("cell", panel)
        for word in drawn.words
        if cell.holds(word.centre)
    }
    samples = {
        word.text: min(
            (one for one in drawn.marked("legend") if one.bottom > one.top and one.right < word.left),
            key=lambda one, w=word: abs(one.centre[1] - w.centre[1]) + w.left - one.right,  # type: ignore[misc]
        )
        for word in drawn.words
        if word.within("legend")
    }
    assert {text.split()[0]: one.fill for text, one in samples.items() if "tap" in text} == colour
    assert colour["9"] == PALETTE.blue_tint.lower() and len(set(colour.values())) == 3
    assert samples["input"].dashes and not samples["input"].fill
    assert not samples["9 taps"].dashes


@BOTH
def test_the_axes_say_what_they_are_and_carry_the_name_of_the_map(phone: bool) -> None:
    drawn = picture("taps", phone=phone)
    for number, (panel, name) in enumerate(zip(drawn.parts("axes"), GIVEN, strict=True)):
        title = drawn.word(name, panel)
        cells = cells_of(drawn, panel)
        assert title.bold and title.bottom < cells[0].top
        across = drawn.word("column of the window", panel)
        assert across.top > max(cell.bottom for cell in cells) and not across.angle
        if not number or phone:
            assert drawn.word("row of the window", panel).angle == 90
        assert not [one for one in drawn.shapes if one.within(panel) and one.stroke == PALETTE.grid.lower()]
    first, second = (cells_of(drawn, panel)[0] for panel in drawn.parts("axes"))
    if phone:
        assert first.left == pytest.approx(second.left) and first.bottom < second.top
    else:
        assert first.top == pytest.approx(second.top) and first.right < second.left
    sides = [cell.right - cell.left for panel in drawn.parts("axes") for cell in cells_of(drawn, panel)]
    assert sides == pytest.approx([sides[0]] * 8)


@BOTH
def test_a_large_map_has_no_numbers_no_seams_and_round_ticks(phone: bool) -> None:
    drawn = picture("taps large", phone=phone)
    cells = cells_of(drawn, "axes_1")
    assert len(cells) == 6 and all(not cell.stroke for cell in cells)
    assert not [word for word in drawn.words for cell in cells if cell.holds(word.centre)]
    assert [text for text, _ in drawn.ticks("x")] == ["0", "4", "8", "12", "16"]
    assert [text for text, _ in drawn.ticks("y")] == ["0", "3", "6", "9", "12"]
    pixel = cells[0].right - cells[0].left
    (frame,) = drawn.marked("frame")
    assert (frame.right - frame.left) / pixel == pytest.approx(20)
    assert (frame.bottom - frame.top) / pixel == pytest.approx(12)
    assert [round((cell.bottom - cell.top) / pixel) for cell in cells] == [1, 1, 1, 12, 12, 12]
    assert "the image" in drawn.texts("legend")


def test_a_map_of_one_number_of_taps_says_tap() -> None:
    assert picture("taps slim").texts("legend") == ["3 taps", "2 taps", "1 tap"]
