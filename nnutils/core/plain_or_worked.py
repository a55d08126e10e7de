"""Two ways of computing one rule: on plain ints, which is quick, or on worked numbers, which tell how.

A rule that takes its numbers from one of the two stands in one place, and cannot say one thing quickly and
another thing at length.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from nnutils.core.worked import Worked, total

__all__ = ["PLAIN", "WORKED", "N", "Numbers"]

N = TypeVar("N", int, Worked)
"""The numbers that a rule computes with: all are plain, or all are worked."""


@dataclass(frozen=True, slots=True)
class Numbers(Generic[N]):
    """How a rule makes and names its numbers; sums, products and floors of them are written as always.

    >>> def area(of):
    ...     return of.named(of.given(11, "height") * of.given(11, "width"), "area")
    >>> area(PLAIN), area(WORKED).work
    (121, '11 · 11 = 121')
    """

    given: Callable[[int, str], N]
    """Return a number that was given, under its name."""
    named: Callable[[N, str], N]
    """Return a number under a name."""
    share: Callable[[N, N], N]
    """Divide a number by one that divides it without a remainder."""
    total: Callable[[Iterable[N], str], N]
    """Add up any number of numbers, under a name."""


PLAIN: Numbers[int] = Numbers(
    given=lambda value, name: value,
    named=lambda value, name: value,
    share=operator.floordiv,
    total=lambda parts, name: sum(parts),
)
"""Plain ints: names are not kept."""

WORKED: Numbers[Worked] = Numbers(given=Worked, named=Worked.named, share=operator.truediv, total=total)
"""Worked numbers: every one keeps its derivation."""
