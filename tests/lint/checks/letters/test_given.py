"""Columns in letters that got their values above the table: optimisers, normalisation."""

from __future__ import annotations

import pytest

from nnutils.lint import lint

SGD = """SGD on f(w) = w² − 6w with {}.

| t | w | g = 2w − 6 | w − ηg |
|--|--|--|--|
| 0 | −1 | −8 | {} |
| 1 | 0.6 | −4.8 | 1.56 |"""
NORM = """μ = (1 + 5)/2 = 3, σ² = (4 + 4)/2 = 4, γ = 3

| x | x̂ = (x − μ)/√(σ²) | y = γx̂ |
|--|--|--|
| 1 | {} | −3 |
| 5 | 1 | {} |"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (SGD.format("η = 0.2", "0.6"), []),
        (SGD.format("η = 0.2", "−2.6"), [("−2.6", "0.6")]),
        (SGD.format("momentum", "−2.6"), []),  # η has no value
        (SGD.format("η = 0.3", "17"), []),  # no row fits: another η is meant
        (NORM.format("−1", "3"), []),
        (NORM.format("1", "3"), [("1", "−1")]),
        (NORM.format("−1", "4"), [("4", "3")]),
    ],
)
def test_letters_have_the_values_given_above(text: str, found: list[tuple[str, str]]) -> None:
    assert [(one.stated, one.computed) for one in lint(text).wrong] == found
