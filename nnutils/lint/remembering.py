"""Results for short texts, kept: a sheet has the same labels, headers and words again and again."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

__all__ = ["remembered"]

_Made = TypeVar("_Made")
_MOST, _LONGEST = 4096, 200
"""So many results are kept of each function, and none of a longer text: what is kept stays small."""


def remembered(function: Callable[[str], _Made]) -> Callable[[str], _Made]:
    """Return a function of a text that computes each short one once; what it returns must not be changed.

    >>> asked = []
    >>> length = remembered(lambda text: asked.append(text) or len(text))
    >>> [length(text) for text in ("sum", "mean", "sum")], asked
    ([3, 4, 3], ['sum', 'mean'])
    """
    kept = lru_cache(maxsize=_MOST)(function)

    @wraps(function)
    def made(text: str) -> _Made:
        return kept(text) if len(text) <= _LONGEST else function(text)

    return made
