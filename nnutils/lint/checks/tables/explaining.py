"""How stated values of a sheet may have come about: told for its first wrong numbers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from nnutils.core.errors import NNUtilsError
from nnutils.core.worked import Worked
from nnutils.lint.context import Context
from nnutils.slips import Quantity, explain

__all__ = ["slips_of"]

_MOST_EXPLAINED = 25  # of a sheet: explaining takes far longer than judging


def slips_of(
    context: Context,
    right: Worked | float,
    stated: str,
    others: Sequence[Quantity] = (),
    *,
    most: int = 3,
) -> tuple[str, ...]:
    """Return how a stated value may have come about, in a few sentences; nothing late in a long sheet."""
    key = (stated, right.work if isinstance(right, Worked) else str(right))
    if key not in context.explained:
        if len(context.explained) >= _MOST_EXPLAINED:
            return ()
        context.explained.add(key)
    return _slips(right, stated, tuple(others), key)[:most]


@lru_cache(maxsize=256)
def _slips(
    right: Worked | float, stated: str, others: tuple[Quantity, ...], _key: tuple[str, str]
) -> tuple[str, ...]:
    """Explain a value once; worked numbers are equal if their values are, so the work belongs to the key."""
    try:
        return tuple(map(str, explain(right, stated, others)))[:3]
    except NNUtilsError:
        return ()
