"""Sheets over a square: heights at the corners, a fold only where two parts meet at an angle."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
from matplotlib.figure import Figure
from support.narrow_pictures import narrow_of

from nnutils.core.errors import DrawingError
from nnutils.drawing import PALETTE, draw_folds
from nnutils.drawing.describing import description


def folds(figure: Figure) -> int:
    return sum(line.get_color() == PALETTE.negative for line in figure.axes[0].lines)


def heights(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.axes[0].texts if text.get_gid() == "height"]


def test_corners_carry_their_heights_and_only_a_folded_sheet_its_fold() -> None:
    flat = draw_folds([[("x1", lambda x1, x2: x1)]], [[]])
    assert heights(flat) == ["−1", "1", "1", "−1"] and folds(flat) == 0
    assert heights(draw_folds([[("min", min)]], [[]])) == ["−1", "−1", "1", "−1"]
    assert folds(draw_folds([[("min", min), ("max", max)]], [["+"]])) == 2


def test_the_text_says_which_sheets_are_folded() -> None:
    text = description(draw_folds([[("x1", lambda x1, x2: x1), ("max", max)]], [["+"]], title="T")) or ""
    assert "x1 is flat, corners −1, 1, 1, −1" in text
    assert "max is folded along the diagonal, corners −1, 1, 1, 1" in text


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: draw_folds([], []), "one to three functions"),
        (lambda: draw_folds([[("a", min), ("b", max)]], [[]]), "one sign between"),
        (lambda: draw_folds([[("|x1|", lambda x1, x2: abs(x1))]], [[]]), "bends elsewhere"),
        (lambda: draw_folds([[("n", lambda x1, x2: math.nan)]], [[]]), "'n' at"),
    ],
)
def test_what_cannot_be_drawn_says_why(call: Callable[[], Figure], message: str) -> None:
    with pytest.raises(DrawingError, match=message):
        call()


RISING = ("x1", lambda x1, x2: x1)


@pytest.mark.parametrize(
    ("row", "lines"),
    [
        ([RISING], 1),
        ([RISING, ("min", min)], 1),
        ([RISING, ("max", max), ("min", min)], 2),
        ([("a name of many words", RISING[1]), ("another, also long", min)], 2),
        ([("x1 / 1000", lambda x1, x2: x1 / 1000), ("min", min)], 2),
    ],
)
def test_on_a_phone_the_sheets_stand_in_lines_of_two_or_one(row: list[Any], lines: int) -> None:
    figure = draw_folds([row], [["+"] * (len(row) - 1)], title="Sheets that are flat, and folded ones")
    thin = narrow_of(figure)
    places = {round(text.get_position()[1]) for text in thin.axes[0].texts if text.get_gid() == "name"}
    assert len(places) == lines
    assert heights(thin) == heights(figure) and folds(thin) == folds(figure)
