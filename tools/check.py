"""Quick checks, in a few minutes: style, types, the examples in docstrings and the fast tests.

Usage: python tools/check.py [style] [notebooks] [format] [types] [tests]    without a name: all of them

`make check` runs this. Where there is no make, as on Windows, run tools/environment.py first. Called from
outside the project's environments, this uses .venv. It leaves out the tests that are marked as slow, and
Hypothesis tries fewer examples (tests/conftest.py).
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import tomllib
from pathlib import Path

QUICK = "not slow and not variants"
ROOT = Path(__file__).resolve().parent.parent
USUAL = ROOT / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def python() -> str:
    """Return the Python that has the tools: this one in an environment of the project, else that of .venv."""
    ours = Path(sys.prefix).parent == ROOT  # and not any environment that happens to be active
    return str(USUAL) if USUAL.exists() and not ours else sys.executable


def typed_files(root: Path = ROOT) -> list[str]:
    """Return what mypy checks: what pyproject.toml names, and the chapters once they hold Python files.

    The chapters cannot stand in pyproject.toml: mypy refuses a folder without a Python file.
    """
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    files: list[str] = settings["tool"]["mypy"]["files"]
    return [*files, "chapters"] if any((root / "chapters").rglob("*.py")) else files


def steps() -> dict[str, list[str]]:
    """Return the commands by the name of the step, each to be run with `python -m`."""
    return {
        "style": ["ruff", "check", "."],
        "notebooks": ["nnutils.book", "lint"],
        "format": ["ruff", "format", "--check", "."],
        "types": ["mypy", *typed_files()],
        "tests": [
            "pytest",
            "-q",
            "-m",
            "not slow and not variants",
            "--hypothesis-profile=quick",
            "tests",
            "nnutils",
        ],
    }


def main(names: list[str]) -> int:
    """Run the named steps, or all, to the end; return the number of those that failed."""
    commands = steps()
    if set(names) - set(commands):
        print(__doc__)
        return 2
    start, failed = time.monotonic(), []
    utf8 = {
        **os.environ,
        "PYTHONUTF8": "1",
    }  # what is printed holds mathematics; Windows has its own encodings
    for name in names or commands:
        print(f"--- {name}: {' '.join(commands[name])}", flush=True)
        if subprocess.run([python(), "-m", *commands[name]], cwd=ROOT, env=utf8).returncode:
            failed.append(name)
    print(f"--- {time.monotonic() - start:.0f} s; failed: {', '.join(failed) or 'nothing'}")
    return len(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
