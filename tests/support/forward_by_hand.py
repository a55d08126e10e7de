"""Layers run by their definitions on numbers that count what is done to them, and checked against torch."""

from __future__ import annotations

import functools
import operator
from collections import Counter
from itertools import product
from typing import Any

import numpy as np
import torch

from nnutils.networks.base import pair
from nnutils.networks.blocks import Concat, Residual
from nnutils.networks.layers import (
    AvgPool2d,
    BatchNorm2d,
    Conv2d,
    Flatten,
    Linear,
    MaxPool2d,
    ReLU,
    Sigmoid,
    Tanh,
)
from nnutils.networks.network import Step

functional = torch.nn.functional


class Number:
    """A float that writes every operation into a common tally."""

    def __init__(self, value: float, tally: Counter[str]) -> None:
        self.value, self.tally = value, tally

    def _made(self, value: float, column: str) -> Number:
        self.tally[column] += 1
        return Number(value, self.tally)

    def __mul__(self, other: Number) -> Number:
        return self._made(self.value * other.value, "multiplications")

    def __add__(self, other: Number) -> Number:
        return self._made(self.value + other.value, "additions")

    def larger(self, other: Number) -> Number:
        return self._made(max(self.value, other.value), "comparisons")

    def call(self, function: Any) -> Number:
        return self._made(float(function(torch.tensor(self.value, dtype=torch.float64))), "evaluations")


def run(step: Step, seed: int = 0) -> Counter[str]:
    """Run one layer on random numbers, compare its output with torch's, and return what was counted."""
    tally: Counter[str] = Counter()
    random = np.random.default_rng(seed)

    def numbers(*shape: int) -> tuple[np.ndarray[Any, Any], torch.Tensor]:
        values = random.standard_normal(shape)
        return np.vectorize(lambda value: Number(value, tally), otypes=[object])(values), torch.from_numpy(
            values
        )

    layer = step.layer
    x, x_torch = numbers(*step.input_shape)
    if isinstance(layer, Conv2d):
        w, w_torch = numbers(
            layer.out_channels, step.input_shape[0] // layer.groups, *pair(layer.kernel_size)
        )
        b, b_torch = numbers(layer.out_channels)
        made = _convolve(layer, x, w, b if layer.bias else None, tally)
        bias = b_torch if layer.bias else None
        s, p, d = layer.stride, layer.padding, layer.dilation
        expected = functional.conv2d(x_torch[None], w_torch, bias, s, p, d, layer.groups)[0]
    elif isinstance(layer, Linear):
        w, w_torch = numbers(layer.out_features, step.input_shape[0])
        b, b_torch = numbers(layer.out_features)
        made = np.array([_weighted_sum(x, row, tally) for row in w])
        made = made + b if layer.bias else made
        expected = functional.linear(x_torch, w_torch, b_torch if layer.bias else None)
    elif isinstance(layer, MaxPool2d):
        made = _pool(layer, x, -np.inf, lambda window: functools.reduce(Number.larger, window), tally)
        pool = torch.nn.MaxPool2d(layer.kernel_size, layer.stride, layer.padding, layer.dilation)  # type: ignore[arg-type]
        expected = pool(x_torch)
    elif isinstance(layer, AvgPool2d):
        part = Number(1 / np.prod(pair(layer.kernel_size)), tally)
        made = _pool(layer, x, 0.0, lambda window: functools.reduce(operator.add, window) * part, tally)
        expected = torch.nn.AvgPool2d(layer.kernel_size, layer.stride, layer.padding)(x_torch)
    elif isinstance(layer, BatchNorm2d):
        (scale, scale_torch), (shift, shift_torch) = numbers(len(x)), numbers(len(x))
        made = x * scale[:, None, None] + shift[:, None, None]
        expected = x_torch * scale_torch[:, None, None] + shift_torch[:, None, None]
    elif isinstance(layer, Residual):
        other, other_torch = numbers(*step.output_shape)
        body, body_torch = numbers(*step.output_shape)
        made, expected = body + other, body_torch + other_torch
    elif isinstance(layer, Concat):
        return tally
    else:
        zero = Number(0.0, tally)
        own, theirs = {
            ReLU: (lambda value: value.larger(zero), torch.relu),
            Tanh: (lambda value: value.call(torch.tanh), torch.tanh),
            Sigmoid: (lambda value: value.call(torch.sigmoid), torch.sigmoid),
            Flatten: (lambda value: value, torch.flatten),
        }[type(layer)]
        made = np.vectorize(own, otypes=[object])(x).reshape(step.output_shape)
        expected = theirs(x_torch)
    values = np.vectorize(lambda number: number.value, otypes=[float])(made)
    np.testing.assert_allclose(values, expected.numpy(), rtol=1e-12, atol=1e-12)
    return tally


def _weighted_sum(inputs: Any, weights: Any, tally: Counter[str]) -> Number:
    """One unit: it reads its inputs, multiplies each by its weight, and adds the products up."""
    tally["units"] += 1
    tally["connections"] += inputs.size
    return functools.reduce(operator.add, (inputs * weights).ravel())


def _windows(layer: Any, x: Any, filling: float, tally: Counter[str]) -> Any:
    """Yield each window of the padded input with its place, all channels of it."""
    (kh, kw), (sh, sw) = pair(layer.kernel_size), pair(layer.stride)
    dh, dw = pair(layer.dilation)
    sides = [_padding(layer, axis) for axis in (0, 1)]
    padded = np.pad(x, ((0, 0), *sides), constant_values=Number(filling, tally))
    tops = range(0, padded.shape[1] - dh * (kh - 1), sh)
    lefts = range(0, padded.shape[2] - dw * (kw - 1), sw)
    for (row, top), (column, left) in product(enumerate(tops), enumerate(lefts)):
        window = padded[:, top : top + dh * (kh - 1) + 1 : dh, left : left + dw * (kw - 1) + 1 : dw]
        yield (row, column), (len(tops), len(lefts)), window


def _padding(layer: Any, axis: int) -> tuple[int, int]:
    """The padding before and behind an axis; torch's rule for "same" is written out again here."""
    if layer.padding != "same":
        return (pair(layer.padding)[axis],) * 2
    both = pair(layer.dilation)[axis] * (pair(layer.kernel_size)[axis] - 1)
    return both // 2, both - both // 2


def _convolve(layer: Conv2d, x: Any, w: Any, b: Any, tally: Counter[str]) -> Any:
    made = None
    share = len(x) // layer.groups
    for place, grid, window in _windows(layer, x, 0.0, tally):
        made = np.empty((layer.out_channels, *grid), object) if made is None else made
        for channel in range(layer.out_channels):
            first = channel // (layer.out_channels // layer.groups) * share
            unit = _weighted_sum(window[first : first + share], w[channel], tally)
            made[(channel, *place)] = unit if b is None else unit + b[channel]
    return made


def _pool(layer: Any, x: Any, filling: float, reduce: Any, tally: Counter[str]) -> Any:
    made = None
    for place, grid, window in _windows(layer, x, filling, tally):
        made = np.empty((len(x), *grid), object) if made is None else made
        for channel in range(len(x)):
            tally["units"] += 1
            tally["connections"] += window[channel].size
            made[(channel, *place)] = reduce(window[channel].ravel())
    return made
