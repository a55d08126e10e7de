"""Shares against a growing scale: the winners rise together, all others fall to zero."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from nnutils.core.errors import DrawingError
from nnutils.core.numerals import number_text
from nnutils.drawing.alt_texts import LONGEST, as_many_as_fit
from nnutils.drawing.describing import described
from nnutils.drawing.narrow import drawn, is_narrow
from nnutils.drawing.style import panels, styled
from nnutils.drawing.text import finite, subscripted
from nnutils.numerics.reference import softmax

__all__ = ["draw_temperature"]

_ABREAST = 3
_POINTS = 161
_FAR = 4.0
"""The axis reaches at least to where the largest entries lead the next by so much: exp(-4) is 0.018."""


@drawn
def draw_temperature(vectors: Sequence[Sequence[float]], *, alt: str | None = None) -> Figure:
    """Draw the entries of softmax(c x) against c >= 0, one panel for each vector x, up to three in a row.

    A thin line marks c = 1, the softmax itself. The axis is as long as the smallest gap between the largest
    and the next lower entry needs. ``alt`` is the alternative text; without it, one is computed.

    Raises:
        DrawingError: no vector, a vector of fewer than two entries, an entry that is not
            a finite number.

    >>> figure = draw_temperature([[2, 1, 0], [1, 1, -1]])
    >>> [axes.get_title(loc="left") for axes in figure.axes]
    ['unique maximum', '2 equal maxima']
    """
    if not vectors:
        raise DrawingError("draw_temperature: there is no vector to draw.", remedy="Give at least one.")
    logits = [[finite(entry, "draw_temperature: an entry") for entry in vector] for vector in vectors]
    if short := [vector for vector in vectors if len(vector) < 2]:
        raise DrawingError(
            f"draw_temperature: {short[0]} has fewer than two entries.", remedy="Give at least two logits."
        )
    gaps = [max(x) - max(lower) for x in logits if (lower := [entry for entry in x if entry < max(x)])]
    scales = np.linspace(0, max(2.0, _FAR / min(gaps)) if gaps else 2 * _FAR, _POINTS)
    with styled():
        columns = 1 if is_narrow() else min(len(logits), _ABREAST)
        rows = -(-len(logits) // columns)
        figure, axes = panels(columns, rows, height=(2.9 if is_narrow() else 3.6) * rows)
        for panel in axes[len(logits) :]:
            panel.set_axis_off()
        for panel, x, written in zip(axes, logits, vectors, strict=False):
            shares = softmax(scales[:, None] * np.array(x)).round(6)
            for number, entry in enumerate(written):
                name = f"{subscripted(f'x{number + 1}')} = {_text(entry)}"
                panel.plot(scales, shares[:, number], label=name)
            panel.axvline(1, color="0.6", linewidth=0.9)
            tied = x.count(max(x))
            title = "unique maximum" if tied == 1 else f"{tied} equal maxima"
            panel.set(title=title, xlabel="scale c", ylim=(-0.03, 1.03))
            panel.legend(loc="center right" if tied == 1 else "upper right")
            if is_narrow():
                panel.set_ylabel("shares")
        axes[0].set_ylabel("shares")
    head = f"Shares against the scale c from 0 to {number_text(float(scales[-1]), significant=3)}: "
    tail = " A thin line marks c = 1."
    fates = as_many_as_fit((_fate(x) for x in vectors), LONGEST - len(head + tail) - 1, "; ")
    return described(figure, alt, None, f"{head}{fates}.{tail}")


def _text(number: float) -> str:
    return f"{number:g}".replace("-", "−")


def _fate(vector: Sequence[float]) -> str:
    """Say where the curves of a vector go."""
    tied, size = list(vector).count(max(vector)), len(vector)
    name = f"for x = ({', '.join(map(_text, vector))})"
    if tied == size:
        return f"{name} all curves stay at 1/{size}"
    rising = "1 curve rises" if tied == 1 else f"{tied} equal curves rise"
    end = "1" if tied == 1 else f"1/{tied}"
    others = "the other goes" if size == tied + 1 else f"the {size - tied} others go"
    return f"{name} {rising} from 1/{size} towards {end}, {others} towards 0"
