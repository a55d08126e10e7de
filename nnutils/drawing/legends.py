"""What stands around a plot, in the room that there is: the columns of a legend, the lines of a heading."""

from __future__ import annotations

from collections.abc import Sequence

from nnutils.drawing.narrow.widths import drawing_width, is_narrow
from nnutils.drawing.style import SMALL_FONT_SIZE, STYLE
from nnutils.drawing.text import text_size, wrapped

__all__ = ["heading", "legend_columns"]

_HANDLE_PAD, _BORDER = 0.8, 0.9  # matplotlib's own, in sizes of the font; the second at both ends


def legend_columns(
    labels: Sequence[str],
    most: int,
    *,
    handle: float = STYLE["legend.handlelength"],
    spacing: float = 2.0,
) -> int:
    """Return the number of columns for a legend: ``most`` in the text; on a phone as many of them as fit.

    Entries run down a column. ``handle`` and ``spacing`` are matplotlib's handlelength and columnspacing, in
    sizes of the font.

    >>> from nnutils.drawing.narrow import narrow
    >>> legend_columns(["weights used several times", "weights used once"], 2)
    2
    >>> with narrow():
    ...     legend_columns(["weights used several times", "weights used once"], 2)
    1
    """
    if not is_narrow():
        return most
    for columns in range(min(most, len(labels)), 1, -1):
        rows, longer = divmod(len(labels), columns)
        starts = [number * rows + min(number, longer) for number in range(columns + 1)]
        widths = [
            max(text_size(label, SMALL_FONT_SIZE)[0] for label in labels[start:end])
            for start, end in zip(starts, starts[1:], strict=False)
        ]
        around = columns * (handle + _HANDLE_PAD) + (columns - 1) * spacing + _BORDER
        if sum(widths) + around * SMALL_FONT_SIZE <= 72 * drawing_width():
            return columns
    return 1


def heading(title: str, *, beside: float = 0.0) -> str:
    """Return a title: as it is in the text, on a phone in lines; ``beside`` it so many points are taken.

    >>> from nnutils.drawing.narrow import narrow
    >>> with narrow():
    ...     heading("How often each weight is used", beside=40)
    'How often each weight is\\nused'
    """
    if not is_narrow():
        return title
    return wrapped(title, STYLE["axes.titlesize"], 72 * drawing_width() - beside - 6, "bold")
