"""Mathematics of LaTeX in plain notation, with the place of each character."""

from __future__ import annotations

import pytest

from nnutils.lint.readers.latex.mathematics import formula_strand, words_strand
from nnutils.lint.readers.latex.units import quantity
from nnutils.lint.readers.placed import Writer, placed, strand_text

FORMULAS = {
    # fractions, roots, binomials
    r"\frac{a}{b}": "((a)/(b))",
    r"\frac12 + \dfrac 3 4": "((1)/(2)) + ((3)/(4))",
    r"\tfrac{ 1 }{\cfrac{2}{3}}": "((1)/(((2)/(3))))",
    r"{a + 1 \over b}": "((a + 1)/(b))",
    r"\sqrt[3]{27}\sqrt2": "root(3, 27)√(2)",
    r"\binom{n}{k} = {n \choose k}": "binom(n, k) = binom(n, k)",
    # scripts
    r"x^{2}_1 + x_{12}y": "x_1^(2) + x_{12}y",
    r"x_1x_2": "x_1 x_2",
    r"x_12": "x_1 2",
    r"10^{-3} \cdot 2^{10}": "10^(−3) · 2^(10)",
    r"W_{\text{in}}": "W_{in}",
    r"\sum_{i=1}^{n} i^2": "∑_{i=1}^(n) i^(2)",
    r"\sum^{n}_{i=1}": "∑_{i=1}^(n)",
    r"\sum\limits_{j}": "∑_j",
    r"f''(x) + f^{\prime}(x)": "f''(x) + f'(x)",
    r"90^\circ": "90°",
    r"5^{th}": "5th",
    r"A^\top B^T": "A^(⊤) B^(T)",
    # an index in brackets is no power
    r"\omega_{kj}^{(2)} + h^{[1]}": "ω_{kj}_{(2)} + h_{[1]}",
    r"w^{(2)T}": "w_{(2)}^(T)",
    r"10^{(2)}": "10^((2))",
    # numbers
    r"10\,542\,972 = 1{,}000": "10\N{THIN SPACE}542\N{THIN SPACE}972 = 1,000",
    r"5\,m": "5 m",
    r"5\%": "5%",
    r"\num{1.5e-3} + \num{12345}": "1.5e-3 + 12345",
    r"\SI{5}{\mega\byte}": "5 MB",
    r"\SIrange{1}{2}{\metre\per\second}": "1 to 2 m/s",
    r"\qty[round-mode=places]{3}{\percent}": "3 %",
    # an accent on nothing
    r"a\bar{\,}b + \hat{ } x + \tilde{\ }2": "ab + x + 2",
    # signs
    r"55 \times 55 * 96 \cdot 2 \ast 3": "55 × 55 * 96 · 2 * 3",
    r"a \approx b \leq c \neq d \Rightarrow e \to f": "a ≈ b ≤ c ≠ d ⇒ e → f",
    r"\not= \not\in": "≠ ∉",
    r"a - b": "a − b",
    r"\# \text{weights}": "# weights",
    r"1 + 2 + \dots + n": "1 + 2 + … + n",
    # brackets
    r"\left\lfloor \frac{n}{2} \right\rfloor + \bigl( 1 \bigr)": "⌊((n)/(2)) ⌋ + ( 1 )",
    r"\left. x \right|": "x |",
    # words
    r"2\ln x\ln2": "2 ln x ln 2",
    r"2\ln{x+1}": "2ln(x+1)",
    r"\text{Relu}(x)": "Relu(x)",
    r"3\text{units} \operatorname{softmax}x": "3 units softmax x",
    r"\mathbf{x} + \mathrm{d}x": "x + dx",
    r"\operatorname*{argmax}_{i}": "argmax_i",
    # accents
    r"\dot{v}_{-1} + \bar x + \tilde{\omega}": "v\u0307_{−1} + x\u0304 + ω\u0303",
    # things that only look
    r"\boxed{\color{red} 5} \cancel{3} \textcolor{blue}{4}\phantom{7}": "5 3 4",
    r"x = 5 \label{eq:a} \tag{3} \nonumber": "x = 5 ",
    r"\displaystyle 3\!4": "34",
    # beside each other
    r"a = 1 \quad b = 2": "a = 1 \N{EM SPACE}b = 2",
    # grids
    r"\begin{bmatrix} -1 & 1 \\ 0 & 2 \end{bmatrix}": "[−1, 1; 0, 2]",
    r"\left[\begin{array}{cc} 1&2\\\hline 3&4\end{array}\right]": "[1, 2; 3, 4]",
    r"f = \begin{cases} x & x>0 \\ 0 & \text{else}\end{cases}": "f = { x, x>0; 0, else }",
    r"\left\{\begin{array}{ll} x & 1 \\ 0 & [2]\end{array}\right.": "{ x, 1; 0, [2] }",
    r"\begin{aligned} a &= b \\[2pt] &= c \\ \end{aligned}": "a = b\n= c",
    r"\begin{alignedat}{2} a &= b & c &= d \end{alignedat}": "a = b \N{EM SPACE}c = d",
    # not closed
    r"\frac{1}{": "((1)/())",
    r"\begin{aligned} a &= 3 \\ &= \tanh \ ": "a = 3\n= tanh",
    r"a } b \end{x} \right) c": "a b c",
}


