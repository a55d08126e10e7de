"""What sheet 002 states about the sizes and weights of a small CNN, judged.

The sheet writes shapes as height x width x channels, so ours are turned round before they are compared. The
shapes and the weights are those of torch layers, run once. Where the sheet puts numbers into its formula,
these are judged apart from the result: its floors and a factor 0 hide some of them. What the question gives
is counted as given.

The question asks for the number of scalars, so an answer that stops at the three factors is incomplete.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

import torch

from nnutils.audit import Audit

__all__ = ["audit"]

INPUT_SHAPE = (3, 256, 256)
WINDOW = 5
"""The height and width of a window of the pooling; its stride follows from "non-overlapping"."""


def audit() -> Audit:
    """Return the judged audit: shapes and weights from torch, the formula by counting windows."""
    judged = Audit.of(__file__)
    _judge_formula(judged)
    judged.check("002-q6-input", _turned(INPUT_SHAPE))
    convolutions = (
        torch.nn.Conv2d(3, 64, 8, 2, bias=False),
        torch.nn.Conv2d(64, 128, 4, padding=1, bias=False),
    )
    layers = dict(
        zip(("conv1", "pool", "conv2"), (convolutions[0], _pooling(), convolutions[1]), strict=True)
    )
    x = torch.zeros(1, *INPUT_SHAPE)
    for name, layer in layers.items():
        channels = x.shape[1]
        x = _judge_layer(judged, name, layer, x)
    judged.check("002-q6-last-input-channels", channels)
    height, width, depth = _turned(x.shape[1:])
    answer = [f"the factors {height} * {width} * {depth}", f"the number {x.numel():,}"]
    judged.check("002-q6-scalars", answer)
    weights = sum(tensor.numel() for tensor in convolutions[1].parameters())
    for name in ("weights", "weights-factors", "weights-product"):
        judged.check(f"002-q6-{name}", weights)
    judged.figures.update(scalars=x.numel(), layers=len(layers))
    return judged


def _pooling() -> torch.nn.MaxPool2d:
    """Return the pooling with the smallest stride at which neighbouring windows share no pixel."""
    window = set(range(WINDOW))
    stride = next(s for s in range(1, 10) if window.isdisjoint(tap + s for tap in window))
    return torch.nn.MaxPool2d(WINDOW, stride)


def _turned(shape: Sequence[int]) -> tuple[int, int, int]:
    channels, height, width = shape
    return height, width, channels


def _windows(size: int, k: int, s: int, p: int) -> int:
    """Count the windows of one axis, from the first padded pixel to the last."""
    return sum(1 for start in range(-p, size + p, s) if start + k <= size + p)


def _judge_formula(judged: Audit) -> None:
    """Compare the sheet's size formula with counted windows at many settings; it has no dilation."""
    settings = product(range(12, 40), (1, 4, 5, 8), (1, 2, 5), (0, 1, 3))
    samples = [dict(zip(("size", "k", "s", "p"), each, strict=True)) for each in settings]
    judged.check(
        "002-q6-size-formula",
        [_windows(**v) for v in samples],
        samples=samples,
        evidence=f"at {len(samples)} settings, d = 1",
    )


def _judge_layer(judged: Audit, name: str, layer: Any, x: torch.Tensor) -> torch.Tensor:
    """Judge a layer's settings, the numbers put into the formula, and its output; return the output.

    Settings stand as (kernels,) window, stride, padding.
    """
    (k, _), (s, _), (p, _) = (_pair(value) for value in (layer.kernel_size, layer.stride, layer.padding))
    kernels = [layer.out_channels] if isinstance(layer, torch.nn.Conv2d) else []
    y: torch.Tensor = layer(x)
    height, width, channels = _turned(y.shape[1:])
    judged.check(f"002-q6-{name}-settings", [*kernels, k, k, s, p])
    judged.check(f"002-q6-{name}-put-in", [[int(size), k, p, s] for size in x.shape[2:]])
    for side, value in (("height", height), ("width", width), ("channels", channels)):
        judged.check(f"002-q6-{name}-{side}", value)
    judged.check(f"002-q6-{name}-output", (height, width, channels))
    return y


def _pair(value: int | tuple[int, int]) -> tuple[int, int]:
    """Return a setting for both axes, as a convolution keeps it; a pooling keeps one number."""
    return value if isinstance(value, tuple) else (value, value)
