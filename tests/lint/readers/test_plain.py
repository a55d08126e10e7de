"""Fractions that plain text sets over three lines, and what only looks like one."""

from __future__ import annotations

import pytest

from nnutils.lint import lint
from nnutils.lint.readers import read_sheet
from nnutils.lint.sheets import Table

HEAD = "Input 91, kernel 3.\n\n"


@pytest.mark.parametrize(
    ("source", "computed", "line"),
    [
        ("     91 - 3\no = -------- + 1 = 88\n       1", "89", 4),
        ("       91 + 2*5 - 8\nwidth = ──────────── + 1 = 48\n             2", "47 1/2", 4),
        ("       3 + 4 + 8\nmean = ___________ = 6\n           3\n", "5", 4),
        ("     91 - 3     8\no = -------- + --- = 93\n       1         2", "92", 4),
        ("  1\n ---- = 0.52\n  4", "0.25", 4),
    ],
)
def test_a_wrong_value_of_a_fraction_over_three_lines(source: str, computed: str, line: int) -> None:
    found = [one for one in lint(HEAD + source, "a.txt").judged if one.verdict != "right"]
    assert [one.line for one in found] == [line]
    if found[0].verdict == "wrong":
        assert found[0].computed == computed


@pytest.mark.parametrize(
    "source",
    [
        "layer   units\n------  -----\na       3",
        "12 = 3 * 4\n--- see below ---\n13 = 12 + 1",
        "first\n-----\n1",
        "a  b\n---- = 2\nc  d  e and more of it",
        "3\nx --- y\n4",
        "Heading\n-------\n\n3 * 4 = 12",
        # a long number has very many ways to be cut in two: trying them all would never end
        f"{60 * '7'}!\no =    + 1 = 2\n3",
        f"{30 * 'w_1a '}!\no =    + 1 = 2\n3",
    ],
)
def test_lines_that_are_no_fraction_stay_as_they_are(source: str) -> None:
    assert not lint(source, "a.txt").wrong
    assert not any("((" in piece.text for piece in read_sheet(source, "a.txt").pieces())


@pytest.mark.parametrize("name", ["sheet.txt", "sheet.md"])
@pytest.mark.parametrize("above", ["=====  =====\n", ""])
def test_what_stands_above_a_rule_names_the_columns_even_in_numbers(name: str, above: str) -> None:
    text = f"{above}2020   2021\n=====  =====\n1      2\n3      4\n{above}"
    (table,) = (block for block in read_sheet(text, name).blocks if isinstance(block, Table))
    assert table.headers == 1


def test_a_listing_with_two_results_in_a_line_is_working() -> None:
    lines = [
        "INPUT:    [128x128x3]   memory:  128*128*3=49K    weights: 0",
        "CONV3-16: [128x128x16]  memory:  128*128*16=262K  weights: (3*3*3)*16 = 432",
        "POOL2:    [64x64x16]    memory:  64*64*16=66K     weights: 0",
        "CONV3-32: [64x64x32]    memory:  64*64*32=131K    weights: (3*3*16)*32 = 4,608",
    ]
    text = "\n".join(["```", *lines, "```"])
    assert lint(text, name="a.md").wrong == ()
    assert [one.line for one in lint(text.replace("66K", "6K"), name="a.md").wrong] == [4]
    assert [one.line for one in lint(text.replace("432", "4,320"), name="a.md").wrong] == [3]
