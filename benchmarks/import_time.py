"""What an import of the library costs beyond the start of Python.

Run it as ``python -m benchmarks.import_time``. Each import runs in a fresh interpreter, in turns with one
that does nothing; the processor time of both is measured.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
from collections.abc import Iterator

from benchmarks.peers.ratios import Ratio, show

__all__ = ["ratios"]

STATEMENTS = (
    "import nnutils",
    "from nnutils import Conv2d, Network, count",
    "import json, dataclasses, inspect, fractions, html, csv",
)
"""The last one, of Python's own modules, says what kind of machine it is; it promises nothing."""
TURNS = 25


def ratios() -> Iterator[Ratio]:
    """Time the imports, in milliseconds."""
    times: dict[str, list[float]] = {statement: [] for statement in STATEMENTS}
    for _ in range(TURNS):
        bare = _milliseconds("pass")
        for statement in STATEMENTS:
            times[statement].append(_milliseconds(statement) - bare)
    *ours, own = (statistics.median(times[statement]) for statement in STATEMENTS)
    for statement, took in zip(STATEMENTS, ours, strict=False):
        yield Ratio("import", f"`{statement}`", f"`{STATEMENTS[-1]}`: {own:.0f} ms", took, None)


def _milliseconds(code: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    # Without `site`: what somebody has installed beside the library is no part of it.
    subprocess.run([sys.executable, "-S", "-c", code], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1e3 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


if __name__ == "__main__":
    show(ratios())
