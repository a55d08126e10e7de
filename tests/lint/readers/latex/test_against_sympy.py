"""Numeric formulas of LaTeX have the same value for SymPy's reader of LaTeX and for ours."""

from __future__ import annotations

import math
import re
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnutils.lint.readers.latex import formula_strand
from nnutils.lint.readers.placed import placed, strand_text

pytest.importorskip("lark")  # SymPy warns of itself where it is missing
latex = pytest.importorskip("sympy.parsing.latex")
NAMES = {
    "ln": math.log,
    "exp": math.exp,
    "sqrt": math.sqrt,
    "floor": math.floor,
    "root": lambda n, a: a ** (1 / n),
}


def value_of(formula: str) -> float:
    """Return the value of plain notation, put into Python's by rules that know nothing of the reader."""
    text = (
        formula.replace("×", "*")
        .replace("·", "*")
        .replace("−", "-")
        .replace("^", "**")
        .replace("√(", "sqrt(")
    )
    text = text.replace("⌊", "floor(").replace("⌋", ")")
    text = re.sub(r"(\)|\d)\s*(?=\(|root|sqrt|ln|exp|floor)(?<!root)(?<!sqrt)", r"\1*", text)
    text = re.sub(r"\*\*\*", "**", text)
    assert re.fullmatch(r"[\d\s().,*+/\-a-z]*", text), text
    return float(eval(text, {"__builtins__": {}}, NAMES))


def numbers() -> st.SearchStrategy[str]:
    return st.one_of(st.integers(1, 99).map(str), st.sampled_from(["0.5", "1.25", "3.0"]))


def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    two = st.tuples(inner, inner)
    return st.one_of(
        two.map(lambda p: rf"\frac{{{p[0]}}}{{{p[1]}}}"),
        two.map(lambda p: rf"\left( {p[0]} + {p[1]} \right)"),
        two.map(lambda p: rf"({p[0]}) \cdot ({p[1]})"),
        two.map(lambda p: rf"({p[0]}) \times ({p[1]})"),
        two.map(lambda p: rf"({p[0]}) - ({p[1]})").map(lambda t: f"({t})"),
        inner.map(lambda a: rf"\sqrt{{{a}}}"),
        inner.map(lambda a: rf"\sqrt[3]{{{a}}}"),
        inner.map(lambda a: rf"({a})^{{2}}"),
        inner.map(lambda a: rf"({a})^3"),
        inner.map(lambda a: rf"\ln\left({a}\right)"),
        inner.map(lambda a: rf"\lfloor {a} \rfloor"),
    )


FORMULAS = st.recursive(numbers(), larger, max_leaves=6)


@settings(max_examples=40, deadline=None)
@given(formula=FORMULAS)
def test_numeric_formulas(formula: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = latex.parse_latex(formula, backend="lark")
    try:
        expected = complex(theirs.evalf())
    except (TypeError, ValueError, AttributeError):
        return  # no number, such as a division by zero
    if expected.imag or not math.isfinite(expected.real) or abs(expected.real) > 1e12:
        return
    try:
        ours = value_of(strand_text(formula_strand(placed(formula))[0]))
    except (ValueError, ZeroDivisionError, OverflowError, TypeError):
        return
    assert math.isclose(ours, expected.real, rel_tol=1e-9, abs_tol=1e-9), formula
