"""The book in rough places: a folder with odd letters, without git, without a network, and read-only.

The installation is that of the run at hand. These take minutes, so they run weekly.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.pages import ROOT

pytestmark = [
    pytest.mark.variants,
    pytest.mark.skipif(sys.platform != "linux", reason="rights and networks as Linux has them"),
]

LESSON = "chapters/foundations/02_softmax.ipynb"
LEFT_OUT = (".git", ".venv*", "_build", "__pycache__", ".*_cache", ".hypothesis", "build", "*.egg-info")


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """The book in a folder with spaces and letters beyond ASCII, without git."""
    base = Path(tempfile.mkdtemp(prefix="rough-"))
    folder = base / "Übungen & Lösungen (2), ✓"
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*LEFT_OUT))
    yield folder
    shutil.rmtree(base)


def run(place: Path, *command: str, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """Run Python in the place, with a home of its own and no proxy to a network."""
    home = place.parent / "home"
    home.mkdir(exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG")}
    environment = {**kept, "HOME": str(home), "PYTHONPATH": str(place), "TMPDIR": str(home)}
    whole = [*before, sys.executable, *command]
    return subprocess.run(whole, cwd=place, env=environment, capture_output=True, text=True)


def without_network() -> tuple[str, ...]:
    """What a command begins with so that it reaches no other machine; itself, by 127.0.0.1, it does."""
    before = ("unshare", "--map-root-user", "--net", "sh", "-c", 'ip link set lo up; exec "$@"', "sh")
    if subprocess.run([*before, "true"], capture_output=True).returncode:
        pytest.skip("this system lets nobody take the network away from a process")
    return before


def test_a_lesson_is_compared_without_git_or_network(place: Path) -> None:
    done = run(place, "-m", "pytest", "-q", "-n", "0", "--nbval", LESSON, before=without_network())
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_book_is_built_without_git_or_network(place: Path) -> None:
    done = run(place, "tools/book.py", before=without_network())
    assert done.returncode == 0, done.stdout + done.stderr
    assert (place / "_build/html/index.html").is_file()


def read_only(place: Path) -> tuple[str, ...]:
    """What a command begins with so that nobody, not even the superuser, may write in the place."""
    script = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && cd "$1" && shift && exec "$@"'
    before = ("unshare", "--map-root-user", "--mount", "sh", "-c", script, "sh", str(place))
    if subprocess.run([*before, "true"], capture_output=True).returncode:
        pytest.skip("this system lets nobody mount a folder for a process")
    return before


def test_where_nothing_may_be_written_a_lesson_is_compared(place: Path) -> None:
    done = run(place, "-m", "pytest", "-q", "-n", "0", "--nbval", LESSON, before=read_only(place))
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("command", "status", "said"),
    [
        (("tools/book.py",), 1, "The book cannot be built here: Read-only file system"),
        (("tools/environment.py",), 1, ".venv cannot be made here: Read-only file system"),
        (("-m", "nnutils.book", "execute", LESSON), 2, "cannot be written: Read-only file system"),
    ],
    ids=["book", "environment", "execute"],
)
def test_where_nothing_may_be_written_the_rest_says_so(
    place: Path, command: tuple[str, ...], status: int, said: str
) -> None:
    shutil.rmtree(place / "_build", ignore_errors=True)
    done = run(place, *command, before=read_only(place))
    assert done.returncode == status and said in done.stderr and "Traceback" not in done.stderr, done.stderr
