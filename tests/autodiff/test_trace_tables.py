"""Trace tables: two textbook examples row by row, twelve functions against SymPy, rounding, renderings."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import numpy as np
import pytest
import sympy

from nnutils import autodiff
from nnutils.autodiff.elementary import ELEMENTARY
from nnutils.autodiff.trace_tables import Row, TraceTable
from nnutils.core.errors import TraceError


def survey(x1: Any, x2: Any) -> Any:
    v1 = autodiff.ln(x1)
    v2 = x1 * x2
    v3 = autodiff.sin(x2)
    return v1 + v2 - v3


def homework(x1: Any, x2: Any) -> Any:
    v1 = x1 + x2
    v2 = x2 * x2
    v3 = 1 / v1
    v4 = autodiff.cos(x1)
    return v3 + v2 + v4


def lines(rows: tuple[Row, ...]) -> list[str]:
    return [row.text for row in rows]


VALUES = [
    "v₋₁ = x₁ = 2",
    "v₀ = x₂ = 5",
    "v₁ = ln(v₋₁) = ln(2) = 0.693",
    "v₂ = v₋₁ · v₀ = 2 · 5 = 10",
    "v₃ = sin(v₀) = sin(5) = −0.959",
    "v₄ = v₁ + v₂ = 0.693 + 10 = 10.693",
    "v₅ = v₄ − v₃ = 10.693 − (−0.959) = 11.652",
    "y = v₅ = 11.652",
]


def test_survey_table_2_forward() -> None:
    table = autodiff.trace(survey, 2, 5).forward(wrt=0, digits=3)
    assert lines(table.primal.rows) == VALUES
    assert lines(table.derivative.rows) == [
        "v̇₋₁ = ẋ₁ = 1",
        "v̇₀ = ẋ₂ = 0",
        "v̇₁ = v̇₋₁/v₋₁ = 1/2 = 0.5",
        "v̇₂ = v̇₋₁ · v₀ + v̇₀ · v₋₁ = 1 · 5 + 0 · 2 = 5",
        "v̇₃ = v̇₀ · cos(v₀) = 0 · cos(5) = 0",
        "v̇₄ = v̇₁ + v̇₂ = 0.5 + 5 = 5.5",
        "v̇₅ = v̇₄ − v̇₃ = 5.5 − 0 = 5.5",
        "ẏ = v̇₅ = 5.5",
    ]
    assert table.notes == ()


def test_survey_table_3_reverse() -> None:
    table = autodiff.trace(survey, 2, 5).reverse(digits=3)
    assert lines(table.primal.rows) == VALUES
    assert [(row.chain.text if row.chain else "", row.text) for row in table.derivative.rows] == [
        ("", "v̄₅ = ȳ = 1"),
        ("v̄₅ · ∂v₅/∂v₄", "v̄₄ = v̄₅ · 1 = 1 · 1 = 1"),
        ("v̄₅ · ∂v₅/∂v₃", "v̄₃ = v̄₅ · (−1) = 1 · (−1) = −1"),
        ("v̄₄ · ∂v₄/∂v₁", "v̄₁ = v̄₄ · 1 = 1 · 1 = 1"),
        ("v̄₄ · ∂v₄/∂v₂", "v̄₂ = v̄₄ · 1 = 1 · 1 = 1"),
        ("v̄₃ · ∂v₃/∂v₀", "v̄₀ = v̄₃ · cos(v₀) = −1 · cos(5) = −0.284"),
        ("v̄₂ · ∂v₂/∂v₋₁", "v̄₋₁ = v̄₂ · v₀ = 1 · 5 = 5"),
        ("v̄₀ + v̄₂ · ∂v₂/∂v₀", "v̄₀ = v̄₀ + v̄₂ · v₋₁ = −0.284 + 1 · 2 = 1.716"),
        ("v̄₋₁ + v̄₁ · ∂v₁/∂v₋₁", "v̄₋₁ = v̄₋₁ + v̄₁/v₋₁ = 5 + 1/2 = 5.5"),
        ("", "x̄₂ = v̄₀ = 1.716"),
        ("", "x̄₁ = v̄₋₁ = 5.5"),
    ]
    assert table.notes == ()


def test_bottom_up_lists_the_adjoints_as_the_survey_prints_them() -> None:
    t = autodiff.trace(survey, 2, 5)
    up, down = t.reverse(digits=3, bottom_up=True), t.reverse(digits=3)
    assert up.derivative.rows == down.derivative.rows
    adjoints = str(up).split("\n\n")[1].splitlines()
    assert adjoints[0] == "Reverse adjoint trace, ȳ = 1, read upwards"
    assert adjoints[3].split() == ["x̄₁", "=", "v̄₋₁", "=", "5.5"]
    assert adjoints[-1].split() == ["v̄₅", "=", "ȳ", "=", "1"]


def test_homework_forward() -> None:
    table = autodiff.trace(homework, 3, 6).forward(wrt="x1", digits=4)
    assert lines(table.primal.rows)[2:] == [
        "v₁ = v₋₁ + v₀ = 3 + 6 = 9",
        "v₂ = v₀ · v₀ = 6 · 6 = 36",
        "v₃ = 1/v₁ = 1/9 = 0.1111",
        "v₄ = cos(v₋₁) = cos(3) = −0.9900",
        "v₅ = v₃ + v₂ = 0.1111 + 36 = 36.1111",
        "v₆ = v₅ + v₄ = 36.1111 + (−0.9900) = 35.1211",
        "y = v₆ = 35.1211",
    ]
    assert lines(table.derivative.rows)[2:] == [
        "v̇₁ = v̇₋₁ + v̇₀ = 1 + 0 = 1",
        "v̇₂ = v̇₀ · v₀ + v̇₀ · v₀ = 0 · 6 + 0 · 6 = 0",
        "v̇₃ = −v̇₁/v₁² = −1/9² = −0.0123",
        "v̇₄ = −v̇₋₁ · sin(v₋₁) = −1 · sin(3) = −0.1411",
        "v̇₅ = v̇₃ + v̇₂ = −0.0123 + 0 = −0.0123",
        "v̇₆ = v̇₅ + v̇₄ = −0.0123 + (−0.1411) = −0.1535",
        "ẏ = v̇₆ = −0.1535",
    ]


def test_homework_reverse_and_its_rounding_trap() -> None:
    table = autodiff.trace(homework, 3, 6).reverse(digits=4)
    assert [row.shown for row in table.derivative_of("v-1")] == ["−0.1411", "−0.1535"]
    assert [row.shown for row in table.derivative_of("v0")] == ["6", "12", "11.9877"]
    assert table.derivative_of("x1")[0].value == pytest.approx(-1 / 81 - 0.1411200080598672, rel=1e-14)
    # −0.0123 − 0.1411 is −0.1534: the last digit depends on not rounding in between.
    assert [(slip.variable.text, slip.shown, slip.from_rounded) for slip in table.rounding] == [
        ("v̄₋₁", "−0.1535", "−0.1534"),
        ("x̄₁", "−0.1535", "−0.1534"),
    ]
    assert table.notes == (
        "v₂ uses v₀ twice: a row for each place, with the derivative there.",
        "Rounding every value to 4 decimals before using it would give "
        "v̄₋₁ = −0.1534 instead of −0.1535; x̄₁ = −0.1534 instead of −0.1535.",
    )
    assert autodiff.trace(homework, 3, 6).reverse(digits=8).rounding == ()


# Any function: what is printed is what is computed, and it is right

x, y, z = sympy.symbols("x y z")
FUNCTIONS: dict[str, tuple[Any, sympy.Expr, dict[str, float]]] = {
    "repeated variable": (lambda x: x * x * x - x, x**3 - x, {"x": 1.5}),
    "constants": (lambda x: 3 - 2 * x + x / 4, 3 - 2 * x + x / 4, {"x": -2}),
    "division by an expression": (
        lambda x, y: (x - y) / (x * y + 1),
        (x - y) / (x * y + 1),
        {"x": 2, "y": 3},
    ),
    "nested functions": (
        lambda x: autodiff.exp(autodiff.sin(autodiff.ln(x))),
        sympy.exp(sympy.sin(sympy.log(x))),
        {"x": 2.5},
    ),
    "three inputs": (
        lambda x, y, z: x * y + y * z - z / x,
        x * y + y * z - z / x,
        {"x": 2, "y": -1, "z": 0.5},
    ),
    "powers": (lambda x, y: x**3 + y**-2 + x**0.5 + x**1, x**3 + y**-2 + sympy.sqrt(x) + x, {"x": 2, "y": 3}),
    "traced exponent": (lambda x, y: x**y + 2**x, x**y + 2**x, {"x": 2, "y": 1.5}),
    "trigonometry": (
        lambda x: autodiff.tan(x) * autodiff.arctan(x) - autodiff.cos(x),
        sympy.tan(x) * sympy.atan(x) - sympy.cos(x),
        {"x": 0.7},
    ),
    "hyperbolic": (
        lambda x: autodiff.tanh(x) - autodiff.sinh(x) / autodiff.cosh(2 * x),
        sympy.tanh(x) - sympy.sinh(x) / sympy.cosh(2 * x),
        {"x": 0.4},
    ),
    "neuron": (
        lambda x, y, z: autodiff.sigmoid(y * x + z) * autodiff.relu(x),
        x / (1 + sympy.exp(-(y * x + z))),
        {"x": 0.5, "y": -2, "z": 0.1},
    ),
    "norm": (
        lambda x, y: autodiff.sqrt(x * x + y * y) + autodiff.abs(y) + autodiff.reciprocal(x),
        sympy.sqrt(x**2 + y**2) - y + 1 / x,
        {"x": 3, "y": -4},
    ),
    "softplus and minus": (
        lambda x: -autodiff.softplus(-x) - (-x),
        -sympy.log(1 + sympy.exp(-x)) + x,
        {"x": 0.3},
    ),
}


def wrong_rows(table: TraceTable) -> list[str]:
    """The rows whose printed formula, evaluated at full precision, is not the value in the last column."""
    known: dict[Any, float] = {}
    wrong = []
    for row in (*table.primal.rows, *table.derivative.rows):
        if row.formula is not None and row.formula.kind != "symbol":
            if row.formula.evaluate(known) != pytest.approx(row.value, rel=1e-13, abs=1e-15):
                wrong.append(row.text)
        known[row.variable] = row.value
    return wrong


@pytest.mark.parametrize("case", sorted(FUNCTIONS))
def test_tables_agree_with_sympy(case: str) -> None:
    function, expression, at = FUNCTIONS[case]
    t = autodiff.trace(function, *at.values())
    reverse = t.reverse()
    point = {sympy.Symbol(name): value for name, value in at.items()}
    assert t.value == pytest.approx(float(expression.subs(point)), rel=1e-13)
    assert wrong_rows(reverse) == []
    for name, slope in t.gradients().items():
        expected = float(sympy.diff(expression, sympy.Symbol(name)).subs(point))
        forward = t.forward(wrt=name)
        assert wrong_rows(forward) == []
        assert slope == pytest.approx(expected, rel=1e-12)
        assert reverse.derivative_of(name)[-1].value == slope
        assert forward.derivative_of(t.output_name)[-1].value == pytest.approx(expected, rel=1e-12)


def test_a_wrong_derivative_shows_in_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    flipped = dataclasses.replace(ELEMENTARY["cos"], partials=(lambda x, y: ELEMENTARY["sin"].value(x),))
    monkeypatch.setitem(ELEMENTARY, "cos", flipped)
    table = autodiff.trace(homework, 3, 6).forward(digits=4)
    # The formula is printed from the same wrong entry, so that a reader sees the slip, not a right formula.
    assert "v̇₄ = v̇₋₁ · sin(v₋₁) = 1 · sin(3) = 0.1411" in lines(table.derivative.rows)


def test_a_vector_valued_function_is_traced_once_per_output() -> None:
    def polar(k: int) -> Any:
        return lambda r, a: (r * autodiff.cos(a), r * autodiff.sin(a))[k]

    r, a = sympy.symbols("r a")
    jacobian = sympy.Matrix([r * sympy.cos(a), r * sympy.sin(a)]).jacobian([r, a]).subs({r: 2, a: 0.5})
    for k in range(2):
        found = [row.value for row in autodiff.trace(polar(k), 2, 0.5).reverse().derivative.rows[-2:]]
        assert found[::-1] == pytest.approx([float(entry) for entry in jacobian.row(k)], rel=1e-14)


# Notes, names, digits


def test_an_independent_output_is_mentioned() -> None:
    t = autodiff.trace(lambda x, q: x * 2, 3, 4)
    note = "y does not depend on q: the derivative is exactly 0."
    assert note in t.reverse().notes
    assert note in t.forward(wrt="q").notes
    assert t.forward(wrt="x").notes == ()
    assert t.reverse().derivative_of("q")[0].value == 0.0


def test_a_value_that_is_not_used_is_mentioned() -> None:
    def function(x: Any) -> Any:
        autodiff.exp(x)
        return x * 2

    assert "y does not depend on v₁, which has no adjoint row." in autodiff.trace(function, 3).reverse().notes


def test_named_values_keep_griewanks_number_or_show_their_name() -> None:
    def function(x0: Any, w0: Any) -> Any:
        return autodiff.named("a1", x0 * w0) ** 2

    t = autodiff.trace(function, 3, 2)
    numbered, own = t.reverse(), t.reverse(labels="names")
    assert numbered.value_of("v1").alias == "a1"
    assert "v₁ (a₁)" in str(numbered) and "v̄₁ (ā₁)" not in str(own)
    assert lines(own.primal.rows) == ["x₀ = 3", "w₀ = 2", "a₁ = x₀ · w₀ = 3 · 2 = 6", "y = a₁² = 6² = 36"]
    assert lines(own.derivative.rows) == [
        "ȳ = 1",
        "ā₁ = ȳ · 2 · a₁ = 1 · 2 · 6 = 12",
        "x̄₀ = ā₁ · w₀ = 12 · 2 = 24",
        "w̄₀ = ā₁ · x₀ = 12 · 3 = 36",
    ]
    assert lines(t.forward("w0", labels="names").derivative.rows)[:2] == ["ẋ₀ = 0", "ẇ₀ = 1"]


def test_another_seed() -> None:
    table = autodiff.trace(lambda x: x * x, 3).reverse(seed=0.5)
    assert str(table).splitlines()[7].startswith("Reverse adjoint trace, ȳ = 0.5")
    assert table.derivative_of("x")[0].value == 3.0


def test_digits_change_the_display_only() -> None:
    t = autodiff.trace(survey, 2, 5)
    assert t.reverse(digits=1).derivative_of("x2")[0].shown == "1.7"
    assert t.reverse(digits=1).derivative_of("x2")[0].value == t.gradient()[1]


def test_rounding_that_leaves_no_value_is_reported() -> None:
    table = autodiff.trace(lambda x: autodiff.ln(x - 1), 1.04).forward(digits=1)
    assert [slip.from_rounded for slip in table.rounding] == ["0", "no value", "no value"]


def test_unknown_rows_and_arrays_are_refused() -> None:
    with pytest.raises(TraceError, match="no row for 'v9'"):
        autodiff.trace(survey, 2, 5).reverse().value_of("v9")
    with pytest.raises(TraceError, match="shows numbers"):
        autodiff.trace(lambda x: autodiff.sum(x), np.ones(2)).forward()
    for wrong in ({"digits": -1}, {"digits": 2.5}, {"labels": "w"}):
        with pytest.raises(TraceError, match="cannot be made"):
            autodiff.trace(survey, 2, 5).reverse(**wrong)


# Renderings


def test_text_columns_line_up() -> None:
    for part in str(autodiff.trace(survey, 2, 5).reverse(digits=3)).split("\n\n"):
        _, head, rule, *rows = part.splitlines()
        starts = [match.start() for match in re.finditer("-+", rule)]
        for row in (head, *rows):
            plain = "".join(character for character in row if character not in "\u0304\u0307")
            assert all(start == 0 or plain[start - 1 : start] in ("", " ") for start in starts)
            assert plain[starts[-1]] in "=v"


def test_html_reads_without_a_script() -> None:
    page = autodiff.trace(survey, 2, 5).reverse(digits=3)._repr_html_()
    assert page.startswith('<div class="trace-table"><div tabindex="0"><table><caption>')
    assert (
        re.findall(r"<(?:td|th|caption)\b[^>]*>(?!<div align=\"left\">|</td>)", page) == []
    )  # each is flush left
    assert not re.search(r"\bstyle=|<style", page)
    assert "<var>v̄</var><sub>−1</sub>" in page
    assert "∂<var>v</var><sub>5</sub>/∂<var>v</var><sub>4</sub>" in page
    assert page.count("<table>") == page.count("</table>") == 2
    assert page.count("<tr>") == page.count("</tr>") == 1 + 8 + 1 + 11
    assert "<script" not in page and "$" not in page


def test_html_escapes_and_raises_powers() -> None:
    page = autodiff.trace(lambda x: autodiff.relu(x) ** 2, 3).forward()._repr_html_()
    assert "[<var>v</var><sub>0</sub> &gt; 0]" in page
    assert "<var>v</var><sub>1</sub><sup>2</sup>" in page


def test_latex_of_the_rows() -> None:
    table = autodiff.trace(survey, 2, 5).reverse(digits=3)
    assert table.latex.count(r"\begin{array}") == table.latex.count(r"\end{array}") == 3
    assert r"v_{5} & = v_{4} - v_{3} & = 10.693 - \left(-0.959\right) & = 11.652" in table.latex
    assert r"\bar{v}_{5} \cdot \frac{\partial v_{5}}{\partial v_{4}}" in table.latex
    assert r"\text{Reverse adjoint trace},\ \bar{y} = 1" in table.latex
