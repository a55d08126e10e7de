"""Parameters of a layer told in a sentence: both conventions of biases are right, other numbers are found."""

from __future__ import annotations

import random

import pytest

from nnutils.lint import lint
from nnutils.lint.checks.field.layer_sentences import check_layer_sentences
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.numbers import CONTINENTAL, ENGLISH, Style
from nnutils.lint.sheets import Sheet, piece_of


def judged(text: str, style: Style = ENGLISH) -> list[Finding]:
    return list(check_layer_sentences(Context(Sheet("sheet.txt", text, (piece_of(text),)), style)))


@pytest.mark.parametrize(
    "text, statements",
    [
        ("64 filters of size 5 × 5 on 128 channels have 204,800 weights, plus 64 biases: 204,864.", 3),
        ("A dense layer from 500 to 750 units: 375,000 weights.", 1),
        ("A fully connected layer with 4096 inputs and 1000 outputs has 4,097,000 parameters.", 1),
        ("A fully connected layer with 4096 inputs and 1000 outputs has 4,096,000 parameters.", 1),
        ("96 kernels of size 11 × 11 × 3 have 34,848 weights; with biases that is 34,944 parameters.", 2),
        ("A 3 × 3 convolution with 64 input channels and 128 output channels has 73,856 parameters.", 1),
        ("Each of the 96 kernels of size 11 × 11 × 3 has 363 weights.", 1),
        ("We use 128 4 × 4 kernels on 64 channels. The number of parameters is 131072.", 1),
        ("It connects 500 inputs to 750 outputs and needs 375,750 parameters, 750 biases among them.", 2),
    ],
)
def test_right_numbers_are_right(text: str, statements: int) -> None:
    assert [one.verdict for one in judged(text)] == ["right"] * statements


@pytest.mark.parametrize(
    "text, computed",
    [
        ("64 filters of size 5 × 5 on 128 channels have 208,400 weights.", "204,800"),
        ("64 filters of size 5 × 5 on 128 channels have 204,800 weights, plus 128 biases.", "64"),
        ("64 filters of size 5 × 5 on 128 channels: 204,800 weights, 64 biases: 204,928.", "204,864"),
        ("A dense layer from 500 to 750 units: 37,500 weights.", "375,000"),
        ("A fully connected layer with 4096 inputs and 1000 outputs has 4,079,000 parameters.", "4,097,000"),
        ("96 kernels of size 11 × 11 × 3 have 11 · 11 · 3 · 69 = 25,047 weights.", "34,848"),
        ("96 kernels of size 11 × 11 × 3 have 34,944 weights without biases.", "34,848"),
    ],
)
def test_wrong_numbers_are_found(text: str, computed: str) -> None:
    alarms = [one for one in judged(text) if one.verdict != "right"]
    assert [(one.verdict, one.computed) for one in alarms] == [("wrong", computed)]
    assert alarms[0].why


@pytest.mark.parametrize(
    "text",
    [
        "A 5 × 5 kernel on 3 channels has 75 weights.",  # how many filters there are is not told
        "96 kernels of size 11 × 11 in 2 groups see 48 channels each: 557,568 weights.",
        "64 depthwise filters of size 3 × 3 on 64 channels have 576 weights.",
        "Layer 1 has 64 filters of size 5 × 5 on 3 channels. The network has 61 million parameters.",
        "64 filters of size 5 × 5 on 128 channels have 5 · 5 · 128 · 64 = 204,801 weights.",  # arithmetic
        "From 2012 to 2014 the number of parameters fell from 60,000,000 to 5,000,000 parameters.",
        "There are 96 kernels of size 11 × 11 × 3. In total the model has 60,965,224 parameters.",
        "It takes 3 inputs and 2 outputs of 7 wires; 12 weights are shared.",
    ],
)
def test_what_may_be_about_something_else_is_no_alarm(text: str) -> None:
    assert not [one for one in judged(text) if one.verdict not in ("right", "unchecked")]


def test_numbers_are_read_as_the_sheet_writes_them() -> None:
    text = "A dense layer from 500 to 750 units has 375.000 weights."
    assert [one.verdict for one in judged(text, CONTINENTAL)] == ["right"]


def test_each_changed_digit_is_found() -> None:
    chance = random.Random(5)
    for _ in range(150):
        k, channels, filters = chance.randint(1, 11), chance.randint(1, 512), chance.randint(2, 512)
        weights = k * k * channels * filters
        text = f"{filters} filters of size {k} × {k} on {channels} channels have {{}} weights."
        assert [one.verdict for one in judged(text.format(f"{weights:,}"))] == ["right"]
        digits = list(str(weights))
        place = chance.randrange(len(digits))
        digits[place] = str((int(digits[place]) + chance.randint(1, 8)) % 10)
        other = int("".join(digits))
        readings = {weights, weights + filters, k * k * channels, k * k * channels + 1}
        found = judged(text.format(f"{other:,}"))
        assert [one.verdict for one in found] == ["right" if other in readings else "wrong"], text.format(
            other
        )


def test_a_layer_has_not_the_weights_of_one_unit() -> None:
    text = "A dense layer from 6,272 to 10 nodes has 6,272 weights (no bias counted)."
    assert [(one.stated, one.computed) for one in lint(text, "a.md").wrong] == [("6,272", "62,720")]
    each = "In a dense layer from 6,272 to 10 nodes, each has 6,272 weights."
    assert lint(each, "a.md").wrong == ()


@pytest.mark.parametrize("seed", range(4))
def test_a_network_of_dense_layers_has_the_parameters_of_all_of_them(seed: int) -> None:
    chance = random.Random(seed)
    widths = [chance.randint(2, 900) for _ in range(chance.randint(3, 5))]
    weights, biases = 0, 0
    for into, out in zip(widths, widths[1:], strict=False):
        weights, biases = weights + into * out, biases + out
    hidden = ", ".join(f"{one:,} hidden" for one in widths[1:-1])
    text = (
        f"A perceptron with {widths[0]:,} inputs, {hidden} and {widths[-1]:,} output units has {{:,}} {{}}."
    )
    for number, sort in ((weights, "weights"), (biases, "biases"), (weights + biases, "parameters")):
        assert lint(text.format(number, sort), "a.md").wrong == ()
        (wrong,) = lint(text.format(number + 10, sort), "a.md").wrong
        assert wrong.stated == f"{number + 10:,}"


@pytest.mark.parametrize(
    "text",
    [
        "An MLP with 784 inputs, 2 hidden layers of 100 units and 10 outputs has 89,610 parameters.",
        "An MLP with 784 inputs, two hidden layers of 100 units and 10 outputs has 89,610 parameters.",
        "With 784 inputs, 100 units in the first and 50 units in the second layer there are 83,560 weights.",
    ],
)
def test_widths_that_are_no_chain_are_not_read_as_one_layer(text: str) -> None:
    assert lint(text, "a.md").wrong == ()
