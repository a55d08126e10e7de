"""The names that the numbers of a question have in the sentences about its answers."""

from __future__ import annotations

from collections import Counter

import pytest
from support.notebook_files import ROOT

from nnutils.practice import Asked, Question, load, named_numbers, questions
from nnutils.practice.known_numbers import slips_of_exchange
from nnutils.slips.network_numbers import MISTAKEN_FOR


@pytest.mark.parametrize("question", list(questions(ROOT)), ids=lambda question: question.name)
def test_no_two_numbers_of_a_question_have_the_same_name(question: Question) -> None:
    for seed in (None, 1, 2, 3):
        givens = question.givens() if seed is None else question.draw(seed)
        names = Counter(quantity.words for quantity in named_numbers(question, givens))
        assert not {name for name, times in names.items() if times > 1}


def test_each_number_of_a_question_may_be_taken_for_another() -> None:
    roles = {role for sort, near in MISTAKEN_FOR.items() for role in (sort, *near)}
    for question in questions(ROOT):
        assert {quantity.role for quantity in named_numbers(question, question.givens())} <= roles


def test_another_answer_with_the_same_beginning_is_told_apart() -> None:
    question = load("sizing_networks/q3", ROOT)
    asked = question.asked(question.givens())
    by_name = {one.name: one for one in asked}
    said = [str(slip) for _, slip in slips_of_exchange(by_name["total_flat"], (), asked)]
    whole = [sentence for sentence in said if "parameters of the whole network" in sentence]
    assert len(whole) == 1 and whole[0].endswith("network, if FC-1 is a dense layer.")
    assert any(sentence.endswith(": parameters of conv1.") for sentence in said)


def test_what_explains_an_answer_is_left_out_where_the_name_says_enough() -> None:
    asked = [
        Asked("first", "the pixels, if padded: of both sides", "a", 30, unit="pixels"),
        Asked("second", "the pixels, if padded: of one side", "a", 20, unit="pixels"),
        Asked("third", "how many taps, if padded: of one filter", "a", 10, unit="taps"),
    ]
    said = [str(slip).rpartition("question: ")[2] for _, slip in slips_of_exchange(asked[0], (), asked)]
    assert said == ["pixels, if padded: of one side.", "number of taps."]
