"""Typed rows matched to right ones: as many as can be, the right ones first, no row twice."""

from __future__ import annotations

import itertools
import random

import pytest

from nnutils.practice.entries import matched, side_by_side


def most(grades: list[list[str]], wanted: set[str]) -> int:
    """How many rows can be matched at all, by trying every order."""
    rights = range(len(grades))
    return max(
        sum(row[right] in wanted for row, right in zip(grades, order, strict=True))
        for order in itertools.permutations(rights)
    )


@pytest.mark.parametrize("seed", range(200))
def test_no_order_matches_more(seed: int) -> None:
    chance = random.Random(seed)
    size = chance.randrange(1, 6)
    kinds = ["wrong", "wrong", "coarse", "cut", "right"]
    grades = [[chance.choice(kinds) for _ in range(size)] for _ in range(size)]
    pairs = matched(grades)
    found = [(row, right) for row, right in enumerate(pairs) if right is not None]
    assert len({right for _, right in found}) == len(found)
    assert all(grades[row][right] != "wrong" for row, right in found)
    assert len(found) == most(grades, {"right", "coarse", "cut"})
    if most(grades, {"right"}) == size:
        assert all(grades[row][right] == "right" for row, right in found)


def test_a_greedy_choice_would_fail() -> None:
    assert matched([["right", "right"], ["right", "wrong"]]) == (1, 0)


def test_of_two_that_are_the_same_the_later_one_is_left_over() -> None:
    assert matched([["right", "wrong"], ["right", "wrong"]]) == (0, None)


def test_what_is_left_over_stands_side_by_side() -> None:
    assert side_by_side((None, 0, None)) == (1, 0, 2)
