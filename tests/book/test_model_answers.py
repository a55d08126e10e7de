"""Each lesson asks its parts for marks, and its solution opens with an answer that would earn them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from nbformat import NotebookNode
from support.notebook_files import QUESTIONS, is_sentence, name, read

from nnutils.book.prose import condition
from tools.page_lengths import MARKS, count_words, length_of

FEWEST_WORDS, MOST_WORDS = 40, 450  # about half a page, more where the question asks for proofs
MINUTES = 5  # the stated time is rounded to these

every_question = pytest.mark.parametrize("path", QUESTIONS, ids=name)


def between(notebook: Any, first: str, *ends: str) -> list[Any]:
    """The cells below a heading, up to the next one that begins with one of the ends; of text its part."""
    found, inside = [], False
    for cell in notebook.cells:
        if cell.cell_type != "markdown":
            found += [cell] * inside
            continue
        lines = []
        for line in cell.source.splitlines():
            if line == first:
                inside = True
            elif inside and line.startswith(ends):
                inside = False
            elif inside:
                lines.append(line)
        found += [NotebookNode(cell_type="markdown", source="\n".join(lines))] * bool(lines)
    return found


def stored(cell: Any) -> str:
    """What a reader sees of a cell's text."""
    if cell.cell_type == "markdown":
        return str(cell.source)
    return "\n\n".join(output.get("data", {}).get("text/markdown", "") for output in cell.outputs)


def marks(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\*\[(\d+) marks?\]\*", text)]


@every_question
def test_the_solution_opens_with_a_model_answer_of_half_a_page(path: Path) -> None:
    notebook = read(path)
    solution = between(notebook, "## Solution", "## ")
    assert solution[0].source.strip().startswith("### Model answer")
    answer = "\n\n".join(map(stored, between(notebook, "### Model answer", "## ", "### ")))
    assert FEWEST_WORDS <= count_words(answer) <= MOST_WORDS


@every_question
def test_the_parts_carry_marks_and_the_model_answer_the_same(path: Path) -> None:
    notebook = read(path)
    asked = marks("\n".join(map(stored, between(notebook, "## Question", "## "))))
    assert sum(asked) == MARKS
    assert marks("\n".join(map(stored, between(notebook, "### Model answer", "## ", "### ")))) == asked


@every_question
def test_the_model_answer_shows_no_code_and_leaves_the_sheets_out(path: Path) -> None:
    for cell in between(read(path), "### Model answer", "## ", "### "):
        if cell.cell_type == "code":
            assert "remove-input" in cell.metadata.get("tags", []) or "hide-input" in cell.metadata["tags"]
        if is_sentence(cell):
            assert "sheets" not in condition(cell.source.splitlines()[0].removeprefix("%%prose"))


@every_question
def test_the_stated_time_is_that_of_reading_and_trying(path: Path) -> None:
    length = length_of(path)
    assert length.stated % MINUTES == 0
    assert abs(length.stated - length.fair) <= MINUTES, f"{length.fair:.0f} minutes"
