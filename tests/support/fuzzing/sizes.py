"""Sizes of windows for Hypothesis: one number or two, small ones that fit, and ones of many digits."""

from __future__ import annotations

from hypothesis import strategies as st

Size = int | tuple[int, int]


def sizes(least: int, most: int) -> st.SearchStrategy[Size]:
    """One number, or one for the height and one for the width."""
    one = st.integers(least, most)
    return one | st.tuples(one, one)


def numbers(least: int) -> st.SearchStrategy[int]:
    """Mostly small numbers; some of up to thirty digits, and some that are too small."""
    small = st.integers(least, 30)
    return st.one_of(small, small, small, st.integers(least, 10**30), st.integers(-3, 3))


sides = st.tuples(st.integers(1, 14), st.integers(1, 14))
"""The height and the width of a small input."""
