"""What the readers' notation leads to: statements beside each other stay apart, and a limit is no name."""

from __future__ import annotations

import pytest

from nnutils.lint import lint
from nnutils.lint.readers import read_sheet


@pytest.mark.parametrize(
    "source",
    [
        r"$3 \cdot 4 = 12 \quad 5 \cdot 5 = 26$",
        r"$3 \cdot 4 = 12$ $5 \cdot 5 = 26$",
        r"n = 12 $5 \cdot 5 = 26$",
        r"$\begin{alignedat}{2} 3 \cdot 4 &= 12 & 5 \cdot 5 &= 26 \end{alignedat}$",
        r"$12 \xrightarrow{5 \cdot 5 = 26} 3$",
    ],
)
def test_statements_beside_each_other(source: str) -> None:
    assert [one.computed for one in lint(source, "a.md").wrong] == ["25"]


def test_a_limit_is_no_name() -> None:
    source = r"$\frac{d}{dx} g(x) = \lim_{\epsilon \to 0} \frac{g(x + \epsilon) - g(x)}{\epsilon} = 1$"
    assert not lint(source, "a.md").findings


def test_a_zero_that_is_the_letter_o_in_a_scan() -> None:
    source = "0=128x128 x64\n\n$0 = 64 \\times 5$\n\n0 = 3 * 4 - 12\n\n10 = 5 * 2"
    read = [piece.text for piece in read_sheet(source, "a.txt").pieces()]
    assert read == ["O=128x128 x64", "O = 64 × 5", "0 = 3 * 4 - 12", "10 = 5 * 2"]
    assert not lint(source, "a.txt").findings
