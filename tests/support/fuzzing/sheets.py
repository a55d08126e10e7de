"""Sheets for Hypothesis: pieces of every markup in any order, and sums whose truth is known."""

from __future__ import annotations

from hypothesis import strategies as st
from support.fuzzing.expressions import exact_value, trees, written

__all__ = ["any_text", "soup", "sums"]

_WORDS = (
    r"\frac \sqrt \sqrt[3] \left( \right) \left. \begin{align} \end{align} \begin{cases} "
    r"\end{cases} \begin{array}{cc} "
    r"\end{array} \text \mathrm \underbrace _ ^ ^{(2)} _{i} { } {} $ $$ \( \) \[ \] & \\ \\[2pt] "
    r"\quad \, {,} \times \cdot "
    r"\ln \sum \overset \xrightarrow \num \SI \verb|x| \newcommand{\a}[1]{#1+#1} \a \section "
    r"\item \caption \begin{tabular}{l} "
    r"\end{tabular} \hline \multicolumn{2}{c} \footnote \over \choose \not \dot \label{x} \% \$ "
    r"\# ' '' % 12 3,456 1.5 x h_1 "
    "= ≈ < > + - * ** *** _ __ ` `` ``` ~~~ ~~ # ## - 1. | |---|---| [a](b) ![ ]( [^1] <b> </b> "
    "<sup> </sup> <table> <tr> "
    "<td> </table> <math> <mfrac> <mn> </mn> </mfrac> </math> <!-- --> <pre> &times; &#3; & "
    "{math}` ::: :::{note} ```{math} "
    "--- === ---- ---- (a)= ² ₁ \u202e \r \r\n \n \n\n \t \ud800 \0x \N{EM SPACE} � é 𝑥"
).split(" ")

soup: st.SearchStrategy[str] = st.lists(
    st.sampled_from([*_WORDS, " ", "  ", "\n", "\n\n", "    "]), max_size=40
).map("".join)
"""Pieces of LaTeX, Markdown, HTML, reStructuredText and arithmetic, in any order."""

any_text: st.SearchStrategy[str] = st.one_of(soup, st.text(max_size=200))

_ASCII = {"^": "**"}
_SET = {"*": "×", "neg": "−", "-": "−"}
_LATEX = {"*": r" \cdot "}


@st.composite
def sums(draw: st.DrawFn) -> tuple[str, str, bool | None]:
    """Draw a sheet with one sum in whole numbers, the end of its name, and whether the sum holds.

    None where it has no whole value of less than ten digits, or a power in it.
    """
    part = trees(operators="+ - *", leaves=3)
    tree = (draw(st.sampled_from("+-*")), draw(part), draw(part))
    value = exact_value(tree)
    off = draw(st.sampled_from([0, 0, 1, -1, 7, 90]))
    space = draw(st.sampled_from(["", " "]))
    name, signs, before, after = draw(
        st.sampled_from(
            [
                ("txt", _ASCII, "", ""),
                ("md", _SET, "The layer has ", " weights."),
                ("md", _LATEX, "$", "$"),
                ("tex", _LATEX, r"\( ", r" \)"),
                ("html", _ASCII, "<p>", "</p>"),
                ("rst", _SET, "It is ", "."),
            ]
        )
    )
    plain = isinstance(value, type(exact_value(("number", "1")))) and value.denominator == 1
    if not plain or abs(value) >= 10**9 or "^" in str(tree):
        return f"{before}{written(tree, signs, space)} = 1{after}", name, None
    stated = str(int(value) + off).replace("-", signs.get("neg", "-"))
    return f"{before}{written(tree, signs, space)} = {stated}{after}", name, not off
