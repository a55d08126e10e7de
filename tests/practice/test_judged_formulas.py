"""Formulas that are typed: the same in another form, another one, or in names that the question has not."""

from __future__ import annotations

from typing import Any

import pytest

from nnutils.practice import Asked, judge

FORMULA = Asked("g", "g(x) with H", "a", "x * H(x)")
SOFTMAX = Asked("rule", "the rule, in P_i", "a", "P_i * (1 - P_i)")
NETWORK = Asked("network", "as one equation", "a", "tanh(W_2 @ tanh(W_1 @ v))")
KINK = Asked("y", "y in x1", "a", "relu(x1)")
LINE = Asked("y", "y", "a", "2 * x + y")
RULES: tuple[Asked, ...] = (
    Asked("rule_r", "rbar", "a", "ybar * dphi(r)", defines="rbar"),
    Asked("rule_V", "Vbar", "a", "rbar @ h.T", defines="Vbar"),
)

FORMULAS: list[tuple[Any, str, str]] = [
    (FORMULA, "H(x)*x", "right"),
    (FORMULA, "g(x) = x*H(x)", "right"),
    (FORMULA, "relu(x)", "unreadable"),
    (FORMULA, "phi(x)", "unreadable"),
    (SOFTMAX, "pi*(1-pi)", "right"),
    (SOFTMAX, "Pi - Pi^2", "right"),
    (SOFTMAX, "p_i ∗ (1 − p_i)", "right"),
    (SOFTMAX, "½*P_i*(2 - 2*P_i)", "right"),
    (SOFTMAX, "pi", "wrong"),
    (SOFTMAX, "p_j*(1-p_j)", "unreadable"),
    (LINE, "2*x + y + 0*pi", "right"),  # here it is the number
    (Asked("both", "in X and x", "a", "x - X"), "x - X", "right"),
    (Asked("both", "in X and x", "a", "x - X"), "X - x", "wrong"),
    (NETWORK, "tanh(w2 @ tanh(W1 @ v))", "right"),
    (KINK, "ReLU(x_1)", "right"),
    (KINK, "phi(x1)", "right"),
    (KINK, "ϕ(x_1)", "right"),
    (KINK, "relu x1", "right"),
    (KINK, "x1*H(x1)", "unreadable"),
    (KINK, "phi", "unreadable"),
    (LINE, "2x + y", "unreadable"),
    (LINE, "2 x y", "wrong"),
    (LINE, "y + ln exp(2*x)", "right"),
    (LINE, "y + Ln(Exp(2*x))", "right"),
    (LINE, "y + 2*x*LN e", "right"),
    (FORMULA, "x", "wrong"),
    (FORMULA, "H(-x)*x", "wrong"),
    (FORMULA, "x*H(x) + 1e-3", "wrong"),
    (FORMULA, "ln(x)", "wrong"),
    (FORMULA, "x H(x)", "unreadable"),
    (FORMULA, "y*H(x)", "unreadable"),
    (FORMULA, "f(x)", "unreadable"),
    (FORMULA, "", "unreadable"),
    (SOFTMAX, "P_i - P_i^2", "right"),
    (SOFTMAX, "P_i - P_i²", "right"),
    (SOFTMAX, "-P_i*(P_i-1)", "right"),
    (SOFTMAX, "P_i*(1+P_i)", "wrong"),
    (NETWORK, "y = tanh(W_2@tanh(W_1@v))", "right"),
    (NETWORK, "tanh((tanh(v.T @ W_1.T) @ W_2^T).T)", "right"),
    (NETWORK, "W_2 @ tanh(W_1 @ v)", "wrong"),
    (NETWORK, "tanh(W_1 @ tanh(W_2 @ v))", "wrong"),
    (NETWORK, "tanh(W_2 * tanh(W_1 * v))", "wrong"),
    (RULES[1], "rbar @ h.T", "right"),
    (RULES[1], "(ybar * dphi(r)) @ h^T", "right"),
    (RULES[1], "h @ rbar.T", "wrong"),
    (RULES[1], "rbar * h", "wrong"),
    (RULES[1], "dphi(h)", "unreadable"),
    (RULES[0], "dphi(r)*ybar", "right"),
    (RULES[0], "dphi(r)*ybar + 0*rbar", "unreadable"),
    (RULES[0], "rbar", "unreadable"),
    (RULES[0], "Vbar", "unreadable"),
    (RULES[1], "rbar @ h.T + 0*Vbar", "unreadable"),
]


@pytest.mark.parametrize(("quantity", "typed", "expected"), FORMULAS)
def test_formulas(quantity: Asked, typed: str, expected: str) -> None:
    found = judge(quantity, typed, asked=RULES if quantity in RULES else ())
    assert found.verdict == expected and found.sentence


def test_what_is_said_of_a_formula() -> None:
    assert judge(FORMULA, "2(x+1)").sentence == "There is no sign between 2 and (. Write * between 2 and (."
    assert "Write * between ) and (." in judge(FORMULA, "(x)(x+1)").sentence
    assert "Write * between x and (." in judge(FORMULA, "x(1-x)").sentence
    assert "'relu' is not used here" in judge(FORMULA, "relu(x)").sentence
    known = judge(RULES[0], "rbar", asked=RULES).sentence
    assert "You can use ybar, dphi(r), h, and" in known and "rbar, " not in known.partition("You can use")[2]
    assert "You can use x" in judge(FORMULA, "y*H(x)").sentence
    assert judge(NETWORK, "W_2 * v").sentence.startswith("The shapes around * do not fit")
    assert judge(FORMULA, "1/(x-x)").sentence.startswith("It is not defined everywhere.")
