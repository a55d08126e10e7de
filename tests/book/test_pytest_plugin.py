"""The pytest plugin alone, in a folder without any settings: what is compared, and in which kernel."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbval.plugin import IPyNbFile

from nnutils.book.pytest_plugin import NOT_COMPARED, SETTINGS
from nnutils.drawing.preview import PREVIEWS, are_wanted

SHOW = """from IPython.display import display
display({"image/svg+xml": "<svg>1</svg>", "image/png": "MQ==", "text/plain": "1"}, raw=True)"""
# a kernel without somebody's backend has one of its own
BACKEND = 'import os\nprint(os.environ.get("MPLBACKEND") == "pdf", "MATPLOTLIBRC" in os.environ)'


def notebook(path: Path, *, svg: str = "1", png: str = "MQ==", kernel: str = "python3") -> Path:
    """Write a notebook of two cells as if it had been executed: a picture, and what the kernel inherits."""
    data = {"image/svg+xml": f"<svg>{svg}</svg>", "image/png": png, "text/plain": "1"}
    shown = nbformat.v4.new_output("display_data", data=data)
    printed = nbformat.v4.new_output("stream", name="stdout", text="False False\n")
    cells = [
        nbformat.v4.new_code_cell(SHOW, outputs=[shown], execution_count=1),
        nbformat.v4.new_code_cell(BACKEND, outputs=[printed], execution_count=2),
    ]
    spec = {"name": kernel, "display_name": kernel, "language": "python"}
    written: Any = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": spec})
    nbformat.write(written, path)
    return path


def failures(folder: Path, *options: str) -> list[tuple[str, str]]:
    """Run pytest on a folder, with somebody's settings of matplotlib; return the cells that fail."""
    settings = {"MPLBACKEND": "pdf", "MATPLOTLIBRC": str(folder / "style")}
    own = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    command = [sys.executable, "-m", "pytest", "-q", "-rf", "-p", "no:cacheprovider", "--nbval", *options]
    result = subprocess.run([*command, "."], cwd=folder, env=own | settings, capture_output=True, text=True)
    assert result.returncode in (0, 1), result.stdout + result.stderr
    ran = sum(map(int, re.findall(r"(\d+) (?:passed|failed)", result.stdout.splitlines()[-1])))
    assert ran == 2 * len(list(folder.glob("*.ipynb")))
    return re.findall(r"^FAILED (\S+)\.ipynb::(Cell \d)", result.stdout, re.MULTILINE)


@pytest.mark.slow
def test_svg_is_compared_and_bitmaps_are_not_in_the_kernel_at_hand(tmp_path: Path) -> None:
    notebook(tmp_path / "other_bitmap.ipynb", png="Mg==")
    notebook(tmp_path / "other_kernel.ipynb", kernel="nowhere")  # edited with one that is not here
    notebook(tmp_path / "other_svg.ipynb", svg="2")
    assert failures(tmp_path, "-p", "nnutils.book.pytest_plugin") == [("other_svg", "Cell 0")]


@pytest.mark.slow
def test_without_the_plugin_the_kernel_inherits_what_it_should_not(tmp_path: Path) -> None:
    notebook(tmp_path / "lesson.ipynb")
    assert failures(tmp_path) == [("lesson", "Cell 1")]


def test_no_option_of_nbval_brings_bitmaps_back(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = notebook(tmp_path / "lesson.ipynb")
    monkeypatch.setattr(request.config.option, "nbval", True)
    monkeypatch.setattr(request.config.option, "nbdime", True)  # with this nbval alone compares them
    assert not set(NOT_COMPARED) & set(IPyNbFile.from_parent(request.session, path=path).skip_compare)
    (file,) = request.config.hook.pytest_collect_file(file_path=path, parent=request.session)
    assert set(NOT_COMPARED) <= set(file.skip_compare)
    assert not {"image/svg+xml", "text/plain", "text/html", "text/markdown"} & set(file.skip_compare)


SETTINGS_SEEN = """import os
print({name: os.environ.get(name) for name in %r})"""


@pytest.mark.slow
def test_a_kernel_gets_settings_that_no_other_test_sees(tmp_path: Path) -> None:
    printed = nbformat.v4.new_output("stream", name="stdout", text=f"{SETTINGS}\n")
    cell = nbformat.v4.new_code_cell(SETTINGS_SEEN % list(SETTINGS), outputs=[printed], execution_count=1)
    written: Any = nbformat.v4.new_notebook(cells=[cell])
    nbformat.write(written, tmp_path / "lesson.ipynb")
    other = "import os\ndef test_it():\n    assert {name: os.environ.get(name) for name in %r} == %r\n"
    own = {name: os.environ.get(name) for name in SETTINGS}
    (tmp_path / "test_other.py").write_text(other % (list(SETTINGS), own))
    command = [sys.executable, "-m", "pytest", "-q", "-p", "nnutils.book.pytest_plugin", "--nbval"]
    files = ["lesson.ipynb", "test_other.py"]
    done = subprocess.run([*command, *files], cwd=tmp_path, capture_output=True, text=True)
    assert "2 passed" in done.stdout, done.stdout


def test_the_setting_is_the_one_that_pictures_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert are_wanted()
    monkeypatch.setenv(PREVIEWS, SETTINGS[PREVIEWS])
    assert not are_wanted()


@pytest.mark.slow
def test_only_a_module_with_examples_is_imported_for_them(tmp_path: Path) -> None:
    (tmp_path / "without.py").write_text('"""No example: >> 1."""\nraise RuntimeError("imported")\n')
    (tmp_path / "with_one.py").write_text('"""One.\n\n>>> 1 + 1\n2\n"""\n')
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--doctest-modules", "."]
    alone = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert "RuntimeError: imported" in alone.stdout
    command += ["-p", "nnutils.book.pytest_plugin"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert "1 passed" in done.stdout and done.returncode == 0, done.stdout
