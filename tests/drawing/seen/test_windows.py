"""Windows along one axis as they are seen: what they cover, read and leave over, cell by cell."""

from __future__ import annotations

import itertools

import pytest
from support.drawn import Drawn, Shape, Word
from support.seen_pictures import picture

from nnutils.drawing.style import PALETTE

BOTH = pytest.mark.parametrize("phone", [False, True])


def rows_of(shapes: list[Shape]) -> list[list[Shape]]:
    """Cells by their rows, from top to bottom, each from left to right."""
    rows: dict[int, list[Shape]] = {}
    for one in shapes:
        rows.setdefault(round(one.top), []).append(one)
    return [sorted(rows[top], key=lambda one: one.left) for top in sorted(rows)]


def inside(drawn: Drawn, one: Shape) -> list[str]:
    return [word.text for word in drawn.words if one.holds(word.centre)]


def named(drawn: Drawn, mark: str) -> list[Word]:
    return [word for word in drawn.words if word.within(mark)]


@BOTH
def test_a_sliding_window_moves_by_its_stride_over_numbered_pixels(phone: bool) -> None:
    drawn = picture("sliding window", phone=phone)  # 8 pixels, 3 taps, stride 2, padding 1
    cells = [*drawn.marked("tap"), *drawn.marked("pixel"), *drawn.marked("padding")]
    rows = rows_of(cells)
    assert [len(row) for row in rows] == [10] * 5
    side = rows[0][0].right - rows[0][0].left
    windows = drawn.marked("window")
    for number, (row, window) in enumerate(zip(rows, windows, strict=True)):
        assert all(a.right == pytest.approx(b.left) for a, b in itertools.pairwise(row))
        assert [inside(drawn, one) for one in row] == [[], *([str(k)] for k in range(8)), []]
        taps = [k for k, one in enumerate(row) if one.within("tap")]
        assert taps == [k for k in range(2 * number, 2 * number + 3) if k < 10]
        fills = {one.fill for k, one in enumerate(row) if k in taps}
        assert fills == {PALETTE.bars[0].lower()}
        assert {row[0].fill, row[9].fill} - fills <= {PALETTE.grey_tint.lower()}
        assert {one.fill for one in row[1:9]} - fills <= {PALETTE.white.lower()}
        assert window.left == pytest.approx(row[0].left + 2 * number * side)
        assert window.right - window.left == pytest.approx(3 * side)
        assert window.top < row[0].top and window.bottom > row[0].bottom
        last = number == 4
        assert bool(window.dashes) == last and window.width == 2
        assert window.stroke == (PALETTE.negative if last else PALETTE.ink).lower()
        for one in row[1:9]:
            (word,) = [word for word in drawn.words if one.holds(word.centre)]
            tapped = one.within("tap")
            assert word.colour == (PALETTE.white if tapped else PALETTE.muted).lower()
            assert word.centre[0] == pytest.approx(one.centre[0], abs=1.2)
    positions, needs = named(drawn, "position"), named(drawn, "needs")
    assert [word.text for word in positions] == ["1", "2", "3", "4", "no 5th"]
    assert [word.text for word in needs] == [
        f"{k} · 2 + 3 = {2 * k + 3} {'≤' if k < 4 else '>'} 10" for k in range(5)
    ]
    colours = [word.colour for word in needs]
    assert colours == [PALETTE.muted.lower()] * 4 + [PALETTE.adjoint_text.lower()]
    for row, position, need in zip(rows, positions, needs, strict=True):
        assert position.bold and not need.bold
        if phone:
            assert position.bottom < row[0].top and need.bottom < row[0].top
            assert need.centre[1] == pytest.approx(position.centre[1], abs=2)
        else:
            assert position.right < row[0].left and need.left > row[-1].right
            assert position.centre[1] == pytest.approx(row[0].centre[1], abs=2)


@BOTH
def test_dilated_taps_leave_gaps_within_the_window(phone: bool) -> None:
    drawn = picture("sliding window dilated", phone=phone)  # 9 pixels, 3 taps two apart, stride 3
    rows = rows_of([*drawn.marked("tap"), *drawn.marked("pixel")])
    taps = [[k for k, one in enumerate(row) if one.within("tap")] for row in rows]
    assert taps == [[0, 2, 4], [3, 5, 7], [6, 8]]
    assert not drawn.marked("padding")


