"""Statements about networks that are given, or told by code, text or a table."""

from __future__ import annotations

import random

import pytest
from support.lint_tables import alarms, context_of, judged, verdicts

from nnutils.lint.checks.networks.known_networks import check_known_networks
from nnutils.lint.checks.networks.told import told_in
from nnutils.lint.checks.networks.torch_code import facts_of_code
from nnutils.networks import Conv2d, Flatten, Linear, MaxPool2d, Network, ReLU, count

NET = Network(
    (3, 227, 227),
    [
        Conv2d(96, 11, stride=4, name="conv1"),
        ReLU(name="relu1"),
        MaxPool2d(3, stride=2, name="pool1"),
        Conv2d(256, 5, padding=2, groups=2, name="conv2"),
        MaxPool2d(3, stride=2, name="pool2"),
        Flatten(name="flatten"),
        Linear(4096, name="fc1"),
        Linear(1000, name="out"),
    ],
)


def found(text: str, network: Network | None = NET) -> list[tuple[str, str, str]]:
    return verdicts(list(check_known_networks(context_of(text, network))))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("conv1 has {} weights.", "34,848"),
        ("The first convolutional layer has {} parameters.", "34,944"),
        ("Conv. layer 1:\n\n# weights: 96 * 11 * 11 * 3 = {}\n", "34,848"),
        ("Conv. layer 1:\n# connections: # units * 11 * 11 * 3 = {}", "105,415,200"),
        ("Convolution layer 2: #units: {}", "186,624"),
        ("The number of weights in conv2 is {}.", "307,200"),
        ("weights of conv2 = 256 · 5 · 5 · 48 = {}", "307,200"),
        ("F.C. layer 1: # units: {}", "4096"),
        ("Output layer: # weights: 4096 × 1000 = {}", "4,096,000"),
        ("Total parameters: {}", "181,652,840"),
        ("In total the network has {} weights.", "181,647,392"),
        ("The number of parameters of the network is {}.", "181,652,840"),
        ("conv1 comes first. It has {} weights.", "34,848"),
        ("FC1 needs {} MACs", "177,209,344"),
        ("conv1 takes {} operations", "210,830,400"),
        ("fc1 has about {} parameters", "177 million"),
        ("fc1 needs too many parameters, which is about {}. So we pool.", "177 million"),
        ("conv1 has many units, which are {} in total", "290,400"),
        ("The output of pool1: {}", "27 × 27 × 96"),
        ("The output size of conv1 is {}.", "55 × 55"),
        ("The output shape of the second pooling layer is {}", "(256, 13, 13)"),
    ],
)
def test_statements_in_many_forms(text: str, number: str) -> None:
    assert [one[:2] for one in found(text.format(number))] == [(number, "right")]
    place = max(i for i, sign in enumerate(number) if sign.isdigit() and sign != "0")
    other = number[:place] + str((int(number[place]) + 2) % 9 + 1) + number[place + 1 :]
    assert [one[:2] for one in found(text.format(other))] == [(other, "wrong")]
    assert [one[2] for one in found(text.format(other))][0].replace(",", "") == number.replace(",", "")


@pytest.mark.parametrize(
    "text",
    [
        "Each filter of conv1 has 363 weights.",
        "conv1 would have 1,000 weights fewer with a smaller kernel.",
        "If conv1 had 48 filters, it would have 17,424 weights.",
        "Most of the 181 million parameters are in fc1.",
        "conv1 uses 11 × 11 weights per channel.",
        "We train for 30 epochs. The dataset has 1,000 nodes.",
        "A unit of fc1 reads 9,216 units.",
        "conv1 comes first. The dataset has 50,000 nodes.",
        "conv1 has 290,400 units, which are 96 maps of 55 × 55",
        "conv1 has 34.9 thousand trainable parameters, which are 34.",
        "conv1 has many units, which are 96 maps of 55 × 55",
        "fc1 has many units, which are 2 GPUs apart",
        "conv1 has few parameters, which is 9 times less than conv2 has",
        "conv1 has few parameters, which is 1/9 of those of conv2",
        "conv1 is followed by layer norm with 12 units per group",
    ],
)
def test_statements_about_something_else_are_no_alarm(text: str) -> None:
    assert not alarms(list(check_known_networks(context_of(text, NET))))


