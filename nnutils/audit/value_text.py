"""How stated and computed values are written in a verdict: lists, shapes, and places in an array."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from nnutils.core.numerals import number_text

__all__ = [
    "Number",
    "glyphs",
    "place_text",
    "plain_text",
    "shape_text",
]

Number = int | Fraction | float

_COMMAND = re.compile(r"\\([a-zA-Z]+|.)")
_WITHOUT_WIDTH = frozenset(
    ("frac", "left", "right", "mathrm", "mathbf", "text", "operatorname", "bar", "hat", "vec")
)
_WORDS = frozenset(("max", "min", "exp", "log", "cos", "sin", "tanh"))


def plain_text(value: object) -> str:
    """Write a stated or computed value for a table: text as it stands, numbers with separators.

    >>> plain_text(290400), plain_text("1.7160"), plain_text([98, 98, 5]), plain_text(True), plain_text(None)
    ('290,400', '1.7160', '[98, 98, 5]', 'true', '—')
    >>> plain_text(["x1 > x2", "x1 < x2"])
    'x1 > x2; x1 < x2'
    """
    if value is None:
        return "—"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | Fraction | float):
        return number_text(value, significant=6, group=True)
    if isinstance(value, list | tuple):
        # A list of words holds the cases of a step. A list of numbers, some of them quoted, is a shape.
        if value and all(isinstance(part, str) and part.strip("+-−0123456789.,/") for part in value):
            return "; ".join(value)
        return f"[{', '.join(plain_text(part) for part in value)}]"
    return str(value)


def glyphs(tex: str) -> int:
    r"""Return about how many signs beside each other a LaTeX formula shows, to tell what fits into a column.

    A fraction counts with both its parts, so that the number is rather too large.

    >>> glyphs("x_1 + 1"), glyphs(r"\frac{\partial y}{\partial x} = \max(x, 0)")
    (4, 13)
    """
    shown = _COMMAND.sub(lambda m: m[1] if m[1] in _WORDS else "" if m[1] in _WITHOUT_WIDTH else "x", tex)
    return len(re.sub(r"[\s{}^_\\]", "", shown))


def shape_text(shape: Sequence[int]) -> str:
    """Write the shape of an array in words.

    >>> shape_text((4, 4)), shape_text((3,)), shape_text(())
    ('4 x 4', '3 entries', 'a single number')
    """
    if not shape:
        return "a single number"
    return f"{shape[0]} entries" if len(shape) == 1 else " x ".join(str(length) for length in shape)


def place_text(place: Sequence[int]) -> str:
    """Write a place in an array, counted from 1 as on paper.

    >>> place_text((0, 2))
    '(1, 3)'
    """
    places = ", ".join(str(index + 1) for index in place)
    return places if len(place) == 1 else f"({places})"
