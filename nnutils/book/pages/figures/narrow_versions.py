"""The pictures for a phone, which a notebook stores beside the wide ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nnutils.book.contents.reading import read_notebook
from nnutils.drawing.narrow.showing import NARROW_SVG

__all__ = ["narrow_versions", "narrow_versions_of"]

_SVG = "image/svg+xml"


def narrow_versions(file: Path) -> dict[str, str]:
    """Return the narrow picture by the wide one, both as SVG text, of a notebook; nothing of another file.

    Raises:
        BookError: a notebook that cannot be read.
    """
    if file.suffix != ".ipynb":
        return {}
    return narrow_versions_of(read_notebook(file))


def narrow_versions_of(notebook: Any) -> dict[str, str]:
    """Return the narrow picture by the wide one of the outputs of a notebook.

    >>> output = {"data": {"image/svg+xml": "<svg>wide</svg>\\n", NARROW_SVG: "<svg>thin</svg>\\n"}}
    >>> narrow_versions_of({"cells": [{"cell_type": "code", "outputs": [output]}]})
    {'<svg>wide</svg>': '<svg>thin</svg>\\n'}
    """
    found = {}
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            if _SVG in data and NARROW_SVG in data:
                found[data[_SVG].strip()] = data[NARROW_SVG]
    return found
