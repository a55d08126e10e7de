"""Words for lists, counts and sizes, and matrices as LaTeX."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from nnutils.core import bmatrix, counted, listed, pmatrix, side_by_side
from nnutils.core.errors import NNUtilsError


@pytest.mark.parametrize(
    ("words", "text"),
    [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c"), ("abcd", "a, b, c and d")],
)
def test_words_are_listed_as_in_a_sentence(words: Any, text: str) -> None:
    assert listed(words) == text
    assert listed(iter(words), "or") == text.replace("and", "or")


def test_what_is_listed_need_not_be_text() -> None:
    assert listed(range(3)) == "0, 1 and 2"
    assert listed({"conv1": 0, "conv2": 0}) == "conv1 and conv2"


@pytest.mark.parametrize("nothing", [[], "", iter(())])
def test_an_empty_list_has_no_words(nothing: Any) -> None:
    with pytest.raises(NNUtilsError, match="no words to list.\n  Leave the sentence out"):
        listed(nothing)


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0 outputs"), (1, "1 output"), (2, "2 outputs"), (4096, "4096 outputs")]
)
def test_only_one_is_counted_in_the_singular(number: int, text: str) -> None:
    assert counted(number, "output") == text


def test_a_plural_may_be_irregular() -> None:
    assert [counted(n, "class", "classes") for n in (0, 1, 2)] == ["0 classes", "1 class", "2 classes"]
    assert counted(2, "sheep", "sheep") == "2 sheep"


def test_thousands_are_separated_where_asked() -> None:
    assert [counted(n, "unit", spec=",") for n in (1, 999, 290400)] == [
        "1 unit",
        "999 units",
        "290,400 units",
    ]


def test_sizes_stand_side_by_side() -> None:
    assert [side_by_side(sizes) for sizes in ([3], (3, 5), (3, 227, 227))] == ["3", "3 × 5", "3 × 227 × 227"]
    assert side_by_side((3, 5), "×") == "3×5"


@pytest.mark.parametrize("kind", [list, tuple, np.array])
def test_a_matrix_is_written_row_by_row(kind: Any) -> None:
    rows = kind([[4.1, -5.0, 0.8], [-0.9, -4.0, 0.123456789]])
    assert pmatrix(rows) == r"\begin{pmatrix} 4.1 & -5 & 0.8 \\ -0.9 & -4 & 0.123457 \end{pmatrix}"
    assert bmatrix(rows, 3) == r"\begin{bmatrix} 4.1 & -5 & 0.8 \\ -0.9 & -4 & 0.123 \end{bmatrix}"


@pytest.mark.parametrize(
    "column", [[0.5, -1.0], [[0.5], [-1.0]], np.array([0.5, -1.0]), (x for x in (0.5, -1))]
)
def test_numbers_alone_stand_in_a_column(column: Any) -> None:
    assert pmatrix(column) == r"\begin{pmatrix} 0.5 \\ -1 \end{pmatrix}"


def test_exact_numbers_stay_exact() -> None:
    text = r"\begin{pmatrix} 12{,}345{,}678 & -\frac{1}{3} & 7 \end{pmatrix}"
    assert pmatrix([[12_345_678, Fraction(-1, 3), np.int64(7)]]) == text


def test_small_numbers_and_zeros_have_no_e_and_no_minus() -> None:
    text = r"\begin{pmatrix} 1.5 \cdot 10^{-7} & 0 & 0.25 \end{pmatrix}"
    assert pmatrix([[1.5e-7, -0.0, np.float32(0.25)]]) == text


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "without numbers"),
        ([[], []], "without numbers"),
        ([[1, 2], [3]], "different lengths: 2, 1"),
        ([[1, 2], 3], "different lengths: 2, 1"),
        ([[1, "2"]], "'2' is not a number"),
        ([[1, None]], "None is not a number"),
        ([float("nan")], "nan is not a number"),
        ([[[1, 2]]], "is not a number"),
    ],
)
def test_what_is_no_matrix_is_refused(rows: Any, message: str) -> None:
    with pytest.raises(NNUtilsError, match=message):
        pmatrix(rows)
