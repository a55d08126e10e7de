"""A drawing surface measured in points, so that circles, boxes and letters share one unit."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from nnutils.core.errors import DrawingError
from nnutils.drawing.narrow import is_narrow
from nnutils.drawing.narrow.again import forget
from nnutils.drawing.style import PALETTE, panels
from nnutils.drawing.text import LINE_SPACING, wrapped

__all__ = [
    "point_axes",
    "Point",
    "figure_of",
    "plot_axes",
    "write",
]

Point = tuple[float, float]

_TITLE = 26.0
_TITLE_SIZE = 12.0
_GRID = 64
"""Parts of a point: the sides of a drawing are whole numbers of them.

matplotlib names a clip path by a hash of its exact corners, so that a side which differs in its last digit
gives another SVG text.
"""


def point_axes(
    width: float, height: float, title: str | None, ax: Axes | None, who: str
) -> tuple[Figure, Axes]:
    """Return axes without a frame whose data units are points: of a new figure, or those given.

    Raises:
        DrawingError: the given axes are smaller than the drawing.
    """
    width, height = (round(side * _GRID) / _GRID for side in (width, height))
    if title and is_narrow():
        title = wrapped(title, _TITLE_SIZE, width - 4, "bold")
    if ax is None:
        lines = title.count("\n") if title else 0
        total = height + (_TITLE + lines * LINE_SPACING * _TITLE_SIZE if title else 0.0)
        figure = Figure(figsize=(width / 72, total / 72))
        axes = figure.add_axes((0.0, 0.0, 1.0, height / total))
        axes.set_xlim(0, width)
        axes.set_ylim(0, height)
    else:
        axes = ax
        figure = figure_of(axes)
        forget(figure)  # the drawing has a size of its own, so the panel cannot be made narrower
        # A layout engine (the style's "constrained") settles the size of the axes only now.
        axes.set_axis_off()
        figure.draw_without_rendering()
        extent = axes.get_window_extent()
        have_width, have_height = (72 * side / figure.dpi for side in (extent.width, extent.height))
        if have_width < width - 0.5 or have_height < height - 0.5:
            raise DrawingError(
                f"{who}: the drawing needs {width / 72:.1f} x {height / 72:.1f} inches to stay readable, "
                f"but the axes have {have_width / 72:.1f} x {have_height / 72:.1f}.",
                remedy="Use larger axes, or leave out ax and let the drawing make its own figure.",
            )
        spare_width, spare_height = (have_width - width) / 2, (have_height - height) / 2
        axes.set_xlim(-spare_width, width + spare_width)
        axes.set_ylim(-spare_height, height + spare_height)
    axes.set_axis_off()
    if title:
        axes.set_title(title)
    return figure, axes


def plot_axes(
    height: float, title: str | None, ax: Axes | None, *, legend: bool = False
) -> tuple[Figure, Axes]:
    """Return the figure and the axes of a plot: new ones of this height in inches, or those given.

    With ``legend`` the title leaves a line free for a legend above the axes.
    """
    if ax is None:
        figure, (axes,) = panels(height=height)
    else:
        figure, axes = figure_of(ax), ax
    if title and is_narrow() and ax is None:  # from the edge of the figure, where there is most room
        lines = wrapped(title, _TITLE_SIZE, 72 * figure.get_figwidth() - 6, "bold")
        figure.suptitle(lines, x=0.02, ha="left", fontweight="bold", fontsize=_TITLE_SIZE)
        figure.set_figheight(height + lines.count("\n") * LINE_SPACING * _TITLE_SIZE / 72)
    elif title:
        axes.set_title(title, pad=28 if legend else None)
    return figure, axes


def figure_of(axes: Axes) -> Figure:
    """Return the whole figure, not a part of one, that these axes belong to."""
    figure = axes.get_figure(root=True)
    assert figure is not None, "an axes always belongs to a figure"
    return figure


def write(
    axes: Axes,
    spot: Point,
    text: str,
    size: float,
    colour: str,
    *,
    gid: str | None = None,
    on_card: bool = False,
    bold: bool = False,
) -> Text:
    """Write centred text at a spot; ``on_card`` hides the lines behind it."""
    box = {"facecolor": PALETTE.card, "edgecolor": "none", "pad": 1.2} if on_card else None
    return axes.text(
        spot[0],
        # The letters of most names stand on the baseline: a point up makes them look centred.
        spot[1] + (1.0 if "\n" not in text else 0.0),
        text,
        fontsize=size,
        color=colour,
        fontweight="bold" if bold else "normal",
        ha="center",
        va="center_baseline" if "\n" not in text else "center",
        linespacing=1.2,
        bbox=box,
        zorder=4 if on_card else 5,
        gid=gid,
    )
