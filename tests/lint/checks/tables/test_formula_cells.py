"""Formulas of spreadsheet cells, each with its value beside it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from nnutils.lint import lint
from nnutils.lint.values.cell_formulas import cell_value
from nnutils.lint.values.interval import UndefinedError


def wrong(text: str, name: str = "a.txt") -> list[tuple[str, str]]:
    return [(one.stated, one.computed) for one in lint(text, name).wrong]


@pytest.mark.parametrize("mark", ["\t", " ; ", ";"])
def test_a_value_beside_its_formula(mark: str) -> None:
    rows = [("cell", "formula", "value"), ("units", "=64*42^2", "112896"), ("sum", "=SUM(17;4;25)", "64"),
            ("share", "=1/8", "12.5%"), ("root", "=SQRT(53)", "7.2801")]  # fmt: skip
    assert wrong("\n".join(mark.join(row) for row in rows)) == [("64", "46")]


def test_a_value_before_its_formula() -> None:
    assert wrong("c1;12;=3*4\nc2;20;=4*5\nc3;31;=5*6") == [("31", "30")]


@pytest.mark.parametrize("mark", ["`", '"', "'"])
def test_a_formula_in_quotation_marks(mark: str) -> None:
    rows = f"| a | b |\n|---|---|\n| {mark}=2*3{mark} | 7 |\n| {mark}=2*4{mark} | 8 |"
    assert wrong(rows, "a.md") == [("7", "6")]


def test_other_cells_beside_formulas_are_no_values() -> None:
    assert wrong("layer\tweights\tbiases\nc1\t=3*4\t3\nc2\t=4*5\t4\nc3\t=5*6\t5") == []


def test_cells_by_their_names() -> None:
    text = "a\tb\tformula\tvalue\n2\t3\t=A2*B2\t7\n4\t5\t=A3*B3\t20\n6\t7\t=A4*B4\t42\nall\t\t=SUM(D2:D4)\t69"
    assert wrong(text) == [("7", "6")]


def test_stars_of_a_formula_are_no_emphasis() -> None:
    text = "| a | formula | value |\n|---|---|---|\n| u | =3*4*5 | 61 |\n| v | `=64*42^2` | 112896 |\n"
    assert wrong(text, "a.md") == [("61", "60")]


def test_a_whole_number_that_a_cell_shows_may_be_rounded() -> None:
    assert wrong("a\t=7/2\t4\nb\t=1/3\t33%\nc\t=10/3\t4") == [("4", "3.33333")]


@pytest.mark.parametrize(
    ("stated", "verdicts"),
    [("50", []), ("49", ["suspicious"]), ("51", ["suspicious"]), ("52", ["wrong"]), ("48.9", ["wrong"])],
)
def test_up_to_two_per_cent_may_be_the_rounding_of_what_other_cells_show(
    stated: str, verdicts: list[str]
) -> None:
    text = f"a\tformula\tvalue\n0.5\t=A2*100\t{stated}\n0.25\t=A3*100\t25\n0.125\t=A4*100\t12.5"
    assert [one.verdict for one in lint(text, "a.txt").findings if one.verdict != "right"] == verdicts


@pytest.mark.parametrize(
    "formula",
    ["=9^9^9^9", "=(" * 200, "=FOO(3)", "=1/0", "=SQRT(-1)", "=A1+2", "=2 3", "3*4", "=SUM(A1:ZZ9999)"],
)
def test_what_has_no_value(formula: str) -> None:
    with pytest.raises(UndefinedError):
        cell_value(formula)


def test_as_spreadsheets_compute() -> None:
    found = [
        cell_value(one) for one in ("=-2^2", "=2^3^2", "=ROUND(-2,5;0)", "=LOG(100)", "=10%*50", "=MAX(3,7)")
    ]
    assert found == [4, 64, -3, 2, 5, 7]


def test_semicolons_in_prose_make_no_table() -> None:
    assert wrong("x = 1; y = 2; z = 4\nx = 2; y = 3; z = 4\n") == []


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=1,5*2", "3"),
        ("=SUM(1,5)", "6"),
        ("=SUM(1,5;2)", "3.5"),
        ("=2*(1+1)+1,5", "5.5"),
        ("=1,5+(2)", "3.5"),
    ],
)
def test_a_comma_is_that_of_decimals_but_between_arguments(formula: str, value: str) -> None:
    assert cell_value(formula) == Fraction(value)
