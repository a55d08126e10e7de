"""Tables of layers: right ones in many styles are silent; one changed digit is found in its cell."""

from __future__ import annotations

import random

import pytest
from support.lint_tables import alarms, context_of, judged, verdicts

from nnutils.lint import lint
from nnutils.lint.checks.networks.layer_tables import check_layer_tables
from nnutils.networks import Conv2d, Flatten, Linear, MaxPool2d, Network, count

ALEXNET = """\
| Layer | Input | Kernel | Filters | Stride | Padding | Output | # Params | Connections |
|-------|-------|--------|---------|--------|---------|--------|----------|-------------|
| conv1 | 227 × 227 × 3 | 11 × 11 | 96 | 4 | 0 | 55 × 55 × 96 | 34,944 | 105,415,200 |
| pool1 | 55 × 55 × 96 | 3 × 3 | – | 2 | 0 | 27 × 27 × 96 | 0 | |
| conv2 | 27 × 27 × 96 | 5 × 5 | 256 | 1 | 2 | 27 × 27 × 256 | 614,656 | |
| pool2 | 27 × 27 × 256 | 3 × 3 | – | 2 | 0 | 13 × 13 × 256 | 0 | |
| fc1 | 43,264 | | 4096 | | | 4096 | 177,213,440 | |
| fc2 | 4096 | | 10 | | | 10 | 40,970 | |
"""

SOLVED = """\
| | | $i$ | $p$ | $d$ | $k$ | $s$ | $o$ |
| 1. | (a) | 64 | 3 | 1 | 8 | 2 | 32 |
| | (b) | 64 | 3 | 7 | 2 | 2 | 32 |
| 2. | (a) | 32 | 0 | 1 | 4 | 4 | 8 |
| | (b) | 32 | 0 | 1 | 8 | 4 | 7 |
"""


def test_a_right_table_is_confirmed_cell_by_cell() -> None:
    found = list(check_layer_tables(context_of(ALEXNET)))
    assert not alarms(found)
    assert sum(one.verdict == "right" for one in found) == 18
    assert not [one for one in found if one.verdict == "unchecked"]


@pytest.mark.parametrize(
    ("old", "new", "computed", "reason"),
    [
        ("| 55 × 55 × 96 | 34", "| 54 × 54 × 96 | 34", "55 × 55 × 96", "(227 + 2 · 0 −"),
        ("34,944", "34,994", "34,944", "34,848 + 96 = 34,944 (with biases)"),
        ("105,415,200", "15,415,200", "105,415,200", "290,400 · 3 · 11 · 11"),
        ("13 × 13 × 256 | 0", "13 × 13 × 265 | 0", "13 × 13 × 256", "= 13"),
        ("177,213,440", "37,752,832", "177,213,440", "177,209,344 + 4,096"),
        ("27 × 27 × 96 | 0", "27 × 27 × 96 | 10", "0", ""),
    ],
)  # fmt: skip
def test_a_slip_is_found_in_its_cell(old: str, new: str, computed: str, reason: str) -> None:
    assert old in ALEXNET
    wrong = [
        one for one in check_layer_tables(context_of(ALEXNET.replace(old, new))) if one.verdict == "wrong"
    ]
    assert [(one.computed, reason in one.why) for one in wrong] == [(computed, True)]


def test_an_input_that_is_not_the_output_above_is_suspicious() -> None:
    found = list(
        check_layer_tables(context_of(ALEXNET.replace("| 27 × 27 × 256 | 3", "| 26 × 26 × 256 | 3")))
    )
    assert alarms(found) == [("26 × 26 × 256", "suspicious", "27 × 27 × 256")]


def test_letters_name_the_columns_of_size_questions() -> None:
    found = list(check_layer_tables(context_of(SOLVED)))
    assert [one.verdict for one in found] == ["right"] * 4
    (wrong,) = [
        one
        for one in check_layer_tables(context_of(SOLVED.replace("| 7 |\n", "| 8 |\n")))
        if one.verdict != "right"
    ]
    assert (wrong.verdict, wrong.stated, wrong.computed, wrong.line) == ("wrong", "8", "7", 5)


