"""Values that are given where a number or a layer is asked for: arrays, long numbers, texts, and worse."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import strategies as st

from nnutils.core.worked import Worked
from nnutils.networks.layers import ReLU

__all__ = ["LONG", "ODD", "NoIndex", "NoText", "mostly", "odd"]


class NoText:
    """A value that cannot even be shown."""

    def __repr__(self) -> str:
        raise RuntimeError("no text")


class NoIndex:
    """A value that fails when it is asked for a whole number."""

    def __index__(self) -> int:
        raise OverflowError("no index")


LONG = 10**5000
ODD: list[Any] = [
    -1, 0, LONG, -LONG, True, None, "x", "", "\ud800", b"3", 1.5, float("nan"), float("inf"), 2j,
    Fraction(1, 2), Fraction(LONG, 7), Worked(1) / 2, np.float32(2), np.array(3), np.array([1, 2]),
    np.array([]),
    np.array([[1, 2], [3, 4]]), np.array(["a"]), [3], (3,), (1, 2, 3),
    [[1]], {3}, {}, {"a": LONG}, object(), NoText(), NoIndex(), range(10**30), int, ReLU(), (LONG, 3), [LONG],
    (np.array([1, 2]), 3),
]  # fmt: skip
"""What nobody should give, and somebody does; without tensors, which need torch."""

# By their places: Hypothesis writes the values of a strategy into its messages, and some cannot be written.
odd = st.integers(0, len(ODD) - 1).map(lambda place: ODD[place])


def mostly(
    usual: st.SearchStrategy[Any], other: st.SearchStrategy[Any] = odd, times: int = 1, of: int = 10
) -> st.SearchStrategy[Any]:
    """What is drawn from ``usual``, and so many times of so many from ``other``.

    Hypothesis itself gives every alternative of every alternative the same share.
    """
    return st.integers(1, of).flatmap(lambda number: other if number > of - times else usual)
