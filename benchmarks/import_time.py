"""What an import of the library costs beyond the start of Python.

Run it as ``python -m benchmarks.import_time``. Each import runs in a fresh interpreter, in turns with one
that does nothing; the processor time of both is measured.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping

from benchmarks.peers.ratios import Ratio, show

__all__ = ["ratios"]

STATEMENTS = (
    "import nnutils",
    "from nnutils import Conv2d, Network, count",
    "import json, dataclasses, inspect, fractions, html, csv",
)
"""The last one, of six modules of Python's own, says what kind of machine it is; it promises nothing."""
TURNS = 25


def ratios() -> Iterator[Ratio]:
    """Time the imports, in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        # As an installed library is imported: its bytecode is there, made by the turn that is not counted.
        kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        environment = kept | {"PYTHONPYCACHEPREFIX": folder}
        times: dict[str, list[float]] = {statement: [] for statement in STATEMENTS}
        for turn in range(TURNS + 1):
            bare = _milliseconds("pass", environment)
            for statement in STATEMENTS:
                took = _milliseconds(statement, environment) - bare
                times[statement] += [took] if turn else []
    *ours, own = (statistics.median(times[statement]) for statement in STATEMENTS)
    for statement, took in zip(STATEMENTS, ours, strict=False):
        yield Ratio("import", f"`{statement}`", f"six modules of Python's own ({own:.0f} ms)", took, None)


def _milliseconds(code: str, environment: Mapping[str, str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    # Without `site`: what somebody has installed beside the library is no part of it.
    subprocess.run([sys.executable, "-S", "-c", code], env=environment, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1e3 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


if __name__ == "__main__":
    show(ratios())
