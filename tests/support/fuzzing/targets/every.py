"""All that is fuzzed, in the order of the floors of the house."""

from __future__ import annotations

from support.fuzzing.outcome import Target
from support.fuzzing.targets import audited, layered, numbers, read, traced, typed, windows

__all__ = ["TARGETS"]

TARGETS: tuple[Target, ...] = tuple(
    target
    for module in (numbers, windows, layered, traced, typed, audited, read)
    for target in module.TARGETS
)
