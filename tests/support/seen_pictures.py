"""The pictures of `support.every_picture` as their readers see them, each drawn once for all tests of a process."""

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
def figure_of(name: str, *, phone: bool = False) -> Figure:
    """The figure: do not change it."""
    if not phone:
        return EVERY[name]()
    thin = narrow_version(figure_of(name))
    assert thin is not None, f"{name!r} has no version for a phone"
    return thin


@cache
def svg_of(name: str, *, phone: bool = False) -> str:
    """Its SVG text."""
    return to_svg(figure_of(name, phone=phone))


@cache
def picture(name: str, *, phone: bool = False, dark: bool = False) -> Drawn:
    """What is seen of it."""
    svg = svg_of(name, phone=phone)
    return read(in_the_dark(svg) if dark else svg)
