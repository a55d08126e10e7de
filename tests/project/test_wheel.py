"""The built wheel, installed alone into an empty environment, counts and differentiates."""

from __future__ import annotations

import os
import re
import shlex
import sys
import zipfile
from pathlib import Path

import pytest
from support.wheels import done, run, wheel

from tools.arrows import PACKAGE
from tools.pages import ROOT

__all__ = ["wheel"]  # the fixture

pytestmark = pytest.mark.slow

COUNT_ALEXNET = """
from nnutils import *
counts = count(Network((3, 227, 227), [
    Conv2d(96, 11, stride=4), ReLU(), MaxPool2d(3, stride=2),
    Conv2d(256, 5, padding=2, groups=2), ReLU(), MaxPool2d(3, stride=2),
    Conv2d(384, 3, padding=1), ReLU(),
    Conv2d(384, 3, padding=1, groups=2), ReLU(),
    Conv2d(256, 3, padding=1, groups=2), ReLU(), MaxPool2d(3, stride=2),
    Flatten(), Linear(4096), ReLU(), Linear(4096), ReLU(), Linear(1000),
]))
print(int(counts.total.parameters))
print(counts)
"""
TRACE = """
from nnutils import *
t = autodiff.trace(lambda x1, x2: autodiff.ln(x1) + x1 * x2 - autodiff.sin(x2), 2, 5)
print(*t.gradient())
print(t.forward(wrt=0))
print(t.reverse())
"""


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel, and nothing else, into a new environment; return its Python."""
    folder = tmp_path_factory.mktemp("environment")
    done(run(sys.executable, "-m", "venv", "--without-pip", folder, folder=folder))
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-index", "--no-deps"]
    done(run(*pip, wheel, folder=folder))
    return python


def test_every_package_and_the_mark_of_types_are_in_the_wheel(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    expected = {path.relative_to(ROOT).as_posix() for path in PACKAGE.rglob("*.py")}
    assert expected | {"nnutils/py.typed"} <= held
    assert {file.split("/")[0] for file in held if ".dist-info/" not in file} == {"nnutils"}


def test_the_styles_and_scripts_of_a_book_are_in_the_wheel(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    static = {path.relative_to(ROOT).as_posix() for path in (PACKAGE / "book/static").iterdir()}
    assert {"book.css", "folds.css", "worked.js"} <= {Path(file).name for file in static}
    assert static <= held
    assert "nnutils/lint/reports/files/page.css" in held


def test_the_installed_package_is_not_the_one_of_this_folder(installed: Path) -> None:
    where = done(run(installed, "-c", "import nnutils; print(nnutils.__file__)", folder=installed.parent))
    assert Path(where.strip()).is_relative_to(installed.parents[1])


def test_its_version_is_the_one_that_the_package_declares(installed: Path) -> None:
    code = "import importlib.metadata as m, nnutils; print(m.version('nnutils') == nnutils.__version__)"
    assert done(run(installed, "-c", code, folder=installed.parent)) == "True\n"


def test_it_counts_alexnet(installed: Path) -> None:
    lines = done(run(installed, "-c", COUNT_ALEXNET, folder=installed.parent)).splitlines()
    assert lines[0] == "60965224"
    assert any("60,965,224" in line for line in lines[1:])


def test_it_prints_both_trace_tables(installed: Path) -> None:
    said = done(run(installed, "-c", TRACE, folder=installed.parent))
    gradient, tables = said.split("\n", 1)
    assert gradient == "5.5 1.7163378145367738"
    for entry in ("5.5", "1.716", "11.65"):
        assert entry in tables


@pytest.mark.parametrize(
    ("package", "extra"),
    [("numerics", "numerics"), ("torch_bridge", "torch"), ("drawing", "drawing")],
)
def test_a_package_that_needs_more_says_what_to_install(installed: Path, package: str, extra: str) -> None:
    code = f"""
try:
    import nnutils.{package}
except ImportError as error:
    print(error)
else:
    raise SystemExit("imported")
"""
    assert f"nnutils[{extra}]" in done(run(installed, "-c", code, folder=installed.parent))


README_COMMANDS = re.findall(r"^nnutils .*$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("line", README_COMMANDS)
def test_the_commands_of_the_readme_run_from_the_wheel_alone(installed: Path, line: str) -> None:
    program, *arguments = shlex.split(line)
    # in the clone, where `practice` finds the questions; what runs is the installed package all the same
    result = run(installed.parent / program, *arguments, folder=ROOT)
    # a wrong answer or sheet, which the README checks, is exit status 1
    assert result.returncode == int("--check" in arguments or arguments[0] == "lint") and not result.stderr
    assert len(result.stdout.strip()) > 4


def test_the_readme_shows_each_command_that_needs_nothing_else() -> None:
    shown = {shlex.split(line)[1] for line in README_COMMANDS}
    assert shown == {"count", "size", "solve", "trace", "explain", "lint", "practice"}
