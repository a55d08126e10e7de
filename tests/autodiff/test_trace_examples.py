"""Trace tables read as a reader would: every printed formula parsed, every derivative checked with SymPy.

The tables of two functions are compared row by row with values written by hand. For many more functions
SymPy parses the *printed* evaluation trace and differentiates it: that gives the tangent and the adjoint of
every row without the tape. torch and SymPy then differentiate the functions themselves.
"""

from __future__ import annotations

import dataclasses
import math
import re
import unicodedata
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import mpmath
import pytest
import sympy
import torch

from nnutils import autodiff
from nnutils.autodiff import Trace
from nnutils.autodiff.elementary import ELEMENTARY, OPERATORS
from nnutils.autodiff.trace_tables import Row
from nnutils.torch_bridge import autograd_gradients

SYMPY = SimpleNamespace(
    **{name: getattr(sympy, name) for name in ("exp", "sin", "cos", "tan", "tanh", "sqrt")},
    ln=sympy.log,
    arctan=sympy.atan,
    sigmoid=lambda x: 1 / (1 + sympy.exp(-x)),
    softplus=lambda x: sympy.log(1 + sympy.exp(x)),
    reciprocal=lambda x: 1 / x,
)
TORCH = SimpleNamespace(
    **{
        name: getattr(torch, name)
        for name in ("exp", "sin", "cos", "tan", "tanh", "sqrt", "sigmoid", "arctan")
    },
    ln=torch.log,
    softplus=torch.nn.functional.softplus,
    reciprocal=torch.reciprocal,
)


# The two functions of the assignment, row by row


def example(m: Any, x1: Any, x2: Any) -> Any:
    v1 = m.ln(x1)
    v2 = x1 * x2
    v3 = m.sin(x2)
    return v1 + v2 - v3


def question(m: Any, x1: Any, x2: Any) -> Any:
    v1 = x1 + x2
    v2 = x2 * x2
    v3 = 1 / v1
    v4 = m.cos(x1)
    return v3 + v2 + v4


def traced(function: Callable[..., Any], **at: float) -> Trace:
    return autodiff.trace(lambda *x: function(autodiff, *x), *at.values())


EXAMPLE = traced(example, x1=2, x2=5)
QUESTION = traced(question, x1=3, x2=6)
LN2, SIN3, COS3, SIN5, COS5 = math.log(2), math.sin(3), math.cos(3), math.sin(5), math.cos(5)

# (name of the variable, value), in the order of the rows
BY_HAND: dict[str, tuple[Callable[[], tuple[Row, ...]], list[tuple[str, float]]]] = {
    "example, values": (
        lambda: EXAMPLE.forward().primal.rows,
        [
            ("v-1", 2),
            ("v0", 5),
            ("v1", math.log(2)),
            ("v2", 10),
            ("v3", math.sin(5)),
            ("v4", math.log(2) + 10),
        ]
        + [(name, math.log(2) + 10 - math.sin(5)) for name in ("v5", "y")],
    ),
    "example, by x1": (
        lambda: EXAMPLE.forward(wrt=0).derivative.rows,
        [("v-1", 1), ("v0", 0), ("v1", 0.5), ("v2", 5), ("v3", 0), ("v4", 5.5), ("v5", 5.5), ("y", 5.5)],
    ),
    "example, by x2": (
        lambda: EXAMPLE.forward(wrt=1).derivative.rows,
        [
            ("v-1", 0),
            ("v0", 1),
            ("v1", 0),
            ("v2", 2),
            ("v3", COS5),
            ("v4", 2),
            ("v5", 2 - COS5),
            ("y", 2 - COS5),
        ],
    ),
    "example, adjoints": (
        lambda: EXAMPLE.reverse().derivative.rows,
        [("v5", 1), ("v4", 1), ("v3", -1), ("v1", 1), ("v2", 1), ("v0", -COS5), ("v-1", 5)]
        + [("v0", 2 - COS5), ("v-1", 5.5), ("x2", 2 - COS5), ("x1", 5.5)],
    ),
    "question, values": (
        lambda: QUESTION.forward().primal.rows,
        [("v-1", 3), ("v0", 6), ("v1", 9), ("v2", 36), ("v3", 1 / 9), ("v4", COS3), ("v5", 325 / 9)]
        + [(name, 325 / 9 + COS3) for name in ("v6", "y")],
    ),
    "question, by x1": (
        lambda: QUESTION.forward(wrt=0).derivative.rows,
        [("v-1", 1), ("v0", 0), ("v1", 1), ("v2", 0), ("v3", -1 / 81), ("v4", -SIN3), ("v5", -1 / 81)]
        + [(name, -1 / 81 - SIN3) for name in ("v6", "y")],
    ),
    "question, by x2": (
        lambda: QUESTION.forward(wrt=1).derivative.rows,
        [("v-1", 0), ("v0", 1), ("v1", 1), ("v2", 12), ("v3", -1 / 81), ("v4", 0)]
        + [(name, 12 - 1 / 81) for name in ("v5", "v6", "y")],
    ),
    "question, adjoints": (
        lambda: QUESTION.reverse().derivative.rows,
        [("v6", 1), ("v5", 1), ("v4", 1), ("v3", 1), ("v2", 1), ("v-1", -SIN3), ("v1", -1 / 81), ("v0", 6)]
        + [("v0", 12), ("v-1", -SIN3 - 1 / 81), ("v0", 12 - 1 / 81)]
        + [("x2", 12 - 1 / 81), ("x1", -SIN3 - 1 / 81)],
    ),
}