@BOTH
def test_a_signal_window_shows_the_flipped_kernel_its_sum_and_what_a_mode_keeps(phone: bool) -> None:
    drawn = picture("signal windows", phone=phone)  # signal 1 2 3, kernel 1 −2
    entries, weights = rows_of(drawn.marked("entry")), rows_of(drawn.marked("weight"))
    assert [len(row) for row in entries] == [5] * 4 and [len(row) for row in weights] == [2] * 4
    side = entries[0][0].right - entries[0][0].left
    sums = named(drawn, "sum")
    assert [word.text for word in sums] == ["1", "0", "−1", "−6"]
    for number, (row, kernel) in enumerate(zip(entries, weights, strict=True)):
        assert [inside(drawn, one) for one in row] == [["0"], ["1"], ["2"], ["3"], ["0"]]
        assert [inside(drawn, one) for one in kernel] == [["−2"], ["1"]]
        assert kernel[0].left == pytest.approx(row[0].left + number * side)
        assert kernel[0].top == pytest.approx(row[0].bottom)
        covered = [k for k, one in enumerate(row) if one.width == 1.6]
        assert covered == [number, number + 1]
        assert [one.fill for one in row] == [
            colour.lower() for colour in (PALETTE.white, *[PALETTE.blue_tint] * 3, PALETTE.white)
        ]
        assert [bool(one.dashes) for one in row] == [True, False, False, False, True]
        assert {one.stroke for k, one in enumerate(row) if k in covered} == {PALETTE.ink.lower()}
        assert {one.stroke for k, one in enumerate(row) if k not in covered} == {PALETTE.muted.lower()}
        assert {(one.fill, one.width) for one in kernel} == {(PALETTE.orange_tint.lower(), 1.6)}
        assert sums[number].bold and sums[number].left > row[-1].right
        assert sums[number].centre[1] == pytest.approx(row[0].bottom, abs=2.5)
    heads = sorted(named(drawn, "heading"), key=lambda word: word.left)
    assert [word.text for word in heads] == ["sum", "full", "valid"]
    assert [word.angle for word in heads] == ([0, 90, 90] if phone else [0, 0, 0])
    full, valid = drawn.marked("bracket")
    assert (full.top, full.bottom) == pytest.approx((entries[0][0].top, weights[3][0].bottom))
    assert (valid.top, valid.bottom) == pytest.approx((entries[1][0].top, weights[2][0].bottom))
    assert full.centre[0] < valid.centre[0] and full.stroke == PALETTE.positive.lower()
    for word, bracket in zip(heads[1:], (full, valid), strict=True):
        assert word.centre[0] == pytest.approx(bracket.centre[0], abs=3) and word.bottom < entries[0][0].top
    assert drawn.word("Windows").bottom < heads[0].top


