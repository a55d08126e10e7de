"""Executes notebooks in place, and stores them without what changes from run to run.

In a book's folder: ``python -m nnutils.book execute NOTEBOOK...``
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from nnutils.book.contents.reading import read_notebook
from nnutils.book.whole_files import write_whole

if TYPE_CHECKING:
    from traitlets.config import Config

__all__ = [
    "KERNEL",
    "KERNEL_ARGUMENTS",
    "PREPROCESSORS",
    "TIMEOUT",
    "UNSET",
    "add_arguments",
    "execute",
    "run",
    "settings",
]

UNSET = ("MPLBACKEND", "MATPLOTLIBRC")
"""Variables of the environment that no kernel gets to see: somebody's own settings of matplotlib."""

PREPROCESSORS = (
    # A cell prints in pieces, more of them on a busy machine: stored as one, they are the same each time.
    "nbconvert.preprocessors.CoalesceStreamsPreprocessor",
    "nnutils.book.marking.MarkProse",
    "nnutils.book.marking.MarkPictures",
    "nnutils.book.pages.folding.marking.MarkCode",
    "nnutils.book.marking.KeepPreviews",
)
"""What nbconvert does to an executed notebook before it is stored, beside clearing metadata."""

KERNEL = "python3"
"""The kernel of the environment that runs this, whatever a notebook was edited with."""

KERNEL_ARGUMENTS = ("--log-level=50",)
"""Given to the kernel: its advice about its transport is no news, nor is the traceback when it is stopped."""

TIMEOUT = 600
"""Seconds that a cell may take."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "notebooks", nargs="+", type=Path, metavar="NOTEBOOK", help="a file to execute in place"
    )


def run(options: argparse.Namespace) -> int:
    """Execute the notebooks one after the other; return 1 if one failed, which is then left as it was.

    A notebook whose execution somebody stops is left as it was, too.

    Raises:
        BookError: if a file is not a notebook; nothing has been executed then.
    """
    from nbclient.exceptions import CellExecutionError, DeadKernelError

    for path in options.notebooks:
        read_notebook(path)  # before the first of several is executed
    failed = 0
    for path in options.notebooks:
        print(f"executing {path}", flush=True)
        try:
            stored = execute(path)
        except (CellExecutionError, DeadKernelError, TimeoutError) as error:
            print(f"{error}\nFAILED, left as it was: {path}", file=sys.stderr, flush=True)
            failed += 1
        except KeyboardInterrupt:
            print(f"\nleft as it was: {path}", file=sys.stderr, flush=True)
            raise
        else:
            write_whole(path, stored)
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
    c.ExecutePreprocessor.kernel_name = KERNEL
    c.ExecutePreprocessor.timeout = TIMEOUT
    c.ExecutePreprocessor.record_timing = False
    c.ExecutePreprocessor.extra_arguments = list(KERNEL_ARGUMENTS)
    c.Exporter.preprocessors = list(PREPROCESSORS)
    c.ClearMetadataPreprocessor.enabled = True
    c.ClearMetadataPreprocessor.preserve_cell_metadata_mask = {"mystnb", "tags", "jupyter"}
    c.ClearMetadataPreprocessor.preserve_nb_metadata_mask = {"kernelspec", ("language_info", "name")}
    return c
