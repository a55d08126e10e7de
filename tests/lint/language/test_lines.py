"""Lines that go on and lines that end a statement, and brackets that go on behind a number with its noun."""

from __future__ import annotations

import pytest

from nnutils.lint import lint

WORKSHEET = """  weights         = 256*32*5*5 = 204,800 elements
                  = 819,200 B = 800.00 KiB
  input           = 16*32*112*112 = {} elements
"""


def test_the_name_of_the_next_line_is_no_noun_of_the_number_above_it() -> None:
    assert lint(WORKSHEET.format("6,422,528"), name="a.txt").findings == ()
    assert [one.line for one in lint(WORKSHEET.format("6,242,528"), name="a.txt").wrong] == [3]


def test_a_noun_goes_on_in_the_next_line_of_prose() -> None:
    assert (
        len(lint("The layer has 5 · 5 · 3 = 57 weights\nof which some are zero = none.", name="a.md").wrong)
        == 1
    )


@pytest.mark.parametrize(
    "text",
    [
        "CONV3-32: memory: 64*64*32=131K   weights: (3*3*16)*32 = 4,608",
        r"precision $\frac{43}{43 + 26} = 0.623$, the recall $\frac{43}{43 + 29} = 0.597$",
        "delta = (o - t) o (1 - o) = (-0.917) x 0.917 x (1 - 0.917)",
        "12 = 3 * 4\n--- see below ---\n13 = 12 + 1",
    ],
)
def test_the_beginning_of_what_goes_on_is_no_statement(text: str) -> None:
    assert lint(text, name="a.md").wrong == ()


@pytest.mark.parametrize(
    ("text", "line", "stated"),
    [
        (
            "How wide is it?  n = 79, k = 3, s = 1, p = 0\n  79 - 3 = 76\nSo the output is 777 x 777",
            3,
            "777 × 777",
        ),
        (
            "\\[ z = \\begin{pmatrix} 1 + 2 \\\\ 3 \\end{pmatrix}\n"
            " = \\begin{pmatrix} 4 \\\\ 3 \\end{pmatrix} \\]",
            2,
            "",
        ),
    ],
)
def test_a_report_points_to_the_line_of_the_wrong_number(text: str, line: int, stated: str) -> None:
    name = "a.tex" if text.startswith("\\") else "a.txt"
    found = [one for one in lint(text, name=name).wrong if stated in one.stated]
    assert [one.line for one in found] == [line]
