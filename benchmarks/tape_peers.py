"""The tape beside its peers, micrograd for numbers, HIPS autograd and torch for arrays; how its time grows.

Run it as ``python -m benchmarks.tape_peers``. A peer that is not installed is named and left out. Values and
gradients are found equal before anything is timed, and both sides take turns in one process. The tape's side
includes what a user gets: inputs copied, every result and every gradient checked to be finite.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

# One thread each, and set before NumPy reads it: threads that wait would count as processor time.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

from benchmarks.peers.ratios import Ratio
from benchmarks.side_by_side import ratio_of_times
from nnutils import autodiff

__all__ = ["ratios"]

OPERATIONS = 100_000
SIZES = (10_000, 100_000, 1_000_000)
WIDTH, BLOCKS = 256, 8
BATCHES = (1, 32, 256)
"""Columns of the input of the residual blocks; 1 is a vector."""

Call = Callable[[], Any]


def chain(y: Any, x: Any, operations: int) -> Any:
    """Add and multiply in turns."""
    for _ in range(operations // 2):
        y = y * 0.999 + x
    return y


def mixed(y: Any, x: Any, operations: int) -> Any:
    """Sum, product, power, difference and quotient, of numbers that stay near one."""
    for _ in range(operations // 5):
        y = ((y * x + 2) ** 2 - x) / 8
    return y


def residual_blocks(xp: Any, x: Any, weights: Any) -> Any:
    """Return the sum over ``x + V relu(W x)``, repeated for each pair of weights."""
    for W, V in zip(weights[::2], weights[1::2], strict=True):
        x = x + V @ xp.relu(W @ x)
    return xp.sum(x)


def _peer(name: str) -> ModuleType | None:
    try:
        return importlib.import_module(name)
    except ImportError:
        print(f"{name} is not installed: its ratios are left out (pip install -r requirements-bench.txt).")
        return None


def _scalars(program: Callable[..., Any], operations: int) -> tuple[Call, Call] | None:
    """Return value and gradients of a program by the tape and by micrograd, which are equal."""
    micrograd = _peer("micrograd.engine")
    if micrograd is None:
        return None

    def ours() -> tuple[float, ...]:
        t = autodiff.trace(lambda y, x: program(y, x, operations), 0.7, 0.3)
        return (t.value, *t.gradient())

    def theirs() -> tuple[float, ...]:
        y, x = micrograd.Value(0.7), micrograd.Value(0.3)
        out = program(y, x, operations)
        out.backward()
        return out.data, y.grad, x.grad

    np.testing.assert_allclose(ours(), theirs(), rtol=1e-9)
    return ours, theirs


def _arrays(columns: int, name: str) -> tuple[Call, Call] | None:
    """Return value and gradients of the residual blocks by the tape and by a peer, which are equal."""
    peer = _peer(name)
    if peer is None:
        return None
    random = np.random.default_rng(0)
    weights = [random.normal(size=(WIDTH, WIDTH)) / WIDTH for _ in range(2 * BLOCKS)]
    x = random.normal(size=(WIDTH, columns) if columns > 1 else WIDTH)

    def ours() -> list[Any]:
        t = autodiff.trace(lambda x, *weights: residual_blocks(autodiff, x, weights), x, *weights)
        return [t.value, *t.gradient()]

    theirs = {"autograd": _by_autograd, "torch": _by_torch}[name](peer, x, weights)
    for mine, other in zip(ours(), theirs(), strict=True):
        np.testing.assert_allclose(mine, np.asarray(other), rtol=1e-9, atol=1e-12)
    return ours, theirs


def _by_autograd(autograd: Any, x: Any, weights: list[Any]) -> Call:
    numpy = importlib.import_module("autograd.numpy")

    class Functions:
        sum = numpy.sum

        @staticmethod
        def relu(x: Any) -> Any:
            return numpy.maximum(x, 0.0)

    both = autograd.value_and_grad(
        lambda x, *weights: residual_blocks(Functions, x, weights), tuple(range(1 + len(weights)))
    )

    def call() -> list[Any]:
        value, gradients = both(x, *weights)
        return [value, *gradients]

    return call


def _by_torch(torch: Any, x: Any, weights: list[Any]) -> Call:
    def call() -> list[Any]:
        # Copied, as the tape does, so that a later change of the caller's arrays changes nothing.
        leaves = [torch.tensor(array).requires_grad_() for array in (x, *weights)]
        value = residual_blocks(torch, leaves[0], leaves[1:])
        return [value.detach(), *torch.autograd.grad(value, leaves)]

    return call


def ratios() -> Iterator[Ratio]:
    """Yield the times of the tape over those of its peers, with Python's garbage collector on and off."""
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 20 * OPERATIONS))  # micrograd sorts by recursion
    for program in (chain, mixed):
        pair = _scalars(program, OPERATIONS)
        for collector in (False, True) if pair else ():
            assert pair is not None
            what = f"{OPERATIONS:,} operations on numbers ({program.__name__}), collector {_state(collector)}"
            yield Ratio(what, "micrograd", ratio_of_times(*pair, collector=collector, turns=5), 0.5)
    for name, goal in (("autograd", 1.0), ("torch", 2.0)):
        for columns in BATCHES:
            pair = _arrays(columns, name)
            for collector in (False, True) if pair else ():
                assert pair is not None
                what = (
                    f"{BLOCKS} residual blocks, n = {WIDTH}, "
                    f"{'a vector' if columns == 1 else f'{columns} columns'}, collector {_state(collector)}"
                )
                yield Ratio(what, name, ratio_of_times(*pair, collector=collector, turns=7), goal)


def growth() -> Iterator[tuple[int, float]]:
    """Yield the time of an operation in a long program over that in a program of a tenth of its length."""
    for short, long in zip(SIZES[:-1], SIZES[1:], strict=True):

        def run(operations: int, times: int) -> None:
            for _ in range(times):
                autodiff.trace(lambda y, x: chain(y, x, operations), 0.7, 0.3).gradient()

        pair = (lambda long=long: run(long, 1)), (lambda short=short, long=long: run(short, long // short))
        yield long, ratio_of_times(*pair, turns=3)


def _state(collector: bool) -> str:
    return "on" if collector else "off"


def main() -> None:
    """Print all ratios, then the curve."""
    for ratio in ratios():
        print(
            f"{ratio.what:75} {ratio.beside:10} {ratio.ratio:5.2f}  (at most {ratio.goal:g})"
            f"{'' if ratio.met else '  MISSED'}"
        )
    for operations, times in growth():
        print(f"an operation of {operations:,} beside one of {operations // 10:,}: {times:.2f}")


if __name__ == "__main__":
    main()
