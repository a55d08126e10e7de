"""``numerics.conv2d`` beside SciPy, for one channel, and beside torch, on AlexNet's layers.

Run it as ``python -m benchmarks.convolving_speed``; it needs SciPy and torch. The results are equal, and both
sides have one thread.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

# One thread each, and set before NumPy reads it: threads that wait would count as processor time.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import torch
from scipy import signal

from benchmarks.peers.ratios import Ratio, beside, show
from nnutils.numerics import conv2d

__all__ = ["ratios"]

Call = Callable[[], Any]

SINGLE_CHANNEL = ((32, 3), (64, 3), (128, 5), (256, 11), (512, 3))
"""Sides of an image and of a kernel."""
ALEXNET = (  # input shape, output channels, kernel size, stride, padding, groups
    ((3, 227, 227), 96, 11, 4, 0, 1),
    ((96, 27, 27), 256, 5, 1, 2, 2),
    ((256, 13, 13), 384, 3, 1, 1, 1),
    ((384, 13, 13), 384, 3, 1, 1, 2),
    ((384, 13, 13), 256, 3, 1, 1, 2),
)


def ratios() -> Iterator[Ratio]:
    """Convolve the same numbers by both."""
    torch.set_num_threads(1)
    yield from _one_channel()
    yield from _alexnet()


def _one_channel() -> Iterator[Ratio]:
    for side, k in SINGLE_CHANNEL:
        random = np.random.default_rng(0)
        x, w = random.normal(size=(side, side)), random.normal(size=(k, k))
        ours, theirs = partial(conv2d, x[None], w[None, None]), partial(signal.correlate2d, x, w, "valid")
        assert np.allclose(ours()[0], theirs())
        what = f"`conv2d`, {side} × {side}, kernel {k} × {k}"
        yield beside(
            "conv2d, one channel",
            what,
            "`scipy.signal.correlate2d`",
            _often(ours, side),
            _often(theirs, side),
            turns=5,
        )


def _often(call: Call, side: int) -> Call:
    """Return a call that does as much for a small image as for the largest one."""
    times = max(1, (SINGLE_CHANNEL[-1][0] // side) ** 2 // 8)

    def calls() -> None:
        for _ in range(times):
            call()

    return calls


def _alexnet() -> Iterator[Ratio]:
    for number, (shape, out_channels, k, stride, padding, groups) in enumerate(ALEXNET, 1):
        random = np.random.default_rng(0)
        x: Any = random.normal(size=shape).astype(np.float32)
        w: Any = random.normal(size=(out_channels, shape[0] // groups, k, k)).astype(np.float32)
        settings: tuple[Any, ...] = (None, stride, padding, 1, groups)
        ours = partial(conv2d, x, w, *settings)
        theirs = partial(
            torch.nn.functional.conv2d, torch.from_numpy(x)[None], torch.from_numpy(w), *settings
        )
        assert np.allclose(ours(), theirs()[0].numpy(), rtol=1e-3, atol=1e-3)
        what = f"`conv2d`, AlexNet's convolution {number}"
        yield beside("conv2d, AlexNet", what, "torch, one thread", ours, theirs, turns=5)


if __name__ == "__main__":
    show(ratios())
