"""Two trees compared at random points: no zeros, no ones, the same points on every run."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from nnutils.lint.values import UndefinedError

__all__ = ["Comparison", "compare", "points"]

_POINTS = 14
_FEWEST = 3
_CLOSE = 1e-7


@dataclass(frozen=True)
class Comparison:
    """How two values agree at points: everywhere, nowhere, at some; or there are too few points to say.

    ``example`` is a point where they differ, with the two values.
    """

    agree: Literal["everywhere", "nowhere", "somewhere", "undefined", "name", "function", "letters"]
    example: tuple[dict[str, float], float, float] | None = None


def points(names: Iterable[str], seed: int = 7) -> Iterator[dict[str, float]]:
    """Yield points: half of them with positive coordinates only, where more functions are defined.

    >>> len(list(points(["x", "y"])))
    14
    """
    chance = random.Random(seed)
    ordered = sorted(names)
    for index in range(_POINTS):
        low = 0.2 if index % 2 else -2.6
        made = {}
        for name in ordered:
            value = 0.0
            while min(abs(value), abs(value - 1), abs(value + 1)) < 0.07:
                value = round(low + (2.8 - low) * chance.random(), 2)
            made[name] = value
        yield made


def compare(
    names: Iterable[str],
    one: Callable[[dict[str, float]], float],
    other: Callable[[dict[str, float]], float],
) -> Comparison:
    """Compare two functions of a point at random points; points where either has no value are passed over.

    >>> compare(["x"], lambda p: (p["x"] + 1) ** 2, lambda p: p["x"] ** 2 + 1).agree
    'nowhere'
    """
    same, different, cause = 0, 0, "undefined"
    example = None
    for point in points(names):
        try:
            a, b = float(one(point)), float(other(point))
        except UndefinedError as error:
            cause = error.cause if error.cause in ("name", "function", "letters") else cause
            if cause != "undefined":
                break
            continue
        if abs(a - b) <= _CLOSE * max(1.0, abs(a), abs(b)):
            same += 1
        else:
            different += 1
            example = example or (point, a, b)
    if same + different < _FEWEST:
        return Comparison(cause)  # type: ignore[arg-type]
    agree: Literal["everywhere", "nowhere", "somewhere"]
    agree = "everywhere" if not different else "nowhere" if not same else "somewhere"
    return Comparison(agree, example)
