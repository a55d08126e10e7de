"""The fields of a quantity: tolerance, predicted wrong values, order, marks."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from nnutils.book.exports.cloze import fields_in
from nnutils.book.exports.fields import (
    MOST_OF_A_NUMBER,
    alternatives,
    field_markup,
    fields_of,
    quantity_text,
    shares,
    smallest_scale,
    tolerance,
    weights,
)


def quantity(answer: Any, **more: Any) -> dict[str, Any]:
    usual = {"name": "n", "text": "n", "part": "a", "unit": "", "any_order": False, "choices": []}
    return usual | {"answer": answer, "conventions": [], "slips": []} | more


def slip(answer: Any, kind: str = "k", hint: str = "h", place: tuple[int, ...] = ()) -> dict[str, Any]:
    return {"place": list(place), "answer": answer, "kind": kind, "hint": hint, "sentence": "s"}


@pytest.mark.parametrize(
    "value", [0.123456, 45.9512, 1234.56, -0.00098765, 9.996, 1e-9, Fraction(352, 131), Fraction(1, 3)]
)
def test_a_value_rounded_to_three_digits_is_right_and_one_rounded_to_two_is_not(value: Any) -> None:
    margin = tolerance(value)
    exact = float(value)
    assert abs(float(f"{exact:.3g}") - exact) <= margin * (1 + 1e-9)
    assert abs(float(f"{exact:.4g}") - exact) <= margin
    two = float(f"{exact:.2g}")
    assert abs(two - exact) > margin or two == float(f"{exact:.3g}")


@pytest.mark.parametrize("value", [Fraction(7), Fraction(105415200), Fraction(1, 2), Fraction(-57, 50), 0.0])
def test_whole_numbers_and_short_decimals_have_to_be_exact(value: Any) -> None:
    assert tolerance(value) == 0


def test_the_right_value_comes_first_and_predicted_ones_do_not_hide_behind_it() -> None:
    near = [slip(0.12345), slip(0.12394), slip(0.12346)]
    found = alternatives(quantity(0.123456, slips=[*near, slip(0.2), slip(0.2001)]), ())
    assert [(one.text, one.right) for one in found] == [("0.123456", True), ("0.2", False)]


def test_each_kind_of_slip_has_a_turn_before_many_of_one_kind() -> None:
    many = [slip(str(value), "digit", "digit") for value in range(1000, 1000 + 2 * MOST_OF_A_NUMBER)]
    found = alternatives(quantity("7", slips=[*many, slip("14", "doubled", "Twice?")]), ())
    assert len(found) == MOST_OF_A_NUMBER + 1
    assert [one.text for one in found[1:6]] == ["1000", "1001", "1002", "14", "1003"]
    assert found[4].feedback == "Twice?"


@pytest.mark.parametrize("right", ["7", 0.7, "-7"])
def test_a_wrong_value_that_is_far_away_is_left_out(right: Any) -> None:
    size = abs(float(Fraction(right)))
    slips = [slip(size * factor) for factor in (2e6, 0.5e6, 2.0, 2e-6, 0.5e-6, -3e6)] + [slip(0.0)]
    found = alternatives(quantity(right, slips=slips), ())
    assert [float(one.text) for one in found[1:]] == pytest.approx([size * 0.5e6, size * 2, size * 2e-6, 0.0])
    assert len(alternatives(quantity("0", slips=[slip("10000000")]), ())) == 2, "any number is far from 0"


def test_a_slip_belongs_to_the_field_of_its_place() -> None:
    answer = [["1", "2"], ["3", "4"]]
    fields = dict(fields_of(quantity(answer, slips=[slip("40", place=(1, 1))]), 1))
    assert [len(fields[place].alternatives) for place in fields] == [1, 1, 1, 2]


def test_what_is_right_under_another_convention_is_told_so() -> None:
    other = [{"answer": ["14", "2"], "words": "This counts additions, too."}]
    fields = dict(fields_of(quantity(["7", "2"], conventions=other), 1))
    assert fields[(0,)].alternatives[1].feedback == "This counts additions, too."
    assert len(fields[(1,)].alternatives) == 1, "the other convention agrees there"


def test_answers_in_any_order_are_asked_in_one_order() -> None:
    rows = quantity([["5", "1"], ["1", "2"], ["10", "0"]], any_order=True, slips=[slip("9", place=(0, 0))])
    assert [field.alternatives[0].text for _, field in fields_of(rows, 1)] == ["1", "2", "5", "1", "10", "0"]
    assert all(len(field.alternatives) == 1 for _, field in fields_of(rows, 1))
    text = "the rows, separated by ;, in any order"
    assert quantity_text(rows | {"text": text}) == "the rows, in increasing order"
    words = quantity([{"word": "x"}, {"word": "h"}], any_order=True, text="the names in any order")
    assert [field.alternatives[0].text for _, field in fields_of(words, 1)] == ["h", "x"]
    assert quantity_text(words) == "the names, in alphabetical order"


def test_yes_and_no_and_choices_are_chosen_and_a_word_is_typed() -> None:
    ((_, yes),) = fields_of(quantity(True), 1)
    ((_, choice),) = fields_of(quantity({"word": "naive"}, choices=["reduced", "naive"]), 1)
    ((_, word),) = fields_of(quantity({"word": "x*"}), 1)
    assert [(one.text, one.right) for one in yes.alternatives] == [("yes", True), ("no", False)]
    assert [(one.text, one.right) for one in choice.alternatives] == [("reduced", False), ("naive", True)]
    assert word.alternatives[0].text == r"x\*", "a star alone stands for any letters"


@pytest.mark.parametrize(
    ("answer", "count", "words"),
    [
        ("7", 1, "{"),
        (["1", "2"], 2, "( {"),
        ([["1", "2"], ["3", "4"]], 4, "<table><tr><td>{"),
        ([[["1"]], [["2"]]], 2, "<p>Block 2:</p><table>"),
    ],
)
def test_fields_stand_as_the_answer_does(answer: Any, count: int, words: str) -> None:
    markup = field_markup(quantity(answer), 1)
    assert len(fields_in(markup)) == count and words in markup


def test_the_weights_are_in_the_ratio_of_the_marks() -> None:
    asked = [quantity("7", name="x", part="a"), quantity(["1", "2", "3"], name="y", part="a"),
             quantity("5", name="z", part="b")]  # fmt: skip
    parts = {"a": 4, "b": 3, "proof": 3}
    assert shares(parts, asked) == {"x": 2, "y": 2, "z": 3}
    assert weights(parts, asked, asked) == {"x": 6, "y": 2, "z": 9}
    assert weights(parts, asked, asked[:2]) == {"x": 3, "y": 1}
    assert weights(parts, asked, asked, 2 * smallest_scale(parts, asked, asked)) == {"x": 12, "y": 4, "z": 18}
