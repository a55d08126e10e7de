"""Derivatives and identities: judged at points, and called wrong only where no other meaning is possible."""

from __future__ import annotations

import pytest

from nnutils.lint import lint
from nnutils.lint.checks.letters.derivatives import check_derivatives
from nnutils.lint.checks.letters.identities import check_identities
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.numbers import ENGLISH
from nnutils.lint.sheets import Sheet, piece_of


def judged(text: str) -> list[Finding]:
    context = Context(Sheet("sheet.txt", text, (piece_of(text),)), ENGLISH)
    return [*check_derivatives(context), *check_identities(context)]


RIGHT = [
    "f(x) = x² sin x, f'(x) = 2x sin x + x² cos x",
    "d/dx ln x = 1/x",
    "σ'(x) = σ(x)(1 − σ(x))",
    "tanh'(x) = 1 − tanh^(2)(x)",
    "softplus'(x) = σ(x)",
    "∂y/∂x_1 = x_2 + 1/x_1 with y = ln(x_1) + x_1 x_2",
    "y = ln(x_1) + x_1 x_2\n((∂y)/(∂x_1)) = x_2 + 1/x_1",
    "f(x) = x^3. Then f'(2) = 12.",
    "y = σ(x), dy/dx = y(1 − y)",
    "L = ½(y − t)^2, ∂L/∂y = y − t",
    "f(x) = a x^2 + b, f'(x) = 2 a x",
    "d/dx(x^2 e^(−x)) = (2x − x^2) e^(−x)",
    "tanh(x) = 2σ(2x) − 1",
    "σ(−x) = 1 − σ(x)",
    "softplus(x) = ln(1 + e^(x))",
    "relu(x) = max(0, x)",
    "tanh(x) = ((e^(2x) − 1)/(e^(2x) + 1)) = 2σ(2x) − 1",
]


@pytest.mark.parametrize("text", RIGHT)
def test_right_statements_are_right(text: str) -> None:
    found = judged(text)
    assert found and {one.verdict for one in found} == {"right"}, found


@pytest.mark.parametrize(
    "text, computed",
    [
        ("f(x) = x² sin x, f'(x) = 2x sin x − x² cos x", "x² · cos(x) + sin(x) · 2 · x"),
        ("d/dx ln x = 1/x²", "1/x"),
        ("y = ln(x_1) + x_1 x_2\n((∂y)/(∂x_1)) = x_2 − 1/x_1", "x₂ + 1/x₁"),
        ("f(x) = x^3. Then f'(2) = 13.", "12"),
        ("σ'(x) = σ(x)(1 + σ(x))", "at x ="),
        ("It follows that σ(x) = ½ tanh(x/2 + 1).", "at x ="),
        ("tanh(x) = 2σ(x) − 1", "at x ="),
        ("σ(−x) = 1 + σ(x)", "at x ="),
    ],
)
def test_wrong_statements_are_found(text: str, computed: str) -> None:
    wrong = [one for one in judged(text) if one.verdict != "right"]
    assert {one.verdict for one in wrong} == {"wrong"}
    assert computed in wrong[0].computed and wrong[0].why


@pytest.mark.parametrize(
    "text",
    [
        "Solve e^(x) = 3x + 1.",
        "If σ(x) = tanh(x) then x is large.",
        "tanh(x) = σ(x) has one solution; find it.",
        "Suppose that σ(x) = 2 tanh(x).",
        "h = tanh(W x + b)",
        "σ(z) = 0.5",
        "2x + 3y = x + 5y",
        "σ(w x + b) = σ(a)",
        "tanh(x) = x − x^3/3",
        "ReLU'(x) = 1 for x > 0",
        "ReLU'(x) = 1",
        "∂L/∂w = ∂L/∂y · ∂y/∂w",
        "dv/dt = a",
        "g'(x) = 2x",
        "y = x², and ∂y/∂x = ẏ = 6",
        "v = 2x, later v = x³, and so ∂v/∂x = 2x²",
        "y = tanh(w x + b), ∂y/∂x = D w",
        "((d)/(dx))g(x) = lim_{ε → 0} ((g(x+ε) − g(x))/(ε)) = 1",
        "Let x = 3. Then σ(x) = 2 tanh(x) + x is not meant for all x.",
        "σ(x) = 1 + 2ab tanh(x)",
        "E[σ(X)] = tanh(X)",
        "softmax(z)_1 = σ(z)",
        "∑ σ(x) = 1 + tanh(x)",
        "σ_i(x) = tanh_j(x) + 1",
    ],
)
def test_what_may_mean_something_else_is_no_alarm(text: str) -> None:
    assert not [one for one in judged(text) if one.verdict not in ("right", "unchecked")]


CHANGES = (("+", "−"), ("−", "+"), ("2", "3"), ("sin", "cos"), ("σ(x)", "σ(2x)"), ("1 ", "2 "))


@pytest.mark.parametrize("text", [one for one in RIGHT if "'" in one or "∂" in one or "d/dx" in one])
def test_a_changed_sign_number_or_function_in_a_derivative_is_never_right(text: str) -> None:
    head, equals, stated = text.rpartition(" = ") if " with " not in text else text.partition(" = ")
    for old, new in CHANGES:
        body, with_, rest = stated.partition(" with ")
        if old in body:
            changed = head + equals + body.replace(old, new, 1) + with_ + rest
            new_letter = "_3" in changed  # a letter that the function does not have
            expected = {"unchecked"} if new_letter else {"wrong"}
            assert expected <= {one.verdict for one in judged(changed)}, changed


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (
            r"\[ \left. \dfrac{\mathrm{d}}{\mathrm{d}x}\left( 6x^2 - 7x + 2 \right) \right|_{x = 3} = %s\]",
            "29",
            "30",
        ),
        (r"Let $f(x) = x^3$. Then $f'(x)|_{x=2} = %s$.", "12", "11"),
        (r"Let $f(x) = x^3$. Then $\frac{df}{dx}\Big|_{x=-2} = %s$.", "12", "-12"),
    ],
)
def test_a_bar_says_at_which_number_a_derivative_is_taken(text: str, right: str, wrong: str) -> None:
    for number, verdict in ((right, "right"), (wrong, "wrong")):
        found = [one for one in lint(text % number, "a.tex").judged if one.kind == "derivative"]
        assert [one.verdict for one in found] == [verdict]


def test_aligned_equations_of_a_trace_are_read() -> None:
    rows = r"\begin{eqnarray*}v_1 &=& 2 \\ v_2 &=& v_1 + 3 = 5 \\ v_3 &=& v_2 \;=\; %s\end{eqnarray*}"
    for number, verdict in (("5", "right"), ("55", "wrong")):
        found = [
            one for one in lint(rows % number, "a.tex").judged if one.kind == "trace" and one.stated == number
        ]
        assert verdict in [one.verdict for one in found]


@pytest.mark.parametrize(
    ("stated", "verdict"), [("2z + 3", "right"), ("2z + 4", "wrong"), ("2x + 3", "unchecked")]
)
def test_a_derivative_may_be_told_in_another_letter(stated: str, verdict: str) -> None:
    found = [
        one
        for one in lint(f"f(x) = x^2 + 3x, so f'(z) = {stated}", "a.txt").judged
        if one.kind == "derivative"
    ]
    assert [one.verdict for one in found] == [verdict]
