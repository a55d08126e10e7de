"""Build the site into _build/html, whole or not at all.

Usage: python tools/book.py

The site is built from scratch in a folder of its own, which takes seconds: a second, partial build would
repeat neither the warnings of the first nor numbers that come from a page that changed. Only a whole site
takes the place of the one before, so whoever stops a build at any moment keeps what was there. Two builds at
take turns. With SOURCE_DATE_EPOCH set, one commit gives the same files everywhere, byte by byte.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from filelock import FileLock, Timeout

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # called as a file, this sees tools/ only

from tools.pages import listed, problems  # noqa: E402

__all__ = ["build", "main", "replaced"]

PREFIX = "unfinished-"
OPTIONS = ("-W", "-n", "--keep-going", "--quiet")


def build(book: Path = ROOT) -> int:
    """Build the site of a book below its _build; return the exit status, 0 where the new site is in place."""
    target = book / "_build"
    target.mkdir(exist_ok=True)
    with _turn(target):
        for left in target.glob(f"{PREFIX}*"):
            print(f"Removing {left.name}, which a build that was stopped has left.", flush=True)
            shutil.rmtree(left, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=target))
        try:
            status = _made(book, folder)
            site = folder / "_build/html"
            if status == 0:
                # for a build that goes on from this one, which none does; it depends on the folder
                (site / ".buildinfo").unlink(missing_ok=True)
                missing = problems(site, book)
                print("\n".join(missing) or f"All {len(listed(book))} pages of _toc.yml are there.")
                status = 1 if missing else 0
            if status == 0:
                replaced(target / "html", site, folder / "before")
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    if status:
        kept = "The site of before is still there." if (target / "html").is_dir() else "There is no site yet."
        print(f"The book could not be built; the lines above say why. {kept}", file=sys.stderr)
    return status


def replaced(old: Path, new: Path, aside: Path) -> None:
    """Put a folder in the place of another, which goes ``aside`` first and comes back if that fails."""
    there = old.is_dir()
    if there:
        os.replace(old, aside)
    try:
        os.replace(new, old)
    except BaseException:
        if there and not old.exists():
            os.replace(aside, old)
        raise


@contextmanager
def _turn(target: Path) -> Iterator[None]:
    """Hold the one right to build below a folder, after a word where somebody else has it."""
    lock = FileLock(target / "book.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        print("Another build of this book is running; this one begins when it has ended.", flush=True)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _made(book: Path, folder: Path) -> int:
    """Run jupyter-book in a group of its own, which ends with this program; return its exit status."""
    main = "from jupyter_book.cli.main import main; main()"
    command = [sys.executable, "-c", main, "build", str(book), "--path-output", str(folder), *OPTIONS]
    with subprocess.Popen(command, start_new_session=True) as process:
        try:
            return process.wait()
        except BaseException:
            _end(process)
            raise


def _end(process: subprocess.Popen[bytes]) -> None:
    """Stop a process and those that it started."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> int:
    """Build, and say in one line what came of it."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _stop)
    try:
        status = build()
    except KeyboardInterrupt:
        print("\nStopped. Nothing is half-built: `make book` begins again.", file=sys.stderr)
        return 130
    except OSError as error:
        print(f"The book cannot be built here: {error.strerror}: {error.filename}.", file=sys.stderr)
        print("A build needs to write into the folder _build of the book.", file=sys.stderr)
        return 1
    if status == 0:
        print(f"The book is built. Open {ROOT / '_build/html/index.html'}")
    return status


if __name__ == "__main__":
    sys.exit(main())
