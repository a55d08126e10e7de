"""Sorting two numbers with ReLU: the network as formulas, and pairs of numbers that its proof must cover."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from nnutils.core.errors import PracticeError
from nnutils.core.messages import shown
from nnutils.core.words import listed
from nnutils.core.worked import Worked
from nnutils.practice import Asked, Draw, earned

__all__ = ["asked", "draw", "givens", "parts", "statement"]

Pair = tuple[int, int]


def givens() -> dict[str, Any]:
    """Return the question's own pairs: each number may be the larger one, or both are the same."""
    return {"pairs": [(3, -5), (-4, -1), (2, 2)]}


def draw(seed: int) -> dict[str, Any]:
    """Return other pairs, in random order: one falls, one rises, one is a tie; one is negative throughout."""
    chance = Draw(seed)

    def propose() -> dict[str, Any]:
        mixed = -chance.whole(1, 9), chance.whole(1, 9)
        low, high = sorted((-chance.whole(1, 9), -chance.whole(1, 9)))
        tie = chance.whole(-9, 9)
        rises, falls = chance.several([mixed, (low, high)], 2)
        return {"pairs": chance.several([rises, falls[::-1], (tie, tie)], 3)}

    return chance.until(propose, lambda proposal: _fair(proposal["pairs"]))


def _fair(pairs: list[Pair]) -> bool:
    """Say whether no number is 0, no sum of two different ones is, and the pairs are not the question's."""
    different = [pair for pair in pairs if pair[0] != pair[1]]
    own = {frozenset(pair) for pair in givens()["pairs"]}
    return (
        len(different) == len(pairs) - 1
        and all(x1 and x2 for x1, x2 in pairs)
        and all(x1 + x2 for x1, x2 in different)
        and not any(frozenset(pair) in own for pair in pairs)
    )


def asked(givens: Mapping[str, Any]) -> tuple[Asked, ...]:
    """Return the formulas, and the outputs at the pairs: half the sum, minus and plus half the distance."""
    pairs = givens["pairs"]
    if not isinstance(pairs, list | tuple) or not pairs:
        raise PracticeError(f"{shown(pairs)} holds no pair to sort.", remedy="Give a list: [(3, -5)].")
    points = [_exact(pair) for pair in pairs]
    outputs = [((x1 + x2 - abs(x1 - x2)) / 2, (x1 + x2 + abs(x1 - x2)) / 2) for x1, x2 in points]
    corrections = [(x1 - low, high - x1) for (x1, _), (low, high) in zip(points, outputs, strict=True)]
    formula = "as a formula in x1 and x2, with relu( )"
    return (
        Asked("minimum", f"y1 {formula}", "a", "x1 - relu(x1 - x2)"),
        Asked("maximum", f"y2 {formula}", "a", "x1 + relu(x2 - x1)"),
        Asked(
            "outputs",
            "the outputs: a row y1, y2 for each of the pairs, rows separated by ;",
            "c",
            tuple(outputs),
            work=tuple(_worked(pair)[0] for pair in points),
        ),
        Asked(
            "corrections",
            "a row x1 - y1, y2 - x1 for each of the pairs, rows separated by ;",
            "c",
            tuple(corrections),
            work=tuple(_worked(pair)[1] for pair in points),
        ),
    )


def _worked(pair: tuple[Fraction, Fraction]) -> tuple[tuple[Worked, Worked], tuple[Worked, Worked]]:
    """Return the outputs as the formulas give them, and what they add to x1 or take away from it."""
    x1, x2 = (Worked(number, name) for number, name in zip(pair, ("x1", "x2"), strict=True))
    down = (x1 - x2).named("relu(x1 - x2)") if x1 > x2 else Worked(0, "relu(x1 - x2)")
    up = (x2 - x1).named("relu(x2 - x1)") if x2 > x1 else Worked(0, "relu(x2 - x1)")
    return (x1 - down, x1 + up), (down, up)


def _exact(pair: object) -> tuple[Fraction, Fraction]:
    """Return two numbers as fractions, decimals as they are written.

    Raises:
        PracticeError: for anything but two finite numbers.
    """
    if not isinstance(pair, list | tuple) or len(pair) != 2:
        raise PracticeError(f"{shown(pair)} is not a pair.", remedy="Give two numbers, such as (3, -5).")
    for number in pair:
        if isinstance(number, bool) or not isinstance(number, int | float) or number - number != 0:
            raise PracticeError(
                f"{shown(number)} in the pair {shown(pair)} is not a finite number.",
                remedy="Give two numbers, such as (3, -5).",
            )
    return Fraction(str(pair[0])), Fraction(str(pair[1]))


def parts(givens: Mapping[str, Any]) -> dict[str, int]:
    """Return the marks of each part."""
    return {"a": 4, "b": 4, "c": 2}


def statement(givens: Mapping[str, Any]) -> str:
    """Return the question in words."""
    pairs = listed(f"$({x1}, {x2})$" for x1, x2 in givens["pairs"])
    marks = earned(parts(givens))
    return (
        "Give the weights and biases of a multilayer perceptron that sorts two numbers. Its input is a pair "
        "of real numbers $(x_1, x_2)$. Its output is the same pair in increasing order:\n\n"
        "$$\ny_1 = \\min(x_1, x_2), \\qquad y_2 = \\max(x_1, x_2).\n$$\n\n"
        "The hidden units are ReLUs, $\\phi(z) = \\max(0, z)$. The output units are linear.\n\n"
        "- **(a)** Give the network, and write $y_1$ and $y_2$ as formulas in $x_1$, $x_2$ and $\\phi$. "
        f"{marks['a']}\n"
        "- **(b)** Say why it is right for all real inputs, not only for those that you tried. "
        f"{marks['b']}\n"
        f"- **(c)** Try it on {pairs}: what comes out, and how large are $x_1 - y_1$ and $y_2 - x_1$? "
        f"{marks['c']}"
    )
