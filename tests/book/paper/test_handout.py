"""The hand-outs: the questions alone hold no answer, the others hold both, and the real book makes both."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from nbformat.v4 import new_markdown_cell
from support.lesson_book import CELLS, write_book, write_lesson
from support.notebook_files import QUESTIONS, ROOT, read

from nnutils.book.__main__ import main
from nnutils.book.paper import handouts
from nnutils.core.errors import BookError


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_book(tmp_path)


def test_the_questions_hold_no_answer_and_the_answers_hold_both(book: Path) -> None:
    questions, answers = handouts(book)
    assert [questions.title, answers.title] == ["A Book: Questions", "A Book: Questions and model answers"]
    for page in (questions, answers):
        assert "<h2>Counting &lt;weights&gt;</h2>" in page.html and "3 nodes?" in page.html
        assert '<h1 class="part">Sizes</h1>' in page.html and 'content="A. Writer"' in page.html
        assert "<script" not in page.html and "data:font/woff2;base64," in page.html
        for left_out in ("width = 3", "%%prose", "As code", "A hint", "An explanation", "After this page"):
            assert left_out not in page.html
    assert "12" not in re.sub(r"<style>.*?</style>", "", questions.html, flags=re.DOTALL)
    assert "<pre>12 weights</pre>" in answers.html and "<mn>4</mn><mo>=</mo><mn>12</mn>" in answers.html


@pytest.mark.parametrize(("missing", "words"), [(1, "'## Question'"), (6, "'### Model answer'")])
def test_a_lesson_without_one_of_them_is_named(book: Path, missing: int, words: str) -> None:
    write_lesson(book, [cell for number, cell in enumerate(CELLS) if number != missing])
    with pytest.raises(BookError, match=words) as caught:
        handouts(book)
    assert "01_weights.ipynb" in str(caught.value)


def test_a_formula_that_cannot_be_set_is_quoted(book: Path) -> None:
    write_lesson(book, [*CELLS[:-1], new_markdown_cell("since $\\frac{3$.")])
    with pytest.raises(BookError, match=r"in \\frac\{3"):
        handouts(book)


def test_a_book_without_lessons_says_so(book: Path) -> None:
    (book / "_toc.yml").write_text("parts: []\n", encoding="utf-8")
    with pytest.raises(BookError, match=r"No part of _toc.yml has a lesson"):
        handouts(book)


def test_the_command_writes_both(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(book)
    assert main(["handout"]) == 0
    written = capsys.readouterr().out.split()
    assert [Path(name).name for name in written] == ["questions.html", "model_answers.html"]
    assert all((book / name).is_file() for name in written)


def test_parts_and_single_questions_can_be_taken() -> None:
    questions, _ = handouts(ROOT, "stacked_convolutions foundations/q6")
    assert questions.html.count('<article class="question">') == 5
    assert questions.html.index("Sizes and weights of a small CNN") < questions.html.index(
        "Stacked convolutions"
    )
    with pytest.raises(BookError, match="foundations/q99"):
        handouts(ROOT, "foundations/q99")


def test_every_lesson_of_the_book_is_on_both_and_none_shows_code_or_a_broken_figure() -> None:
    questions, answers = handouts(ROOT)
    for page in (questions, answers):
        assert page.html.count('<article class="question">') == len(QUESTIONS)
        text = re.sub(r"<style>.*?</style>|base64,[^\"]*", "", page.html, flags=re.DOTALL)
        assert not re.search(r"\{\{|%%prose|<Figure|\bnan\b|:::|```", text)
    for path in QUESTIONS:
        assert read(path).cells[0].source.splitlines()[0].removeprefix("# ") in questions.html
    assert "Model answer</h3>" not in questions.html
    assert answers.html.count("<h3>Model answer</h3>") == len(QUESTIONS)
