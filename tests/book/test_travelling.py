"""A lesson that was downloaded runs in any folder where nnutils is installed, without the book.

`make test` tries one lesson, `make test-variants` every one.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from support.notebook_files import QUESTIONS, SPECIMEN, code_cells, name, read, texts
from support.wheels import done, library, run, wheel

pytestmark = pytest.mark.slow
__all__ = ["library", "wheel"]  # the fixtures

LESSONS = [
    pytest.param(path, marks=() if path == SPECIMEN else pytest.mark.variants, id=name(path))
    for path in QUESTIONS
]


@pytest.mark.parametrize("path", LESSONS)
def test_a_downloaded_lesson_runs_alone(path: Path, library: Path, tmp_path: Path) -> None:
    lesson = Path(shutil.copy(path, tmp_path))
    # The dependencies come from the environment at hand; nnutils from the wheel, which stands before it.
    environment = {"PYTHONPATH": str(library)}
    command = (sys.executable, "-m", "nnutils.book", "execute", lesson.name)
    done(run(*command, folder=tmp_path, environment=environment))
    outputs = [output for cell in code_cells(read(lesson)) for output in cell.outputs]
    said = "\n".join(str(container[key]) for output in outputs for container, key in texts(output))
    assert "There is no book around this notebook, so its answers are not compared" in said
    assert "There is no book around this notebook, so what the sheets say is left out." in said
    assert "confirmed" not in said
    assert str(library) not in said
