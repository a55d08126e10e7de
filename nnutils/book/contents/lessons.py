"""Which page asks which question, and what a lesson is called.

The lesson of the question ``foundations/q4`` is ``chapters/foundations/04_<name>.ipynb``, with
``practice/q4.py`` beside it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

__all__ = [
    "LESSON",
    "add_to_title",
    "lesson_number",
    "page_of",
    "question_name",
    "question_of_page",
    "title_of",
]

LESSON = "A lesson is chapters/<part>/<number>_<name>.ipynb with practice/q<number>.py beside it."
"""What a message says where something is not a lesson."""

_STEM = re.compile(r"0*([1-9]\d*)_\w+", re.ASCII)
_PAGE = re.compile(r"chapters/(\w+)/(\w+)", re.ASCII)
_TITLE = re.compile(r"^# (.*)$", re.MULTILINE)


def lesson_number(stem: str) -> int | None:
    """Return the number of a lesson by its file's name without a suffix; None for another page.

    >>> lesson_number("04_convolution"), lesson_number("index"), lesson_number("04_convolution-seed7")
    (4, None, None)
    """
    found = _STEM.fullmatch(stem)
    return int(found[1]) if found else None


def question_of_page(page: str) -> str | None:
    """Return the question that a page would ask by its name alone, whether or not there is one.

    >>> question_of_page("chapters/foundations/04_convolution"), question_of_page("chapters/audit")
    ('foundations/q4', None)
    """
    found = _PAGE.fullmatch(page)
    number = lesson_number(found[2]) if found else None
    return f"{found[1]}/q{number}" if found and number else None


def question_name(page: str, book: Path) -> str | None:
    """Return the question of a page by its name without a suffix; None where there is no practice file.

    >>> question_name("intro", Path())
    """
    name = question_of_page(page)
    if name is None:
        return None
    part, _, question = name.partition("/")
    return name if (book / "chapters" / part / "practice" / f"{question}.py").is_file() else None


def page_of(file: Path, book: Path) -> str:
    """Return the name of the page that a file of a book becomes; for a file elsewhere, its whole path.

    >>> page_of(Path("book/chapters/audit.ipynb"), Path("book"))
    'chapters/audit'
    """
    place, root = file.resolve(), book.resolve()
    return (place.relative_to(root) if place.is_relative_to(root) else place).with_suffix("").as_posix()


def title_of(lesson: Any, otherwise: str) -> str:
    """Return the title of a lesson, a notebook: the first heading of its first cell.

    >>> from types import SimpleNamespace as Made
    >>> title_of(Made(cells=[Made(source="# Convolution\\nFold it.")]), "04_convolution")
    'Convolution'
    """
    found = _TITLE.search(lesson.cells[0].source) if lesson.cells else None
    return found[1] if found else otherwise


def add_to_title(lesson: Any, words: str) -> None:
    """Add words to the title of a lesson, where it has one."""
    first = lesson.cells[0]
    first.source = _TITLE.sub(lambda found: f"{found[0]} {words}", first.source, count=1)
