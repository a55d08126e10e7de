"""A package whose library is not installed says what to install: shown with the library blocked."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import nnutils
from nnutils.core.extras import need

ROOT = Path(nnutils.__file__).parent.parent


def message_of(code: str) -> list[str]:
    """Run code in a fresh interpreter and return the lines of the error after its type, or nothing."""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stderr.partition("ImportError: ")[2].splitlines()


@pytest.mark.parametrize(
    ("package", "library", "extra"),
    [
        ("numerics", "numpy", "numerics"),
        ("torch_bridge", "torch", "torch"),
        ("torch_bridge", "numpy", "torch"),
        ("drawing", "matplotlib", "drawing"),
        ("drawing", "numpy", "drawing"),
    ],
)
def test_a_package_without_its_library_says_what_to_install(package: str, library: str, extra: str) -> None:
    # Blocked as if it were not installed; the other libraries stand in for themselves without loading.
    others = {"numpy", "torch", "matplotlib"} - {library}
    code = f"""
import sys, types
sys.modules[{library!r}] = None
for other in {sorted(others)}:
    sys.modules[other] = types.ModuleType(other)
import nnutils.{package}
"""
    assert message_of(code) == [
        f"nnutils.{package} needs {library}, which is not installed.",
        f'  Install it: pip install "nnutils[{extra}]"',
    ]


def test_the_packages_of_the_standard_library_work_without_the_libraries() -> None:
    code = """
import sys
sys.modules.update(numpy=None, torch=None, matplotlib=None)
import nnutils.core, nnutils.networks, nnutils.autodiff
print(nnutils.count(nnutils.Network((4,), [nnutils.Linear(2)])).total.weights)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "8\n"


def test_an_error_inside_an_installed_library_is_passed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "half_installed.py").write_text("import its_missing_part\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError, match="No module named 'its_missing_part'"):
        need("nnutils.drawing", "half_installed", extra="drawing")


def test_what_is_installed_is_accepted() -> None:
    need("nnutils.core", "json", "math", extra="none")
