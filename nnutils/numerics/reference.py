"""Activations, softmax and cross-entropy in plain NumPy, written so that no finite input overflows."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnutils.core.errors import NNUtilsError, SizeError
from nnutils.numerics.signals import Array, exact_or_float

__all__ = [
    "cross_entropy",
    "heaviside",
    "log_softmax",
    "relu",
    "sigmoid",
    "softmax",
    "softplus",
]

Float = NDArray[np.float64]


def relu(x: ArrayLike) -> Array:
    """Return max(0, x) elementwise; integers stay integers, object arrays of Fractions stay exact.

    Raises:
        NNUtilsError: if an entry is not a real number.

    Source: Goodfellow, Bengio and Courville, Deep Learning, sec. 6.3.

    >>> relu([-2, 0, 3]).tolist()
    [0, 0, 3]
    """
    return np.asarray(np.maximum(exact_or_float("x", x), 0))


def sigmoid(x: ArrayLike) -> Float:
    """Return the logistic function 1 / (1 + exp(-x)) elementwise, without overflow for any x.

    Only exp of a number <= 0 is taken: for negative x the function is exp(x) / (1 + exp(x)). With a slope k,
    sigma(k x) is ``sigmoid(k * x)``.

    Raises:
        NNUtilsError: if an entry is not a real number.

    Source: Goodfellow, Bengio and Courville, Deep Learning, sec. 3.10.

    >>> sigmoid([-1000, 0, 1000]).tolist()
    [0.0, 0.5, 1.0]
    """
    array = _float("x", x)
    small = np.exp(-np.abs(array))
    return np.asarray(np.where(array >= 0, 1.0, small) / (1.0 + small))


def heaviside(x: ArrayLike, at_zero: float = 0.5) -> Float:
    """Return 0 for x < 0, 1 for x > 0 and ``at_zero`` at 0.

    The value at 0 is a convention. With 1/2, H is the limit of sigmoid(k x) for large k; torch takes 0 as the
    derivative of relu at 0.

    Raises:
        NNUtilsError: if an entry is not a real number.

    >>> heaviside([-3, 0, 3]).tolist(), heaviside(0.0, at_zero=1).tolist()
    ([0.0, 0.5, 1.0], 1.0)
    """
    return np.asarray(np.heaviside(_float("x", x), float(at_zero)))


def softplus(x: ArrayLike) -> Float:
    """Return ln(1 + exp(x)) elementwise, as max(0, x) + ln(1 + exp(-abs(x))), which cannot overflow.

    Raises:
        NNUtilsError: if an entry is not a real number.

    Source: Goodfellow, Bengio and Courville, Deep Learning, sec. 3.10.

    >>> softplus([-1000, 1000]).tolist(), round(float(softplus(0)), 6)
    ([0.0, 1000.0], 0.693147)
    """
    array = _float("x", x)
    return np.asarray(np.maximum(array, 0.0) + np.log1p(np.exp(-np.abs(array))))


def softmax(x: ArrayLike, axis: int = -1) -> Float:
    """Return exp(x) / sum(exp(x)) along ``axis``; the largest entry is subtracted first: no overflow.

    An entry of minus infinity is a masked class: its probability is 0.

    Raises:
        NNUtilsError: if the axis is empty or does not exist, for NaN and plus infinity, and where every
            class is masked.

    Source: Goodfellow, Bengio and Courville, Deep Learning, sec. 4.1.

    >>> softmax([1000, 1000]).tolist(), softmax([[0, 0], [1, 3]], axis=0).sum(axis=0).round(12).tolist()
    ([0.5, 0.5], [1.0, 1.0])
    """
    shifted = _shifted("softmax", x, axis)
    return np.asarray(np.exp(shifted) / np.exp(shifted).sum(axis=axis, keepdims=True))


def log_softmax(x: ArrayLike, axis: int = -1) -> Float:
    """Return the logarithm of the softmax along ``axis``, as x - max - ln(sum(exp(x - max))): no overflow.

    Raises:
        NNUtilsError: as for ``softmax``.

    Source: Goodfellow, Bengio and Courville, Deep Learning, sec. 6.2.2.3.

    >>> log_softmax([0, 1000]).tolist()
    [-1000.0, 0.0]
    """
    shifted = _shifted("log_softmax", x, axis)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True)))


def cross_entropy(logits: ArrayLike, labels: ArrayLike, axis: int = -1) -> Float:
    """Return -sum(labels * log_softmax(logits)) along ``axis``: stable, since no probability is formed.

    ``labels`` has the shape of ``logits`` and holds probabilities: one-hot or soft. A class of label 0 adds
    nothing, even where it is masked by a logit of minus infinity.

    Raises:
        SizeError: if the shapes differ.
        NNUtilsError: as for ``softmax``, and if the labels are negative or do not add up to 1 along ``axis``.

    Source: Goodfellow, Bengio and Courville, Deep Learning, sec. 6.2.2.3.

    >>> cross_entropy([0, 800], [1, 0]).tolist(), cross_entropy([0, 0], [0.5, 0.5]).round(6).tolist()
    (800.0, 0.693147)
    """
    logs, shares = log_softmax(logits, axis), _float("labels", labels)
    if shares.shape != logs.shape:
        raise SizeError(
            f"cross_entropy: the logits have the shape {logs.shape}, the labels {shares.shape}.",
            remedy="Give one label for each logit; a class number becomes a one-hot vector.",
        )
    if (shares < 0).any() or not np.allclose(shares.sum(axis=axis), 1, rtol=0, atol=1e-9):
        raise NNUtilsError(
            f"cross_entropy: the labels along axis {axis} are not probabilities.",
            remedy="Give labels that are at least 0 and add up to 1, such as one 1 and zeros.",
        )
    # A masked class has the log-probability -inf; with the label 0 it must not give 0 * inf = NaN.
    return np.asarray(-(shares * np.where(shares > 0, logs, 0)).sum(axis=axis))


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
            remedy="Use finite logits; minus infinity masks a class, but not all of them.",
        )
    return np.asarray(array - array.max(axis=axis, keepdims=True))
