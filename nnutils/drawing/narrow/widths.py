"""How wide a figure may be at the moment: a column of text, or a phone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

__all__ = ["NARROW", "WIDTH", "drawing_width", "is_narrow", "narrow"]

WIDTH = 7.0
"""Width in inches of a figure that fills the text column."""

NARROW = 3.25
"""Width in inches of a figure for a phone: letters of 10 points are 11 pixels tall on the narrowest."""

_narrow: ContextVar[bool] = ContextVar("narrow", default=False)


def is_narrow() -> bool:
    """Return whether figures are drawn for a phone at the moment.

    >>> is_narrow()
    False
    """
    return _narrow.get()


def drawing_width() -> float:
    """Return the width in inches that a figure has at the moment.

    >>> with narrow():
    ...     drawing_width()
    3.25
    """
    return NARROW if is_narrow() else WIDTH


@contextmanager
def narrow() -> Iterator[None]:
    """Draw for a phone for the length of a ``with`` block."""
    before = _narrow.set(True)
    try:
        yield
    finally:
        _narrow.reset(before)
