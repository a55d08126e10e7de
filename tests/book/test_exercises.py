"""Fresh exercises: drawn, other than the page, with the practice file's answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.practice_book import PRACTICE, QUESTION, write_practice

from nnutils.book import Lesson
from nnutils.book.exercises import Exercises
from nnutils.core.errors import BookError
from nnutils.practice import load


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_practice(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_each_exercise_is_the_question_on_drawn_givens_with_its_answers(book: Path) -> None:
    question = load(QUESTION, book)
    shown = Lesson(QUESTION, **question.givens()).exercises()
    assert isinstance(shown, Exercises) and shown.seeds == (1, 2)
    text = shown._repr_markdown_()
    for number, seed in enumerate(shown.seeds, start=1):
        drawn = question.draw(seed)
        fold = text.split("::::{dropdown}")[number]
        assert fold.startswith(f" Exercise {number}\n{question.statement(drawn)}\n")
        weights, wide = question.asked(drawn)
        assert f"| weights of the layer | {weights.answer.work} |" in fold
        assert f"| is it wide? | {'yes' if wide.answer else 'no'} |" in fold


def test_the_givens_of_the_page_are_not_drawn_again(book: Path) -> None:
    question = load(QUESTION, book)
    assert Exercises(question, question.draw(1), 2).seeds[0] > 1
    drawn = [question.draw(seed) for seed in Exercises(question, question.givens(), 5).seeds]
    assert all(first != second for n, first in enumerate(drawn) for second in drawn[n + 1 :])


def test_a_question_that_draws_too_little_says_so(tmp_path: Path) -> None:
    text = PRACTICE.replace("chance.whole(5, 9)", "5")
    question = load(QUESTION, write_practice(tmp_path, text))
    with pytest.raises(BookError, match="fewer than 2 give a new exercise") as caught:
        Exercises(question, question.givens(), 2)
    assert "practice/q1.py" in str(caught.value)


def test_a_bar_in_an_answer_does_not_end_its_cell(tmp_path: Path) -> None:
    text = PRACTICE.replace('"is it wide?", "a", weights > 50', '"is |w| > 50?", "a", "abs(w) | 0"')
    question = load(QUESTION, write_practice(tmp_path, text))
    shown = Exercises(question, question.givens(), 1)._repr_markdown_()
    assert r"| is \|w\| > 50? | `abs(w) \| 0` |" in shown