def test_a_right_value_of_which_nothing_would_be_left_is_written_in_full() -> None:
    assert found("conv2 has about 3 million weights") == [("3 million", "wrong", "307,200")]
    assert found("fc1 has about 3 million weights")[0][2] == "177 million"


def test_a_wrong_count_says_which_slip_gives_it() -> None:
    layers = (
        *NET.layers[:3],
        Conv2d(256, 5, padding=2, groups=2, name="conv2"),
        MaxPool2d(3, stride=2, name="pool2"),
        MaxPool2d(3, stride=2, name="pool3"),
        Flatten(),
        Linear(4096, name="fc1"),
    )
    net = Network((3, 227, 227), layers)
    (one,) = check_known_networks(context_of("FC1 has 37,748,736 weights", net))
    assert one.verdict == "right"
    (one,) = check_known_networks(context_of("FC1 has 37,748,736 weights", NET))
    assert (one.computed, one.why) == (
        "177,209,344",
        "weights of fc1: 4,096 · 43,264 = 177,209,344; the network given.",
    )


TABLE = """\
| | # Units | # Weights | # Connections |
|---|---|---|---|
| Convolution Layer 1 | 290400 | 34848 | 105415200 |
| Convolution Layer 2 | 186624 | 307200 | 223948800 |
| Fully Connected Layer 1 | 4096 | 177209344 | 177209344 |
| Output Layer | 1000 | 4096000 | 4096000 |
"""


def test_a_table_of_counts_is_judged_cell_by_cell() -> None:
    assert [one[1] for one in found(TABLE)] == ["right"] * 12
    (wrong,) = [
        one for one in judged(TABLE.replace("105415200", "15415200"), NET).judged if one.verdict != "right"
    ]
    assert (wrong.verdict, wrong.computed, wrong.line) == ("wrong", "105,415,200", 3)
    assert wrong.slips[0] == "15,415,200 is 105,415,200 without one 0."


def test_a_table_with_a_column_for_each_layer_too() -> None:
    table = (
        "| | conv1 | conv2 | fc1 |\n| units | 290,400 | 186,624 | 4,096 |\n"
        "| weights | 34,848 | 307,300 | 177,209,344 |"
    )
    assert alarms(list(check_known_networks(context_of(table, NET)))) == [("307,300", "wrong", "307,200")]


def test_one_changed_digit_of_a_table_of_counts_is_found_there() -> None:
    draw = random.Random(4)
    counts = count(NET)
    names = ["conv1", "conv2", "fc1", "out"]
    for _ in range(60):
        cells = [
            [f"{counts[name][role]:,}" for role in ("units", "weights", "connections")] for name in names
        ]
        row, column = draw.randrange(4), draw.randrange(3)
        cell = cells[row][column]
        place = draw.choice([i for i, sign in enumerate(cell) if sign.isdigit()])
        digit = draw.choice([d for d in "123456789" if d != cell[place]])
        cells[row][column] = cell[:place] + digit + cell[place + 1 :]
        lines = [f"| {name} | {' | '.join(line)} |" for name, line in zip(names, cells, strict=True)]
        text = "\n".join(["| layer | units | weights | connections |", *lines])
        assert alarms(list(check_known_networks(context_of(text, NET)))) == [
            (cells[row][column], "wrong", cell)
        ]


CODE = """\
```python
model = nn.Sequential(
    nn.Conv2d(3, 16, kernel_size=5, padding='same'),
    nn.ReLU(inplace=True),
    nn.MaxPool2d(2),
    nn.Dropout(0.5),
    nn.Conv2d(16, 32, (3, 3), bias=False),
    nn.Flatten(),
    nn.Linear(6272, 10),
)
{}
```
"""


def test_code_tells_the_network_and_its_input() -> None:
    text = CODE.format("out = model(torch.randn(8, 3, 32, 32))")
    say = (
        "conv1 has {} parameters. The output of conv2 is 32 × 14 × 14. "
        "The model has {} parameters in total.\n"
    )
    assert [one[1] for one in found(text + say.format("1,216", "68,554"), None)] == ["right"] * 3
    assert alarms(judged(text + say.format("1,261", "68,554"))) == [("1,261", "wrong", "1,216")]
    assert alarms(judged(text + say.format("1,216", "68,586"))) == [("68,586", "wrong", "68,554")]


