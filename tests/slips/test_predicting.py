"""Predicted wrong values: explain says the same of each; none is right; the likely ones come first."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest

from nnutils import Conv2d, Flatten, Linear, MaxPool2d, Network, autodiff, conv_output_size, count
from nnutils.core.worked import Worked
from nnutils.slips import Quantity, explain, predict, quantities, read
from nnutils.slips.tree import tree_of

NETWORK = Network(
    (3, 40, 40),
    [
        Conv2d(16, 5, stride=2, padding=1, name="conv1"),
        MaxPool2d(2, name="pool"),
        Conv2d(24, 3, groups=2, name="conv2"),
        Flatten(),
        Linear(10, name="out"),
    ],
)
COUNTS = count(NETWORK)
TRACE = autodiff.trace(lambda x1, x2: autodiff.ln(x1) + x1 * x2 - autodiff.sin(x2), 2, 5).reverse()
DERIVATIONS: list[tuple[Any, tuple[Quantity, ...]]] = [
    *(
        (COUNTS[name][column], quantities(NETWORK))
        for name in ("conv1", "conv2")
        for column in ("units", "weights")
    ),
    (COUNTS["conv2"].connections, quantities(NETWORK)),
    (COUNTS.total.parameters, quantities(NETWORK)),
    (conv_output_size(40, 5, stride=2, padding=1), ()),
    *((row, ()) for row in TRACE.derivative.rows),
    (290_400, (Quantity("count", "weights of conv1", 34_848),)),
    (-0.25, ()),
]


@pytest.mark.parametrize(("right", "among"), DERIVATIONS)
def test_each_prediction_is_what_explain_says_of_its_value(right: Any, among: tuple[Quantity, ...]) -> None:
    root = tree_of(right).value
    predicted = predict(right, among)
    assert predicted
    for one in predicted[:400]:
        assert root not in read(one.value, exact=not isinstance(root, float)).target
        found = explain(right, one.value, among)
        assert one.sentence in map(str, found), one
        assert one.rank <= next(slip.rank for slip in found if str(slip) == one.sentence)


def random_worked(chance: random.Random, depth: int) -> Worked:
    """A random derivation in whole numbers and fractions, its parts named as those of layers are."""
    if depth == 0 or chance.random() < 0.2:
        return Worked(chance.randrange(2, 40), chance.choice(("stride", "padding", "in_channels", "height")))
    left, right = random_worked(chance, depth - 1), random_worked(chance, depth - 1)
    made = chance.choice((left + right, left * right, left - right, left / 3, (left * right) // 7))
    return made.named("part") if chance.random() < 0.3 else made


def test_each_prediction_of_a_random_derivation_is_explained_too() -> None:
    chance, tried = random.Random(3), 0
    for _ in range(60):
        right = random_worked(chance, 3)
        for one in predict(right)[::5]:
            assert one.sentence in map(str, explain(right, one.value)), (right.work, one)
            tried += 1
    assert tried > 500


def test_no_value_is_there_twice_and_the_most_plausible_slip_is_kept() -> None:
    weights = Worked(4, "filters") * Worked(4, "in_channels")
    predicted = predict(weights)
    assert len({one.value for one in predicted}) == len(predicted)
    assert {one.value: one.kind for one in predicted}[4] == explain(weights, 4)[0].kind


def test_what_is_likely_comes_first() -> None:
    kinds = [one.kind for one in predict(COUNTS["conv2"].connections, quantities(NETWORK))]
    assert {"a power of ten", "a digit lost", "groups applied twice"} <= set(kinds[:30])
    assert "a factor left out" in kinds[:60]
    assert kinds[:30].count("a digit changed") < 3 < kinds.count("a digit changed")  # each is one of fifty
    values = [one.value for one in predict(COUNTS["conv1"].units)]
    assert values[-1] < 0 < values[0]  # a count is hardly ever negative


STATED = [
    (COUNTS["conv1"].weights, 16 * 25, "the input channels are left out"),
    (COUNTS["conv1"].weights, 16 * 3 * 5, "one side of the kernel is left out"),
    (COUNTS["conv1"].weights, 2 * 16 * 3 * 25, "doubled"),
    (COUNTS["conv2"].weights, 24 * 16 * 9, "groups ignored"),
    (COUNTS["conv2"].weights, 24 * 3 * 9, "the channels of the layer before"),
    (COUNTS["conv2"].weights, 24 * 8 * 25, "the kernel of the layer before"),
    (COUNTS["conv1"].units, int(COUNTS["conv1"].weights), "weights for units"),
    (conv_output_size(40, 5, stride=2, padding=1), 20, "rounded up"),
    (conv_output_size(40, 5, stride=2, padding=1), 18, "padding ignored"),
    (conv_output_size(40, 5, stride=2, padding=1), 38, "stride ignored"),
]


@pytest.mark.parametrize(("right", "stated", "slip"), STATED, ids=[slip for *_, slip in STATED])
def test_a_wrong_value_that_people_state_is_among_the_first_eighty(
    right: Any, stated: int, slip: str
) -> None:
    assert stated in [one.value for one in predict(right, quantities(NETWORK))[:80]]


def test_nothing_is_predicted_of_nothing() -> None:
    assert predict(0) == () == predict(0.0)
    assert {one.value for one in predict(1)} == {-1, Fraction(1, 2), 2}
