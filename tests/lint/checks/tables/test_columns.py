"""Columns that a header computes from others, and numbers that stand in a sheet twice."""

from __future__ import annotations

import random

import pytest
from support.lint_tables import alarms, context_of, judged, verdicts

from nnutils.lint.checks.letters.operations import check_operations
from nnutils.lint.checks.tables.twins import check_twins


@pytest.mark.parametrize(
    ("table", "changed", "computed"),
    [
        ("| n | n² | 2n |\n| 3 | 9 | 6 |\n| 4 | 16 | 8 |\n| 12 | 144 | 24 |", ("144", "154"), "144"),
        ("| units | weights per unit | units × weights per unit |\n"
         "| 100 | 25 | 2,500 |\n| 30 | 9 | 270 |", ("270", "280"), ""),
        ("| a | b | a*b | a/b |\n"
         "| 3 | 4 | 12 | 0.75 |\n| 2 | 3 | 6 | 0.667 |\n| 1 | 8 | 8 | 0.125 |", ("0.667", "0.677"), "0.667"),
        ("| k | channels | weights = k^2 * channels |\n"
         "| 3 | 16 | 144 |\n| 5 | 8 | 200 |\n| 7 | 2 | 98 |", ("200", "220"), "200"),
        ("| n | 2^n | n log2(n) |\n| 2 | 4 | 2 |\n| 8 | 256 | 24 |\n| 4 | 16 | 8 |", ("256", "265"), "256"),
        ("| # units | reads | # units × reads (K) |\n"
         "| 100 | 25 | 2.5 |\n| 300 | 9 | 2.7 |\n| 10 | 90 | 0.9 |", ("2.7", "2.9"), "2.7"),
    ],
)  # fmt: skip
def test_a_header_may_be_a_formula(table: str, changed: tuple[str, str], computed: str) -> None:
    right = list(check_operations(context_of(table)))
    assert right and not alarms(right), verdicts(right)
    found = [one for one in check_operations(context_of(table.replace(*changed))) if one.verdict == "wrong"]
    # One right row of two is no evidence that the header is meant as a formula.
    assert [(one.statement, one.computed) for one in found] == ([(changed[1], computed)] if computed else [])


@pytest.mark.parametrize(
    "table",
    [
        "| n | m | n/m |\n| train | test | 3/4 |",
        "| precision | recall | precision/recall |\n| 0.5 | 0.25 | 0.7 |\n| 0.4 | 0.2 | 0.9 |",
        "| layer | in-channels | e-mail |\n| 3 | 4 | 5 |",
        "| | conv + relu | relu |\n| a | 3 | 4 |",
    ],
)
def test_a_header_that_is_not_followed_is_no_formula(table: str) -> None:
    assert not list(check_operations(context_of(table)))


FIRST = (
    "| layer | weights | share |\n| conv1 | 34,848 | 3 % |\n"
    "| conv2 | 307,200 | 25 % |\n| conv3 | 884,736 | 72 % |\n\n"
)
SECOND = "| name | # weights |\n| Conv. 1 | 34,848 |\n| Conv. 2 | {} |\n| Conv. 3 | 884,736 |"


def test_a_column_that_stands_in_two_tables_has_the_same_numbers() -> None:
    assert not list(check_twins(context_of(FIRST + SECOND.format("307,200"))))
    (one,) = check_twins(context_of(FIRST + "More.\n\n" + SECOND.format("370,200")))
    assert (one.verdict, one.statement) == ("suspicious", "370,200")
    assert one.why == "Line 3 has 307,200 for the same, line 10 has 370,200."


def test_tables_about_different_things_are_not_compared() -> None:
    other = "| layer | weights |\n| conv1 | 1,728 |\n| conv2 | 36,864 |\n| conv3 | 884,736 |"
    assert not list(check_twins(context_of(FIRST + other)))


WORKING = """\
| layer | units | weights | connections |
| Convolution layer 1 | 290400 | 34848 | 105415200 |
| Convolution layer 2 | 186624 | 307200 | 223948800 |

Convolution layer 1: $2 × 55 × 55 × 48 = 290400$ $11 × 11 × 3 × 96 = 34848$

$2 × 11 × 11 × 3 × 55 × 55 × 48 = 105415200$

Convolution layer 2: $5 × 5 × 48 × 128 × 2 = 307200$
"""


@pytest.mark.parametrize("slip", ["15415200", "105415300", "105451200", "1005415200"])
def test_a_table_repeats_the_results_of_its_working(slip: str) -> None:
    assert not list(check_twins(context_of(WORKING)))
    (one,) = check_twins(context_of(WORKING.replace("| 105415200", f"| {slip}")))
    assert (one.verdict, one.statement, one.line) == ("suspicious", slip, 2)
    assert "Line 7 has 105415200" in one.why


def test_one_changed_digit_in_a_table_with_working_is_found() -> None:
    draw = random.Random(7)
    for _ in range(30):
        rows = {f"conv{i}": (draw.randrange(10, 99), draw.randrange(1000, 9999)) for i in range(1, 5)}
        table = ["| layer | weights |", *(f"| {name} | {a * b} |" for name, (a, b) in rows.items())]
        lines = [f"{name}: {a} × {b} = {a * b}" for name, (a, b) in rows.items()]
        name = draw.choice(list(rows))
        row = list(rows).index(name) + 1
        cell = str(rows[name][0] * rows[name][1])
        place = draw.randrange(len(cell))
        other = cell[:place] + draw.choice([d for d in "123456789" if d != cell[place]]) + cell[place + 1 :]
        table[row] = table[row].replace(cell, other)
        text = "\n".join([*table, "", *lines])
        assert alarms(judged(text)) == [(other, "suspicious", "")], text


def test_short_numbers_that_two_tables_share_by_chance_are_not_compared() -> None:
    table = "| size | k | p |\n| first | 3 | 1 |\n| second | 5 | {} |\n| third | 3 | 0 |"
    assert not list(check_twins(context_of(table.format(2) + "\n\nMore.\n\n" + table.format(0))))


def test_only_the_first_wrong_numbers_of_a_sheet_are_explained() -> None:
    rows = [f"| {a} | {a + 7} | {a * (a + 7) + 10 * (a % 3 == 0)} |" for a in range(1000, 1300)]
    found = list(check_operations(context_of("\n".join(["| a | b | a × b |", *rows]))))
    wrong = [one for one in found if one.verdict == "wrong"]
    assert len(wrong) == 100
    explained = [one for one in wrong if one.slips]
    assert explained and all(one in wrong[:25] for one in explained)