def test_a_sentence_tells_the_input_of_code() -> None:
    text = CODE.format("") + "\n{}\n\nconv1 has 16,384 units. The output of conv2 is 32 × 14 × 14.\n"
    told, untold = (text.format(said) for said in ("The input is 3 × 32 × 32.", "Each input is 32 × 32."))
    assert [one[1] for one in found(told, None)] == ["right", "right"]
    assert [one[1] for one in found(untold, None)] == ["unchecked", "unchecked"]


def test_a_number_of_no_layer_does_not_hide_that_of_the_next() -> None:
    text = "Number of weights: 10, weights of conv1: 34,849"
    assert found(text) == [("34,849", "wrong", "34,848")]


def test_code_without_an_input_tells_weights_only() -> None:
    say = "conv2 has 4,608 weights and {} units. The linear layer has {} parameters."
    report = found(CODE.format("") + say.format("6,272", "62,730"), None)
    assert [one[1] for one in report] == ["right", "unchecked", "right"]
    assert alarms(judged(CODE.format("") + say.format("6,272", "62,731"))) == [("62,731", "wrong", "62,730")]


def test_named_layers_of_a_class_are_known_by_name() -> None:
    code = (
        "```python\nclass Net(nn.Module):\n    def __init__(self):\n"
        "        self.conv1 = nn.Conv2d(1, 6, 5)\n        self.fc1 = nn.Linear(400, 120)\n```\n"
    )
    assert [one[1] for one in found(code + "conv1: 156 parameters, fc1: 48,120 parameters", None)] == [
        "right"
    ] * 2
    assert [one[1] for one in found(code + "conv1: 165 parameters", None)] == ["suspicious"]


@pytest.mark.parametrize(
    "code",
    ["nn.Sequential(", "nn.Sequential(nn.Conv2d(3))", "nn.Sequential(nn.Conv2d(a, b, 3))",
     "x = 9**9**9", "(" * 5000,
     "nn.Sequential(nn.LazyConv2d(3, 3))", "Sequential(*layers)",
     "nn.Sequential(nn.Linear(-1, 3))", "1" * 5000],
)  # fmt: skip
def test_code_that_tells_nothing_is_left_alone(code: str) -> None:
    assert facts_of_code(code) == []


def test_a_table_of_settings_tells_the_network_of_the_text() -> None:
    table = (
        "| layer | kernel | filters | stride | padding | output |\n| input | | | | | 1 × 28 × 28 |\n"
        "| conv1 | 5 × 5 | 6 | 1 | 2 | 6 × 28 × 28 |\n"
        "| pool1 | 2 × 2 | | 2 | 0 | 6 × 14 × 14 |\n| fc1 | | | | | 120 |\n\n"
    )
    assert not alarms(judged(table + "conv1 has 156 parameters, fc1 has 141,240 parameters."))
    wrong = table + "conv1 has 165 parameters, fc1 has 141,240 parameters."
    assert alarms(judged(wrong)) == [("165", "wrong", "156")]
    assert alarms(judged(table + "conv1 has 165 parameters.")) == [("165", "suspicious", "156")]


def test_described_layers_tell_the_network() -> None:
    text = (
        "The input is 1 × 28 × 28.\n- Conv1: 6 filters of size 5 × 5, stride 1, padding 2.\n"
        "- Pool1: max pooling of size 2 × 2, stride 2, no padding.\n- FC1: 120 units.\n\n"
        "So FC1 has {} weights.\n"
    )
    assert not alarms(judged(text.format("141,120")))
    assert alarms(judged(text.format("141,210"))) == [("141,210", "wrong", "141,120")]


def test_a_description_that_leaves_layers_out_tells_no_network() -> None:
    text = (
        "The input is 1 × 28 × 28.\n- Conv2: 6 filters of size 5 × 5, stride 1, padding 2.\n"
        "- Conv3: 16 filters of size 5 × 5, stride 1, padding 0.\n\nConv2 has 2,416 parameters.\n"
    )
    assert not alarms(list(check_known_networks(context_of(text))))


