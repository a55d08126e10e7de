"""A figure of panels, rearranged for a phone: the panels below each other, each legend below its panel.

The panels stand in one column, or in two where they are many and carry little text. Titles and labels break
into lines, and a label that the panels of a row share stands at each of them.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.text import Text
from matplotlib.ticker import FixedLocator
from matplotlib.transforms import Bbox

from nnutils.drawing.narrow.lines import break_lines
from nnutils.drawing.narrow.widths import NARROW

__all__ = ["stacked"]

_EDGE, _GAP = 0.04, 0.2
"""In inches: free at each side of the figure, and between two panels."""

_TALLEST = 1.1
"""A panel is at most so many times as tall as wide, unless it was taller before."""

_ABREAST = 5
"""From so many panels on, two stand side by side if nothing but titles is written around them."""

_AROUND = 0.7
"""In inches: what ticks and labels took of the place of a panel, about."""

_TURNS = 6

_NEAR = 4.0
"""In points: labels of ticks that come nearer to each other are too many."""


@dataclass
class _Panel:
    """Axes, their legend, and in inches: how tall they were, and what stands around them."""

    axes: Axes
    legend: Legend | None
    height: float
    shape: float
    left: float = 0.5
    right: float = 0.1
    below: float = 0.4
    above: float = 0.3

    def around(self) -> tuple[float, float, float, float]:
        """Return what stands around the axes, to a hundredth of an inch."""
        left, right, below, above = (
            round(side, 2) for side in (self.left, self.right, self.below, self.above)
        )
        return left, right, below, above

    def measure(self, canvas: FigureCanvasAgg) -> None:
        """Find out how much room the ticks, labels and titles around the axes take."""
        renderer = canvas.get_renderer()  # type: ignore[no-untyped-call]
        inch = canvas.figure.dpi
        box = self.axes.get_window_extent()
        sides = [axis.get_tightbbox(renderer) for axis in (self.axes.xaxis, self.axes.yaxis)]
        around = [side for side in sides if side is not None and self.axes.axison] or [box]
        titles = [text.get_window_extent().y1 for text in _titles(self.axes) if text.get_text()]
        self.left = max(0.0, *(box.x0 - side.x0 for side in around)) / inch
        self.right = max(0.0, *(side.x1 - box.x1 for side in around)) / inch
        self.below = max(0.0, *(box.y0 - side.y0 for side in around)) / inch
        self.above = max(0.05 * inch, *(top - box.y1 for top in (box.y1, *titles))) / inch


def stacked(figure: Figure) -> Figure | None:
    """Return a copy of a figure of panels, rearranged for a phone; None for one that cannot be.

    That is one with axes outside of the grid, such as a colour bar, with text that belongs to no panel, or
    with parts that Python cannot copy.

    >>> from nnutils.drawing import panels
    >>> figure, (left, right) = panels(2)
    >>> lines = left.plot([0, 1]), right.plot([1, 0])
    >>> float(stacked(figure).get_figwidth())
    3.25
    """
    try:
        thin: Figure = pickle.loads(pickle.dumps(figure))
    except (pickle.PicklingError, AttributeError, TypeError):
        return None
    if not _is_a_grid(thin):
        return None
    thin.set_layout_engine("none")
    canvas = FigureCanvasAgg(thin)
    for axes in list(thin.axes):
        if not axes.axison and not axes.has_data():
            axes.remove()  # a place of the grid that was left free
    _share_labels(thin.axes)
    panels = [_Panel(axes, _own_legend(axes, canvas), *_sides(axes)) for axes in thin.axes]
    common = [_moved(legend, thin.legend, canvas) for legend in thin.legends]
    columns = 1 if len(panels) < _ABREAST or any(map(_is_talkative, panels)) else 2
    # What is written takes room, and the room says which ticks there are and where a line of text ends. First
    # the ticks alone are measured, then all, until nothing moves any more.
    for turn in range(_TURNS):
        before = [panel.around() for panel in panels]
        _arrange(canvas, panels, columns, common, fit=turn > 0)
        if turn > 1 and before == [panel.around() for panel in panels]:
            break
    return thin


def _is_a_grid(figure: Figure) -> bool:
    heading = figure.get_suptitle()
    specs = [axes.get_subplotspec() for axes in figure.axes]
    single = all(spec is not None and spec.num1 == spec.num2 for spec in specs)
    alone = [text.get_text() for text in figure.texts if text.get_text()] == [heading] * bool(heading)
    return bool(specs) and single and alone and not figure.subfigs


def _share_labels(panels: Sequence[Axes]) -> None:
    """Give a panel without a label that of its row or column, which it shared."""
    specs = [axes.get_subplotspec() for axes in panels]
    for axes, spec in zip(panels, specs, strict=True):
        for other, place in zip(panels, specs, strict=True):
            assert spec is not None and place is not None, "asked before"
            if place.rowspan == spec.rowspan and not axes.get_ylabel() and place.colspan[0] == 0:
                axes.set_ylabel(other.get_ylabel())
            if place.colspan == spec.colspan and not axes.get_xlabel() and place.rowspan[0] > spec.rowspan[0]:
                axes.set_xlabel(other.get_xlabel())


def _is_talkative(panel: _Panel) -> bool:
    return bool(panel.legend or panel.axes.get_xlabel() or panel.axes.get_ylabel() or panel.axes.texts)


def _titles(axes: Axes) -> list[Text]:
    own = {id(text) for text in axes.texts}
    return [child for child in axes.get_children() if isinstance(child, Text) and id(child) not in own]


def _sides(axes: Axes) -> tuple[float, float]:
    """Return about how tall the axes were in inches, and how many times as tall as wide they may be."""
    spec, figure = axes.get_subplotspec(), axes.get_figure(root=True)
    assert spec is not None and figure is not None, "asked before"
    rows, columns = spec.get_gridspec().get_geometry()
    height = max(1.0, figure.get_figheight() / rows - _AROUND)
    return height, max(_TALLEST, height / max(1.0, figure.get_figwidth() / columns - _AROUND))


def _own_legend(axes: Axes, canvas: FigureCanvasAgg) -> Legend | None:
    legend = axes.get_legend()
    return None if legend is None else _moved(legend, axes.legend, canvas)


def _moved(legend: Legend, make: Callable[..., Legend], canvas: FigureCanvasAgg) -> Legend:
    """Return a legend with the same entries, to be placed, in as many columns as there is room for."""
    handles, labels = legend.legend_handles, [text.get_text() for text in legend.get_texts()]
    title = legend.get_title().get_text() or None
    renderer = canvas.get_renderer()  # type: ignore[no-untyped-call]
    legend.remove()
    for columns in range(min(len(labels), 4), 0, -1):
        new = make(
            handles,
            labels,
            title=title,
            ncols=columns,
            loc="upper center",
            borderaxespad=0.0,
            borderpad=0.2,
            columnspacing=1.4,
        )
        room = (NARROW - 2 * _EDGE) * canvas.figure.dpi
        if new.get_window_extent(renderer).width <= room or columns == 1:
            break
        new.remove()
    return new


def _arrange(
    canvas: FigureCanvasAgg, panels: Sequence[_Panel], columns: int, common: Sequence[Legend], *, fit: bool
) -> None:
    """Put each panel into its place, break lines to the room that there is, and measure once more."""
    figure = canvas.figure
    inch = figure.dpi
    cell = (NARROW - 2 * _EDGE - (columns - 1) * _GAP) / columns
    rows = [panels[start : start + columns] for start in range(0, len(panels), columns)]
    left, right = (max(getattr(panel, side) for panel in panels) for side in ("left", "right"))
    width = cell - left - right
    heading = next((text for text in figure.texts if text.get_text()), None)
    head = 0.0
    if heading is not None:
        break_lines(heading, NARROW - 2 * _EDGE)
        head = heading.get_window_extent().height / inch + 0.12
    tall = [
        max(
            min(panel.height, panel.shape * width) + panel.above + panel.below + _key_height(panel.legend)
            for panel in row
        )
        for row in rows
    ]
    keys = sum(_key_height(legend) for legend in common)
    total = round(head + sum(tall) + _GAP * (len(rows) - 1) + keys, 4)
    figure.set_size_inches(NARROW, total)
    top = total - head
    if heading is not None:
        heading.set_position((_EDGE / NARROW, 1 - 0.02 / total))
    for row, room in zip(rows, tall, strict=True):
        for column, panel in enumerate(row):
            height = min(panel.height, panel.shape * width)
            start = _EDGE + column * (cell + _GAP) + left
            base = top - panel.above - height
            place = Bbox.from_bounds(start / NARROW, base / total, width / NARROW, height / total)
            panel.axes.set_position(place)
            if panel.legend is not None:
                _place(panel.legend, figure, (base - panel.below - 0.06) / total)
            if fit:
                _fit_texts(panel.axes, (start - left, start + width + right))
        top -= room + _GAP
    for legend in common:
        _place(legend, figure, (top + _GAP - 0.06) / total)
        top -= _key_height(legend)
    for panel in panels:
        _spread(panel.axes.xaxis)
        panel.measure(canvas)


def _key_height(legend: Legend | None) -> float:
    if legend is None:
        return 0.0
    figure = legend.get_figure(root=True)
    assert figure is not None
    return float(legend.get_window_extent().height / figure.dpi) + 0.08


def _place(legend: Legend, figure: Figure, top: float) -> None:
    legend.set_bbox_to_anchor((0.5, round(top, 6)), transform=figure.transFigure)


def _fit_texts(axes: Axes, room: tuple[float, float]) -> None:
    """Break titles, labels and notes of a panel into lines; ``room`` is in inches from the left."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    inch = figure.dpi
    box = axes.get_window_extent()
    low, high = room
    for title in _titles(axes):
        break_lines(title, high - box.x0 / inch)
    middle = (box.x0 + box.x1) / 2 / inch
    break_lines(axes.xaxis.label, 2 * min(middle - low, high - middle))
    break_lines(axes.yaxis.label, box.height / inch)
    for note in axes.texts:
        extent = note.get_window_extent()
        if extent.x0 < box.x0 - 1 or extent.x1 > box.x1 + 1:
            side = note.get_horizontalalignment()
            anchor = {"left": extent.x0, "right": extent.x1}.get(side, (extent.x0 + extent.x1) / 2)
            free = {"left": box.x1 - anchor, "right": anchor - box.x0}
            free["center"] = 2 * min(free.values())
            if free[side] < min(extent.width, box.width / 2):  # it is written to the other side instead
                side = max(("left", "right"), key=lambda name: free[name])
                note.set_horizontalalignment(side)
            break_lines(note, free[side] / inch)


def _spread(axis: Axis) -> None:
    """Leave out labels of ticks set by hand that come too near to each other: every other one, or more."""
    if not isinstance(axis.get_major_locator(), FixedLocator):
        return
    ticks, labels = list(axis.get_majorticklocs()), [text.get_text() for text in axis.get_ticklabels()]
    boxes = [text.get_window_extent() for text in axis.get_ticklabels()]
    figure = axis.get_figure(root=True)
    assert figure is not None
    near = _NEAR * figure.dpi / 72
    for step in range(1, len(boxes) + 1):
        kept = sorted(boxes[::step], key=lambda box: box.x0)
        if all(a.x1 + near <= b.x0 for a, b in zip(kept, kept[1:], strict=False)):
            if step > 1:
                axis.set_ticks(ticks[::step], labels[::step])
            return
