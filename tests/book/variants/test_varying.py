"""A lesson on other givens, and its variants as pages beside it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import nbformat
import pytest
from support.practice_book import PART, write_practice

from nnutils.book.contents.reading import read_notebook
from nnutils.book.variants.making import add_arguments, make_variant, question_behind
from nnutils.book.variants.varying import executed, givens_cell, with_givens
from nnutils.core.errors import BookError, PracticeError

pytestmark = pytest.mark.slow

GIVENS = "features = 4\nwidth = 3"
LESSON = f"chapters/{PART}/01_one_layer.ipynb"


def notebook(*sources: str, tags: tuple[str, ...] = ("parameters",)) -> Any:
    cells = [nbformat.v4.new_markdown_cell("# One layer\n\nAfter this page.")]  # type: ignore[no-untyped-call]
    cells.append(nbformat.v4.new_code_cell(GIVENS, metadata={"tags": list(tags)}))  # type: ignore[no-untyped-call]
    cells += [nbformat.v4.new_code_cell(source) for source in sources]  # type: ignore[no-untyped-call]
    return nbformat.v4.new_notebook(cells=cells)  # type: ignore[no-untyped-call]


CHECKS = (
    "from nnutils.book import Lesson\n"
    f'lesson = Lesson("{PART}/q1", features=features, width=width)\n'
    'lesson.compare({"weights": features * width, "wide": features * width > 50})'
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    write_practice(tmp_path)
    nbformat.write(notebook(CHECKS, "lesson.sheets"), tmp_path / LESSON)  # type: ignore[no-untyped-call]
    (tmp_path / f"chapters/{PART}/index.md").write_text("# Sizes\n", encoding="utf-8")
    (tmp_path / "_config.yml").write_text('exclude_patterns: ["notes*", tests]\n', encoding="utf-8")
    (tmp_path / "_toc.yml").write_text(
        f"format: jb-book\nroot: chapters/{PART}/index\nchapters:\n  - file: {LESSON[:-6]}\n",
        encoding="utf-8",
    )
    (tmp_path / "notes.txt").write_text("private", encoding="utf-8")
    return tmp_path


def test_the_givens_are_replaced_and_the_rest_stays() -> None:
    lesson = notebook("print(features)")
    changed = with_givens(lesson, {"features": 9, "width": 2}, "a lesson", note="A note.")
    assert [cell.source for cell in changed.cells] == [
        "# One layer\n\nAfter this page.",
        "A note.",
        "features = 9\nwidth = 2",
        "print(features)",
    ]
    assert lesson.cells[1].source == GIVENS
    nbformat.validate(changed)


@pytest.mark.parametrize("tags", [(), ("hide-input",)])
def test_a_lesson_without_a_cell_for_its_givens_is_refused(tags: tuple[str, ...]) -> None:
    with pytest.raises(BookError, match="a lesson has no cells? tagged 'parameters'"):
        givens_cell(notebook(tags=tags), "a lesson")
    two = notebook()
    two.cells.append(two.cells[1])
    with pytest.raises(BookError, match="has 2 cells tagged"):
        givens_cell(two, "a lesson")


def test_a_cell_that_fails_is_named(tmp_path: Path) -> None:
    with pytest.raises(BookError, match=r"a lesson stops at cell 2: AssertionError: too few") as caught:
        executed(notebook("assert features > 4, 'too few'"), tmp_path, "a lesson")
    assert "begins \"assert features > 4, 'too few'\"" in caught.value.where


def test_marks_are_made_anew(tmp_path: Path) -> None:
    lesson = notebook("%load_ext nnutils.book", "%%prose\nThere are {{ features }}.")
    done = executed(lesson, tmp_path, "a lesson")
    assert done.cells[3].metadata["tags"] == ["remove-input"]
    assert done.cells[3].outputs[0].data["text/markdown"] == "There are 4."


def test_what_is_not_a_notebook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="There is no notebook"):
        read_notebook(tmp_path / "missing.ipynb")
    (tmp_path / "text.ipynb").write_text("text", encoding="utf-8")
    with pytest.raises(BookError, match="is not a notebook"):
        read_notebook(tmp_path / "text.ipynb")


def test_variants_join_a_copy_of_the_book_and_the_sources_stay(book: Path) -> None:
    before = {path: path.read_bytes() for path in book.rglob("*") if path.is_file()}
    made = [make_variant(book / LESSON, seed, book) for seed in (12, 3)]
    assert {path: path.read_bytes() for path in before} == before
    folder = book / "_build/variants"
    assert [path.relative_to(folder).as_posix() for path in made] == [
        f"chapters/{PART}/01_one_layer-seed12.ipynb",
        f"chapters/{PART}/01_one_layer-seed3.ipynb",
    ]
    assert (folder / "_toc.yml").read_text(encoding="utf-8").splitlines()[2:] == [
        "chapters:",
        f"  - file: chapters/{PART}/01_one_layer",
        f"  - file: chapters/{PART}/01_one_layer-seed3",
        f"  - file: chapters/{PART}/01_one_layer-seed12",
    ]
    assert not (folder / "notes.txt").exists()
    first = read_notebook(made[0])
    assert first.cells[0].source.startswith("# One layer (seed 12)\n")
    assert "Variant with seed 12" in first.cells[1].source
    shown = [
        output.data["text/plain"] for cell in first.cells if "outputs" in cell for output in cell.outputs
    ]
    assert shown == [
        "All 2 answers agree with chapters/sizes/practice/q1.py.",
        "No sheet of this book answers this question.",
    ]


def test_a_file_that_left_the_book_leaves_the_copy(book: Path) -> None:
    extra = book / f"chapters/{PART}/extra.md"
    extra.write_text("# Extra\n", encoding="utf-8")
    make_variant(book / LESSON, 1, book)
    extra.unlink()
    make_variant(book / LESSON, 2, book)
    copies = sorted(
        path.name for path in (book / f"_build/variants/chapters/{PART}").iterdir() if path.is_file()
    )
    assert copies == [
        "01_one_layer-seed1.ipynb",
        "01_one_layer-seed2.ipynb",
        "01_one_layer.ipynb",
        "index.md",
    ]


@pytest.mark.parametrize(
    "place", ["notes.ipynb", f"chapters/{PART}/one_layer.ipynb", f"chapters/{PART}/deep/01_a.ipynb"]
)
def test_a_notebook_that_is_not_a_lesson_is_refused(book: Path, place: str) -> None:
    with pytest.raises(BookError, match="is not a lesson of this book"):
        question_behind(book / place, book)


def test_a_practice_file_without_draw_is_named(book: Path) -> None:
    practice = book / f"chapters/{PART}/practice/q1.py"
    practice.write_text(
        practice.read_text(encoding="utf-8").replace("def draw(", "def drawn("), encoding="utf-8"
    )
    with pytest.raises(PracticeError, match="has no function draw"):
        make_variant(book / LESSON, 1, book)


def test_the_command_takes_a_lesson_a_seed_and_whether_to_make_its_page() -> None:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    options = [parser.parse_args([LESSON, "--seed", "7", *more]) for more in ([], ["--no-page"])]
    assert [(one.notebook, one.seed, one.no_page) for one in options] == [
        (Path(LESSON), 7, False),
        (Path(LESSON), 7, True),
    ]
