"""Norms and inner products of vectors: what is judged, and what is left alone."""

from __future__ import annotations

import pytest

from nnutils.lint import lint

GIVEN = r"Let $v = (-4, -2, -4)^\top$ and $u = (2, 2, 5)^\top$. "


def judged(text: str) -> list[tuple[str, str, str]]:
    return [
        (one.verdict, one.stated, one.computed)
        for one in lint(GIVEN + text, "a.tex").judged
        if one.kind == "norm or inner product"
    ]


@pytest.mark.parametrize(
    ("text", "verdict", "computed"),
    [
        (r"$\|v\|_1 = 10$", "right", "10"),
        (r"$\|v\|_1 = 9$", "wrong", "10"),
        (r"$\lVert v \rVert_2 = 36$", "wrong", "6"),
        (r"$\|u\|_2 \approx 5.745$", "right", "5.745"),
        (r"$\|u\|_2 \approx 5.754$", "wrong", "5.745"),
        (r"$\|v\|_\infty = 2$", "wrong", "4"),
        (r"$\|v\| = 7$", "wrong", "6"),
        (r"$0.5 / \|v\|_2 \approx 0.083$", "right", "0.083"),
        (r"$0.5 / \|v\|_2 \approx 0.093$", "wrong", "0.083"),
        (r"$\langle v, u \rangle = 32$", "wrong", "−32"),
        (r"$\langle v, u \rangle = -32$", "right", "−32"),
        (r"$v^\top u = 32$", "wrong", "−32"),
    ],
)
def test_a_norm_or_a_product_is_judged(text: str, verdict: str, computed: str) -> None:
    assert [(one[0], one[2]) for one in judged(text)] == [(verdict, computed)]


@pytest.mark.parametrize(
    "text",
    [
        r"$\|v\| = 10$",  # the other norm, which no index names
        r"$2 \|v\|_2 = 13$",
        r"$\|v\|_2^2 = 35$",
        r"$\|v\|^2 = 35$",
        r"$\|v\|_2 = 2 \cdot 4$",
        r"$\|w\|_2 = 4$",
        r"$\|v\|_3 = 4$",
        r"Now $v = v / 2$, so $\|v\|_2 = 4$",
        r"For $v = (1, 2)$ it is $\|v\|_2 = 4$",
        r"$\langle v, w \rangle = 3$",
        r"$\|v\|_2 = 4 \%$",
    ],
)
def test_what_says_something_else_is_left_alone(text: str) -> None:
    assert judged(text) == []


def test_a_heading_ends_what_a_letter_means() -> None:
    text = "## 1\n\n$v = (3, 4)$, $\\|v\\|_2 = 6$\n\n## 2\n\n$\\|v\\|_2 = 7$\n"
    assert [one.stated for one in lint(text).wrong] == ["6"]
