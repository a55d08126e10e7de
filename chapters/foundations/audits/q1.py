"""What sheet 002 states about ReLU, Heaviside and sigmoid, judged.

The sheet follows the same three cases as the lesson. Every formula is evaluated as written, on fractions. The
steps epsilon are taken smaller than abs(x), although the sheet does not say so: a limit needs no others. The
limits come from SymPy. It can take limits with abs(x), so g is entered as (x + abs(x)) / 2.

For the integral: 0 is the edge of a cell, so adding up value times width is exact; and H is 0 to the left of
every cut. In the sheet the upper limit and the variable of integration bear one name; the integral is read
with the inner one renamed. The limit of the sigmoid names no variable; the words around it speak of large k.

Where infinity is put into a formula, the formula is evaluated with other exponents in its place as well:
infinity alone would hide a wrong term beside it. The difference quotient at 0 is evaluated for other
functions than g too, since g is 0 there.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import sympy

from nnutils.audit import Audit
from nnutils.numerics import sigmoid

__all__ = ["audit"]

Sample = dict[str, Any]

RATIOS = [Fraction(n, 7) for n in (-6, -3, -1, 1, 3, 6)]  # of eps to x
SIZES = [Fraction(1, 3), Fraction(1), Fraction(5, 2)]
POSITIVE: list[Sample] = [{"x": x, "eps": r * x} for x in SIZES for r in RATIOS]
NEGATIVE: list[Sample] = [{"x": -x, "eps": r * x} for x in SIZES for r in RATIOS]
BELOW: list[Sample] = [{"x": 0, "eps": r} for r in RATIOS if r < 0]
ABOVE: list[Sample] = [{"x": 0, "eps": r} for r in RATIOS if r > 0]
CURVES = [
    (Fraction(2, 3), Fraction(-5, 4), Fraction(7, 2)),
    (Fraction(-3, 2), Fraction(4, 5), Fraction(-9, 7)),
]
"""Coefficients of two parabolas that do not vanish at 0."""

A, K = sympy.symbols("a k", positive=True)
SYMBOLS = {"positive": A, "zero": sympy.Integer(0), "negative": -A}


def audit() -> Audit:
    """Return the judged audit: values at points on both sides of 0, limits by SymPy."""
    judged = Audit.of(__file__)
    _quotients(judged)
    _limits(judged)
    _cases(judged)
    _other_ways(judged)
    _sigmoids(judged)
    judged.figures.update(_far_step(), **_other_variable())
    return judged


def _g(x: Any) -> Any:
    return max(0, x)


def _step(x: Any) -> Any:
    return 1 if x > 0 else 0 if x < 0 else Fraction(1, 2)


def _quotient(x: Any, eps: Any) -> Any:
    return Fraction(_g(x + eps) - _g(x)) / eps


def _polynomial(a: Fraction, b: Fraction, c: Fraction) -> Callable[[Any], Any]:
    return lambda z: a * z * z + b * z + c


def _slope_at(s: Sample) -> Any:
    return _quotient(s["x"], s["eps"])


def _sigma(z: Any) -> Any:
    return 1 / (1 + sympy.exp(-K * z))


def _quotients(judged: Audit) -> None:
    """Judge the values of g and the difference quotients, case by case."""
    for side, samples in (("positive", POSITIVE), ("negative", NEGATIVE)):
        shifted = [_g(s["x"] + s["eps"]) for s in samples]
        judged.check(f"002-q1-{side}-shifted", shifted, samples=samples)
        judged.check(f"002-q1-{side}-value", lambda s: _g(s["x"]), samples=samples)
        judged.check(f"002-q1-{side}-quotient", _slope_at, samples=samples)
    judged.check("002-q1-positive-cancelled", _slope_at, samples=POSITIVE)
    for side, samples in (("left", BELOW), ("right", ABOVE)):
        judged.check(f"002-q1-zero-{side}-quotient", _slope_at, samples=samples)
        # For a z^2 + b z + c the quotient at 0 is a eps + b, whatever c is.
        cases = [(_slope_at(s), {**s, "g": _g}) for s in samples]
        cases += [(a * s["eps"] + b, {**s, "g": _polynomial(a, b, c)}) for s in samples for a, b, c in CURVES]
        points = [point for _, point in cases]
        judged.check(f"002-q1-zero-{side}-at-zero", [right for right, _ in cases], samples=points)


def _one_sided(x: Any, direction: str) -> int:
    """Return the limit of the difference quotient of g at x, from one side."""
    eps = sympy.symbols("epsilon", real=True)

    def relu(z: Any) -> Any:
        return (z + sympy.Abs(z)) / 2

    return int(sympy.limit((relu(x + eps) - relu(x)) / eps, eps, 0, direction))


def _limits(judged: Audit) -> None:
    """Judge the limits, and the two lines that call one of them the derivative at 0."""
    sides = {name: (_one_sided(x, "-"), _one_sided(x, "+")) for name, x in SYMBOLS.items()}
    for name in ("positive", "negative"):
        from_left, from_right = sides[name]
        assert from_left == from_right, "away from 0 the two one-sided limits agree"
        judged.check(f"002-q1-{name}-limit", from_right)
    left, right = sides["zero"]
    judged.check("002-q1-zero-left-limit", left)
    judged.check("002-q1-zero-right-limit", right)
    judged.check(
        "002-q1-not-differentiable",
        left != right,
        evidence=f"{left} from the left, {right} from the right",
    )
    for side, limit, samples in (("left", left, BELOW), ("right", right, ABOVE)):
        judged.check(
            f"002-q1-zero-{side}-derivative",
            left == right,
            evidence=f"the limits are {left} and {right}: no derivative",
            conventions={"d/dx means the one-sided derivative": {_slope_at(s) for s in samples} == {limit}},
        )
    judged.figures.update(from_left=left, from_right=right)


def _cases(judged: Audit) -> None:
    """Judge whether both arguments treat every case: the pieces of g and of H, and where they meet."""
    x = sympy.symbols("x", real=True)
    relu = sympy.Max(0, x).rewrite(sympy.Piecewise)
    step = sympy.Piecewise((1, x > 0), (sympy.Rational(1, 2), sympy.Eq(x, 0)), (0, True))
    for name, function in (("derivative", relu), ("sigmoid", step)):
        borders = sympy.Union(*(piece.boundary for _, piece in function.as_expr_set_pairs()))
        (border,) = borders
        judged.check(f"002-q1-{name}-cases", [f"x < {border}", f"x = {border}", f"x > {border}"])


def _integral(f: Callable[[Any], Any], low: Any, high: Any) -> Any:
    """Add up value times width, in cells of 1/4; -4 stands for minus infinity."""
    width = Fraction(1, 4)
    count = int((high - max(low, -4)) / width)
    return sum(f(high - (n + Fraction(1, 2)) * width) * width for n in range(count))


def _other_ways(judged: Audit) -> None:
    """Judge g as an integral of H, and as a product with H."""
    real = [{"x": Fraction(n, 2)} for n in range(-6, 7)]
    given = {"H": _step, "integral": _integral, "inf": math.inf}
    for name in ("integral", "product"):
        judged.check(f"002-q1-{name}", lambda s: _g(s["x"]), given=given, samples=real)


def _sigmoids(judged: Audit) -> None:
    """Judge the sigmoid for each sign of x: its formula, its limit, and the line with infinity put in."""
    given = {"exp": math.exp}
    random = np.random.default_rng(1)
    points = [{"x": x, "k": k} for x in random.normal(size=6) for k in random.uniform(0.3, 4, size=3)]
    exponents = [math.inf, *random.uniform(0.3, 4, size=4).tolist()]
    limits = {name: _limit_in_k(where) for name, where in SYMBOLS.items()}
    for name, where in SYMBOLS.items():
        judged.check(
            f"002-q1-sigmoid-{name}-formula", lambda s: sigmoid(s["k"] * s["x"]), given=given, samples=points
        )
        judged.check(f"002-q1-sigmoid-{name}-limit", limits[name])
        right = [limits[name], *(sigmoid(int(sympy.sign(where)) * u) for u in exponents[1:])]
        judged.check(
            f"002-q1-sigmoid-{name}-substituted", right, given=given, samples=[{"inf": u} for u in exponents]
        )
    widest = sympy.limit(_sigma(A), A, 0)  # next to 0, and the same for every k
    judged.check(
        "002-q1-sigmoid-approximates",
        bool(widest == 0),
        evidence=f"for every k there are x > 0 at which the distance is nearly {widest}",
        cause="the mode of the approximation is not named",
        missing={
            "at each x apart, not for all x at once": all(
                limit == _step(where.subs(A, 1))
                for (where, limit) in zip(SYMBOLS.values(), limits.values(), strict=True)
            )
        },
    )


def _limit_in_k(where: Any) -> Fraction:
    value = sympy.limit(_sigma(where), K, sympy.oo)
    return Fraction(int(value.p), int(value.q))


def _far_step() -> dict[str, Any]:
    """Return a step that crosses 0, where the sheet's value of g for positive x does not hold."""
    x, eps = Fraction(1), Fraction(-3, 2)
    assert _g(x + eps) != x + eps, "this step is taken to show that it fails"
    return {
        "x": x,
        "eps": eps,
        "g_there": _g(x + eps),
        "sheet_there": x + eps,
        "quotient": _quotient(x, eps),
        "H": _step(x),
    }


def _other_variable() -> dict[str, Any]:
    """Return the limit of the sigmoid when x grows instead of k, and how many lines then would be wrong."""
    x = sympy.symbols("x", real=True)
    by_x = int(sympy.limit(_sigma(x), x, sympy.oo))
    by_k = [_limit_in_k(where) for where in SYMBOLS.values()]
    return {"by_x": by_x, "wrong_by_x": sum(limit != by_x for limit in by_k), "lines": len(by_k)}
