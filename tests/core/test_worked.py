"""Worked numbers: exact like Fraction, and numbers like any other."""

from __future__ import annotations

import copy
import dataclasses
import html.parser
import json
import math
import operator
import pickle
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from support.number_trees import OPERATORS, build, numbers, trees

from nnutils.core.errors import NNUtilsError, WorkedError
from nnutils.core.worked import Worked, exact


@given(trees)
def test_arithmetic_is_exact(tree: Any) -> None:
    worked, value = build(tree)
    assert worked.value == value
    assert isinstance(worked.value, int) == (value.denominator == 1)


@given(numbers, numbers)
def test_comparisons_and_hash_are_those_of_the_value(a: Fraction, b: Fraction) -> None:
    for compare in (operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge):
        assert compare(Worked(a), Worked(b)) is compare(a, b)
        assert compare(Worked(a), b) is compare(a, b)
        assert compare(a, Worked(b)) is compare(a, b)
    assert hash(Worked(a, "name")) == hash(a)
    assert bool(Worked(a)) is bool(a)


def test_it_is_found_in_a_dict_by_its_value() -> None:
    assert {Worked(5, "a"): "five"}[5] == "five"
    assert {Fraction(1, 2): "half"}[Worked(1) / 2] == "half"
    assert Worked(5) != "5"
    assert Worked(0) != None  # noqa: E711
    assert Worked(1) / 2 == 0.5 and Worked(1) / 3 != 1 / 3


def test_it_counts_indexes_and_rounds() -> None:
    assert list(range(Worked(3))) == [0, 1, 2]
    assert "abc"[Worked(1)] == "b"
    assert (int(Worked(7)), float(Worked(1) / 4)) == (7, 0.25)
    half = Worked(-7) / 2
    assert (math.floor(half), math.ceil(half), round(half), abs(half)) == (-4, -3, -4, Fraction(7, 2))
    assert round(Worked(1) / 3, 2) == Fraction(33, 100)
    assert +half is half
    with pytest.raises(WorkedError, match="not a whole number"):
        int(half)


@pytest.mark.parametrize(
    ("number", "spec", "text"),
    [
        (Worked(1200), "", "1200"),
        (Worked(1200), ",", "1,200"),
        (Worked(1200), "d", "1200"),
        (Worked(1) / 3, "", "1/3"),
        (Worked(1) / 3, ".1%", "33.3%"),
        (Worked(-5000) / 3, ",", "-5,000/3"),
        (Worked(1) / 8, ".2f", "0.12"),
        (Worked(1) / 3, ">5", "  1/3"),
    ],
)
def test_it_formats_like_a_number_fractions_included(number: Worked, spec: str, text: str) -> None:
    assert format(number, spec) == text


def test_text_forms() -> None:
    weights = (Worked(16, "out") * Worked(3, "in") * Worked(25, "window")).named("weights")
    assert (repr(weights), str(weights), weights.work) == ("1200", "1200", "16 · 3 · 25 = 1,200")
    assert weights.formula == "out · in · window"
    assert Worked(1200, "given").work == "1,200"
    assert (Worked(1200).formula, Worked(1200, "given").formula) == ("1,200", "given")


@pytest.mark.parametrize("kind", [np.int64, np.int32, np.uint8])
@pytest.mark.parametrize("op", [*OPERATORS, "**"])
def test_numpy_integers_on_either_side_keep_the_derivation(kind: Any, op: str) -> None:
    apply = OPERATORS.get(op, operator.pow)
    for made, value in (
        (apply(kind(3), Worked(5, "n")), apply(Fraction(3), 5)),
        (apply(Worked(5), kind(3)), apply(Fraction(5), 3)),
    ):
        assert type(made) is Worked
        assert made.arguments and made.value == value  # uint8: 3 - 5 is -2, not 254
        assert type(made.value) in (int, Fraction)


def test_numpy_integers_become_python_integers() -> None:
    assert type(Worked(np.int64(3)).value) is int
    assert np.int64(3) == Worked(3) and Worked(3) == np.int64(3) and np.int64(2) < Worked(3)


@pytest.mark.parametrize(
    "value",
    [
        True,
        False,
        np.bool_(True),
        1j,
        "5",
        None,
        [3],
        np.array([1, 2]),
    ],
)
def test_what_is_not_exact_is_refused_by_name(value: Any) -> None:
    with pytest.raises(WorkedError, match=f"of type {type(value).__name__}") as caught:
        Worked(value)
    assert caught.value.remedy
    for apply in (lambda: Worked(3) * value, lambda: value * Worked(3), lambda: Worked(3) + value):
        with pytest.raises(WorkedError, match=f"of type {type(value).__name__}"):
            apply()


@pytest.mark.parametrize("value", [1.5, 2.0, float("nan"), np.float64(2), np.float32(2)])
def test_a_float_is_not_exact(value: Any) -> None:
    with pytest.raises(WorkedError, match=f"of type {type(value).__name__}"):
        Worked(value)


