"""The table of styles: a function for each, entered by the modules that hold them."""

from __future__ import annotations

import random
from collections.abc import Callable

from .case import Case

__all__ = ["STYLES", "Style", "style"]

Style = Callable[[random.Random, str], Case]
STYLES: dict[str, Style] = {}
"""Each style of writing by its name. A style makes a sheet from a source of chance and the sheet's name."""


def style(name: str) -> Callable[[Style], Style]:
    """Enter a function under the name of a style."""

    def enter(made: Style) -> Style:
        STYLES[name] = made
        return made

    return enter
