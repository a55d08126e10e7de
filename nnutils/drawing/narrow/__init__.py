"""Every picture in two widths: as wide as a column of text, and as wide as a phone.

A picture that is only made smaller has letters that nobody can read. So a drawing function asks for the width
that it has, ``drawing_width()``, and arranges itself within it. ``drawn`` marks such a function: a figure
that it returned knows how to be drawn once more, for a phone. A figure of panels that a cell filled by itself
is rearranged: its panels stand below each other.

>>> from nnutils.drawing import draw_bars
>>> figure = draw_bars({"conv1": {"units": 290400}, "fc1": {"units": 4096}})
>>> [float(one.get_figwidth()) for one in (figure, narrow_version(figure))]
[7.0, 3.25]
"""

from nnutils.drawing.narrow.again import drawn, narrow_version
from nnutils.drawing.narrow.widths import NARROW, drawing_width, is_narrow, narrow

__all__ = ["NARROW", "drawing_width", "drawn", "is_narrow", "narrow", "narrow_version"]
