"""Where an equation in a text ends, and which of its sides are whole."""

from __future__ import annotations

import pytest

from nnutils.lint.checks.letters.equations import equations_in
from nnutils.lint.context import Context
from nnutils.lint.numbers import ENGLISH
from nnutils.lint.readers import read_sheet


def sides(text: str) -> list[list[str]]:
    """The sides of each equation, with "…" beside one that is only a part of what stands there."""
    sheet = read_sheet(text, "a.md")
    context = Context(sheet, ENGLISH)
    return [
        [
            piece.text[side.start : side.end] + ("" if side.node is not None else "…")
            for side in equation.sides
        ]
        for piece in sheet.pieces()
        for equation in equations_in(context, piece)
    ]


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Then y = 2x for x > 0.", ["y", "2x"]),
        ("Then y = 2xfor", ["y", "2…"]),
        ("$y = 2x for x > 0$", ["y", "2x…"]),
        ("$the y = 2x$", ["y…", "2x"]),
        ("y = 2x %", ["y", "2x…"]),
        ("y = 2x, z", ["y", "2x"]),
        ("4 i) f(x) = 3x", ["f(x)", "3x"]),
        ("u(t) = t + 1", ["u(t)", "t + 1"]),
        ("y ≈ 2x", ["y", "2x"]),
    ],
)
def test_a_word_in_a_formula_or_touching_a_side_makes_it_a_part(text: str, made: list[str]) -> None:
    assert sides(text) == [made]


def test_a_lone_side_is_no_equation() -> None:
    assert sides("Then 2x for x") == []
