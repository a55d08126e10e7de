"""What is missing from the stored measurements: the page is written when nothing is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from benchmarks.peers.ratios import PROMISES

__all__ = ["COUNTERS", "MODELS", "PROBES", "missing"]

COUNTERS = ("nnutils", "FlopCounterMode", "torchinfo", "fvcore", "thop", "ptflops")
"""The library's own counter and five others, in the order of the tables."""
MODELS, PROBES = 80, 12
"""Classifiers of the model library, and modules worked out by hand."""
LONGEST = {"specifications, growth": 10_000, "tape, growth": 1_000_000}
"""How far each curve goes: layers, and operations."""


def missing(data: Mapping[str, Any]) -> list[str]:
    """Return what is not measured yet, in words."""
    return list(_missing(data))


def _missing(data: Mapping[str, Any]) -> Iterator[str]:
    for part, many in (("models", MODELS), ("probes", PROBES)):
        if (there := len({one["name"] for one in data[part]})) != many:
            yield f"{many - there} {part}"
        for one in data[part]:
            for name in COUNTERS:
                answer = one["answers"].get(name, {})
                if "macs" not in answer and "error" not in answer:
                    yield f"{name} of {one['name']}"
    measured = {one["promise"] for one in data["ratios"]}
    for promise in PROMISES:
        if promise not in measured:
            yield f"the time of {promise}"
    for promise, longest in LONGEST.items():
        curves = [one for one in data["curves"] if one["promise"] == promise]
        if not curves or any(one["many"][-1] != longest for one in curves):
            yield f"the curve of {promise}"
