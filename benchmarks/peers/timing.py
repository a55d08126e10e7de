"""Runs each benchmark of time in a process of its own, on one thread, and returns what it measured."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

__all__ = ["SOURCES", "measured"]

SOURCES = {
    "ratios": (
        "counting_speed",
        "import_time",
        "networks_scaling",
        "tape_peers",
        "convolving_speed",
        "solve_conv",
    ),
    "curves": ("networks_scaling", "tape_peers"),
}
"""The benchmarks that measure each part, by a function of its name."""

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""A thread that waits for another counts as processor time, so nobody gets a second one."""


def measured(part: str) -> Iterator[list[dict[str, Any]]]:
    """Yield the elements of a part, benchmark by benchmark; one that fails is said and left out."""
    for source in SOURCES[part]:
        run = subprocess.run(
            [sys.executable, "-m", "benchmarks.peers.timing", part, source],
            env=os.environ | ONE_THREAD,
            stdout=subprocess.PIPE,
            text=True,
        )
        if run.returncode:
            print(
                f"benchmarks/{source}.py failed; run it by itself: python -m benchmarks.{source}", flush=True
            )
        yield [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]


if __name__ == "__main__":
    part, source = sys.argv[1:]
    for one in getattr(importlib.import_module(f"benchmarks.{source}"), part)():
        print(json.dumps(asdict(one), ensure_ascii=False), flush=True)
