"""Every picture in two widths: as wide as a column of text, and as wide as a phone.

A picture that is only made smaller has letters that nobody can read. So a drawing function asks for the width
that it has, ``drawing_width()``, and arranges itself within it. ``drawn`` marks such a function: a figure
that it returned knows how to be drawn once more, for a phone.

>>> from nnutils.drawing import draw_bars
>>> figure = draw_bars({"conv1": {"units": 290400}, "fc1": {"units": 4096}})
>>> figure.get_figwidth(), narrow_version(figure).get_figwidth()
(7.0, 3.25)
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import ParamSpec

from matplotlib.figure import Figure, FigureBase

from nnutils.drawing.style import WIDTH

__all__ = ["NARROW", "drawing_width", "drawn", "is_narrow", "narrow", "narrow_version"]

NARROW = 3.25
"""Width in inches of a figure for a phone: letters of 10 points are 11 pixels tall on the narrowest."""

_AGAIN = "_nnutils_again"

_narrow: ContextVar[bool] = ContextVar("narrow", default=False)

Arguments = ParamSpec("Arguments")


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


def drawn(function: Callable[Arguments, Figure]) -> Callable[Arguments, Figure]:
    """Mark a function that draws in the width it is given, and have its figures know how to be drawn again."""

    @functools.wraps(function)
    def draw(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Figure:
        figure = function(*args, **kwargs)
        if kwargs.get("ax") is None:  # a part of another figure is not drawn alone
            setattr(figure, _AGAIN, functools.partial(function, *args, **kwargs))
        return figure

    return draw


def narrow_version(figure: FigureBase) -> Figure | None:
    """Return a figure drawn again for a phone; None if no function marked as ``drawn`` made it."""
    again: Callable[[], Figure] | None = getattr(figure, _AGAIN, None)
    if again is None:
        return None
    with narrow():
        return again()
