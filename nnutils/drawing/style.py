"""One look for every picture: an opaque card, colours with names, letters that survive a narrow screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import matplotlib
import matplotlib.style
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from nnutils.core.errors import DrawingError
from nnutils.drawing.narrow.again import remember
from nnutils.drawing.narrow.stacking import stacked
from nnutils.drawing.narrow.widths import WIDTH, drawing_width, is_narrow

__all__ = [
    "FEWER_TAPS",
    "FONT_SIZE",
    "HEIGHTS",
    "PALETTE",
    "Palette",
    "SMALL_FONT_SIZE",
    "STYLE",
    "WIDTH",
    "panels",
    "styled",
]

FONT_SIZE = 11.0
SMALL_FONT_SIZE = 10.0
"""In points; nothing is written smaller except subscripts."""


@dataclass(frozen=True)
class Palette:
    """Colours by role, from the palette of Okabe and Ito (2008), which colour-blind readers can tell apart.

    Lines reach a contrast of 3 : 1 against the card and text 4.5 : 1 (WCAG 2.1, criteria 1.4.11 and 1.4.3);
    Okabe and Ito's own colours miss 4.5, so text takes darker shades of the same hues. Fills are tints,
    always outlined in ``ink`` and labelled in ``ink``.

    >>> PALETTE.positive
    '#0072B2'
    """

    card: str = "#FCFCFA"
    grid: str = "#E1E4E8"
    ink: str = "#1F2328"
    muted: str = "#57606A"
    positive: str = "#0072B2"
    negative: str = "#D55E00"
    accent: str = "#009E73"
    value_text: str = "#005A8C"
    adjoint_text: str = "#A84300"
    blue_tint: str = "#CDE6F5"
    orange_tint: str = "#FBE4BC"
    green_tint: str = "#C8E9DD"
    grey_tint: str = "#E9E9E6"
    white: str = "#FFFFFF"
    bars: tuple[str, ...] = ("#0072B2", "#E69F00", "#8FD3BF", "#F3D9E6", "#B7BCC2")
    """Far apart in lightness too, and outlined in ``ink`` wherever they are used."""

    @property
    def lines(self) -> tuple[str, ...]:
        """Colours for lines, in the order in which a plot uses them."""
        return (self.positive, self.negative, self.accent, self.ink)

    @property
    def texts(self) -> tuple[str, ...]:
        """Colours for letters and digits."""
        return (self.ink, self.muted, self.value_text, self.adjoint_text)

    @property
    def tints(self) -> tuple[str, ...]:
        """Colours for areas that carry a label."""
        return (self.blue_tint, self.orange_tint, self.green_tint, self.grey_tint, self.white)


PALETTE = Palette()
"""The colours of every picture."""

FEWER_TAPS = (PALETTE.bars[1], PALETTE.orange_tint, "#FDF4E0")
HEIGHTS = ("#EAF3FA", PALETTE.blue_tint, "#9CC9E6", "#6FAFD6")
"""The colour maps, by the colours that they run through."""

STYLE: dict[str, Any] = {
    "figure.figsize": (WIDTH, 3.6),
    "figure.facecolor": PALETTE.card,
    "figure.edgecolor": PALETTE.card,
    "axes.facecolor": PALETTE.card,
    "savefig.facecolor": PALETTE.card,
    "savefig.edgecolor": PALETTE.card,
    "savefig.pad_inches": 0.12,
    "font.family": "sans-serif",
    # The first font comes with matplotlib, so every machine measures the same widths; Verdana has the same
    # widths on systems whose browser lacks the first.
    "font.sans-serif": ["DejaVu Sans", "Verdana"],
    "font.size": FONT_SIZE,
    "mathtext.fontset": "dejavusans",
    "axes.titlesize": 12.0,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 10.0,
    "axes.labelsize": FONT_SIZE,
    "xtick.labelsize": SMALL_FONT_SIZE,
    "ytick.labelsize": SMALL_FONT_SIZE,
    "legend.fontsize": SMALL_FONT_SIZE,
    "legend.frameon": False,
    "legend.handlelength": 2.6,
    "text.color": PALETTE.ink,
    "axes.labelcolor": PALETTE.ink,
    "axes.edgecolor": PALETTE.muted,
    "xtick.color": PALETTE.muted,
    "ytick.color": PALETTE.muted,
    "xtick.labelcolor": PALETTE.ink,
    "ytick.labelcolor": PALETTE.ink,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": PALETTE.grid,
    "lines.linewidth": 2.0,
    "lines.markersize": 6.0,
    # Line style follows colour, so that a picture printed in grey still tells the lines apart.
    "axes.prop_cycle": cycler(color=list(PALETTE.lines)) + cycler(linestyle=["-", "--", "-.", ":"]),
    "svg.fonttype": "none",
    "svg.hashsalt": "nnutils",
}
"""matplotlib settings of the style, on top of matplotlib's own defaults."""


@contextmanager
def styled() -> Iterator[None]:
    """Apply the style for the length of a ``with`` block, whatever the session's settings are.

    >>> with styled():
    ...     matplotlib.rcParams["svg.hashsalt"]
    'nnutils'
    """
    with matplotlib.style.context(["default", STYLE]):
        yield


def panels(
    columns: int = 1, rows: int = 1, *, height: float = 3.6, width: float | None = None
) -> tuple[Figure, list[Axes]]:
    """Return a figure in the style with ``rows`` x ``columns`` axes, listed row by row; sizes in inches.

    Without ``width`` the figure is as wide as the text. On a phone (``nnutils.drawing.narrow``) its panels
    stand below each other: a function that draws there gets them so, and what a cell has drawn is rearranged.

    Unlike ``pyplot.subplots`` the figure is not registered anywhere, so a notebook shows it once, where it is
    the last line of a cell, and not a second time at the end of the cell.

    Raises:
        DrawingError: fewer than one row or column, or a size that is not positive.

    >>> figure, (left, right) = panels(2)
    >>> line, = left.plot([0, 1], [0, 1])
    """
    wide = drawing_width() if width is None else width
    if columns < 1 or rows < 1 or not (height > 0 and wide > 0):
        raise DrawingError(
            f"panels(columns={columns}, rows={rows}, height={height}, width={wide}) cannot be a figure.",
            remedy="Use at least one column and one row, and positive sizes in inches.",
        )
    if width is None and is_narrow():
        columns, rows, height = 1, rows * columns, height * columns
    with styled():
        figure = Figure(figsize=(wide, height), layout="constrained")
        grid = figure.subplots(rows, columns, squeeze=False)
    remember(figure, _stacked)
    return figure, list(grid.flat)


def _stacked(figure: Figure) -> Figure | None:
    with styled():
        return stacked(figure)
