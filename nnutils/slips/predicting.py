"""The wrong values that the known slips give, reckoned forwards: ``explain`` the other way round."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from nnutils.slips.exchanging import Others, exchanged
from nnutils.slips.explaining import _digits, _result
from nnutils.slips.network_numbers import Quantity
from nnutils.slips.places import Place, Target, places
from nnutils.slips.rules import RULES
from nnutils.slips.slip import DEEPER, Slip, slip_of
from nnutils.slips.stated import read
from nnutils.slips.tree import Number, tree_of

__all__ = ["Predicted", "predict"]

_NEGATIVE = 3  # nobody states a negative count
_DIGITS = 6  # floats that agree in so many significant digits are one value


@dataclass(frozen=True)
class Predicted:
    """A wrong value and the slip that gives it: what ``Slip`` has, and the value.

    ``rank`` is that of the slip, as ``explain`` has it.
    """

    value: Number
    kind: str
    hint: str
    sentence: str
    rank: float


def predict(right: Any, among: Iterable[Quantity] = ()) -> tuple[Predicted, ...]:
    """Return the wrong values that a single known slip gives, the most likely first.

    ``right`` and ``among`` are those of ``explain``, and each prediction's sentence is one that ``explain``
    gives for its value. A value that several slips give has the most plausible one. How likely a value is
    depends on the slip's rank and on how many values that slip has: a digit can be lost in nine places of a
    number of nine digits, and changed in eighty-one ways.

    >>> from nnutils import conv_output_size
    >>> wrong = predict(conv_output_size(224, 11, stride=4, padding=2))
    >>> by_value = {one.value: one.sentence for one in wrong}
    >>> by_value[54], 55 in by_value
    ('Padding 2 is ignored.', False)
    """
    root = tree_of(right)
    others, exact = Others(tuple(among)), not isinstance(root.value, float)
    families = [list(family) for place in places(root, Target(0, 0)) for family in _families(place, others)]
    found: dict[object, tuple[float, Predicted]] = {}
    for family in families:
        spread = math.log10(max(1, len({_key(value) for value, _ in family})))
        for value, slip in family:
            if root.value in read(value, exact=exact).target:
                continue
            key = _key(value)
            known = found.get(key)
            likely = slip.rank + spread + (_NEGATIVE if exact and value < 0 <= root.value else 0)
            likely = likely if known is None else min(known[0], likely)
            made = Predicted(value, slip.kind, slip.hint, slip.sentence, slip.rank)
            found[key] = (likely, made if known is None or made.rank < known[1].rank else known[1])
    ordered = sorted(found.values(), key=lambda one: (one[0], one[1].rank, float(one[1].value)))
    return tuple(made for _, made in ordered)


Family = Iterator[tuple[Number, Slip]]
"""The values of one slip at one place, reckoned to the end."""


@dataclass(frozen=True, eq=False)
class _Asking(Place):
    """A place where no value fits; it remembers which ones were asked about."""

    asked: list[Number] = field(default_factory=list)

    def fits(self, value: Number | None) -> bool:
        """Remember a value."""
        if value is not None:
            self.asked.append(value)
        return False


def _families(place: Place, others: Others) -> Iterator[Family]:
    """Yield the values of each slip at a place."""
    for rule in RULES:
        rank = rule.rank + DEEPER * place.depth
        yield _reckoned(
            place,
            (
                (value, slip_of(rule.kind, rank, rule.hint, words))
                for value, words in rule.candidates(place)
                if value is not None
            ),
        )
    asking = _Asking(place.node, place.parent, place.index, None, place.depth)
    if not any(exchanged(asking, others)):
        yield _reckoned(place, _exchanges(place, others, asking.asked))
    needed = place.needed
    if isinstance(place.node.value, int) and needed is not None and needed.low == needed.high:
        for written in _miswritten(place.node.value):
            yield _reckoned(place, _of_the_pen(place, written))


def _reckoned(place: Place, family: Iterable[tuple[Number | None, Slip]]) -> Family:
    for value, slip in family:
        result = _result(place, value)
        if result is not None:
            yield result, slip


def _exchanges(place: Place, others: Others, values: Iterable[Number]) -> Iterator[tuple[Number, Slip]]:
    for value in dict.fromkeys(values):
        for slip in exchanged(_wanting(place, value), others):
            yield value, slip


def _of_the_pen(place: Place, written: Iterable[int]) -> Iterator[tuple[Number, Slip]]:
    for value in written:
        for slip in _digits(_wanting(place, value)):
            yield value, slip


def _wanting(place: Place, value: Number) -> Place:
    """Return the same place, where just this value fits."""
    return Place(place.node, place.parent, place.index, Target(value, value), place.depth)


def _miswritten(right: int) -> Iterator[set[int]]:
    """Yield the whole numbers that a slip of the pen makes of one, each sort of slip by itself.

    >>> [sorted(written) for written in _miswritten(12)][:3]
    [[1, 2], [120, 1200, 12000], [21]]
    """
    digits = str(right)
    if right <= 0:
        return
    places_, every = range(len(digits)), "0123456789"
    yield {int(digits[:n] + digits[n + 1 :] or 0) for n in places_}
    yield {right * 10**n for n in (1, 2, 3)} | {right // 10**n for n in (1, 2, 3) if right % 10**n == 0}
    pairs = [(a, b) for a in places_ for b in places_[a + 1 :]]
    for neighbours in (True, False):
        yield {
            int(digits[:a] + digits[b] + digits[a + 1 : b] + digits[a] + digits[b + 1 :])
            for a, b in pairs
            if (b == a + 1) == neighbours
        }
    yield {int(digits[:n] + digits[n] + digits[n:]) for n in places_}  # a digit doubled
    yield {int(digits[:n] + new + digits[n + 1 :]) for n in places_ for new in every}
    yield {int(digits[:n] + new + digits[n:]) for n in range(len(digits) + 1) for new in every}


def _key(value: Number) -> object:
    """Return what two values that count as the same have in common."""
    return f"{value:.{_DIGITS - 1}e}" if isinstance(value, float) else Fraction(value)
