"""Show how time and memory of test and build grow with the book: copies of it, up to so many lessons.

Usage: python tools/stress.py 180    sizes up to 180 lessons

Each size is a scratch folder with the parts of this book several times over. Its notebooks are executed and
compared, two at a time, and its site is built. The table and docs/status/stress.json say how much time of the
processor that took, how long it was, how much memory at most, and how far from a straight line the sizes lie.
No figure is too large; a notebook or a build that fails is an error.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from types import FrameType
from typing import Any

import psutil  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # called as a file, this sees tools/ only

from nnutils.book.runs.facts import Facts, commit_of, write_facts  # noqa: E402
from nnutils.core.errors import BookError  # noqa: E402
from tools.copies import OVERVIEWS, copied, questions_in  # noqa: E402

__all__ = ["Line", "Measured", "RECORD", "line", "main", "measure", "report", "sizes"]

RECORD = "docs/status/stress.json"
TITLE = "The book several times over"
WORKERS = 2
EVERY = 0.5
"""Seconds from one look at the memory to the next."""


@dataclass(frozen=True)
class Measured:
    """What a command and all that it started took: seconds, and megabytes at most."""

    processor_seconds: float
    wall_seconds: float
    megabytes: int


@dataclass(frozen=True)
class Line:
    """The straight line closest to some figures: at no lesson, for each lesson, and how far off one is."""

    start: float
    per_lesson: float
    largest_deviation: float


def sizes(asked: str, lessons: int) -> list[int]:
    """Return how many copies of a book are tried up to a number of lessons: 1, a fifth, a half, all.

    Raises:
        BookError: if the number is no multiple of the lessons of the book.

    >>> sizes("180", 18), sizes("54", 18), sizes("18", 18)
    ([1, 2, 5, 10], [1, 2, 3], [1])
    """
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 0
    if lessons < 1:
        raise BookError(
            "This book has no lessons, so nothing grows.", remedy="Write one first: make question."
        )
    if number < 1 or number % lessons:
        near = max(1, round(number / lessons)) * lessons
        raise BookError(
            f"The book has {lessons} lessons and is copied whole; {asked!r} is no multiple of that.",
            remedy=f"Write make stress BOOK={near}, or {10 * lessons} for ten copies.",
        )
    most = number // lessons
    return sorted({1, max(1, round(most / 5)), max(1, -(-most // 2)), most})


def line(lessons: Sequence[int], figures: Sequence[float]) -> Line:
    """Return the line with the least squares; the deviation is a share of what the line says there.

    >>> line([1, 2, 3], [5, 7, 9])
    Line(start=3.0, per_lesson=2.0, largest_deviation=0.0)
    >>> line([1, 2, 3], [1, 4, 9]).largest_deviation > 0.1
    True
    """
    mean, level = sum(lessons) / len(lessons), sum(figures) / len(figures)
    spread = sum((x - mean) ** 2 for x in lessons)
    slope = sum((x - mean) * (y - level) for x, y in zip(lessons, figures, strict=True)) / spread
    start = level - slope * mean
    said = [start + slope * x for x in lessons]
    off = (abs(y - there) / (abs(there) or 1) for there, y in zip(said, figures, strict=True))
    return Line(round(start, 3), round(slope, 4), round(max(off), 4))


def measure(command: Sequence[str], folder: Path) -> Measured:
    """Run a command of Python in a folder, and return what it took with all that it started.

    Raises:
        BookError: if it fails; the message holds its last lines.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        before, began = getrusage(RUSAGE_CHILDREN), time.monotonic()
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=folder,
            env=environment,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        watch = _Memory(process.pid)
        watch.start()
        try:
            status = process.wait()
        except BaseException:
            _end(process)
            raise
        finally:
            watch.ended.set()
            watch.join()
        wall, after = time.monotonic() - began, getrusage(RUSAGE_CHILDREN)
        if status:
            said.seek(0)
            last = "\n".join(said.read().splitlines()[-15:])
            raise BookError(
                f"{' '.join(command)} failed in a book of copies:\n{last}",
                remedy="Run make test and make book first; if they pass, a copy differs from the book.",
            )
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(round(spent, 1), round(wall, 1), watch.most // 1_000_000)


class _Memory(threading.Thread):
    """Looks again and again how much memory a process and its descendants have; ``most`` is in bytes."""

    def __init__(self, number: int) -> None:
        super().__init__(daemon=True)
        self.ended = threading.Event()
        self.most = 0
        self._process = psutil.Process(number)

    def run(self) -> None:
        while not self.ended.wait(EVERY):
            with suppress(psutil.Error):
                several = [self._process, *self._process.children(recursive=True)]
                self.most = max(self.most, sum(map(_resident, several)))


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:  # it has ended meanwhile
        return 0


def _end(process: subprocess.Popen[bytes]) -> None:
    """Stop a process and all that it started; the kernels of notebooks are in groups of their own."""
    started: list[psutil.Process] = []
    with suppress(psutil.Error):
        started = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    for other in started:
        with suppress(psutil.Error):
            other.kill()
    process.wait()


def report(book: Path, copies: Sequence[int]) -> dict[str, object]:
    """Measure books of so many copies, and return what is stored."""
    lessons = len(questions_in(book))
    found: dict[str, list[Measured]] = {"test": [], "build": []}
    pages: list[int] = []
    for times in copies:
        with tempfile.TemporaryDirectory(prefix="stress-") as name:
            larger = copied(book, Path(name) / "book", times)
            overviews = [file for file in OVERVIEWS if (larger / file).is_file()]
            if times > 1 and overviews:
                measure(["-m", "nnutils.book", "execute", *overviews], larger)
            found["build"].append(measure(["tools/book.py"], larger))
            pages.append(sum(file.stat().st_size for file in larger.glob("_build/html/**/*.html")))
            notebooks = ["intro.ipynb", "chapters"] if (larger / "intro.ipynb").is_file() else ["chapters"]
            tests = ["-m", "pytest", "--nbval", "-q", "-p", "no:cacheprovider", "-n", str(WORKERS)]
            found["test"].append(measure([*tests, "--dist", "loadfile", *notebooks], larger))
        for what, taken in found.items():
            one = taken[-1]
            said = f"{one.processor_seconds:8.1f} s of the processor, {one.wall_seconds:8.1f} s"
            print(f"{times * lessons:5} lessons: {what:5} {said}, {one.megabytes:6} MB", flush=True)
    counts = [times * lessons for times in copies]
    stored: dict[str, object] = {"lessons": lessons, "sizes": counts}
    for what, taken in found.items():
        stored[what] = [asdict(one) for one in taken]
    stored["pages_megabytes"] = [round(size / 1e6, 2) for size in pages]
    if len(copies) > 1:
        stored["lines"] = {
            what: asdict(line(counts, [one.processor_seconds for one in taken]))
            for what, taken in found.items()
        }
        stored["lines"] |= {"pages": asdict(line(counts, [size / 1e6 for size in pages]))}  # type: ignore[operator]
    return stored


def facts_of(stored: dict[str, Any]) -> tuple[tuple[str, float], ...]:
    """Return what the page of checks says: for each size the time, and how far the sizes lie from a line."""
    facts: list[tuple[str, float]] = []
    for what in ("test", "build"):
        for lessons, one in zip(stored["sizes"], stored[what], strict=True):
            facts.append((f"{what} of {lessons} lessons, in s of the processor", one["processor_seconds"]))
        if "lines" in stored:
            off = 100 * stored["lines"][what]["largest_deviation"]
            facts.append((f"{what}: largest distance from a straight line, in %", round(off, 1)))
    return tuple(facts)


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and store."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _stop)
    try:
        copies = sizes(given[0] if len(given) == 1 else "", len(questions_in(ROOT)))
        stored = report(ROOT, copies)
    except BookError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The scratch folder is removed; the figures of before are kept.", file=sys.stderr)
        return 130
    target = ROOT / RECORD
    command = f"make stress BOOK={given[0]}"
    write_facts(target, Facts(TITLE, command, commit_of(ROOT), facts_of(stored)), stored)
    for what, fitted in stored.get("lines", {}).items():  # type: ignore[attr-defined]
        unit = "MB" if what == "pages" else "s"
        print(
            f"{what}: {fitted['start']:.1f} {unit} and {fitted['per_lesson']:.2f} {unit} for each lesson, "
            f"at most {100 * fitted['largest_deviation']:.1f} % off that line"
        )
    print(f"The figures are in {RECORD}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
