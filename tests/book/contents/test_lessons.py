"""Which page asks which question: by its name, and only where there is a practice file."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from support.lesson_book import LESSON, write_book
from support.notebook_files import QUESTIONS
from support.practice_book import PART

from nnutils.book.contents.lessons import (
    add_to_title,
    page_of,
    question_name,
    question_of_page,
    title_of,
)
from tools.pages import ROOT


@pytest.mark.parametrize(
    ("page", "question"),
    [
        ("chapters/part/01_a", "part/q1"),
        ("chapters/part/012_a_b", "part/q12"),
        ("chapters/part/1_a", "part/q1"),
        ("chapters/part/00_a", None),
        ("chapters/part/01", None),
        ("chapters/part/01_a-seed7", None),
        ("chapters/part/01_a.ipynb", None),
        ("chapters/part/index", None),
        ("chapters/audit", None),
        ("pages/part/01_a", None),
        ("chapters/part/practice/01_a", None),
        ("intro", None),
    ],
)
def test_the_name_of_a_page_says_its_question(page: str, question: str | None) -> None:
    assert question_of_page(page) == question


def test_a_page_without_a_practice_file_asks_nothing(tmp_path: Path) -> None:
    book = write_book(tmp_path)
    assert question_name(LESSON, book) == f"{PART}/q1"
    assert question_name(f"chapters/{PART}/02_b", book) is None


def test_every_lesson_of_the_book_asks_its_question() -> None:
    assert QUESTIONS
    for path in QUESTIONS:
        assert question_name(page_of(path, ROOT), ROOT) == f"{path.parent.name}/q{int(path.name[:2])}"


def test_a_file_elsewhere_is_no_page(tmp_path: Path) -> None:
    book = write_book(tmp_path / "book")
    assert question_of_page(page_of(tmp_path / "chapters/part/01_a.ipynb", book)) is None
    assert page_of(book / f"{LESSON}.ipynb", book) == LESSON


def test_the_title_is_the_first_heading() -> None:
    cell = nbformat.v4.new_markdown_cell("(a-label)=\n# Counting\n\n# Not this")
    notebook = nbformat.v4.new_notebook(cells=[cell])
    assert title_of(notebook, "01_a") == "Counting"
    add_to_title(notebook, r"(seed \7)")
    assert notebook.cells[0].source == "(a-label)=\n# Counting (seed \\7)\n\n# Not this"
    assert title_of(nbformat.v4.new_notebook(), "01_a") == "01_a"
