"""Each row of the table of slips has a wrong answer that it explains, and says so with its numbers."""

from __future__ import annotations

import math
from typing import Any

import pytest

from nnutils import Conv2d, Flatten, Linear, MaxPool2d, Network, autodiff, conv_output_size, count
from nnutils.core.worked import Worked
from nnutils.slips import Quantity, Slip, explain, predict, quantities
from nnutils.slips.digits import HINTS, HINTS_ON_THE_WAY
from nnutils.slips.exchanging import Others
from nnutils.slips.network_numbers import COUNTED, MISTAKEN_FOR
from nnutils.slips.places import Target, places
from nnutils.slips.rules import RULES
from nnutils.slips.tree import tree_of

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
    ("a factor left out", CONV1.weights, 96 * 11 * 11, "3 (input channels) is left out, so 96 · 11 · 11"),
    ("a factor left out", CONV1.weights, 96 * 3, "the factor 11 × 11 (kernel) is left out"),
    ("a factor used twice", CONV1.weights, 96 * 96 * 3 * 121, "96 (output channels) is used twice"),
    ("doubled or halved", CONV1.connections, 2 * int(CONV1.connections), "is doubled"),
    (
        "a term left out",
        COUNTS.total.weights,
        COUNTS.total.weights - CONV2.weights,
        "307,200 (conv2) is left out",
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
        "307,200 (conv2) is added",
    ),
    ("plus for times", CONV1.weights, 96 * 3 * 22, "11 (kernel height) and 11 (kernel width) are added"),
    ("plus for minus", SIZE, (224 + 4 + 2 * 10 - 1) // 4 + 1, "is added where it should be subtracted"),
    ("plus for minus", SIZE, (224 - 2 * 2 - 2 * 10 - 1) // 4 + 1, "the number 4 is subtracted where"),
    ("a setting ignored", SIZE, 208, "Stride 4 is ignored"),
    ("a setting ignored", SIZE, 51, "Padding 2 is ignored"),
    ("a setting ignored", CONV2.weights, 614_400, "The division into 2 groups is ignored"),
    ("groups applied twice", CONV2.weights, 153_600, "The division into 2 groups is applied twice"),
    ("padding on one side", conv_output_size(100, 5, padding=4), 100, "on one side only"),
    ("the window not subtracted", SIZE, 56, "The window is not subtracted, so 224 / 4 is computed"),
    ("the window not subtracted", SIZE, 57, "The window is not subtracted, so 228 / 4 is computed"),
    ("rounded up", SIZE, 53, "207 / 4 is rounded up, not down"),
    ("not rounded", SIZE, "52.75", "207 / 4 is not rounded down"),
    ("a sign lost", INVERSE, 1 / 3.5**2, "0.0816327 in place of −0.0816327"),
    ("a reciprocal lost", INVERSE, -(3.5**2), "is multiplied by 12.25, not divided by it"),
    ("a factor left out", SINE, math.cos(1.8), "The factor 0.9 is left out"),
    ("degrees for radians", SINE, 0.9 * math.cos(math.radians(1.8)), "cos(1.8) is taken in degrees"),
    ("another function", SINE, 0.9 * math.sin(1.8), "sin is used in place of cos"),
    ("rounded too early", GROWTH, f"{3.7 * 1.1 * round(math.exp(2.2), 1):.4f}", "is rounded to 9 "),
    ("a digit lost", CONV1.connections, "15,415,200", "without one 0"),
    ("a digit added", CONV1.weights, "348,481", "one 1 too many"),
    ("a digit changed", CONV1.weights, "34,748", "8 became 7"),
    ("two digits exchanged", CONV1.weights, "38,448", "4 and 8"),
    ("a power of ten", CONV1.weights, "3,484,800", "a factor of 100"),
    ("a digit lost", CONV1.connections, 20_400 * 363, "In 290,400 (units)"),
    (
        "another number",
        CONV2.weights,
        256 * 48 * 121,
        "11 (kernel of conv1) is used in place of 5 (kernel)",
    ),
    (
        "another number",
        CONV1.units,
        96 * 227 * 227,
        "227 (input size of conv1) is used in place of 55 (output size)",
    ),
    ("another number", CONV2.units, 256 * 55 * 55, "55 (output size of conv2 without pool1)"),
    ("another number", CONV1.weights, CONV1.units, "290,400 (units of conv1)"),
    ("biases counted", CONV1.weights, CONV1.parameters, "96 biases of conv1 are counted too"),
    ("a term left out", CONV1.parameters, CONV1.weights, "96 (biases) is left out"),
    ("a sign lost", CONV1.units, -290_400, "The sign is wrong: −290,400 in place of 290,400."),
    (
        "biases counted",
        COUNTS.total.weights,
        COUNTS.total.weights + 96 + 256 + 10,
        "all 362 biases are counted too",
    ),
    (
        "biases counted",
        CONV1.connections,
        CONV1.connections + CONV1.units,
        "one bias for each of the 290,400 units",
    ),
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
    hints = [hint for rule in RULES if rule.kind == kind for hint in (rule.hint, rule.inside) if hint] or [
        HINTS[kind],
        HINTS_ON_THE_WAY[kind],
    ]
    assert all(not any(letter.isdigit() for letter in hint) and hint.endswith((".", "?")) for hint in hints)


def test_without_a_row_its_slip_is_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tuple(rule for rule in RULES if rule.kind != "degrees for radians")
    monkeypatch.setattr("nnutils.slips.explaining.RULES", kept)
    assert not slips(SINE, 0.9 * math.cos(math.radians(1.8)))


DENSE = Network((1200,), [Linear(500, name="H1"), Linear(750, name="H2"), Linear(25, name="out")])
DENSE_COUNTS = count(DENSE)


@pytest.mark.parametrize(
    ("right", "stated", "hint", "sentence"),
    [
        (
            COUNTS["conv1"].connections,
            95_832_000,
            "One digit of a number on the way is not right.",
            "In 11",
        ),
        (
            DENSE_COUNTS.total.weights,
            453_750,
            "A number on the way is off by a power of ten.",
            "In 600,000 (H1)",
        ),
        (
            DENSE_COUNTS.total.weights,
            493_750,
            "One digit of a number",
            "In 600,000 (H1): 6 became 1",
        ),
        (
            DENSE_COUNTS.total.weights,
            993_750 - 300_000,
            "A number on the way is doubled or halved.",
            "600,000 (H1) is",
        ),
    ],
)
def test_a_slip_inside_has_a_hint_that_is_true_of_a_part(
    right: Any, stated: int, hint: str, sentence: str
) -> None:
    found = explain(right, stated)
    assert any(hint in slip.hint and slip.sentence.startswith(sentence) for slip in found), list(
        map(str, found)
    )


@pytest.mark.parametrize("kind", list(HINTS))
def test_a_hint_about_a_part_is_another_one(kind: str) -> None:
    assert "number on the way" in HINTS_ON_THE_WAY[kind] and HINTS[kind] != HINTS_ON_THE_WAY[kind]


def test_biases_come_before_a_digit_that_changed() -> None:
    found = explain(DENSE_COUNTS["H1"].weights, 600_500, quantities(DENSE))
    assert [slip.kind for slip in found][:2] == ["biases counted", "a digit changed"]


def test_all_biases_of_a_total_and_only_the_own_ones_of_a_layer() -> None:
    found = explain(DENSE_COUNTS.total.weights, 995_025, quantities(DENSE))
    assert [str(slip) for slip in found] == ["All 1,275 biases are counted too."]
    for others in (500, 25):  # of H1 and of the last layer, added to the weights of H2
        slips_found = explain(DENSE_COUNTS["H2"].weights, 375_000 + others, quantities(DENSE))
        assert "biases counted" not in [slip.kind for slip in slips_found]


def test_of_equal_numbers_the_one_that_fits_is_named() -> None:
    said = [str(slip) for slip in slips(CONV1.units, 96)]
    assert "96 (output channels of conv1) is used in place of 290,400 (units)." in said
    found = explain(DENSE_COUNTS["H2"].parameters, 375_000, quantities(DENSE))
    dense = [str(slip) for slip in found]
    assert "375,000 (weights of H2) is used in place of 375,750 (parameters)." in dense
    assert not any("connections" in sentence for sentence in dense)


def test_what_is_left_out_comes_before_the_name_of_what_is_left() -> None:
    for right, stated, first in (
        (DENSE_COUNTS["H2"].parameters, 375_000, "The term 750 (biases) is left out of the sum."),
        (DENSE_COUNTS["H2"].parameters, 750, "The term 375,000 (weights) is left out of the sum."),
        (DENSE_COUNTS["H2"].weights, 750, "The factor 500 (input features) is left out, so 750 is computed."),
    ):
        found = explain(right, stated, quantities(DENSE))
        assert [str(found[0]), found[1].kind] == [first, "another number"]
    # Where no plain slip gives the value, the name comes first as before.
    assert slips(CONV1.connections, CONV1.units)[0].kind == "another number"


def test_a_row_read_in_another_row_was_right_before_so_the_name_comes_first() -> None:
    rows = autodiff.trace(lambda x1, x2: x1 * x2 + x2, 3.0, 7.0).forward().primal.rows
    others = [Quantity("row", row.variable.text, row.value) for row in rows]
    product, total = rows[2], rows[3]
    assert explain(product, "3.0", others)[0].kind == "a factor left out"
    assert str(explain(total, "10.0", others)[0]) == "3 (v₋₁) is used in place of 21 (v₁)."


@pytest.mark.parametrize("sort", MISTAKEN_FOR)
def test_only_numbers_of_a_near_sort_are_put_in_the_place_of_another(sort: str) -> None:
    """Of numbers of every sort, those are found that the table allows, and no other."""
    every = {role: Quantity(role, f"{role} of one", 1000 + n) for n, role in enumerate(ROLES)}
    every |= {count: Quantity("count", f"{count} of one", 2000 + n) for n, count in enumerate(COUNTED)}
    place = next(places(tree_of(Worked(7, sort)), Target(0, 0)))
    others = Others(every.values())
    assert others.every(place, sort) == [one for key, one in every.items() if key in MISTAKEN_FOR[sort]]
    for key, one in every.items():
        expected = one if key in MISTAKEN_FOR[sort] else None
        assert others.with_value(one.value, place, sort) == expected


ROLES = ("channels", "features", "size", "kernel", "row", "count", "")


def test_operations_do_not_stand_for_channels_nor_sizes_for_kernels() -> None:
    among = (Quantity("count", "operations of conv1", 35), Quantity("size", "input size of conv1", 77))
    for stated in (96 * 35 * 121, 96 * 3 * 77 * 77):
        assert all(slip.kind != "another number" for slip in explain(CONV1.weights, stated, among))


def test_biases_are_not_counted_where_they_are_in_already_or_cannot_be() -> None:
    for right, biases in (
        (DENSE_COUNTS["H2"].parameters, 750),
        (DENSE_COUNTS.total.parameters, 1275),
        (DENSE_COUNTS["H2"].units, 750),
        (SIZE, 96),
    ):
        for slip in (*explain(right, right + biases, quantities(DENSE)), *slips(right, right + biases)):
            assert slip.kind != "biases counted"
    operations = (Worked(290_400, "units") * Worked(363, "inputs")).named("operations of conv1")
    assert "biases counted" in [slip.kind for slip in slips(operations, operations + 290_400)]
    assert "biases counted" not in [slip.kind for slip in slips(operations, operations + 96)]


def test_a_total_is_not_left_out_of_itself() -> None:
    total = DENSE_COUNTS.total.parameters
    among = (*quantities(DENSE), Quantity("count", "parameters of the whole network", total.value))
    for one in predict(total, among):
        assert "whole network" not in one.sentence or one.kind == "another number", one


def test_half_of_an_odd_number_is_not_used_on_the_way() -> None:
    halved = [one.sentence for one in predict(Worked(5, "a") + Worked(8, "b")) if "halved" in one.sentence]
    assert halved == ["8 (b) is halved.", "The number 13 is halved."]


def test_two_operations_are_only_where_operations_are_asked() -> None:
    operations = (Worked(20, "filters") * Worked(30, "taps")).named("multiplications")
    assert "counted as two" in str(explain(operations, 1200)[0])
    assert not any("counted as two" in str(slip) for slip in slips(CONV1.weights, 2 * CONV1.weights))


def test_the_forgotten_window_comes_before_a_kernel_from_elsewhere() -> None:
    size = conv_output_size(112, 5)
    assert str(slips(size, 112)[0]) == "The window is not subtracted, so 112 is computed."


def test_no_sentence_starts_with_a_name_of_the_derivation() -> None:
    table = autodiff.trace(lambda x1, x2: autodiff.exp(x1) * x2 - x1, 0.4, 3.0).reverse()
    for row in (*table.primal.rows, *table.derivative.rows):
        for one in predict(row):
            assert one.sentence[0] in "0123456789−" or one.sentence.split(" ")[0] in FIRST_WORDS, one.sentence


FIRST_WORDS = {"The", "A", "In"}
