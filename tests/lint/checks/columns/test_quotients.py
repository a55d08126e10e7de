"""Rates in a table: units that differ by powers of ten, measurements with ±, and columns that are none."""

from __future__ import annotations

import pytest

from nnutils.lint import lint

HEAD = ["| layer | mult. | t (µs) | mult. per ns |", "|--|--|--|--|"]


def wrong(*rows: str, head: list[str] = HEAD) -> list[tuple[str, str]]:
    """Return what is called wrong in a table: number, right value."""
    return [(one.stated, one.computed) for one in lint("\n".join([*head, *rows]), "a.md").wrong]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (("| a | 4410000 | 11.2 ± 0.7 | 393.8 |", "| b | 25401600 | 15.8 ± 0.7 | 1607.7 |"), []),
        (("| a | 4410000 | 11.2 ± 0.7 | 393.8 |",
         "| b | 25401600 | 15.8 ± 0.7 | 1670.7 |"), [("1670.7", "1,607.7")]),
        (("| a | 4410000 | 11.2 | 17 |", "| b | 25401600 | 15.8 | 19 |"), []),
    ],
)  # fmt: skip
def test_a_rate_is_a_quotient_in_some_unit(rows: tuple[str, ...], found: list[tuple[str, str]]) -> None:
    assert wrong(*rows) == found


def test_a_header_that_does_not_say_per_is_left_alone() -> None:
    head = ["| a | n | t | other |", "|--|--|--|--|"]
    assert not wrong("| x | 84 | 4 | 21 |", "| y | 99 | 9 | 12 |", "| z | 50 | 5 | 10 |", head=head)
