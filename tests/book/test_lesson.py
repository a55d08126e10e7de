"""A lesson beside its book: answers compared, verdicts shown, and without a book a sentence instead."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.practice_book import FILE, PART, QUESTION, write_practice

from nnutils.book import Lesson, lesson
from nnutils.core.errors import BookError, PracticeError

CLAIMS = """\
sheets: ["A"]
claims:
- {id: A-q1-weights, sheet: A, says: weights, stated: 12, kind: number}
- {id: A-q1-nodes, sheet: A, says: nodes, stated: 4, kind: number}
"""
AUDIT = """\
from nnutils.audit import Audit


def audit():
    judged = Audit.of(__file__)
    judged.check("A-q1-weights", 4 * 3)
    judged.check("A-q1-nodes", 3)
    judged.figures["half"] = judged.number("A-q1-weights") / 2
    return judged
"""
RIGHT = {"weights": 12, "wide": False}


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_practice(tmp_path)
    part = tmp_path / "chapters" / PART
    (part / "claims.yml").write_text(CLAIMS, encoding="utf-8")
    (part / "audits").mkdir()
    (part / "audits/q1.py").write_text(AUDIT, encoding="utf-8")
    monkeypatch.chdir(part)
    return tmp_path


@pytest.fixture
def without_a_book(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere() -> Path:
        raise BookError("There is no folder 'chapters'.")

    monkeypatch.setattr(lesson, "book_folder", nowhere)


def test_answers_are_compared_for_the_givens_at_hand(book: Path) -> None:
    assert repr(Lesson(QUESTION, features=4, width=3).compare(RIGHT)) == f"All 2 answers agree with {FILE}."
    assert Lesson(QUESTION, features=10, width=9).compare({"weights": 90, "wide": True})
    with pytest.raises(PracticeError, match=r"weights \(weights of the layer\): this is 12, .* has 90"):
        Lesson(QUESTION, features=10, width=9).compare(RIGHT)


def test_the_sheets_are_shown_for_the_questions_own_givens(book: Path) -> None:
    sheets = Lesson(QUESTION, features=4, width=3).sheets
    assert sheets and sheets.score == "Of 2 statements 1 is confirmed."
    assert sheets["A-q1-nodes"].verdict == "wrong" and sheets.figures == {"half": 6.0}
    assert repr(sheets) == repr(sheets.disputed) and "1 claim: 1 wrong" in repr(sheets)
    assert "✗&nbsp;wrong" in sheets._repr_html_() and "confirmed" not in sheets._repr_html_()


def test_where_nothing_is_disputed_it_says_so(book: Path) -> None:
    audit = book / "chapters" / PART / "audits/q1.py"
    audit.write_text(AUDIT.replace('"A-q1-nodes", 3', '"A-q1-nodes", 4'), encoding="utf-8")
    sheets = Lesson(QUESTION, features=4, width=3).sheets
    assert sheets and repr(sheets) == "All 2 statements are confirmed."
    assert sheets._repr_html_() == "<p>All 2 statements are confirmed.</p>"


def test_on_changed_givens_it_says_that_the_sheets_answered_another_question(book: Path) -> None:
    changed = Lesson(QUESTION, features=10, width=3)
    assert changed.changed == {"features": 4}
    assert not changed.sheets
    for text in (repr(changed.sheets), changed.sheets._repr_html_()):
        assert "the question itself has features = 4. The verdicts on the sheets belong" in text
        assert "confirmed" not in text and "wrong" not in text


def test_a_question_that_no_sheet_answered(book: Path) -> None:
    (book / "chapters" / PART / "audits/q1.py").unlink()
    sheets = Lesson(QUESTION, features=4, width=3).sheets
    assert not sheets and repr(sheets) == "No sheet of this book answers this question."


def test_impossible_givens_are_named_at_once(book: Path) -> None:
    with pytest.raises(PracticeError, match="The given width = 0 cannot be"):
        Lesson(QUESTION, features=4, width=0)
    with pytest.raises(PracticeError, match="the question's givens are features, width"):
        Lesson(QUESTION, features=4)
    with pytest.raises(BookError, match="no chapters/sizes/practice/q2.py"):
        Lesson("sizes/q2", features=4, width=3)


def test_without_a_book_the_lesson_says_so_and_goes_on(without_a_book: None) -> None:
    alone = Lesson(QUESTION, features=4, width=3)
    assert repr(alone.compare({})).startswith("There is no book around this notebook, so its answers are not")
    assert not alone.sheets and alone.changed == {}
    assert repr(alone.sheets) == "There is no book around this notebook, so what the sheets say is left out."
    with pytest.raises(BookError, match="does not name a question"):
        Lesson("sizes", features=4)


def test_without_a_book_there_are_no_fresh_exercises(without_a_book: None) -> None:
    assert "no fresh exercises" in repr(Lesson(QUESTION, features=4, width=3).exercises())


def test_an_audit_that_fails_is_an_error_on_the_page(book: Path) -> None:
    (book / "chapters" / PART / "audits/q1.py").write_text("def audit():\n    1 / 0\n", encoding="utf-8")
    with pytest.raises(ZeroDivisionError):
        repr(Lesson(QUESTION, features=4, width=3).sheets)


@pytest.mark.parametrize("width", [3, 4])
def test_an_audit_file_without_claims_means_that_no_sheet_answered(book: Path, width: int) -> None:
    claims = book / "chapters" / PART / "claims.yml"
    claims.write_text(CLAIMS.replace("-q1-", "-q2-"), encoding="utf-8")
    sheets = Lesson(QUESTION, features=4, width=width).sheets
    assert not sheets and repr(sheets) == "No sheet of this book answers this question."
