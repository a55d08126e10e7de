"""A residual network of single numbers: the forward pass, and the derivatives by its weights and biases."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from nnutils.core.errors import PracticeError
from nnutils.core.worked import Worked
from nnutils.practice import Asked, Draw, earned

__all__ = ["asked", "draw", "givens", "parts", "statement"]

_NAMES = ("x0", "w0", "b0", "w1", "b1")
_NEAREST = Fraction(1, 10**6)
"""How near to 0 the inside of a ReLU may come: beyond that no derivative can be checked by differences."""


def givens() -> dict[str, Any]:
    """Return the question's own numbers: the input, and weight and bias of each linear step."""
    return {"x0": 1.0, "w0": 0.5, "b0": 0.1, "w1": -0.2, "b1": 0.15}


def draw(seed: int) -> dict[str, Any]:
    """Return other numbers: both ReLUs are on, no number is 0 or ±1, and no two answers are alike."""
    chance = Draw(seed)

    def propose() -> dict[str, Any]:
        return {
            "x0": chance.decimal(0.4, 2.5, 1),
            "w0": chance.decimal(-0.9, 0.9, 1),
            "b0": chance.decimal(-0.9, 0.9, 1),
            "w1": chance.decimal(-0.9, 0.9, 1),
            "b1": chance.decimal(-0.95, 0.95, 2),
        }

    return chance.until(propose, _fair)


def _fair(drawn: Mapping[str, Any]) -> bool:
    """Say whether no number hides a term, and what is asked for can be told from what is given."""
    x0, w0, b0, w1, b1 = (_exact(name, drawn) for name in _NAMES)
    u = x0 * w0 + b0
    y1 = u * w1 + b1
    numbers = [abs(number) for number in (x0, w0, b0, w1, b1, u, y1, y1 + x0, w1 * x0)]
    on = min(u, y1 + x0) > Fraction(1, 20)
    return on and 0 not in numbers and 1 not in numbers and len(set(numbers)) == len(numbers)


def asked(givens: Mapping[str, Any]) -> tuple[Asked, ...]:
    """Return what is asked, from the written-out derivatives, in exact fractions of the decimals given."""
    x0, w0, b0, w1, b1 = (Worked(_exact(name, givens), name) for name in _NAMES)
    u = (x0 * w0 + b0).named("u")
    x1, first = _relu(u, "x1")
    y1 = (x1 * w1 + b1).named("y1")
    z, second = _relu((y1 + x0).named("s"), "z")
    return (
        Asked("x1", "the value of x1", "a", x1),
        Asked("y1", "the value of y1", "a", y1),
        Asked("z", "the value of z", "a", z),
        Asked("dz_dw0", "the derivative of z with respect to w0", "b", second * w1 * first * x0),
        Asked("dz_dw1", "the derivative of z with respect to w1", "b", second * x1),
        Asked("dz_db0", "the derivative of z with respect to b0", "b", second * w1 * first),
        Asked("dz_db1", "the derivative of z with respect to b1", "b", second),
    )


def _relu(inside: Worked, name: str) -> tuple[Worked, Worked]:
    """Return ReLU of a number, and its derivative there, or refuse a number at which it has none."""
    if abs(inside) < _NEAREST:
        raise PracticeError(
            f"The ReLU that makes {name} would get {float(inside):g}. At 0 it has no derivative, and so near "
            "to 0 none can be checked.",
            remedy=f"Use numbers for which {inside.formula} is at least {float(_NEAREST):g} away from 0.",
        )
    if inside.value > 0:
        return inside.named(name), Worked(1, f"[{inside.name} > 0]")
    return Worked(0, name), Worked(0, f"[{inside.name} > 0]")


def _exact(name: str, givens: Mapping[str, Any]) -> Fraction:
    """Return a given as the fraction that its decimals say, not as the binary number near it."""
    value = givens[name]
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise PracticeError(
            f"The network computes with numbers, and {name} is {value!r}.", remedy=f"Try {name} = 0.5."
        )
    return Fraction(str(value))


def parts(givens: Mapping[str, Any]) -> dict[str, int]:
    """Return the marks of each part."""
    return {"a": 3, "b": 7}


def statement(givens: Mapping[str, Any]) -> str:
    """Return the question in words."""
    values = ", ".join(f"${name[0]}_{name[1]} = {givens[name]}$" for name in _NAMES)
    marks = earned(parts(givens))
    return (
        "A network of single numbers has two weights, two biases and a skip from its input:\n\n"
        r"$$x_1 = \operatorname{ReLU}(x_0 w_0 + b_0), \qquad y_1 = x_1 w_1 + b_1, \qquad "
        r"z = \operatorname{ReLU}(y_1 + x_0).$$"
        f"\n\nLet {values}.\n\n"
        f"**(a)** Do the forward pass: what are $x_1$, $y_1$ and $z$? {marks['a']}\n\n"
        r"**(b)** Do the backward pass: what are $\partial z/\partial w_0$, $\partial z/\partial w_1$, "
        rf"$\partial z/\partial b_0$ and $\partial z/\partial b_1$? {marks['b']}"
    )
