"""The wheel of nnutils, built from a copy, for the tests of what is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tools.pages import ROOT

__all__ = ["done", "library", "run", "wheel"]


def run(
    *command: str | Path, folder: Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    own = ("PYTHON", "PIP_USER", "PIP_TARGET", "PIP_PREFIX")  # settings that would lead elsewhere
    clean = {key: value for key, value in os.environ.items() if not key.startswith(own)} | dict(
        environment or {}
    )
    return subprocess.run([*map(str, command)], cwd=folder, env=clean, capture_output=True, text=True)


def done(result: subprocess.CompletedProcess[str]) -> str:
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy, so that nothing is left behind here and nothing old gets into it."""
    source, folder = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for file in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / file, source)
    for package in ("nnutils", "tests", "chapters"):  # the last two must not get into it
        shutil.copytree(ROOT / package, source / package, ignore=shutil.ignore_patterns("__pycache__"))
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    done(run(*pip, "--wheel-dir", folder, source, folder=folder))
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def library(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel, without its dependencies, into a folder of its own."""
    target = tmp_path_factory.mktemp("library")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--target", target]
    done(run(*pip, wheel, folder=target))
    return target
