"""How a figure is drawn a second time, for a phone: its function does it again, or its panels are moved."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from typing import Any, ParamSpec
from weakref import WeakKeyDictionary

from matplotlib.figure import Figure, FigureBase

from nnutils.drawing.describing import describe, description
from nnutils.drawing.narrow.widths import narrow

__all__ = ["drawn", "forget", "narrow_version", "remember"]

Way = Callable[[Figure], Figure | None]
"""Makes the narrow version of a figure, which it leaves as it is; None if there is none."""

# Beside the figures and not within them, so that a figure can still be pickled.
_ways: WeakKeyDictionary[FigureBase, Way] = WeakKeyDictionary()

Arguments = ParamSpec("Arguments")


def remember(figure: Figure, way: Way) -> None:
    """Note how the narrow version of a figure is made, in place of what was noted before."""
    _ways[figure] = way


def forget(figure: Figure) -> None:
    """Note that a figure has no narrow version."""
    _ways.pop(figure, None)


def drawn(function: Callable[Arguments, Figure]) -> Callable[Arguments, Figure]:
    """Mark a function that draws in the width it is given: its figures can be drawn again for a phone."""

    @functools.wraps(function)
    def draw(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Figure:
        several = [_to_be_read_twice(argument) for argument in args]
        named = {name: _to_be_read_twice(argument) for name, argument in kwargs.items()}
        call = functools.partial(function, *several, **named)
        figure = call()
        if kwargs.get("ax") is None:  # a part of another figure is not drawn alone
            remember(figure, lambda _: call())
        return figure

    return draw


def _to_be_read_twice(argument: Any) -> Any:
    """Return an argument that is as good the second time: what can be read once only becomes a tuple."""
    if isinstance(argument, Iterator):
        return tuple(argument)
    if isinstance(argument, Mapping) and any(isinstance(value, Iterator) for value in argument.values()):
        return {name: _to_be_read_twice(value) for name, value in argument.items()}
    return argument


def narrow_version(figure: FigureBase) -> Figure | None:
    """Return a figure drawn again for a phone, with the same alternative text; None if nobody knows how.

    >>> from matplotlib.figure import Figure
    >>> narrow_version(Figure()) is None
    True
    """
    way = _ways.get(figure)
    if way is None or not isinstance(figure, Figure):
        return None
    with narrow():
        thin = way(figure)
    text = description(figure)
    return thin if thin is None or text is None else describe(thin, text)
