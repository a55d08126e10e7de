"""Marks the cells of sentences when a notebook is stored, so that their source does not stand on the page."""

from __future__ import annotations

from typing import Any

from nbconvert.preprocessors import Preprocessor

from nnutils.book.magic import MAGIC

__all__ = ["MarkProse"]

_TAG = "remove-input"


class MarkProse(Preprocessor):
    """A preprocessor of nbconvert: the site leaves out the source of a sentence, and JupyterLab folds it.

    The marks are taken away from a cell that holds no sentence any more.
    """

    def preprocess_cell(self, cell: Any, resources: Any, index: int) -> tuple[Any, Any]:
        """Return the cell with its marks; nbconvert calls this for every cell."""
        marked = bool(cell.metadata.pop("jupyter", {}).get("source_hidden"))
        is_prose = cell.cell_type == "code" and cell.source.startswith(MAGIC)
        tags = list(cell.metadata.pop("tags", []))
        if marked and _TAG in tags:
            tags.remove(_TAG)
        if is_prose:
            cell.metadata["jupyter"] = {"source_hidden": True}
            tags = [*tags, _TAG] if _TAG not in tags else tags
        if tags:
            cell.metadata["tags"] = tags
        return cell, resources
