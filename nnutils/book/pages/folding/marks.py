"""Writes the labels of hidden code into notebooks, and hides the code that only draws."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from nnutils.book.contents.reading import read_notebook
from nnutils.book.pages.folding.labels import HIDDEN, only_draws, with_labels
from nnutils.book.whole_files import write_whole

__all__ = ["KEPT", "differing", "marked", "write_marks"]

KEPT = ("remove-input", "remove-cell", "hide-cell", "show-input")
"""Tags of a cell whose code is hidden otherwise already, or is to stay in sight although it only draws."""

_LABEL = "code_prompt_show"


def marked(notebook: Any) -> Any:
    """Return a copy of a notebook in which drawing code is hidden and hidden code has its label."""
    notebook = deepcopy(notebook)
    cells = notebook.cells
    for place, cell in enumerate(cells):
        tags = cell.metadata.get("tags", [])
        if not {HIDDEN, *KEPT} & set(tags) and only_draws(cells, place):
            cell.metadata["tags"] = [*tags, HIDDEN]
    labels = dict(with_labels(cells))
    for place, cell in enumerate(cells):
        _set_label(cell, labels.get(place))
    return notebook


def differing(notebooks: Sequence[Path]) -> list[Path]:
    """Return the notebooks whose marks are not what `write_marks` would write.

    Raises:
        BookError: if a file is not a notebook.
    """
    return [path for path in notebooks if (found := read_notebook(path)) != marked(found)]


def write_marks(notebooks: Sequence[Path]) -> list[Path]:
    """Write the marks into the notebooks that need it, in place, and return these.

    Raises:
        BookError: if a file is not a notebook; none has been written then.
    """
    import nbformat

    changed = differing(notebooks)
    for path in changed:
        text = nbformat.writes(marked(read_notebook(path)))  # type: ignore[no-untyped-call]
        write_whole(path, f"{text}\n")
    return changed


def _set_label(cell: Any, label: str | None) -> None:
    """Write a cell's label, or take it away from a cell that is not hidden."""
    settings = dict(cell.metadata.get("mystnb", {}))
    settings.pop(_LABEL, None)
    if label is not None:
        settings[_LABEL] = label
    if settings:
        cell.metadata["mystnb"] = settings
    else:
        cell.metadata.pop("mystnb", None)
