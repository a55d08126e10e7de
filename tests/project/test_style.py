"""The repository keeps to its style: ruff, mypy, small modules and folders, public names, no local paths."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import nbformat
import pytest
from support.notebook_files import NOTEBOOKS, code_cells, name, read

from tools.arrows import PACKAGE, module_name, modules
from tools.check import steps
from tools.pages import ROOT

LONGEST_MODULE = 350
FULLEST_FOLDER = 14
MODULES = sorted(PACKAGE.rglob("*.py"))
FOLDERS = sorted({path.parent for path in MODULES})
PUBLIC = [
    module
    for module in modules()
    if not any(part.startswith("_") for part in module.split("."))  # __main__ and what is internal
]


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# --- ruff and mypy ------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("step", ["style", "notebooks", "format", "types"])
def test_the_tools_find_nothing(step: str) -> None:
    result = subprocess.run([sys.executable, "-m", *steps()[step]], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


# --- the map -----------------------------------------------------------------------------------------------


def test_the_map_names_every_module_and_no_other() -> None:
    text = (PACKAGE / "README.md").read_text(encoding="utf-8").partition("module by module")[2]
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", text, re.MULTILINE))
    for package in (path.parent for path in PACKAGE.glob("*/__init__.py")):
        inside = {path.stem for path in package.iterdir() if path.suffix == ".py" or path.is_dir()}
        named = set(re.findall(r"`(\w+)/?`", rows[package.name]))
        assert named == {stem for stem in inside if not stem.startswith("__")}, package.name


# --- sizes --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_a_module_has_at_most_350_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


def files_beside_init(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file() and path.name != "__init__.py")


@pytest.mark.parametrize("folder", FOLDERS, ids=relative)
def test_a_folder_has_at_most_fourteen_files_beside_init(folder: Path) -> None:
    assert len(files_beside_init(folder)) <= FULLEST_FOLDER, files_beside_init(folder)


# --- names --------------------------------------------------------------------------------------------------


def exported(module: ModuleType) -> list[str]:
    """The names in a module's `__all__`; those that do not exist are an error."""
    assert "__all__" in vars(module), f"{module.__name__} has no __all__"
    names = list(module.__all__)
    assert len(set(names)) == len(names), f"{module.__name__}.__all__ lists a name twice"
    missing = [one for one in names if not hasattr(module, one)]
    assert not missing, f"{module.__name__}.__all__ lists {missing}, which do not exist"
    return names


@pytest.mark.parametrize("module", PUBLIC)
def test_every_public_module_lists_its_public_names(module: str) -> None:
    exported(importlib.import_module(module))


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ({"x": 1}, "has no __all__"),
        ({"x": 1, "__all__": ["x", "y"]}, "which do not exist"),
        ({"x": 1, "__all__": ["x", "x"]}, "lists a name twice"),
    ],
)
def test_a_wrong_list_of_public_names_is_noticed(lines: dict[str, Any], problem: str) -> None:
    module = ModuleType("module")
    vars(module).update(lines)
    with pytest.raises(AssertionError, match=problem):
        exported(module)


def modules_named_as(names: set[str], folder: Path) -> set[str]:
    """The modules and packages in a folder that bear one of these names."""
    return names & {path.stem for path in folder.iterdir() if path.is_dir() or path.suffix == ".py"}


@pytest.mark.parametrize("folder", FOLDERS, ids=relative)
def test_no_module_is_named_as_a_public_function_of_its_package(folder: Path) -> None:
    """Both would be the same attribute of the package: which of them, depends on what came first."""
    package = importlib.import_module(module_name(folder / "__init__.py"))
    public = {one for one in exported(package) if not isinstance(getattr(package, one), ModuleType)}
    assert not modules_named_as(public, folder)


def test_a_module_named_as_a_function_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "count.py").touch()
    (tmp_path / "trace").mkdir()
    assert modules_named_as({"count", "trace", "solve"}, tmp_path) == {"count", "trace"}


# --- lessons ------------------------------------------------------------------------------------------------


def imports_of_nnutils(notebook: Any) -> Iterator[str]:
    """The modules of nnutils that a notebook's cells import from."""
    for cell in code_cells(notebook):
        if cell.source.startswith("%%"):
            continue
        python = "\n".join(
            line for line in cell.source.splitlines() if not line.lstrip().startswith(("%", "!"))
        )
        for node in ast.walk(ast.parse(python)):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "nnutils")
            elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "nnutils":
                yield node.module or ""


def deep_imports(notebook: Any) -> list[str]:
    return [module for module in imports_of_nnutils(notebook) if module.count(".") > 1]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name)
def test_lessons_import_from_nnutils_or_from_one_of_its_packages(path: Path) -> None:
    assert not deep_imports(read(path))


@pytest.mark.parametrize(
    ("source", "deep"),
    [
        ("from nnutils import count\nimport nnutils.drawing\nfrom nnutils.core import Table", []),
        ("%load_ext x\nfrom nnutils.core.tables import Table", ["nnutils.core.tables"]),
        ("def f():\n    import nnutils.drawing.graph as g", ["nnutils.drawing.graph"]),
        ("%%prose\nThe import of nnutils.core.tables", []),
    ],
)
def test_a_deep_import_in_a_lesson_is_noticed(source: str, deep: list[str]) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    assert deep_imports(notebook) == deep


# --- addresses and paths ------------------------------------------------------------------------------------

# Taken apart, so that this file does not hold what it looks for.
HOSTS = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "registry." + "npmjs",
    "download." + "pytorch",
    "conda." + "anaconda",
]
MACHINE = re.compile("|".join([*map(re.escape, HOSTS), r"(?<![\w.])/(?:root|work|opt|home/\w+|Users/\w+)/"]))


def test_no_file_names_a_registry_or_a_folder_of_one_machine() -> None:
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if listing.returncode:
        pytest.skip("not a git checkout, so there is no telling what belongs to the project")
    for file in listing.stdout.splitlines():
        path = ROOT / file
        if path.is_file() and "vendor" not in path.parts:
            found = MACHINE.search(path.read_text(encoding="utf-8", errors="ignore"))
            assert not found, f"{file} names {found and found[0]!r}"
