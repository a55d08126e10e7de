"""Lint the notebooks with the sentences' expressions in sight: a name that only a sentence uses is used.

Usage: python -m tools.lint_notebooks

ruff skips cells that begin with `%%prose`, and would call an unused import what only they use. So it is given
copies, below _build/lint, in which each sentence is replaced by its expressions, a line for each.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import nbformat

from nnutils.book.magic import MAGIC
from nnutils.book.prose import condition, figures

ROOT = Path(__file__).resolve().parent.parent
COPIES = ROOT / "_build/lint"


def with_expressions(source: str) -> str:
    """Return a cell's source; of a sentence its expressions, as statements that do nothing."""
    if not source.startswith(MAGIC):
        return source
    line, _, text = source.removeprefix(MAGIC).partition("\n")
    expressions = [condition(line), *(figure.expression for figure in figures(text))]
    return "\n".join(expression.replace("\n", " ") for expression in expressions if expression)


def copy_all(root: Path = ROOT, target: Path = COPIES) -> list[Path]:
    """Write the copies, and return them."""
    shutil.rmtree(target, ignore_errors=True)
    made = []
    for path in [root / "intro.ipynb", *sorted((root / "chapters").rglob("*.ipynb"))]:
        if ".ipynb_checkpoints" in path.parts:
            continue
        notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.source = with_expressions(cell.source)
        copy = target / path.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, copy)  # type: ignore[no-untyped-call]
        made.append(copy)
    return made


def command(made: list[Path]) -> list[str]:
    """Return the command that lints copies.

    They lie in a folder that ruff leaves out, and so do notebooks as such: here both are meant. An expression
    that stands alone on its line may be longer than a line of code.
    """
    options = ["--no-force-exclude", "--config", "lint.exclude=[]", "--config", "lint.extend-ignore=['E501']"]
    return [sys.executable, "-m", "ruff", "check", *options, *map(str, made)]


def main() -> int:
    """Write the copies and lint them; return ruff's exit status."""
    return subprocess.run(command(copy_all()), cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main())
