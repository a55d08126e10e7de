"""Convolution of pictures: the definition as a loop, and the same sums as one matrix product."""

from __future__ import annotations

from collections.abc import Iterator
from numbers import Integral
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from nnutils.core.errors import SizeError
from nnutils.core.messages import shown
from nnutils.networks.checks import whole
from nnutils.numerics.signals import Array, exact_or_float

__all__ = ["conv2d", "conv2d_by_definition"]

Pair = int | tuple[int, int]
"""A setting in pixels: one number for both axes, or (height, width)."""

MOST_BYTES = 2**25
"""How much memory the windows of one block may take, in bytes: 32 MiB."""

MOST_NUMBERS = 2**28
"""How many numbers an input with its padding or an output may hold: 2 GiB of float64."""


def conv2d(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: Pair = 1,
    padding: Pair = 0,
    dilation: Pair = 1,
    groups: int = 1,
) -> Array:
    """Slide a weight over one sample without flipping it: what the field calls convolution.

    Shapes: ``x`` is (channels, height, width), ``weight`` (out_channels, channels / groups, kernel height,
    kernel width), ``bias`` (out_channels,), the result (out_channels, output height, output width). Settings
    are in pixels; the padding is of zeros, on both sides.

    The windows are laid out as the columns of a matrix, and the sums are a product with the weights as rows.
    A picture of c channels with n outputs takes n · c · (kernel height) · (kernel width) numbers for that, at
    most 32 MiB at a time: beyond, the output is computed in blocks of rows. Integers and Fractions are added
    up exactly, integers beyond 64 bits as Python's; float32 stays float32.

    Raises:
        SizeError: for shapes and settings that do not fit together, and for a window larger than the padded
            input.
        NNUtilsError: if an entry is not a real number.

    Source: Goodfellow, Bengio and Courville, Deep Learning, eq. 9.6; for stride, padding and dilation
    Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016).

    >>> picture, edge = np.arange(9).reshape(1, 3, 3), np.array([[[[-1, 1]]]])
    >>> conv2d(picture, edge).tolist()
    [[[1, 1], [1, 1], [1, 1]]]
    >>> conv2d(picture, np.ones((1, 1, 2, 2), int), [10], stride=2, padding=1).tolist()
    [[[10, 13], [19, 34]]]
    """
    task = _checked(x, weight, bias, stride, padding, dilation, groups)
    groups, (rows, columns) = task.groups, task.output
    out_channels, in_group, height, width = task.weight.shape
    windows, kernels = _windows(task), task.weight.reshape(groups, out_channels // groups, -1)
    made = np.empty((groups, out_channels // groups, rows, columns), dtype=kernels.dtype)
    reads = in_group * height * width
    step = max(1, MOST_BYTES // (reads * columns * windows.itemsize))
    for group in range(groups):
        of_group = windows[group * in_group : (group + 1) * in_group]
        for first in range(0, rows, step):
            block = of_group[:, first : first + step]
            matrix = block.transpose(0, 3, 4, 1, 2).reshape(reads, -1)
            sums = kernels[group] @ matrix
            made[group, :, first : first + step] = sums.reshape(len(sums), -1, columns)
    result = made.reshape(out_channels, rows, columns)
    return result if task.bias is None else result + task.bias[:, None, None]


def conv2d_by_definition(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: Pair = 1,
    padding: Pair = 0,
    dilation: Pair = 1,
    groups: int = 1,
) -> Array:
    """Compute what ``conv2d`` computes as the definition says it: window by window, in a plain loop.

    It is slow, and it is what ``conv2d`` is compared with.

    Raises:
        SizeError: as for ``conv2d``.
        NNUtilsError: as for ``conv2d``.

    Source: Goodfellow, Bengio and Courville, Deep Learning, eq. 9.6.

    >>> conv2d_by_definition(np.arange(9).reshape(1, 3, 3), np.array([[[[-1, 1]]]])).tolist()
    [[[1, 1], [1, 1], [1, 1]]]
    """
    task = _checked(x, weight, bias, stride, padding, dilation, groups)
    out_channels, in_group = task.weight.shape[:2]
    made = np.empty((out_channels, *task.output), dtype=task.weight.dtype)
    for (row, column), window in _each_window(task):
        for channel in range(out_channels):
            first = channel // (out_channels // task.groups) * in_group  # of the input channels of its group
            products = task.weight[channel] * window[first : first + in_group]
            made[channel, row, column] = products.sum() + (0 if task.bias is None else task.bias[channel])
    return made


class _Task(NamedTuple):
    """A convolution whose parts fit together, its input padded."""

    padded: Array
    weight: Array
    bias: Array | None
    stride: tuple[int, int]
    dilation: tuple[int, int]
    groups: int
    output: tuple[int, int]


def _each_window(task: _Task) -> Iterator[tuple[tuple[int, int], Array]]:
    """Yield (output row, output column), and the entries of all channels that this window reads."""
    kernel_height, kernel_width = task.weight.shape[2:]
    (down, right), (gap_down, gap_right) = task.stride, task.dilation
    for row in range(task.output[0]):
        for column in range(task.output[1]):
            top, left = row * down, column * right
            bottom = top + gap_down * (kernel_height - 1) + 1
            end = left + gap_right * (kernel_width - 1) + 1
            yield (row, column), task.padded[:, top:bottom:gap_down, left:end:gap_right]


def _windows(task: _Task) -> Array:
    """Return all windows at once, as a view: (channels, rows, columns, kernel height, kernel width)."""
    padded = task.padded if task.padded.flags.c_contiguous else np.ascontiguousarray(task.padded)
    plane, line, pixel = padded.strides
    (down, right), (gap_down, gap_right) = task.stride, task.dilation
    shape = (len(task.padded), *task.output, *task.weight.shape[2:])
    strides = (plane, line * down, pixel * right, line * gap_down, pixel * gap_right)
    if padded.dtype != object:
        return np.ndarray(shape, padded.dtype, padded, 0, strides)  # a tenth of the time of as_strided
    return np.lib.stride_tricks.as_strided(padded, shape, strides, writeable=False)


def _checked(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None,
    stride: Pair,
    padding: Pair,
    dilation: Pair,
    groups: int,
) -> _Task:
    """Compare the shapes and the settings, pad the input, and bring all numbers to one type."""
    arrays = [_numbers("x", x), _numbers("weight", weight)] + (
        [] if bias is None else [_numbers("bias", bias)]
    )
    picture, kernels = arrays[0], arrays[1]
    if picture.ndim != 3 or kernels.ndim != 4 or not kernels.size:
        raise SizeError(
            f"conv2d: x has the shape {picture.shape}, weight {kernels.shape}.",
            remedy="Give x as (channels, height, width), and weight as (out_channels, channels / groups, "
            "kernel height, kernel width).",
        )
    groups = whole("conv2d: groups", groups, 1)
    out_channels, in_group = kernels.shape[:2]
    if len(picture) != in_group * groups or out_channels % groups:
        raise SizeError(
            f"conv2d: {len(picture)} input channels and {out_channels} output channels in "
            f"{shown(groups)} groups do not fit a weight that reads {in_group} channels.",
            remedy="The weight reads (input channels) / groups, and groups divide the output channels.",
        )
    if bias is not None and arrays[2].shape != (out_channels,):
        raise SizeError(
            f"conv2d: the bias has the shape {arrays[2].shape}, but the output has {out_channels} channels.",
            remedy="Give one number for each output channel.",
        )
    steps, gaps = _pixels("stride", stride, 1), _pixels("dilation", dilation, 1)
    edges = _pixels("padding", padding, 0)
    sizes = picture.shape[1] + 2 * edges[0], picture.shape[2] + 2 * edges[1]
    reaches = gaps[0] * (kernels.shape[2] - 1) + 1, gaps[1] * (kernels.shape[3] - 1) + 1
    if sizes[0] < reaches[0] or sizes[1] < reaches[1]:
        raise SizeError(
            f"conv2d: a window that reaches over {shown(reaches[0])} x {shown(reaches[1])} pixels does not "
            f"fit on {shown(sizes[0])} x {shown(sizes[1])}, padding included.",
            remedy="Use a smaller kernel or dilation, or more padding.",
        )
    output = (sizes[0] - reaches[0]) // steps[0] + 1, (sizes[1] - reaches[1]) // steps[1] + 1
    if max(len(picture) * sizes[0] * sizes[1], out_channels * output[0] * output[1]) > MOST_NUMBERS:
        raise SizeError(
            f"conv2d: an input of {len(picture)} x {shown(sizes[0])} x {shown(sizes[1])}, padding included, "
            f"and an output of {out_channels} x {shown(output[0])} x {shown(output[1])} are too large.",
            remedy=f"Stay below {MOST_NUMBERS:,} numbers in each; a smaller padding may be meant.",
        )
    common = _common_type(arrays)
    picture, kernels = picture.astype(common, copy=False), kernels.astype(common, copy=False)
    padded = picture
    if any(edges):  # np.pad takes longer than many a small convolution
        padded = np.zeros((len(picture), *sizes), dtype=common)
        padded[:, edges[0] : sizes[0] - edges[0], edges[1] : sizes[1] - edges[1]] = picture
    added = None if bias is None else arrays[2].astype(common, copy=False)
    return _Task(padded, kernels, added, steps, gaps, groups, output)


def _numbers(name: str, value: ArrayLike) -> Array:
    """Return an array of float32, or of what ``exact_or_float`` makes of it."""
    if isinstance(value, np.ndarray) and value.dtype == np.float32:
        return value
    return exact_or_float(f"conv2d: {name}", value)


def _common_type(arrays: list[Array]) -> np.dtype[Any]:
    """Return the type that all sums fit into: of int64 that might overflow, Python's own integers."""
    common = np.result_type(*arrays)
    if common == np.int64 and all(array.size for array in arrays):
        bound = _largest(arrays[0]) * _largest(arrays[1]) * arrays[1][0].size
        if bound + (_largest(arrays[2]) if len(arrays) > 2 else 0) >= 2**63:
            return np.dtype(object)
    return common


def _largest(array: Array) -> int:
    """Return the largest absolute value, as Python's integer: that of the smallest int64 is no int64."""
    return max(abs(int(array.max())), abs(int(array.min())))


def _pixels(name: str, value: object, least: int) -> tuple[int, int]:
    """Return a setting for both axes.

    Raises:
        SizeError: for anything but a whole number, or a pair of them.
    """
    if type(value) is int and value >= least:
        return value, value
    pair = value if isinstance(value, tuple) else (value, value)
    for size in pair:
        if len(pair) != 2 or isinstance(size, bool) or not isinstance(size, Integral) or size < least:
            raise SizeError(
                f"conv2d: {name} must be a whole number, at least {least}, or a pair of them; "
                f"got {shown(value)}."
            )
    return int(pair[0]), int(pair[1])
