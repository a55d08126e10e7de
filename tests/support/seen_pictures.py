"""The pictures of `support.every_picture` as they are seen, each drawn once for all tests of a process."""

from __future__ import annotations

from functools import cache

from matplotlib.figure import Figure
from support.drawn import Drawn, read
from support.every_picture import EVERY

from nnutils.drawing import to_svg
from nnutils.drawing.dark import in_the_dark
from nnutils.drawing.narrow import narrow_version

__all__ = ["figure_of", "picture", "svg_of"]


@cache
def _drawn(name: str, phone: bool) -> tuple[Figure, str]:
    """The figure and its SVG text, written at once: drawing a figure again may move what is in it."""
    figure = narrow_version(_drawn(name, False)[0]) if phone else EVERY[name]()
    assert figure is not None, f"{name!r} has no version for a phone"
    return figure, to_svg(figure)


def figure_of(name: str, *, phone: bool = False) -> Figure:
    """The figure: do not change it."""
    return _drawn(name, phone)[0]


def svg_of(name: str, *, phone: bool = False) -> str:
    """Its SVG text."""
    return _drawn(name, phone)[1]


@cache
def picture(name: str, *, phone: bool = False, dark: bool = False) -> Drawn:
    """What is seen of it."""
    svg = svg_of(name, phone=phone)
    return read(in_the_dark(svg) if dark else svg)
