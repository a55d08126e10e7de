"""ReLU, Heaviside, sigmoid: difference quotients, areas and errors at points that the proofs must cover."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from nnutils import autodiff
from nnutils.core.errors import PracticeError
from nnutils.core.messages import shown
from nnutils.core.worked import Worked
from nnutils.practice import Asked, Convention, Draw, computed, earned

__all__ = ["asked", "draw", "givens", "parts", "statement"]


def givens() -> dict[str, Any]:
    """Return the points and steps of the question, the strip around 0 and the error allowed outside it."""
    return {
        "places": [-1, -0.2, 0, 0.2, 1],
        "steps": [-0.5, -0.1, -0.01, 0.01, 0.1, 0.5],
        "near": 0.1,
        "tolerance": 0.01,
    }


def draw(seed: int) -> dict[str, Any]:
    """Return others: the largest step crosses 0 from the inner points only, the smaller ones from none."""
    chance = Draw(seed)

    def propose() -> dict[str, Any]:
        inner, outer = [0.2, 0.25, 0.3, 0.4], [1, 1.2, 1.5, 2]
        left, right = chance.several(inner, 2)
        small, middle = chance.choice([0.01, 0.02, 0.05]), chance.choice([0.1, 0.15])
        large = chance.choice([0.5, 0.6, 0.8])
        return {
            "places": [-chance.choice(outer), -left, 0, right, chance.choice(outer)],
            "steps": [-large, -middle, -small, small, middle, large],
            "near": chance.choice([0.04, 0.05, 0.1, 0.2, 0.25, 0.4]),
            "tolerance": chance.choice([0.001, 0.002, 0.005, 0.01, 0.02, 0.05]),
        }

    own = givens()
    return chance.until(propose, lambda g: (g["near"], g["tolerance"]) != (own["near"], own["tolerance"]))


def asked(givens: Mapping[str, Any]) -> tuple[Asked, ...]:
    """Return the values; a quotient is the share of positive numbers between x and x + epsilon."""
    places, steps = _numbers("places", givens["places"]), _numbers("steps", givens["steps"])
    if 0 in steps:
        raise PracticeError("A step of 0 has no difference quotient.", remedy="Give steps other than 0.")
    near, tolerance = _number(givens["near"]), _number(givens["tolerance"])
    if near <= 0:
        raise PracticeError(
            f"A strip |x| < {near} around 0 is empty, and at x = 0 the error is 0 for every k.",
            remedy="Give a positive number, such as 0.1.",
        )
    if not 0 < tolerance < Fraction(1, 2):
        raise PracticeError(
            f"An error of {tolerance} singles out no k: for each k > 0 the errors lie between 0 and 1/2.",
            remedy="Give a number between the two, such as 0.01.",
        )
    slope = math.log1p(float((1 - 2 * tolerance) / tolerance)) / float(near)
    heaviside = tuple((1 + Fraction((x > 0) - (x < 0))) / 2 for x in places)
    quotients = tuple(tuple(_share(x, x + step) for step in steps) for x in places)
    exists = tuple(x != 0 for x in places)
    areas = tuple(x if x > 0 else Fraction(0) for x in places)
    halves = {
        half: tuple(half if x == 0 else h for x, h in zip(places, heaviside, strict=True)) for half in (0, 1)
    }
    return (
        Asked(
            "heaviside",
            "H(x) at each of the points, in their order, separated by commas",
            "1",
            heaviside,
            conventions=tuple(
                Convention(values, f"This takes H(0) = {half}; in this question H(0) is 1/2.")
                for half, values in halves.items()
            ),
        ),
        Asked(
            "quotients",
            "the difference quotients of g: a row for each point, separated by ;, a number for each step",
            "1",
            quotients,
            work=tuple(tuple(_quotient(x, step) for step in steps) for x in places),
        ),
        Asked(
            "exists", "does the derivative of g exist? Yes or no for each point, in their order", "1", exists
        ),
        Asked("product", "g(x) as a product, written with x and H(x)", "2", "x * H(x)"),
        Asked(
            "areas",
            "the integral of H from minus infinity up to x, for each point, in their order",
            "2",
            areas,
        ),
        Asked(
            "slope",
            f"the smallest k for which the error is at most {givens['tolerance']} wherever |x| is at least "
            f"{givens['near']}",
            "3",
            slope,
            work=computed(_steepness, near=float(near), tolerance=float(tolerance)),
        ),
        Asked(
            "area_between",
            "the integral of the error over all x, for this k",
            "3",
            2 * math.log(2) / slope,
            work=computed(lambda k: 2 * math.log(2) / k, k=slope),
        ),
        Asked("largest_error", "the supremum of the error over all x, for any k > 0", "3", Fraction(1, 2)),
    )


def _quotient(x: Fraction, step: Fraction) -> Worked:
    """Return the difference quotient from the values of g."""
    after, before = Worked(max(x + step, Fraction(0)), "g(x + epsilon)"), Worked(max(x, Fraction(0)), "g(x)")
    return (after - before) / Worked(step, "epsilon")


def _steepness(near: autodiff.Traced, tolerance: autodiff.Traced) -> Any:
    return autodiff.ln((1 - tolerance) / tolerance) / near


def _share(a: Fraction, b: Fraction) -> Fraction:
    """Return the share of positive numbers between a and b."""
    low, high = min(a, b), max(a, b)
    return (max(high, Fraction(0)) - max(low, Fraction(0))) / (high - low)


def _numbers(name: str, values: object) -> list[Fraction]:
    """Return numbers as fractions.

    Raises:
        PracticeError: for anything but a list of finite numbers.
    """
    if not isinstance(values, list | tuple) or not values:
        raise PracticeError(f"{shown(values)} holds no {name}.", remedy="Give a list of numbers.")
    return [_number(value) for value in values]


def _number(value: object) -> Fraction:
    """Return a number as a fraction, a decimal as it is written.

    Raises:
        PracticeError: for anything but a finite number.
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or value - value != 0:
        raise PracticeError(f"{shown(value)} is not a finite number.", remedy="Give one, such as 0.1.")
    return Fraction(str(value))


