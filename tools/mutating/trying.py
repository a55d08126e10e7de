"""Which tests are run on a fault, in which order, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from tools.mutating.children import Child, run_all, try_slow, try_tests
from tools.mutating.faults import Fault
from tools.mutating.reach import Reach, Test
from tools.mutating.sampling import package_of
from tools.mutating.scratch import Scratch
from tools.mutating.watching import HUNG

__all__ = ["Outcome", "order", "outcomes"]

NEAR, FAR = 15.0, 30.0  # seconds of quick tests: the first ones, then more
SLOW_SECONDS = 90.0  # of those marked as slow
FILES = 12  # of tests that are loaded at a time
SLACK = 180.0  # seconds, after which a process that answers to nothing is ended


@dataclass(frozen=True)
class Outcome:
    """What became of a fault: ``caught``, ``hung`` or ``survived``, by which test, and how many ran."""

    fault: Fault
    how: str
    by: str
    ran: int


def order(fault: Fault, reach: Reach) -> list[Test]:
    """Return the tests for a fault, the likeliest and fastest first.

    First those that run its lines, then those that run others of its module or stand in a file named like it
    (what a cache gave them may be wrong now), then those of its package that start processes. Of many cases
    of one test the first go first.
    """
    module = fault.module
    direct = reach.between(module, *fault.body) or reach.between(module, fault.first, fault.last)
    whole = reach.between(module, 1, 10**6)
    package = package_of(module)
    stem = PurePosixPath(module).stem
    beside = {
        number
        for number, test in enumerate(reach.tests)
        if test.package == package and (test.starts or _is_named_like(test, stem))
    }
    if not (direct or whole):
        whole = reach.importers.get(module, set())
    cases: dict[str, int] = {}
    keyed = []
    for number in sorted(direct | whole | beside, key=lambda number: reach.tests[number].seconds):
        test = reach.tests[number]
        function = test.name.split("[")[0]
        cases[function] = cases.get(function, -1) + 1
        named = test.name.split("::")[0] == module or _is_named_like(test, stem)
        tier = (0 if number in direct else 3) + (0 if test.package == package and named else 1)
        tier += test.package != package
        keyed.append(((tier, cases[function] // 3, test.seconds), test))
    return [test for _, test in sorted(keyed, key=lambda pair: pair[0])]


def _is_named_like(test: Test, stem: str) -> bool:
    return stem.rstrip("s") in PurePosixPath(test.name.split("::")[0]).stem


def _batch(tests: list[Test], seconds: float) -> dict[str, float]:
    """The first tests that take so long together, out of so many files."""
    wanted: dict[str, float] = {}
    files: set[str] = set()
    for test in tests:
        file = test.name.split("::")[0]
        if len(files) >= FILES and file not in files:
            continue
        if seconds - test.seconds < 0 and wanted:
            continue
        files.add(file)
        wanted[test.name] = test.seconds
        seconds -= test.seconds
    return wanted


def outcomes(
    faults: list[Fault], sources: Mapping[str, str], reach: Reach, copies: list[Scratch]
) -> Iterator[Outcome]:
    """Try each fault with the first tests for it, what survives with more, and with slow ones."""
    left = {fault: order(fault, reach) for fault in faults}
    ran = dict.fromkeys(faults, 0)
    for seconds in (NEAR, FAR, 0.0):
        children = []
        for fault, tests in left.items():
            wanted = _batch(tests, seconds) if seconds else {}
            left[fault] = [test for test in tests if test.name not in wanted]
            files = [] if seconds else slow_files(copies[0].folder, fault.module)
            if wanted or files:
                change = fault.module, fault.applied(sources[fault.module])
                work = try_tests(wanted, 2 * seconds) if wanted else try_slow(files, SLOW_SECONDS)
                children.append(Child(work, SLACK + (2 * seconds or SLOW_SECONDS), change, fault))
        for child in run_all(children, copies):
            fault, said = child.about, child.said
            ran[fault] += said.get("ran", 0)
            if said["status"] in (None, HUNG):
                yield Outcome(fault, "hung", "", ran[fault])
            elif said.get("killer") or said.get("pytest") not in (0, 2, 5):  # 2: the time is over; 5: no test
                yield Outcome(fault, "caught", said.get("killer") or "when it was loaded", ran[fault])
            else:
                continue
            del left[fault]
    for fault in left:
        yield Outcome(fault, "survived", "", ran[fault])


def slow_files(root: Path, module: str) -> list[str]:
    """Return the files with tests marked as slow that are nearest to a module: by name, then by folder."""
    package, stem = package_of(module), PurePosixPath(module).stem.rstrip("s")
    folder = PurePosixPath("tests", *PurePosixPath(module).parent.parts[1:])
    ranked = []
    for path in sorted((root / "tests" / package).rglob("test_*.py")) if package else []:
        if "mark.slow" in path.read_text(encoding="utf-8"):
            name = path.relative_to(root)
            near = (stem not in path.stem, folder.as_posix() not in name.as_posix())
            ranked.append((near, name.as_posix()))
    return [name for _, name in sorted(ranked)][:6]
