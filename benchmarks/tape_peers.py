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

from benchmarks.peers.ratios import Curve, Ratio, beside, curve, show
from nnutils import autodiff

__all__ = ["curves", "ratios"]

OPERATIONS = 100_000
SIZES = (1_000, 10_000, 100_000, 1_000_000)
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


WORDS = {chain: "sums and products", mixed: "powers and quotients, too"}


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
    """Yield the times of the tape over those of its peers, and of a long program over those of short ones."""
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 20 * OPERATIONS))  # micrograd sorts by recursion
    for program in (chain, mixed):
        if pair := _scalars(program, OPERATIONS):
            what = f"{OPERATIONS:,} operations on numbers, {WORDS[program]}"
            yield beside("numbers", what, "micrograd", *pair, turns=5)
    for name in ("autograd", "torch"):
        for columns in BATCHES:
            if pair := _arrays(columns, name):
                inputs = "a vector" if columns == 1 else f"{columns} columns"
                what = f"{BLOCKS} residual blocks of {WIDTH} units, {inputs}"
                yield beside(f"arrays, {name}", what, name, *pair, turns=7)
    few, many = SIZES[0], SIZES[-1]
    pair = run(many, 1), run(few, many // few)
    yield beside("tape, growth", f"one of {many:,} operations on numbers", f"one of {few:,}", *pair, turns=1)


def curves() -> Iterator[Curve]:
    """Yield the time of an operation, recorded and swept back, by the length of the program."""
    yield curve(
        "tape, growth", "sums and products, recorded and swept back", "operation", SIZES, run, turns=1
    )


def run(operations: int, times: int) -> Call:
    """Return a call that records a chain and takes its gradient so many times."""

    def call() -> None:
        for _ in range(times):
            autodiff.trace(lambda y, x: chain(y, x, operations), 0.7, 0.3).gradient()

    return call


def main() -> None:
    """Print all ratios, then the curve."""
    show(ratios())
    show(curves())


if __name__ == "__main__":
    main()