@pytest.mark.parametrize("table", BY_HAND)
def test_every_row_is_the_one_written_by_hand(table: str) -> None:
    make, expected = BY_HAND[table]
    rows = make()
    assert [row.name for row in rows] == [name for name, _ in expected]
    assert [row.value for row in rows] == pytest.approx(
        [value for _, value in expected], rel=1e-14, abs=1e-16
    )


@pytest.mark.parametrize("table", BY_HAND)
def test_the_last_column_is_rounded_to_four_decimals(table: str) -> None:
    make, expected = BY_HAND[table]
    shown = [float(row.shown.replace("−", "-")) for row in make()]
    assert shown == [float(f"{value:.4f}") for _, value in expected]


def test_the_remark_on_rounding_names_the_digit_that_rounded_operands_give() -> None:
    rounded = round(round(-1 / 81, 4) + round(-SIN3, 4), 4)
    assert rounded != round(-1 / 81 - SIN3, 4)
    for table in (QUESTION.forward(wrt=0), QUESTION.reverse()):
        assert {float(slip.from_rounded.replace("−", "-")) for slip in table.rounding} == {rounded}
    assert QUESTION.forward(wrt=1).rounding == ()  # 12 − 0.0123 has the right digits
    sum_of_printed = round(10.6931 + 0.9589, 4)
    assert {float(slip.from_rounded) for slip in EXAMPLE.forward().rounding} == {sum_of_printed}


# Further functions: what is printed, parsed and differentiated by SymPy


def newton(m: Any, x: Any, a: Any) -> Any:
    for _ in range(3):
        x = (x + a / x) / 2
    return x


def small_network(m: Any, x: Any, w: Any, b: Any) -> Any:
    def neuron(u: Any) -> Any:
        return m.tanh(w * u + b)

    return neuron(x) * neuron(-x) - neuron(2 * x)


FUNCTIONS: dict[str, tuple[Callable[..., Any], dict[str, float]]] = {
    "example": (example, {"x1": 2, "x2": 5}),
    "question": (question, {"x1": 3, "x2": 6}),
    "a variable used in every row": (lambda m, x: (x * x + x) / (x + 2) * x - x, {"x": 1.3}),
    "constants": (lambda m, x, y: 3 * x**2 - 4 * x + 0.5 - y / 8 - (2 - y), {"x": -1.5, "y": 0.25}),
    "division by an expression": (lambda m, x, y: x / (1 + y * y) - y / (x - 4), {"x": 1.7, "y": -0.6}),
    "nested functions": (lambda m, x: m.ln(m.sqrt(1 + m.exp(m.sin(x * x)))), {"x": 0.8}),
    "three inputs": (lambda m, x, y, z: x * y * z + m.sin(x * z) - z / y, {"x": 0.4, "y": -1.1, "z": 2.3}),
    "powers": (lambda m, x, y: x**1.5 * y**-2 - (x - y) ** 3, {"x": 2.1, "y": 3.2}),
    "a traced exponent": (lambda m, x, y: (1 + x * x) ** (y - x) + 2**y, {"x": 0.7, "y": 1.9}),
    "cancellation": (lambda m, x, y: (x + y) ** 2 - (x - y) ** 2, {"x": 1.25, "y": -0.4}),
    "a loop": (newton, {"x": 1.5, "a": 2.5}),
    "a helper called three times": (small_network, {"x": 0.3, "w": -1.2, "b": 0.5}),
    "cross-entropy": (
        lambda m, x, y, z: m.ln(m.exp(x) + m.exp(y) + m.exp(z)) - x,
        {"x": 0.1, "y": 1, "z": -2},
    ),
    "bell curve": (lambda m, x, s: m.exp(-((x / s) ** 2) / 2) / (s * 2.5), {"x": 0.9, "s": 1.4}),
    "minus signs": (lambda m, x, y: -(x - (-y)) - (y - x) * -x - -(x * -y), {"x": -1.6, "y": 0.35}),
    "angles": (lambda m, x, y: m.tan(x) * m.arctan(y) - m.cos(x) / m.sin(y), {"x": 0.6, "y": 1.2}),
    "gates": (lambda m, x, y: m.sigmoid(x) * m.softplus(y) + m.reciprocal(x - y), {"x": 0.2, "y": -1.1}),
    "a derivative of zero": (lambda m, x: m.sin(x) * m.sin(x) + m.cos(x) * m.cos(x), {"x": 0.9}),
}
every_function = pytest.mark.parametrize("case", FUNCTIONS)

