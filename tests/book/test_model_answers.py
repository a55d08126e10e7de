"""Each lesson asks its parts for marks, and its solution opens with an answer that would earn them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.notebook_files import QUESTIONS, is_sentence, name, read
from support.question_parts import between, parts_in, stored, stored_question

from nnutils.book.prose import condition
from nnutils.practice import load
from tools.page_lengths import MARKS, count_words, length_of

FEWEST_WORDS, MOST_WORDS = 40, 450  # about half a page, more where the question asks for proofs
MINUTES = 5  # the stated time is rounded to these

every_question = pytest.mark.parametrize("path", QUESTIONS, ids=name)


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
    asked = marks("\n".join(stored_question(notebook)))
    assert sum(asked) == MARKS
    assert marks("\n".join(map(stored, between(notebook, "### Model answer", "## ", "### ")))) == asked


@every_question
def test_the_parts_of_the_practice_file_are_those_of_the_page(path: Path) -> None:
    question = load(f"{path.parent.name}/q{int(path.name[:2])}", path.parents[2])
    asked = parts_in("\n\n".join(stored_question(read(path))))
    assert asked == list(question.parts().items())
    assert parts_in(question.statement()) == asked


def test_parts_are_read_as_a_reader_sees_them() -> None:
    text = (
        "1. no part\n\n**(a)** *[1 mark]* One.\n- **(b)** Two:\n  1. and *[2 marks]*\n  2. or *[3 marks]*\n"
    )
    more = "**(c)** Or\n\n- (i) this *[1 mark]*\n- (ii) that. *[2 marks]*\n\n**Table.** Write. *[1 mark]*"
    assert parts_in(text) == [("a", 1), ("b.1", 2), ("b.2", 3)]
    assert parts_in(text + more)[3:] == [("c.i", 1), ("c.ii", 2), ("table", 1)]
    assert parts_in("**(a)** Without. **(b)** Twice *[1 mark]* and *[1 mark]*") == [("b", 1), ("b", 1)]
    assert parts_in("No label *[7 marks]*") == [("", 7)]


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
