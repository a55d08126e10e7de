"""Each row of the table of slips has a wrong answer that it explains, and says so with its numbers."""

from __future__ import annotations

import math
from typing import Any

import pytest

from nnutils import Conv2d, Flatten, Linear, MaxPool2d, Network, autodiff, conv_output_size, count
from nnutils.slips import Slip, explain, quantities
from nnutils.slips.digits import HINTS
from nnutils.slips.rules import RULES

ALEXNET = Network(
    (3, 227, 227),
    [
        Conv2d(96, 11, stride=4, name="conv1"),
        MaxPool2d(3, stride=2, name="pool1"),
        Conv2d(256, 5, padding=2, groups=2, name="conv2"),
        Flatten(name="flatten"),
        Linear(10, name="out"),
    ],
)
COUNTS = count(ALEXNET)
CONV1, CONV2 = COUNTS["conv1"], COUNTS["conv2"]
SIZE = conv_output_size(224, 11, stride=4, padding=2, dilation=2)  # 207 / 4, rounded down, and 1: 52


def adjoint(function: Any, x: float) -> Any:
    return autodiff.trace(function, x=x).reverse(labels="names").derivative_of("x")[-1]


SINE = adjoint(lambda x: autodiff.sin(0.9 * x), 2.0)
INVERSE = adjoint(lambda x: 1 / (x + 1.5), 2.0)
GROWTH = adjoint(lambda x: autodiff.exp(1.1 * x) * 3.7, 2.0)

# kind, the right derivation, what is stated, words of the explanation
CASES = [
    ("a factor left out", CONV1.weights, 96 * 11 * 11, "in channels 3 is left out, so 96 · 11 · 11"),
    ("a factor left out", CONV1.weights, 96 * 3, "kernel 11 × 11 is left out"),
    ("a factor used twice", CONV1.weights, 96 * 96 * 3 * 121, "out channels 96 is used twice"),
    ("doubled or halved", CONV1.connections, 2 * int(CONV1.connections), "is doubled"),
    (
        "a term left out",
        COUNTS.total.weights,
        COUNTS.total.weights - CONV2.weights,
        "conv2 307,200 is left out",
    ),
    (
        "a term left out",
        COUNTS.total.parameters,
        COUNTS.total.parameters - CONV2.parameters,
        "307,456 parameters",
    ),
    ("a term left out", SIZE, 51, "The term 1 is left out"),
    (
        "a term used twice",
        COUNTS.total.weights,
        COUNTS.total.weights + CONV2.weights,
        "conv2 307,200 is added",
    ),
    ("plus for times", CONV1.weights, 96 * 3 * 22, "kernel height 11 and kernel width 11 are added"),
    ("plus for minus", SIZE, (224 + 4 + 2 * 10 - 1) // 4 + 1, "is added where it should be subtracted"),
    ("plus for minus", SIZE, (224 - 2 * 2 - 2 * 10 - 1) // 4 + 1, "the number 4 is subtracted where"),
    ("a setting ignored", SIZE, 208, "Stride 4 is ignored"),
    ("a setting ignored", SIZE, 51, "Padding 2 is ignored"),
    ("a setting ignored", CONV2.weights, 614_400, "Groups 2 is ignored"),
    ("groups applied twice", CONV2.weights, 153_600, "Groups 2 is applied twice"),
    ("padding on one side", conv_output_size(100, 5, padding=4), 100, "on one side only"),
    ("rounded up", SIZE, 53, "207 / 4 is rounded up, not down"),
    ("not rounded", SIZE, "52.75", "207 / 4 is not rounded down"),
    ("a sign lost", INVERSE, 1 / 3.5**2, "0.0816327 in place of −0.0816327"),
    ("a reciprocal lost", INVERSE, -(3.5**2), "12.25 is multiplied where it should divide"),
    ("a factor left out", SINE, math.cos(1.8), "The factor 0.9 is left out"),
    ("degrees for radians", SINE, 0.9 * math.cos(math.radians(1.8)), "cos(1.8) is taken in degrees"),
    ("another function", SINE, 0.9 * math.sin(1.8), "sin is taken in place of cos"),
    ("rounded too early", GROWTH, f"{3.7 * 1.1 * round(math.exp(2.2), 1):.4f}", "is rounded to 9 "),
    ("a digit lost", CONV1.connections, "15,415,200", "without one 0"),
    ("a digit added", CONV1.weights, "348,481", "one 1 too many"),
    ("a digit changed", CONV1.weights, "34,748", "8 became 7"),
    ("two digits exchanged", CONV1.weights, "38,448", "4 and 8"),
    ("a power of ten", CONV1.weights, "3,484,800", "a factor of 100"),
    ("a digit lost", CONV1.connections, 20_400 * 363, "In units 290,400"),
    ("another number", CONV2.weights, 256 * 48 * 121, "11, the kernel of conv1, in the place of kernel 5"),
    (
        "another number",
        CONV1.units,
        96 * 227 * 227,
        "227, the input size of conv1, in the place of output size 55",
    ),
    ("another number", CONV2.units, 256 * 55 * 55, "55, the output size of conv2 without pool1"),
    ("another number", CONV1.weights, CONV1.units, "290,400, the units of conv1"),
    ("biases counted", CONV1.weights, CONV1.parameters, "96 biases of conv1 are counted too"),
    ("a term left out", CONV1.parameters, CONV1.weights, "biases 96 is left out"),
]


def slips(right: Any, stated: Any) -> tuple[Slip, ...]:
    return explain(right, stated, quantities(ALEXNET))


@pytest.mark.parametrize(("kind", "right", "stated", "words"), CASES)
def test_a_wrong_answer_is_explained_with_its_numbers(kind: str, right: Any, stated: Any, words: str) -> None:
    found = slips(right, stated)
    assert any(slip.kind == kind and words.lower() in str(slip).lower() for slip in found), list(
        map(str, found)
    )
    assert kind in [slip.kind for slip in found[:3]]


def test_every_row_of_the_table_has_a_case() -> None:
    assert {rule.kind for rule in RULES} | set(HINTS) <= {kind for kind, *_ in CASES}


@pytest.mark.parametrize("kind", [rule.kind for rule in RULES] + list(HINTS))
def test_a_hint_gives_no_number_away(kind: str) -> None:
    hints = [rule.hint for rule in RULES if rule.kind == kind] or [HINTS[kind]]
    assert all(not any(letter.isdigit() for letter in hint) and hint.endswith((".", "?")) for hint in hints)


def test_without_a_row_its_slip_is_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tuple(rule for rule in RULES if rule.kind != "degrees for radians")
    monkeypatch.setattr("nnutils.slips.explaining.RULES", kept)
    assert not slips(SINE, 0.9 * math.cos(math.radians(1.8)))