_MARKS = {"\u0304": "bar", "\u0307": "dot"}
_DIGITS = str.maketrans("₋₀₁₂₃₄₅₆₇₈₉", "m0123456789")
_POWERS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_SIGNS = {"·": "*", "−": "-", "^": "**", "√": "sqrt", "σ": "sigmoid", "ln": "log", "arctan": "atan"}


def parse(text: str) -> sympy.Expr:
    """Read a printed formula as mathematics: v̄₋₁ becomes the symbol barvm1, 9² becomes 9**2."""
    text = unicodedata.normalize("NFD", text)
    text = re.sub(r"([a-z])([\u0304\u0307])", lambda match: _MARKS[match[2]] + match[1], text)
    text = re.sub("[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda match: f"**({match[0].translate(_POWERS)})", text)
    for printed, meant in _SIGNS.items():
        text = text.replace(printed, meant)
    known = {"sigmoid": SYMPY.sigmoid, "softplus": SYMPY.softplus}
    names = set(re.findall(r"\b(?:bar|dot)?[a-z]m?\d*\b", text.translate(_DIGITS)))
    known |= {name: sympy.Symbol(name) for name in names}
    return sympy.sympify(text.translate(_DIGITS), locals=known)


def test_formulas_are_read_as_printed() -> None:
    v1, v0, bar = sympy.Symbol("v1"), sympy.Symbol("v0"), sympy.Symbol("barvm1")
    assert parse("−v̄₋₁/v₁²") == -bar / v1**2
    assert parse("3 · (−0.5)² − v₀^(v₁ + 1)") == 0.75 - v0 ** (v1 + 1)
    assert parse("3 · −0.5²") == -0.75  # a bracket that is not printed is not there


def by_table(t: Trace) -> dict[str, float]:
    """Every value, every tangent in every direction, and every adjoint once it is complete."""
    found = {row.name: row.value for row in t.reverse().primal.rows}
    for x in t.inputs:
        found |= {f"∂{row.name}/∂{x}": row.value for row in t.forward(wrt=x).derivative.rows}
    return found | {f"adjoint of {row.name}": row.value for row in t.reverse().derivative.rows}


def number(expression: Any, at: dict[Any, Any]) -> Any:
    with mpmath.workdps(40):
        return sympy.lambdify(list(at), expression, "mpmath")(*at.values())


def by_sympy(t: Trace) -> dict[str, Any]:
    """The same from the printed evaluation trace alone, to 40 digits."""
    rows = t.reverse().primal.rows
    v = [parse(row.variable.text) for row in rows]
    formulas = [parse(row.formula.text) for row in rows if row.formula is not None]
    at: dict[Any, Any] = {sympy.Symbol(name): mpmath.mpf(value) for name, value in t.inputs.items()}
    inputs, expected, inlined = list(at), dict[str, Any](), dict[Any, Any]()
    for row, variable, formula in zip(rows, v, formulas, strict=True):
        expected[row.name] = at[variable] = number(formula, at)
        inlined[variable] = formula.subs(inlined)
        for x in inputs:
            expected[f"∂{row.name}/∂{x}"] = number(inlined[variable].diff(x), at)
    for i, row in enumerate(rows[:-1]):
        y = v[-1]
        for later in range(len(rows) - 1, i, -1):
            y = y.subs(v[later], formulas[later])
        expected[f"adjoint of {row.name}"] = number(y.diff(v[i]), at)
    return expected | {f"adjoint of {x}": expected[f"∂y/∂{x}"] for x in inputs}


def close(found: float, expected: Any) -> bool:
    return bool(found == pytest.approx(float(expected), rel=1e-12, abs=1e-14))


def disagreements(t: Trace) -> list[str]:
    found, expected = by_table(t), by_sympy(t)
    assert found.keys() == expected.keys()
    return [name for name, value in found.items() if not close(value, expected[name])]


@every_function
def test_every_tangent_and_every_adjoint_is_what_sympy_derives_from_the_print(case: str) -> None:
    function, at = FUNCTIONS[case]
    assert disagreements(traced(function, **at)) == []


@every_function
def test_every_printed_formula_and_its_numbers_give_the_printed_value(case: str) -> None:
    function, at = FUNCTIONS[case]
    t = traced(function, **at)
    for table in (t.reverse(digits=17), *(t.forward(wrt=x, digits=17) for x in t.inputs)):
        known: dict[Any, Any] = {sympy.Symbol(x): sympy.Float(value) for x, value in t.inputs.items()}
        known |= {sympy.Symbol(f"dot{x}"): 0 for x in t.inputs}
        assert table.derivative.seed is not None
        known[parse(table.derivative.seed[0].text)] = 1
        for row in (*table.primal.rows, *table.derivative.rows):
            assert row.formula is not None
            assert close(row.value, parse(row.formula.text).subs(known)), row.text
            assert row.numbers is None or close(row.value, parse(row.numbers.text)), row.text
            known[parse(row.variable.text)] = sympy.Float(row.value)


@every_function
def test_the_derivatives_are_those_of_sympy_and_of_torch(case: str) -> None:
    function, at = FUNCTIONS[case]
    t = traced(function, **at)
    letters = {name: sympy.Symbol(name) for name in at}
    exact = function(SYMPY, *letters.values())
    by_torch = autograd_gradients(lambda **x: function(TORCH, *x.values()), at)
    for (name, value), (found, slope) in zip(at.items(), t.gradients().items(), strict=True):
        expected = float(exact.diff(letters[name]).subs({letters[n]: sympy.Rational(str(at[n])) for n in at}))
        assert t.inputs[found] == value
        assert slope == pytest.approx(expected, rel=1e-10, abs=1e-14)
        assert slope == pytest.approx(float(by_torch[name]), rel=1e-10, abs=1e-14)
        assert t.forward(wrt=found).derivative_of("y")[0].value == pytest.approx(slope, rel=1e-12, abs=1e-14)


def test_a_vector_valued_function_through_several_calls() -> None:
    def sphere(m: Any, r: Any, a: Any, b: Any) -> tuple[Any, Any, Any]:
        return r * m.sin(a) * m.cos(b), r * m.sin(a) * m.sin(b), r * m.cos(a)

    at = {"r": 1.5, "a": 0.7, "b": -2.0}
    letters = sympy.symbols("r a b")
    jacobian = sympy.Matrix(sphere(SYMPY, *letters)).jacobian(letters).subs(at)
    for k in range(3):
        t = traced(lambda m, *x, k=k: sphere(m, *x)[k], **at)
        row = [float(entry) for entry in jacobian.row(k)]
        assert list(t.gradients().values()) == pytest.approx(row, rel=1e-13)
        by_column = [t.forward(wrt=j).derivative_of("y")[0].value for j in range(3)]
        assert by_column == pytest.approx(row, rel=1e-13)


# Wrong rules are seen

SLIPS: dict[str, tuple[str, tuple[Callable[..., Any], ...], str]] = {
    "sign of cos′": ("cos", (lambda x, y: ELEMENTARY["sin"].value(x),), "question"),
    "product rule with swapped factors": ("multiply", (lambda a, b, y: a, lambda a, b, y: b), "example"),
    "minus lost in a difference": ("subtract", (lambda a, b, y: 1, lambda a, b, y: 1), "example"),
    "divisor not squared": ("divide", (lambda a, b, y: 1 / b, lambda a, b, y: -a / b), "question"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_wrong_rule_is_caught(slip: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name, partials, case = SLIPS[slip]
    table = ELEMENTARY if name in ELEMENTARY else OPERATORS
    monkeypatch.setitem(table, name, dataclasses.replace(table[name], partials=partials))
    function, at = FUNCTIONS[case]
    assert disagreements(traced(function, **at))
