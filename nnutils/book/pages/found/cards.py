"""The picture that a shared link shows: the logo, the name of the book, the name of the part."""

from __future__ import annotations

import textwrap
from io import BytesIO
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure
from PIL import Image

from nnutils.book.pages.found.logos import Logo
from nnutils.book.pages.found.metadata import CARD_HEIGHT, CARD_WIDTH
from nnutils.drawing.style import PALETTE

__all__ = ["write_card"]

_DPI = 100
_FAMILY = "DejaVu Sans"
_SIZES = (54, 46, 40, 34, 28, 24, 20, 16)
_LINE = 20  # letters of the largest text beside the logo
_WIDEST, _HIGHEST = 0.95, 0.56  # where a text ends, and how much of the height it may take


def write_card(file: Path, book: str, part: str, logo: Logo | None) -> None:
    """Write the picture of a part, or of the whole book where ``part`` is empty, as PNG."""
    figure = Figure(figsize=(CARD_WIDTH / _DPI, CARD_HEIGHT / _DPI), dpi=_DPI, facecolor=PALETTE.card)
    frame = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    frame.axhspan(0, 0.03, color=PALETTE.positive, linewidth=0)
    frame.set(xlim=(0, 1), ylim=(0, 1))
    frame.set_axis_off()
    left = 0.07
    if logo is not None:
        wide, high = 0.24, 0.24 * CARD_WIDTH / CARD_HEIGHT  # a square
        logo.draw(figure.add_axes((left, (1 - high) / 2, wide, high)))
        left = 0.37
    _write_largest(figure, left, part or book)
    if part:
        figure.text(left, 0.86, book, va="center", size=28, color=PALETTE.value_text, family=_FAMILY)
    target = BytesIO()
    figure.savefig(target, format="png", facecolor=figure.get_facecolor(), metadata={"Software": None})
    file.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(target) as picture:
        # few colours: a quarter of the size, and nobody sees a difference
        picture.convert("RGB").quantize(64, dither=Image.Dither.NONE).save(file, optimize=True)


def _write_largest(figure: Figure, left: float, words: str) -> None:
    """Write words from a place to the right, in the largest size in which they fit."""
    for size in _SIZES:
        lines = textwrap.wrap(words, round(_LINE * _SIZES[0] / size))
        style: dict[str, Any] = {"size": size, "color": PALETTE.ink, "family": _FAMILY, "linespacing": 1.25}
        text = figure.text(left, 0.5, "\n".join(lines), ha="left", va="center", **style)
        box = text.get_window_extent()
        if box.x1 <= _WIDEST * CARD_WIDTH and box.height <= _HIGHEST * CARD_HEIGHT:
            return
        if size != _SIZES[-1]:
            text.remove()