@BOTH
def test_far_ends_mark_what_the_last_window_leaves_over(phone: bool) -> None:
    drawn = picture("far ends", phone=phone)
    pixels, windows = rows_of(drawn.marked("pixel")), drawn.marked("window")
    # 30 pixels, of which 2 are left over; 9 and padding, of which one each; 3, of which 1
    assert [len(row) for row in pixels] == [13, 11, 3]
    marked = {PALETTE.bars[1].lower(): "u", PALETTE.grey_tint.lower(): "p", PALETTE.blue_tint.lower(): "."}
    told = ["".join(marked.get(one.fill, "?") for one in row) for row in pixels]
    assert told == ["...........uu", "p........u" + told[1][-1], "..u"]
    said = " ".join(word.text for word in sorted(named(drawn, "left over"), key=lambda word: word.top))
    assert said == "2 pixels unread 1 pixel unread, 1 of padding left 1 pixel unread"
    assert (drawn.word("…").right < pixels[0][0].left) and drawn.texts().count("…") == 1
    side = pixels[0][0].right - pixels[0][0].left
    for row, over, reach, stride in zip(pixels, (2, 2, 1), (4, 3, 2), (3, 3, 2), strict=True):
        own = [one for one in windows if 0 < row[0].top - one.bottom < 30]
        last, *others = sorted(own, key=lambda one: -one.right)
        end = row[-1].right
        assert last.right == pytest.approx(end - over * side - 1) and last.left == pytest.approx(
            end - (over + reach) * side + 1
        )
        assert last.fill == PALETTE.positive.lower()
        assert len(others) == (over + reach + stride <= len(row) or len(row) == 13)
        for before in others:
            assert before.right == pytest.approx(last.right - stride * side)
            assert before.fill == PALETTE.muted.lower() and before.bottom < last.top
    tops = {name: drawn.word(name) for name in ("first", "second", "pool")}
    for name, row in zip(tops, pixels, strict=True):
        assert tops[name].bold and abs(tops[name].centre[1] - row[0].centre[1]) < 70
    assert [tops[name].top for name in tops] == sorted(tops[name].top for name in tops)
    settings = ("30 pixels", "window 4, stride 3", "9 pixels, padding 1", "window 3, stride 3", "3 pixels")
    for text in settings:
        assert drawn.word(text)
    entries = {"pixel": PALETTE.blue_tint, "unread pixel": PALETTE.bars[1], "padding": PALETTE.grey_tint}
    entries |= {"last window": PALETTE.positive, "the one before": PALETTE.muted}
    for text, colour in entries.items():
        word = drawn.word(text)
        (sample,) = [
            one
            for one in drawn.shapes
            if 0 < word.left - one.right < 8 and abs(one.centre[1] - word.centre[1]) < 5 and one.fill
        ]
        assert sample.fill == colour.lower() and bool(sample.stroke) == (
            "window" not in text and "one" not in text
        )
        assert word.top > pixels[-1][0].bottom


@BOTH
def test_lost_pixels_are_orange_ends_of_bars_of_the_size_of_their_row(phone: bool) -> None:
    drawn = picture("lost pixels", phone=phone)
    scale, sizes = drawn.scale("x"), {9: 0, 10: 1, 11: 2, 12: 0}
    blue, orange = (
        [one for one in drawn.shapes if one.fill == colour.lower()] for colour in PALETTE.bars[:2]
    )
    blue.sort(key=lambda one: one.top)
    for bar, (size, lost) in zip(blue, sizes.items(), strict=True):
        assert scale(bar.right) == pytest.approx(size - lost, abs=1e-3)
        (end,) = [one for one in orange if one.top == pytest.approx(bar.top)]
        assert scale(end.right) == pytest.approx(size, abs=1e-3) and end.left == pytest.approx(bar.right)
        (word,) = [
            word for word in drawn.words if word.left > end.right and abs(word.centre[1] - bar.centre[1]) < 3
        ]
        assert word.text.startswith(f"{lost} lost")
        within = inside(drawn, bar)
        assert within == [f"outputs: {4 if size == 12 else 3}"] or within == [] and "outputs" in word.text
    assert {"pixel", "size of the picture"} <= set(drawn.texts())
    assert [text for text, _ in drawn.ticks("y")] == ["9", "11"]
    title = [word for word in drawn.words if word.bold]
    assert " ".join(word.text for word in title) == "Pixels never read (orange)"
    assert all(word.bottom < blue[0].top for word in title)


