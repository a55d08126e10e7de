"""Backprop rules as formulas: residual block, batches, unnamed values, LaTeX; and the recorded graph."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnutils import autodiff
from nnutils.autodiff import Trace, named
from nnutils.autodiff.elementary import OPERATORS
from nnutils.autodiff.formula import symbol
from nnutils.autodiff.sweeps import reverse_sweep
from nnutils.core.errors import TraceError
from nnutils.core.numerals import number_text

phi = autodiff.function("phi", np.tanh, lambda z: 1 - np.tanh(z) ** 2)


def block(x: Any, W: Any, b: Any, V: Any, c: Any) -> Any:
    z = named("z", W @ x + b)
    h = named("h", phi(z) + x)
    r = named("r", V @ h + c)
    return named("y", phi(r) + h)


def residual(vector: tuple[int, ...] = (3,)) -> tuple[Trace, Any]:
    rng = np.random.default_rng(0)
    x, b, c, ybar = (rng.normal(size=vector) for _ in range(4))
    W, V = (rng.normal(size=(3, 3)) for _ in range(2))
    return autodiff.trace(block, x=x, W=W, b=b, V=V, c=c), ybar


RULES = [
    "r̄ = ȳ ⊙ φ′(r)",
    "c̄ = r̄",
    "V̄ = r̄ hᵀ",
    "h̄ = ȳ + Vᵀ r̄",
    "z̄ = h̄ ⊙ φ′(z)",
    "b̄ = z̄",
    "W̄ = z̄ xᵀ",
    "x̄ = h̄ + Wᵀ z̄",
]


def largest_errors(t: Trace, seed: Any) -> dict[str, float]:
    """How far each rule, evaluated as printed, is from what the sweep found."""
    adjoints, known = reverse_sweep(t.tape, t.output, seed), {}
    for index, name in t.tape.labels().items():
        value, shape = t.tape.values[index], np.shape(t.tape.values[index])
        known[symbol(name, shape=shape)] = value
        known[symbol(name, "bar", shape)] = adjoints[index]
    return {
        rule.variable: float(np.max(np.abs(rule.formula.evaluate(known) - rule.value)))
        for rule in t.rules(seed)
    }


@pytest.mark.parametrize("vector", [(3,), (3, 1)])
def test_residual_block_prints_the_textbook_rules(vector: tuple[int, ...]) -> None:
    t, ybar = residual(vector)
    rules = t.rules(ybar)
    assert [rule.text for rule in rules] == RULES
    assert str(rules) == "\n".join(RULES)
    assert rules.names == ("r", "c", "V", "h", "z", "b", "W", "x")


def test_residual_block_program() -> None:
    program = residual()[0].rules().program
    assert [f"{left} = {right}" for left, right in program] == [
        "z = W x + b",
        "h = φ(z) + x",
        "r = V h + c",
        "y = φ(r) + h",
    ]


def test_residual_block_in_latex() -> None:
    rules = residual()[0].rules()
    assert rules["h"].latex == r"\bar{h} = \bar{y} + V^\top \, \bar{r}"
    assert rules["z"].latex == r"\bar{z} = \bar{h} \odot \phi'(z)"
    assert rules["W"].latex == r"\bar{W} = \bar{z} \, x^\top"
    assert rules.latex.startswith("\\begin{aligned}\n\\bar{r} &= \\bar{y} \\odot \\phi'(r) \\\\\n")
    assert rules._repr_latex_() == f"$$\n{rules.latex}\n$$"


def test_contributions_say_through_which_variable_and_by_how_much() -> None:
    t, ybar = residual()
    adjoints = t.adjoints(ybar)
    first, second = t.rules(ybar)["h"].contributions
    assert (first.text, first.through, second.text, second.through) == ("ȳ", "y", "Vᵀ r̄", "r")
    np.testing.assert_array_equal(first.value, ybar)
    np.testing.assert_allclose(second.value, t["V"].T @ adjoints["r"], rtol=1e-14)
    # A solver who forgets the skip connection is off by exactly the first contribution.
    np.testing.assert_allclose(adjoints["h"] - second.value, first.value, rtol=1e-12)


def test_contributions_without_a_seed_have_no_value() -> None:
    rules = residual()[0].rules()
    assert rules["h"].value is None
    assert all(contribution.value is None for contribution in rules["h"].contributions)


def test_the_printed_rules_are_the_computed_ones() -> None:
    for vector in ((3,), (3, 1)):
        assert max(largest_errors(*residual(vector)).values()) < 1e-14


@pytest.mark.parametrize(
    ("operator", "position", "text"), [("add", 1, "h̄ = ȳ · 2 + Vᵀ r̄"), ("add", 0, "b̄ = z̄")]
)
def test_a_wrong_rule_changes_print_and_gradient_together(
    operator: str, position: int, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    right, ybar = residual()
    partials = list(OPERATORS[operator].partials)
    partials[position] = lambda a, b, y: 2
    monkeypatch.setitem(
        OPERATORS, operator, dataclasses.replace(OPERATORS[operator], partials=tuple(partials))
    )
    wrong, _ = residual()
    assert text.replace("ȳ · 2", "2 · ȳ") in str(wrong.rules())
    assert str(wrong.rules()) != str(right.rules())
    assert not np.allclose(wrong.gradients(ybar)["x"], right.gradients(ybar)["x"])


# What is named, and what is written out


def test_a_bias_added_to_a_batch_sums_over_the_batch() -> None:
    rng = np.random.default_rng(0)
    rows = autodiff.trace(
        lambda X, W, b: named("Z", X @ W + b), rng.normal(size=(4, 3)), rng.normal(size=(3, 2)), np.ones(2)
    )
    assert str(rows.rules()) == "b̄ = Σᵢ Z̄[i,:]\nX̄ = Z̄ Wᵀ\nW̄ = Xᵀ Z̄"
    assert rows.rules()["b"].latex == r"\bar{b} = \sum_{i} \bar{Z}_{i,:}"
    columns = autodiff.trace(
        lambda X, W, b: named("Z", W @ X + b),
        rng.normal(size=(3, 4)),
        rng.normal(size=(2, 3)),
        np.ones((2, 1)),
    )
    assert columns.rules()["b"].text == "b̄ = Σᵢ Z̄[:,i]"
    seed = rng.normal(size=(2, 4))
    np.testing.assert_allclose(columns.gradients(seed)["b"], seed.sum(axis=1, keepdims=True), rtol=1e-14)
    assert max(largest_errors(columns, seed).values()) < 1e-14


def test_unnamed_values_are_written_out() -> None:
    t = autodiff.trace(lambda x, t: autodiff.sum((autodiff.sigmoid(x) - t) ** 2), x=np.ones(3), t=np.zeros(3))
    assert str(t.rules()) == "\n".join(
        ["t̄ = −ȳ · 2 · (σ(x) − t)", "x̄ = ȳ · 2 · (σ(x) − t) ⊙ σ(x) ⊙ (1 − σ(x))"]
    )
    assert max(largest_errors(t, 1.0).values()) < 1e-15


def test_a_value_that_is_used_twice_gets_a_name_and_a_rule() -> None:
    def program(x: Any) -> Any:
        u = autodiff.exp(x)
        return u * autodiff.sin(u)

    t = autodiff.trace(program, 0.5)
    assert str(t.rules()) == "v̄₁ = ȳ · sin(v₁) + ȳ · v₁ · cos(v₁)\nx̄ = v̄₁ · v₁"


def test_a_long_formula_is_broken_into_named_parts() -> None:
    def program(x: Any) -> Any:
        for _ in range(3000):
            x = autodiff.sin(x)
        return x

    rules = autodiff.trace(program, 0.5).rules()
    assert max(len(rule.text) for rule in rules) < 400
    assert rules.names[-1] == "x"


def test_names_do_not_collide_with_automatic_ones() -> None:
    def program(v1: Any) -> Any:
        e = autodiff.exp(v1)
        return e * e

    t = autodiff.trace(program, 2)
    assert str(t.rules()) == "ū₁ = ȳ · u₁ + ȳ · u₁\nv̄₁ = ū₁ · u₁"
    assert autodiff.trace(lambda y: 2 * y, 3).output_name == "f"


def test_a_second_name_for_the_same_value() -> None:
    t = autodiff.trace(lambda x: named("u", x) ** 2, 3)
    assert str(t.rules()) == "ū = ȳ · 2 · u\nx̄ = ū"
    assert t.gradient() == 6.0


def test_an_unused_input_is_mentioned() -> None:
    rules = autodiff.trace(lambda x, q: x**2, 3, 4).rules()
    assert str(rules) == "x̄ = ȳ · 2 · x\nq̄ = 0 (the output does not depend on it)"
    assert rules.latex.endswith("\\\\\n\\bar{q} &= 0\n\\end{aligned}")


def test_an_unknown_rule_names_the_known_ones() -> None:
    with pytest.raises(TraceError, match="no rule for 'q'") as caught:
        residual()[0].rules()["q"]
    assert caught.value.remedy == "There are rules for r, c, V, h, z, b, W, x."


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.sampled_from(["W@", "V@", "phi", "*x", "+b", "sum", "T"]), min_size=1, max_size=7),
    st.booleans(),
)
def test_rules_of_random_programs_evaluate_to_the_sweep(steps: list[str], name_all: bool) -> None:
    def program(x: Any, W: Any, V: Any, b: Any) -> Any:
        value = x
        for position, step in enumerate(steps):
            value = {
                "W@": lambda v: W @ v,
                "V@": lambda v: v + V @ v,
                "phi": lambda v: phi(v) - v,
                "*x": lambda v: v * x / 2,
                "+b": lambda v: b - v,
                "sum": lambda v: v * autodiff.sum(v, axis=0, keepdims=True),
                "T": lambda v: (v.T @ W.T).T,
            }[step](value)
            value = named(f"a{position}", value) if name_all else value
        return autodiff.sum(value * value)

    rng = np.random.default_rng(len(steps))
    shapes = {"x": (3, 2), "W": (3, 3), "V": (3, 3), "b": (3, 1)}
    t = autodiff.trace(program, **{name: rng.normal(size=shape) / 2 for name, shape in shapes.items()})
    rules, errors = t.rules(), largest_errors(t, 1.0)
    for rule in rules:
        assert errors[rule.variable] <= 1e-12 * max(1.0, float(np.max(np.abs(rule.value))))
    assert set(shapes) <= {*rules.names, *rules.unused}


# The graph


def test_graph_of_a_scalar_function() -> None:
    graph = autodiff.trace(lambda a, b: named("u", 2 * a + 2) * a - autodiff.ln(b), 3, 1).graph()
    assert [(node.kind, node.label, node.name) for node in graph.nodes] == [
        ("input", "a", "a"),
        ("input", "b", "b"),
        ("constant", "2", ""),
        ("operation", "·", "v1"),
        ("constant", "2", ""),
        ("operation", "+", "u"),
        ("operation", "·", "v3"),
        ("operation", "ln", "v4"),
        ("operation", "−", "y"),
    ]
    assert graph["u"].named and not graph["v1"].named
    assert (graph["u"].value, graph["u"].adjoint, graph["y"].is_output) == (8.0, 3.0, True)
    order = {node.id: position for position, node in enumerate(graph.nodes)}
    assert len(order) == len(graph.nodes)
    assert all(order[edge.source] < order[edge.target] for edge in graph.edges)
    minus = [edge for edge in graph.edges if edge.target == graph["y"].id]
    assert [(edge.source, edge.position) for edge in minus] == [(graph["v3"].id, 0), (graph["v4"].id, 1)]


def test_graph_of_the_residual_block() -> None:
    t, ybar = residual()
    assert t.graph()["h"].adjoint is None
    graph = t.graph(ybar)
    np.testing.assert_array_equal(graph["h"].adjoint, t.adjoints(ybar)["h"])
    skips = [edge.source for edge in graph.edges if edge.target in (graph["h"].id, graph["y"].id)]
    assert graph["x"].id in skips and graph["h"].id in skips
    assert graph["z"].latex == "z" and graph["z"].label == "+"


def test_an_entry_used_twice_has_two_edges() -> None:
    graph = autodiff.trace(lambda x: x * x, 3).graph()
    assert [(edge.source, edge.target, edge.position) for edge in graph.edges] == [(0, 1, 0), (0, 1, 1)]


def test_small_numbers_are_never_shown_as_zero() -> None:
    assert number_text(1e-9, decimals=4) == "1e-9"
