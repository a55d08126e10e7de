"""Short decimals that nobody rounded, and those that a sheet carries on with more digits than it shows."""

from __future__ import annotations

import math
import random

import pytest

from nnutils.lint import lint


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("w − η·g = 0.8 − 0.1·2.5 = 0.65", "wrong"),
        ("tanh(0.5) = 0.426", "wrong"),
        ("1.5 − (1.5² − 2)/(2·1.5) = 1.4617", "wrong"),
        ("0.9 · 0.5 + 1.2 = 1.56", "wrong"),
        ("0.2·1 + 0.4·2 − 0.1 = 1.1", "wrong"),
        ("1.5·1.9·9 = 26.3", "suspicious"),  # not stated more finely than what is written
        ("0.3 + 0.4 = 0.8", "suspicious"),  # a sum of two measured values
        ("2.5 · 0.32 kg = 0.812 kg", "suspicious"),  # measured
        ("2.5 · 0.32 = 0.812 m", "suspicious"),
        ("0.33 · 2 = 0.667", "suspicious"),  # 1/3
        ("p = 1.26/2 = 0.632\n\n0.63 · 2 = 1.264", "suspicious"),  # 0.632 goes on
        ("a ≈ 0.54\n\ntanh(0.54) = 0.496", "suspicious"),
        ("z = w·x + b = 0.54\n\ntanh(0.54) = 0.496", "suspicious"),  # nobody knows the sum
        ("| z |\n|--|\n| 0.54 |\n\ntanh(0.54) = 0.496", "suspicious"),
    ],
)
def test_a_short_decimal_is_exact_where_nothing_rounds_to_it(text: str, verdict: str) -> None:
    assert lint(text).judged[-1].verdict == verdict


def _sheet(seed: int) -> str:
    """Return a right computation that goes on with unrounded values and shows each with few decimals."""
    chosen = random.Random(seed)
    digits = chosen.choice(([1] * 4, [2] * 4, [3] * 4, [2, 3, 3, 4], [2, 1, 4, 3]))
    w, x, b = (round(chosen.uniform(0.1, 1.5), chosen.choice((1, 2))) for _ in range(3))
    z = w * x + b
    a = 1 / (1 + math.exp(-z))
    slope, step = a * (1 - a), 2 * (1 - a) * a
    shown = [f"{one:.{places}f}" for one, places in zip((z, a, slope, step), digits, strict=True)]
    first = chosen.choice(
        (f"z = {w}·{x} + {b} = {shown[0]}", f"z = wx + b = {shown[0]}", f"|z|\n|--|\n|{shown[0]}|")
    )
    return "\n\n".join(
        (
            first,
            f"a = σ({shown[0]}) = {shown[1]}",
            f"{shown[1]}·(1 − {shown[1]}) = {shown[2]}",
            f"2·{shown[1]}·(1 − {shown[1]}) = {shown[3]}",
            f"{w} − 0.1·{shown[3]} = {w - 0.1 * step:.{chosen.choice(digits)}f}",
        )
    )


def test_nothing_is_called_wrong_where_unrounded_values_go_on() -> None:
    sheets = [_sheet(seed) for seed in range(60)]
    assert [sheet for sheet in sheets if any(one.verdict == "wrong" for one in lint(sheet).judged)] == []
    assert any(one.verdict == "suspicious" for sheet in sheets for one in lint(sheet).judged)
