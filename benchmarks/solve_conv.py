"""Solving for the settings of a convolution against trying all of them, by NumPy and by a loop.

Run it as ``python -m benchmarks.solve_conv``. Both find the same settings. The promise is about NumPy, which
tries all quadruples at once; the loop is there to compare with.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial

import numpy as np

from benchmarks.peers.ratios import Ratio, beside, show
from benchmarks.side_by_side import ratio_of_times
from nnutils import solve_conv
from nnutils.networks.solver import ConvSettings

__all__ = ["ratios"]

Grid = tuple[int, int, range, range, range, range]

GRIDS: tuple[Grid, ...] = (  # input, output, kernel sizes, strides, paddings, dilations
    (32, 16, range(2, 9), range(1, 4), range(4), range(1, 2)),
    (64, 32, range(1, 12), range(1, 5), range(8), range(1, 3)),
    (224, 55, range(1, 32), range(1, 9), range(31), range(1, 5)),
    (224, 55, range(1, 64), range(1, 17), range(64), range(1, 9)),
)


def solved(asked: Grid) -> list[ConvSettings]:
    before, after, k, s, p, d = asked
    return solve_conv(before, after, kernel_size=k, stride=s, padding=p, dilation=d)


def scanned(asked: Grid) -> list[ConvSettings]:
    """Try all quadruples at once."""
    before, after, *choices = asked
    k, s, p, d = np.ix_(*(np.arange(choice.start, choice.stop) for choice in choices))
    reach = d * (k - 1) + 1
    room = before + 2 * p - reach
    found = np.nonzero((room // s == after - 1) & (room >= 0) & (p < reach))
    columns = [(place + choice.start).tolist() for place, choice in zip(found, choices, strict=True)]
    return list(map(ConvSettings._make, zip(*columns, strict=True)))


def looped(asked: Grid) -> list[ConvSettings]:
    """Try one quadruple after the other: the formula, written out."""
    before, after, *choices = asked
    found = []
    for k in choices[0]:
        for s in choices[1]:
            for p in choices[2]:
                for d in choices[3]:
                    reach = d * (k - 1) + 1
                    room = before + 2 * p - reach
                    if room >= 0 and room // s + 1 == after and p < reach:
                        found.append(ConvSettings(k, s, p, d))
    return found


def ratios() -> Iterator[Ratio]:
    """Ask for the settings of larger and larger grids."""
    for asked in GRIDS:
        assert solved(asked) == scanned(asked)
        what = f"`solve_conv`, {math.prod(map(len, asked[2:])):,} quadruples"
        ours, theirs = partial(solved, asked), partial(scanned, asked)
        yield beside("solve_conv", what, "all tried by NumPy", ours, theirs, turns=61)


def main() -> None:
    show(ratios())
    for asked in GRIDS:
        assert solved(asked) == looped(asked)
        ratio = ratio_of_times(partial(looped, asked), partial(solved, asked), turns=5)
        print(f"{math.prod(map(len, asked[2:])):9,} quadruples: the loop takes {ratio:.1f} times as long")


if __name__ == "__main__":
    main()
