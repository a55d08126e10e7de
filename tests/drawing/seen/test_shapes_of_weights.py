"""Matrices, flows and uses of weights as they are seen: to scale, in order, with their sizes beside them."""

from __future__ import annotations

import itertools
import math

import pytest
from support.drawn import Drawn, Shape, seen
from support.seen_pictures import picture

from nnutils.drawing import draw_weight_blocks
from nnutils.drawing.style import PALETTE

BOTH = pytest.mark.parametrize("phone", [False, True])


def rows_of(shapes: list[Shape]) -> list[list[Shape]]:
    rows: dict[int, list[Shape]] = {}
    for one in shapes:
        rows.setdefault(round(one.top), []).append(one)
    return [sorted(rows[top], key=lambda one: one.left) for top in sorted(rows)]


def letters(drawn: Drawn, one: Shape) -> list[str]:
    return [word.text for word in drawn.words if one.holds(word.centre)]


@BOTH
def test_the_bias_is_the_last_column_and_its_1_the_last_row(phone: bool) -> None:
    drawn = picture("bias column", phone=phone)  # 2 outputs, 3 inputs
    cells = [*drawn.marked("cell"), *drawn.marked("bias")]
    grid: dict[str, Shape] = {letters(drawn, one)[0]: one for one in cells}
    matrix = [["w11", "w12", "w13", "b1"], ["w21", "w22", "w23", "b2"]]
    assert sorted(grid) == sorted(["x1", "x2", "x3", "1", "q1", "q2", *matrix[0], *matrix[1]])
    for row in matrix:
        assert [grid[name].top for name in row] == [grid[row[0]].top] * 4
        for a, b in itertools.pairwise(row):
            assert grid[a].right == pytest.approx(grid[b].left)
    for column in (*zip(*matrix, strict=True), ("x1", "x2", "x3", "1"), ("q1", "q2")):
        for a, b in itertools.pairwise(column):
            assert grid[a].bottom == pytest.approx(grid[b].top) and grid[a].left == pytest.approx(
                grid[b].left
            )
    for name, one in grid.items():
        tint = PALETTE.orange_tint if name in {"b1", "b2", "1"} else PALETTE.blue_tint
        assert one.fill == tint.lower() and one.width == 0.8 and one.stroke == PALETTE.ink.lower()
        (word,) = [word for word in drawn.words if one.holds(word.centre)]
        assert word.centre == (pytest.approx(one.centre[0], abs=2), pytest.approx(one.centre[1], abs=3.5))
    frames = [one for one in drawn.shapes if one.stroke == PALETTE.positive.lower() and one.width == 2.4]
    edges = [(one.left, one.top, one.right, one.bottom) for one in frames]
    assert edges == [
        pytest.approx((grid[a].left, grid[a].top, grid[b].right, grid[b].bottom))
        for a, b in (("w11", "b1"), ("x1", "1"), ("q1", "q1"))
    ]
    blocks = {
        "[w b]": ("w11", "b2", "2 × 4"),
        "[x; 1]": ("x1", "1", "4 × 1"),
        "w x + b": ("q1", "q2", "2 × 1"),
    }
    for name, (first, last, size) in blocks.items():
        above, below = drawn.word(name), drawn.word(size)
        middle = (grid[first].left + grid[last].right) / 2
        assert above.bold and above.bottom < grid[first].top < grid[last].bottom < below.top
        assert above.centre[0] == pytest.approx(middle, abs=1.5) == below.centre[0]
        assert below.top - grid[last].bottom < 14 and grid[first].top - above.bottom < 14
    for sign, left, right in (("·", "b1", "x1"), ("=", "x1", "q1")):
        word = drawn.word(sign)
        if grid[left].right < grid[right].left:  # in one row
            assert grid[left].right < word.left and word.right < grid[right].left
            assert word.centre[0] == pytest.approx((grid[left].right + grid[right].left) / 2, abs=9)
        assert word.size == 16
    if not phone:
        ends = grid["w11"].left, drawn.width - grid["q1"].right
        assert ends[0] == pytest.approx(ends[1], abs=0.5)


