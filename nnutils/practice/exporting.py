"""A question as data, for a page that asks it and judges what is typed: answers, slips, points."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from fractions import Fraction
from itertools import zip_longest
from typing import Any

from nnutils.practice.answers_as_text import answer_text
from nnutils.practice.asked import Asked
from nnutils.practice.formulas import Trials, trials
from nnutils.practice.known_numbers import (
    conventions_of,
    derivation_at,
    named_numbers,
    slips_of_exchange,
    wholes_of,
)
from nnutils.practice.leaves import Place, is_exact, kind_of, leaves, mapped, numeric, plain
from nnutils.practice.question import Question
from nnutils.practice.source import one_line
from nnutils.slips import Predicted, Quantity, predict
from nnutils.slips.digits import digit_slips

__all__ = ["MOST_SLIPS", "as_data"]

MOST_SLIPS = 200
"""So many wrong values of a quantity are written down, and fewer in a question that asks for many."""

_MOST_OF_ALL, _FEWEST = 2_000, 80  # of a question, and of a quantity of the longest one
_TOO_MANY = ("a digit changed", "a digit added")

_LONGEST_GIVEN = 2_000


def as_data(question: Question, seed: int | None = None) -> dict[str, Any]:
    """Return a question, as given or drawn from a seed, as JSON can hold it; the same on every run.

    A leaf of an answer is a string for an exact number ('352/131'), a JSON number for a float (of twelve
    digits), true or false for yes or no, and {"word": ...} for a word. A slip has the place of its leaf, []
    for a slip in the whole answer. ``points``, ``values`` and ``functions`` are those of a formula: see
    ``trials``.

    Left out are slips of the pen that any reader of the data can tell from the two numbers, and of which
    there are hundreds: a digit of a whole number changed or added.

    Raises:
        PracticeError: for a seed that is not a whole number, and for a practice file that fails.
    """
    givens = question.givens() if seed is None else question.draw(seed)
    asked = question.asked(givens)
    formulas = trials(asked)
    among = named_numbers(question, givens)
    return {
        "question": question.name,
        "seed": seed,
        "version": sys.modules["nnutils"].__version__,  # loaded before any of its parts
        "statement": question.statement(givens),
        "parts": question.parts(givens),
        "givens": {
            name: one_line(name, value, _LONGEST_GIVEN).removeprefix(f"{name} = ")
            for name, value in givens.items()
        },
        "asked": [_quantity(one, asked, among, formulas.get(one.name)) for one in asked],
    }


def _quantity(
    quantity: Asked, asked: Sequence[Asked], among: Sequence[Quantity], formula: Trials | None
) -> dict[str, Any]:
    return {
        "name": quantity.name,
        "text": quantity.text,
        "part": quantity.part,
        "unit": quantity.unit,
        "kind": kind_of(quantity),
        "exact": is_exact(quantity.answer),
        "any_order": quantity.any_order,
        "answer": mapped(_leaf, quantity.answer),
        "shown": answer_text(_plain(quantity.answer)),
        "work": _work(quantity.derivation),
        "choices": list(quantity.choices),
        "conventions": [
            {"answer": mapped(_leaf, convention.answer), "words": convention.words}
            for convention in conventions_of(quantity)
        ],
        "slips": [] if formula else _slips(quantity, asked, among)[: _most(asked)],
        "points": [dict(point) for point in formula.points] if formula else [],
        "values": list(formula.values) if formula else [],
        "functions": list(formula.functions) if formula else [],
    }


def _leaf(leaf: Any) -> Any:
    value = plain(leaf)
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return {"word": value}
    if isinstance(value, float):
        return float(f"{value:.12g}") + 0.0  # the last digits differ between machines
    return str(Fraction(value))


def _plain(answer: Any) -> Any:
    return tuple(map(_plain, answer)) if isinstance(answer, tuple) else plain(answer)


def _work(derivation: Any) -> str:
    """Return the work of a derivation, line by line for a tuple; '' where nothing was computed."""
    lines = [
        leaf.work
        for _, leaf in leaves(derivation)
        if getattr(leaf, "arguments", ()) and getattr(leaf, "work", "")
    ]
    return "\n".join(dict.fromkeys(lines))


# --- slips ------------------------------------------------------------------------------------------------


def _slips(quantity: Asked, asked: Sequence[Asked], among: Sequence[Quantity]) -> list[dict[str, Any]]:
    """Return the slips in the whole answer, then those in its leaves: one of each leaf in turn."""
    found = [_slip((), answer, slip) for answer, slip in wholes_of(quantity, asked)]
    by_leaf = [
        [(place, one) for one in _of_leaf(quantity, place, leaf, asked, among)]
        for place, leaf in leaves(quantity.answer)
        if numeric(leaf)
    ]
    for turn in zip_longest(*by_leaf):
        found += [_slip(place, one.value, one) for place, one in filter(None, turn)]
    return found


def _most(asked: Sequence[Asked]) -> int:
    """Return how many slips a quantity of this question may have, so that its data stays small."""
    return min(MOST_SLIPS, max(_FEWEST, _MOST_OF_ALL // len(asked)))


def _of_leaf(
    quantity: Asked, place: Place, leaf: Any, asked: Sequence[Asked], among: Sequence[Quantity]
) -> list[Predicted]:
    derivation = derivation_at(quantity, place)
    predicted = () if derivation is None else predict(derivation, among)
    found = [one for one in predicted if not _of_the_pen(one, plain(leaf))]
    values = {_leaf(one.value) for one in found}
    others = [
        Predicted(value, slip.kind, slip.hint, slip.sentence, slip.rank)
        for value, slip in slips_of_exchange(quantity, place, asked)
        if _leaf(value) not in values
    ]
    return [*others, *found]


def _of_the_pen(one: Predicted, right: Any) -> bool:
    """Whether a wrong value is one of the many that differ from the right one in a digit."""
    if one.kind not in _TOO_MANY or not isinstance(one.value, int) or not isinstance(right, int):
        return False
    return one.kind in [kind for kind, _, _ in digit_slips(one.value, right)]


def _slip(place: Place, answer: Any, slip: Any) -> dict[str, Any]:
    return {
        "place": list(place),
        "answer": mapped(_leaf, answer),
        "kind": slip.kind,
        "hint": slip.hint,
        "sentence": slip.sentence,
    }
