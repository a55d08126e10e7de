"""Which test reaches which line of nnutils: measured once, and kept for as long as those lines stay."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tools.mutating.children import Child, reach, run_all
from tools.mutating.sampling import package_of
from tools.mutating.scratch import Scratch

__all__ = ["Reach", "Test", "files_of", "measured", "split"]

LIMIT = 1200.0  # seconds for the tests of one process
TOGETHER = 6  # files of tests in one process: each takes seconds to start


@dataclass(frozen=True)
class Test:
    """A test that passed without a fault: its name, its seconds, and whether it starts processes."""

    __test__ = False

    name: str
    seconds: float
    starts: bool

    @property
    def package(self) -> str:
        """Return the package that it tests: its folder below ``tests``, or that of its examples."""
        return package_of(self.name.split("::")[0])


@dataclass
class Reach:
    """All tests, and by module and line those that run it; importing it counts for no test."""

    tests: list[Test] = field(default_factory=list)
    lines: dict[str, dict[int, set[int]]] = field(default_factory=dict)
    importers: dict[str, set[int]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    def add(self, said: dict[str, object]) -> None:
        """Take in what a process noted."""
        tests, lines = said.get("tests", []), said.get("lines", {})
        assert isinstance(tests, list) and isinstance(lines, dict)
        numbers: dict[int, int] = {}
        for number, test in enumerate(tests):
            if test["passed"]:
                numbers[number] = len(self.tests)
                self.tests.append(Test(test["id"], test["seconds"], test["starts"]))
            else:
                self.failed.append(test["id"])
        for module, by_line in lines.items():
            own = self.lines.setdefault(module, {})
            self.importers.setdefault(module, set()).update(numbers.values())
            for line, reached in by_line.items():
                own.setdefault(int(line), set()).update(numbers[n] for n in reached if n in numbers)

    def between(self, module: str, first: int, last: int) -> set[int]:
        """Return the tests that run one of these lines."""
        by_line = self.lines.get(module, {})
        return {test for line in range(first, last + 1) for test in by_line.get(line, ())}


def files_of(root: Path, packages: Iterable[str]) -> list[str]:
    """Return what is measured by itself: a file of tests, or the examples of a package."""
    found: list[str] = []
    for package in sorted(set(packages)):
        found.append(f"nnutils/{package}" if package else "nnutils/__init__.py")
        paths = sorted((root / "tests" / (package or "project")).rglob("test_*.py"))
        found += [path.relative_to(root).as_posix() for path in paths]
    return [file for file in found if (root / file).exists()]


def measured(packages: Iterable[str], copies: list[Scratch], cache: Path) -> Reach:
    """Return what the tests of some packages reach, from the cache if nothing that they ran has changed."""
    root = copies[0].folder  # which stays as it is, while somebody goes on writing in the tree
    cache.mkdir(parents=True, exist_ok=True)
    all_reached, missing = Reach(), []
    shared = _digest(root, ["conftest.py", "tests/conftest.py"])
    for file in files_of(root, packages):
        try:
            said = json.loads(_kept(cache, file).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            said = {}
        if said and said["of"] == [shared, _digest(root, [file]), _digest(root, _ran(said))]:
            all_reached.add(said)
        else:
            missing.append(file)
    groups = [missing[start : start + TOGETHER] for start in range(0, len(missing), TOGETHER)]
    children = [Child(reach(files), LIMIT, about=files) for files in groups]
    for number, child in enumerate(run_all(children, copies), 1):
        seconds = sum(test["seconds"] for test in child.said.get("tests", []))
        print(f"  reach {number}/{len(groups)} {child.about[0]} …: {seconds:.0f} s", flush=True)
        if child.said.get("pytest") not in (0, 1, 5):  # passed, or not all of them, or none there
            all_reached.failed += child.about
            continue
        for file, said in split(child.said, child.about).items():
            said["of"] = [shared, _digest(root, [file]), _digest(root, _ran(said))]
            _kept(cache, file).write_text(json.dumps(said), encoding="utf-8")
            all_reached.add(said)
    return all_reached


def split(said: dict[str, Any], files: list[str]) -> dict[str, dict[str, Any]]:
    """Return what a process noted of several files, by file; what was imported (-1) is of each."""
    parts: dict[str, dict[str, Any]] = {file: {"tests": [], "lines": {}} for file in files}
    numbers: dict[int, tuple[str, int]] = {}
    for number, test in enumerate(said["tests"]):
        file = next(file for file in files if test["id"].startswith((f"{file}::", f"{file}/")))
        numbers[number] = file, len(parts[file]["tests"])
        parts[file]["tests"].append(test)
    for module, by_line in said["lines"].items():
        for line, tests in by_line.items():
            for test in tests:
                for file, own in [numbers[test]] if test >= 0 else [(file, -1) for file in files]:
                    parts[file]["lines"].setdefault(module, {}).setdefault(line, []).append(own)
    return parts


def _ran(said: dict[str, Any]) -> list[str]:
    """Return the modules of which a test ran a line: every test imports all, and few run much."""
    lines = said["lines"]
    return sorted(m for m in lines if any(test >= 0 for reached in lines[m].values() for test in reached))


def _kept(cache: Path, file: str) -> Path:
    return cache / (file.replace("/", ".") + ".json")


def _digest(root: Path, names: Iterable[str]) -> str:
    total = hashlib.sha256()
    for name in names:
        path = root / name
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            total.update(file.read_bytes() if file.exists() else b"")
    return total.hexdigest()
