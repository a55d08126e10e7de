"""Functions timed in turns, in one process: by the processor time that each takes."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

__all__ = ["ratio_of_times", "seconds_of"]

Call = Callable[[], Any]


def ratio_of_times(ours: Call, theirs: Call, *, turns: int = 11, collector: bool = True) -> float:
    """Return how many times the processor time of ``theirs`` a call of ``ours`` takes.

    The two take turns, so that whatever else the machine does disturbs both alike; each turn gives a ratio,
    and the median of them counts. One call of each goes before. Without ``collector`` Python's garbage
    collector is off while a function runs, and cleans up between the turns.
    """
    return statistics.median(one / other for one, other in _times((ours, theirs), turns, collector))


def seconds_of(ours: Call, *, turns: int = 11, collector: bool = True) -> float:
    """Return the median of the processor times of a call, in seconds, measured in the same way."""
    return statistics.median(one for (one,) in _times((ours,), turns, collector))


def _times(functions: tuple[Call, ...], turns: int, collector: bool) -> Iterator[list[float]]:
    """Yield the processor time of each function, in seconds, turn by turn."""
    for function in functions:
        function()
    was_on = gc.isenabled()
    try:
        for turn in range(turns):
            times = dict.fromkeys(functions, 0.0)
            for function in functions if turn % 2 else functions[::-1]:
                gc.collect()
                gc.enable() if collector else gc.disable()
                start = time.process_time()
                function()
                times[function] = time.process_time() - start
            yield [times[function] for function in functions]
    finally:
        gc.enable() if was_on else gc.disable()
