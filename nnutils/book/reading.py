"""Reads a notebook from a file, or says in one sentence why it cannot be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nnutils.core.errors import BookError

__all__ = ["read_notebook"]


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

    remedy = "Name a file that Jupyter wrote: chapters/<part>/01_name.ipynb"
    if not Path(path).is_file():
        raise BookError(f"There is no notebook {path}.", remedy=remedy)
    try:
        return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    except (ValueError, KeyError, AttributeError, nbformat.ValidationError) as error:
        first = (str(error).splitlines() or [type(error).__name__])[0]
        raise BookError(f"{path} is not a notebook: {first}", remedy=remedy) from None
