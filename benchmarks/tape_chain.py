"""The cost of an operation on the tape in a chain of a thousand and in one of a million, side by side.

Run it as ``python benchmarks/tape_chain.py``. Both sizes do a million operations in total, taking turns, and
CPU time is measured, so that other programs disturb neither side more than the other. The promise: a ratio
below 2.
"""

from __future__ import annotations

import time
from typing import Any

from nnutils import autodiff

SHORT, LONG, TURNS = 1_000, 1_000_000, 3


def chain(operations: int, keep: bool) -> Any:
    """A function with that many operations; with ``keep`` it holds on to every intermediate value."""

    def function(x: Any) -> Any:
        kept, y = [], x
        for _ in range(operations // 2):
            y = y * 0.999 + x
            if keep:
                kept.append(y)
        return y

    return function


def seconds(operations: int, repetitions: int, keep: bool) -> tuple[float, float]:
    """CPU time of recording and of the reverse sweep."""
    forward = backward = 0.0
    for _ in range(repetitions):
        start = time.process_time()
        trace = autodiff.trace(chain(operations, keep), 1.0)
        recorded = time.process_time()
        trace.gradient()
        backward += time.process_time() - recorded
        forward += recorded - start
    return forward, backward


def main() -> None:
    print("microseconds per operation                 a thousand   a million   ratio")
    for keep in (False, True):
        turns = [(seconds(SHORT, LONG // SHORT, keep), seconds(LONG, 1, keep)) for _ in range(TURNS)]
        totals = [[sum(turn[size][sweep] for turn in turns) / TURNS for size in (0, 1)] for sweep in (0, 1)]
        rows = {
            "forward (recording)": totals[0],
            "backward": totals[1],
            "both": [a + b for a, b in zip(*totals, strict=True)],
        }
        print("every intermediate value kept alive" if keep else "intermediate values dropped")
        for name, (short, long) in rows.items():
            print(f"  {name:38}   {short:10.2f}  {long:10.2f}  {long / short:6.2f}")


if __name__ == "__main__":
    main()
