"""Where a side of a statement begins and ends."""

from __future__ import annotations

from nnutils.lint import lint


def test_a_number_of_another_country_at_the_end_is_not_cut() -> None:
    assert lint("5000 + 1.5 = 5.001,6").wrong == ()
