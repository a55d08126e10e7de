"""What is done to a notebook when it is stored: folded sentences, alternative texts, kept previews."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbconvert.preprocessors import Preprocessor

from nnutils.book.magic import MAGIC
from nnutils.drawing.describing import written_description

__all__ = ["KeepPreviews", "MarkPictures", "MarkProse"]

_TAG = "remove-input"
_SVG = "image/svg+xml"
_PNG = "image/png"


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


class MarkPictures(Preprocessor):
    """A preprocessor of nbconvert: a picture's own description becomes the alternative text of its cell.

    MyST-NB reads it from there (``mystnb.image.alt``). A cell without a picture loses its text; one whose
    picture has no description keeps what it has.
    """

    def preprocess_cell(self, cell: Any, resources: Any, index: int) -> tuple[Any, Any]:
        """Return the cell with the text of its first picture; nbconvert calls this for every cell."""
        if cell.cell_type != "code":
            return cell, resources
        shown = [output.get("data", {}) for output in cell.outputs]
        kinds = {kind for data in shown for kind in data}
        alts = [written_description(data[_SVG]) for data in shown if _SVG in data]
        alt = next((alt for alt in alts if alt), None)
        if alt is not None:
            cell.metadata.setdefault("mystnb", {}).setdefault("image", {})["alt"] = alt
        elif not any(kind.startswith("image/") for kind in kinds):
            settings = cell.metadata.get("mystnb", {})
            settings.get("image", {}).pop("alt", None)
            if not settings.get("image", True):
                del settings["image"]
            if not cell.metadata.get("mystnb", True):
                del cell.metadata["mystnb"]
        return cell, resources


class KeepPreviews(Preprocessor):
    """A preprocessor of nbconvert: a picture that did not change keeps the PNG that is stored beside it.

    Nothing compares these, and another machine may set letters a shade differently; so a PNG is replaced only
    together with its SVG. To make all of a notebook anew, clear its outputs first.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Return the notebook with the PNGs of the file that it was read from; nbconvert calls this once."""
        place = resources.get("metadata", {})
        file = Path(place.get("path", "")) / f"{place.get('name', '')}.ipynb"
        if file.is_file():
            kept = {output.data[_SVG]: output for output in _with_both(nbformat.read(file, as_version=4))}  # type: ignore[no-untyped-call]
            for output in _with_both(nb):
                if before := kept.get(output.data[_SVG]):
                    output.data[_PNG] = before.data[_PNG]
                    output.metadata[_PNG] = before.metadata.get(_PNG, {})
        return nb, resources


def _with_both(notebook: Any) -> list[Any]:
    """Return the outputs of a notebook that hold a picture as SVG and as PNG."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return [output for output in outputs if {_SVG, _PNG} <= set(output.get("data", {}))]
