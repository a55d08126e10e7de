"""Plugins of pytest in a forked process: one notes which test reaches which line, one tries a fault."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Generator
from typing import Any

import coverage
import pytest

__all__ = ["HUNG", "Reaching", "Trying"]

HUNG = 77
"""The exit status of a process in which a test took many times as long as it should."""
PATIENCE = 30.0
"""Seconds that a test may take in any case, besides twenty times its own."""
SITES = {"built", "site", "student_site", "build_once", "browser", "page", "pages_in_browser"}
"""Fixtures of tests that build the site or open it, which are left out."""


def needs_a_site(item: pytest.Item) -> bool:
    """Whether a test builds the site, or looks at it."""
    return bool(SITES & set(getattr(item, "fixturenames", ())))


class Reaching:
    """Note the outcome, the duration and the lines of each test; lines of imports go with the number -1."""

    def __init__(self, measured: coverage.Coverage) -> None:
        self.measured = measured
        self.tests: list[dict[str, Any]] = []
        self.starts = False
        sys.addaudithook(self._hear)

    def _hear(self, event: str, _: tuple[Any, ...]) -> None:
        self.starts |= event in {"subprocess.Popen", "os.posix_spawn"}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [item for item in items if not needs_a_site(item)]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        self.measured.switch_context(str(len(self.tests)))
        self.tests.append({"id": item.nodeid, "seconds": 0.0, "passed": False})
        self.starts = False
        try:
            return (yield)
        finally:
            self.tests[-1]["starts"] = self.starts
            self.measured.switch_context("-1")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.tests[-1]["seconds"] += report.duration
        if report.when == "call":
            self.tests[-1]["passed"] = report.passed
        elif report.failed:
            self.tests[-1]["passed"] = False


class Trying:
    """Run tests until one fails or the time is over; a test that hangs ends the process.

    ``wanted`` has the seconds of each test by its name, in order; None stands for all that need no site.
    """

    def __init__(self, wanted: dict[str, float] | None, budget: float) -> None:
        self.wanted = wanted
        self.budget = budget
        self.deadline = 0.0
        self.killer = ""
        self.ran = 0

    def begin(self) -> None:
        """Start the clock."""
        self.deadline = time.monotonic() + self.budget

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        if self.wanted is None:
            items[:] = [item for item in items if not needs_a_site(item)]
            return
        order = {name: number for number, name in enumerate(self.wanted)}
        items[:] = sorted(
            (item for item in items if item.nodeid in order), key=lambda item: order[item.nodeid]
        )

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        signal.signal(signal.SIGALRM, lambda *_: os._exit(HUNG))
        signal.setitimer(signal.ITIMER_REAL, PATIENCE + 20 * (self.wanted or {}).get(item.nodeid, 10.0))
        try:
            return (yield)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            self.ran += 1
            if time.monotonic() > self.deadline:
                item.session.shouldstop = "the time for this fault is over"

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and not self.killer:
            self.killer = report.nodeid

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed and not self.killer:
            self.killer = report.nodeid
