"""Probabilities on their way to a label: frames side by side, an arrow for the gradient of each class."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from nnutils.core.errors import DrawingError
from nnutils.drawing.describing import describe
from nnutils.drawing.narrow import drawing_width, drawn, is_narrow
from nnutils.drawing.style import PALETTE, SMALL_FONT_SIZE, panels, styled
from nnutils.drawing.text import drawn_number, wrapped

__all__ = ["draw_label_pull"]

_MOST_FRAMES = 4
_MOST_CLASSES = 30
_TITLE = SMALL_FONT_SIZE + 1
_SHORTEST = 0.03
"""An arrow that is shorter than this share of the axis would be all head; it is left out."""


@drawn
def draw_label_pull(
    frames: Mapping[str, Iterable[float]], label: Iterable[float], *, alt: str | None = None
) -> Figure:
    """Draw the probabilities of the classes as bars, with arrows from each to its label.

    ``frames`` maps a title to the probabilities of one step, from top to bottom class 0, 1, ...; ``label``
    has as many numbers and adds up to 1 too. The arrow of class i leads from P_i to y_i: it is minus the
    gradient of the cross-entropy with respect to the score of the class, and its length stands beside it.
    A thick line marks the label. ``alt`` is the alternative text; without it, one is computed.

    Raises:
        DrawingError: no frame or more than four, fewer than two classes or more than thirty, frames of
            different lengths, numbers that are no distribution.

    >>> figure = draw_label_pull({"before": [0.2, 0.8], "after": [0.6, 0.4]}, [1, 0])
    >>> [text.get_text() for text in figure.axes[0].texts if text.get_gid() == "pull"]
    ['+0.8', '−0.8']
    """
    target = _checked(label, "the label")
    shown = {title: _checked(numbers, repr(title), len(target)) for title, numbers in frames.items()}
    if not 1 <= len(shown) <= _MOST_FRAMES or not 2 <= len(target) <= _MOST_CLASSES:
        raise DrawingError(
            f"draw_label_pull: {len(shown)} frames of {len(target)} classes do not fit.",
            remedy=f"Give one to {_MOST_FRAMES} frames, and 2 to {_MOST_CLASSES} classes.",
        )
    with styled():
        if is_narrow():
            tall = 0.3 + max(1.0, 0.28 * len(target))
            figure, axes = panels(rows=len(shown), height=0.9 + tall * len(shown))
        else:
            figure, axes = panels(len(shown), height=1.1 + 0.36 * len(target))
        for number, (panel, (title, numbers)) in enumerate(zip(axes, shown.items(), strict=True)):
            _draw_frame(panel, numbers, target)
            if is_narrow():
                panel.set_title(wrapped(title, _TITLE, 150, "bold"), fontsize=_TITLE)
                panel.set_ylabel("class")
                panel.tick_params(labelbottom=number == len(shown) - 1)
            else:
                panel.set_title(title, fontsize=_TITLE)
                panel.tick_params(labelleft=not number)
        axes[0].set_ylabel("class")
        note = "probability; thick line: label; arrow: minus the gradient"
        room = 72 * drawing_width() - 10
        figure.supxlabel(wrapped(note, SMALL_FONT_SIZE, room), fontsize=SMALL_FONT_SIZE)
    return describe(figure, alt or _text(shown, target))


def _checked(numbers: Iterable[float], what: str, length: int | None = None) -> list[float]:
    values = [float(number) for number in numbers]
    fits = length in (None, len(values)) and all(0 <= value <= 1 for value in values)
    if not fits or abs(math.fsum(values) - 1) > 1e-6:
        raise DrawingError(
            f"draw_label_pull: {what} is {values}, which is not a distribution over the classes.",
            remedy="Give a probability for each class; together they are 1.",
        )
    return [round(value, 6) for value in values]


def _draw_frame(panel: Axes, numbers: Sequence[float], target: Sequence[float]) -> None:
    for place, (now, goal) in enumerate(zip(numbers, target, strict=True)):
        fill = PALETTE.green_tint if goal == max(target) else PALETTE.blue_tint
        panel.barh(place, now, height=0.62, facecolor=fill, edgecolor=PALETTE.ink, linewidth=1)
        panel.plot(
            [goal, goal], [place - 0.4, place + 0.4], "-", color=PALETTE.ink, linewidth=2.6, gid="label"
        )
        if abs(goal - now) >= _SHORTEST:
            arrow = {"arrowstyle": "-|>", "color": PALETTE.negative, "linewidth": 1.8}
            arrow |= {"shrinkA": 0, "shrinkB": 0}
            panel.annotate("", (goal, place), (now, place), arrowprops=arrow)
        size, colour = SMALL_FONT_SIZE - (not is_narrow()), PALETTE.adjoint_text
        panel.text(1.07, place, _signed(goal - now), va="center", fontsize=size, color=colour, gid="pull")
    panel.set(xlim=(-0.03, 1.52), ylim=(len(target) - 0.4, -0.6), yticks=range(len(target)))
    panel.set_xticks([0, 0.5, 1], ["0", "½", "1"])
    panel.grid(visible=False, axis="y")


def _signed(number: float) -> str:
    sign = "+" if number > 0 else ""
    return sign + drawn_number(number, digits=2)


def _text(shown: Mapping[str, Sequence[float]], target: Sequence[float]) -> str:
    """Say which class the label names, and its probability in each frame."""
    goal = target.index(max(target))
    parts = [f"{title} {drawn_number(numbers[goal], digits=2)}" for title, numbers in shown.items()]
    first = [drawn_number(number, digits=2) for number in next(iter(shown.values()))]
    return (
        f"Bars of the probabilities of {len(target)} classes, with an arrow from each to its label. At first "
        f"they are {', '.join(first)}. The probability of class {goal}, to which the label pulls: "
        f"{'; '.join(parts)}."
    )
