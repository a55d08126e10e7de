"""Sizes as they are written: how much text before one is looked at."""

from __future__ import annotations

import pytest

from nnutils.lint.checks.networks.written_sizes import written_size
from nnutils.lint.sheets import piece_of


@pytest.mark.parametrize(("blanks", "numbers"), [(0, (41472, 1)), (192, (41472, 1)), (193, None)])
def test_a_piece_of_over_two_hundred_letters_is_no_size(blanks: int, numbers: tuple[int, ...] | None) -> None:
    found = written_size(piece_of(" " * blanks + "41,472x1"))
    assert (found.numbers if found else None) == numbers
