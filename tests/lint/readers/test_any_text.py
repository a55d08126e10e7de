"""Whatever a file holds, a reader gives a sheet whose places lie in it, or says what is wrong with it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnutils.core.errors import LintError
from nnutils.lint.readers import read_sheet
from nnutils.lint.sheets import Sheet

WORDS = (
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
SOUP = st.lists(st.sampled_from([*WORDS, " ", "  ", "\n", "\n\n", "    "]), max_size=40).map(
    lambda w: "".join(w)
)
ANY = st.one_of(SOUP, st.text(max_size=200))


def read(source: str | bytes, name: str) -> Sheet | None:
    try:
        return read_sheet(source, name)
    except LintError:
        return None


def check(sheet: Sheet) -> None:
    for piece in sheet.pieces():
        assert all(0 <= place < len(sheet.source) for place in piece.places)
        assert all(0 <= start < end <= len(piece.text) for start, end in piece.formulas)
        if (
            not piece.formulas
            and "_" not in piece.text
            and "^" not in piece.text
            and "\N{COMBINING ACUTE ACCENT}" not in piece.text
        ):
            assert list(piece.places) == sorted(piece.places)
        start, end = piece.span(0, len(piece.text))
        assert sheet.where(start).line >= 1 and sheet.where(end).column >= 1


@pytest.mark.parametrize("name", ["a.md", "a.txt", "a.tex", "a.html"])
@settings(max_examples=150, deadline=None)
@given(source=ANY)
def test_any_text(name: str, source: str) -> None:
    sheet = read(source, name)
    if sheet is not None:
        check(sheet)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["markdown", "code", "raw"]), SOUP, SOUP), max_size=3))
def test_any_notebook(cells: list[tuple[str, str, str]]) -> None:
    made = [
        {"cell_type": kind, "source": source, "outputs": [{"text": shown}, {"data": {"text/html": shown}}]}
        for kind, source, shown in cells
    ]
    for ascii_only in (True, False):
        sheet = read(json.dumps({"cells": made}, ensure_ascii=ascii_only), "a.ipynb")
        if sheet is not None:
            check(sheet)


@pytest.mark.parametrize("name", ["a.md", "a.ipynb", "a.pdf", "a.tex"])
@settings(max_examples=40, deadline=None)
@given(source=st.binary(max_size=100))
def test_any_bytes(name: str, source: bytes) -> None:
    if sheet := read(source, name):
        check(sheet)
