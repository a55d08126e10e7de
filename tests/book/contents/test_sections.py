"""The sections of a lesson: what stands below a heading, and what is no heading."""

from __future__ import annotations

from typing import Any

import nbformat
import pytest

from nnutils.book.contents.sections import headings, section
from nnutils.core.errors import BookError

TEXT, CODE = nbformat.v4.new_markdown_cell, nbformat.v4.new_code_cell


def below(heading: str, *cells: Any) -> list[str]:
    return [cell.source for cell in section(cells, heading, "part/01_a.ipynb")]


def test_a_heading_in_a_fence_is_none() -> None:
    text = "# A\n\n````{note}\n## no\n```\n# no\n```\n````\n\n## B #\n\n:::{tip}\n# no\n:::"
    assert [(one.written, one.line) for one in headings(text)] == [("# A", 0), ("## B", 9)]


def test_a_section_has_the_cells_up_to_the_next_heading_of_its_level_or_above() -> None:
    cells = [
        TEXT("# T"),
        CODE("before"),
        TEXT("Text.\n\n## Question\n\nHow many?"),
        CODE("n = 3"),
        TEXT("### Part\n\nWhy?"),
        TEXT("So.\n\n## Hints\n\nNo."),
        CODE("after"),
        TEXT("## Question\n\nA second one."),
    ]
    assert below("## Question", *cells) == ["How many?", "n = 3", "### Part\n\nWhy?", "So."]
    assert below("### Part", *cells) == ["Why?", "So."]
    assert cells[2].source.startswith("Text."), "the lesson itself is not changed"


def test_a_section_inside_one_cell_is_a_piece_of_it() -> None:
    text = TEXT("## Question\n\nHow many?\n\n## Hints\n\nCount.")
    assert below("## Question", text, CODE("after")) == ["How many?"]


def test_the_last_section_goes_to_the_end() -> None:
    assert below("## Question", TEXT("## Question"), CODE("n"), TEXT("End.")) == ["n", "End."]


def test_a_comment_in_code_ends_no_section() -> None:
    fenced = "## Question\n\n```python\n# how many\nn = 3\n```\n\nHow many?"
    (piece,) = below("## Question", TEXT(fenced), TEXT("## Hints"))
    assert piece.endswith("How many?")


@pytest.mark.parametrize("text", ["# T", "### Question", "## Questions", "```\n## Question\n```"])
def test_a_lesson_without_the_heading_is_named(text: str) -> None:
    with pytest.raises(BookError, match=r"There is no heading '## Question'.\n  part/01_a.ipynb"):
        below("## Question", TEXT(text))
