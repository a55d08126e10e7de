"""Rows that may stand in any order: which typed row is which right one."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["matched", "side_by_side"]


def matched(grades: Sequence[Sequence[str]]) -> tuple[int | None, ...]:
    """Return for each typed row the right row that it is, None for a row that is left over.

    ``grades[i][j]`` is the grade of the typed row i beside the right row j. As many rows as possible are
    matched, those that are 'right' first, and of the others all that are not 'wrong'. A typed row that fits
    two right rows takes the one that no other can have (Kuhn's algorithm for matchings in bipartite graphs).

    >>> matched([["right", "right"], ["right", "wrong"]])
    (1, 0)
    >>> matched([["wrong", "right"], ["wrong", "right"], ["coarse", "wrong"]])
    (1, None, 0)
    """
    owners: dict[int, int] = {}

    def placed(row: int, fitting: Sequence[Sequence[int]], tried: set[int]) -> bool:
        for right in fitting[row]:
            if right not in tried:
                tried.add(right)
                if right not in owners or placed(owners[right], fitting, tried):
                    owners[right] = row
                    return True
        return False

    for wanted in (("right",), ("right", "cut", "coarse")):
        fitting = [[j for j, grade in enumerate(row) if grade in wanted] for row in grades]
        for row in range(len(grades)):
            if row not in owners.values():
                placed(row, fitting, set())
    found = {row: right for right, row in owners.items()}
    return tuple(found.get(row) for row in range(len(grades)))


def side_by_side(pairs: Sequence[int | None]) -> tuple[int, ...]:
    """Return the right row beside each typed one; rows that are left over stand beside each other in order.

    >>> side_by_side((1, None, 0)), side_by_side((1, 2, 0))
    ((1, 2, 0), (1, 2, 0))
    """
    left = iter(sorted(set(range(len(pairs))) - set(pairs)))
    return tuple(next(left) if right is None else right for right in pairs)
