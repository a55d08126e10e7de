"""The wrong values that the known slips give: ``explain`` the other way round."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from nnutils.slips.exchanging import Others, exchanged
from nnutils.slips.explaining import pen_slips, value_with
from nnutils.slips.network_numbers import Quantity
from nnutils.slips.places import Place, Target, places
from nnutils.slips.rules import RULES
from nnutils.slips.slip import DEEPER, Slip, slip_of
from nnutils.slips.stated import read
from nnutils.slips.tree import Number, tree_of

__all__ = ["Predicted", "predict"]

_WEIGHT = 0.7  # of a slip's rank, beside the logarithm of how many values the slip has
_NEGATIVE = 3  # nobody states a negative count
_COMMON = 5  # so many sorts of slips of the pen give few values; the others are left out
_LONG = 1_000  # in a number on the way from this one on
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
    depends on the slip's rank and on how many values such slips have: one of nine digits can be lost in nine
    ways, and changed in eighty-one. A digit changed or added is predicted in the result and in numbers of
    three digits on the way, not in longer ones.

    >>> from nnutils import conv_output_size
    >>> wrong = predict(conv_output_size(224, 11, stride=4, padding=2))
    >>> by_value = {one.value: one.sentence for one in wrong}
    >>> by_value[54], 55 in by_value
    ('Padding 2 is ignored.', False)
    """
    root = tree_of(right)
    others, exact = Others(among), not isinstance(root.value, float)
    by_sort: dict[object, list[Predicted]] = {}
    for place in places(root, Target(0, 0)):
        for sort, value, slip in _slips(place, others):
            result = value_with(place, value)
            if result is not None and not _same(result, root.value, exact):
                made = Predicted(result, slip.kind, slip.hint, slip.sentence, slip.rank)
                by_sort.setdefault(sort, []).append(made)
    found: dict[object, tuple[float, Predicted]] = {}
    for family in by_sort.values():
        spread = math.log10(len({_key(one.value) for one in family}))
        for one in family:
            negative = _NEGATIVE if exact and one.value < 0 <= root.value else 0
            unlikely = _WEIGHT * one.rank + spread + negative
            known = found.get(_key(one.value), (unlikely, one))
            found[_key(one.value)] = (min(known[0], unlikely), one if one.rank < known[1].rank else known[1])
    ordered = sorted(found.values(), key=lambda one: (one[0], one[1].rank, float(one[1].value)))
    return tuple(made for _, made in ordered)


@dataclass(frozen=True, eq=False)
class _Asking(Place):
    """A place where no value fits; it remembers which ones were asked about."""

    asked: list[Number] = field(default_factory=list)

    def fits(self, value: Number | None) -> bool:
        """Remember a value."""
        if value is not None:
            self.asked.append(value)
        return False


def _slips(place: Place, others: Others) -> Iterator[tuple[object, Number, Slip]]:
    """Yield the sort of each slip that may be made at a place, the value that it puts there, and the slip."""
    for rule in RULES:
        rank = rule.rank + DEEPER * place.depth
        for value, words in rule.candidates(place):
            if value is not None:
                yield (rule.kind, place.depth), value, slip_of(rule.kind, rank, rule.hint_at(place), words)
    asking = _Asking(place.node, place.parent, place.index, None, place.depth)
    list(exchanged(asking, others))  # which is empty, since nothing fits
    for value in dict.fromkeys(asking.asked):
        for slip in exchanged(_wanting(place, value), others):
            yield (slip.kind, round(slip.rank)), value, slip
    needed = place.needed
    if isinstance(place.node.value, int) and needed is not None and needed.low == needed.high:
        for sort, written in enumerate(_miswritten(place.node.value)):
            if sort >= _COMMON and place.parent is not None and abs(place.node.value) >= _LONG:
                continue
            for value in sorted(written):
                for slip in pen_slips(_wanting(place, value)):
                    yield (sort, place.depth), value, slip


def _same(value: Number, right: Number, exact: bool) -> bool:
    """Whether a value counts as the right one where it is read."""
    if exact and not isinstance(value, float):
        return value == right
    return right in read(value, exact=exact).target


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
    return f"{value:.{_DIGITS - 1}e}" if isinstance(value, float) else value
