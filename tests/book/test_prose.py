"""Sentences with computed figures: what is shown is the value, and what cannot be shown is named."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnutils import Worked
from nnutils.autodiff import trace
from nnutils.book.prose import ProseError, figures, holds, render, without_markup

NAMES: dict[str, Any] = {
    "n": 34848,
    "minus": -5,
    "share": 0.256,
    "third": Fraction(1, 3),
    "one": Fraction(2, 2),
    "word": "conv1",
    "weights": (Worked(96) * 363).named("weights"),
    "table": {"a:b": [1, 2, 3]},
    "array": np.zeros((1000, 1000)),
    "nan": float("nan"),
    "yes": True,
    "nothing": None,
    "np": np,
}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("no figure at all", "no figure at all"),
        ("{{ n }} and {{n:,}}", "34848 and 34,848"),
        ("{{ minus }}, {{ minus:+d }}, {{ -share:.1f }}", "−5, −5, −0.3"),
        ("{{ share:.1%}} is {{ third }} or {{ one }}", "25.6% is 1/3 or 1"),
        ("{{ table['a:b'][1:][0] }} of {{ len(table['a:b']):d }}", "2 of 3"),
        ("{{ {'a': 1}['a'] }} in {{ word }}, {{ word:>7}}|", "1 in conv1,   conv1|"),
        ("{{ f'{n:,}' }} and {{ '}}' }}", "34,848 and }}"),
        ("{{ np.int64(7) }} {{ np.float64(0.5):.2f }}", "7 0.50"),
        ("{{ n if n > 5 else (lambda: 0)() }}", "34848"),
        (r"$\frac{1}{2}$, \{{ n }} and {x}", r"$\frac{1}{2}$, {{ n }} and {x}"),
        (
            "{{ -0.0:.2f }} {{ -0.001:.2f }} {{ np.float64(-0.0):.1e }} {{ -0.01:.2f }}",
            "0.00 0.00 0.0e+00 −0.01",
        ),
    ],
)
def test_figures_are_shown_with_their_format(text: str, shown: str) -> None:
    assert render(text, NAMES) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"$w = {{ weights }}$", r"$w = 34{,}848$"),
        (r"$x = {{ third }}$ and {{ third }}", r"$x = \frac{1}{3}$ and 1/3"),
        (r"$${{ -n }}$$ then {{ n:,}}", r"$$-34{,}848$$ then 34,848"),
        (r"${{ share:.1%}}$", r"$25.6\%$"),
        (r"${{ -0.0:.2f }}$ and ${{ -0.004:.2f }}$", "$0.00$ and $0.00$"),
        (r"${{ 1.5e-9:.1e}}$", r"$1.5 \cdot 10^{-9}$"),
        (r"costs \$5 and {{ third }}", r"costs \$5 and 1/3"),
        (r"{{ '$' + word }} costs {{ third }}", "$conv1 costs 1/3"),
    ],
)
def test_inside_dollar_signs_a_figure_is_latex(text: str, shown: str) -> None:
    assert render(text, NAMES) == shown


def test_what_has_latex_of_its_own_uses_it_in_a_formula() -> None:
    rule = trace(lambda x: x * x, 3).rules()["x"]
    assert render("$x = {{ rule.formula }}$", {"rule": rule}) == f"$x = {rule.formula.latex}$"


def test_a_worked_number_shows_its_work_in_text() -> None:
    page = render("It has {{ weights }}, or {{ weights:.1e}}.", NAMES)
    assert re.findall(r'title="([^"]*)">([^<]*)<', page) == [
        ("weights = 96 · 363 = 34,848", "34,848"),
        ("weights = 96 · 363 = 34,848", "3.5e+04"),
    ]
    assert without_markup(page) == "It has 34,848, or 3.5e+04."


@pytest.mark.parametrize(
    ("text", "problem", "remedy"),
    [
        (
            "It has {{ weigths }}.",
            r"needs the name 'weigths', which does not exist here",
            "Did you mean weights",
        ),
        ("It has {{ qqqq }}.", "needs the name 'qqqq'", "Define it in a cell above"),
        ("It has {{ n .", "is not closed", "Write }} behind it"),
        ("It has {{ (n }}.", "is not closed", "Write }} behind it"),
        ("It has {{ }}.", "is empty", "Write an expression"),
        ("It has {{ share }}.", "a float needs a format", "a float with a format"),
        ("It has ${{ share }}$.", "a float needs a format", "a float with a format"),
        ("It has {{ array }}.", "is not a number or text", "A figure is text"),
        ("It has {{ table }}.", "is not a number or text", "A figure is text"),
        ("It has {{ yes }}.", "is not a number or text", "A figure is text"),
        ("It has {{ nothing:d }}.", "is not a number or text", "A figure is text"),
        ("It has {{ nan:.1f }}.", "is not finite", "A figure is text"),
        ("It has {{ n:q }}.", "Unknown format code", "A figure is text"),
        ("It has {{ 1 / 0 }}.", "fails: ZeroDivisionError", "in a cell of its own"),
        ("It has {{ n +  }}.", "is not an expression", "A format comes after a colon"),
    ],
)
def test_what_cannot_be_shown_is_named_with_its_sentence(text: str, problem: str, remedy: str) -> None:
    with pytest.raises(ProseError, match=problem) as caught:
        render(f"A first line.\n{text}\n", NAMES)
    assert caught.value.where.startswith("line 2: It has")
    assert remedy in caught.value.remedy
    assert len(str(caught.value)) < 400


@given(st.text(st.characters(exclude_characters="{}\\$"), max_size=30), st.integers(-(10**9), 10**9))
def test_text_around_a_figure_is_left_alone(text: str, n: int) -> None:
    assert render(f"{text}{{{{ n }}}}{text}", {"n": n}) == f"{text}{str(n).replace('-', '−')}{text}"
    assert len(figures(f"{text}{{{{ n }}}}{text}")) == 1


def test_a_condition_decides_whether_a_sentence_is_shown() -> None:
    assert holds("if margin > 0", {"margin": 2}) and not holds(" if not margin > 0", {"margin": 2})
    assert holds("", {}) and holds("  ", {})


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("unless x", "%%prose does not understand 'unless x'"),
        ("if", "%%prose does not understand 'if'"),
        ("if margn > 0", "needs the name 'margn', which does not exist here"),
        ("if margin >", "is not an expression"),
        ("if margin / 0", "ZeroDivisionError"),
    ],
)
def test_a_condition_that_cannot_be_is_an_error(line: str, problem: str) -> None:
    with pytest.raises(ProseError, match=re.escape(problem)):
        holds(line, {"margin": 2})


def test_a_dollar_in_an_expression_does_not_make_the_rest_a_formula() -> None:
    assert render("${{ name }}$ has {{ n:,}} and {{ '$' }} {{ n:,}}", {"name": "O", "n": 18750}).endswith(
        "18,750"
    )
    assert render("${{ name }}$ has {{ n:,}}", {"name": "O", "n": 18750}) == "$O$ has 18,750"
