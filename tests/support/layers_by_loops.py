"""Convolution and max pooling of one sample by their definitions, in NumPy loops, to check torch against.

Shapes are (channels, height, width); pairs are (height, width). Integers and Fractions stay exact.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Pair = int | tuple[int, int]


def conv2d(
    x: Array,
    weight: Array,
    bias: Array | None = None,
    stride: Pair = 1,
    padding: Pair = 0,
    dilation: Pair = 1,
    groups: int = 1,
) -> Array:
    """Slide a weight (out_channels, channels // groups, height, width) over one sample, without flipping it.

    Source: Goodfellow, Bengio and Courville, Deep Learning, eq. 9.6; for stride, padding and dilation
    Dumoulin and Visin, A guide to convolution arithmetic for deep learning.
    """
    out_channels, in_group = weight.shape[:2]
    assert len(x) == in_group * groups and out_channels % groups == 0
    outputs = {}
    for place, window in windows(x, weight.shape[2:], stride, padding, dilation, 0):
        for channel in range(out_channels):
            first = channel // (out_channels // groups) * in_group  # of the input channels of its group
            products = weight[channel] * window[first : first + in_group]
            outputs[channel, *place] = products.sum() + (0 if bias is None else bias[channel])
    return as_array(outputs)


def max_pool2d(
    x: Array, kernel_size: Pair, stride: Pair | None = None, padding: Pair = 0, dilation: Pair = 1
) -> Array:
    """Return the largest entry of each window, channel by channel; padding never wins.

    Source: Goodfellow, Bengio and Courville, Deep Learning, sec. 9.3.
    """
    step = kernel_size if stride is None else stride
    outputs = {}
    for place, window in windows(x, both(kernel_size), step, padding, dilation, x.min()):
        for channel, entries in enumerate(window):
            outputs[channel, *place] = entries.max()
    return as_array(outputs)


def windows(
    x: Array, kernel: tuple[int, ...], stride: Pair, padding: Pair, dilation: Pair, fill: Any
) -> Iterator[tuple[tuple[int, int], Array]]:
    """Yield (output row, output column) and all channels of every window that fits into the padded input."""
    strides, gaps = both(stride), both(dilation)
    padded = np.pad(x, ((0, 0), *((pad, pad) for pad in both(padding))), constant_values=fill)
    height, width = (gap * (size - 1) + 1 for gap, size in zip(gaps, kernel, strict=True))
    for row, top in enumerate(range(0, padded.shape[1] - height + 1, strides[0])):
        for column, left in enumerate(range(0, padded.shape[2] - width + 1, strides[1])):
            yield (row, column), padded[:, top : top + height : gaps[0], left : left + width : gaps[1]]


def as_array(outputs: dict[tuple[int, ...], Any]) -> Array:
    """Put numbers by (channel, row, column) into an array; the last place is that of the last number."""
    array = np.empty([size + 1 for size in max(outputs)], dtype=np.asarray([*outputs.values()]).dtype)
    for place, value in outputs.items():
        array[place] = value
    return array


def both(value: Pair) -> tuple[int, int]:
    return value if isinstance(value, tuple) else (value, value)
