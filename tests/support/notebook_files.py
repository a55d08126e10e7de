"""What the tests of notebooks share: where notebooks are, what is in them, how to run them elsewhere."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import nbformat

from nnutils.book.magic import MAGIC

ROOT = Path(__file__).resolve().parents[2]
LESSONS = sorted(p for p in (ROOT / "chapters").rglob("*.ipynb") if ".ipynb_checkpoints" not in p.parts)
NOTEBOOKS = [ROOT / "intro.ipynb", *LESSONS]
QUESTIONS = [path for path in NOTEBOOKS if path.parent.parent.name == "chapters" and path.name[0].isdecimal()]

# The tests that execute try their mutations on copies of this one: it has tables, sentences and pictures.
SPECIMEN = ROOT / "chapters/stacked_convolutions/02_feature_map_sizes.ipynb"

PICTURE = "image/svg+xml"
PREVIEW = "image/png"  # beside it, for a notebook that is not trusted; nbval does not compare it


def name(path: Path) -> str:
    """The notebook's name in the list of tests."""
    return path.relative_to(ROOT).as_posix().removeprefix("chapters/")


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)


def code_cells(notebook: Any) -> list[Any]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def is_sentence(cell: Any) -> bool:
    """Whether a cell holds a sentence with computed figures."""
    return cell.cell_type == "code" and cell.source.startswith(MAGIC)


def prose(notebook: Any) -> Iterator[str]:
    """The texts of a notebook as they are typed: those of Markdown cells and of sentences."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            yield cell.source
        elif is_sentence(cell):
            yield cell.source.partition("\n")[2]


def without_fences(text: str) -> str:
    """Markdown without its blocks of code; the text inside a directive stays."""
    kept: list[str] = []
    open_fences: list[tuple[str, bool]] = []  # the marks that opened it, and whether it is a directive
    for line in text.splitlines():
        marks, what = re.match(r"\s*(`{3,}|~{3,}|:{3,}|)(.*)", line).groups()  # type: ignore[union-attr]
        inside_code = bool(open_fences) and not open_fences[-1][1]
        closes = bool(open_fences) and marks.startswith(open_fences[-1][0]) and not what.strip()
        if closes:
            open_fences.pop()
        elif marks and not inside_code:
            open_fences.append((marks, what.startswith("{") and not what.startswith("{code-block}")))
        elif not inside_code:
            kept.append(line)
    return "\n".join(kept)


def texts(output: Any) -> list[tuple[Any, str]]:
    """Where an output holds text or data that nbval compares: (container, key) pairs, pictures left out."""
    if output.output_type == "stream":
        return [(output, "text")]
    return [(output.data, kind) for kind in output.get("data", {}) if not kind.startswith("image/")]


def pictures(output: Any) -> list[tuple[Any, str]]:
    """The pictures of an output that nbval compares."""
    return [(output.data, PICTURE)] if PICTURE in output.get("data", {}) else []


def copy_project(folder: Path) -> None:
    """Copy what executing a notebook needs except nnutils, which is installed."""
    shutil.copytree(
        ROOT / "chapters", folder / "chapters", ignore=shutil.ignore_patterns(".ipynb_checkpoints")
    )
    for file in ("pyproject.toml", "conftest.py"):
        shutil.copy(ROOT / file, folder)


def failing_cells(folder: Path, *notebooks: Path) -> dict[str, set[int]]:
    """Run `pytest --nbval` on copies of notebooks; for each its code cells that failed, counted from 0."""
    report = folder / "report.xml"
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval",
        "-n",
        "0",
        "-q",
        f"--junitxml={report}",
        *map(str, notebooks),
    ]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert result.returncode in (0, 1), result.stdout + result.stderr
    failed: dict[str, set[int]] = {notebook.stem: set() for notebook in notebooks}
    ran = 0
    for case in ElementTree.parse(report).iter("testcase"):
        ran += 1
        if case.find("failure") is not None:
            stem = next(stem for stem in failed if stem in case.attrib["classname"])
            failed[stem].add(int(case.attrib["name"].removeprefix("Cell ")))
    assert ran == sum(len(code_cells(read(notebook))) for notebook in notebooks)
    return failed


def execute_in_place(notebook: Path) -> None:
    """Do to one notebook what `make notebooks` does."""
    command = [sys.executable, "-m", "nnutils.book", "execute", notebook.name]
    subprocess.run(command, cwd=notebook.parent, check=True, capture_output=True)


def other_digit(digit: str) -> str:
    """One digit more, or one less for 9: never the same, and never a 0 that would lead a number."""
    return "8" if digit == "9" else str(int(digit) + 1)
