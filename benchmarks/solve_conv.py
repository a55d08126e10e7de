"""Solving for the settings of a convolution against scanning for them, side by side.

Run it as ``python benchmarks/solve_conv.py``. All settings that lead from 224 to 55 pixels are asked for,
with a kernel size up to 31, a stride up to 8, a padding up to 30 and a dilation up to 4. A scan tries every
quadruple; ``solve_conv`` tries no padding in vain. The promise: the plain scan takes at least 10 times as
long. Solver and scans take turns and CPU time is measured, so that other programs disturb neither more than
the other; the ratio of each turn is taken by itself, and the median of the ratios is what counts.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from nnutils import NNUtilsError, conv_output_size, solve_conv
from nnutils.networks.solver import ConvSettings

INPUT, OUTPUT = 224, 55
KERNEL_SIZES, STRIDES, PADDINGS, DILATIONS = range(1, 32), range(1, 9), range(31), range(1, 5)
TURNS = 100
SLOW_TURNS = 5


def by_solving() -> list[ConvSettings]:
    return solve_conv(
        INPUT, OUTPUT, kernel_size=KERNEL_SIZES, stride=STRIDES, padding=PADDINGS, dilation=DILATIONS
    )


def by_plain_scan() -> list[ConvSettings]:
    """The formula, written out for each quadruple."""
    found = []
    for k in KERNEL_SIZES:
        for s in STRIDES:
            for p in PADDINGS:
                for d in DILATIONS:
                    reach = d * (k - 1) + 1
                    room = INPUT + 2 * p - reach
                    if room >= 0 and room // s + 1 == OUTPUT and p < reach:
                        found.append(ConvSettings(k, s, p, d))
    return found


def by_careful_scan() -> list[ConvSettings]:
    """The same scan with all that can be taken out of the inner loop taken out."""
    found = []
    for k in KERNEL_SIZES:
        for d in DILATIONS:
            reach = d * (k - 1) + 1
            paddings = [p for p in PADDINGS if p < reach and INPUT + 2 * p >= reach]
            for s in STRIDES:
                for p in paddings:
                    if (INPUT + 2 * p - reach) // s + 1 == OUTPUT:
                        found.append(ConvSettings(k, s, p, d))
    return sorted(found)


def by_checked_scan() -> list[ConvSettings]:
    """A call of ``conv_output_size`` for each quadruple: checked input, and a number with its work."""
    found = []
    for k in KERNEL_SIZES:
        for s in STRIDES:
            for p in PADDINGS:
                for d in DILATIONS:
                    try:
                        size = conv_output_size(INPUT, k, s, p, d)
                    except NNUtilsError:
                        continue
                    if p < d * (k - 1) + 1 and size == OUTPUT:
                        found.append(ConvSettings(k, s, p, d))
    return found


def seconds(function: Callable[[], list[ConvSettings]]) -> float:
    start = time.process_time()
    function()
    return time.process_time() - start


def main() -> None:
    scans = {
        "plain scan": (by_plain_scan, TURNS),
        "careful scan": (by_careful_scan, TURNS),
        "scan with conv_output_size": (by_checked_scan, SLOW_TURNS),
    }
    solutions = by_solving()
    quadruples = len(KERNEL_SIZES) * len(STRIDES) * len(PADDINGS) * len(DILATIONS)
    print(f"{INPUT} -> {OUTPUT}: {len(solutions)} solutions among {quadruples:,} quadruples")
    print(f"{'milliseconds':28}      scan     solve_conv    ratio (median of the turns)")
    for name, (scan, turns) in scans.items():
        assert scan() == solutions, f"{name} and solve_conv disagree"
        pairs = [(seconds(scan), seconds(by_solving)) for _ in range(turns)]
        scanning, solving = (1000 * statistics.median(times) for times in zip(*pairs, strict=True))
        ratio = statistics.median(slow / fast for slow, fast in pairs)
        print(f"{name:28}  {scanning:8.2f}   {solving:10.2f}   {ratio:8.1f}")


if __name__ == "__main__":
    main()
