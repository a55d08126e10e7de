"""A question as data: what JSON can hold, the same on every run, and enough to judge by."""

from __future__ import annotations

import json
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from nnutils.core.errors import PracticeError
from nnutils.practice import Question, as_data, judge, load, named_numbers, questions
from nnutils.practice.exporting import MOST_SLIPS
from nnutils.practice.leaves import at, kind_of, leaves, mapped, plain
from nnutils.practice.typed import graded, read_leaf

QUESTIONS = list(questions())
KEYS = {
    *("name", "text", "part", "unit", "kind", "exact", "any_order", "answer", "shown", "work"),
    *("choices", "conventions", "slips", "points", "values", "functions"),
}


@cache
def data_of(name: str) -> dict[str, Any]:
    """The data of a question as given, made once."""
    return as_data(load(name))


def value_of(leaf: Any) -> Any:
    """What a leaf of the data stands for, read as a page would."""
    if isinstance(leaf, dict):
        return leaf["word"]
    if isinstance(leaf, str):
        value = Fraction(leaf)
        return value.numerator if value.denominator == 1 else value
    return leaf


@pytest.mark.slow
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_the_data_of_a_question(question: Question) -> None:
    data = as_data(question)
    assert json.loads(json.dumps(data)) == data == as_data(question)
    assert (data["question"], data["seed"]) == (question.name, None)
    assert data["parts"] == question.parts() and data["statement"] == question.statement()
    assert set(data["givens"]) == set(question.givens())
    for quantity, one in zip(question.asked(), data["asked"], strict=True):
        assert set(one) == KEYS and one["shown"] and one["kind"] == kind_of(quantity)
        for place, leaf in leaves(quantity.answer):
            held = value_of(at(one["answer"], place))
            assert held == (pytest.approx(leaf, rel=1e-11) if isinstance(leaf, float) else plain(leaf))
            assert one["exact"] is False or not isinstance(held, float)
        assert len(one["slips"]) <= MOST_SLIPS and len(one["points"]) == len(one["values"])
        assert bool(one["points"]) == (one["kind"] == "expression")


@pytest.mark.slow
@pytest.mark.parametrize("question", QUESTIONS[::3], ids=lambda question: question.name)
def test_each_slip_is_what_the_judge_says_of_its_value(question: Question) -> None:
    givens = question.draw(2)
    asked, among = question.asked(givens), named_numbers(question, givens)
    tried = 0
    for quantity, one in zip(asked, as_data(question, 2)["asked"], strict=True):
        for slip in one["slips"][::7]:
            place = tuple(slip["place"])
            answer = mapped(plain, quantity.answer)
            if not isinstance(slip["answer"], list):
                wrong = value_of(slip["answer"])
                right = plain(at(quantity.answer, place))
                grade = graded(read_leaf(str(wrong), right), right)
                if grade != "wrong":  # 12.0 beside 11.99: three digits do not tell them apart
                    assert isinstance(right, float)
                    continue
                typed = _with(answer, place, wrong)
                found = judge(quantity, typed, among, asked)
                assert found.verdict in ("wrong", "convention"), (typed, found)
                if found.verdict == "wrong":
                    assert slip["sentence"] in map(str, found.slips), (typed, slip)
                tried += 1
    assert tried


def _with(answer: Any, place: tuple[int, ...], wrong: Any) -> str:
    """The answer as a reader would type it, with a wrong value at one place."""
    if not isinstance(answer, list):
        return str(wrong)
    texts = [
        _with(part, place[1:], wrong) if n == place[0] else _typed(part) for n, part in enumerate(answer)
    ]
    return ("; " if isinstance(answer[0], list) else ", ").join(texts)


def _typed(answer: Any) -> str:
    if isinstance(answer, list):
        return ("; " if isinstance(answer[0], list) else ", ").join(map(_typed, answer))
    return {True: "yes", False: "no"}[answer] if isinstance(answer, bool) else str(answer)


@pytest.mark.slow
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_what_is_shown_is_judged_right(question: Question) -> None:
    for quantity in question.asked():
        typed = (
            quantity.answer if isinstance(quantity.answer, str) else _typed(mapped(plain, quantity.answer))
        )
        if "nested" != kind_of(quantity):
            assert judge(quantity, typed, asked=question.asked()).verdict == "right", (quantity.name, typed)


def test_a_variant_is_that_of_its_seed() -> None:
    question = load("foundations/q6")
    first, again, other = as_data(question, 5), as_data(question, 5), as_data(question, 6)
    assert first == again != other and first["seed"] == 5
    assert first["asked"][0]["answer"] == str(int(question.asked(question.draw(5))[0].answer))  # type: ignore[arg-type]
    with pytest.raises(PracticeError, match="is not a whole number"):
        as_data(question, "5")  # type: ignore[arg-type]


def test_the_zero_that_was_lost_is_in_the_data_and_a_changed_digit_is_not() -> None:
    data = data_of("sorting_backprop_alexnet/q3")
    one = next(one for one in data["asked"] if one["name"] == "conv1_connections")
    slip = next(slip for slip in one["slips"] if slip["answer"] == "15415200")
    assert (slip["place"], slip["hint"]) == ([], "A digit is missing.")
    assert slip["sentence"] == "15,415,200 is 105,415,200 without one 0."
    assert "105415201" not in [slip["answer"] for slip in one["slips"]]
    assert one["work"].endswith("= 105,415,200") and one["shown"] == "105,415,200"


def test_rows_for_columns_stand_for_the_whole_answer() -> None:
    data = data_of("sizing_networks/q2")
    slips = next(one for one in data["asked"] if one["kind"] == "table")["slips"]
    assert [slip["kind"] for slip in slips if slip["place"] == []] == ["rows for columns"]


def test_entries_share_the_slips() -> None:
    """The first slips of a list are one for each of its entries, so that none goes without."""
    data = data_of("foundations/q4")
    slips = next(one for one in data["asked"] if one["name"] == "values")["slips"]
    assert [slip["place"] for slip in slips[:6]] == [[n] for n in range(6)]


def test_sizes_last_are_a_convention() -> None:
    data = data_of("sizing_networks/q3")
    one = next(one for one in data["asked"] if one["name"] == "output_conv1")
    assert [convention["answer"] for convention in one["conventions"]] == [["256", "256", "128"]]


def test_named_numbers_are_the_own_ones_and_the_answers() -> None:
    question = load("sorting_backprop_alexnet/q3")
    found = named_numbers(question, question.givens())
    assert 34_848 in [quantity.value for quantity in found]
    assert all(not isinstance(quantity.value, str | bool) for quantity in found)
