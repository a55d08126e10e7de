"""How a book was checked: the record of the last full run of pytest, and what the files of the book hold."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import platform
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nnutils.book.contents.listing import pages_listed
from nnutils.book.contents.reading import read_contents, stored_cells
from nnutils.book.variants.choosing import library_version
from nnutils.book.whole_files import write_whole

__all__ = [
    "PACKAGES",
    "RECORD",
    "Holdings",
    "Run",
    "digest_of",
    "holdings",
    "notebooks_of",
    "now",
    "outputs_of",
    "read_run",
    "versions",
    "write_run",
]

RECORD = "_build/last_full_run.json"
"""Where a full run of pytest leaves its record, below the folder of the book."""

PACKAGES = ("nnutils", "numpy", "torch", "matplotlib", "nbval", "pytest", "jupyter-book", "sphinx")
"""The packages whose versions are named, as far as they are installed."""


@dataclass(frozen=True)
class Run:
    """A full run of pytest: when it began, in UTC, how many seconds it took, and what came of it.

    ``cells`` were executed, and ``outputs`` of theirs compared; ``digest`` is that of the notebooks then.
    """

    began: str
    seconds: float
    passed: bool
    notebooks: int
    cells: int
    outputs: int
    tests: int
    examples: int
    failed: int
    skipped: int
    digest: str
    versions: dict[str, str]

    @property
    def date(self) -> str:
        """The day on which it began, as in '3 May 2026'."""
        day = datetime.fromisoformat(self.began)
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"

    @property
    def duration(self) -> str:
        """How long it took, in minutes and seconds."""
        minutes, seconds = divmod(round(self.seconds), 60)
        return f"{minutes} min {seconds:02} s"


_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True)
class Holdings:
    """What the files of a book hold: notebooks, their code cells with outputs, those outputs; verdicts."""

    notebooks: int
    cells: int
    outputs: int
    verdicts: dict[str, int]


def versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that matter, by name."""
    found = {"Python": platform.python_version()}
    for package in PACKAGES:
        if package == "nnutils":
            found[package] = library_version()
            continue
        with suppress(importlib.metadata.PackageNotFoundError):
            found[package] = importlib.metadata.version(package)
    return found


def notebooks_of(book: Path) -> list[Path]:
    """Return the notebooks that the table of contents of a book lists, in reading order."""
    files = [book / f"{page}.ipynb" for page in pages_listed(read_contents(book))]
    return [file for file in files if file.is_file()]


def outputs_of(notebook: Path) -> list[int]:
    """Return the number of stored outputs of each code cell that has some."""
    return [len(cell["outputs"]) for cell in stored_cells(notebook) if cell["outputs"]]


def digest_of(notebooks: Iterable[Path]) -> str:
    """Return what tells whether notebooks, or their order, have changed since."""
    together = hashlib.sha256()
    for notebook in notebooks:
        together.update(hashlib.sha256(notebook.read_bytes()).digest())
    return together.hexdigest()


def holdings(book: Path, verdicts: Iterable[str] = ()) -> Holdings:
    """Count what the notebooks of a book hold; ``verdicts`` are those of its statements, one each."""
    stored = [outputs_of(notebook) for notebook in notebooks_of(book)]
    counted = Counter(verdicts)
    return Holdings(
        len(stored),
        sum(map(len, stored)),
        sum(map(sum, stored)),
        dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))),
    )


def now() -> str:
    """Return the date and the time in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def write_run(book: Path, run: Run) -> None:
    """Keep the record of a run, in place of the one before."""
    path = book / RECORD
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, json.dumps(asdict(run), indent=1) + "\n")


def read_run(book: Path) -> Run | None:
    """Return the record of the last full run; None where there is none, or one of another form."""
    try:
        said: dict[str, Any] = json.loads((book / RECORD).read_text(encoding="utf-8"))
        return Run(**said)
    except (OSError, ValueError, TypeError):
        return None