@pytest.mark.parametrize(
    "table",
    [
        "| name | kernel | stride | pad | output size |\n| image | | | | 3@32x32 |\n"
        "| conv1 | 5 | 1 | 2 | 16@32x32 |",
        "| layer | type | filters | size / stride | output | p |\n"
        "| 1 | conv | 16 | 3 × 3 / 1 | 32 × 32 | 1 |",
        "| layer | k | s | p | i | o |\n| pool | 3 | 2 | 0 | 32 | 16 |",
        "| layer | kernel size | stride | input size | output size |\n| max pool | 2×2 | 2 | 14×14 | 7×7 |",
        "| layer | stride | padding | kernel | input shape | output shape |\n"
        "| conv | 1 | same | 3x3 | (3, 32, 32) | (64, 32, 32) |",
        "| Layer | Input | Output | Params (K) |\n"
        "| conv 5×5, 6 filters, stride 1, no padding | 32×32×1 | 28×28×6 | 0.156 |",
        "| layer | input | kernel | filters | stride | padding | output | weights |\n"
        "| conv1 | 3 × 32 × 32 | 1 × 7 | 8 | 1 | 0 | 8 × 32 × 26 | 168 |",
        "| layer | units | kernel | weights |\n| conv1 | 100 | 3 | see text |",
        "| dataset | input | output |\n| train | 10 | 20 |\n| test | 3 | 4 |",
        "| n | k | value |\n| 5 | 2 | 10 |",
        "| layer | input | kernel | output | params |\n"
        "| conv2 | 128 × 256 × 256 | 128 × 5 × 5 | 64 × 128 × 128 | 204,864 |",
        "| branch | channels out | weights |\n| direct | 64 | 32,768 |\n| pool → project | 512 | 262,144 |",
        "| layer | kernel | groups | filters | stride | padding | input | output | weights |\n"
        "| conv2 | 5 | 2 | 256 | 1 | 2 | 27x27x96 | 27x27x256 | 307,200 |",
    ],
)
def test_right_tables_in_other_styles_raise_no_alarm(table: str) -> None:
    assert not alarms(judged(table)), verdicts(judged(table))


def test_settings_may_stand_in_the_text() -> None:
    text = "- Conv-2 layer: 64 filters of size 5 × 5, stride 2, padding 2.\n\n"
    table = (
        "| Layer | Input size | Output size | No. of params |\n| Conv-2 | 256×256×128 | {}×{}×64 | 204,864 |"
    )
    assert not alarms(judged(text + table.format(128, 128)))
    (wrong,) = judged(text + table.format(28, 28)).wrong
    assert (wrong.computed, wrong.slips[0]) == ("128×128×64", "28 is 128 without one 1.")


def test_without_stride_nothing_is_judged_and_without_padding_only_the_impossible() -> None:
    table = "| layer | input | kernel | stride | output |\n| conv1 | 32 × 32 | 5 × 5 | 1 | {0} × {0} |"
    verdict = {
        size: [one.verdict for one in check_layer_tables(context_of(table.format(size)))]
        for size in (28, 30, 40)
    }
    assert verdict == {28: ["right"], 30: ["unchecked"], 40: ["wrong"]}
    bare = "| layer | input | kernel | output |\n| conv1 | 32 × 32 | 5 × 5 | 17 × 17 |"
    assert [one.verdict for one in check_layer_tables(context_of(bare))] == ["unchecked"]


def test_groups_count_only_where_the_sheet_speaks_of_them() -> None:
    table = (
        "| layer | input | kernel | filters | stride | padding | weights |\n"
        "| conv2 | 27x27x96 | 5 | 256 | 1 | 2 | 307,200 |"
    )
    assert [one[1] for one in alarms(judged(table))] == ["wrong"]
    assert not alarms(judged("The filters are split between two GPUs.\n\n" + table))


NO_INPUTS = """\
| layer | kernel | filters | stride | padding | output | weights |
| input | | | | | 3 × 32 × 32 | |
| conv1 | 5 × 5 | 6 | 1 | 2 | 6 × 32 × 32 | 450 |
| pool1 | 2 × 2 | | 2 | 0 | 6 × 16 × 16 | |
| conv2 | 5 × 5 | 16 | 1 | 0 | 16 × 12 × 12 | 2,400 |
| pool2 | 2 × 2 | | 2 | 0 | 16 × 6 × 6 | |
| fc1 | | 120 | | | 120 | 69,120 |
| fc2 | | 84 | | | 84 | 10,080 |
"""


@pytest.mark.parametrize(("old", "new"), [("2,400", "2,500"), ("12 × 12", "13 × 13"), ("69,120", "61,920")])
def test_without_inputs_the_row_above_is_the_input(old: str, new: str) -> None:
    assert not alarms(judged(NO_INPUTS))
    (wrong,) = judged(NO_INPUTS.replace(old, new)).wrong
    assert new in wrong.stated and old in wrong.computed


def test_a_table_that_leaves_layers_out_is_not_wrong() -> None:
    lines = NO_INPUTS.split("\n")
    for left_out in ("pool1 pool2", "pool2", "conv2", "conv1 pool1", "pool1 conv2 pool2"):
        kept = [line for line in lines if not any(f"| {name} " in line for name in left_out.split())]
        if left_out in ("pool2", "conv2"):
            continue  # with a pooling left, the rows seem to follow each other
        assert not judged("\n".join(kept)).wrong, left_out