@pytest.mark.parametrize(("source", "expected"), FORMULAS.items(), ids=FORMULAS)
def test_formula_in_plain_notation(source: str, expected: str) -> None:
    assert strand_text(formula_strand(placed(source))[0]) == expected


@pytest.mark.parametrize(
    ("source", "expected", "labels"),
    [
        (r"\underbrace{11 \cdot 3}_{= 33} + 1", "11 · 3 + 1", ["= 33"]),
        (r"a \xrightarrow[p = 2]{s = 1} 5", "a → 5", ["p = 2", "s = 1"]),
        (r"a \stackrel{(3)}{=} b", "a = b", ["(3)"]),
        (r"a \overset{!}{=} b", "a = b", []),
    ],
)
def test_labels_stand_apart(source: str, expected: str, labels: list[str]) -> None:
    strand, apart = formula_strand(placed(source))
    assert (strand_text(strand), [strand_text(label) for label in apart]) == (expected, labels)


def test_the_parts_of_a_range_stand_where_they_are_written() -> None:
    arguments = [placed("1.5", 10), placed("2e3", 20), placed(r"\mega\byte", 40)]
    signs = [(sign, place) for sign, place in quantity("SIrange", arguments) if sign in (" to ", " ")]
    assert signs == [(" to ", 20), (" ", 40)]
    assert quantity("ang", [placed("30", 7)])[-1] == ("°", 7)


def test_running_text_with_formulas() -> None:
    source = r"\textbf{Total:} $2 \times 3$ --- \emph{so} ``x'' \(y\) caf\'e, 3~$\times$~4\footnote{see $5$}"
    strand, apart = words_strand(placed(source))
    writer = Writer()
    writer.strand(strand)
    piece = writer.piece()
    assert piece.text == 'Total: 2 × 3 — so "x" y cafe\u0301, 3 × 4'
    assert [piece.text[start:end] for start, end in piece.formulas] == ["2 × 3", "y", "×"]
    assert [strand_text(part) for part in apart] == ["see 5"]


@pytest.mark.parametrize(
    ("source", "part", "stands"),
    [
        (r"a = \frac{12}{34} + 5", "12)/(34", "12}{34"),
        (r"a = \frac{12}{34} + 5", "((12)/(34))", r"\frac{12}{34"),
        (r"x_{10} = 5", "5", "5"),
        (r"96 \times 11 = 1056", "96 × 11 = 1056", r"96 \times 11 = 1056"),
        (r"\text{Total} = \num{1056}", "1056", "1056"),
    ],
)
def test_places_lead_back_to_the_source(source: str, part: str, stands: str) -> None:
    strand, _ = formula_strand(placed(source))
    writer = Writer()
    writer.formula(strand)
    piece = writer.piece()
    at = piece.text.index(part)
    start, end = piece.span(at, at + len(part))
    assert source[start:end] == stands


@pytest.mark.parametrize(
    "source",
    [
        "{" * 100_000,
        "\\frac" * 5_000,
        "\\sqrt[" * 5_000,
        "\\left(" * 5_000,
        "x^" * 10_000,
        "\\begin{a}" * 10_000,
        "$" * 20_000,
    ],
    ids=lambda source: source[:8],
)
def test_deep_nesting_is_unreadable_and_nothing_worse(source: str) -> None:
    strand, _ = formula_strand(placed(source))
    assert len(strand_text(strand)) <= 5 * len(source)
