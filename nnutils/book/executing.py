"""Executes notebooks in place, and stores them without what changes from run to run.

In a book's folder: ``python -m nnutils.book execute NOTEBOOK...``
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from nnutils.core.errors import BookError

if TYPE_CHECKING:
    from traitlets.config import Config

__all__ = ["PREPROCESSORS", "UNSET", "add_arguments", "execute", "run", "settings"]

UNSET = ("MPLBACKEND", "MATPLOTLIBRC")
"""Variables of the environment that no kernel gets to see: somebody's own settings of matplotlib."""

PREPROCESSORS = (
    # A cell prints in pieces, more of them on a busy machine: stored as one, they are the same each time.
    "nbconvert.preprocessors.CoalesceStreamsPreprocessor",
    "nnutils.book.marking.MarkProse",
    "nnutils.book.marking.MarkPictures",
    "nnutils.book.marking.KeepPreviews",
)
"""What nbconvert does to an executed notebook before it is stored, beside clearing metadata."""

_TIMEOUT = 600  # seconds that a cell may take


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "notebooks", nargs="+", type=Path, metavar="NOTEBOOK", help="a file to execute in place"
    )


def run(options: argparse.Namespace) -> int:
    """Execute the notebooks one after the other; return 1 if one failed, which is then left as it was.

    Raises:
        BookError: if a file is not a notebook; nothing has been executed then.
    """
    from nbclient.exceptions import CellExecutionError, DeadKernelError

    for path in options.notebooks:
        _check(path)
    failed = 0
    for path in options.notebooks:
        print(f"executing {path}", flush=True)
        try:
            stored = execute(path)
        except (CellExecutionError, DeadKernelError, TimeoutError) as error:
            print(f"{error}\nFAILED, left as it was: {path}", file=sys.stderr, flush=True)
            failed += 1
        else:
            path.write_text(stored, encoding="utf-8", newline="\n")
    return int(failed > 0)


def execute(path: Path) -> str:
    """Return a notebook, executed in its own folder, as the text to store; the file stays as it is.

    Raises:
        nbclient.exceptions.CellExecutionError: if a cell fails.
    """
    from nbconvert.exporters import NotebookExporter

    for variable in UNSET:
        os.environ.pop(variable, None)
    exporter = NotebookExporter(config=settings())  # type: ignore[no-untyped-call]
    text, _ = exporter.from_filename(str(path.resolve()))
    return str(text)


def settings() -> Config:
    """Return the settings of nbconvert under which notebooks are executed and stored."""
    from traitlets.config import Config

    c = Config()
    c.ExecutePreprocessor.enabled = True
    # of the environment that runs this, whatever the notebook was edited with
    c.ExecutePreprocessor.kernel_name = "python3"
    c.ExecutePreprocessor.timeout = _TIMEOUT
    c.ExecutePreprocessor.record_timing = False
    # the kernel's advice about its transport is no news
    c.ExecutePreprocessor.extra_arguments = ["--log-level=40"]
    c.Exporter.preprocessors = list(PREPROCESSORS)
    c.ClearMetadataPreprocessor.enabled = True
    c.ClearMetadataPreprocessor.preserve_cell_metadata_mask = {"mystnb", "tags", "jupyter"}
    c.ClearMetadataPreprocessor.preserve_nb_metadata_mask = {"kernelspec", ("language_info", "name")}
    return c


def _check(path: Path) -> None:
    """Refuse what is not a notebook, before the first of several is executed."""
    import nbformat

    if not path.is_file():
        raise BookError(
            f"There is no file {str(path)!r}.", remedy="Name the notebooks to execute: chapters/part/01.ipynb"
        )
    try:
        nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    except (ValueError, KeyError, AttributeError) as error:
        first = (str(error).splitlines() or [type(error).__name__])[0]
        raise BookError(
            f"{path} is not a notebook: {first}", remedy="It has to be a JSON file of format 4."
        ) from None
