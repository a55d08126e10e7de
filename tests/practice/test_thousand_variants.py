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

# Answers that may be 0, 1 or -1 in a variant, though not in the question itself.
MAY_BE_PLAIN: dict[str, set[str]] = {}

# Answers that may be equal in a variant, though not in the question itself.
MAY_BE_EQUAL: dict[str, set[str]] = {}


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


def degenerate(own: tuple[Asked, ...], asked: tuple[Asked, ...], name: str) -> list[str]:
    """What makes a variant easier than the question, or its answers hard to tell apart."""
    found = []
    was_plain = {one.name for one in own if plain(one)} | MAY_BE_PLAIN.get(name, set())
    found += [f"{one.name} has a 0 or 1" for one in asked if plain(one) and one.name not in was_plain]
    tiny = [
        one.name
        for one in asked
        for leaf in leaves(one.answer)
        if isinstance(leaf, float) and 0 < abs(leaf) < SMALLEST
    ]
    found += [f"{one} is nearly 0" for one in tiny]
    before, after = numbers(own), numbers(asked)
    free = MAY_BE_EQUAL.get(name, set())
    for first, second in combinations([key for key in after if key in before], 2):
        equal_now = math.isclose(after[first], after[second], rel_tol=1e-9)
        if (
            equal_now
            and not math.isclose(before[first], before[second], rel_tol=1e-9)
            and not {first, second} & free
        ):
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
        assert not (faults := degenerate(own, asked, question.name)), f"seed {seed}: {faults}"
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
