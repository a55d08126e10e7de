"""One asked quantity: its name, the words for it, its part of the question, and the answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from nnutils.core.errors import PracticeError
from nnutils.core.messages import shown, shown_with_type
from nnutils.core.words import counted
from nnutils.core.worked import Worked
from nnutils.practice.equality import agree

__all__ = ["Answer", "Asked", "Convention"]

Answer = Worked | int | Fraction | float | bool | str | tuple["Answer", ...]
"""A worked number, another number, yes or no, an expression or a word as text, or a tuple of these."""

_ROUNDING = 1e-12
"""What a derivation in floats may be off by, where the answer is near 0."""


@dataclass(frozen=True)
class Convention:
    """What is right under another convention that people use.

    ``words`` is a sentence that names the convention, such as 'This counts an addition and a multiplication
    as two operations; here a multiplication alone is counted.'
    """

    answer: Answer
    words: str


@dataclass(frozen=True)
class Asked:
    """One quantity that a question asks for, and its answer.

    ``name`` is a Python name, unique in the question; ``text`` says in words what is asked; ``part`` is the
    label of the part of the question that it belongs to, such as 'a'; ``unit`` says what a number counts or
    measures. A tuple answers for a size, a vector or a matrix (a tuple of rows). Text is an expression in the
    names of the givens, such as 'exp(-x)', or one of the words in ``choices``.

    ``conventions`` holds what is right under another convention; one that gives the answer itself, as may
    happen for some givens, is left out. ``work`` is the derivation of the answer where the answer itself has
    none, or another one: a worked number or a row of a trace table, for a tuple a tuple of such in the places
    of its numbers, None where there is none. It has to have the value of the answer.

    ``defines`` is the name that the value of a formula has in the question's other formulas. ``any_order``
    says that the entries of a tuple, or the rows of a table, may stand in any order.

    Raises:
        PracticeError: for a name that is not a Python name, missing words, a part without a label, an answer
            of another type, also under a convention, a word that is not among the choices, and a derivation
            of another value.

    >>> question = Asked("units", "units of conv1", "a", Worked(55, "height") * 55 * 96, unit="units")
    >>> question.answer.work
    '55 · 55 · 96 = 290,400'
    """

    name: str
    text: str
    part: str
    answer: Answer
    unit: str = ""
    choices: tuple[str, ...] = ()
    conventions: tuple[Convention, ...] = ()
    work: Any = field(default=None, compare=False)
    defines: str = ""
    any_order: bool = False

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
        if not isinstance(self.part, str) or not self.part.strip():
            raise PracticeError(
                f"{shown(self.part)} is not the label of a part of the question.",
                where=where,
                remedy="Give the label that the page has: 'a'.",
            )
        for answer in (self.answer, *(convention.answer for convention in self.conventions)):
            if problem := _problem(answer):
                raise PracticeError(
                    problem, where=where, remedy="Give a number, text, yes or no, or a tuple of these."
                )
        if self.choices and self.answer not in self.choices:
            raise PracticeError(
                f"The answer {shown(self.answer)} is not among the choices {', '.join(self.choices)}.",
                where=where,
                remedy="Add it, or correct the answer.",
            )
        if problem := _other_value(self.answer, self.work):
            raise PracticeError(
                f"The derivation {problem}.", where=where, remedy="One of the two is wrong: follow both."
            )
        others = tuple(one for one in self.conventions if not agree(one.answer, self.answer))
        object.__setattr__(self, "conventions", others)

    @property
    def derivation(self) -> Any:
        """What explains a wrong answer: ``work`` where it is given, otherwise the answer itself."""
        return self.answer if self.work is None else self.work


def _other_value(answer: object, work: Any) -> str:
    """Return where a derivation first leaves the answer, in words; '' where it does not."""
    if work is None:
        return ""
    if isinstance(work, tuple | list):
        if not isinstance(answer, tuple | list) or len(work) != len(answer):
            return f"has {counted(len(work), 'entry', 'entries')}, which are not those of {shown(answer)}"
        pairs = zip(answer, work, strict=True)
        return next((problem for pair in pairs if (problem := _other_value(*pair))), "")
    value = getattr(work, "value", work)
    if agree(value, answer, atol=_ROUNDING):
        return ""
    return f"gives {shown(value)}, which is not the answer {shown(answer)}"


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
