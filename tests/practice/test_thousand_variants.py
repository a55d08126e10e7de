"""Many variants of each question: valid, different, not degenerate, and answered alike by another route."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from practice.routes import foundations, sizing_networks, sorting_backprop_alexnet, stacked_convolutions
from support.notebook_files import ROOT

from nnutils.core.errors import PracticeError
from nnutils.core.worked import Worked
from nnutils.practice import Asked, Question, load, questions

ROUTES = {
    name: route
    for part in (foundations, sizing_networks, sorting_backprop_alexnet, stacked_convolutions)
    for name, route in part.ROUTES.items()
}
FEW, MANY = 20, 1_000
FEWEST_DIFFERENT = 0.9  # of them: two seeds may give the same givens by chance

SMALLEST = 1e-6  # a float nearer to 0 than this cannot be told from 0 on paper


def leaves(answer: Any) -> Iterator[Any]:
    if isinstance(answer, tuple):
        for part in answer:
            yield from leaves(part)
    else:
        yield answer.value if isinstance(answer, Worked) else answer


def plain(quantity: Asked) -> bool:
    """Whether a number of an answer is 0, 1 or -1, as good as given."""
    return any(not isinstance(leaf, bool | str) and leaf in (0, 1, -1) for leaf in leaves(quantity.answer))


def numbers(asked: tuple[Asked, ...]) -> dict[str, Any]:
    """The answers that are one number."""
    single = {
        one.name: one.answer for one in asked if isinstance(one.answer, Worked | int | Fraction | float)
    }
    return {name: answer for name, answer in single.items() if not isinstance(answer, bool)}


def degenerate(own: tuple[Asked, ...], asked: tuple[Asked, ...]) -> list[str]:
    """What makes a variant easier than the question, or its answers hard to tell apart."""
    found = []
    was_plain = {one.name for one in own if plain(one)}
    found += [f"{one.name} has a 0 or 1" for one in asked if plain(one) and one.name not in was_plain]
    tiny = [
        one.name
        for one in asked
        for leaf in leaves(one.answer)
        if isinstance(leaf, float) and 0 < abs(leaf) < SMALLEST
    ]
    found += [f"{one} is nearly 0" for one in tiny]
    before, after = numbers(own), numbers(asked)
    for first, second in combinations([key for key in after if key in before], 2):
        were_equal = math.isclose(before[first], before[second], rel_tol=1e-9)
        if math.isclose(after[first], after[second], rel_tol=1e-9) and not were_equal:
            found.append(f"{first} and {second} are equal")
    return found


def check(question: Question, seeds: range) -> int:
    """Try the variants of these seeds, and return how many are different."""
    own, route = question.asked(), ROUTES[question.name]
    different = set()
    for seed in seeds:
        givens = question.draw(seed)
        asked = question.asked(givens)
        assert givens != question.givens(), f"seed {seed} is the question itself"
        assert not (faults := degenerate(own, asked)), f"seed {seed}: {faults}"
        assert sum(question.parts(givens).values()) == 10
        agree(question, givens, asked, route(givens))
        different.add(repr(givens))
    return len(different)


def agree(question: Question, givens: Any, asked: tuple[Asked, ...], answers: dict[str, Any]) -> None:
    """Compare with another route; for a formula it gives a function that says whether the text is right."""
    by_name = {one.name: one.answer for one in asked}
    for name, answer in answers.items():
        if callable(answer):
            assert answer(by_name[name]), f"{name} of {question.name} on {givens}"
    question.compare(
        givens, {name: by_name[name] if callable(a) else a for name, a in answers.items()}, atol=1e-13
    )


def test_what_makes_a_variant_degenerate_is_noticed() -> None:
    def two(first: Any, second: Any) -> tuple[Asked, ...]:
        return Asked("one", "one", "a", first), Asked("two", "two", "a", second)

    own = two(6, (2, 7.5, 1))
    assert degenerate(own, two(8, (0, 7.5, 1))) == []
    assert degenerate(own, two(1, (2, 7.5, 1))) == ["one has a 0 or 1"]
    assert degenerate(own, two(8, (2, 1e-9, 1))) == ["two is nearly 0"]
    assert degenerate(two(6, 7), two(8, 8.0)) == ["one and two are equal"]
    assert degenerate(two(6, 6), two(8, 8)) == []


def test_another_answer_is_refused() -> None:
    question = load("foundations/q5", ROOT)
    givens = question.draw(1)
    right = ROUTES[question.name](givens)
    agree(question, givens, question.asked(givens), right)
    with pytest.raises(PracticeError, match="same_length"):
        agree(question, givens, question.asked(givens), {**right, "same_length": right["same_length"] + 1})


every_question = pytest.mark.parametrize("name", ROUTES)


def test_every_question_has_a_route() -> None:
    assert list(ROUTES) == [question.name for question in questions(ROOT)]


@every_question
def test_a_few_variants_are_fair_and_answered_alike_by_another_route(name: str) -> None:
    assert check(load(name, ROOT), range(1, FEW + 1)) >= FEWEST_DIFFERENT * FEW


@pytest.mark.slow
@pytest.mark.variants
@every_question
def test_a_thousand_variants_are_fair_and_answered_alike_by_another_route(name: str) -> None:
    assert check(load(name, ROOT), range(1, MANY + 1)) >= FEWEST_DIFFERENT * MANY
