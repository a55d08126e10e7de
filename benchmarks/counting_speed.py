"""Counting torch modules beside torchinfo, and importing the library beside modules of Python's own.

Run it as ``python -m benchmarks.counting_speed``, in an environment that has torchinfo and torchvision
(``requirements-bench.txt``).
"""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from typing import Any

import torch
from torch import nn

from benchmarks.peers.ratios import Ratio
from benchmarks.peers.torchvision_models import torchvision
from benchmarks.side_by_side import ratio_of_times
from nnutils import count

__all__ = ["ratios"]

MANY, SHAPE = 1_000, (3, 16, 16)
OWN = "import json, dataclasses, inspect, fractions, html, csv"
"""Modules of Python's own, of which everybody knows what their import costs."""


def stack() -> nn.Module:
    """Return a thousand convolutions, one after the other."""
    return nn.Sequential(*(nn.Conv2d(3, 3, 3, padding=1) for _ in range(MANY))).eval()


def ratios() -> Iterator[Ratio]:
    """Measure them all."""
    import torchinfo

    torch.set_num_threads(1)
    modules = (
        (f"`count`, {MANY:,} convolutions", stack(), SHAPE),
        ("`count`, ResNet-50", torchvision().models.resnet50(weights=None).eval(), (3, 224, 224)),
    )
    for what, module, shape in modules:
        ours = partial(count, module, shape)
        theirs = partial(torchinfo.summary, module, (1, *shape), verbose=0)
        assert int(ours().total["parameters"]) == theirs().total_params
        for collector, said in ((True, "on"), (False, "off")):
            measured = ratio_of_times(ours, theirs, turns=3, collector=collector)
            yield Ratio(f"{what}, collector {said}", "torchinfo", measured, 1)
    for statement in ("import nnutils", "from nnutils import Conv2d, Network, count"):
        yield Ratio(f"`{statement}`", f"`{OWN}`", _imported(statement), 1)


def _imported(statement: str, turns: int = 15) -> float:
    """Return the median ratio of the processor time of an import to that of Python's own modules."""
    import statistics

    found = []
    for _ in range(turns):
        bare, own, ours = (_seconds(code) for code in ("pass", OWN, statement))
        found.append((ours - bare) / max(own - bare, 1e-4))
    return statistics.median(found)


def _seconds(code: str) -> float:
    before: Any = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True)
    after: Any = resource.getrusage(resource.RUSAGE_CHILDREN)
    return float(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


if __name__ == "__main__":
    for one in ratios():
        print(f"{one.what:55} {one.beside:30} {one.ratio:6.2f}  (at most {one.goal:g})")
