"""Processes forked from one that has loaded what loads slowly; each runs pytest in a copy of the tree."""

from __future__ import annotations

import importlib
import json
import multiprocessing
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

import coverage
import pytest

from tools.mutating.scratch import Scratch
from tools.mutating.watching import Reaching, Trying

__all__ = ["Child", "load", "reach", "run_all", "try_slow", "try_tests"]

# Imported once. nnutils is not among them: each process imports the one of its own copy.
HEAVY = ("numpy", "torch", "torch.nn.functional", "matplotlib.pyplot", "matplotlib.backends.backend_svg",
         "hypothesis.strategies", "IPython", "nbformat", "nbval.plugin", "nbclient", "sympy", "bs4", "yaml",
         "PIL.Image", "lark", "fontTools.subset", "sphinx.application", "docutils.core", "brotli", "tinycss2",
         "pypdf", "xml.etree.ElementTree", "unittest.mock")  # fmt: skip
OPTIONS = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-o", "addopts=", "--import-mode=importlib",
           "--doctest-modules"]  # fmt: skip
QUICK = ["-m", "not slow and not variants"]
SLOW = ["-m", "slow and not variants"]
MEMORY = 6 << 30


@dataclass
class Child:
    """Work for a process: ``work`` gets the folder of the copy and a file to write to; ``fault`` is a module
    and its text."""

    work: Callable[[Path, Path], None]
    limit: float
    fault: tuple[str, str] | None = None
    about: Any = None
    said: dict[str, Any] = field(default_factory=dict)


def load() -> None:
    """Import what the tests share and does not depend on the tree."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ["MPLBACKEND"] = "agg"
    for name in HEAVY:
        with suppress(ImportError):
            importlib.import_module(name)
    os.environ.pop("MPLBACKEND")


def run_all(children: Iterable[Child], copies: list[Scratch]) -> Iterator[Child]:
    """Run each child in a copy that is free, and yield it when it ends, with what it said."""
    context = multiprocessing.get_context("fork")
    waiting, free = iter(children), list(copies)
    running: list[tuple[Child, Scratch, Any, str, float]] = []
    more = True
    while more or running:
        while more and free:
            child = next(waiting, None)
            if child is None:
                more = False
                break
            copy = free.pop()
            before = copy.put(*child.fault) if child.fault else ""
            process = context.Process(target=_in_child, args=(child, copy.folder))
            process.start()
            running.append((child, copy, process, before, time.monotonic() + child.limit))
        if running:
            soonest = max(0.0, min(deadline for *_, deadline in running) - time.monotonic())
            wait([process.sentinel for _, _, process, _, _ in running], timeout=soonest + 0.1)
        for entry in list(running):
            child, copy, process, before, deadline = entry
            late = time.monotonic() > deadline
            if process.exitcode is None and not late:
                continue
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # the group that the child opened, and what it started
            process.join()
            if child.fault:
                copy.put(child.fault[0], before)
            out = copy.folder / ".said.json"
            child.said = {"status": None if late else process.exitcode}
            with suppress(OSError, ValueError):
                child.said |= json.loads(out.read_text(encoding="utf-8"))
            out.unlink(missing_ok=True)
            running.remove(entry)
            free.append(copy)
            yield child


def _in_child(child: Child, folder: Path) -> None:
    os.setsid()
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    os.chdir(folder)
    log = os.open(folder / ".log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in (1, 2):
        os.dup2(log, stream)
    os.environ |= {"PYTHONPATH": str(folder), "OMP_NUM_THREADS": "1"}
    # this tree's tools are loaded, and are not what is tried; tests of tools import the copy's
    for name in [name for name in sys.modules if name.split(".")[0] in {"nnutils", "tools", "support"}]:
        del sys.modules[name]
    sys.path[:] = [str(folder), *(path for path in sys.path if path and Path(path) != Path.cwd())]
    child.work(folder, folder / ".said.json")
    os._exit(0)


def reach(files: list[str]) -> Callable[[Path, Path], None]:
    """Work: run the tests of some files, and note which lines of nnutils each reaches."""

    def work(folder: Path, out: Path) -> None:
        measured = coverage.Coverage(data_file=None, source=[str(folder / "nnutils")], config_file=False)
        measured.start()
        measured.switch_context("-1")
        watch = Reaching(measured)
        known = files[0].startswith("tests/") and (folder / "tests" / "conftest.py").exists()
        fewer = ["--hypothesis-profile=quick"] if known else []  # which that conftest.py registers
        status = pytest.main([*OPTIONS, *QUICK, *fewer, *files], plugins=[watch])
        measured.stop()
        data = measured.get_data()
        lines = {
            Path(name).relative_to(folder).as_posix(): {
                str(line): [int(context) for context in contexts if context]
                for line, contexts in data.contexts_by_lineno(name).items()
            }
            for name in data.measured_files()
        }
        out.write_text(json.dumps({"pytest": int(status), "tests": watch.tests, "lines": lines}))

    return work


def try_tests(wanted: dict[str, float], budget: float) -> Callable[[Path, Path], None]:
    """Work: run the tests named, in this order, until one fails."""
    files = list(dict.fromkeys(name.split("::")[0] for name in wanted))
    return _trying(Trying(wanted, budget), ["-m", "not variants", *files])


def try_slow(files: list[str], budget: float) -> Callable[[Path, Path], None]:
    """Work: run the tests of some files that are marked as slow, until one fails."""
    return _trying(Trying(None, budget), [*SLOW, *files])


def _trying(watch: Trying, arguments: list[str]) -> Callable[[Path, Path], None]:
    def work(_: Path, out: Path) -> None:
        watch.begin()
        status = pytest.main([*OPTIONS, "-x", *arguments], plugins=[watch])
        out.write_text(json.dumps({"pytest": int(status), "killer": watch.killer, "ran": watch.ran}))

    return work
