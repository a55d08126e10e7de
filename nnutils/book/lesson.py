"""What a lesson asks of the book around it: the practice file's answers, the verdicts on the sheets.

A lesson runs without a book, too: then it says what is left out, and goes on.
"""

from __future__ import annotations

import html
from functools import cached_property
from pathlib import Path
from typing import Any

from nnutils.audit import Audit, Verdict, VerdictTable, load_audit, load_claims
from nnutils.book.exercises import Exercises
from nnutils.core.errors import BookError
from nnutils.core.places import book_folder, question_of
from nnutils.practice import Agreement, Question, load, one_line

__all__ = ["Lesson", "Sheets"]

_NO_SHEET = "No sheet of this book answers this question."


class Lesson:
    """The lesson of one question: its name, '<part>/q<number>', and its givens as they are now.

    The names of the givens are those of the practice file; their values may be others.

    Raises:
        BookError: for a name that is not a question's, and for a question that the book does not have.
        PracticeError: for other names, and for givens that have no answer; the message says which of them.
    """

    def __init__(self, question: str, /, **givens: object) -> None:
        self.part, self.question = question_of(question)
        self.name = question
        self.givens = givens
        self._book = _book_around()
        self._practice: Question | None = load(question, self._book) if self._book else None
        if self._practice:
            self._practice.check(givens)

    def compare(self, answers: dict[str, object], **tolerance: float) -> Agreement | _Sentence:
        """Compare the lesson's answers, by name, with those of the practice file for the same givens.

        ``rtol`` and ``atol`` are the tolerances for floats.

        Raises:
            PracticeError: where one is missing or differs; the message names it and shows both.
        """
        if self._practice is None:
            return _Sentence(
                "There is no book around this notebook, so its answers are not compared with a practice file."
            )
        return self._practice.compare(self.givens, answers, **tolerance)

    def exercises(self, number: int = 2) -> Exercises | _Sentence:
        """Return fresh exercises with their answers, by the practice file, on drawn givens.

        Raises:
            BookError: where the practice file does not draw so many different givens.
        """
        if self._practice is None:
            return _Sentence("There is no book around this notebook, so it has no fresh exercises.")
        return Exercises(self._practice, self.givens, number)

    @cached_property
    def sheets(self) -> Sheets:
        """What the sheets say about this question, where they answered it as it is given here."""
        return Sheets(self)

    @property
    def changed(self) -> dict[str, object]:
        """The question's own value of each of the givens that is another one here; {} without a book."""
        own = self._practice.givens() if self._practice else {}
        return {name: value for name, value in own.items() if self.givens[name] != value}

    def __repr__(self) -> str:
        return f"<lesson {self.name}>"


class Sheets:
    """The statements of the sheets on a lesson's question: true where there are verdicts to show.

    At the end of a cell it shows the disputed statements, or says why there is nothing to show: the givens
    were changed, there is no book around, no sheet answered the question. ``sheets["003-q1-total"]`` is
    a verdict, ``audit`` the whole audit, ``figures`` what it offers for quotation, ``score`` a sentence.
    """

    def __init__(self, lesson: Lesson) -> None:
        self._lesson = lesson

    @cached_property
    def reason(self) -> str:
        """Why there is nothing to show, as a sentence; '' where there is."""
        lesson, book = self._lesson, self._lesson._book
        if book is None:
            return "There is no book around this notebook, so what the sheets say is left out."
        if not (book / "chapters" / lesson.part / "audits" / f"{lesson.question}.py").is_file():
            return _NO_SHEET
        if not any(claim.question == lesson.question for claim in load_claims(lesson.part, book)):
            return _NO_SHEET
        if lesson.changed:
            own = ", ".join(one_line(name, value) for name, value in lesson.changed.items())
            return (
                f"The givens of this page were changed; the question itself has {own}. "
                "The verdicts on the sheets belong to that question, so they are not shown here."
            )
        return ""

    @cached_property
    def audit(self) -> Audit:
        """The audit of the question, on the sheets' own givens.

        Raises:
            BookError: where there is no book, or no audit of this question.
        """
        return load_audit(self._lesson.name, self._lesson._book)

    @property
    def figures(self) -> dict[str, Any]:
        """What the audit offers for quotation."""
        return self.audit.figures

    @property
    def score(self) -> str:
        """The verdicts in one sentence."""
        return self.audit.score

    @property
    def disputed(self) -> VerdictTable:
        """The statements that are not confirmed."""
        return self.audit.disputed

    def __bool__(self) -> bool:
        return not self.reason

    def __getitem__(self, claim_id: str) -> Verdict:
        """Return the verdict on a claim."""
        return self.audit[claim_id]

    def __repr__(self) -> str:
        return self._sentence or str(self.disputed)

    def _repr_html_(self) -> str:
        said = self._sentence
        return f"<p>{html.escape(said)}</p>" if said else self.disputed._repr_html_()

    @property
    def _sentence(self) -> str:
        """What is shown where no table is: why there are no verdicts, or that none is disputed."""
        return self.reason or ("" if len(self.disputed) else self.score)


class _Sentence:
    """A sentence that a cell shows as it stands."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return self._text


def _book_around() -> Path | None:
    try:
        return book_folder()
    except BookError:
        return None