@BOTH
def test_bands_are_as_thick_as_their_channels_and_meet_in_a_stack(phone: bool) -> None:
    drawn = picture("branch depths", phone=phone)
    layers = [["direct"], ["reduce3", "conv3"], ["reduce5", "conv5"], ["pool", "project"]]
    channels = {
        "direct": 64,
        "reduce3": 96,
        "conv3": 128,
        "reduce5": 16,
        "conv5": 32,
        "pool": 192,
        "project": 32,
    }
    boxes = {
        name: next(one for one in drawn.marked("layer") if name in letters(drawn, one)) for name in channels
    }
    bands = drawn.marked("band")
    unit = (max(one.bottom - one.top for one in bands)) / 192
    stack, joints = drawn.marked("stack"), drawn.marked("joint")
    (source,) = drawn.marked("input")
    for number, names in enumerate(layers):
        entering = [one for one in bands if one.left == pytest.approx(source.right, abs=0.01)][number]
        assert entering.bottom - entering.top == pytest.approx(192 * unit)
        assert (
            entering.right == pytest.approx(boxes[names[0]].left) and entering.fill == PALETTE.white.lower()
        )
        for name, after in itertools.zip_longest(names, names[1:]):
            (band,) = [
                one
                for one in bands
                if one.left == pytest.approx(boxes[name].right, abs=0.01)
                and one.centre[1] == pytest.approx(boxes[name].centre[1], abs=0.01)
            ]
            assert band.bottom - band.top == pytest.approx(max(channels[name] * unit, 1.6), abs=0.01)
            end = boxes[after].left if after else joints[number].left
            assert band.right == pytest.approx(end, abs=0.01)
            assert band.fill == PALETTE.tints[number].lower()
            size = [
                word for word in drawn.words if word.within("size") and f"{channels[name]} ×" in word.text
            ]
            assert any(word.bottom < band.top + 1 and word.centre[0] > boxes[name].left for word in size)
        out = channels[names[-1]] * unit
        assert stack[number].bottom - stack[number].top == pytest.approx(out, abs=0.01)
        assert joints[number].right == pytest.approx(stack[number].left, abs=0.01)
        assert stack[number].fill == joints[number].fill == PALETTE.tints[number].lower()
    assert len(bands) == 4 + 7
    for a, b in itertools.pairwise(stack):
        assert a.bottom == pytest.approx(b.top, abs=0.01)
    texts = {word.text for word in drawn.words if not word.within("size")}
    windows = {"1 × 1 conv", "3 × 3 conv", "5 × 5 conv", "3 × 3 pool"}
    assert windows <= texts or phone
    assert drawn.word("input").bold and drawn.word("stacked").bold
    assert drawn.word("input").left < 0.2 * drawn.width < 0.8 * drawn.width < drawn.word("stacked").right
    assert {"192 × 28 × 28", "256 × 28 × 28"} <= set(drawn.texts("size"))
    middle = (stack[0].top + stack[-1].bottom) / 2
    assert middle == pytest.approx(source.centre[1], abs=0.01)
    assert "thickness of a band" in " ".join(drawn.texts())


@BOTH
def test_matrices_have_one_scale_and_stand_with_the_last_layer_first(phone: bool) -> None:
    drawn = picture("weight blocks", phone=phone)
    sizes = {"O": (25, 750), "H2": (750, 500), "H1": (500, 1200), "I": (1200, 1)}
    blocks = [*drawn.marked("matrix"), *drawn.marked("inputs")]
    scale = (blocks[3].bottom - blocks[3].top) / 1200
    for block, (name, (rows, columns)) in zip(blocks, sizes.items(), strict=True):
        assert block.bottom - block.top == pytest.approx(max(rows * scale, 1.5), abs=0.01)
        assert block.right - block.left == pytest.approx(max(columns * scale, 1.5), abs=0.01)
        tint = PALETTE.orange_tint if name == "I" else PALETTE.blue_tint
        assert block.fill == tint.lower() and block.stroke == PALETTE.ink.lower() and block.width == 0.8
        column = [
            word
            for word in drawn.words
            if abs(word.centre[0] - block.centre[0]) < 4 and 0 < word.top - block.bottom < 200
        ]
        below = [name, f"{rows} × {columns}" if name != "I" else "1200"]
        own = [word.text for word in sorted(column, key=lambda word: word.top)]
        assert own[:2] == below and drawn.word(name, "name").bold
    weights = [rows * columns for name, (rows, columns) in sizes.items() if name != "I"]
    assert drawn.texts("share") == [
        *(f"{100 * w / sum(weights):.0f} %" + " of weights" for w in weights),
        "inputs",
    ]
    rows_seen: dict[int, list[int]] = {}
    for number, name in enumerate(sizes):
        rows_seen.setdefault(round(drawn.word(name, "name").bottom / 20), []).append(number)
    assert [n for top in sorted(rows_seen) for n in rows_seen[top]] == [0, 1, 2, 3]
    for row in rows_seen.values():
        lefts = [blocks[n].left for n in row]
        assert lefts == sorted(lefts)
        centres = [blocks[n].centre[1] for n in row]
        assert max(centres) - min(centres) < 0.01


