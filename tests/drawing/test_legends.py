"""A legend has as many columns as fit, and a heading as many lines as it takes."""

from __future__ import annotations

import pytest
from support.narrow_pictures import faults

from nnutils.drawing import panels
from nnutils.drawing.legends import heading, legend_columns
from nnutils.drawing.narrow import narrow
from nnutils.drawing.style import styled


@pytest.mark.parametrize(
    ("labels", "columns"),
    [(["a", "b", "c", "d"], 3), (["a", "b"], 2), (["weights used once", "b" * 20], 1), (["a" * 60], 1)],
)
def test_the_columns_are_those_that_fit(labels: list[str], columns: int) -> None:
    assert legend_columns(labels, 3) == 3
    with narrow(), styled():
        assert legend_columns(labels, 3) == columns
        figure, (axes,) = panels()
        lines = [axes.plot([0, 1])[0] for _ in labels]
        figure.legend(lines, labels, loc="outside lower center", ncols=columns)
        wide = any("a" * 60 in label for label in labels)
        assert bool(faults(figure)) == wide


def test_a_heading_breaks_on_a_phone_only() -> None:
    words = "A heading of more words than a line holds"
    assert heading(words) == words
    with narrow():
        assert heading(words).split() == words.split() and "\n" in heading(words)
        assert heading(words, beside=100).count("\n") > heading(words).count("\n")
