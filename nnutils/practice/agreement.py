"""Answers beside those of a practice file: exact numbers with ``==``, floats at a stated tolerance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nnutils.core.errors import PracticeError
from nnutils.core.messages import shown
from nnutils.practice.asked import Asked
from nnutils.practice.equality import RTOL, agree, as_plain

__all__ = ["Agreement", "agree", "compare"]


@dataclass(frozen=True)
class Agreement:
    """That so many answers agree with a practice file; shown as a sentence."""

    answers: int
    file: str

    def __repr__(self) -> str:
        if self.answers == 1:
            return f"The answer agrees with {self.file}."
        return f"All {self.answers} answers agree with {self.file}."


def compare(
    asked: Sequence[Asked], answers: Mapping[str, object], file: str, *, rtol: float = RTOL, atol: float = 0.0
) -> Agreement:
    """Compare answers with those of a practice file, each by its name.

    Whole numbers and fractions agree where they are equal, floats within ``rtol`` of the larger one or within
    ``atol``, tuples (lists, arrays) entry by entry, text where it is the same.

    Raises:
        PracticeError: for an answer that is missing, one that was not asked for, and one that differs.

    >>> from nnutils.practice import Asked
    >>> asked = [Asked("units", "units of the layer", "a", 55 * 55 * 96)]
    >>> compare(asked, {"units": 290_400}, "chapters/part/practice/q1.py")
    The answer agrees with chapters/part/practice/q1.py.
    """
    names = [quantity.name for quantity in asked]
    if missing := [name for name in names if name not in answers]:
        raise PracticeError(
            f"There is no answer for {', '.join(missing)}.",
            where=file,
            remedy="Compare every asked quantity.",
        )
    if unknown := [name for name in answers if name not in names]:
        raise PracticeError(
            f"{', '.join(unknown)} is not asked for.", where=file, remedy=f"Asked are {', '.join(names)}."
        )
    for quantity in asked:
        if not agree(answers[quantity.name], quantity.answer, rtol, atol):
            raise PracticeError(
                f"{quantity.name} ({quantity.text}): this is {_shown(answers[quantity.name])}, "
                f"the practice file has {_shown(quantity.answer)}.",
                where=file,
                remedy="One of the two is wrong: follow both derivations.",
            )
    return Agreement(len(names), file)


def _shown(value: object) -> str:
    return shown(as_plain(value), 80)
