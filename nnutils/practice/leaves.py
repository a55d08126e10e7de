"""Answers by their leaves: the numbers, words and yes or no in a tuple of tuples, each with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from nnutils.core.worked import Worked
from nnutils.practice.asked import Answer, Asked

__all__ = ["Place", "at", "called", "depth_of", "is_exact", "kind_of", "leaves", "mapped", "numeric", "plain"]

Place = tuple[int, ...]
"""Where a leaf stands: (1, 0) is the first entry of the second row."""


def leaves(answer: Any) -> Iterator[tuple[Place, Any]]:
    """Yield each leaf of an answer with its place, in order.

    >>> list(leaves((1, (2, 3))))
    [((0,), 1), ((1, 0), 2), ((1, 1), 3)]
    """
    if isinstance(answer, tuple | list):
        for index, part in enumerate(answer):
            for place, leaf in leaves(part):
                yield (index, *place), leaf
    else:
        yield (), answer


def at(nested: Any, place: Place) -> Any:
    """Return what stands at a place; None where the nested tuples do not go so deep.

    >>> at(((1, 2), (3, 4)), (1, 0)), at(None, (1, 0))
    (3, None)
    """
    for index in place:
        if not isinstance(nested, tuple | list) or index >= len(nested):
            return None
        nested = nested[index]
    return nested


def called(place: Place) -> str:
    """Return what a place is called in a sentence.

    >>> called((2,)), called((0, 1)), called((1, 0, 2))
    ('entry 3', 'entry 2 of row 1', 'entry 3 of row 1 of block 2')
    """
    names = ("entry", "row", "block")
    numbered = [f"{name} {index + 1}" for name, index in zip(names, reversed(place), strict=False)]
    return " of ".join(numbered)


def mapped(function: Callable[[Any], Any], answer: Any) -> Any:
    """Return an answer with a function applied to each leaf, tuples as lists.

    >>> mapped(str, ((1, 2), (3, 4)))
    [['1', '2'], ['3', '4']]
    """
    if isinstance(answer, tuple | list):
        return [mapped(function, part) for part in answer]
    return function(answer)


def plain(leaf: Any) -> Any:
    """Return a leaf as Python's own: of a worked number its value, of a whole fraction the whole number.

    >>> plain(Worked(3, "channels")), plain(Fraction(4, 2))
    (3, 2)
    """
    value = leaf.value if isinstance(leaf, Worked) else leaf
    return int(value) if isinstance(value, Fraction) and value.denominator == 1 else value


def depth_of(answer: Answer) -> int:
    """Return how many brackets a leaf stands in: 0 for a number, 1 for a list, 2 for a table.

    >>> depth_of(3), depth_of((1, 2)), depth_of(((1, 2), (3, 4)))
    (0, 1, 2)
    """
    return max((len(place) for place, _ in leaves(answer)), default=1)


def is_exact(answer: Answer) -> bool:
    """Whether all numbers of an answer are exact."""
    return not any(isinstance(leaf, float) for _, leaf in leaves(answer))


def kind_of(quantity: Asked) -> str:
    """Return what is typed: 'number', 'list', 'table', 'nested', 'yesno', 'choice' or 'expression'.

    >>> kind_of(Asked("size", "the size", "a", (96, 55, 55))), kind_of(Asked("y", "y in x", "a", "2 * x"))
    ('list', 'expression')
    """
    if isinstance(quantity.answer, tuple):
        return {1: "list", 2: "table"}.get(depth_of(quantity.answer), "nested")
    if isinstance(quantity.answer, bool):
        return "yesno"
    if isinstance(quantity.answer, str):
        return "choice" if quantity.choices else "expression"
    return "number"


def numeric(leaf: Any) -> bool:
    """Whether a leaf is a number, and not a word or yes or no."""
    return isinstance(leaf, Worked | int | Fraction | float) and not isinstance(leaf, bool)
