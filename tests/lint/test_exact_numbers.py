"""Which decimals were not rounded, so that a result that they cannot give is wrong."""

from __future__ import annotations

import pytest

from nnutils.lint import lint


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("β = 0.999.\n\nv = 0.016 / (1 − 0.999) = 14", "suspicious"),  # 0.016 is from nowhere
        ("β = 0.999 and v = 0.001 · 4² = 0.016.\n\nv = 0.016 / (1 − 0.999) = 14", "wrong"),
        ("The errors are 0.2, 0.1, 0.3 and 0.9.\n\n(0.2 + 0.1 + 0.3 + 0.9)/4 = 0.395", "wrong"),
        ("a ≈ 0.2 and b = 0.1\n\n(0.2 + 0.1)/2 = 0.17", "suspicious"),
        ("p = 0.3\n\n10 · 0.3 = 3.2", "wrong"),
        ("p = 0.3\n\nmax(0, 0.3/0.7) = max(0, 0.4286) = 0.4286", "right"),
        ("p = 0.3 and q = 0.7.\n\nmax(0, 0.3/0.7) = max(0, 0.4286)", "rounded"),
        ("p = 0.3 and q = 0.7.\n\nmax(0, 0.3/0.7) = 0.4386", "wrong"),
        ("| x | cos x |\n|--|--|\n| 2 | −0.416 |\n\n2 · (1/(−0.416)) = −4.806", "suspicious"),
        ("1/3 = 0.3\n\n10 · 0.3 = 3.3", "suspicious"),
    ],
)
def test_only_what_was_given_exactly_is_exact(text: str, verdict: str) -> None:
    assert lint(text).judged[-1].verdict == verdict


def test_probabilities_with_three_decimals_in_a_list_may_be_rounded() -> None:
    computed = "divide each: p = (0.268, 0.727, 0.005)\n\nCE = −ln(0.005) = 5.32"
    assert lint(computed, name="a.md").wrong == ()
    assert len(lint(computed.replace("5.32", "3.52"), name="a.md").wrong) == 1
    assert len(lint("With w = (0.5, 0.2) we get 0.5·0.2 = 0.2.", name="a.md").wrong) == 1
