"""The site, built once for all tests and all workers of a run."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from nnutils.book import student
from nnutils.core.errors import NNUtilsError
from tools.pages import ROOT

QUICK = 1_000
"""Rounds of hashing in tests: the edition itself has many more."""


@dataclass(frozen=True)
class Built:
    """What came of building the site: the exit status, what was said, the folder of the pages."""

    returncode: int
    said: str
    pages: Path


def build(source: Path, output: Path) -> subprocess.CompletedProcess[str]:
    """Build a book the way `make book` does, in another folder."""
    main = "from jupyter_book.cli.main import main; main()"
    options = ["build", str(source), "--path-output", str(output), "-W", "-n", "--keep-going"]
    return subprocess.run([sys.executable, "-c", main, *options], capture_output=True, text=True)


def build_once(base: Path) -> Built:
    """Build the site below ``base``, unless another worker has done so or is at it."""
    record, pages = base / "site.json", base / "site/_build/html"
    with FileLock(base / "site.lock"):
        if not record.exists():
            result = build(ROOT, base / "site")
            record.write_text(
                json.dumps([result.returncode, result.stdout + result.stderr]), encoding="utf-8"
            )
        returncode, said = json.loads(record.read_text(encoding="utf-8"))
    return Built(returncode, said, pages)


def build_for_students_once(base: Path) -> Built:
    """Build the edition for students below ``base`` in the same way, with hashes that are quick to make."""
    record, pages = base / "student.json", base / "student"
    with FileLock(base / "student.lock"):
        if not record.exists():
            try:
                student.build(ROOT, pages, iterations=QUICK)
                outcome = [0, ""]
            except NNUtilsError as error:
                outcome = [1, str(error)]
            record.write_text(json.dumps(outcome), encoding="utf-8")
        returncode, said = json.loads(record.read_text(encoding="utf-8"))
    return Built(returncode, said, pages)
