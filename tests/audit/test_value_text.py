"""How values are written in a verdict."""

from __future__ import annotations

from fractions import Fraction

import pytest

from nnutils.audit.value_text import place_text, plain_text, shape_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ([["1/2", -3], [0.25, 10**6]], "[[1/2, −3], [0.25, 1,000,000]]"),
        (["+"], "[+]"),
        (["x1 > x2"], "x1 > x2"),
        ([], "[]"),
        (Fraction(-5000, 3), "−5,000/3"),
        (False, "false"),
    ],
)
def test_plain_text(value: object, text: str) -> None:
    assert plain_text(value) == text


def test_numbers_shapes_and_places() -> None:
    assert plain_text(-1234.5678) == "−1,234.57"
    assert shape_text((2, 3, 4)) == "2 x 3 x 4"
    assert place_text((2,)) == "3"
