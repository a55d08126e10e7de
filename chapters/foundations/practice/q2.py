"""Softmax on instances: what a shift and a scale do, limits, two classes, K classes.

The question asks for proofs. What is asked here are the quantities that a proof is about, for given vectors.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import Any

from nnutils import autodiff
from nnutils.core.errors import PracticeError
from nnutils.core.messages import shown
from nnutils.core.worked import Worked, total
from nnutils.practice import Asked, Draw, computed, earned

__all__ = ["asked", "draw", "givens", "parts", "statement"]

LARGEST = 300
"""So large may a logit or the shift be: the exponential of their sum is still a floating-point number."""

MOST_EXACT = 100
"""Up to this whole scale, powers are kept as exact fractions."""


def givens() -> dict[str, Any]:
    """Return weights, whose logarithms are x, a shift, a scale, vectors for the limit, and a pair."""
    return {
        "weights": [1, 2, 3],
        "shift": 1.5,
        "scale": 2,
        "vectors": [[1.5, 1, 0.5, -1], [1.5, 1.5, 0.5, -1]],
        "pair": [2, -1],
    }


def draw(seed: int) -> dict[str, Any]:
    """Return other numbers; the first of the vectors has a unique maximum, the second a tied one."""
    chance = Draw(seed)
    weights = chance.until(lambda: chance.several(range(1, 8), 3), lambda drawn: math.gcd(*drawn) == 1)
    unique = [_halves(number) for number in chance.several(range(-4, 5), 4)]
    highest, second = sorted(unique, reverse=True)[:2]
    # z is neither 1 nor -1, nor the number of parameters
    pair = chance.until(lambda: chance.several(range(-5, 6), 2), lambda p: abs(p[0] - p[1]) not in (2, 4))
    return {
        "weights": weights,
        "shift": _halves(chance.choice([-5, -3, -2, -1, 1, 2, 5, 7])),
        "scale": chance.choice([2, 3]),
        "vectors": [unique, [highest if entry == second else entry for entry in unique]],
        "pair": [_halves(entry) for entry in pair],
    }


def asked(givens: Mapping[str, Any]) -> tuple[Asked, ...]:
    """Return what is asked; shares are found from the definition, term by term."""
    weights = [_exact(weight, "weight") for weight in givens["weights"]]
    shift, scale = givens["shift"], givens["scale"]
    _check(weights, shift, scale, givens["vectors"], givens["pair"])
    shares = _shares(weights)
    logits = [math.log(weight) for weight in weights]
    shifted = _shares([math.exp(x + shift) for x in logits])
    scaled = _scaled(weights, scale)
    pair = [Worked(_exact(entry, "entry"), f"x{i}") for i, entry in enumerate(givens["pair"], 1)]
    worked = [Worked(weight, f"exp(x{i})") for i, weight in enumerate(weights, 1)]
    whole = float(scale) == int(scale) and scale <= MOST_EXACT
    powers = [weight ** int(scale) for weight in worked] if whole else []
    c = f"{'-' if shift < 0 else '+'} {abs(shift)}"
    in_order = "all entries in order, separated by commas"
    return (
        Asked("shares", f"S(x): {in_order}", "1", shares, work=_worked_shares(worked)),
        Asked("shifted", f"S(x {c}): {in_order}", "1", shifted, work=_traced(logits, shift)),
        Asked("shift_matters", "does the shift change the softmax? yes or no", "1", _differ(shares, shifted)),
        Asked("scaled", f"S({scale} x): {in_order}", "2", scaled, work=_worked_shares(powers) or None),
        Asked(
            "scale_matters",
            f"is S({scale} x) another vector than S(x)? yes or no",
            "2",
            _differ(shares, scaled),
        ),
        Asked(
            "zero_scale",
            "the one number that each entry of S(0 x) is",
            "2",
            1 / Worked(len(weights), "classes"),
        ),
        Asked(
            "limits",
            "the limits of S(c v) for c to infinity: a row for each of the vectors v, separated by ;",
            "2",
            tuple(_limit(vector) for vector in givens["vectors"]),
            work=tuple(_limit_worked(vector) for vector in givens["vectors"]),
        ),
        Asked(
            "z",
            "the scalar z for which the softmax of the pair is (sigma(z), 1 - sigma(z))",
            "3",
            _z(*givens["pair"]),
            work=pair[0] - pair[1],
        ),
        Asked(
            "pair_shares",
            "the softmax of the pair: both entries in order",
            "3",
            _shares([math.exp(entry) for entry in givens["pair"]]),
            work=_traced(givens["pair"], 0),
        ),
        Asked(
            "parameters",
            f"how many numbers y_i are enough for these {len(weights)} classes",
            "4",
            Worked(len(weights), "classes") - 1,
        ),
        Asked(
            "y",
            "the numbers y_1, y_2, ... with S(x) = S(0, y_1, y_2, ...): all in order",
            "4",
            tuple(math.log(w / weights[0]) for w in weights[1:]),
            work=tuple(computed(lambda x1, x2: x2 - x1, x1=logits[0], x2=logit) for logit in logits[1:]),
        ),
    )


def parts(givens: Mapping[str, Any]) -> dict[str, int]:
    """Return the marks of each part."""
    return {"1": 2, "2": 4, "3": 2, "4": 2}


def statement(givens: Mapping[str, Any]) -> str:
    """Return the question in words."""
    logits = ", ".join(rf"\ln {weight}" for weight in givens["weights"])
    vectors = " and ".join(f"$({', '.join(map(str, vector))})$" for vector in givens["vectors"])
    scale, shift = givens["scale"], givens["shift"]
    sign = "-" if shift < 0 else "+"
    marks = earned(parts(givens))
    return (
        "For a vector $x$ with $K \\ge 2$ real entries, the softmax is the vector with the entries "
        "$S(x)_i = e^{x_i} / \\sum_j e^{x_j}$.\n\n"
        f"**(1)** Show that adding a scalar to all entries changes nothing. Check it for $x = ({logits})$: "
        f"compute $S(x)$ and $S(x {sign} {abs(shift)})$. {marks['1']}\n\n"
        "**(2)** Show that multiplying by a scalar $c \\ge 0$ does change something. For the same $x$, "
        f"compute $S({scale} x)$ and $S(0 x)$. What happens for $c \\to \\infty$? Give the limits of "
        f"$S(c v)$ for $v$ = {vectors}. {marks['2']}\n\n"
        "**(3)** For two classes, show that $S(x) = [\\sigma(z), 1 - \\sigma(z)]$ with one scalar $z$, where "
        f"$\\sigma(z) = 1/(1 + e^{{-z}})$. Compute $z$ and the softmax for the pair "
        f"$({', '.join(map(str, givens['pair']))})$. {marks['3']}\n\n"
        "**(4)** Show that $S(x) = S([0, y_1, \\dots, y_{K-1}])$ with scalars $y_i$ made from $x$. How many "
        f"parameters does the $x$ of part 1 need, and which $y_i$? {marks['4']}"
    )


def _z(first: float, second: float) -> float | Fraction:
    return Fraction(str(first)) - Fraction(str(second))


def _shares(weights: Sequence[Any]) -> tuple[Any, ...]:
    """Return each weight's share of the sum."""
    return tuple(weight / sum(weights) for weight in weights)


