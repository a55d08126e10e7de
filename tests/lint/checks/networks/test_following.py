"""Rows without an input of their own: wrong only where the other rows say that they follow each other."""

from __future__ import annotations

import random

import pytest
from support.lint_tables import alarms, judged

HEADER = "| layer | kernel | stride | padding | output | weights |"
ROWS = {
    "input": "| input | | | | 35×35×4 | |",
    "conv1": "| conv1 | 5×5 | 2 | 0 | 16×16×96 | 9,600 |",
    "conv2": "| conv2 | 3×3 | 1 | 0 | 14×14×16 | 13,824 |",
    "conv3": "| conv3 | 5×5 | 1 | 2 | 14×14×128 | 51,200 |",
}


def table(**changed: str) -> str:
    """The table with other rows; an empty one is left out."""
    return "\n".join([HEADER, *(row for row in {**ROWS, **changed}.values() if row)])


def test_the_first_row_gives_the_input() -> None:
    report = judged(table())
    assert not alarms(report)
    assert sum(one.verdict == "right" for one in report.judged) == 6


@pytest.mark.parametrize(
    ("row", "old", "new"),
    [
        ("conv1", "16×16×96", "53×53×96"),
        ("conv1", "16×16×96", "17×17×96"),
        ("conv2", "14×14×16", "4×4×16"),
        ("conv2", "14×14×16", "15×15×16"),
        ("conv3", "14×14×128", "41×14×128"),
        ("conv3", "14×14×128", "18×18×128"),
        ("conv3", "51,200", "51,100"),
        ("conv1", "9,600", "6,900"),
    ],
)
def test_a_wrong_cell_that_the_other_rows_bear_out_is_wrong(row: str, old: str, new: str) -> None:
    (one,) = judged(table(**{row: ROWS[row].replace(old, new)})).wrong
    assert (one.stated, one.computed) == (new, old)


def test_the_weights_of_a_full_layer_bear_a_size_out() -> None:
    full = "| fc | | | | 10 | 250,880 |"
    text = table(conv3=ROWS["conv3"].replace("14×14×128", "7×7×128"), fc=full)
    (one,) = judged(text).wrong
    assert (one.stated, one.computed) == ("7×7×128", "14×14×128")


@pytest.mark.parametrize(
    "changed",
    [
        {
            "conv2": "| conv2 | 3×3 | 1 | 0 | 6×6×16 | 13,824 |",
            "conv3": "| conv3 | 5×5 | 1 | 2 | 6×6×128 | |",
        },
        {
            "conv2": "| conv2 | 3×3 | 1 | 0 | 7×7×16 | 13,824 |",
            "conv3": "| conv3 | 5×5 | 1 | 2 | 3×3×128 | |",
        },
        {"conv3": "| conv3 | 5×5 | 1 | 2 | 7×7×128 | 51,200 |"},
        {"conv3": "| conv3 | 5×5 | 1 | 2 | 6×6×128 | 51,200 |"},
    ],
)
def test_sizes_behind_poolings_that_the_table_leaves_out_are_not_wrong(changed: dict[str, str]) -> None:
    assert not judged(table(**changed)).wrong


def test_without_a_row_for_the_input_the_first_layers_are_not_judged() -> None:
    assert not judged(table(input="", conv1=ROWS["conv1"].replace("16×16×96", "17×17×96"), conv3="")).wrong


@pytest.mark.parametrize("seed", range(30))
def test_one_changed_side_is_found_in_its_cell(seed: int) -> None:
    draw = random.Random(seed)
    side, lines, sides = draw.randrange(40, 120), [], []
    start = f"| image | | | | {side} × {side} × 3 | |"
    for number in range(1, 5):
        kernel, stride, padding = draw.choice([3, 5]), draw.choice([1, 1, 2]), draw.randrange(3)
        side = (side + 2 * padding - kernel) // stride + 1
        sides.append(side)
        lines.append(f"| conv{number} | {kernel} × {kernel} | {stride} | {padding} | {{}} × {{}} × 8 | |")
    texts = [line.format(size, size) for line, size in zip(lines, sides, strict=True)]
    assert not alarms(judged("\n".join([HEADER, start, *texts])))
    place = draw.randrange(3)  # the size of the last one may come from a pooling
    other = sides[place] + draw.choice([-9, -3, 4, 8, 30])
    if other < 1:
        return
    texts[place] = lines[place].format(other, other)
    wrong = judged("\n".join([HEADER, start, *texts])).wrong
    assert [one.computed for one in wrong] == [f"{sides[place]} × {sides[place]} × 8"], texts


