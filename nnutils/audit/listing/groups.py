"""Statements about one thing stand together: a number, the product written for it, the factors of that."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

__all__ = ["grouped"]

Row = TypeVar("Row")


def grouped(rows: Iterable[Row], name: Callable[[Row], str]) -> list[list[Row]]:
    """Put each row to the first whose name, ``name(row)``, its own continues; a list for each thing.

    The groups are in the order of their first rows. A name continues another after a hyphen, so '003-q1-h1'
    has '003-q1-h1-product' with it, wherever that stands, and has not '003-q1-h11'.

    >>> grouped(["q1-a", "q1-b", "q1-a-product", "q1-ab", "q1-a-product-factors"], str)
    [['q1-a', 'q1-a-product', 'q1-a-product-factors'], ['q1-b'], ['q1-ab']]
    """
    listed = list(rows)
    names = {name(row) for row in listed}
    groups: dict[str, list[Row]] = {}
    for row in listed:
        groups.setdefault(_first(name(row), names), []).append(row)
    # what a name continues may come later in the list, and still goes first
    return [sorted(group, key=lambda row: name(row) != first) for first, group in groups.items()]


def _first(name: str, names: set[str]) -> str:
    """Return the shortest of the names that this one continues, or the name itself."""
    parts = name.split("-")
    beginnings = ("-".join(parts[:length]) for length in range(1, len(parts)))
    return next((beginning for beginning in beginnings if beginning in names), name)
