"""The places of a derivation, and what each would have to be for the stated value to come out."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from nnutils.slips.tree import Node, Number, apply

__all__ = ["Place", "Target", "places"]

_LITTLE = Fraction(1, 10**9)

MOST = 2_000
"""So many places are looked at, the outermost first."""


@dataclass(frozen=True)
class Target:
    """The values that count as the stated one: from ``low`` to ``high``, both included."""

    low: Number
    high: Number

    def __contains__(self, value: object) -> bool:
        return isinstance(value, int | float | Fraction) and bool(self.low <= value <= self.high)


@dataclass(frozen=True, eq=False)
class Place:
    """A node at one place of a derivation; ``parent`` is where it is used, as argument number ``index``.

    ``needed`` is what it would have to be for the stated value to come out, where that can be told by
    computing backwards; otherwise a candidate is tried by computing forwards.
    """

    node: Node
    parent: Place | None = None
    index: int = 0
    needed: Target | None = None
    depth: int = 0

    @property
    def exactly(self) -> Number | None:
        """The only value that would do here; None where it cannot be told, or where several would."""
        needed = self.needed
        return needed.low if needed is not None and needed.low == needed.high else None

    def fits(self, value: Number | None) -> bool:
        """Whether the stated value comes out with this value at this place."""
        if value is None:
            return False
        if self.needed is not None or self.parent is None:
            return self.needed is not None and value in self.needed
        return self.parent.fits(self.parent.with_argument(self.index, value))

    def with_argument(self, index: int, value: Number) -> Number | None:
        """Compute the node again with another value for one argument."""
        values = [part.value for part in self.node.arguments]
        values[index] = value
        return apply(self.node.operation, values)


def places(root: Node, target: Target) -> Iterator[Place]:
    """Yield every place of a derivation, the outermost first; one used twice is two places."""
    waiting = [Place(root, needed=target)]
    yielded = 0
    while waiting and yielded < MOST:
        found = []
        for place in waiting[: MOST - yielded]:
            yield place
            yielded += 1
            for index, part in enumerate(place.node.arguments):
                needed = _inverted(place, index) if place.needed else None
                found.append(Place(part, place, index, needed, place.depth + 1))
        waiting = found


def _inverted(place: Place, index: int) -> Target | None:
    """Return what one argument would have to be, or None where it cannot be computed backwards."""
    node, needed = place.node, place.needed
    assert needed is not None
    low, high = needed.low, needed.high
    if low > high:  # nothing at the place above would do, so nothing here will
        return needed
    values = [part.value for part in node.arguments]
    others = values[:index] + values[index + 1 :]
    match node.operation:
        case "identity":
            return needed
        case "negative":
            return Target(-high, -low)
        case "add":
            rest = sum(others)
            return Target(low - rest, high - rest)
        case "subtract":
            return (
                Target(low + others[0], high + others[0])
                if index == 0
                else Target(others[0] - high, others[0] - low)
            )
        case "multiply":
            return _divided(low, high, math.prod(others))
        case "divide" if index == 0:
            return Target(*sorted((low * others[0], high * others[0])))
        case "floor_divide" if index == 0 and isinstance(others[0], int) and others[0] > 0:
            # up to the next multiple of it, which is not reached; also a fraction may stand there
            by = others[0]
            below = _LITTLE if by > 1 else 1
            return Target(math.ceil(low) * by, math.floor(high) * by + by - below)
    return None


def _divided(low: Number, high: Number, by: Number) -> Target | None:
    if not by:
        return None
    if all(isinstance(value, int | Fraction) for value in (low, high, by)):
        by = Fraction(by)
    if low == high:  # by far the most frequent case, and fractions take their time
        only = low / by
        return Target(only, only)
    return Target(*sorted((low / by, high / by)))
