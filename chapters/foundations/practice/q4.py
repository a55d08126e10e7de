"""Automatic differentiation: the trace tables of one function at a point, forward and in reverse.

The functions stay; the points change, that of the question and that of the worked example before it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from nnutils import autodiff
from nnutils.core.errors import PracticeError
from nnutils.core.messages import shown
from nnutils.practice import Asked, Draw, earned

__all__ = ["asked", "draw", "givens", "parts", "statement"]

Point = tuple[float, float]


def givens() -> dict[str, Any]:
    """Return the points: that of the worked example, and that of the question."""
    return {"at_example": (2, 5), "at_question": (3, 6)}


def draw(seed: int) -> dict[str, Any]:
    """Return other small points: the example's of whole numbers, the question's with one decimal.

    The question's, too, has its trap in the last digit. Of whole numbers too few points do.
    """
    chance, own = Draw(seed), givens()

    def example() -> Point:
        x1, x2 = chance.several(range(2, 20), 2)
        return x1, x2

    def question() -> Point:
        x1, x2 = chance.several([tenth for tenth in range(11, 150) if tenth % 10], 2)
        return x1 / 10, x2 / 10

    drawn = {
        "at_example": chance.until(example, lambda point: point != own["at_example"]),
        "at_question": chance.until(question, lambda point: _fair(*point)),
    }
    return drawn


def _fair(x1: float, x2: float) -> bool:
    """Say whether a point is no easier than the question's, and hides nothing.

    Printed digits that are added must give a wrong last digit, in y or in its derivative with respect to x1.
    No value may look like 0, 1 or -1, and the square of x2 may be neither x1 + x2 nor 2 x2.
    """
    quotient, square, cosine = 1 / (x1 + x2), x2**2, math.cos(x1)
    first, second = -(quotient**2), -math.sin(x1)
    trap = _misleads(quotient + square, cosine) or _misleads(first, second)
    tame = all(0.001 < abs(value) < 0.999 for value in (quotient, cosine, first, second, first + second))
    return trap and tame and square not in (x1 + x2, 2 * x2)


def _misleads(a: float, b: float) -> bool:
    """Say whether two terms, rounded to four decimals, add up to another number than their sum, rounded."""
    return round(round(a, 4) + round(b, 4), 4) != round(a + b, 4)


def asked(givens: Mapping[str, Any]) -> tuple[Asked, ...]:
    """Return the columns of both tables, by the function and its derivatives written out."""
    _refuse(givens["at_example"], lambda x1, x2: autodiff.ln(x1) + x1 * x2 - autodiff.sin(x2))
    _refuse(givens["at_question"], _rows)
    x1, x2 = givens["at_question"]
    through_quotient, through_cosine = -1 / (x1 + x2) ** 2, -math.sin(x1)
    by_x1 = through_quotient + through_cosine
    by_x2 = 2 * x2 + through_quotient
    y = 1 / (x1 + x2) + x2**2 + math.cos(x1)
    values = (x1 + x2, x2**2, 1 / (x1 + x2), math.cos(x1), 1 / (x1 + x2) + x2**2, y)
    tangents = (1, 0, through_quotient, through_cosine, through_quotient, by_x1)
    recorded = autodiff.trace(_rows, x1, x2)
    forward, reverse = recorded.forward(), recorded.reverse()
    rows = [f"v{i}" for i in range(1, 7)]
    last = {name: reverse.derivative_of(name)[-1] for name in (*rows, "v-1", "v0")}
    v1_to_v6 = "of v1, v2, v3, v4, v5, v6: six numbers in this order"
    return (
        Asked("values", f"the values {v1_to_v6}", "1", values, work=tuple(map(forward.value_of, rows))),
        Asked("y", "the value of y", "1", y, work=forward.value_of("v6")),
        Asked(
            "tangents",
            f"the tangents {v1_to_v6}, in forward mode with the tangent 1 of x1",
            "1",
            tangents,
            work=tuple(forward.derivative_of(name)[-1] for name in rows),
        ),
        Asked(
            "by_x1_forward",
            "the derivative of y with respect to x1, as forward mode gives it",
            "1",
            by_x1,
            work=forward.derivative_of("v6")[-1],
        ),
        Asked(
            "adjoints",
            f"the adjoints {v1_to_v6}, in reverse mode with the adjoint 1 of y",
            "2",
            (through_quotient, 1, 1, 1, 1, 1),
            work=tuple(last[name] for name in rows),
        ),
        Asked(
            "rows_x1",
            "the adjoint of v-1, which is x1: its first contribution, through the cosine; the sum of both",
            "2",
            (through_cosine, by_x1),
            work=reverse.derivative_of("v-1"),
        ),
        Asked(
            "rows_x2",
            "the adjoint of v0, which is x2: its first contribution, from v2; the sum of both from v2; the "
            "sum of all three",
            "2",
            (x2, 2 * x2, by_x2),
            work=reverse.derivative_of("v0"),
        ),
        Asked(
            "by_x1",
            "the derivative of y with respect to x1, as reverse mode gives it",
            "2",
            by_x1,
            work=last["v-1"],
        ),
        Asked(
            "by_x2",
            "the derivative of y with respect to x2, as reverse mode gives it",
            "2",
            by_x2,
            work=last["v0"],
        ),
    )


def _rows(x1: Any, x2: Any) -> Any:
    """Return y of the question, one operation after the other in the order of the rows."""
    v1, v2 = x1 + x2, x2 * x2
    v3, v4 = 1 / v1, autodiff.cos(x1)
    return (v3 + v2) + v4


def _refuse(point: Any, function: Callable[[Any, Any], Any]) -> None:
    """Refuse what is not a point, and a point where the function or a derivative of it does not exist.

    Raises:
        PracticeError: for a point that is not two numbers.
        TraceError: where the function or its derivative does not exist.
    """
    if not isinstance(point, tuple | list) or len(point) != 2:
        raise PracticeError(
            f"{shown(point)} is not a point of the plane.", remedy="Give two numbers, such as (3, 6)."
        )
    autodiff.trace(function, *point).gradient()


def parts(givens: Mapping[str, Any]) -> dict[str, int]:
    """Return the marks of each part."""
    return {"1": 5, "2": 5}


def statement(givens: Mapping[str, Any]) -> str:
    """Return the question in words."""
    x1, x2 = givens["at_question"]
    marks = earned(parts(givens))
    return (
        "A trace table in three parts names the inputs $v_{-1} = x_1$ and $v_0 = x_2$, gives every "
        "elementary operation a row $v_1, v_2, \\dots$ of its own, and ends with the output $y$. A second "
        "list holds the derivatives. Write both for\n\n"
        "$$\ny = \\frac{1}{x_1 + x_2} + x_2^2 + \\cos x_1 \\qquad \\text{at } "
        f"(x_1, x_2) = ({x1}, {x2})\n$$\n\n"
        "with the rows $v_1 = v_{-1} + v_0$, $v_2 = v_0 \\cdot v_0$, $v_3 = 1 / v_1$, $v_4 = \\cos v_{-1}$, "
        "$v_5 = v_3 + v_2$ and $v_6 = v_5 + v_4 = y$. Evaluate every row.\n\n"
        "**(1)** Write the evaluation trace and the derivative trace in forward mode with $\\dot x_1 = 1$, "
        f"which gives $\\partial y / \\partial x_1$. {marks['1']}\n\n"
        "**(2)** Write the derivative trace in reverse mode with $\\bar y = 1$, which gives "
        f"$\\partial y / \\partial x_1$ and $\\partial y / \\partial x_2$ in one sweep. {marks['2']}"
    )
