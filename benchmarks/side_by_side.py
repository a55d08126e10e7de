"""Two functions timed in turns, in one process: the median of the ratios of their processor times."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from typing import Any

__all__ = ["ratio_of_times"]


def ratio_of_times(
    ours: Callable[[], Any], theirs: Callable[[], Any], *, turns: int = 11, collector: bool = True
) -> float:
    """Return how many times the processor time of ``theirs`` a call of ``ours`` takes.

    The two take turns, so that whatever else the machine does disturbs both alike; each turn gives a ratio,
    and the median of them counts. One call of each goes before. Without ``collector`` Python's garbage
    collector is off while a function runs, and cleans up between the turns.
    """
    ours(), theirs()
    was_on, ratios = gc.isenabled(), []
    try:
        for turn in range(turns):
            times = {}
            for function in (ours, theirs) if turn % 2 else (theirs, ours):
                gc.collect()
                gc.enable() if collector else gc.disable()
                start = time.process_time()
                function()
                times[function] = time.process_time() - start
            ratios.append(times[ours] / times[theirs])
    finally:
        gc.enable() if was_on else gc.disable()
    return statistics.median(ratios)
