"""The repository keeps to its style: ruff, mypy, small modules, imports that point down, no local paths."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tools.pages import ROOT

LONGEST_MODULE = 350
MODULES = sorted((ROOT / "nnutils").rglob("*.py"))


def run(*command: str) -> None:
    result = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


def test_ruff_finds_nothing() -> None:
    run("ruff", "check", ".")


def test_everything_is_formatted() -> None:
    run("ruff", "format", "--check", ".")


def test_mypy_is_content() -> None:
    run("mypy")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_is_two_modules(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path, known: set[str]) -> set[str]:
    """The modules of nnutils that a module imports, anywhere in its code."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= (names & known) | ({node.module} if names - known else set())
    return found & known


def test_imports_point_down() -> None:
    """No cycle, not even by an import inside a function; only a package's __init__ imports from its own."""
    known = {module_name(path) for path in MODULES}
    graph = {}
    for path in MODULES:
        own = module_name(path)
        wanted = imports(path, known) - {own}
        if path.name != "__init__.py":
            made_of_it = {package for package in wanted if own.startswith(f"{package}.")}
            assert not made_of_it, f"{own} imports {made_of_it}, which is made of it"
        graph[own] = wanted
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as cycle:
        pytest.fail(f"these import each other: {' -> '.join(cycle.args[1])}")


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
