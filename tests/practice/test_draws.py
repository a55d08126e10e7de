"""Draws: the same on every Python, within their bounds, every option as likely as the others."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from nnutils.core.errors import PracticeError
from nnutils.practice import Draw


def test_the_numbers_are_those_of_random_and_nothing_else() -> None:
    # random.Random(7).random() on every Python from 3.2 on: 0.3238, 0.1508, 0.6509, 0.0724, 0.5359
    draw = Draw(7)
    assert [draw.whole(1, 10) for _ in range(5)] == [4, 2, 7, 1, 6]
    chance = random.Random(7)
    assert [round(chance.random(), 4) for _ in range(5)] == [0.3238, 0.1508, 0.6509, 0.0724, 0.5359]


def test_every_number_within_the_bounds_comes_up_about_as_often() -> None:
    draw = Draw(1)
    counts = Counter(draw.whole(2, 8, 3) for _ in range(3000))
    assert sorted(counts) == [2, 5, 8] and min(counts.values()) > 900


def test_several_are_different_and_in_every_order() -> None:
    draw = Draw(2)
    orders = Counter(tuple(draw.several("abc", 3)) for _ in range(1200))
    assert len(orders) == 6 and min(orders.values()) > 120
    assert draw.several([1, 2], 0) == []


def test_decimals_have_the_places_asked_for() -> None:
    draw = Draw(3)
    values = {draw.decimal(-0.2, 0.3, 1) for _ in range(200)}
    assert values == {-0.2, -0.1, 0.0, 0.1, 0.2, 0.3}


def test_until_redraws_and_gives_up_by_name() -> None:
    draw = Draw(4)
    assert all(draw.until(lambda: draw.whole(1, 9), lambda value: value > 7) in (8, 9) for _ in range(20))
    with pytest.raises(PracticeError, match="10,000 draws in a row were refused"):
        draw.until(lambda: draw.whole(1, 2), lambda value: value > 2)


def test_what_cannot_be_drawn_is_refused() -> None:
    for seed in (1.5, "1", None, True):
        with pytest.raises(PracticeError, match="is not a whole number"):
            Draw(seed)  # type: ignore[arg-type]
    with pytest.raises(PracticeError, match="nothing to choose from"):
        Draw(1).choice([])
    with pytest.raises(PracticeError, match="nothing to choose from"):
        Draw(1).whole(3, 2)
    with pytest.raises(PracticeError, match="4 different ones of 3"):
        Draw(1).several([1, 2, 3], 4)
