"""What is written in a picture: numbers, names with subscripts, and how much room a text takes."""

from __future__ import annotations

import functools
import math
import re
from numbers import Rational
from typing import Any

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from nnutils.core.errors import DrawingError
from nnutils.core.numerals import number_text, unsigned_zero
from nnutils.drawing.style import styled

__all__ = [
    "LINE_SPACING",
    "drawn_number",
    "finite",
    "short_number",
    "subscripted",
    "text_size",
    "wrapped",
]

LINE_SPACING = 1.3
"""From one base line to the next, in font sizes."""

_SPACES = re.compile(r" (?=(?:[^$]*\$[^$]*\$)*[^$]*$)")
_SUBSCRIPTS = str.maketrans("0123456789-", "₀₁₂₃₄₅₆₇₈₉₋")


def subscripted(text: str) -> str:
    """Lower the index of every name that is one letter and a number; a negative index only after v.

    Griewank and Walther call the inputs of a trace v-1 and v0; elsewhere a minus is a difference.

    >>> [subscripted(text) for text in ("x1", "ln v-1", "v4 + v10", "conv1", "3x3")]
    ['x₁', 'ln v₋₁', 'v₄ + v₁₀', 'conv1', '3x3']
    """
    if "$" in text:
        return text
    return re.sub(
        r"(?<!\w)([A-Za-zα-ω])(\d+)(?!\w)|(?<!\w)(v)(-\d+)(?!\w)",
        lambda found: (found[1] or found[3]) + (found[2] or found[4]).translate(_SUBSCRIPTS),
        text,
    )


def finite(number: Any, what: str) -> float:
    """Return the number as a float.

    Raises:
        DrawingError: not a finite number; the message names ``what``.
    """
    try:
        value = float(number)
    except (TypeError, ValueError):
        value = math.nan
    if not math.isfinite(value):
        raise DrawingError(f"{what} is {number!r}, which cannot be drawn.", remedy="Use a finite number.")
    return value


def drawn_number(number: Any, *, digits: int | None = None, what: str = "the number") -> str:
    """Return a number as text after checking that it can be drawn.

    Integers and fractions are written exactly, other numbers with ``digits`` decimals, or else with three
    significant digits: see ``nnutils.core.numerals.number_text``.

    Raises:
        DrawingError: not a finite number.

    >>> from fractions import Fraction
    >>> drawn_number(-1), drawn_number(Fraction(1, 2)), drawn_number(2 / 3), drawn_number(-0.98943, digits=2)
    ('−1', '1/2', '0.667', '−0.99')
    """
    value = finite(number, what)
    exact = isinstance(number, Rational)
    return number_text(number if exact else value, decimals=None if exact else digits, significant=3)


def short_number(number: Any, *, what: str = "the number") -> str:
    """Write a size in two or three digits and a unit: k = 10^3, M = 10^6, G = 10^9, T = 10^12.

    Raises:
        DrawingError: not a finite number.

    >>> short_number(290_400), short_number(4096), short_number(999_999), short_number(885)
    ('290 k', '4.1 k', '1 M', '885')
    """
    value = finite(number, what)
    for unit in ("", " k", " M", " G", " T"):
        digits = f"{value:.1f}" if abs(value) < 9.95 and unit else f"{value:.0f}"
        if unit == "" and value != int(value):
            digits = f"{value:.3g}"
        if abs(float(digits)) < 1000 or unit == " T":
            return unsigned_zero(digits.removesuffix(".0")).replace("-", "−") + unit
        value /= 1000
    raise AssertionError("unreachable: the last unit always returns")


@functools.lru_cache(maxsize=2048)
def text_size(text: str, size: float, weight: str = "normal") -> tuple[float, float]:
    """Return the width and height in points of a text of one or more lines; an empty text has no size.

    >>> text_size("wide", 10)[0] > text_size("w", 10)[0] > 0
    True
    """
    lines = text.split("\n")
    with styled():
        font = FontProperties(family="sans-serif", weight=weight)
        widths = [
            float(TextPath((0, 0), line, size=size, prop=font).get_extents().width) if line else 0.0
            for line in lines
        ]
    return max(widths), (LINE_SPACING * len(lines) if text else 0.0) * size


def wrapped(text: str, size: float, width: float, weight: str = "normal") -> str:
    """Return the text in lines of at most ``width`` points, broken at spaces; a longer word keeps its length.

    A formula between dollar signs is not broken.

    >>> wrapped("output of the block", 10, 60)
    'output of\\nthe block'
    """
    lines: list[str] = []
    for given in text.split("\n"):
        line = ""
        for word in _SPACES.split(given):
            longer = f"{line} {word}" if line else word
            if line and text_size(longer, size, weight)[0] > width:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return "\n".join(lines)