def test_matrices_that_fill_the_width_keep_apart_from_each_other_and_from_the_edges() -> None:
    drawn = seen(draw_weight_blocks({"I": 12, "A": 12, "B": 12, "C": 12, "O": 12}))
    blocks = [*drawn.marked("matrix"), *drawn.marked("inputs")]
    words = [word for word in drawn.words if word.within("name") or word.within("share")]
    ends = min(one.left for one in (*blocks, *words)), max(one.right for one in (*blocks, *words))
    gaps = [ends[0], drawn.width - ends[1], *(b.left - a.right for a, b in itertools.pairwise(blocks))]
    assert min(gaps) >= 13.5
    assert max(one.right for one in blocks[:4]) - blocks[0].left > 0.75 * drawn.width, "they fill it"


@BOTH
def test_uses_of_weights_stand_at_their_numbers_with_lines_of_equal_connections(phone: bool) -> None:
    drawn = picture("weight uses", phone=phone)
    given = {"conv1": (34_848, 105_415_200), "fc1": (37_748_736, 37_748_736), "out": (4_096_000, 4_096_000)}
    frame = next(one for one in drawn.shapes if one.within("axes_1"))
    tens = [_power(drawn, axis) for axis in "xy"]
    marks = [
        one
        for one in drawn.shapes
        if one.fill in {PALETTE.positive.lower(), PALETTE.negative.lower()} and not one.within("legend")
    ]
    spots = {
        (round(tens[0](one.centre[0]), 2), round(tens[1](one.centre[1]), 2)): one
        for one in marks
        if one.points
    }
    wanted = {
        name: (round(math.log10(weights), 2), round(math.log10(connections / weights), 2))
        for name, (weights, connections) in given.items()
    }
    assert sorted(spots) == [pytest.approx(spot, abs=0.02) for spot in sorted(wanted.values())]
    for name, (across, up) in wanted.items():
        mark = min(spots.items(), key=lambda item: math.dist(item[0], (across, up)))[1]
        word = drawn.word(name, "layer")
        assert word.bold and math.dist(word.centre, mark.centre) < 45
        nearest = min(spots.values(), key=lambda one: math.dist(one.centre, word.centre))
        assert nearest is mark
        colour = PALETTE.positive if up > 0 else PALETTE.negative
        assert mark.fill == colour.lower()
    lines = [one for one in drawn.shapes if one.dashes and one.within("axes_1") and one.width == 0.8]
    powers = []
    for line in lines:
        sums = [tens[0](x) + tens[1](y) for x, y in line.points]
        assert max(sums) - min(sums) < 0.01 and round(sums[0], 2) == round(sums[0])
        powers.append(round(sums[0]))
        assert frame.left - 0.1 <= line.left and line.bottom <= frame.bottom + 0.1
    assert powers == [6, 7, 8, 9]
    labels = [word for word in drawn.words if word.within("connections")]
    assert [word.text for word in labels] == ["1 M", "10 M", "100 M", "1 G"]
    for word, power in zip(labels, powers, strict=True):
        assert tens[0](word.centre[0]) + tens[1](word.centre[1]) == pytest.approx(power, abs=0.12)
    assert {"weights", "uses of each weight", "Uses"} <= set(drawn.texts())
    assert set(drawn.texts("legend")) == {
        "equal connections",
        "weights used several times",
        "weights used once",
    }
    assert not [one for one in drawn.shapes if one.stroke == PALETTE.grid.lower()]


def _power(drawn: Drawn, axis: str):  # type: ignore[no-untyped-def]
    """The function from places to powers of ten, from the ticks, which are written as formulas."""
    ticks = [(int(text.replace("−", "-")[2:]), place) for text, place in drawn.ticks(axis) if text]
    (first, start), (last, end) = ticks[0], ticks[-1]
    return lambda place: first + (place - start) / (end - start) * (last - first)
