"""Answers beside those of a practice file: exact numbers with ``==``, floats at a stated tolerance."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from nnutils.core.errors import PracticeError
from nnutils.core.messages import shown
from nnutils.core.worked import Worked

if TYPE_CHECKING:
    from nnutils.practice.asked import Asked  # which checks its conventions with this module

__all__ = ["Agreement", "agree", "compare"]

RTOL = 1e-9
"""The relative difference that two floats may have: both routes keep some fifteen digits."""


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


def agree(given: object, right: object, rtol: float = RTOL, atol: float = 0.0) -> bool:
    """Say whether two answers are the same, by the rules of ``compare``.

    >>> agree(0.5, Fraction(1, 2)), agree((1, 2), [1, 3]), agree(True, 1)
    (True, False, False)
    """
    given, right = _plain(given), _plain(right)
    if isinstance(given, list) or isinstance(right, list):
        if not (isinstance(given, list) and isinstance(right, list)) or len(given) != len(right):
            return False
        return all(agree(a, b, rtol, atol) for a, b in zip(given, right, strict=True))
    if isinstance(given, str | bool) or isinstance(right, str | bool):
        return type(given) is type(right) and given == right
    if isinstance(given, float) or isinstance(right, float):
        if not isinstance(given, int | float | Fraction) or not isinstance(right, int | float | Fraction):
            return False
        return math.isclose(given, right, rel_tol=rtol, abs_tol=atol)
    return given == right


def _plain(value: object) -> object:
    """Return a value as Python's own: a worked number's value, an array or a tuple as a list."""
    if isinstance(value, Worked):
        return value.value
    if hasattr(value, "tolist"):  # arrays, tensors and their scalars
        return value.tolist()
    return list(value) if isinstance(value, tuple) else value


def _shown(value: object) -> str:
    return shown(_plain(value), 80)
