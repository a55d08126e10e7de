"""Numbers that count what is done with them: a definition written as a plain loop gives its own counts."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from typing import Any

__all__ = ["Number", "added", "array", "called", "dot", "largest", "performed"]

_done: Counter[str] = Counter()


class Number:
    """A number without a value; each operation with it is tallied."""

    def __add__(self, other: object) -> Number:
        return _tallied("additions")

    __radd__ = __sub__ = __rsub__ = __add__

    def __mul__(self, other: object) -> Number:
        return _tallied("multiplications")

    __rmul__ = __truediv__ = __rtruediv__ = __mul__

    def __neg__(self) -> Number:
        return _tallied("additions")


def _tallied(column: str) -> Number:
    _done[column] += 1
    return Number()


def called(name: str, x: Number) -> Number:
    """Call an elementary function; ``name`` says only which, for the reader."""
    return _tallied("evaluations")


def larger(x: Number, y: object) -> Number:
    """Return the larger of two."""
    return _tallied("comparisons")


def largest(numbers: Iterable[Number]) -> Number:
    """Return the largest of some numbers."""
    return reduce(larger, numbers)


def added(numbers: Iterable[Number]) -> Number:
    """Add some numbers up, without a zero to begin with."""
    return reduce(lambda x, y: x + y, numbers)


def dot(x: Sequence[Number], y: Sequence[Number]) -> Number:
    """Add up the products."""
    return added([a * b for a, b in zip(x, y, strict=True)])


def array(*shape: int) -> Any:
    """Return nested lists of numbers."""
    return [array(*shape[1:]) for _ in range(shape[0])] if shape else Number()


def performed(definition: Callable[..., object], *shapes: Sequence[int]) -> dict[str, int]:
    """Run a definition on arrays of some shapes, and return what it did, by column."""
    _done.clear()
    definition(*itertools.starmap(array, shapes))
    return {column: times for column, times in _done.items() if times}