def test_without_a_network_statements_are_counted_as_unchecked() -> None:
    (one,) = check_known_networks(context_of("conv1 has 34,848 weights."))
    assert (one.verdict, one.cause, one.statement) == ("unchecked", "context", "34,848")


TOLD = """\
Input 3×28×28.

conv1: 48 filters 5×5, stride 1, padding 0

pool1: max pooling 2×2, stride 2, padding 0

fc1: 100 neurons

{}
"""


@pytest.mark.parametrize(
    ("sentence", "verdict", "computed"),
    [
        ("The whole network, dense layers included, has 694,948 parameters.", "right", "694,948"),
        ("The whole network, dense layers included, has 694,848 parameters.", "wrong", "694,948"),
        ("The whole network, dense layers included, has 691,300 parameters.", "wrong", "694,948"),
        ("Including the fully connected layer, the net contains 694,940 parameters.", "wrong", "694,948"),
        ("With the dense layers the network has 694,848 parameters.", "wrong", "694,948"),
        ("The network, dense layers excluded, has 3,648 parameters.", "unchecked", ""),
        ("Of all parameters of the whole network, fc1 has 691,300 parameters.", "right", "691,300"),
        ("Of all parameters of the whole network, fc1 has 691,200 weights.", "right", "691,200"),
    ],
)
def test_a_layer_that_is_counted_in_is_not_what_the_sentence_is_about(
    sentence: str, verdict: str, computed: str
) -> None:
    found = verdicts(judged(TOLD.format(sentence)))[-1]
    assert found[1:] == (verdict, computed)


OTHER = "conv1 has {} weights. conv1 has 640 parameters. fc1 has 5,130 parameters. conv2 has 55,000 weights."


def test_a_network_given_beside_the_sheet_is_doubted_if_most_statements_differ() -> None:
    for first in ("576", "34,848"):  # none is right, one is
        every = found(OTHER.format(first))
        assert {verdict for _, verdict, _ in every} <= {"suspicious", "right"}, every
        assert [verdict for _, verdict, _ in every].count("suspicious") >= 3
    (one, *_) = check_known_networks(context_of(OTHER.format("576"), NET))
    assert one.why.endswith("the network given. It may be about another network.")


def test_a_network_given_beside_the_sheet_is_trusted_if_as_many_agree_or_few_statements_are_made() -> None:
    agreeing = "conv1 has 34,848 weights. conv1 has 34,944 parameters. Output of conv1: 55 × 55 × 96."
    wrong = "conv1 has 576 weights. fc1 has 5,130 parameters. fc1 has 5,120 weights."
    assert [verdict for _, verdict, _ in found(f"{agreeing} {wrong}")].count("wrong") == 3
    assert [verdict for _, verdict, _ in found("conv1 has 576 weights.")] == ["wrong"]
    assert [verdict for _, verdict, _ in found("conv1 has 576 weights, conv1 has 640 parameters.")] == [
        "wrong"
    ] * 2


def test_a_size_that_is_none_does_not_hide_the_next() -> None:
    assert found("Output of conv1: large, output of pool1: 27 × 28 × 96") == [
        ("27 × 28 × 96", "wrong", "27 × 27 × 96")
    ]


def test_a_row_is_a_total_if_one_of_its_names_says_so() -> None:
    table = "| layer | parameters |\n| conv1 | 34,944 |\n| total | {} |\n"
    right = ("34,944", "right", "34,944")
    assert found(table.format("181,652,840")) == [right, ("181,652,840", "right", "181,652,840")]
    assert found(table.format("181,652,804")) == [right], "tables are judged against their own rows"


def test_what_stands_in_code_tells_no_layers() -> None:
    lines = "Input 3×28×28.\n\nconv1: 48 filters 5×5, stride 1, padding 0\n"
    assert told_in(context_of(lines)).inputs == ((3, 28, 28),)
    told = told_in(context_of(f"```\n{lines}```\n"))
    assert (told.inputs, told.settings) == ((), {})