@pytest.mark.parametrize("op", [*OPERATORS, "**"])
@pytest.mark.parametrize("kind", [float, np.float64, np.float32])
def test_with_a_float_a_float_results(op: str, kind: Any) -> None:
    apply = OPERATORS.get(op, operator.pow)
    for made, value in (
        (apply(Worked(3, "n"), kind(2.5)), apply(3.0, 2.5)),
        (apply(kind(2.5), Worked(3, "n")), apply(2.5, 3.0)),
    ):
        assert type(made) is float and made == value


def test_an_impossible_operation_with_a_float_is_named() -> None:
    with pytest.raises(WorkedError, match="divide"):
        Worked(3) / 0.0
    with pytest.raises(WorkedError, match="not a real number"):
        Worked(-8) ** 0.5
    with pytest.raises(WorkedError, match="too large for a float"):
        Worked(10**400) * 0.5


def test_a_number_that_cannot_be_written_is_refused_before_it_is_computed() -> None:
    assert len(str(Worked(10) ** 4000)) == 4001
    for make in (
        lambda: Worked(10**5000),
        lambda: Worked(10) ** 5000,
        lambda: Worked(9) ** (10**9),
        lambda: Worked(2) ** -(10**12),
        lambda: (Worked(10) ** 4000) * (Worked(10) ** 4000),
    ):
        with pytest.raises(WorkedError, match="more than 4,300"):
            make()
    assert Worked(1) ** (10**12) == 1 and Worked(-1) ** (10**12 + 1) == -1


def test_an_array_is_not_a_number() -> None:
    for compare in (lambda: Worked(3) == np.array([3]), lambda: np.array([3, 4]) == Worked(3)):
        with pytest.raises(WorkedError, match="is compared with array"):
            compare()
    assert np.float64(3) == Worked(3)


def test_an_unknown_format_is_named() -> None:
    with pytest.raises(WorkedError, match="'d'"):
        format(Worked(1) / 3, "d")
    with pytest.raises(WorkedError, match="'q'"):
        format(Worked(3), "q")


def test_json_holds_plain_numbers() -> None:
    data = {"weights": Worked(96) * 363, "share": Worked(1) / 4}
    assert json.loads(json.dumps(data, default=Worked.as_json)) == {"weights": 34848, "share": 0.25}
    with pytest.raises(TypeError, match="not JSON serializable"):
        json.dumps({1, 2}, default=Worked.as_json)


@pytest.mark.parametrize("op", ["/", "//", "%"])
def test_division_by_zero_says_what_was_zero(op: str) -> None:
    with pytest.raises(WorkedError, match=r"7 cannot be divided by groups, which is 0\.\n  Divide by"):
        OPERATORS[op](Worked(7), Worked(0, "groups"))
    with pytest.raises(WorkedError, match=r"7 cannot be divided by 0\."):
        OPERATORS[op](7, Worked(0))


def test_powers_that_are_not_exact_are_refused_each_with_its_reason() -> None:
    with pytest.raises(WorkedError, match="Use a whole exponent"):
        Worked(2) ** Fraction(1, 2)
    with pytest.raises(WorkedError, match="divides by 0"):
        Worked(0) ** -1
    assert Worked(0) ** 0 == 1 and Worked(2) ** -2 == Fraction(1, 4)
    assert issubclass(WorkedError, NNUtilsError) and issubclass(NNUtilsError, ValueError)


def test_exact_gives_plain_numbers() -> None:
    assert type(exact(Worked(6) / 3)) is int
    assert exact(Fraction(6, 3)) == 2 and type(exact(Fraction(6, 3))) is int


def test_it_never_changes() -> None:
    number = Worked(3, "a") * 4
    for field in dataclasses.fields(Worked):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(number, field.name, 5)
    with pytest.raises((AttributeError, TypeError)):
        number.note = "x"  # type: ignore[attr-defined]


def test_copies_and_pickles_keep_the_work() -> None:
    number = ((Worked(3, "a") * 4).named("area") / 5).named("share")
    for twin in (copy.copy(number), copy.deepcopy(number), pickle.loads(pickle.dumps(number))):
        assert (twin, twin.name, twin.steps()) == (number, "share", number.steps())


class _Spans(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("name", ["weights", 'say "no"', "a<b>", "it's", "A&amp;B"])
def test_html_shows_the_number_and_hides_the_work_in_its_title(name: str) -> None:
    page = _Spans()
    page.feed((Worked(300, "a") * 4).named(name)._repr_html_())
    assert page.tags == [("span", {"class": "worked", "title": f"{name} = 300 · 4 = 1,200"})]
    assert page.text == "1,200"


def test_html_of_a_result_without_a_name_is_the_contract() -> None:
    number = Worked(16) * 3 * 5 * 5
    assert number._repr_html_() == '<span class="worked" title="16 · 3 · 5 · 5 = 1,200">1,200</span>'
