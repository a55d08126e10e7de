"""Wrong numbers as people write them: slips of the pen, and those that ``nnutils.slips.predict`` knows."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from nnutils.slips import predict

from .numerals import Real, Written, exactly

__all__ = [
    "PEN",
    "ROUNDING",
    "Slips",
    "by_kind",
    "predicted",
    "slips_of_factors",
    "slips_of_terms",
    "slips_of_the_pen",
    "wrong_rounding",
]

PEN = ("a digit changed", "a digit lost", "a digit doubled", "two digits exchanged")
ROUNDING = "a wrong rounding"
Slips = list[tuple[str, Real]]

_MOST = 25  # the likelier of the predicted slips


def slips_of_the_pen(written: Written) -> Slips:
    """Return what slips of the pen make of the digits of a number, each with its kind.

    >>> twelve = Written("12", Fraction(12), Fraction(0))
    >>> [int(value) for kind, value in slips_of_the_pen(twelve) if kind == "two digits exchanged"]
    [21]
    """
    unit = written.unit or Fraction(1)
    scaled = written.denotes / unit
    digits, sign = str(abs(int(scaled))), -1 if scaled < 0 else 1
    found: list[tuple[str, str]] = []
    for n, digit in enumerate(digits):
        head, tail = digits[:n], digits[n + 1 :]
        found += [(PEN[0], head + other + tail) for other in "123456789" if other != digit]
        found += [(PEN[1], head + tail), (PEN[2], head + digit + digit + tail)]
        if tail and tail[0] != digit:
            found.append((PEN[3], head + tail[0] + digit + tail[1:]))
    return [(kind, sign * int(text) * unit) for kind, text in found if text and text[0] != "0"]


def slips_of_factors(factors: Sequence[Real], value: Real) -> Slips:
    """Return what comes out when a written factor is forgotten or used twice."""
    found: Slips = []
    for n, factor in enumerate(factors):
        if factor * factor > 1:
            found.append(("a factor left out", math.prod([*factors[:n], *factors[n + 1 :]])))
            found.append(("a factor used twice", value * factor))
    return found


def slips_of_terms(terms: Sequence[Real], value: Real) -> Slips:
    """Return what comes out when a written term is forgotten or added twice."""
    found: Slips = []
    for term in terms:
        if term:
            found += [("a term left out", value - term), ("a term used twice", value + term)]
    return found


def predicted(derivation: Any) -> Slips:
    """Return the wrong values that the known slips give for a derivation; none for ``None``."""
    if derivation is None:
        return []
    return [(one.kind, one.value) for one in predict(derivation)[:_MOST] if isinstance(one.value, Real)]


def wrong_rounding(value: Real, written: Written) -> Slips:
    """Return the neighbour in the last place that is clearly the farther one, where there is one."""
    if not written.unit:
        return []
    unit, exact = written.unit, exactly(value)
    low = math.floor(exact / unit) * unit
    farther = low + unit if written.denotes == low else low
    return [(ROUNDING, farther)] if abs(farther - exact) > Fraction(6, 10) * unit else []


def by_kind(slips: Iterable[tuple[str, Real]]) -> dict[str, list[Real]]:
    """Return the values of each kind of slip."""
    found: dict[str, list[Real]] = {}
    for kind, value in slips:
        found.setdefault(kind, []).append(value)
    return found
