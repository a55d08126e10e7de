"""Columns of memory beside columns of counts, in several units; and columns that only look like them."""

from __future__ import annotations

import pytest

from nnutils.lint import lint


def table(head: str, *rows: str) -> str:
    return "\n".join(["| layer | " + head + " |", "|---|---|---|", *(f"| l | {row} |" for row in rows)])


@pytest.mark.parametrize(
    ("text", "computed"),
    [
        (table("values | memory (kB)", "23104 | 92.42", "5184 | 20.74", "1024 | 4.01"), "4.10"),
        (table("params | MB", "250,000 | 1.00", "750,000 | 3.00", "1,000,000 | 4.40"), "4.00"),
        (table("params | size in MiB", "262144 | 1.00", "524288 | 2.00", "131072 | 0.25"), "0.50"),
        (table("params | KB", "512 | 2.0", "1024 | 4.0", "2560 | 12.0"), "10.0"),
        (table("weights | bytes (fp16)", "500 | 1,000", "300 | 600", "250 | 750"), "500"),
        (table("memory [kB] | units", "2.0 | 500", "4.0 | 1000", "9.0 | 2000"), "8.0"),
    ],
)
def test_a_row_that_is_made_in_another_way(text: str, computed: str) -> None:
    assert [one.computed for one in lint(text, "a.md").wrong] == [computed]


@pytest.mark.parametrize(
    "text",
    [
        table("values | memory (kB)", "23104 | 92.42", "5184 | 20.74", "1024 | 4.10"),
        table("params | memory (MB)", "1000 | 3.1", "2000 | 5.0", "3000 | 12.0"),
        table("params | MB on disk", "250,000 | 1.00", "750,000 | 3.70", "1,000,000 | 4.90"),
        table("params | seconds", "1000 | 4.0", "2000 | 8.0", "3000 | 13.0"),
    ],
)
def test_no_rule_no_finding(text: str) -> None:
    assert not lint(text, "a.md").wrong


def test_the_side_of_a_vector_is_no_size() -> None:
    text = (
        "The input has 3 channels of 75 x 75 pixels.\n\n"
        "* conv1: 16 kernels of 5 x 5 x 3, stride 2, padding 2\n"
        "* pool1: maximum over 2 x 2, stride 2\n"
        "* fc: dense, 5776 to 40\n\n"
        "| layer | side (pixels) | channels | values | parameters |\n|---|---|---|---|---|\n"
        "| conv1 | 38 | 16 | 23104 | 1216 |\n| pool1 | {side} | 16 | 5776 | 0 |\n"
        "| fc | 1 | 40 | 40 | {fc} |\n"
    )
    right = lint(text.format(side=19, fc="231,080"), "a.md")
    assert not right.wrong
    assert {one.stated for one in right.judged if one.verdict == "right"} >= {"38", "19", "231,080"}
    for side, fc, computed in (
        ("18", "231,080", "19"),
        ("-19", "231,080", "19"),
        ("19", "231,088", "231,080"),
    ):
        assert [one.computed for one in lint(text.format(side=side, fc=fc), "a.md").wrong] == [computed]
