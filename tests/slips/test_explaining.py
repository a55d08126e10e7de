"""What is right has no slip, what nothing explains has none either, and two slips are tried last."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest

from nnutils import Linear, Network, autodiff, conv_output_size, count
from nnutils.core.derivation import OPERATIONS
from nnutils.core.errors import ExpressionError, SlipError
from nnutils.core.worked import Worked
from nnutils.slips import either, explain, explain_trace, quantities, ties
from nnutils.slips.places import Target, places
from nnutils.slips.tree import tree_of

WEIGHTS = (
    Worked(96, "out_channels")
    * Worked(3, "in_channels")
    * Worked(11, "kernel height")
    * Worked(11, "kernel width")
)


@pytest.mark.parametrize(
    "stated", [34848, "34,848", "34 848", "3.5e4", "~35k", "96*3*11*11", Fraction(34848), WEIGHTS]
)
def test_what_is_right_has_no_slip(stated: Any) -> None:
    assert explain(WEIGHTS, stated) == ()


@pytest.mark.parametrize("stated", [71_993, "48,611.5", "-7", 10**40, Fraction(1, 7)])
def test_what_nothing_explains_stays_unexplained(stated: Any) -> None:
    assert explain(WEIGHTS, stated) == ()


def test_a_number_of_few_digits_is_explained_where_it_is_exact_alone() -> None:
    product = Worked(Fraction(1, 5), "share") * Worked(3, "rows")
    assert [slip.kind for slip in explain(product, "0.2")] and not explain(product, "0.22")
    table = autodiff.trace(lambda x: x * 0.302, 0.1).forward().primal.rows
    assert not explain(table[-1], "0.06") and explain(table[-1], "0.0604")


def test_two_slips_only_where_no_single_one_explains_it() -> None:
    assert all(", and " not in slip.kind for slip in explain(WEIGHTS, 96 * 121))
    both = explain(WEIGHTS, 11_816)  # 96 · 121 is 11,616, and a 6 became an 8
    assert both and all(", and a digit changed" in slip.kind for slip in both)
    assert "11,816 in place of 11,616" in str(both[0])


def test_the_order_is_that_of_plausibility_and_nothing_is_said_twice() -> None:
    found = explain(WEIGHTS, 96 * 3 * 11)
    assert [slip.rank for slip in found] == sorted(slip.rank for slip in found)
    assert len({str(slip) for slip in found}) == len(found) > 1


def test_plain_numbers_and_fractions_are_explained_as_far_as_they_go() -> None:
    assert explain(290_400, 29_400)[0].kind == "a digit lost"
    assert explain(0.25, 4)[0].kind == "a reciprocal lost"
    assert explain(-0.25, 0.25)[0].kind == "a sign lost"


def test_rows_for_columns() -> None:
    matrix = ((1, 2, 3), (4, 5, 6))
    assert [slip.kind for slip in explain(matrix, "1, 4; 2, 5; 3, 6")] == ["rows for columns"]
    assert explain(matrix, "1, 2, 3; 4, 5, 6") == () == explain(matrix, "1, 2; 3, 4; 5, 6")


@pytest.mark.parametrize(
    "stated", ["", "two", "1" * 500, None, True, "9**9**9", "(" * 1000 + "1" + ")" * 1000]
)
def test_what_is_no_number_is_refused_with_a_sentence(stated: Any) -> None:
    with pytest.raises(ExpressionError) as caught:
        explain(WEIGHTS, stated)
    assert len(caught.value.problem) < 120 and caught.value.remedy


def random_tree(chance: random.Random, depth: int) -> Worked:
    if depth == 0 or chance.random() < 0.2:
        return Worked(chance.randrange(1, 30), chance.choice("abcdef"))
    left, right = random_tree(chance, depth - 1), random_tree(chance, depth - 1)
    operation = chance.choice(["add", "subtract", "multiply", "divide", "floor_divide"])
    if operation in ("divide", "floor_divide") and right.value <= 0:
        operation = "add"
    made = OPERATIONS[operation](left, right) if operation in ("subtract", "floor_divide") else None
    if made is None:
        made = {"add": left + right, "multiply": left * right, "divide": left / (right if right else 1)}[
            operation
        ]
    return made


def test_computing_backwards_agrees_with_computing_forwards() -> None:
    """What a place needs is what gives the target when it is put there, in random derivations."""
    chance = random.Random(1)
    tried = 0
    for _ in range(200):
        root = tree_of(random_tree(chance, 4))
        goal = root.value + chance.choice([1, 2, -3, Fraction(1, 2)])
        for place in places(root, Target(goal, goal)):
            if place.parent is None or place.needed is None:
                continue
            for value in {place.needed.low, place.needed.high}:
                result: Any = value
                at = place
                while at.parent is not None and result is not None:
                    result, at = at.parent.with_argument(at.index, result), at.parent
                if result is not None and goal == int(goal):
                    assert result == goal or place.needed.low > place.needed.high
                    tried += 1
    assert tried > 500


def test_the_first_wrong_row_of_a_trace_is_named_with_its_slip() -> None:
    table = autodiff.trace(lambda x1, x2: autodiff.ln(x1) + x1 * x2 - autodiff.sin(x2), 2, 5).forward()
    right = [f"{row.value:.4f}" for section in (table.primal, table.derivative) for row in section.rows]
    assert explain_trace(table, right) is None
    assert explain_trace(table, right[:3]) is None
    stated: list[Any] = [*right]
    stated[2] = None
    stated[3] = "7"
    stated[5] = "99"
    found = explain_trace(table, stated)
    assert found is not None and found.place == 4 and found.row.name == "v2"
    assert "2 and 5" in str(found) or "added" in str(found)
    with pytest.raises(SlipError, match="rows are stated"):
        explain_trace(table, [*right, "1"])


def test_a_row_that_uses_another_row_is_told_apart() -> None:
    table = autodiff.trace(lambda x1, x2: 1 / (x1 + x2) + x2 * x2, 3, 6).reverse()
    right = [row.value for section in (table.primal, table.derivative) for row in section.rows]
    stated = [f"{value:.6f}" for value in right]
    stated[3] = f"{1 / 36:.6f}"
    found = explain_trace(table, stated)
    assert found is not None and found.slips[0].sentence == "36 (v₃) is used in place of 9 (v₁)."
    assert not explain(table.primal.rows[3], stated[3]), "without the rows nothing explains it"


def test_ties_are_named_as_ties() -> None:
    area = Worked(4, "rows") * Worked(4, "columns") * Worked(7, "layers")
    found = explain(area, 28)
    assert len(ties(found)) == 2
    assert either(found).startswith("Either: The factor 4 (rows) is left out, so 4 · 7 is computed. Or: The")
    used_twice = explain(area, 7 * 112)  # or one 7 in the place of both 4: less plausible
    assert ties(used_twice) == used_twice[:1] and either(used_twice) == str(used_twice[0])
    assert either(()) == ""


def test_each_slip_is_said_once() -> None:
    """Padding on one side is also a factor 2 left out, and dilation ignored a factor left out."""
    size = conv_output_size(425, 5, stride=2, padding=2, dilation=3)
    said = [slip.sentence for slip in explain(size, 208)]
    assert "Padding 2 is added on one side only." in said
    assert not any("factor 2 is left out" in sentence for sentence in said)
    unpadded = [slip.sentence for slip in explain(size, (425 + 4 - 4 - 1) // 2 + 1)]
    assert unpadded[0] == "Dilation 3 is ignored." and "dilation" not in " ".join(unpadded[1:])


def test_two_slips_that_leave_four_digits_end_in_a_lost_digit() -> None:
    kinds = {slip.kind for slip in explain(WEIGHTS, 1_166)}  # 96 · 121 is 11,616
    assert kinds == {"a factor left out, and a digit lost"}


def test_the_names_of_a_linear_layer_are_exchanged_too() -> None:
    network = Network((1200,), [Linear(500, name="H1"), Linear(750, name="H2")])
    found = explain(count(network)["H2"].weights, 1200 * 750, quantities(network))
    assert "1,200 (inputs of H1) is used in place of 500 (input features)" in str(found[0])


@pytest.mark.parametrize("kernel", [2, 3, 5, 11])
def test_a_factor_1_is_not_named_as_what_a_slip_did_something_with(kernel: int) -> None:
    size = conv_output_size(227, kernel, stride=1)
    for stated in range(int(size) - 2 * kernel, int(size) + 2 * kernel):
        if stated != int(size):
            assert not [one.sentence for one in explain(size, stated) if "1 (dilation)" in one.sentence]
    dilated = conv_output_size(227, kernel, stride=1, dilation=2)
    assert any("dilation" in one.sentence.lower() for one in explain(dilated, int(size)))
