"""Answers and their work in text and in formulas."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import pytest
from support.notebook_files import ROOT

from nnutils.autodiff import trace
from nnutils.book.variants import (
    answer_markup,
    asked_without_typing,
    chosen_parts,
    variants_of,
    work_chains,
    work_text,
)
from nnutils.book.variants.working import MOST_ROWS
from nnutils.core.worked import Worked
from nnutils.practice import Answer, Asked


@pytest.mark.parametrize(
    ("answer", "markup"),
    [
        (Worked(55, "height") * 55, "$3{,}025$"),
        (Fraction(103, 100), "$1.03$"),
        (Fraction(-352, 131), r"$-\frac{352}{131}$ ≈ $-2.68702$"),
        (-1.25e-9, r"$-1.25 \cdot 10^{-9}$"),
        (False, "no"),
        ("-P_j * P_i", "`-P_j * P_i`"),
        ((Fraction(1, 2), Fraction(1, 3)), r"$(\frac{1}{2}, \frac{1}{3})$"),
        ((0.5, Fraction(-57, 50)), "$(0.5, -1.14)$"),
        ((7,), "$(7,)$"),
        ((True, False), "yes, no"),
        (((1, 2), (3,)), "$(1, 2)$, $(3,)$"),
        (((Fraction(1, 2), 2),), r"$\begin{pmatrix} 0.5 & 2 \end{pmatrix}$"),
        ((((1,),), ((2,),)), r"$\begin{pmatrix} 1 \end{pmatrix}$, $\begin{pmatrix} 2 \end{pmatrix}$"),
    ],
)
def test_answers_are_typeset(answer: Answer, markup: str) -> None:
    assert answer_markup(answer) == markup


def test_a_word_is_no_code_and_a_long_row_may_break() -> None:
    assert answer_markup("with reduction", words=True) == "with reduction"
    row = answer_markup(tuple(float(f"{n}.123456") for n in range(12)))
    assert row.count("$") == 24 and row.startswith("($0.123456$, $1.12346$")


def test_the_work_has_a_line_for_each_named_result() -> None:
    units = (Worked(96, "channels") * Worked(55, "height")).named("units")
    asked = Asked("n", "connections", "a", units * 363)
    assert (
        work_text(asked)
        == "units = channels · height = 96 · 55 = 5,280; units · 363 = 5,280 · 363 = 1,916,640"
    )
    assert [chain[-1] for chain in work_chains(asked)] == [
        ("5,280", "5{,}280"),
        ("1,916,640", "1{,}916{,}640"),
    ]


def test_a_row_of_a_trace_table_is_work() -> None:
    row = trace(lambda x: x * x, 3).reverse().derivative_of("x")[-1]
    asked = Asked("slope", "the slope", "a", 6.0, work=row)
    assert work_text(asked).endswith("= 6") and work_chains(asked)[0][0][0] != ""


def test_the_rows_that_a_row_uses_stand_above_it_each_once() -> None:
    table = trace(lambda x: (x + 1) * (x + 1) + (x + 1), 3).forward()
    asked = Asked("y", "y", "a", 20.0, work=table.value_of("y"))
    chains = work_chains(asked)
    text = work_text(asked)
    assert len(set(chains)) == len(chains) and text.endswith("= 20")
    known: set[str] = set()
    for chain in chains:
        used = set(re.findall(r"[vx][₋₀-₉]*", chain[1][0])) if len(chain) > 2 else set()
        assert used <= known | {"x"}, (chain, known)
        known.add(chain[0][0])
    assert len(known) > 3, "more than the last row"
    assert work_chains(asked, chains[:-1]) == chains[-1:], "what stands above is not repeated"


def test_a_long_table_is_not_work_to_read() -> None:
    def chain(x: Any, steps: int) -> Any:
        for _ in range(steps):
            x = x * 2
        return x

    for steps in (MOST_ROWS - 2, MOST_ROWS + 4):
        row = trace(lambda x, steps=steps: chain(x, steps), 1).forward().value_of("y")
        asked = Asked("y", "y", "a", 2.0**steps, work=row)
        whole = work_chains(asked, most=None)
        assert len(whole) >= steps and work_chains(asked) == (whole if steps < MOST_ROWS else [])


def test_the_work_of_a_tuple_is_that_of_its_entries_each_once() -> None:
    half = Worked(1, "a") / 2
    asked = Asked("pair", "both", "a", (Fraction(1, 2), 5, Fraction(1, 2)), work=(half, None, half))
    assert work_text(asked) == "a / 2 = 1 / 2 = 1/2"
    assert work_text(Asked("n", "n", "a", 5)) == ""


def test_how_to_type_is_nowhere_on_paper() -> None:
    """No question of the book keeps a word on separators, or on the signs of typed formulas."""
    for part in chosen_parts(root=ROOT):
        for variant in variants_of(part, None, ROOT):
            for quantity in variant.asked:
                text = asked_without_typing(quantity.text)
                assert not re.search(r"separated|[@;|]$|\.T\b|@ |\* goes|by [;|]", text), text
                assert text == text.rstrip(" ,;")
    assert asked_without_typing("y1; y2 of all *rows*") == "y1; y2 of all *rows*"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a formula in v: each W a matrix, @ the matrix product", "a formula in v: each W a matrix"),
        ("in x; * goes entry by entry, @ is the matrix product, .T transposes", "in x"),
        ("a block, entries separated by commas, rows by ;, blocks by |", "a block"),
    ],
)
def test_the_words_on_typing_go_and_the_others_stay(text: str, words: str) -> None:
    assert asked_without_typing(text) == words
