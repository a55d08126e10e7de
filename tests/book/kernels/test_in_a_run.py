"""A run of `pytest --nbval`: prepared kernels unless told otherwise, and the same words for what fails."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no kernel is a copy"),
]

CELLS = {
    "import sys\nprint('sympy' in sys.modules)": "True\n",
    "x = 3\nx / 0": "",
    "print(x)": "4\n",
    "print(x, end='')": "3",
}


def failures(folder: Path, *options: str) -> dict[str, str]:
    """Run the cells as a notebook; return the words that pytest has for each that fails."""
    cells: list[Any] = [
        nbformat.v4.new_code_cell(
            source,
            execution_count=1,
            outputs=[nbformat.v4.new_output("stream", name="stdout", text=text)] if text else [],
        )
        for source, text in CELLS.items()
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "lesson.ipynb")
    command = [sys.executable, "-m", "pytest", "-p", "nnutils.book.pytest_plugin", "--nbval", *options]
    done = subprocess.run(
        [*command, "-p", "no:cacheprovider", "lesson.ipynb"], cwd=folder, capture_output=True, text=True
    )
    assert done.returncode == 1 and "warning" not in done.stdout.splitlines()[-1], done.stdout
    parts = re.split(r"^_+ .*::(Cell \d) _+$", done.stdout.partition("short test summary")[0], flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_a_run_prepares_kernels_and_says_of_a_failure_what_a_cold_one_says(tmp_path: Path) -> None:
    prepared, cold = failures(tmp_path), failures(tmp_path, "--cold-kernels")
    assert set(prepared) == {"Cell 1", "Cell 2"}
    assert "ZeroDivisionError" in prepared["Cell 1"]
    assert set(cold) == {"Cell 0", "Cell 1", "Cell 2"}  # which has not imported SymPy
    assert "False" in cold["Cell 0"]
    for cell in prepared:
        assert without_numbers(prepared[cell]) == without_numbers(cold[cell])


def without_numbers(text: str) -> str:
    """The name of a cell in a traceback has the number of the process; pytest ends with a line of its own."""
    return re.sub(r"ipykernel_\d+|=+ .*|=+", "", text)