def test_branches_are_not_wrong() -> None:
    table = "| branch | kernel | filters | output | weights |\n| input | | | 192 × 28 × 28 | |\n" + "\n".join(
        f"| conv {k}x{k} | {k} × {k} | {f} | {f} × 28 × 28 | {k * k * f * 192:,} |"
        for k, f in ((1, 64), (3, 128), (5, 32))
    )
    assert not judged(table).wrong


def test_a_header_that_ends_in_the_name_of_a_count_is_not_that_count() -> None:
    table = (
        "| layer | output | inputs of a unit | units | weights |\n"
        "| conv1 | 96 × 55 × 55 | 363 | 290,400 | 34,848 |\n"
        "| conv5 | 256 × 13 × 13 | 1,728 | 43,264 | 442,368 |\n| fc1 | 4096 | 9,216 | 4,096 | 37,748,736 |"
    )
    assert not alarms(judged(table))


def random_network(draw: random.Random) -> Network:
    """A plain network whose poolings fit without a remainder."""
    side = draw.choice([28, 32, 64])
    layers: list[Conv2d | MaxPool2d | Flatten | Linear] = []
    shape = (draw.choice([1, 3]), side, side)
    network = Network(shape, [Conv2d(6, 3)])
    for number in range(1, draw.randrange(2, 4)):
        kernel = draw.choice([3, 5])
        padding = draw.choice([0, kernel // 2])
        layers.append(Conv2d(draw.choice([6, 12, 16, 48]), kernel, padding=padding, name=f"conv{number}"))
        network = Network(shape, layers)
        if network.output_shape[1] % 2 == 0 and network.output_shape[1] > 8:
            layers.append(MaxPool2d(2, name=f"pool{number}"))
    layers += [
        Flatten(name="flatten"),
        Linear(draw.choice([84, 120, 256]), name="fc1"),
        Linear(12, name="fc2"),
    ]
    return Network(shape, layers)


def table_of(network: Network, *, channels_first: bool) -> list[list[str]]:
    """The rows of a table of layers as people write it."""
    counts = count(network)

    def size(shape: tuple[int, ...]) -> str:
        return " × ".join(map(str, shape if channels_first else (*shape[1:], shape[0])))

    rows = [
        [
            "layer",
            "input",
            "kernel",
            "filters",
            "stride",
            "padding",
            "output",
            "units",
            "weights",
            "connections",
        ]
    ]
    for step in network.steps:
        layer, counted = step.layer, counts[step.name]
        if isinstance(layer, Flatten):
            continue
        settings = ["–"] * 4
        if isinstance(layer, Conv2d | MaxPool2d):
            filters = str(layer.out_channels) if isinstance(layer, Conv2d) else "–"
            settings = [
                f"{layer.kernel_size} × {layer.kernel_size}",
                filters,
                str(layer.stride),
                str(layer.padding),
            ]
        elif isinstance(layer, Linear):
            settings[1] = str(layer.out_features)
        cells = [f"{value:,}" for value in (counted.units, counted.weights, counted.connections)]
        sizes = step.input_shape, step.output_shape
        texts = [size(one) if len(one) == 3 else str(one[0]) for one in sizes]
        rows.append([step.name, texts[0], *settings, texts[1], *cells])
    return rows


def written(rows: list[list[str]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


@pytest.mark.parametrize("seed", range(40))
def test_one_changed_digit_of_a_cell_is_found_there(seed: int) -> None:
    draw = random.Random(seed)
    rows = table_of(random_network(draw), channels_first=draw.random() < 0.5)
    found = list(check_layer_tables(context_of(written(rows))))
    assert not alarms(found), verdicts(found)
    row, column = draw.randrange(1, len(rows)), draw.choice([6, 7, 8, 9])
    cell = rows[row][column]
    if cell in ("0", "–") or (column == 7 and rows[row][0].startswith("fc")):
        return
    place = draw.choice([i for i, sign in enumerate(cell) if sign.isdigit()])
    digit = draw.choice([d for d in "123456789" if d != cell[place]])
    rows[row][column] = cell[:place] + digit + cell[place + 1 :]
    text = written(rows)
    wrong = alarms(list(check_layer_tables(context_of(text))))
    assert [one for one in wrong if one[1] == "wrong"] == [(rows[row][column], "wrong", cell)], text


@pytest.mark.parametrize("kernel", ["128 × 5 × 5", "5 × 5 × 128", "5 × 5"])
def test_the_depth_of_a_kernel_stands_first_or_last(kernel: str) -> None:
    table = (
        "| layer | input | kernel | output | parameters |\n|---|---|---|---|---|\n"
        f"| conv2 | 128 × 256 × 256 | {kernel} | 64 × 128 × 128 | 204,864 |\n"
        f"| conv3 | 128 × 256 × 256 | {kernel} | 64 × 128 × 128 | 204,884 |\n"
    )
    counts = [one.verdict for one in judged(table).judged if "parameters" in one.kind]
    assert counts == ["right", "wrong"]


def test_a_path_through_several_layers_is_not_one_layer() -> None:
    table = "| branch | channels out | weights |\n|---|---|---|\n| pool → project | 512 | 262,144 |\n"
    assert not judged(table).wrong


def test_counts_are_judged_where_every_size_follows_the_row_above() -> None:
    table = (
        "| layer | kernel | stride | padding | output | parameters |\n|---|---|---|---|---|---|\n"
        "| input | | | | 179 × 179 × 6 | |\n| conv1 | 3 × 3 | 4 | 1 | 45 × 45 × 96 | 5,880 |\n"
        "| conv2 | 3 × 3 | 1 | 0 | 43 × 43 × 64 | 55,360,000 |\n"
    )
    assert [one.stated for one in judged(table).wrong] == ["5,880", "55,360,000"]
    left_out = table.replace("43 × 43", "20 × 20").replace("conv1", "conv").replace("conv2", "conv")
    assert "55,360,000" not in [one.stated for one in judged(left_out).wrong]


def test_counts_behind_a_convolution_that_keeps_the_size_are_judged_in_numbered_rows() -> None:
    table = (
        "| layer | kernel | stride | padding | output | parameters |\n|---|---|---|---|---|---|\n"
        "| input | | | | 28 × 28 × 3 | |\n| conv1 | 3 × 3 | 1 | 0 | 26 × 26 × 24 | 672 |\n"
        "| conv2 | 3 × 3 | 1 | 1 | 26 × 26 × 32 | 69,444 |\n"
    )
    assert [one.stated for one in judged(table).wrong] == ["69,444"]


def test_counts_below_a_wrong_size_agree_with_the_right_one() -> None:
    rows = [
        "| layer | kernel | stride | padding | output | weights |",
        "|---|---|---|---|---|---|",
        "| input | | | | 138 × 138 × 3 | 0 |",
        "| conv1 | 5 × 5 | 2 | 2 | 63 × 63 × 32 | 2,400 |",
        "| pool1 | 2 × 2 | 2 | 0 | 34 × 34 × 32 | 0 |",
        "| conv2 | 3 × 3 | 2 | 1 | 17 × 17 × 96 | 27,648 |",
        "| pool2 | 2 × 2 | 2 | 0 | 88 × 88 × 96 | 0 |",
        "| fc | | | | 100 | {} |",
    ]
    text = "\n".join(rows)
    found = lint(text.format("614,400")).wrong
    assert [one.stated for one in found] == ["63 × 63 × 32", "88 × 88 × 96"]
    assert "74,342,400" not in [one.stated for one in lint(text.format("74,342,400")).findings]
    assert "641,400" in [one.stated for one in lint(text.format("641,400")).wrong]


def test_a_pooling_layer_compares_once_less_for_each_unit_than_it_reads() -> None:
    table = (
        "| layer | kernel | filters | stride | padding | output | operations |\n"
        "| input | | | | | 1 × 28 × 28 | |\n"
        "| conv1 | 5 × 5 | 6 | 1 | 2 | 6 × 28 × 28 | 117,600 |\n"
        "| pool1 | 2 × 2 | | 2 | 0 | 6 × 14 × 14 | {} |\n"
    )
    said = {number: verdicts(judged(table.format(number)))[-1][1] for number in ("3,528", "4,704", "2,352")}
    assert said == {"3,528": "right", "4,704": "right", "2,352": "unchecked"}


def test_settings_in_short_letters_and_inputs_of_a_dense_layer_are_read() -> None:
    table = (
        "| layer | settings | output | parameters |\n|---|---|---|---|\n"
        "| input | – | 3×78×78 | 0 |\n| conv1 | k5 s2 p0 | 24×{side}×37 | 1,824 |\n"
        "| pool1 | k2 s2 | 24×18×18 | 0 |\n"
        "| conv2 | k5 s1 p0 | 24×14×14 | 14,424 |\n| fc1 | 4704 → 1000 | 1000 | {dense} |\n"
    )
    report = lint(table.format(side="37", dense="4,705,000"), name="a.md")
    assert report.wrong == ()
    assert len(lint(table.format(side="37", dense="4,750,000"), name="a.md").wrong) == 1
    wrong = lint(table.format(side="36", dense="4,705,000"), name="a.md").wrong
    assert [one.line for one in wrong] == [4]
