"""A text of a picture, broken into lines that fit."""

from __future__ import annotations

import re

from matplotlib.text import Text

__all__ = ["break_lines"]

_WORD = re.compile(r"(?:\$[^$]*\$|[^\s$])+(?: [×=] (?:\$[^$]*\$|[^\s$])+)*")
"""A word; a formula is one, and so is a product or an equation."""


def break_lines(text: Text, room: float) -> None:
    """Break a text that is longer than ``room`` inches, along its own direction, between words.

    A word that is longer by itself stays whole.

    >>> from nnutils.drawing import panels
    >>> figure, (ax,) = panels()
    >>> title = ax.set_title("weights of two layers of 3 × 3")
    >>> break_lines(title, 1.5)
    >>> title.get_text()
    'weights of two\\nlayers of 3 × 3'
    """
    figure = text.get_figure(root=True)
    assert figure is not None, "a text that is drawn belongs to a figure"
    upright = round(text.get_rotation()) % 180 == 90

    def is_short(trial: str) -> bool:
        text.set_text(trial)
        box = text.get_window_extent()
        return (box.height if upright else box.width) <= room * figure.dpi

    said = text.get_text()
    if not said or is_short(said):
        text.set_text(said)
        return
    lines: list[str] = []
    for word in _WORD.findall(said):
        if lines and is_short(f"{lines[-1]} {word}"):
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    text.set_text("\n".join(lines))
