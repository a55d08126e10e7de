"""A lesson on other givens: the cell tagged ``parameters`` is replaced, the rest is executed as it stands."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from nnutils.book.contents.sections import PARAMETERS, has_tag
from nnutils.book.executing import KERNEL, KERNEL_ARGUMENTS, TIMEOUT
from nnutils.book.marking import MarkPictures, MarkProse
from nnutils.core.errors import BookError
from nnutils.practice import as_source

__all__ = ["executed", "givens_cell", "with_givens"]


def givens_cell(notebook: Any, name: str) -> Any:
    """Return the cell that holds the givens of a lesson; ``name`` is for the message.

    Raises:
        BookError: where not exactly one code cell has the tag ``parameters``.
    """
    cells = [cell for cell in notebook.cells if cell.cell_type == "code" and has_tag(cell, PARAMETERS)]
    if len(cells) != 1:
        raise BookError(
            f"{name} has {len(cells) or 'no'} cell{'s' * (len(cells) != 1)} tagged {PARAMETERS!r}.",
            remedy="Put the givens into one code cell with this tag.",
        )
    return cells[0]


def with_givens(notebook: Any, givens: Mapping[str, object], name: str, note: str = "") -> Any:
    """Return a copy of a lesson with other givens and without outputs; a note stands below its title.

    Raises:
        BookError: for a notebook without a cell for its givens.
        PracticeError: for givens that cannot be written as source.
    """
    changed = copy.deepcopy(notebook)
    givens_cell(changed, name).source = as_source(givens)
    for cell in changed.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    if note:
        changed.cells.insert(1, nbformat.v4.new_markdown_cell(note, id="variant-note"))  # type: ignore[no-untyped-call]
    return changed


def executed(notebook: Any, folder: Path, name: str) -> Any:
    """Execute a notebook in a folder, and return it with its outputs.

    Raises:
        BookError: for a cell that fails; the message holds the cell's first line and the last of the error.
    """
    client = NotebookClient(
        notebook,
        timeout=TIMEOUT,
        kernel_name=KERNEL,
        resources={"metadata": {"path": str(folder)}},
        extra_arguments=list(KERNEL_ARGUMENTS),
    )
    try:
        client.execute()
    except CellExecutionError as error:
        stopped = [
            (number, cell)
            for number, cell in enumerate(notebook.cells)
            if any(output.output_type == "error" for output in cell.get("outputs", []))
        ]
        number, cell = stopped[0]
        raise BookError(
            f"{name} stops at cell {number}: {error.ename}: {error.evalue}",
            where=f"in the cell that begins {cell.source.splitlines()[0]!r}",
            remedy="Make what follows from the givens hold for these, too, or say which givens it needs.",
        ) from error
    for number, cell in enumerate(notebook.cells):
        for mark in (MarkProse, MarkPictures):
            mark().preprocess_cell(cell, {}, number)
    return notebook
