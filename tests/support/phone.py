"""What is seen of a picture on the narrowest phone."""

from __future__ import annotations

import re

NARROWEST = 320
"""Width of the screen in pixels, as in WCAG 2.2, criterion 1.4.10."""

COLUMN = 288
"""Pixels that a page leaves for a picture on it; tests/browser/test_figures.py measures them."""

_SIDE = re.compile(r'<svg[^>]*\swidth="([\d.]+)pt"')
_LETTERS = re.compile(r"<text[^>]*\sstyle=\"[^\"]*?font(?:-size)?:[^;\"]*?([\d.]+)px")
_PIXELS = 4 / 3  # to the point


def smallest_letter(svg: str, column: float) -> float:
    """The size in pixels of the smallest text but subscripts, of a picture at most ``column`` pixels wide."""
    side = _SIDE.search(svg)
    sizes = [float(size) for size in _LETTERS.findall(svg)]
    assert side and sizes, "a picture with a width and letters"
    shown = min(float(side[1]) * _PIXELS, column)
    return min(sizes) * shown / float(side[1])
