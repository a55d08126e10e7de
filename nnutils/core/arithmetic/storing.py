"""Worked numbers written down part by part: a derivation may be deeper than Python's stack."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nnutils.core.derivation import Derivation, walk

__all__ = ["made_again", "parts_of"]

Row = tuple[Any, str, str, list[int], int]


def parts_of(number: Derivation) -> list[Row]:
    """Return a row for each part of a number, itself last: its fields, and the places of its arguments.

    >>> from nnutils.core.worked import Worked
    >>> parts_of((Worked(3, "a") * 4).named("area"))
    [(3, 'a', 'given', [], 1), (4, '', 'given', [], 1), (12, 'area', 'multiply', [0, 1], 2)]
    """
    parts: list[Any] = list(walk(number))
    places = {id(part): place for place, part in enumerate(parts)}
    return [
        (
            part.value,
            part.name,
            part.operation,
            [places[id(made_of)] for made_of in part.arguments],
            part.leaves,
        )
        for part in parts
    ]


def made_again(kind: type[Any], rows: Sequence[Row]) -> Any:
    """Make a number of this kind again from the rows of ``parts_of``.

    >>> from nnutils.core.worked import Worked
    >>> made_again(Worked, parts_of(Worked(3, "a") * 4)).formula
    'a · 4'
    """
    made: list[Any] = []
    for value, name, operation, places, leaves in rows:
        made.append(kind(value, name, operation, tuple(made[place] for place in places), leaves))
    return made[-1]
