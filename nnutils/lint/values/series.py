"""The terms that an ellipsis stands for: 1 + 2 + … + 100, 1 + 4 + 9 + … + 100, 1 + 2 + 4 + … + 64."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

__all__ = ["series_terms"]

_MOST = 100_000


def series_terms(shown: Sequence[Fraction], other: int = 0) -> list[Fraction] | None:
    """Return all terms of a series of which the first ones and the last one are shown; None if they fit none.

    Tried are steps that stay the same, that grow by the same (squares do), and factors that stay the same;
    ``other`` asks for the second of those that fit, since 1 + 2 + … + 8 may be either.

    >>> [int(sum(series_terms([Fraction(n) for n in shown]))) for shown in ((1, 2, 100), (1, 4, 9, 100))]
    [5050, 385]
    >>> series_terms([Fraction(n) for n in (1, 2, 4, 9)]) is None
    True
    """
    *first, last = shown
    if len(first) < 2:
        return None
    fitting = [found for found in (_adding(first, last), _multiplying(first, last)) if found is not None]
    return fitting[other] if other < len(fitting) else None


def _adding(first: Sequence[Fraction], last: Fraction) -> list[Fraction] | None:
    terms, step = list(first), first[1] - first[0]
    growth = (first[2] - first[1]) - step if len(first) > 2 else Fraction(0)
    for index in range(2, len(first)):
        if first[index] - first[index - 1] != step + growth * (index - 1):
            return None
    step += growth * (len(first) - 2)
    while len(terms) < _MOST and terms[-1] != last:
        step += growth
        following = terms[-1] + step
        if not step or (following - last) * (last - terms[-1]) > 0:
            return None
        terms.append(following)
    return terms if terms[-1] == last else None


def _multiplying(first: Sequence[Fraction], last: Fraction) -> list[Fraction] | None:
    if not all(first):
        return None
    factor = first[1] / first[0]
    if any(after / before != factor for before, after in zip(first[:-1], first[1:], strict=True)):
        return None
    terms = list(first)
    while len(terms) < 200 and terms[-1] != last:
        terms.append(terms[-1] * factor)
    return terms if terms[-1] == last else None
