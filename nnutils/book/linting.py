"""Lints notebooks with the sentences' expressions in sight: a name that only a sentence uses is used.

It also sees to it that drawing code is hidden, and that hidden code has a label
(`nnutils.book.pages.folding`).

In a book's folder: ``python -m nnutils.book lint``

ruff skips cells that begin with ``%%prose``, and would call an unused import what only they use. So it is
given copies, below _build/lint, in which each sentence is replaced by its expressions, a line for each.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from nnutils.book.contents.reading import read_notebook
from nnutils.book.magic import MAGIC
from nnutils.book.pages.folding import differing, write_marks
from nnutils.book.prose import condition, figures
from nnutils.core.errors import BookError
from nnutils.practice.source import WIDTH

__all__ = ["add_arguments", "command", "copy_all", "formatting", "notebooks_below", "run", "with_expressions"]

_COPIES = "_build/lint"
_MADE = {"_build", "build", "node_modules", "vendor"}  # folders whose notebooks nobody here has written


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "--format", action="store_true", help="format and mark the code cells in place, lint nothing"
    )
    parser.add_argument("--root", type=Path, default=Path(), help="the book's folder (default: this one)")


def run(options: argparse.Namespace) -> int:
    """Write the copies and lint them, check the format and the marks of code cells; return the exit status.

    Raises:
        BookError: if the folder has no notebook, or one that cannot be read.
    """
    root: Path = options.root.resolve()
    notebooks = notebooks_below(root)
    if not notebooks:
        raise BookError(
            f"There is no notebook in {str(options.root)!r} or below.",
            remedy="Name the book's folder: --root",
        )
    if options.format:
        formatted = subprocess.run(formatting(notebooks, check=False), cwd=root).returncode
        for path in write_marks(notebooks):
            print(f"marked {path.relative_to(root)}")
        return formatted
    linted = subprocess.run(command(copy_all(notebooks, root)), cwd=root).returncode
    unmarked = differing(notebooks)
    for path in unmarked:
        print(f"{path.relative_to(root)}: code that only draws is in sight, or hidden code has no label")
    if unmarked:
        print("Mark the cells: python -m nnutils.book lint --format")
    return max(linted, subprocess.run(formatting(notebooks), cwd=root).returncode, int(bool(unmarked)))


def notebooks_below(root: Path) -> list[Path]:
    """Return the notebooks in a folder and below, without checkpoints and what was built."""
    return [
        path
        for path in sorted(root.rglob("*.ipynb"))
        if not any(part in _MADE or part.startswith(".") for part in path.relative_to(root).parts)
    ]


def with_expressions(source: str) -> str:
    """Return a cell's source; of a sentence its expressions, as statements that do nothing.

    >>> with_expressions("%%prose if n > 0\\nOf {{ n:,}} a share of {{ share:.1%}}.").splitlines()
    ['n > 0', 'n', 'share']
    """
    if not source.startswith(MAGIC):
        return source
    line, _, text = source.removeprefix(MAGIC).partition("\n")
    expressions = [condition(line), *(figure.expression for figure in figures(text))]
    return "\n".join(expression.replace("\n", " ") for expression in expressions if expression)


def copy_all(notebooks: Sequence[Path], root: Path) -> list[Path]:
    """Write the copies below ``_build/lint`` in the folder ``root``, and return them.

    Raises:
        BookError: if a file is not a notebook.
    """
    import nbformat

    target = root / _COPIES
    shutil.rmtree(target, ignore_errors=True)
    made = []
    for path in notebooks:
        notebook = read_notebook(path)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.source = with_expressions(cell.source)
        copy = target / path.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, copy)  # type: ignore[no-untyped-call]
        made.append(copy)
    return made


def command(made: Sequence[Path]) -> list[str]:
    """Return the command that lints copies.

    They lie in a folder that ruff leaves out, and so do notebooks as such: here both are meant. An expression
    stands there alone on its line, of any length, and nothing uses its value.
    """
    ignored = "lint.extend-ignore=['B015', 'B018', 'E501']"
    options = ["--no-force-exclude", "--config", "lint.exclude=[]", "--config", ignored]
    return [sys.executable, "-m", "ruff", "check", *options, *map(str, made)]


def formatting(notebooks: Sequence[Path], *, check: bool = True) -> list[str]:
    """Return the command that checks how code cells are formatted, or formats them in place.

    The lines of a notebook are narrower than those of a module, which is why the notebooks are left out of
    an ordinary ``ruff format``.
    """
    options = ["--no-force-exclude", "--config", "format.exclude=[]", "--line-length", str(WIDTH)]
    return [sys.executable, "-m", "ruff", "format", *["--check"] * check, *options, *map(str, notebooks)]
