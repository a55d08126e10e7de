"""Reads the files of a book, or says in one sentence why one cannot be read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from nnutils.core.errors import BookError
from nnutils.core.messages import shown_with_type
from nnutils.core.reading import file_text, is_listed, yaml_value

__all__ = [
    "CONFIG",
    "CONTENTS",
    "book_title",
    "read_config",
    "read_contents",
    "read_notebook",
    "read_settings",
    "stored_cells",
]

CONFIG, CONTENTS = "_config.yml", "_toc.yml"
"""The files that jupyter-book needs: the settings, and the table of contents."""

_NEEDED = f"A book has {CONFIG} and {CONTENTS}, as jupyter-book needs them."


_NOTEBOOK = "Name a file that Jupyter wrote: chapters/<part>/01_name.ipynb"

_TOO_LARGE = 100_000_000
"""Bytes of the largest notebook: pictures are stored in it."""


def read_notebook(path: Path | str) -> Any:
    """Return the notebook in a file, in format 4.

    Raises:
        BookError: where there is no such file, or it is not a notebook.

    >>> read_notebook("missing.ipynb")
    Traceback (most recent call last):
    nnutils.core.errors.BookError: There is no notebook missing.ipynb.
      Name a file that Jupyter wrote: chapters/<part>/01_name.ipynb
    """
    import nbformat

    text = _notebook_text(Path(path))
    try:
        return nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    except (
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        RecursionError,
        nbformat.ValidationError,
    ) as error:
        first = (str(error).splitlines() or [type(error).__name__])[0]
        raise BookError(f"{path} is not a notebook: {first}", remedy=_NOTEBOOK) from None


def stored_cells(path: Path) -> list[dict[str, Any]]:
    """Return the cells of a notebook as they are stored, each with a list ``outputs``.

    Raises:
        BookError: where there is no such file, or it has no list of cells.
    """
    text = _notebook_text(path)
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        why = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise BookError(f"{path} is not JSON: {why}", remedy=_NOTEBOOK) from None
    cells = said.get("cells") if isinstance(said, dict) else None
    if not isinstance(cells, list) or not all(map(_is_cell, cells)):
        raise BookError(f"{path} is not a notebook: it has no list of cells.", remedy=_NOTEBOOK)
    return [{"outputs": [], **cell} for cell in cells]


def _is_cell(cell: object) -> bool:
    """Whether it has names, and where it has outputs, these are a list of what has names as well."""
    outputs = cell.get("outputs", []) if isinstance(cell, dict) else None
    return isinstance(outputs, list) and all(
        isinstance(output, dict) and isinstance(output.get("data", {}), dict) for output in outputs
    )


def _notebook_text(path: Path) -> str:
    if not is_listed(path):
        raise BookError(f"There is no notebook {path}.", remedy=_NOTEBOOK)
    return file_text(path, str(path), BookError, _TOO_LARGE)


def read_settings(path: Path) -> dict[str, Any]:
    """Return what a YAML file of a book says, by name; an empty file says nothing.

    Raises:
        BookError: where there is no such file, it is not YAML, or it holds something else than names.

    >>> read_settings(Path("no_book/_toc.yml"))
    Traceback (most recent call last):
    nnutils.core.errors.BookError: There is no _toc.yml.
      the book in no_book
      A book has _config.yml and _toc.yml, as jupyter-book needs them.
    """
    import yaml

    where = f"the book in {path.parent}"
    if not is_listed(path):
        raise BookError(f"There is no {path.name}.", where=where, remedy=_NEEDED)
    text = file_text(path, path.name, BookError)
    try:
        said = yaml_value(text)
    except yaml.YAMLError as error:
        raise BookError(
            f"{path.name} is not YAML: {' '.join(str(error).split())}",
            where=where,
            remedy="Correct what stands at that place.",
        ) from None
    if said is None:
        return {}
    if not isinstance(said, dict):
        raise BookError(
            f"{path.name} holds {shown_with_type(said)}, and no names.",
            where=where,
            remedy="Write a line 'name: value' for each setting.",
        )
    return said


def read_config(book: Path) -> dict[str, Any]:
    """Return the settings of a book: what its _config.yml says.

    Raises:
        BookError: where there is no such file, or it cannot be read.
    """
    return read_settings(book / CONFIG)


def read_contents(book: Path) -> dict[str, Any]:
    """Return the table of contents of a book: what its _toc.yml says.

    Raises:
        BookError: where there is no such file, or it cannot be read.
    """
    return read_settings(book / CONTENTS)


def book_title(book: Path) -> str:
    """Return the title of a book, or 'Questions' where its settings name none.

    Raises:
        BookError: where the book has no settings.
    """
    return str(read_config(book).get("title", "Questions"))
