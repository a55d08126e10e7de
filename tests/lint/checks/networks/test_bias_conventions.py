"""Columns of counts with and without biases: the header decides, else what the other rows do."""

from __future__ import annotations

import pytest
from support.lint_tables import alarms, judged

from nnutils.lint import lint

TABLE = """\
| layer | input | kernel | filters | stride | padding | output | {} |
| conv1 | 3×32×32 | 5×5 | 16 | 1 | 2 | 16×32×32 | {} |
| pool1 | 16×32×32 | 2×2 | – | 2 | 0 | 16×16×16 | 0 |
| conv2 | 16×16×16 | 3×3 | 32 | 1 | 1 | 32×16×16 | {} |
| fc1 | 8192 | | | | | 100 | {} |
| fc2 | 100 | | | | | 10 | {} |
"""
WITH = ("1,216", "4,640", "819,300", "1,010")
WITHOUT = ("1,200", "4,608", "819,200", "1,000")


def table(header: str, with_biases: str) -> str:
    """The table, with biases in the rows marked +."""
    counts = [a if sign == "+" else b for a, b, sign in zip(WITH, WITHOUT, with_biases, strict=True)]
    return TABLE.format(header, *counts)


@pytest.mark.parametrize("header", ["parameters", "# params", "weights"])
@pytest.mark.parametrize("rows", ["++++", "----"])
def test_one_way_of_counting_throughout_is_right(header: str, rows: str) -> None:
    assert not alarms(judged(table(header, rows)))


@pytest.mark.parametrize("header", ["parameters", "weights"])
@pytest.mark.parametrize(
    ("rows", "found", "why"),
    [
        ("++-+", ("819,200", "819,300"), "The other rows count biases."),
        ("+++-", ("1,000", "1,010"), "The other rows count biases."),
        ("-+--", ("4,640", "4,608"), "The other rows leave out biases."),
        ("---+", ("1,010", "1,000"), "The other rows leave out biases."),
    ],
)
def test_one_row_that_counts_in_another_way_is_wrong(
    header: str, rows: str, found: tuple[str, str], why: str
) -> None:
    (one,) = judged(table(header, rows)).wrong
    assert (one.stated, one.computed) == found
    assert one.why.endswith(why)


@pytest.mark.parametrize("rows", ["++--", "--++"])
def test_two_rows_against_two_decide_nothing(rows: str) -> None:
    assert not alarms(judged(table("parameters", rows)))


def test_a_full_layer_with_biases_behind_convolutions_without_is_usual() -> None:
    lines = table("parameters", "--+-").split("\n")
    assert not alarms(judged("\n".join(lines[:5])))


@pytest.mark.parametrize(
    "text",
    ["The last layer has no bias.", "Each convolution has batch normalization.", "`bias=False` in fc1"],
)
def test_a_sheet_that_speaks_of_layers_without_biases_may_mix_them(text: str) -> None:
    assert not alarms(judged(text + "\n\n" + table("parameters", "++-+")))


@pytest.mark.parametrize(
    ("header", "biases"),
    [
        ("parameters, biases included", True),
        ("params (incl. bias)", True),
        ("parameters with biases", True),
        ("weights + biases", True),
        ("weights, without biases", False),
        ("# params (no bias)", False),
        ("parameters w/o biases", False),
        ("weights, biases not counted", False),
    ],
)
def test_the_header_says_whether_biases_count(header: str, biases: bool) -> None:
    right, other = ("++++", "----") if biases else ("----", "++++")
    assert not alarms(judged(table(header, right)))
    stated = [one.stated for one in judged(table(header, other)).wrong]
    assert stated == list(WITHOUT if biases else WITH)


def test_parameters_beside_weights_and_biases_are_both() -> None:
    head = (
        "| Layer | Window | Stride | Padding | Output | Weights | Biases | Parameters |\n"
        + "|---" * 8
        + "|\n"
    )
    rows = "| input | | | | 32×32×3 | | | |\n| conv1 | 3×3 | 1 | 1 | 32×32×20 | 540 | 20 | {} |\n"
    rows += "| fc | | | | 10 | 204800 | 10 | 204810 |\n"
    for number, verdict in (("560", "right"), ("540", "wrong")):
        found = [one for one in lint(head + rows.format(number)).judged if one.stated == number]
        assert verdict in [one.verdict for one in found][-1:]


BESIDE = """\
| layer | kernel | filters | stride | padding | output | weights | biases | parameters |
| input | | | | | 1 × 28 × 28 | | | |
| conv1 | 5 × 5 | 6 | 1 | 2 | 6 × 28 × 28 | 150 | {} | 150 |
| conv2 | 5 × 5 | 6 | 1 | 2 | 6 × 28 × 28 | 900 | 6 | 906 |
"""


def test_a_layer_told_without_biases_says_nothing_about_the_parameters() -> None:
    assert alarms(judged(BESIDE.format("6"))) == [("150", "wrong", "156")]
    assert alarms(judged(BESIDE.format("0"))) == []
