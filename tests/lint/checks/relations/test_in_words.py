"""Arithmetic told in words: operations that are named, groups of so many each, values announced by a word."""

from __future__ import annotations

import pytest

from nnutils.lint import lint

TOLD = [
    ("that makes 128 kernels times 196 weights, hence {} weights", "25,088", "512"),
    ("32 kernels times 216 weights are {} weights.", "6,912", "221,184"),
    ("32 Filter mal 216 Gewichte, also {} Gewichte.", "6.912", "13.824"),
    ("With 32 kernels of 216 weights each we get {} weights.", "6,912", "221,184"),
    ("32 kernels with 216 weights each, so {} weights in all.", "6,912", "13,824"),
    ("Each of the 120 nodes reads 400 values, which makes {} values.", "48,000", "84,000"),
    ("all 32 of them hold 32 × 216 = {}", "6,912", "221,184"),
    ("the product of 400 and 120 is {}", "48,000", "84,000"),
    ("Die Summe von 48000 und 120 ist {}.", "48120", "48210"),
    ("The difference of 3 and 50 is {}.", "47", "74"),
    ("48,000 weights and 120 biases, so {} parameters.", "48,120", "48,210"),
    ("48,000 weights plus 120 biases, {} parameters in total", "48,120", "48,210"),
    ("{} weights (400 × 120)", "48,000", "48,010"),
    ("there are {} weights, namely 400 × 120", "48,000", "48,010"),
    ("{} (= 400 × 120) weights", "48,000", "84,010"),
    ("(250 - 7 + 2*2) // 2 + 1 = {}", "124", "142"),
    ("(250 − 7 + 2·2) div 2 + 1 = {}", "124", "142"),
    ("int((250 - 7 + 2*2)/2) + 1 = {}", "124", "142"),
    ("'23,700 + 38 = {}'", "23,738", "38"),
]


@pytest.mark.parametrize(("text", "right", "wrong"), TOLD)
def test_what_words_state_is_judged(text: str, right: str, wrong: str) -> None:
    for number, verdict in ((right, "right"), (wrong, "wrong")):
        found = lint(text.format(number), "sheet.md").judged
        said = [(one.verdict, one.stated) for one in found if one.verdict != "unchecked"]
        assert said == [(verdict, number)]


@pytest.mark.parametrize(
    "text",
    [
        "The maps are 56 × 56 pixels, so 28 after pooling.",
        "Two 3 × 3 kernels, hence 18 weights.",
        "The layer has 3 · 3 · 64 inputs, so 577 parameters per unit.",
        "4 groups of 32 kernels each, and 128 channels go in, so 16 channels per group.",
        "32 kernels of 216 weights each, and 32 biases, so 6,944 parameters.",
        "Each of the 3 students solved 4 problems each week, so 24 in two weeks.",
        "Each of the 120 nodes reads 400 values, so 401 parameters.",
        "We use 1,000 images (32 × 32).",
        "34,944 parameters (96 × 363 weights and 96 biases)",
        "It has 12 and 15 layers, so 28 in total with the output.",
        "The product of 12 and 15 is smaller than 200.",
        "there are 152 layers, i.e. 3 × 50 plus two",
        "3.67 GFLOPs\nHand in by 12.6",
    ],
)
def test_other_things_that_are_counted_are_left_alone(text: str) -> None:
    verdicts = {one.verdict for one in lint(text, "sheet.md").judged}
    assert not verdicts & {"wrong", "rounded", "suspicious"}


@pytest.mark.parametrize(
    "text",
    [
        "Los filtros suman 128 · 27 = 3456 pesos y 128 sesgos, es decir, {} parámetros.",
        "The filters have 128 · 27 = 3456 weights and 128 biases, that is, {} parameters.",
        "Das sind 128 · 27 = 3456 Gewichte und 128 Schwellenwerte, das heißt {} Parameter.",
    ],
)
def test_weights_behind_a_product_and_biases_are_parameters(text: str) -> None:
    for number, verdict in (("3584", "right"), ("35844", "wrong"), ("3854", "wrong")):
        said = [(one.verdict, one.stated) for one in lint(text.format(number)).judged]
        assert (verdict, number) in said


def test_numbers_of_each_are_no_terms_for_certain() -> None:
    text = "There are 8 · 27 = 216 weights and 8 biases for each group, so 3584 parameters."
    assert not lint(text).findings


def test_layers_that_tell_what_they_read_are_a_network_only_where_that_fits() -> None:
    text = (
        "conv1: 32 kernels of 7x7, stride 2, padding 1; the input has 3 channels of 123x123 pixels.\n\n"
        "conv2: 16 kernels of 5x5, stride 1, padding 1; "
        "the input has 32 channels of {side}x{side} pixels.\n\n"
        "The output of conv2 is {output}.\n\nconv1 has 4,736 parameters. conv2 has 12,816 parameters.\n"
    )
    assert not lint(text.format(side=30, output="28x28x16"), "a.md").wrong  # behind a pooling that it omits
    found = lint(text.format(side=60, output="28x28x16"), "a.md").wrong
    assert [one.computed for one in found] == ["58x58x16"]
