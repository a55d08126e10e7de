"""How tanh becomes the logistic function: stretched, lifted, halved, one frame for each step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from nnutils.drawing.describing import described
from nnutils.drawing.legends import legend_columns
from nnutils.drawing.narrow import drawn, is_narrow
from nnutils.drawing.style import PALETTE, SMALL_FONT_SIZE, panels, styled
from nnutils.numerics.reference import sigmoid

__all__ = ["draw_affine_steps"]

_END = 6.0
_POINTS = 121

_STEPS: tuple[tuple[str, str, Callable[[Any], Any]], ...] = (
    ("tanh(z)", "where it starts", np.tanh),
    ("tanh(z/2)", "stretch: halve\nthe first layer", lambda z: np.tanh(z / 2)),
    ("tanh(z/2) + 1", "lift: into the\noutput bias", lambda z: np.tanh(z / 2) + 1),
    ("½ (tanh(z/2) + 1)", "halve: the\noutput weights", lambda z: (np.tanh(z / 2) + 1) / 2),
)


@drawn
def draw_affine_steps(*, alt: str | None = None) -> Figure:
    """Draw the steps from tanh(z) to the logistic function, and the parameters that take each step over.

    Each frame shows the curve after its step, the one before it (dashed), and the logistic function, wide and
    pale; in the last frame the curve lies on it. ``alt`` is the alternative text, computed if not given.

    >>> figure = draw_affine_steps()
    >>> [axes.get_title(loc="left") for axes in figure.axes][1:3]
    ['tanh(z/2)', 'tanh(z/2) + 1']
    """
    z = np.linspace(-_END, _END, _POINTS).round(6)
    target = sigmoid(z).round(6)
    with styled():
        if is_narrow():
            figure, frames = panels(rows=len(_STEPS), height=2.0 * len(_STEPS) + 0.6)
        else:
            figure, frames = panels(len(_STEPS), height=3.4)
        before = None
        for frame, (formula, caption, curve) in zip(frames, _STEPS, strict=True):
            frame.plot(z, target, "-", color=PALETTE.bars[1], linewidth=7, alpha=0.55, gid="target")
            if before is not None:
                frame.plot(z, before, "--", color=PALETTE.muted, linewidth=1.3, gid="before")
            before = curve(z).round(6)
            frame.plot(z, before, "-", color=PALETTE.positive, gid="curve")
            frame.set(xlim=(-_END, _END), ylim=(-1.12, 2.12), xticks=[-4, 0, 4], yticks=[-1, 0, 1, 2])
            frame.set_title(formula, fontsize=SMALL_FONT_SIZE)
            frame.set_xlabel(caption.replace("\n", " ") if is_narrow() else caption, fontsize=SMALL_FONT_SIZE)
        for frame in frames[1:]:
            if not is_narrow():
                frame.set_yticklabels([])
        key = [
            Line2D([], [], color=PALETTE.bars[1], linewidth=7, alpha=0.55, label="σ(z)"),
            Line2D([], [], color=PALETTE.positive, label="after the step"),
            Line2D([], [], color=PALETTE.muted, linestyle="--", linewidth=1.3, label="before it"),
        ]
        labels = [str(line.get_label()) for line in key]
        figure.legend(handles=key, loc="outside lower center", ncols=legend_columns(labels, 3))
    ranges = [f"{formula} runs from {_end(curve, -50)} to {_end(curve, 50)}" for formula, _, curve in _STEPS]
    met = "lies on it" if np.allclose(_STEPS[-1][2](z), sigmoid(z)) else "misses it"
    computed = (
        f"{len(_STEPS)} frames with the logistic function, wide and pale. {'; '.join(ranges)}. "
        f"In the last frame the curve {met}."
    )
    return described(figure, alt, None, computed)


def _end(curve: Callable[[Any], Any], z: float) -> str:
    """Return where a curve is far to one side."""
    return f"{float(curve(z)):g}".replace("-", "−")