def _scaled(weights: Sequence[Fraction], scale: float) -> tuple[Fraction | float, ...]:
    """Return the shares of the weights to the power of the scale: exact for a small whole one."""
    if scale == int(scale) and scale <= MOST_EXACT:
        return _shares([weight ** int(scale) for weight in weights])
    return _shares([float(weight) ** scale for weight in weights])


def _worked_shares(weights: Sequence[Worked]) -> tuple[Worked, ...]:
    """Return the shares as worked numbers."""
    return tuple(weight / total(weights).named("sum") for weight in weights)


def _traced(logits: Sequence[float], shift: float) -> tuple[Any, ...]:
    """Return how each entry of the softmax of shifted logits is computed, as a row of a trace."""

    def share(i: int, **x: autodiff.Traced) -> Any:
        powers = [autodiff.exp(entry + shift if shift else entry) for entry in x.values()]
        return powers[i] / total_of(powers)

    def total_of(powers: Sequence[autodiff.Traced]) -> Any:
        return sum(powers[1:], start=powers[0])

    named = {f"x{i}": float(logit) for i, logit in enumerate(logits, 1)}
    return tuple(computed(partial(share, i), **named) for i in range(len(logits)))


def _limit_worked(vector: Sequence[float]) -> tuple[Worked | None, ...]:
    """Return an equal share for each of the largest entries, and nothing for the others."""
    wins = [entry == max(vector) for entry in vector]
    return tuple(1 / Worked(sum(wins), "largest entries") if win else None for win in wins)


def _differ(shares: Sequence[Any], others: Sequence[Any]) -> bool:
    return any(abs(share - other) > 1e-12 for share, other in zip(shares, others, strict=True))


def _limit(vector: Sequence[float]) -> tuple[Fraction, ...]:
    """Return the limit of softmax under a growing scale: an equal share for each of the largest entries."""
    wins = [entry == max(vector) for entry in vector]
    return tuple(Fraction(int(win), sum(wins)) for win in wins)


def _check(
    weights: Sequence[Fraction], shift: Any, scale: Any, vectors: Sequence[Sequence[Any]], pair: Sequence[Any]
) -> None:
    """Refuse what has no softmax, and what the definition cannot evaluate in floating point."""
    if len(weights) < 2 or min(weights) <= 0:
        raise PracticeError(
            f"The weights {', '.join(map(str, weights)) or '(none)'} are not the exponentials of two or more "
            "numbers.",
            remedy="Give at least two weights, all of them positive.",
        )
    if len(pair) != 2:
        raise PracticeError(f"{shown(pair)} is not a pair.", remedy="Give two numbers.")
    if not vectors or any(len(vector) < 2 for vector in vectors):
        raise PracticeError(
            f"{shown(vectors)} has no vector, or one of fewer than two entries.",
            remedy="Give vectors with two or more entries: [[1, 0], [1, 1, 0]].",
        )
    if _exact(scale, "scale") < 0:
        raise PracticeError(f"The scale {scale} is negative.", remedy="The question has c ≥ 0.")
    logits = [math.log(weight) for weight in weights]
    scaled = [float(scale) * x for x in logits]
    for number in (*logits, *scaled, shift, *(entry for vector in vectors for entry in vector), *pair):
        if abs(_exact(number, "entry")) > LARGEST:
            raise PracticeError(
                f"With {shown(number)} the definition is out of the range of floating point.",
                remedy=f"Use numbers from -{LARGEST} to {LARGEST}.",
            )


def _exact(number: Any, what: str) -> Fraction:
    """Return a number as the fraction that its digits say, or refuse it."""
    if type(number) not in (int, float) or not math.isfinite(number):
        raise PracticeError(f"The {what} {shown(number)} is not a number.", remedy="Use finite numbers.")
    return Fraction(str(number))


def _halves(number: int) -> int | float:
    return number // 2 if number % 2 == 0 else number / 2