DENSE = "| fc | | | | 10 | {} |"


@pytest.mark.parametrize("wrong", ["250,808", "25,880", "25,088", "2,508,800"])
def test_weights_that_no_smaller_picture_gives_are_wrong(wrong: str) -> None:
    (one,) = judged(table(fc=DENSE.format(wrong))).wrong
    assert (one.stated, one.computed) == (wrong, "250,880")


@pytest.mark.parametrize("side", [13, 7, 4, 1])
def test_weights_behind_a_pooling_that_the_table_leaves_out_are_not_wrong(side: int) -> None:
    for bias in (0, 10):
        assert not judged(table(fc=DENSE.format(10 * 128 * side**2 + bias))).wrong


def test_poolings_keep_the_channels_that_a_numbered_convolution_reads() -> None:
    pooled = {
        "conv2": "| conv2 | 3×3 | 1 | 0 | 6×6×16 | {} |",
        "conv3": "| conv3 | 5×5 | 1 | 2 | 3×3×128 | |",
    }
    (one,) = judged(table(**{**pooled, "conv2": pooled["conv2"].format("13,284")})).wrong
    assert (one.stated, one.computed) == ("13,284", "13,824")
    gap = {name: row.format("13,284").replace("conv2", "conv4") for name, row in pooled.items()}
    assert not judged(table(**gap)).wrong


def test_counts_that_two_groups_of_filters_give_are_doubted_where_there_are_several() -> None:
    halves = {"conv2": ("13,824", "6,912"), "conv3": ("51,200", "25,600")}
    rows = {name: ROWS[name].replace(*change) for name, change in halves.items()}
    assert [one.stated for one in judged(table(conv2=rows["conv2"])).wrong] == ["6,912"]
    report = judged(table(**rows))
    assert not report.wrong
    assert sum("two groups" in one.why for one in report.judged if one.verdict == "suspicious") == 2


@pytest.mark.parametrize("size", ["−8 × −8 × 16", "0 × 0 × 16", "-1×-1×16", "16@-8x-8"])
def test_a_size_of_nothing_or_less_is_wrong_and_its_channels_count_on(size: str) -> None:
    report = judged(table(conv2=ROWS["conv2"].replace("14×14×16", size)))
    (one,) = report.wrong
    assert size == one.stated and "14" in one.computed
    assert [one.stated for one in report.judged if one.verdict == "right"][-1] == "51,200"


@pytest.mark.parametrize("size", ["14 000 × 14 000 × 16", "14'000×14'000×16", "1.014 × 1.014 × 16"])
def test_sides_of_thousands_are_read(size: str) -> None:
    (one,) = judged(table(conv2=ROWS["conv2"].replace("14×14×16", size))).wrong
    assert one.stated == size


def test_a_width_of_thousands_is_read() -> None:
    rows = {"fc1": "| fc1 | | | | 1 000 | 25 088 000 |", "fc2": "| fc2 | | | | 12 | 112 000 |"}
    (one,) = judged(table(**rows)).wrong
    assert (one.stated.replace("\u202f", " "), one.computed.replace("\u202f", " ")) == (
        "112 000",
        "12 000",
    )


def test_a_table_with_a_total_leaves_no_layer_out() -> None:
    short = table(conv2="", conv3="", fc=DENSE.format("254,760"))
    assert not judged(short).wrong
    assert [one.stated for one in judged(short + "\n| total | | | | | 264,360 |").wrong] == ["254,760"]
