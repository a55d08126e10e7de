"""Every ratio of time that the library promises, each with its goal."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["SOURCES", "Ratio", "measured"]

SOURCES = ()
"""The benchmarks that measure ratios; each has a function ``ratios``."""


@dataclass(frozen=True)
class Ratio:
    """What was timed against what, how many times as long it took, and at most how many it may take."""

    what: str
    beside: str
    ratio: float
    goal: float

    @property
    def met(self) -> bool:
        """Whether the goal is reached, to the two digits that are shown."""
        return float(f"{self.ratio:.2g}") <= self.goal


def measured() -> Iterator[Ratio]:
    """Measure them all, one benchmark after the other."""
    for name in SOURCES:
        yield from importlib.import_module(f"benchmarks.{name}").ratios()
