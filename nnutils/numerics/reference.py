"""What the layers compute, in plain NumPy: activations, softmax, convolution, pooling, one sample at a time.

Shapes are (channels, height, width). The loops are there to be read, and to check faster code against.
Integers stay integers and are added up exactly; everything else is computed in float64.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnutils.core.errors import NNUtilsError, SizeError
from nnutils.numerics.signals import Array, convolve1d, exact_or_float, no_overflow, same_window

__all__ = [
    "conv2d",
    "convolve1d",
    "heaviside",
    "log_softmax",
    "max_pool2d",
    "relu",
    "same_window",
    "sigmoid",
    "softmax",
    "softplus",
]

Float = NDArray[np.float64]
Pair = int | tuple[int, int]


def relu(x: ArrayLike) -> Array:
    """Return max(0, x) elementwise; integers stay integers, object arrays of Fractions stay exact.

    Source: Goodfellow, Bengio and Courville, Deep Learning, sec. 6.3.

    Raises:
        NNUtilsError: if an entry is no real number.

    >>> relu([-2, 0, 3]).tolist()
    [0, 0, 3]
    """
    return np.asarray(np.maximum(exact_or_float("x", x), 0))


def sigmoid(x: ArrayLike) -> Float:
    """Return the logistic function 1 / (1 + exp(-x)) elementwise, without overflow for any x.

    Only exp of a number <= 0 is taken: for negative x the function is exp(x) / (1 + exp(x)). With a slope k,
    sigma(k x) is ``sigmoid(k * x)``.

    Source: Goodfellow, Bengio and Courville, Deep Learning, sec. 3.10.

    Raises:
        NNUtilsError: if an entry is no real number.

    >>> sigmoid([-1000, 0, 1000]).tolist()
    [0.0, 0.5, 1.0]
    """
    array = _float("x", x)
    small = np.exp(-np.abs(array))
    return np.asarray(np.where(array >= 0, 1.0, small) / (1.0 + small))


def heaviside(x: ArrayLike, at_zero: float = 0.5) -> Float:
    """Return 0 for x < 0, 1 for x > 0 and ``at_zero`` at 0.

    The value at 0 is a convention: 1/2 makes H the limit of sigmoid(k x); torch differentiates relu to 0.

    Raises:
        NNUtilsError: if an entry is no real number.

    >>> heaviside([-3, 0, 3]).tolist(), heaviside(0.0, at_zero=1).tolist()
    ([0.0, 0.5, 1.0], 1.0)
    """
    return np.asarray(np.heaviside(_float("x", x), float(at_zero)))


def softplus(x: ArrayLike) -> Float:
    """Return ln(1 + exp(x)) elementwise, as max(0, x) + ln(1 + exp(-abs(x))), which cannot overflow.

    Source: Goodfellow, Bengio and Courville, Deep Learning, sec. 3.10.

    Raises:
        NNUtilsError: if an entry is no real number.

    >>> softplus([-1000, 1000]).tolist(), round(float(softplus(0)), 6)
    ([0.0, 1000.0], 0.693147)
    """
    array = _float("x", x)
    return np.asarray(np.maximum(array, 0.0) + np.log1p(np.exp(-np.abs(array))))


def softmax(x: ArrayLike, axis: int = -1) -> Float:
    """Return exp(x) / sum(exp(x)) along ``axis``; the largest entry is subtracted first: no overflow.

    An entry of minus infinity is a masked class: its probability is 0.

    Source: Goodfellow, Bengio and Courville, Deep Learning, sec. 4.1.

    Raises:
        NNUtilsError: if the axis is empty or does not exist, for NaN and plus infinity, and where every
            class is masked.

    >>> softmax([1000, 1000]).tolist(), softmax([[0, 0], [1, 3]], axis=0).sum(axis=0).round(12).tolist()
    ([0.5, 0.5], [1.0, 1.0])
    """
    shifted = _shifted("softmax", x, axis)
    return np.asarray(np.exp(shifted) / np.exp(shifted).sum(axis=axis, keepdims=True))


def log_softmax(x: ArrayLike, axis: int = -1) -> Float:
    """Return the logarithm of the softmax along ``axis``, as x - max - ln(sum(exp(x - max))): no overflow.

    Source: Goodfellow, Bengio and Courville, Deep Learning, sec. 6.2.2.3.

    Raises:
        NNUtilsError: as ``softmax``.

    >>> log_softmax([0, 1000]).tolist()
    [-1000.0, 0.0]
    """
    shifted = _shifted("log_softmax", x, axis)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True)))


def cross_entropy(logits: ArrayLike, labels: ArrayLike, axis: int = -1) -> Float:
    """Return -sum(labels * log_softmax(logits)) along ``axis``: stable, since no probability is formed.

    ``labels`` has the shape of ``logits`` and holds probabilities: one-hot or soft. A class of label 0 adds
    nothing, even where it is masked by a logit of minus infinity.

    Source: Goodfellow, Bengio and Courville, Deep Learning, sec. 6.2.2.3.

    Raises:
        SizeError: if the shapes differ.
        NNUtilsError: as ``softmax``, and if the labels are negative or do not add up to 1 along ``axis``.

    >>> cross_entropy([0, 800], [1, 0]).tolist(), cross_entropy([0, 0], [0.5, 0.5]).round(6).tolist()
    (800.0, 0.693147)
    """
    logs, shares = log_softmax(logits, axis), _float("labels", labels)
    if shares.shape != logs.shape:
        raise SizeError(f"cross_entropy: logits of shape {logs.shape} and labels of shape {shares.shape}.")
    if (shares < 0).any() or not np.allclose(shares.sum(axis=axis), 1, rtol=0, atol=1e-9):
        raise NNUtilsError(
            f"cross_entropy: the labels along axis {axis} are no probabilities.",
            remedy="Give labels of 0 or more that add up to 1, for instance one 1 and zeros.",
        )
    return np.asarray(-np.where(shares > 0, shares * np.where(shares > 0, logs, 0), 0).sum(axis=axis))


def conv2d(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    stride: Pair = 1,
    padding: Pair = 0,
    dilation: Pair = 1,
    groups: int = 1,
) -> Array:
    """Slide ``weight`` over one sample: a cross-correlation, that is, the kernel is not flipped.

    ``x`` is (channels, height, width), ``weight`` (out_channels, channels // groups, height, width), ``bias``
    (out_channels,); the result is (out_channels, height, width). Padding is with zeros, on all four sides;
    pairs are (height, width).

    Source: Goodfellow, Bengio and Courville, Deep Learning, eq. 9.6; for stride, padding and dilation
    Dumoulin and Visin, A guide to convolution arithmetic for deep learning.

    Raises:
        SizeError: if the shapes, the groups or the settings do not fit, or no window fits into the input.
        NNUtilsError: for entries that are no real numbers, and for integers whose sum may overflow.

    >>> conv2d([[[1, 2, 3], [4, 5, 6], [7, 8, 9]]], [[[[1, 0], [0, -1]]]]).tolist()
    [[[-4, -4], [-4, -4]]]
    """
    image, kernel = exact_or_float("x", x), exact_or_float("weight", weight)
    _need_axes("x", image, 3, "(channels, height, width)")
    _need_axes("weight", kernel, 4, "(out_channels, channels // groups, height, width)")
    groups = _whole("groups", groups, 1)
    out_channels, in_group = kernel.shape[:2]
    if image.shape[0] != in_group * groups or out_channels % groups:
        raise SizeError(
            f"conv2d with groups={groups} and a weight of shape {kernel.shape} needs {in_group * groups} "
            f"input channels and a multiple of {groups} output channels; "
            f"got {image.shape[0]} and {out_channels}.",
            remedy="The weight has the shape (out_channels, channels // groups, height, width).",
        )
    offset = np.zeros(out_channels, dtype=np.int64) if bias is None else exact_or_float("bias", bias)
    if offset.shape != (out_channels,):
        raise SizeError(f"conv2d needs a bias of shape ({out_channels},), got {offset.shape}.")
    no_overflow("conv2d", image, kernel.reshape(out_channels, -1), offset)
    windows = list(_windows(image, kernel.shape[2:], stride, _pair("padding", padding, 0), dilation, 0))
    common = np.result_type(image, kernel, offset)
    kernel, offset = kernel.astype(common), offset.astype(common)
    out = np.zeros((out_channels, *_extent(windows)), dtype=common)
    for row, column, window in windows:
        for channel in range(out_channels):
            first = channel // (out_channels // groups) * in_group  # of the input channels of its group
            seen = window[first : first + in_group]
            out[channel, row, column] = np.sum(kernel[channel] * seen) + offset[channel]
    return out


def max_pool2d(
    x: ArrayLike, kernel_size: Pair, stride: Pair | None = None, padding: Pair = 0, dilation: Pair = 1
) -> Array:
    """Return the largest entry of each window, channel by channel; ``stride`` defaults to ``kernel_size``.

    ``x`` is (channels, height, width). Padding never wins, whatever the sign of the entries; it may reach
    half the kernel at most, as in torch. Rows and columns that no window reaches are ignored (floor).

    Source: Goodfellow, Bengio and Courville, Deep Learning, sec. 9.3.

    Raises:
        SizeError: if the settings do not fit the input, or a window would see nothing but padding.
        NNUtilsError: for entries that are no real numbers.

    >>> max_pool2d([[[1, 2, 3], [4, 5, 6], [7, 8, 9]]], 2, stride=1).tolist()
    [[[5, 6], [8, 9]]]
    """
    image = exact_or_float("x", x)
    _need_axes("x", image, 3, "(channels, height, width)")
    kernel, pads = _pair("kernel_size", kernel_size, 1), _pair("padding", padding, 0)
    step = kernel if stride is None else stride
    real = list(_windows(np.ones(image.shape, dtype=bool), kernel, step, pads, dilation, False))
    if any(2 * pad > size for pad, size in zip(pads, kernel, strict=True)) or not all(
        inside.any() for _, _, inside in real
    ):
        raise SizeError(
            f"max_pool2d with kernel_size={kernel_size}, padding={padding}, dilation={dilation} pads so much "
            "that a window may see nothing else.",
            remedy="Use a padding of at most kernel_size // 2, and less with dilation.",
        )
    # Padding that never wins: minus infinity or, where integers have none, the smallest entry there is.
    lowest = -np.inf if image.dtype == np.float64 else image.min()
    out = np.zeros((image.shape[0], *_extent(real)), dtype=image.dtype)
    for row, column, window in _windows(image, kernel, step, pads, dilation, lowest):
        out[:, row, column] = window.max(axis=(1, 2))
    return out


def _windows(
    image: Array, kernel: tuple[int, ...], stride: Pair, padding: tuple[int, int], dilation: Pair, fill: Any
) -> Iterator[tuple[int, int, Array]]:
    """Yield (output row, output column, window) for every window that fits into the padded image."""
    strides, gaps = _pair("stride", stride, 1), _pair("dilation", dilation, 1)
    padded = np.pad(image, ((0, 0), *((pad, pad) for pad in padding)), constant_values=fill)
    height, width = (gap * (size - 1) + 1 for gap, size in zip(gaps, kernel, strict=True))
    if 0 in image.shape or 0 in kernel or height > padded.shape[1] or width > padded.shape[2]:
        raise SizeError(
            f"A {kernel[0]} x {kernel[1]} window with dilation {gaps} spans {height} x {width}: it does not "
            f"fit into {' x '.join(map(str, image.shape))} with padding {padding}.",
            remedy="Use a smaller kernel_size or dilation, or more padding; no size may be 0.",
        )
    for row, top in enumerate(range(0, padded.shape[1] - height + 1, strides[0])):
        for column, left in enumerate(range(0, padded.shape[2] - width + 1, strides[1])):
            yield row, column, padded[:, top : top + height : gaps[0], left : left + width : gaps[1]]


def _extent(windows: list[tuple[int, int, Array]]) -> tuple[int, int]:
    row, column, _ = windows[-1]
    return row + 1, column + 1


def _float(name: str, value: ArrayLike) -> Float:
    return exact_or_float(name, value).astype(np.float64)


def _shifted(what: str, x: ArrayLike, axis: int) -> Float:
    """Return x minus its largest entry along the axis, after checking that softmax exists there."""
    array = _float("x", x)
    if not -array.ndim <= axis < array.ndim:
        raise NNUtilsError(f"{what}: axis {axis} does not exist in an array of shape {array.shape}.")
    if array.shape[axis] == 0:
        raise NNUtilsError(f"{what}: axis {axis} is empty in an array of shape {array.shape}.")
    if np.isnan(array).any() or np.isposinf(array).any() or np.isneginf(array).all(axis=axis).any():
        raise NNUtilsError(
            f"{what}: the logits hold NaN, plus infinity, or nothing but minus infinity along axis {axis}.",
            remedy="Use finite logits; minus infinity masks a class as long as another class stays.",
        )
    return np.asarray(array - array.max(axis=axis, keepdims=True))


def _need_axes(name: str, array: Array, axes: int, meaning: str) -> None:
    if array.ndim != axes:
        raise SizeError(f"{name} has to be {meaning}, got an array of shape {array.shape}.")


def _pair(name: str, value: Pair, least: int) -> tuple[int, int]:
    pair = tuple(value) if isinstance(value, tuple | list) else (value, value)
    if len(pair) != 2:
        raise SizeError(f"{name} has to be one integer or a pair (height, width), got {value!r}.")
    return _whole(name, pair[0], least), _whole(name, pair[1], least)


def _whole(name: str, value: int, least: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < least:
        raise SizeError(f"{name} has to be an integer of at least {least}, got {value!r}.")
    return int(value)