@BOTH
def test_stacked_windows_are_fans_from_row_to_row_with_the_ways_at_the_bottom(phone: bool) -> None:
    drawn = picture("stacked windows", phone=phone)
    panels = drawn.parts("axes")
    for panel, names, counts, ways in zip(
        panels,
        (["picture", "A", "B"], ["picture", "D"]),
        ([5, 3, 1], [5, 1]),
        (["1", "1", "2", "1", "1"], ["1"] * 5),
        strict=True,
    ):
        rows = list(reversed(rows_of(drawn.marked("cell", panel))))
        if names[1] == "A":
            counts, ways = (
                [len(row) for row in rows],
                [word.text for word in named(drawn, "ways") if word.within(panel)],
            )
            assert counts == [5, 3, 1] and ways == ["1", "2", "3", "2", "1"]
        assert [len(row) for row in rows] == counts
        shown = [word for word in drawn.words if word.within("name") and word.within(panel)]
        assert [word.text for word in shown] == names
        for word, row in zip(shown, rows, strict=True):
            assert word.right < row[0].left and word.centre[1] == pytest.approx(row[0].centre[1], abs=3)
        fills = [row[0].fill for row in rows]
        assert fills[0] == PALETTE.blue_tint.lower() and fills[-1] == PALETTE.green_tint.lower()
        fans = drawn.marked("fan", panel)
        assert len(fans) == sum(counts[1:])
        for fan in fans:
            below = [one for row in rows for one in row if one.top == pytest.approx(fan.bottom)]
            above = [one for row in rows for one in row if one.bottom == pytest.approx(fan.top)]
            assert any(one.left == pytest.approx(fan.left, abs=0.01) for one in below)
            assert any(one.right == pytest.approx(fan.right, abs=0.01) for one in below)
            assert above and fan.stroke == PALETTE.negative.lower()
    titles = [word.text for word in drawn.words if word.bold]
    assert titles == ["two: 5 pixels", "one: 5 pixels"]


@BOTH
def test_tap_windows_are_dots_and_rings_on_a_padded_grid(phone: bool) -> None:
    drawn = picture("tap windows", phone=phone)
    first, second = drawn.parts("axes")
    taps, rings = (
        drawn.marked("taps", first),
        drawn.marked("next_taps", first) or drawn.marked("next taps", first),
    )
    assert len(taps) == len(rings) == 9
    across, down = drawn.scale("x", first), drawn.scale("y", first)
    spots = sorted((round(across(one.centre[0]), 2), round(down(one.centre[1]), 2)) for one in taps)
    assert spots == [(x, y) for x in (-2, 0, 2) for y in (-2, 0, 2)]
    next_spots = sorted((round(across(one.centre[0]), 2), round(down(one.centre[1]), 2)) for one in rings)
    assert next_spots == [(x, y) for x in (0, 2, 4) for y in (-2, 0, 2)]
    assert {one.fill for one in taps} == {PALETTE.positive.lower()} and {one.fill for one in rings} == {""}
    ring, dot = rings[0], taps[0]
    assert ring.right - ring.left > 1.3 * (dot.right - dot.left)
    (frame,), (inner,) = drawn.marked("padding", first), drawn.marked("picture", first)
    assert (across(frame.left), across(frame.right)) == pytest.approx((-2.5, 9.5), abs=0.01)
    assert (down(inner.top), down(inner.bottom)) == pytest.approx((-0.5, 7.5), abs=0.01)
    bands = drawn.marked("unread", first)
    columns = [one for one in bands if one.right - one.left < one.bottom - one.top]
    rows = [one for one in bands if one not in columns]
    assert [round(across(one.centre[0]), 2) for one in columns] == [1, 3, 5, 7]
    assert [round(down(one.centre[1]), 2) for one in rows] == [1, 3, 5, 7]
    assert {one.fill for one in bands} == {PALETTE.bars[1].lower()}
    for one in columns:
        assert (one.top, one.bottom) == pytest.approx((inner.top, inner.bottom))
    entries = ["taps of the first window", "of the next one", "padding", "never read"]
    assert drawn.texts("legend") == entries
    samples = [one for one in drawn.marked("legend") if one.points and one.bottom > one.top]
    assert [one.fill for one in samples] == [
        PALETTE.positive.lower(),
        "",
        PALETTE.grey_tint.lower(),
        PALETTE.bars[1].lower(),
    ]
    for panel in (first, second):
        assert [text for text, _ in drawn.ticks("x", panel)][0] == "0"
        assert drawn.scale("x", panel)(drawn.marked("picture", panel)[0].left) == pytest.approx(
            -0.5, abs=0.01
        )
    (plain,), (padded,) = drawn.marked("picture", second), drawn.marked("padding", second)
    assert (plain.left, plain.right) == (padded.left, padded.right), "without padding"
    for panel, title in ((first, "(a)"), (second, "(b)")):
        assert drawn.word(title, panel).bold
    assert any(
        "k = 3, s = 2, p = 2, d = 2" in word.text.replace("\N{NO-BREAK SPACE}", " ") for word in drawn.words
    )