def parts(givens: Mapping[str, Any]) -> dict[str, int]:
    """Return the marks of each part."""
    return {"1": 4, "2": 2, "3": 4}


def statement(givens: Mapping[str, Any]) -> str:
    """Return the question in words."""
    places, steps = (", ".join(map(str, givens[name])) for name in ("places", "steps"))
    marks = earned(parts(givens))
    return (
        "The derivative of a function $f$ and the Heaviside step function $H$ are\n\n"
        "$$\nf'(x) = \\lim_{\\epsilon \\to 0} \\frac{f(x + \\epsilon) - f(x)}{\\epsilon}, \\qquad "
        "H(x) = \\begin{cases} 1 & x > 0 \\\\ \\tfrac12 & x = 0 \\\\ 0 & x < 0. \\end{cases}\n$$\n\n"
        "**(1)** Show that the rectified linear unit $g(x) = \\max\\{0, x\\}$ has the derivative $H(x)$ "
        f"wherever the derivative exists. Try it at $x = {places}$: what is $H(x)$, does the derivative "
        f"exist, and what is the difference quotient of $g$ for the steps $\\epsilon = {steps}$? "
        f"{marks['1']}\n\n"
        "**(2)** Write $g$ in two other ways, with $H$: as a product, and as an integral. Evaluate the "
        f"integral at the same $x$. {marks['2']}\n\n"
        "**(3)** Show that the sigmoid $\\sigma_k(x) = 1 / (1 + e^{-kx})$ approaches $H(x)$ as $k$ grows, "
        "for each fixed $x$. From which $k$ on is the error $|\\sigma_k(x) - H(x)|$ at most "
        f"${givens['tolerance']}$ wherever $|x| \\ge {givens['near']}$? For this $k$, how large is the error "
        f"integrated over all $x$, and how large is its supremum? {marks['3']}"
    )
