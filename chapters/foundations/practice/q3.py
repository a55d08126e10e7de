"""A sigmoid network as a tanh network: the new parameters of one network, and its outputs at one input."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from nnutils import autodiff
from nnutils.core.errors import PracticeError
from nnutils.core.words import pmatrix
from nnutils.core.worked import Worked, total
from nnutils.practice import Asked, Draw, computed, earned

__all__ = ["asked", "draw", "givens", "parts", "statement"]

Row = Sequence[float]


def givens() -> dict[str, Any]:
    """Return a network that stands for any: a row for each unit, its bias first; and an input."""
    return {
        "first_layer": [
            [4.1, -5.1, 0.8, -1.1],
            [-0.9, -0.4, -4.0, -0.5],
            [-1.7, 2.7, -1.2, 0.6],
            [0.6, 0.7, -2.1, 1.8],
            [-2.2, 1.1, -0.4, 2.3],
        ],
        "second_layer": [[-1.2, 1.9, 0.4, -2.4, 0.5, 3.2], [0.7, -1.4, 2.6, 1.1, -0.3, -1.8]],
        "point": [1.0, -2.0, 0.5],
    }


def draw(seed: int) -> dict[str, Any]:
    """Return another network and input, without a weight that would hide a slip or have a half of 1."""
    chance = Draw(seed)
    inputs, hidden, outputs = chance.whole(2, 3), chance.whole(3, 5), 2

    def weight() -> float:
        return chance.choice([-1, 1]) * chance.choice([tenth for tenth in range(3, 31) if tenth != 20]) / 10

    def output_row() -> list[float]:
        return [weight() for _ in range(1 + hidden)]

    def tells(row: list[float]) -> bool:
        """Whether no slip would go unnoticed: the weights do not add up to 0 or to their number.

        The new bias is not 0, 1 or -1 either.
        """
        whole, bias = sum(row[1:]), row[0] + sum(row[1:]) / 2
        return min(abs(whole), abs(whole - hidden), abs(bias), abs(abs(bias) - 1)) > 0.04

    return {
        "first_layer": [[weight() for _ in range(1 + inputs)] for _ in range(hidden)],
        "second_layer": [chance.until(output_row, tells) for _ in range(outputs)],
        "point": [chance.choice([-2.0, -1.5, -1.0, -0.5, 0.5, 1.0, 1.5, 2.0]) for _ in range(inputs)],
    }


def asked(givens: Mapping[str, Any]) -> tuple[Asked, ...]:
    """Return the new parameters as exact halves, and the outputs with the logistic function itself."""
    first, second, point = givens["first_layer"], givens["second_layer"], givens["point"]
    _check(first, second, point)
    new_first = tuple(tuple(_exact(w) / 2 for w in row) for row in first)
    new_second = []
    for k, row in enumerate(second, 1):
        weights = [Worked(_exact(w), f"w(2)_{k}{j}") for j, w in enumerate(row)]
        bias = weights[0] + total(weights[1:]) / 2
        new_second.append((bias, *(w / 2 for w in weights[1:])))
    hidden = [1 / (1 + math.exp(-_unit(row, point))) for row in first]
    first_worked = tuple(
        tuple(Worked(_exact(w), f"w(1)_{j}{i}") / 2 for i, w in enumerate(row))
        for j, row in enumerate(first, 1)
    )
    entries = "a row for each {} unit, separated by ;, in each row the bias first"
    return (
        Asked(
            "new_first_layer",
            f"the new first layer: {entries.format('hidden')}",
            "b",
            new_first,
            work=first_worked,
        ),
        Asked(
            "new_second_layer", f"the new second layer: {entries.format('output')}", "b", tuple(new_second)
        ),
        Asked(
            "outputs",
            "the outputs y_1, y_2, ... at this x, the same of both networks: all in order",
            "b",
            tuple(_unit(row, hidden) for row in second),
            work=tuple(_traced(first, row, point) for row in second),
        ),
    )


def _traced(first: Sequence[Row], output: Row, point: Row) -> Any:
    """Return how one output is computed with the logistic function, as a row of a trace."""

    def network(**x: autodiff.Traced) -> Any:
        units = [
            autodiff.sigmoid(
                sum((w * entry for w, entry in zip(row[1:], x.values(), strict=True)), start=row[0])
            )
            for row in first
        ]
        return sum((w * unit for w, unit in zip(output[1:], units, strict=True)), start=output[0])

    return computed(network, **{f"x{i}": float(entry) for i, entry in enumerate(point, 1)})


def parts(givens: Mapping[str, Any]) -> dict[str, int]:
    """Return the marks of each part."""
    return {"a": 7, "b": 3}


def statement(givens: Mapping[str, Any]) -> str:
    """Return the question in words."""
    first, second = (pmatrix(givens[name]) for name in ("first_layer", "second_layer"))
    point = ", ".join(f"{x:g}" for x in givens["point"])
    marks = earned(parts(givens))
    return (
        "A network with one hidden layer maps $x$ to $y_k = \\sum_j w^{(2)}_{kj} "
        "\\sigma(\\sum_i w^{(1)}_{ji} x_i + w^{(1)}_{j0}) + w^{(2)}_{k0}$ with the logistic function "
        "$\\sigma$.\n\n"
        "**(a)** Show that other parameters give the same function with $\\tanh$ in place of $\\sigma$, "
        f"and express them through the old ones. {marks['a']}\n\n"
        f"**(b)** Give them for $w^{{(1)}} = {first}$ and $w^{{(2)}} = {second}$, where the first column "
        f"holds the biases, and the outputs of both networks at $x = ({point})$. {marks['b']}"
    )


def _check(first: Sequence[Row], second: Sequence[Row], point: Row) -> None:
    """Refuse layers that do not fit together."""
    if not point or not first or not second:
        raise PracticeError(
            "A network needs an input, a hidden unit and an output.", remedy="Give one of each."
        )
    if any(len(row) != 1 + len(point) for row in first):
        raise PracticeError(
            f"A row of first_layer needs a bias and {len(point)} weights, one for each entry of point.",
            remedy="Give every row as many entries as point has, and one more.",
        )
    if any(len(row) != 1 + len(first) for row in second):
        raise PracticeError(
            f"A row of second_layer needs a bias and {len(first)} weights, one for each hidden unit.",
            remedy="Give every row as many entries as first_layer has rows, and one more.",
        )


def _exact(number: float) -> Fraction:
    """Return a number as it is written, in tenths rather than in binary."""
    return Fraction(str(number))


def _unit(row: Row, inputs: Row) -> float:
    return row[0] + sum(w * x for w, x in zip(row[1:], inputs, strict=True))
