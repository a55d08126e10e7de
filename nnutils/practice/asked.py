"""One asked quantity: its name, the words for it, what it is worth, and the answer."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from nnutils.core.errors import PracticeError
from nnutils.core.messages import shown, shown_with_type
from nnutils.core.worked import Worked

__all__ = ["Answer", "Asked"]

Answer = Worked | int | Fraction | float | bool | str | tuple["Answer", ...]
"""A worked number, another number, yes or no, an expression or a word as text, or a tuple of these."""


@dataclass(frozen=True)
class Asked:
    """One quantity that a question asks for, and its answer.

    ``name`` is a Python name, unique in the question; ``text`` says in words what is asked; ``marks`` is what
    the answer is worth, a positive whole number; ``unit`` says what a number counts or measures. A tuple
    answers for a size, a vector or a matrix (a tuple of rows). Text is an expression in the names of the
    givens, such as 'exp(-x)', or one of the words in ``choices``.

    Raises:
        PracticeError: for a name that is not a Python name, missing words, marks that are not positive, an
            answer of another type, and a word that is not among the choices.

    >>> question = Asked("units", "units of the first layer", 2, Worked(55, "height") * 55 * 96, unit="units")
    >>> question.answer.work
    '55 · 55 · 96 = 290,400'
    """

    name: str
    text: str
    marks: int
    answer: Answer
    unit: str = ""
    choices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check each field, and say which one cannot be."""
        if not isinstance(self.name, str) or not self.name.isidentifier():
            raise PracticeError(
                f"{shown(self.name)} is not a Python name, so no answer can be given under it.",
                remedy="Use letters, digits and _: conv1_units.",
            )
        where = f"asked quantity {self.name}"
        if not isinstance(self.text, str) or not self.text.strip():
            raise PracticeError("It does not say in words what is asked.", where=where, remedy="Give text.")
        if type(self.marks) is not int or self.marks < 1:
            raise PracticeError(
                f"{shown(self.marks)} marks cannot be earned.", where=where, remedy="Give 1, 2, 3, ..."
            )
        if problem := _problem(self.answer):
            raise PracticeError(
                problem, where=where, remedy="Give a number, text, yes or no, or a tuple of these."
            )
        if self.choices and self.answer not in self.choices:
            raise PracticeError(
                f"The answer {shown(self.answer)} is not among the choices {', '.join(self.choices)}.",
                where=where,
                remedy="Add it, or correct the answer.",
            )


def _problem(answer: object) -> str:
    if isinstance(answer, tuple):
        if not answer:
            return "The answer is an empty tuple."
        return next((found for part in answer if (found := _problem(part))), "")
    if isinstance(answer, float) and answer - answer != 0:
        return f"The answer {answer} is not finite."
    if isinstance(answer, str) and not answer.strip():
        return "The answer is empty text."
    if isinstance(answer, Worked | int | Fraction | float | bool | str):
        return ""
    return f"{shown_with_type(answer)} cannot be an answer."
