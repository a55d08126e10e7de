"""The table of contents: its pages in reading order, its parts with lessons, and pages added to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.lesson_book import LESSON, write_book
from support.practice_book import PART, PRACTICE

from nnutils.book.contents.listing import (
    pages_in_text,
    pages_listed,
    parts_with_lessons,
    with_pages_behind,
)
from nnutils.book.contents.reading import read_contents
from nnutils.core.errors import BookError
from tools.pages import ROOT

TEXT = """# A comment.
root: intro
parts:
  - caption: One
    chapters:
      - file: chapters/a/index # its first page
        sections:
          - file: chapters/a/01_x.ipynb
          - url: https://example.org
      - file: conventions.md
"""


def test_pages_come_in_reading_order_each_once() -> None:
    contents = {
        "root": "intro.md",
        "parts": [
            {"chapters": [{"file": "a", "sections": [{"file": "b"}]}, {"glob": "x*"}]},
            {"chapters": [{"file": "c.ipynb"}, {"file": "b"}], "caption": "Two"},
            {"chapters": None},
        ],
    }
    assert pages_listed(contents) == ("intro", "a", "b", "c")


def test_the_text_lists_the_pages_that_yaml_lists() -> None:
    assert pages_in_text(TEXT) == ["chapters/a/index", "chapters/a/01_x", "conventions"]
    real = (ROOT / "_toc.yml").read_text(encoding="utf-8")
    assert ["intro", *pages_in_text(real)] == list(pages_listed(read_contents(ROOT)))


def test_pages_are_added_behind_others_at_their_depth_and_nothing_else_changes() -> None:
    made = with_pages_behind(TEXT, {"chapters/a/01_x": ["n1", "n2"], "not there": ["n3"]})
    lines = made.splitlines()
    at = lines.index("          - file: chapters/a/01_x.ipynb")
    assert lines[at + 1 : at + 3] == ["          - file: n1", "          - file: n2"]
    assert lines[: at + 1] + lines[at + 3 :] == TEXT.splitlines()


def test_a_book_without_parts_is_one_part(tmp_path: Path) -> None:
    book = write_book(tmp_path)
    (book / "_toc.yml").write_text(f"root: intro\nchapters:\n- file: {LESSON}\n", encoding="utf-8")
    assert [(part.folder, part.title) for part in parts_with_lessons(book)] == [(PART, "")]


def test_a_folder_with_lessons_is_a_part_of_its_own(tmp_path: Path) -> None:
    book = write_book(tmp_path)
    other = book / "chapters/other"
    (other / "practice").mkdir(parents=True)
    (other / "practice/q2.py").write_text(PRACTICE, encoding="utf-8")
    (book / "_toc.yml").write_text(
        f"parts:\n- caption: All\n  chapters:\n  - file: {LESSON}\n  - file: chapters/other/02_y\n"
        "  - file: chapters/other/03_no_practice\n",
        encoding="utf-8",
    )
    found = [(part.folder, [path.stem for path in part.lessons]) for part in parts_with_lessons(book)]
    assert found == [(PART, ["01_weights"]), ("other", ["02_y"])]


def test_a_book_without_lessons_says_what_a_lesson_is(tmp_path: Path) -> None:
    book = write_book(tmp_path)
    (book / "_toc.yml").write_text("parts:\n- chapters:\n  - file: intro\n", encoding="utf-8")
    with pytest.raises(BookError, match="No part of _toc.yml has a lesson"):
        parts_with_lessons(book)
