"""What needs no NumPy loads no NumPy: shown in a fresh interpreter, and the showing is itself tested."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import nnutils

pytestmark = pytest.mark.slow

PACKAGE = Path(nnutils.__file__).parent
HEAVY = {"numpy", "torch", "matplotlib"}
LIGHT = ["core", "networks", "autodiff", "slips", "practice", "lint"]
"""The packages that need the standard library only."""
LIGHT_MODULES = [
    ".".join(("nnutils", *path.relative_to(PACKAGE).with_suffix("").parts))
    for package in LIGHT
    for path in sorted((PACKAGE / package).rglob("*.py"))
    if path.name != "__init__.py"
]
COUNT_ALEXNET = """
from nnutils import Conv2d, Flatten, Linear, MaxPool2d, Network, ReLU, count
layers = [
    Conv2d(96, 11, stride=4), ReLU(), MaxPool2d(3, stride=2),
    Conv2d(256, 5, padding=2, groups=2), ReLU(), MaxPool2d(3, stride=2),
    Conv2d(384, 3, padding=1), ReLU(),
    Conv2d(384, 3, padding=1, groups=2), ReLU(),
    Conv2d(256, 3, padding=1, groups=2), ReLU(), MaxPool2d(3, stride=2),
    Flatten(), Linear(4096), ReLU(), Linear(4096), ReLU(), Linear(1000),
]
counts = count(Network((3, 227, 227), layers))
assert counts.total.parameters == 60_965_224
str(counts), counts._repr_html_(), counts.table().latex, counts.total.connections.steps()
"""


def loaded_by(code: str, package: Path = PACKAGE) -> set[str]:
    """Run code in a fresh interpreter with this copy of the package; return the heavy libraries it loaded."""
    report = "\nimport sys, nnutils\nprint(nnutils.__file__)\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code + report], cwd=package.parent, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    file, modules = done.stdout.splitlines()[-2:]
    assert Path(file).parent == package, "another copy of the package was imported"
    return HEAVY & {module.split(".")[0] for module in modules.split()}


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert loaded_by("import nnutils") == set()


def modules_of(code: str) -> set[str]:
    """Run code in a fresh interpreter, and return the modules of this package that it loaded."""
    report = "\nimport sys\nprint(*(name for name in sys.modules if name.split('.')[0] == 'nnutils'))"
    done = subprocess.run(
        [sys.executable, "-c", code + report], cwd=PACKAGE.parent, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_the_front_door_loads_a_room_when_one_of_its_names_is_asked_for() -> None:
    assert modules_of("import nnutils") == {"nnutils"}
    errors = modules_of("from nnutils import SizeError")
    assert "nnutils.core.errors" in errors and "nnutils.networks" not in errors
    counting = modules_of(
        "from nnutils import Conv2d, Network, count\n"
        "assert count(Network((3, 8, 8), [Conv2d(4, 3)])).total.weights == 108"
    )
    unused = {
        "core.tables",
        "networks.solver",
        "networks.wording",
        "networks.enumeration",
        "audit",
        "autodiff",
    }
    assert "nnutils.networks.counting.rules" in counting
    assert not {f"nnutils.{name}" for name in unused} & counting
    assert "nnutils.networks.solver" in modules_of("from nnutils import solve_conv")


def test_every_public_name_is_found_behind_each_door_and_no_other() -> None:
    for door in ("nnutils", "nnutils.core", "nnutils.networks"):
        modules_of(
            f"import {door} as door\n"
            "listed = dir(door)\n"
            "for name in door.__all__:\n"
            "    assert name in listed and getattr(door, name) is getattr(door, name), name\n"
            "assert not hasattr(door, 'no_such_name')\n"
            f"from {door} import *"
        )


def test_rooms_are_found_without_an_import_of_their_own() -> None:
    modules_of(
        "import nnutils; nnutils.networks.Conv2d, nnutils.core.Table, nnutils.autodiff.trace, nnutils.Audit"
    )


def test_counting_alexnet_loads_nothing_heavy() -> None:
    assert loaded_by(COUNT_ALEXNET) == set()


def test_no_module_of_the_light_packages_loads_anything_heavy() -> None:
    assert len(LIGHT_MODULES) > 80
    code = f"""
import importlib, sys
for module in {LIGHT_MODULES!r}:
    importlib.import_module(module)
    heavy = {HEAVY!r} & set(sys.modules)
    assert not heavy, f"{{module}} loads {{heavy}}"
"""
    assert loaded_by(code) == set()


PRACTICE_FILES = sorted((PACKAGE.parent / "chapters").glob("*/practice/q*.py"))


def test_practice_files_load_nothing_heavy() -> None:
    """They answer in a browser, too, where the standard library and these packages are all there is."""
    assert len(PRACTICE_FILES) > 10
    code = f"""
from nnutils.practice import questions
for question in questions({str(PACKAGE.parent)!r}):
    question.asked(question.draw(1)), question.statement()
"""
    assert loaded_by(code) == set()


def test_tracing_a_function_of_numbers_loads_nothing_heavy() -> None:
    code = """
from nnutils import autodiff
t = autodiff.trace(lambda x1, x2: autodiff.ln(x1) + x1 * x2, 2, 5)
assert tuple(t.gradient()) == (5.5, 2.0)
str(t.forward(wrt=0)), str(t.reverse())
"""
    assert loaded_by(code) == set()


@pytest.mark.parametrize("heavy", sorted(HEAVY))
def test_the_check_sees_a_heavy_import(heavy: str, tmp_path: Path) -> None:
    copy = tmp_path / "nnutils"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    if heavy != "numpy":  # an empty stand-in, since loading the real one takes seconds
        (tmp_path / f"{heavy}.py").touch()
    assert loaded_by(COUNT_ALEXNET, copy) == set()
    lazily = f"\n_count = count\ndef count(*given):\n    import {heavy}\n    return _count(*given)\n"
    with (copy / "__init__.py").open("a") as front_door:
        front_door.write(lazily)
    assert loaded_by("import nnutils", copy) == set()
    assert heavy in loaded_by(COUNT_ALEXNET, copy)
    with (copy / "networks/sizes.py").open("a") as sizes:
        sizes.write(f"import {heavy}\n")
    assert heavy in loaded_by("from nnutils import Network", copy)
    assert heavy in loaded_by("import nnutils.networks.sizes", copy)
