"""Which promises of time the stored measurements keep, and why the others are missed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from benchmarks.peers.ratios import PROMISES

__all__ = ["REASONS", "figure", "judged", "kept", "worst"]

REASONS: dict[str, str] = {
    "torch modules": (
        "These layers are so small that running them costs next to nothing. What is left is the price of a "
        "call: `count` sees every operator, and notes all that the module holds in order to put it back, "
        "where torchinfo looks at each layer once. On ResNet-50, whose layers have work to do, `count` is "
        "ahead, since it runs them without data."
    ),
    "arrays, autograd": (
        "On one vector and on 32 columns the tape is ahead. Both tapes call the same matrix products of "
        "NumPy, which take more of the time the more columns there are."
    ),
    "import": (
        "Most of this is Python's own: its modules `typing`, `dataclasses` and `fractions`, and the code "
        "that `dataclasses` writes for each kind of layer. `import nnutils` alone loads no layer, and keeps "
        "the goal."
    ),
    "specifications, growth": (
        "Python's garbage collector is what grows: it looks through all derivations that are alive, again "
        "and again while more are made. Without the collector the goal is kept."
    ),
}
"""Why a promise is missed, by its key: one for each that is, and for no other."""


def worst(data: Mapping[str, Any], promise: str) -> Mapping[str, Any]:
    """Return the measurement of a promise that is furthest from it."""
    return max((one for one in data["ratios"] if one["promise"] == promise), key=judged)


def judged(one: Mapping[str, Any]) -> float:
    """Return the figure that is held against the promise: the larger one, or that without the collector."""
    if PROMISES[one["promise"]].collector_off_only:
        return float(one["off"])
    return float(max(one["on"], one["off"] or 0))


def kept(data: Mapping[str, Any], promise: str) -> bool:
    """Return whether every measurement keeps a promise."""
    return judged(worst(data, promise)) <= PROMISES[promise].at_most


def figure(number: float) -> str:
    """Return a time or a ratio to two decimals, and to whole numbers from ten on.

    >>> figure(0.3449), figure(1.049), figure(17.3), figure(216.1)
    ('0.34', '1.05', '17', '216')
    """
    return f"{number:.0f}" if number >= 9.95 else f"{number:.2f}"
