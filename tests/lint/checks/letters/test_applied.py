"""Formulas put to use at once: what is found, and what must be left alone."""

from __future__ import annotations

import pytest

from nnutils.lint import lint


@pytest.mark.parametrize(
    ("text", "stated", "computed"),
    [
        ("receptive field: `r = 1 + n(k − 1)`; n = 5, k = 5 ⇒ r = 12", "12", "21"),
        ("With n = 5 and k = 5, the formula r = 1 + n(k − 1) gives r = 12.", "12", "21"),
        ("LSTM: 4((n + h)h + h), n = 128, h = 128 -> 131548 parameters", "131548", "131,584"),
        ("leaky: max(z, az); a = 0.1, z = −3.3 ⇒ −0.44", "−0.44", "−0.33"),
        ("k' = k + (k − 1)(d − 1): k = 3, d = 3 ⇒ k' = 8", "8", "7"),
        ("a batch: 4·B·C bytes; B = 512, C = 1024 ⇒ 2097152 = 2.10 MiB", "2.10", "2.00"),
        ("loss: L = −ln p; p = 0.75 → L ≈ 0.298", "0.298", "0.288"),
        ("w = 2, x = 3, b = 1: what is z = w*x + b? → 8", "8", "7"),
    ],
)
def test_a_wrong_value_is_found(text: str, stated: str, computed: str) -> None:
    assert [(one.stated, one.computed) for one in lint(text).wrong if one.kind == "formula"] == [
        (stated, computed)
    ]
    right = text.replace(stated, computed.replace(",", ""))
    assert not lint(right).wrong
    assert any(one.kind == "formula" and one.verdict == "right" for one in lint(right).judged)


@pytest.mark.parametrize(
    "text",
    [
        "r = 1 + n(k − 1); n = 5, m = 3 ⇒ r = 12",  # k has no value
        "r = 1 + n(k − 1); n = 5, k = 5, c = 3 ⇒ 12",  # of c, too: of another formula
        "r = 1 + n(k − 1); r = 21, k = 5 ⇒ n = 5",  # it is solved
        "n = 5, k = 5. See question 3 ⇒ 12",
        "a + b; a = 2 ⇒ b = 3",
        "side (i − k)/s + 1; i = 8, k = 3, s = 2 ⇒ 3",  # rounded down
        "f(n) = n + 1; n = 2 ⇒ n + 2 = 4",
    ],
)
def test_what_is_about_something_else_is_left_alone(text: str) -> None:
    assert not [one for one in lint(text).wrong if one.kind == "formula"]
