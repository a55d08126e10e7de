"""Formulas as written: what may stand in them, and what is impossible in words instead of a traceback."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from nnutils.audit.errors import UndefinedOperationError
from nnutils.audit.plain_values import PlainArray
from nnutils.audit.statements.expressions import evaluate, names, parse, value_as_written
from nnutils.core.errors import ClaimError
from nnutils.core.worked import Worked

COLUMN, MATRIX = np.ones((3, 1)), np.ones((3, 3))


@pytest.mark.parametrize(
    "text",
    [
        "x.__class__",
        "x.shape",
        "f(x, axis=0)",
        "f(x)(y)",
        "(lambda: 1)()",
        "[y for y in x]",
        "x[0]",
        "x if y else z",
        "x > y",
        "x and y",
        "not x",
        "x << 2",
        "~x",
        "'text'",
        "True",
        "1j",
        "{x: 1}",
        "x; y",
        "x = 1",
        "",
        "f(*x)",
    ],
)
def test_only_arithmetic_and_named_functions_are_allowed(text: str) -> None:
    with pytest.raises(ClaimError) as caught:
        parse(text)
    assert "Allowed: numbers, names" in caught.value.remedy


def test_no_builtin_can_be_used() -> None:
    with pytest.raises(ClaimError, match="needs abs, which the check does not give") as caught:
        evaluate("abs(x)", {"x": 1})
    assert caught.value.where == "given: x"


@pytest.mark.parametrize(
    ("text", "given", "value"),
    [
        ("2 * x + 1", {"x": 3}, 7),
        ("-x ** 2", {"x": 3}, -9),
        ("x.T", {"x": 3}, 3),
        ("7 // x + 7 % x", {"x": 2}, 4),
        ("f([x, 2])", {"x": 1, "f": sum}, 3),
        ("x * 0.5", {"x": Worked(3)}, 1.5),
    ],
)
def test_values(text: str, given: dict[str, Any], value: Any) -> None:
    assert evaluate(text, given) == value
    assert set(names(text)) == set(given)


def test_arrays() -> None:
    assert evaluate("A.T @ x", {"A": MATRIX, "x": COLUMN}).tolist() == [[3.0]] * 3  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x @ A", "x (3 x 1) and A (3 x 3) cannot be multiplied as matrices"),
        ("A @ (x + x).T", "A (3 x 3) and (x + x).T (1 x 3) cannot be multiplied as matrices"),
        ("n @ A", "n (a single number) and A (3 x 3) cannot be multiplied as matrices"),
        ("A + v", "A (3 x 3) and v (2 entries) cannot be added entry by entry"),
        ("n / 0", "n / 0 divides by zero"),
    ],
)
def test_an_impossible_operation_is_said_in_words(text: str, reason: str) -> None:
    given = {"A": MATRIX, "x": COLUMN, "v": np.ones(2), "n": 3}
    with pytest.raises(UndefinedOperationError) as caught:
        evaluate(text, given)
    assert caught.value.problem == reason


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("x + [1, 2]", "[1, 2] is a list"),
        ("f + x", "f is a function"),
        ("x(2)", "the value given for it is not a function"),
        ("f(x - 5)", "The function given for f failed in f(x - 5): ValueError"),
        ("[x].T", "[x] has no .T"),
        ("x + t", "t is text, which cannot be used in arithmetic"),
    ],
)
def test_a_mistake_of_the_judging_code_is_an_error_and_not_a_verdict(text: str, problem: str) -> None:
    with pytest.raises(ClaimError) as caught:
        evaluate(text, {"x": 3, "f": math.sqrt, "t": "text"})
    assert problem in str(caught.value)
    assert not isinstance(caught.value, UndefinedOperationError)


@pytest.mark.filterwarnings("error")
def test_a_division_by_zero_in_an_array_does_not_warn() -> None:
    assert evaluate("1 / x", {"x": np.zeros(2)}).tolist() == [math.inf, math.inf]  # type: ignore[attr-defined]


def test_a_given_function_may_say_that_its_product_does_not_exist() -> None:
    def product(a: object, b: object) -> object:
        raise UndefinedOperationError("a column has no product with a matrix on its right")

    with pytest.raises(UndefinedOperationError, match="no product"):
        evaluate("mul(r, V)", {"mul": product, "r": 1, "V": 2})


def test_the_value_as_written_is_an_array_or_a_reason() -> None:
    assert value_as_written("2 * x", {"x": 3}) == PlainArray((), (6,))
    assert value_as_written("A @ x", {"A": MATRIX, "x": np.ones(2)}) == (
        "A (3 x 3) and x (2 entries) cannot be multiplied as matrices"
    )
    assert value_as_written("1 / x", {"x": np.zeros(2)}) == "as written entry 1 is infinite"
    with pytest.raises(ClaimError, match="needs y"):
        value_as_written("x + y", {"x": 3})
