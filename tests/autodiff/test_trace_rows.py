"""What each row was computed from: walks from the output to the inputs, and values computed again."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from nnutils import autodiff
from nnutils.autodiff.elementary import ELEMENTARY, OPERATORS
from nnutils.autodiff.trace_tables import Row, TraceTable
from nnutils.core.derivation import givens, walk


def textbook(x1: Any, x2: Any) -> Any:
    return autodiff.ln(x1) + x1 * x2 - autodiff.sin(x2)


FUNCTIONS: dict[str, tuple[Callable[..., Any], tuple[float, ...]]] = {
    "textbook": (textbook, (2, 5)),
    "constants": (lambda x: 3 - 2 * x / 4 + x, (-1.5,)),
    "used twice": (lambda x: (x * x) * (x - x / x), (1.7,)),
    "powers": (lambda x, y: x**3 + y**-2 + x**y + 2**x, (1.3, 0.8)),
    "every function": (
        lambda x: -sum((getattr(autodiff, name)(x) for name in sorted(ELEMENTARY)), start=x * 0),
        (0.6,),
    ),
    "named values": (lambda x, w: autodiff.named("a", autodiff.named("u", x) * w) ** 2, (3, -2)),
    "an input itself": (lambda x: x, (4,)),
    "an unused input": (lambda x, q: x * 2, (3, 4)),
}
every_function = pytest.mark.parametrize("case", FUNCTIONS)


def tables(case: str) -> list[TraceTable]:
    function, at = FUNCTIONS[case]
    t = autodiff.trace(function, *at)
    made = [t.reverse(), t.reverse(labels="names")]
    return made + [t.forward(wrt=x, labels=labels) for x in t.inputs for labels in ("v", "names")]


def behind(row: Row) -> list[Row]:
    """The row and all that it was computed from, itself first."""
    return list(walk(row))[::-1]


def again(row: Row) -> float:
    """The value of a row of the evaluation trace, from its operation and the values of its arguments."""
    if row.operation in ("input", "constant"):
        assert row.arguments == ()
        return row.value
    operation = ELEMENTARY.get(row.operation) or OPERATORS[row.operation]
    return float(operation.value(*(argument.value for argument in row.arguments)))


def wrong_values(table: TraceTable) -> list[str]:
    return [row.name for row in behind(table.primal.rows[-1]) if again(row) != row.value]


def test_a_row_is_a_derivation_that_starts_from_inputs_and_constants() -> None:
    y = autodiff.trace(textbook, 2, 5).reverse().value_of("y")
    assert [row.name for row in givens(y)] == ["v-1", "v0"]


def test_the_walk_from_y_reaches_every_input() -> None:
    y = autodiff.trace(textbook, 2, 5).reverse().value_of("y")
    found = {row.name: row.operation for row in behind(y)}
    assert found == {
        "y": "identity",
        "v5": "subtract",
        "v4": "sin",
        "v3": "add",
        "v2": "multiply",
        "v1": "ln",
        "v0": "input",
        "v-1": "input",
    }


@every_function
def test_every_row_that_the_output_depends_on_is_reached(case: str) -> None:
    for table in tables(case):
        reached = {row.name for row in behind(table.primal.rows[-1]) if row.operation != "constant"}
        unused = {"v0", "q"} if case == "an unused input" else set()
        assert {row.name for row in table.primal.rows} - reached <= unused


@every_function
def test_every_value_follows_from_the_operation_and_its_arguments(case: str) -> None:
    for table in tables(case):
        assert wrong_values(table) == []


def test_the_recomputation_sees_a_wrong_operation_and_arguments_in_the_wrong_order() -> None:
    table = autodiff.trace(textbook, 2, 5).reverse()
    row = table.primal.rows[-2]
    wrong_operation = dataclasses.replace(row, operation="add")
    wrong_order = dataclasses.replace(row, arguments=row.arguments[::-1])
    assert again(row) == row.value
    assert again(wrong_operation) != row.value
    assert again(wrong_order) != row.value


def test_a_constant_is_an_argument_with_its_value() -> None:
    row = autodiff.trace(lambda x: 3 - x, 2).forward().value_of("v1")
    constant, x = row.arguments
    assert (constant.name, constant.operation, constant.value) == ("3", "constant", 3.0)
    assert (x.name, x.operation, x.value) == ("v0", "input", 2.0)


def test_an_argument_that_is_used_twice_is_there_twice() -> None:
    row = autodiff.trace(lambda x: x * x, 3).forward().value_of("v1")
    assert [argument.name for argument in row.arguments] == ["v0", "v0"]


@every_function
def test_every_derivative_follows_from_its_formula_and_its_arguments(case: str) -> None:
    for table in tables(case):
        for row in table.derivative.rows:
            if row.operation in ("seed", "zero"):
                assert row.arguments == ()
            else:
                assert row.formula is not None
                known = {argument.variable: argument.value for argument in row.arguments}
                assert row.formula.evaluate(known) == pytest.approx(row.value, rel=1e-15)


def test_the_walk_from_a_gradient_passes_the_contributions_and_the_values() -> None:
    x2 = autodiff.trace(textbook, 2, 5).reverse().derivative_of("x2")[0]
    assert x2.operation == "identity"
    (total,) = x2.arguments
    before, *rest = total.arguments
    assert (total.operation, before.operation) == ("accumulate", "chain")
    assert (total.name, before.name) == ("v0", "v0")
    assert [row.variable.text for row in rest] == ["v̄₂", "v₋₁"]
    assert {row.operation for row in behind(x2)} >= {"seed", "chain", "input"}


def test_an_output_may_have_the_name_of_another_row() -> None:
    def function(x: Any) -> Any:
        v1 = x * x
        return autodiff.named("v1", autodiff.sin(v1))

    table = autodiff.trace(function, 2).reverse()
    # v̄₁ = v̄₂ · cos(v₁) must take v₁ = 4, and not the output v1 = sin(4).
    assert table.derivative_of("v1")[0].value == autodiff.cos(4.0)
    assert [row.value for row in table.derivative_of("v1")[0].arguments] == [1.0, 4.0]
    assert table.value_of("v1").operation == "multiply"


@pytest.mark.slow
def test_a_long_chain_is_shown_and_compared_without_following_it() -> None:
    def chain(x: Any) -> Any:
        for _ in range(3000):
            x = x + x
            x = x / 2
        return x

    y, same = (autodiff.trace(chain, 1.0).forward().value_of("y") for _ in range(2))
    assert len(repr(y)) < 1000
    assert y == same and hash(y) == hash(same)
