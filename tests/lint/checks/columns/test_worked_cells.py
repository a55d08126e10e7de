"""Results beside their working: which column is which, decimals with a comma, columns that are neither."""

from __future__ import annotations

import pytest

from nnutils.lint import lint


def wrong(*rows: str, name: str = "key.csv") -> list[tuple[int, str, str]]:
    """Return what is called wrong in a table: line, number, right value."""
    return [(one.line, one.stated, one.computed) for one in lint("\n".join(rows), name).wrong]


def test_a_wrong_result_is_found() -> None:
    assert wrong("q;w;a;p", "1;32*16*7*7;25088;3", "2;25088 + 32;25210;3", "3;4*25120;100480;1") == [
        (3, "25210", "25,120")
    ]


def test_a_table_of_markdown_is_read_alike() -> None:
    rows = (
        "| task | working | answer |",
        "|--|--|--|",
        "| a | 3·4 + 1 | 13 |",
        "| b | 5·6 + 1 | 32 |",
        "| c | 7·8 | 56 |",
    )
    assert wrong(*rows, name="a.md") == [(4, "32", "31")]


def test_decimals_may_have_a_comma() -> None:
    rows = (
        "q;working;a",
        "1;-ln(0,82);0,198",
        "2;0,4*(-2) + 0,8;0",
        "3;1/(1 + exp(-(-1,4)));0,918",
        "4;ln(20);2,996",
    )
    assert wrong(*rows) == [(4, "0,918", "0,198")]


@pytest.mark.parametrize(("answer", "found"), [("147", []), ("148", [(3, "148", "147")])])
def test_a_row_that_says_so_is_rounded_down(answer: str, found: list[tuple[int, str, str]]) -> None:
    rows = (
        "task;working;answer",
        "units;3*4*5;60",
        f"side (floor)?;(296 - 4 + 1)/2 + 1;{answer}",
        "all;2*60;120",
    )
    assert wrong(*rows) == found


def test_the_value_of_a_derivative_above_is_judged() -> None:
    rows = (
        "q;w;a",
        "Derivative of f(x) = 3x^2 + 2?;;f'(x) = 6x",
        "At x = 4?;f'(4);42",
        "b;2*3;6",
        "c;3*5;15",
    )
    assert wrong(*rows) == [(3, "42", "24")]


@pytest.mark.parametrize(
    "rows",
    [
        ("shape;pages;marks", "3x3;12;2", "5x5;14;3", "7x7;19;4"),
        ("from - to;room;n", "3-5;12;2", "5-9;14;3", "7-8;19;4"),
        ("layer;kernel;units", "a;3*3;12", "b;5*5;14", "c;7*7;19"),
    ],
)
def test_numbers_beside_other_things_are_left_alone(rows: tuple[str, ...]) -> None:
    assert not wrong(*rows)


def test_what_rounded_cells_give_is_not_wrong() -> None:
    rows = (
        "| v | working | value |",
        "|--|--|--|",
        "| 2.333 | 4 * 2.333 | 9.333 |",
        "| a | 2 * 3 | 6 |",
        "| b | 3 * 5 | 15 |",
    )
    assert not wrong(*rows, name="a.md")


def test_a_table_without_names_of_its_columns_has_its_first_row_judged() -> None:
    rows = [("192 · 48", "9,216"), ("3 · 3 · 48 · 48", "20,736"), ("48 · 192", "{}")]
    cells = "".join(f"<tr><td>{work}</td><td>{result}</td></tr>" for work, result in rows)
    page = f"<table>{cells}</table>"
    assert lint(page.format("9,216"), name="a.html").findings == ()
    assert len(lint(page.format("9,126"), name="a.html").wrong) == 1
    assert len(lint(page.format("9,216").replace("9,216", "9,126", 1), name="a.html").wrong) == 1
