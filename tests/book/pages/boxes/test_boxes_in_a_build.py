"""Sphinx puts the boxes on the pages of lessons, brings their files, and keeps both up to date."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from support.practice_book import FILE, PRACTICE, QUESTION, write_practice

from nnutils.book.pages.boxes import data_script, section
from nnutils.book.pages.boxes.placing import FILES, FOLDER
from nnutils.book.pages.engine.pages import FILES as ENGINE
from nnutils.book.pages.engine.panel_markup import offer
from nnutils.practice import as_data, load

pytestmark = pytest.mark.slow

PAGE = "chapters/sizes/01_layer"
LESSON = "A layer\n=======\n\nQuestion\n--------\n\nHow many?\n\nHints\n-----\n\nThink.\n"
OTHER = "Other\n=====\n\nQuestion\n--------\n\nNone.\n"
INDEX = f"Title\n=====\n\n.. toctree::\n\n   {PAGE}\n   other\n"
SETTINGS = "extensions = ['nnutils.book.site']\nhtml_theme = 'basic'\nexclude_patterns = ['built']\n"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book of one lesson with a practice file, and of another page that has a question as well."""
    write_practice(tmp_path)
    for name, text in {
        "conf.py": SETTINGS,
        "index.rst": INDEX,
        f"{PAGE}.rst": LESSON,
        "other.rst": OTHER,
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def build(book: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", str(book), str(book / "built")]
    return subprocess.run(command, capture_output=True, text=True)


def built(book: Path, page: str) -> str:
    return (book / f"built/{page}.html").read_text(encoding="utf-8")


def files(book: Path) -> dict[str, str]:
    folder = book / "built" / FOLDER
    return {file.name: file.read_text(encoding="utf-8") for file in sorted(folder.iterdir())}


def test_a_lesson_has_its_boxes_and_another_page_none(book: Path) -> None:
    result = build(book)
    assert result.returncode == 0, result.stderr
    data = as_data(load(QUESTION, book))
    question = built(book, PAGE).partition('<section id="question">')[2].partition('<section id="hints">')[0]
    # without Python in the site, what stands below the boxes says that there are no variants
    below = f"{section(data).removesuffix('</section>')}{offer(None)}</section>"
    assert question.rstrip().removesuffix("</section>").rstrip().endswith(below)
    assert "loader.js" in built(book, PAGE) and "boxes.css" in built(book, PAGE)
    assert not re.search(r"practice|loader\.js|boxes\.css", built(book, "other"))
    placed = [*FILES.iterdir(), ENGINE / "engine.css", ENGINE / "variants.js"]
    own = {file.name: file.read_text(encoding="utf-8") for file in placed}
    assert files(book) == {**own, "sizes-q1.js": data_script(data)}


def test_a_changed_practice_file_changes_the_page_and_its_data(book: Path) -> None:
    assert build(book).returncode == 0
    before = files(book)["sizes-q1.js"]
    text = PRACTICE.replace("weights of the layer", "weights of this layer").replace(
        '"width": 3', '"width": 5'
    )
    (book / FILE).write_text(text, encoding="utf-8")
    assert build(book).returncode == 0
    assert "weights of this layer" in built(book, PAGE)
    data = as_data(load(QUESTION, book))
    assert files(book)["sizes-q1.js"] == data_script(data) != before


def test_a_practice_file_that_fails_is_a_warning_with_its_page(book: Path) -> None:
    (book / FILE).write_text(PRACTICE.replace("def statement", "def words"), encoding="utf-8")
    result = build(book)
    assert result.returncode != 0
    assert re.search(rf"{PAGE}.*there are no answer boxes on this page.*{FILE}", result.stderr, re.DOTALL)


def test_a_book_without_practice_has_no_such_files(book: Path) -> None:
    (book / FILE).unlink()
    assert build(book).returncode == 0
    assert not (book / "built" / FOLDER).exists()
    assert "practice" not in built(book, PAGE)
