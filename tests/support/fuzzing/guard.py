"""Runs checks in a process of its own, which is stopped where one takes too long or too much memory.

The bounds hold from outside: a loop in C, such as a power of a million digits, ends as well. Seconds are
those of the processor, so that a busy machine is no fault.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import time
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from support.fuzzing.outcome import FAULTS, OVER_TIME, brief, outcome_of

SECONDS = 2.0
"""So long one input may take."""

MEGABYTES = 500
"""So much memory one input may ask for, beyond what the process had before."""

Note = Callable[[Any, Callable[[Any], object]], str]
"""Runs the check of one input, notes what came of it, and returns that."""


@dataclass
class Fault:
    """An input that went wrong, how, and the error."""

    kind: str
    given: str
    error: str


@dataclass
class Record:
    """What came of a run: outcomes by kind, faults, the slowest input and the largest memory."""

    outcomes: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    slowest: float = 0.0
    slowest_input: str = ""
    megabytes: int = 0
    broken: str = ""
    outcomes_by_input: dict[str, str] = field(default_factory=dict)
    """Filled by ``each`` only: of many inputs it would be large."""

    @property
    def inputs(self) -> int:
        """How many inputs were tried."""
        return sum(self.outcomes.values())

    def note(self, kind: str, given: str, error: str, seconds: float) -> None:
        self.outcomes[kind] = self.outcomes.get(kind, 0) + 1
        if kind in FAULTS:
            self.faults.append(Fault(kind, given, error))
        if seconds > self.slowest:
            self.slowest, self.slowest_input = seconds, given

    def add(self, other: Record) -> None:
        for kind, number in other.outcomes.items():
            self.outcomes[kind] = self.outcomes.get(kind, 0) + number
        self.faults += other.faults
        if other.slowest > self.slowest:
            self.slowest, self.slowest_input = other.slowest, other.slowest_input
        self.megabytes = max(self.megabytes, other.megabytes)


def each(inputs: Iterable[Any], check: Callable[[Any], object], seconds: float = SECONDS) -> Record:
    """Return what comes of some inputs; the ones after a fault that ends the process are tried as well."""
    left, record = list(inputs), Record()
    while left:

        def work(note: Note, those: list[Any] = left) -> None:
            for given in those:
                note(given, check)

        made = guarded(work, seconds, keep=True)
        assert made.inputs, made.broken
        record.add(made)
        record.outcomes_by_input |= made.outcomes_by_input
        left = left[made.inputs :]
    return record


def guarded(
    work: Callable[[Note], None], seconds: float = SECONDS, megabytes: int = MEGABYTES, *, keep: bool = False
) -> Record:
    """Run ``work`` in a forked process, and return what it noted; with ``keep`` also what came of each input.

    ``broken`` says why the process ended before ``work`` did, if not in the middle of an input.
    """
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        _child(work, writing, seconds, megabytes)
    os.close(writing)
    record, begun = Record(), None
    with os.fdopen(reading, encoding="utf-8") as lines:
        for line in lines:
            said = json.loads(line)
            if "begun" in said:
                begun = said["begun"]
            elif "broken" in said:
                record.broken = said["broken"]
            else:
                record.note(said["kind"], begun or "", said["error"], said["seconds"])
                if keep:
                    record.outcomes_by_input[begun or ""] = said["kind"]
                begun = None
    _, status, used = os.wait4(pid, 0)
    record.megabytes = used.ru_maxrss // 1024
    if begun is not None:
        number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        late = number == signal.SIGPROF
        error = f"more than {seconds:g} s" if late else f"the process ended with status {status}"
        record.note(OVER_TIME if late else "foreign", begun, error, seconds if late else 0.0)
    elif status and not record.broken:
        record.broken = f"the process ended with status {status}"
    return record


def _child(work: Callable[[Note], None], writing: int, seconds: float, megabytes: int) -> NoReturn:
    stream = os.fdopen(writing, "w", encoding="utf-8", buffering=1)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)

    def say(**said: object) -> None:
        stream.write(json.dumps(said) + "\n")

    def note(given: Any, check: Callable[[Any], object]) -> str:
        say(begun=brief(given))
        start = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, seconds)
        kind, error = outcome_of(check, given)
        signal.setitimer(signal.ITIMER_PROF, 0)
        say(kind=kind, error=error, seconds=time.process_time() - start)
        return kind

    try:
        _bound_memory(megabytes)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            work(note)
    except BaseException as error:
        say(broken=f"{type(error).__name__}: {error}"[:400])
    finally:
        stream.flush()
        os._exit(0)


def _bound_memory(megabytes: int) -> None:
    """Let the process ask for so much more memory than it has; where Linux does not say how much, for any."""
    statistics = Path("/proc/self/statm")
    if statistics.is_file():
        used = int(statistics.read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + megabytes * 2**20,) * 2)
