"""How long it takes to make, build and count a specification, and how the time grows with its layers.

Run it as ``python -m benchmarks.networks_scaling``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from benchmarks.peers.ratios import Curve, Ratio, beside, curve, show
from benchmarks.side_by_side import seconds_of
from nnutils import BatchNorm2d, Conv2d, Flatten, Linear, MaxPool2d, Network, ReLU, Residual, count
from nnutils.networks import Layer

__all__ = ["curves", "ratios"]

SIZES = (250, 1_000, 4_000, 10_000)
GOAL = 1_000
"""Layers that are to be counted in 20 ms."""

Call = Callable[[], None]
Kind = Callable[[int], list[Layer]]


def convolutions(n: int) -> list[Layer]:
    return [Conv2d(8, 3, padding=1) for _ in range(n)]


def mixed(n: int) -> list[Layer]:
    kinds: list[Callable[[], Layer]] = [
        lambda: Conv2d(8, 3, padding=1, bias=False),
        BatchNorm2d,
        ReLU,
        lambda: MaxPool2d(3, stride=1, padding=1),
        lambda: Residual([Conv2d(8, 1)]),
    ]
    # A block with a layer inside it is two of the layers that are counted.
    return [kinds[i % 5]() for i in range(n * 5 // 6 - 2)] + [Flatten(), Linear(10)]


KINDS: dict[str, Kind] = {"convolutions": convolutions, "layers of six kinds": mixed}


def parameters(layers: list[Layer]) -> int:
    return int(count(Network((8, 16, 16), layers)).total["parameters"])


def derived(layers: list[Layer]) -> int:
    """Build, count, and ask for every derivation: of all sizes, and of all counts."""
    network = Network((8, 16, 16), layers)
    counts = count(network)
    sizes = sum(size.leaves for step in network.steps for size in step.output_sizes)
    return sizes + sum(one.connections.leaves for one in counts.values()) + counts.total.weights.leaves


def ratios() -> Iterator[Ratio]:
    """Yield the milliseconds of a thousand layers, and the price of a layer among many and among few."""
    for name, kind in KINDS.items():
        on, off = (1e3 * seconds_of(run(GOAL, 1, kind), turns=21, collector=state) for state in (True, False))
        yield Ratio("specifications", f"{GOAL:,} {name}, made, built and counted", "", on, off)
    few, many = SIZES[0], SIZES[-1]
    for name, kind in KINDS.items():
        for what, done, turns in (
            ("built and counted", parameters, 5),
            ("every derivation asked for", derived, 1),
        ):
            pair = run(many, 1, kind, done), run(few, many // few, kind, done)
            yield beside(
                "specifications, growth",
                f"one of {many:,} {name}, {what}",
                f"one of {few}",
                *pair,
                turns=turns,
            )


def curves() -> Iterator[Curve]:
    """Yield the time of a layer by the number of layers."""
    for name, kind in KINDS.items():
        what = f"{name}, made, built and counted"
        yield curve("specifications, growth", what, "layer", SIZES, partial(run, kind=kind))


def run(n: int, times: int, kind: Kind, done: Callable[[list[Layer]], int] = parameters) -> Call:
    """Return a call that makes n layers and does something with them, so many times."""

    def call() -> None:
        for _ in range(times):
            done(kind(n))

    return call


def main() -> None:
    """Print all ratios, then the curves."""
    show(ratios())
    show(curves())


if __name__ == "__main__":
    main()
