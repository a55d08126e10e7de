"""The record that a full run of pytest leaves: how long it took, what it compared, and whether it passed."""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path, PurePosixPath

import pytest

from nnutils.book.contents.reading import CONTENTS
from nnutils.book.runs.records import Run, digest_of, notebooks_of, now, versions, write_run
from nnutils.book.runs.shards import DURATIONS, Shard, ShardRecord
from nnutils.book.whole_files import write_whole

__all__ = ["OUTPUTS", "Recorder", "is_full_run", "kind_of"]

OUTPUTS = "outputs compared"
"""The property of a cell's report with the number of its outputs that were compared."""

NOTEBOOK, TEST, EXAMPLE = "notebook", "test", "example"

_PARTIAL = ("keyword", "deselect", "ignore", "ignore_glob", "lf", "collectonly", "stepwise", "nbval_lax")


def is_full_run(config: pytest.Config) -> bool:
    """Return whether pytest runs all that a book has, with its notebooks: nothing named, nothing left out."""
    option = config.option
    return (
        config.args_source is pytest.Config.ArgsSource.TESTPATHS
        and bool(option.nbval)
        and not any(getattr(option, name, None) for name in _PARTIAL)
        and option.markexpr in (_marks_in_settings(config), "")
        and (config.rootpath / CONTENTS).is_file()
    )


def kind_of(report_name: str) -> str:
    """Return what a report is about: a cell of a notebook, a test, or an example in a docstring.

    >>> kind_of("a/b.ipynb::Cell 3"), kind_of("tests/test_a.py::test_b"), kind_of("core/a.py::core.a")
    ('notebook', 'test', 'example')
    """
    file = PurePosixPath(report_name.partition("::")[0])
    if file.suffix == ".ipynb":
        return NOTEBOOK
    return TEST if file.name.startswith("test_") or file.stem.endswith("_test") else EXAMPLE


def _marks_in_settings(config: pytest.Config) -> str:
    """Return what the settings of a book say after -m, in every run."""
    options = config.getini("addopts")
    return next((str(options[n + 1]) for n, option in enumerate(options[:-1]) if option == "-m"), "")


class Recorder:
    """The part of a pytest plugin that counts, and writes the record at the end of a full run or a shard."""

    def __init__(self, book: Path, shard: Shard | None = None) -> None:
        self.book, self.shard = book, shard
        self.durations: dict[str, float] = {}
        self.began, self._start = now(), time.monotonic()
        self.digest = digest_of(notebooks_of(book))
        self.passed: Counter[str] = Counter()
        self.failed: set[str] = set()
        self.skipped = self.outputs = 0
        self._notebooks: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a report; called by pytest for each phase of each test."""
        self.durations[report.nodeid] = self.durations.get(report.nodeid, 0) + report.duration
        if report.failed:
            self.failed.add(report.nodeid)
        elif report.skipped:
            self.skipped += 1
        elif report.when == "call":
            kind = kind_of(report.nodeid)
            self.passed[kind] += 1
            if kind == NOTEBOOK:
                self._notebooks.add(report.nodeid.partition("::")[0])
            self.outputs += sum(int(str(value)) for name, value in report.user_properties if name == OUTPUTS)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, exitstatus: int) -> None:
        """Write the record; called by pytest at the end. A run that was interrupted leaves none."""
        if int(exitstatus) not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
            return
        run = Run(
            began=self.began,
            seconds=round(time.monotonic() - self._start, 1),
            passed=int(exitstatus) == pytest.ExitCode.OK and not self.failed,
            notebooks=len(self._notebooks),
            cells=self.passed[NOTEBOOK],
            outputs=self.outputs,
            tests=self.passed[TEST],
            examples=self.passed[EXAMPLE],
            failed=len(self.failed),
            skipped=self.skipped,
            digest=self.digest,
            versions=versions(),
        )
        durations = {name: round(seconds, 3) for name, seconds in self.durations.items()}
        if self.shard:
            ShardRecord(self.shard, run, tuple(sorted(self.failed)), durations).write(self.book)
            return
        write_run(self.book, run)
        write_whole(self.book / DURATIONS, json.dumps(durations, indent=0, sort_keys=True) + "\n")
