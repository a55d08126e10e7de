"""Sizes that a layer may make where the sheet gives no padding, and which of them are usual."""

from __future__ import annotations

import pytest

from nnutils.lint.checks.networks.made_sizes import made_sizes
from nnutils.lint.checks.networks.settings import Settings


@pytest.mark.parametrize(
    ("kernel", "usual", "others"), [(3, [30, 32], [34]), (4, [29, 32], [31, 33, 35]), (1, [32], [])]
)
def test_no_padding_and_same_are_usual(kernel: int, usual: list[int], others: list[int]) -> None:
    settings = Settings("conv", (kernel, kernel), stride=(1, 1), filters=8)
    made, sure = made_sizes(settings, [(3, 32, 32)])
    assert sure
    assert [one.shape for one in made if one.usual] == [(8, size, size) for size in usual]
    assert [one.shape for one in made if not one.usual] == [(8, size, size) for size in others]
