"""Receptive fields in a table: both conventions of the jump, and tables about something else."""

from __future__ import annotations

import pytest

from nnutils.lint import lint

HEAD = ["| layer | k | s | jump | r |", "|--|--|--|--|--|", "| input |  |  | 1 | 1 |"]


def wrong(*rows: str, head: list[str] = HEAD) -> list[tuple[str, str]]:
    """Return what is called wrong in a table: number, right value."""
    return [(one.stated, one.computed) for one in lint("\n".join([*head, *rows]), "a.md").wrong]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (("| a | 5 | 1 | 1 | 5 |", "| b | 3 | 2 | 2 | 7 |", "| c | 3 | 2 | 4 | 11 |"), []),
        (("| a | 5 | 1 | 1 | 5 |", "| b | 3 | 2 | 1 | 7 |", "| c | 3 | 2 | 2 | 11 |"), []),  # the jump read
        (("| a | 5 | 1 | 1 | 5 |", "| b | 3 | 2 | 2 | 8 |", "| c | 3 | 2 | 4 | 11 |"), [("8", "7")]),
        (
            ("| a | 5 | 1 | 1 | 5 |", "| b | 3 | 2 | 2 | 8 |", "| c | 3 | 2 | 4 | 12 |"),
            [("8", "7")],
        ),  # carried on
        (("| a | 5 | 1 | 1 | 5 |", "| b | 3 | 2 | 2 | 7 |", "| c | 3 | 2 | 6 | 11 |"), [("6", "4")]),
    ],
)
def test_each_row_follows_from_the_one_above(rows: tuple[str, ...], found: list[tuple[str, str]]) -> None:
    assert wrong(*rows) == found


def test_dilation_widens_a_kernel() -> None:
    head = ["| k | s | d | receptive field |", "|--|--|--|--|"]
    assert wrong("| 3 | 1 | 2 | 5 |", "| 3 | 1 | 4 | 13 |", "| 3 | 1 | 8 | 30 |", head=head) == [("30", "29")]


def test_columns_of_other_things_are_left_alone() -> None:
    head = ["| k | s | r |", "|--|--|--|"]
    assert not wrong("| 3 | 1 | 0.5 |", "| 5 | 2 | 0.7 |", "| 7 | 2 | 0.8 |", head=head)
    assert not wrong("| 3 | 1 | 14 |", "| 5 | 2 | 11 |", "| 7 | 2 | 19 |", head=head)
