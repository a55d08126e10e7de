"""Solutions of a size equation: put into the equation, they satisfy it."""

from __future__ import annotations

import random

import pytest

from nnutils.lint.checks.letters.solutions import check_solutions
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.numbers import ENGLISH
from nnutils.lint.sheets import Sheet, piece_of


def judged(text: str) -> list[Finding]:
    return list(check_solutions(Context(Sheet("sheet.txt", text, (piece_of(text),)), ENGLISH)))


@pytest.mark.parametrize(
    "text, count",
    [
        ("4 = ⌊(8 − k + 2)/s⌋ + 1: possible solutions are k = 4, s = 2 or k = 7, s = 1.", 2),
        ("k = 8, d = 1 → 32 = ⌊((64 − 8 + 2p)/(s))⌋ + 1, one possible solution is p = 3, s = 2.", 1),
        ("8 = ⌊((32 − (1(k − 1) + 1))/(k))⌋ + 1, one possible solution is k = s = 4.", 1),
        ("⌊(28 + 2p − k)/s⌋ + 1 = 14. Take k = 3, p = 1 and s = 2.", 1),
    ],
)
def test_right_solutions_are_right(text: str, count: int) -> None:
    assert [one.verdict for one in judged(text)] == ["right"] * count


def test_a_wrong_solution_is_found_beside_a_right_one() -> None:
    found = judged("4 = ⌊(8 − k + 2)/s⌋ + 1: possible solutions are k = 4, s = 2 or k = 7, s = 2.")
    assert [(one.statement, one.verdict, one.computed) for one in found] == [
        ("k = 4, s = 2", "right", ""),
        ("k = 7, s = 2", "wrong", "2"),
    ]
    assert found[1].why == "With k = 7, s = 2 the equation gives 2, not 4."


def test_an_equation_that_its_own_solution_does_not_satisfy_is_suspicious() -> None:
    text = (
        "32 = ⌊(63 − 7(k − 1) + 2p)/2⌋ + 1 → 0 = ⌊(−7(k − 1) + 2p)/2⌋, a possible solution is p = 3, k = 2."
    )
    assert [(one.verdict, one.computed) for one in judged(text)] == [("right", ""), ("suspicious", "−1")]


@pytest.mark.parametrize(
    "text",
    [
        "4 = ⌊(8 − k)/s⌋ + 1 has no solution with k = 3, s = 3.",
        "4 = ⌊(8 − k + 2)/s⌋ + 1, where k = 5 and s = 2 were given before.",
        "One possible solution is k = 3. Then 4 = ⌊(8 − k)/s⌋ + 1.",
        "4 = ⌊(8 − k)/s⌋ + 1: possible with k = 3.",
        "x + y = 3, one possible solution is x = 1, y = 1.",  # letters that are no settings
    ],
)
def test_what_is_no_whole_solution_is_no_alarm(text: str) -> None:
    assert not [one for one in judged(text) if one.verdict not in ("right", "unchecked")]


def test_each_changed_setting_is_found_if_it_changes_the_size() -> None:
    chance = random.Random(6)
    for _ in range(80):
        i, k, s, p = chance.randint(8, 64), chance.randint(1, 7), chance.randint(1, 4), chance.randint(0, 3)
        o = (i - k + 2 * p) // s + 1
        text = "{o} = ⌊({i} − k + 2p)/s⌋ + 1, one possible solution is k = {k}, s = {s}, p = {p}."
        assert [one.verdict for one in judged(text.format(o=o, i=i, k=k, s=s, p=p))] == ["right"]
        other = k + chance.randint(1, 3)
        size = (i - other + 2 * p) // s + 1
        found = judged(text.format(o=o, i=i, k=other, s=s, p=p))
        assert [one.verdict for one in found] == ["right" if size == o else "wrong"]
