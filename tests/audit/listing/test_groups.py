"""Statements about one thing stand together, whatever their order in claims.yml."""

from __future__ import annotations

import pytest

from nnutils.audit.listing import grouped


@pytest.mark.parametrize(
    ("names", "groups"),
    [
        ([], []),
        (["q1-a"], [["q1-a"]]),
        (["q1-a", "q1-b", "q1-a-product"], [["q1-a", "q1-a-product"], ["q1-b"]]),
        (["q1-a-product", "q1-b", "q1-a"], [["q1-a", "q1-a-product"], ["q1-b"]]),
        (["q1-h1", "q1-h11", "q1-h1-factors"], [["q1-h1", "q1-h1-factors"], ["q1-h11"]]),
        (["q1-a-sum", "q1-a-sum-terms", "q1-a"], [["q1-a", "q1-a-sum", "q1-a-sum-terms"]]),
        (["q1-a-b", "q1-a-c"], [["q1-a-b"], ["q1-a-c"]]),  # nothing is called q1-a
    ],
)
def test_a_name_goes_to_the_first_that_it_continues(names: list[str], groups: list[list[str]]) -> None:
    assert grouped(names, str) == groups


def test_no_row_is_lost_or_doubled() -> None:
    names = [f"q{i % 3}-{'-'.join('abc'[: i % 4])}" for i in range(24)]
    assert sorted(name for group in grouped(names, str) for name in group) == sorted(names)
