"""A small PNG beside each SVG, for a reader whose notebook is not trusted yet.

JupyterLab shows no SVG of a notebook that it did not execute itself, because SVG can hold scripts; it shows
``<Figure size ...>`` instead. A PNG needs no trust. It has few colours, because a drawing has few.
"""

from __future__ import annotations

import io
import os

from matplotlib.figure import Figure, FigureBase
from PIL import Image

from nnutils.drawing.style import styled

__all__ = ["COLOURS", "DPI", "PREVIEWS", "are_wanted", "preview"]

DPI = 110
COLOURS = 32

PREVIEWS = "NNUTILS_PREVIEWS"
"""The variable of the environment by which whoever compares pictures as SVG does without: "off"."""

_SCREEN = 96
"""Pixels of CSS to the inch."""

Shown = tuple[bytes, dict[str, int]]


def are_wanted() -> bool:
    """Say whether pictures of this process get a PNG beside them: unless the environment says "off".

    >>> are_wanted()
    True
    """
    return os.environ.get(PREVIEWS) != "off"


def preview(figure: FigureBase) -> Shown | None:
    """Return a figure as PNG, and the size in CSS pixels at which its SVG would be shown; None if empty.

    The PNG holds no date and no version, only what is drawn. Everything stands where drawing the SVG has put
    it: IPython asks for the SVG first. Laid out once more, in other pixels, a figure that is shown twice
    would have another SVG the second time.

    >>> from nnutils.drawing import draw_bars, to_svg
    >>> figure = draw_bars({"conv1": {"units": 290400}, "fc1": {"units": 4096}})
    >>> svg = to_svg(figure)
    >>> png, size = preview(figure)
    >>> png[:4], len(png) < 10_000, sorted(size)
    (b'\\x89PNG', True, ['height', 'width'])
    """
    if not isinstance(figure, Figure) or not (figure.axes or figure.lines):
        return None
    drawn, stored = io.BytesIO(), io.BytesIO()
    layout = figure.get_layout_engine()
    figure.set_layout_engine("none")
    try:
        with styled():
            figure.savefig(drawn, format="png", dpi=DPI, bbox_inches="tight")
    finally:
        figure.set_layout_engine(layout)
    with Image.open(drawn) as image:
        few = image.convert("RGB").quantize(
            COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
        )
    few.save(stored, format="PNG", optimize=True)
    width, height = (round(side * _SCREEN / DPI) for side in few.size)
    return stored.getvalue(), {"width": width, "height": height}
