"""Executing in place: what is stored, and that a notebook that fails stays as it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import nbformat
import pytest
from support.notebook_files import read

from nnutils.book.__main__ import main

pytestmark = pytest.mark.slow

CELLS = [
    'import os\nfrom pathlib import Path\nprint(Path.cwd().name, os.environ.get("MPLBACKEND") == "pdf")',
    "import sys\nfor i in range(3):\n    print(i, flush=True)",
    "%load_ext nnutils.book",
    "%%prose\nIt is {{ i }}.",
]


def write(path: Path, *cells: str) -> Path:
    """Write a notebook with metadata of its own, as an editor leaves them."""
    made: list[Any] = [nbformat.v4.new_code_cell(cell, metadata={"editor": 1}) for cell in cells]
    spec = {"name": "nowhere", "display_name": "Nowhere"}
    metadata = {"kernelspec": spec, "language_info": {"name": "python", "version": "3.0"}, "toc": {}}
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(nbformat.v4.new_notebook(cells=made, metadata=metadata), path)
    return path


def test_a_notebook_is_stored_executed_and_without_what_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MPLBACKEND", "pdf")
    path = write(tmp_path / "part/lesson.ipynb", *CELLS)
    assert main(["execute", str(path)]) == 0
    first = path.read_bytes()
    stored = read(path)
    assert stored.metadata.language_info == {"name": "python"}
    assert set(stored.metadata) == {"kernelspec", "language_info"}
    assert [cell.execution_count for cell in stored.cells] == [1, 2, 3, 4]
    assert stored.cells[0].outputs[0].text == "part False\n"  # in its own folder, without somebody's backend
    assert [output.text for output in stored.cells[1].outputs] == ["0\n1\n2\n"]  # in one piece
    assert stored.cells[3].outputs[0].data["text/markdown"] == "It is 2."
    assert [dict(cell.metadata) for cell in stored.cells[:3]] == [{}, {}, {}]
    assert stored.cells[3].metadata == {"tags": ["remove-input"], "jupyter": {"source_hidden": True}}
    assert main(["execute", str(path)]) == 0
    assert path.read_bytes() == first


def test_one_that_fails_stays_as_it_was_and_the_others_are_executed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    failing = write(tmp_path / "failing.ipynb", "1 / 0")
    other = write(tmp_path / "other.ipynb", "print(3)")
    before = failing.read_bytes()
    assert main(["execute", str(failing), str(other)]) == 1
    assert failing.read_bytes() == before
    assert read(other).cells[0].outputs[0].text == "3\n"
    said = capsys.readouterr()
    assert "ZeroDivisionError" in said.err and said.err.endswith(f"FAILED, left as it was: {failing}\n")
    assert said.out.splitlines() == [f"executing {failing}", f"executing {other}"]


def test_nothing_is_executed_where_one_file_is_not_a_notebook(tmp_path: Path) -> None:
    good = write(tmp_path / "good.ipynb", "print(3)")
    before = good.read_bytes()
    with pytest.raises(SystemExit):
        main(["execute", str(good), str(tmp_path / "missing.ipynb")])
    assert good.read_bytes() == before


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")
def test_whoever_stops_it_keeps_the_notebook_and_no_kernel_goes_on(tmp_path: Path) -> None:
    mark = tmp_path / "kernel"
    source = f"import os, time\nopen({str(mark)!r}, 'w').write(str(os.getpid()))\ntime.sleep(60)"
    slow = write(tmp_path / "slow.ipynb", source)
    before = slow.read_bytes()
    command = [sys.executable, "-m", "nnutils.book", "execute", str(slow)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    while not mark.exists() or not mark.read_text(encoding="utf-8"):
        assert process.poll() is None
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert f"left as it was: {slow}" in err and "Stopped. No file is half-written" in err
    assert "Traceback" not in err
    assert slow.read_bytes() == before and sorted(tmp_path.iterdir()) == [mark, slow]
    kernel = int(mark.read_text(encoding="utf-8"))
    for _ in range(100):  # it is told to end, and takes a moment
        try:
            os.kill(kernel, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("the kernel goes on")
