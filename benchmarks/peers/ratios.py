"""What the library promises of time, and how a measured time is held against it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.side_by_side import ratio_of_times, seconds_of

__all__ = ["PROMISES", "Curve", "Promise", "Ratio", "beside", "curve", "show"]

Call = Callable[[], Any]


@dataclass(frozen=True)
class Promise:
    """What is promised: at most so many times as long, or so many milliseconds where ``unit`` says so.

    ``collector_off_only`` says that only the time with Python's garbage collector off is promised.
    """

    words: str
    at_most: float
    unit: str = ""
    collector_off_only: bool = False


PROMISES = {
    "torch modules": Promise("Torch modules are counted as quickly as by torchinfo.", 1),
    "specifications": Promise("A specification of 1,000 layers is built and counted in 20 ms.", 20, "ms"),
    "import": Promise("An import takes 30 ms beyond the start of Python.", 30, "ms"),
    "arrays, autograd": Promise("The tape of arrays is as quick as HIPS autograd.", 1),
    "arrays, torch": Promise("The tape of arrays takes at most twice the time of torch.", 2),
    "numbers": Promise(
        "The tape of numbers takes at most half the time of micrograd, both without the collector.",
        0.5,
        collector_off_only=True,
    ),
    "conv2d, one channel": Promise("`conv2d` of one channel is as quick as SciPy.", 1),
    "conv2d, AlexNet": Promise("`conv2d` takes at most three times as long as torch on AlexNet's layers.", 3),
    "solve_conv": Promise("`solve_conv` is ahead of a scan of all settings, from 84 quadruples up.", 1),
    "specifications, growth": Promise("A layer costs as much among 10,000 as among 250.", 1.25),
    "tape, growth": Promise("An operation costs as much among a million as among a thousand.", 2),
}
"""The promises by their keys. A growth leaves room for memory: a cache holds a short program, no long one."""


@dataclass(frozen=True)
class Ratio:
    """What was timed for which promise, beside what, with the garbage collector on and off.

    ``off`` is None where the collector is that of another process, for an import.
    """

    promise: str
    name: str
    beside: str
    on: float
    off: float | None


@dataclass(frozen=True)
class Curve:
    """The time of one of ``of``, in microseconds, by how many there are, with the collector on and off."""

    promise: str
    name: str
    of: str
    many: tuple[int, ...]
    on: tuple[float, ...]
    off: tuple[float, ...]


def beside(promise: str, what: str, peer: str, ours: Call, theirs: Call, turns: int) -> Ratio:
    """Time two functions in turns, with the collector on and off."""
    on, off = (ratio_of_times(ours, theirs, turns=turns, collector=state) for state in (True, False))
    return Ratio(promise, what, peer, on, off)


def curve(
    promise: str, what: str, of: str, many: tuple[int, ...], run: Callable[[int, int], Call], turns: int = 3
) -> Curve:
    """Time sizes that make as many in all; ``run(n, times)`` returns a call that does n, so often."""
    times = [
        [1e6 / many[-1] * seconds_of(run(n, many[-1] // n), turns=turns, collector=state) for n in many]
        for state in (True, False)
    ]
    return Curve(promise, what, of, many, tuple(times[0]), tuple(times[1]))


def show(found: Iterator[Ratio | Curve]) -> None:
    """Print what was measured, each as soon as it is there."""
    for one in found:
        goal = PROMISES[one.promise]
        if isinstance(one, Ratio):
            off = "" if one.off is None else f"{one.off:8.3g}"
            figures = f"{one.on:8.3g}{off:8} {goal.unit:2} (at most {goal.at_most:g})"
            print(f"{one.name:60} {one.beside:28} {figures}", flush=True)
        else:
            print(f"{one.name}: microseconds for one of {one.of}, collector on and off", flush=True)
            for n, on, off in zip(one.many, one.on, one.off, strict=True):
                print(f"{n:12,} {on:8.2f} {off:8.2f}")
