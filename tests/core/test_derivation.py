"""Derivations: a walk meets every part once, and the operations recompute the value from the given ones."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import given
from support.number_trees import build, trees

from nnutils.core.derivation import GIVEN, OPERATIONS, Derivation, givens, walk
from nnutils.core.worked import Worked, total


def recomputed(derivation: Derivation) -> Any:
    values: dict[int, Any] = {}
    for part in walk(derivation):
        arguments = [values[id(argument)] for argument in part.arguments]
        if not arguments:
            values[id(part)] = Fraction(part.value)
        else:
            values[id(part)] = OPERATIONS[part.operation](*arguments)
    return values[id(derivation)]


@given(trees)
def test_the_operations_recompute_every_value_from_the_given_ones(tree: Any) -> None:
    worked, value = build(tree)
    assert recomputed(worked) == value
    assert all((part.operation == GIVEN) == (not part.arguments) for part in walk(worked))


def test_long_sums_and_products_are_recomputed_too() -> None:
    assert recomputed(total([Worked(n, f"n{n}") for n in range(20)])) == 190
    assert recomputed(Worked(2) * 3 * 5 * 7) == 210


def test_a_part_that_is_used_twice_is_met_once_and_before_what_uses_it() -> None:
    side = (Worked(3, "a") + 1).named("side")
    parts = list(walk(side * side))
    assert [part.name for part in parts] == ["a", "", "side", ""]
    assert [part.name for part in givens(side * side)] == ["a", ""]


def test_a_deep_derivation_is_walked_without_recursion() -> None:
    number = Worked(0)
    for _ in range(5000):
        number = (number + 1).named("step")
    assert sum(1 for _ in walk(number)) > 5000
