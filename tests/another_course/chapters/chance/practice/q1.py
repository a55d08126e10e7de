"""Two dice: how many ways lead to a sum, and how likely it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nnutils.core.errors import PracticeError
from nnutils.core.worked import Worked
from nnutils.practice import Asked, Draw, earned

__all__ = ["asked", "draw", "givens", "parts", "statement"]


def givens() -> dict[str, Any]:
    """Return the question's own dice and sum."""
    return {"sides": 6, "total": 7}


def draw(seed: int) -> dict[str, Any]:
    """Return other dice, and a sum that they can show in several ways."""
    chance = Draw(seed)
    sides = chance.choice([4, 8, 10, 12])
    return {"sides": sides, "total": chance.whole(4, 2 * sides - 2)}


def asked(givens: Mapping[str, Any]) -> tuple[Asked, ...]:
    """Return the ways, by the length of the range that the first die may show, and the probability."""
    sides, total = givens["sides"], givens["total"]
    if not 2 <= total <= 2 * sides:
        raise PracticeError(
            f"Two dice with {sides} sides never show the sum {total}.",
            remedy="Use a sum from 2 to 2 * sides.",
        )
    last, first = min(sides, total - 1), max(1, total - sides)
    ways = (Worked(last, "largest first die") - Worked(first, "smallest first die") + 1).named("ways")
    outcomes = (Worked(sides, "sides") * Worked(sides, "sides")).named("outcomes")
    return (
        Asked("ways", f"ways to the sum {total}", "a", ways, unit="ways"),
        Asked("probability", f"probability of the sum {total}", "b", ways / outcomes),
    )


def parts(givens: Mapping[str, Any]) -> dict[str, int]:
    """Return the marks of each part."""
    return {"a": 5, "b": 5}


def statement(givens: Mapping[str, Any]) -> str:
    """Return the question in words."""
    marks = earned(parts(givens))
    return (
        f"Two fair dice with {givens['sides']} sides are thrown.\n\n"
        f"**(a)** In how many ways can they show the sum {givens['total']}? {marks['a']}\n\n"
        f"**(b)** How likely is it? {marks['b']}"
    )
