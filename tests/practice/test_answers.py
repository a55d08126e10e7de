"""What is asked, and whether answers agree with it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from nnutils.core.errors import PracticeError
from nnutils.core.worked import Worked
from nnutils.practice import Asked, Convention, compare

FILE = "chapters/sizes/practice/q1.py"


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"name": "conv1-units"}, "'conv1-units' is not a Python name"),
        ({"text": " "}, "does not say in words"),
        ({"part": " "}, "' ' is not the label of a part"),
        ({"part": 1}, "1 is not the label of a part"),
        ({"answer": float("nan")}, "nan is not finite"),
        ({"answer": (1, float("inf"))}, "inf is not finite"),
        ({"answer": ()}, "an empty tuple"),
        ({"answer": ""}, "empty text"),
        ({"answer": [1, 2]}, "of type list cannot be an answer"),
        ({"answer": None}, "None of type NoneType cannot be"),
        ({"work": Worked(2) + 2}, "The derivation gives 4, which is not the answer 3"),
        ({"answer": (1, 2), "work": (Worked(1), Worked(3))}, "The derivation gives 3"),
        ({"answer": (1, 2), "work": (Worked(1),)}, "has 1 entry"),
        ({"answer": (1, 2), "work": Worked(1)}, "The derivation gives 1"),
        ({"answer": 0.5, "work": Worked(1) / 2 + Fraction(1, 10**8)}, "The derivation gives"),
        ({"conventions": (Convention(float("inf"), "Infinite."),)}, "inf is not finite"),
        ({"answer": "left", "choices": ("same", "valid")}, "'left' is not among the choices same, valid"),
    ],
)
def test_what_cannot_be_asked_is_refused(change: dict[str, Any], problem: str) -> None:
    fields: dict[str, Any] = {"name": "units", "text": "the units", "part": "a", "answer": 3} | change
    with pytest.raises(PracticeError, match=problem):
        Asked(**fields)


def test_a_derivation_with_the_value_of_the_answer_is_taken() -> None:
    half = Worked(1) / 2
    for answer, work in [(0.5, half), ((1, (2.0, 0)), (None, (Worked(1) + 1, None))), (1e-17, Worked(0))]:
        assert Asked("share", "the share", "a", answer, work=work).derivation is work
    assert Asked("share", "the share", "a", half).derivation is half


def test_a_convention_that_gives_the_answer_itself_is_left_out() -> None:
    others = (Convention((2, 1), "Backwards."), Convention((1, 1), "Only ones."))
    assert Asked("row", "the row", "a", (1, 2), conventions=others).conventions == others
    assert Asked("row", "the row", "a", (2, 1), conventions=others).conventions == others[1:]
    thirds = (Convention(1 / 3, "In floats."),)
    assert Asked("third", "a third", "a", Fraction(1, 3), conventions=thirds).conventions == ()


AGREE = [
    (Worked(3) * 4, 12),
    (12, Worked(3) * 4),
    (Fraction(1, 2), 0.5),
    (0.1 + 0.2, 0.3),
    ((1, 2.0), np.array([1.0, 2.0])),
    (((1, 2), (3, 4)), [[1, 2], [3, 4]]),
    (np.float64(2.5), 2.5),
    (True, np.bool_(True)),
    ("same", "same"),
]
DIFFER = [
    (Worked(3) * 4, 13),
    (10**17, 10**17 + 1),  # equal as floats
    (Fraction(1, 3), 0.333333),
    (0.3, 0.3 * (1 + 1e-8)),
    ((1, 2), (1, 2, 3)),
    ((1, 2), 1),
    (((1, 2), (3, 4)), ((1, 2), (4, 3))),
    (True, 1),
    (1, True),
    ("same", "valid"),
    ("3", 3),
    (0.5, "0.5"),
    (0.0, 1e-30),
]


@pytest.mark.parametrize(("right", "answer"), AGREE)
def test_equal_answers_agree(right: Any, answer: Any) -> None:
    agreement = compare([Asked("units", "the units", "a", _plain(right))], {"units": answer}, FILE)
    assert repr(agreement) == f"The answer agrees with {FILE}."


@pytest.mark.parametrize(("right", "answer"), DIFFER)
def test_other_answers_are_refused_with_both_values(right: Any, answer: Any) -> None:
    with pytest.raises(
        PracticeError, match=r"^units \(the units\): this is .*, the practice file has "
    ) as caught:
        compare([Asked("units", "the units", "a", right)], {"units": answer}, FILE)
    assert caught.value.where == FILE


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.float64) else value


def test_the_tolerance_can_be_named() -> None:
    asked = [Asked("share", "the share", "a", 0.5)]
    assert compare(asked, {"share": 0.51}, FILE, rtol=0.1).answers == 1
    assert compare([Asked("zero", "a zero", "a", 0.0)], {"zero": 1e-12}, FILE, atol=1e-9).answers == 1


def test_every_answer_is_compared_and_no_other() -> None:
    asked = [Asked("a", "first", "a", 1), Asked("b", "second", "a", 2)]
    assert repr(compare(asked, {"b": 2, "a": 1}, FILE)) == f"All 2 answers agree with {FILE}."
    with pytest.raises(PracticeError, match="There is no answer for b"):
        compare(asked, {"a": 1}, FILE)
    with pytest.raises(PracticeError, match="c is not asked for"):
        compare(asked, {"a": 1, "b": 2, "c": 3}, FILE)
    with pytest.raises(PracticeError, match="^b "):
        compare(asked, {"a": 1, "b": 3}, FILE)
