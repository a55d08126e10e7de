"""A practice file, found and checked: what is asked, what is drawn, which given is at fault."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.practice_book import FILE, PRACTICE, QUESTION, write_practice

from nnutils.core.errors import BookError, PracticeError
from nnutils.practice import load, questions


def test_a_question_is_loaded(tmp_path: Path) -> None:
    question = load(QUESTION, write_practice(tmp_path))
    assert (question.name, question.file, question.marks) == (QUESTION, FILE, 10)
    assert question.givens() == {"features": 4, "width": 3}
    weights, wide = question.asked()
    assert (weights.answer, wide.answer) == (12, False)
    assert question.asked({"features": 10, "width": 10})[1].answer is True
    assert "3 nodes reads 4" in question.statement()
    assert "2 nodes reads 7" in question.statement({"features": 7, "width": 2})
    assert [found.name for found in questions(tmp_path)] == [QUESTION]
    assert repr(question) == "<question sizes/q1: 2 asked, 10 marks>"


def test_it_is_found_in_the_book_around(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write_practice(tmp_path) / "chapters")
    assert load(QUESTION).marks == 10


def test_draws_are_the_same_for_the_same_seed(tmp_path: Path) -> None:
    question = load(QUESTION, write_practice(tmp_path))
    assert question.draw(3) == question.draw(3)
    assert len({tuple(question.draw(seed).values()) for seed in range(30)}) > 10
    for seed in ("3", 3.0, True, None):
        with pytest.raises(PracticeError, match="is not a whole number"):
            question.draw(seed)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["givens", "draw", "asked", "parts", "statement"])
def test_a_file_without_one_of_the_functions_is_refused(tmp_path: Path, name: str) -> None:
    write_practice(tmp_path, PRACTICE.replace(f"def {name}(", f"def _{name}("))
    with pytest.raises(PracticeError, match=f"has no function {name}") as caught:
        load(QUESTION, tmp_path)
    assert caught.value.where == FILE


def test_a_file_that_fails_is_named(tmp_path: Path) -> None:
    with pytest.raises(
        PracticeError, match=r"The practice file fails: ModuleNotFoundError.*\n  chapters/sizes"
    ):
        load(QUESTION, write_practice(tmp_path, "import no_such_library\n"))


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('return {"features": 4, "width": 3}', "return [4, 3]", r"givens\(\) returns \[4, 3\]"),
        ('return {"features": 4, "width": 3}', "return {}", r"givens\(\) returns {}"),
        (
            '"width": chance.whole(5, 9)}',
            '"nodes": 5}',
            r"draw\(1\) name features, nodes; .* are features, width",
        ),
        ('Asked("wide"', 'Asked("weights"', "weights is asked for twice"),
        ('return f"A layer', 'return 3 and f"" or f"" and f"A layer', "returns '', not words"),
    ],
)
def test_what_a_file_returns_is_checked(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert old in PRACTICE
    write_practice(tmp_path, PRACTICE.replace(old, new))
    with pytest.raises(PracticeError, match=problem):
        question = load(QUESTION, tmp_path)
        question.draw(1)
        question.asked()
        question.statement()


@pytest.mark.parametrize("answer", ["[]", "()", "(3,)", "None"])
def test_what_is_asked_is_a_tuple_of_asked(tmp_path: Path, answer: str) -> None:
    text = PRACTICE[: PRACTICE.index("    Network(")] + f"    return {answer}\n"
    write_practice(tmp_path, text + PRACTICE[PRACTICE.index("\n\ndef parts") :])
    with pytest.raises(PracticeError, match=r"asked\(givens\) returns .*, not a tuple of Asked"):
        load(QUESTION, tmp_path).asked()


@pytest.mark.parametrize(
    ("change", "blamed"),
    [
        ({"width": 0}, r"The given width = 0 cannot be: .*\n(.*\n)?.*The question itself has width = 3"),
        ({"features": -4}, "The given features = -4 cannot be"),
        ({"features": 2.5, "width": 7}, "The given features = 2.5 cannot be"),
        ({"features": 0, "width": 0}, "There is no answer for features and width"),
    ],
)
def test_givens_that_cannot_be_are_blamed_by_name(
    tmp_path: Path, change: dict[str, object], blamed: str
) -> None:
    question = load(QUESTION, write_practice(tmp_path))
    with pytest.raises(PracticeError, match=blamed):
        question.asked({**question.givens(), **change})


def test_other_names_are_refused(tmp_path: Path) -> None:
    question = load(QUESTION, write_practice(tmp_path))
    for givens in ({"features": 4}, {"features": 4, "width": 3, "depth": 1}):
        for method in (question.asked, question.statement):
            with pytest.raises(PracticeError, match="the question's givens are features, width"):
                method(givens)


def test_a_question_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="There is no chapters/sizes/practice/q2.py"):
        load("sizes/q2", write_practice(tmp_path))
