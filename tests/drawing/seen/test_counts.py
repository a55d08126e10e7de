"""Bars as they are seen: as long as their numbers on the axis, in order, with their numbers behind them."""

from __future__ import annotations

import itertools
import math

import pytest
from support.drawing_samples import TABLE
from support.drawn import Drawn, Shape
from support.seen_pictures import picture

from nnutils.drawing.style import PALETTE
from nnutils.drawing.text import short_number

BOTH = pytest.mark.parametrize("phone", [False, True])
COLUMNS = ["units", "weights", "connections"]


def bars_of(drawn: Drawn, colour: str) -> list[Shape]:
    found = [one for one in drawn.marked("axes") if one.fill == colour.lower() and one.stroke]
    return sorted((one for one in found if not one.within("legend")), key=lambda bar: (bar.top, bar.left))


@BOTH
def test_a_bar_ends_at_its_number_and_the_number_stands_behind_it(phone: bool) -> None:
    drawn = picture("bars", phone=phone)
    scale = drawn.scale("x", log=True)
    frame = next(one for one in drawn.shapes if one.within("axes_1"))
    for column, colour in zip(COLUMNS, PALETTE.bars, strict=False):
        bars = bars_of(drawn, colour)
        for bar, numbers in zip(bars, TABLE.values(), strict=True):
            assert math.log10(scale(bar.right)) == pytest.approx(math.log10(numbers[column]), abs=1e-3)
            assert bar.left == pytest.approx(frame.left)
            written = [
                word
                for word in drawn.words
                if abs(word.centre[1] - bar.centre[1]) < 3 and word.left > bar.right
            ]
            assert [word.text for word in written] == [short_number(numbers[column])]
            assert 2 < written[0].left - bar.right < 8
            assert written[0].right <= drawn.width and bar.width == 0.7
            assert bar.stroke == PALETTE.ink.lower()


@BOTH
def test_rows_stand_in_the_order_given_columns_within_them_and_nothing_touches(phone: bool) -> None:
    drawn = picture("bars", phone=phone)
    names = drawn.ticks("y")
    assert [text for text, _ in names] == list(TABLE)
    assert [at for _, at in names] == sorted(at for _, at in names)
    groups = [bars_of(drawn, colour) for colour in PALETTE.bars[:3]]
    bars = [bar for row in zip(*groups, strict=True) for bar in row]
    gaps = [below.top - above.bottom for above, below in itertools.pairwise(bars)]
    within, between = gaps[0], gaps[2]
    assert 0 < within < between
    assert gaps == pytest.approx([within, within, between, within, within, between, within, within], abs=0.01)
    for (_, at), middle in zip(names, groups[1], strict=True):
        assert at == pytest.approx(middle.centre[1], abs=1.5), "the middle of the word's ink"
    frame = next(one for one in drawn.shapes if one.within("axes_1"))
    assert bars[0].top - frame.top == pytest.approx(frame.bottom - bars[-1].bottom, rel=0.6)
    assert frame.top < bars[0].top and bars[-1].bottom < frame.bottom


@BOTH
def test_the_legend_stands_between_title_and_bars_and_names_the_colours(phone: bool) -> None:
    for name, entries in (("bars", COLUMNS), ("shares", list(TABLE))):
        drawn = picture(name, phone=phone)
        assert sorted(drawn.texts("legend")) == sorted(entries)
        words = {text: drawn.word(text, "legend") for text in entries}
        samples = [one for one in drawn.marked("legend") if one.fill and one.stroke]
        for text, colour in zip(entries, PALETTE.bars, strict=False):
            near = [
                one
                for one in samples
                if abs(one.centre[1] - words[text].centre[1]) < 6 and 0 < words[text].left - one.right < 12
            ]
            assert [one.fill for one in near] == [colour.lower()]
        frame = next(one for one in drawn.shapes if one.within("axes_1"))
        assert all(word.bottom < frame.top + 2 for word in words.values())
        title = drawn.word("Layers" if name == "bars" else "Shares")
        assert all(word.top > title.bottom for word in words.values())
        if not phone:
            assert len({round(word.centre[1], -1) for word in words.values()}) <= 2
    assert not picture("bars one", phone=phone).texts("legend")


@BOTH
def test_the_axis_says_what_it_counts_in_whole_powers_and_units(phone: bool) -> None:
    drawn = picture("bars", phone=phone)
    assert drawn.word("number").top > max(place for _, place in drawn.ticks("x")) / 10
    labels = [text for text, _ in drawn.ticks("x")]
    assert all(text.split()[0] in {"1", "10", "100"} for text in labels) and 2 <= len(labels) <= 12
    plain = picture("bars plain", phone=phone)
    scale = plain.scale("x")
    for colour, values in ((PALETTE.bars[0], (3, 7)), (PALETTE.bars[1], (0, 2.5))):
        ends = [scale(bar.right) for bar in bars_of(plain, colour)]
        assert ends == pytest.approx(values, abs=1e-3)
        assert [scale(bar.left) for bar in bars_of(plain, colour)] == pytest.approx([0, 0], abs=1e-3)
    frame = next(one for one in plain.shapes if one.within("axes_1"))
    assert scale(frame.right) >= 1.13 * 7
    grid = [one for one in plain.shapes if one.stroke == PALETTE.grid.lower()]
    assert grid and all(one.left == pytest.approx(one.right) for one in grid), "only across the bars"


@BOTH
def test_shares_of_a_column_fill_the_bar_from_0_to_100(phone: bool) -> None:
    drawn = picture("shares", phone=phone)
    scale = drawn.scale("x")
    groups = [bars_of(drawn, colour) for colour in PALETTE.bars[:3]]
    assert [text for text, _ in drawn.ticks("y")] == COLUMNS
    ticks = ["0 %", "50 %", "100 %"] if phone else ["0 %", "25 %", "50 %", "75 %", "100 %"]
    assert [text for text, _ in drawn.ticks("x")] == ticks
    for number, column in enumerate(COLUMNS):
        total = sum(row[column] for row in TABLE.values())
        parts = [group[number] for group in groups]
        assert scale(parts[0].left) == pytest.approx(0, abs=1e-3)
        assert scale(parts[-1].right) == pytest.approx(100, abs=1e-3)
        for left, right in itertools.pairwise(parts):
            assert left.right == pytest.approx(right.left, abs=1e-3) and left.top == right.top
        below = ""
        for part, (name, row) in zip(parts, TABLE.items(), strict=True):
            share = 100 * row[column] / total
            assert scale(part.right) - scale(part.left) == pytest.approx(share, abs=0.01)
            inside = [word.text for word in drawn.words if part.holds(word.centre)]
            text = f"{share:.0f} %" if share >= 9.95 else "< 0.1 %" if share < 0.05 else f"{share:.1f} %"
            assert inside in ([text], [])
            if not inside:
                below += f"{name} {text}, "
        notes = [
            word
            for word in drawn.words
            if word.colour == PALETTE.muted.lower() and 0 < word.top - parts[0].bottom < 30
        ]
        written = " ".join(word.text.replace("\N{NO-BREAK SPACE}", " ") for word in notes)
        assert written == below.rstrip(", ") and all(abs(word.left - parts[0].left) < 2 for word in notes)
    assert not [one for one in drawn.shapes if one.stroke == PALETTE.grid.lower()]
