"""A table with a column 'kernel / stride / padding' is judged like one with three columns."""

from __future__ import annotations

import pytest

from nnutils.lint import lint
from nnutils.lint.checks.tables.joint_columns import apart
from nnutils.lint.sheets import Table, piece_of

TABLE = """
Input: 3 channels of 32 × 32.

| layer | {head} | output (C × H × W) | parameters | mult-adds | sees (px) |
|:--|:-:|:-:|--:|--:|--:|
| input | – | 3 × 32 × 32 | 0 | – | 1 |
| conv1 | 5 {sign} 1 {sign} 2 | 16 × 32 × 32 | {conv1} | 1.2 M | {field1} |
| pool1 | 2 {sign} 2 {sign} 0 | 16 × {pool1} × {pool1} | 0 | – | 6 |
| conv2 | 3 {sign} 2 {sign} 1 | 32 × 8 × 8 | 4,640 | {adds2} | {field2} |
"""
RIGHT = {"conv1": "1,216", "pool1": "16", "adds2": "294,912", "field1": "5", "field2": "10"}


def table(sign: str = "/", head: str = "", **numbers: str) -> str:
    return TABLE.format(
        head=head or f"kernel {sign} stride {sign} padding", sign=sign, **{**RIGHT, **numbers}
    )


@pytest.mark.parametrize("sign", ["/", ",", ";"])
def test_a_right_table_has_no_finding_and_is_checked(sign: str) -> None:
    report = lint(table(sign), name="a.md")
    assert report.findings == ()
    assert sum(one.verdict == "right" for one in report.judged) >= 10


@pytest.mark.parametrize(
    ("name", "number"),
    [("conv1", "1,261"), ("pool1", "18"), ("adds2", "249,912"), ("field1", "7"), ("field2", "8")],
)
@pytest.mark.parametrize("head", ["", "k / s / p", "kernel size/stride/pad"])
def test_a_wrong_cell_is_found(head: str, name: str, number: str) -> None:
    wrong = lint(table(head=head, **{name: number}), name="a.md").wrong
    assert wrong and number in wrong[0].stated


def test_a_place_in_a_divided_cell_is_that_of_the_file() -> None:
    cell = piece_of("11 / 4 / 2", 100)
    made = apart(Table(((piece_of("k / s / p"),), (cell,))))
    assert [(one.text.strip(), one.span(0, len(one.text))[0]) for one in made.rows[1]] == [
        ("11", 100), ("4", 104), ("2", 108),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        ("kernel / stride", ("3 / 1", "2")),  # a cell that says less
        ("kernel / speed", ("3 / 1", "2 / 2")),  # not all are settings
        ("kernel / kernel", ("3 / 1", "2 / 2")),
        ("kernel", ("3 / 1", "2 / 2")),
        ("kernel / stride", ("–", "")),  # nothing is said
    ],
)
def test_other_columns_stay_as_they_are(head: str, cells: tuple[str, ...]) -> None:
    kept = Table(((piece_of(head),), *((piece_of(one),) for one in cells)))
    assert apart(kept) is kept
