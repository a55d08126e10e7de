"""The counting rule of each kind of layer, each written once for plain and for worked numbers."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Protocol

from nnutils.core.plain_or_worked import PLAIN, WORKED, N, Numbers
from nnutils.core.worked import Worked
from nnutils.networks.base import Layer, pair
from nnutils.networks.blocks import Concat, Residual
from nnutils.networks.checks import ORDINARY
from nnutils.networks.counting.layer_counts import Columns, LayerCounts
from nnutils.networks.layers import (
    Activation,
    AvgPool2d,
    BatchNorm2d,
    Conv2d,
    Flatten,
    Linear,
    MaxPool2d,
    Pool2d,
    ReLU,
)
from nnutils.networks.network import Step

__all__ = [
    "RULES",
]


class _Rule(Protocol):
    """A rule of the library: it counts one layer in the numbers that it is given."""

    def __call__(self, step: Step, of: Numbers[N]) -> Columns[N]: ...


def _counted_by(rule: _Rule) -> Callable[[Step], LayerCounts]:
    """Return the rule as ``RULES`` holds it: plain numbers at once, worked ones when they are asked for."""

    def counted(step: Step) -> LayerCounts:
        plain = rule(step, PLAIN)
        if max(plain) >= ORDINARY:
            return _worked(rule, step)  # which says so where a number is too long to write
        return LayerCounts.later(plain, functools.partial(_worked, rule, step))

    return counted


def _worked(rule: _Rule, step: Step) -> LayerCounts:
    """Count a layer in worked numbers; a column that its rule does not mention is a plain zero."""
    columns = rule(step, WORKED)
    return LayerCounts(*(number if isinstance(number, Worked) else Worked(number) for number in columns))


def _values(step: Step, of: Numbers[N]) -> N:
    """Return the number of output values, with its factors."""
    shape = step.output_shape
    if len(shape) == 1:
        return of.given(shape[0], "features")
    channels, height, width = shape
    return of.given(channels, "channels") * of.given(height, "height") * of.given(width, "width")


def _weighted(units: N, weights: N, reads: N, of: Numbers[N], *, bias: bool, biases: N) -> Columns[N]:
    """Count a layer of weighted sums: each unit reads ``reads`` inputs, a multiplication each."""
    units = of.named(units, "units")
    connections = of.named(units * reads, "connections")
    additions = units * (reads - 1) + (units if bias else 0)
    return Columns(
        units=units,
        weights=of.named(weights, "weights"),
        biases=of.named(biases if bias else of.given(0, ""), "biases"),
        connections=connections,
        multiplications=of.named(connections, "multiplications"),
        additions=of.named(additions, "additions"),
        macs=of.named(connections, "macs"),
    )


def _conv2d(step: Step, of: Numbers[N]) -> Columns[N]:
    layer = step.layer
    assert isinstance(layer, Conv2d)
    in_channels = of.given(step.input_shape[0], "in_channels")
    if layer.groups > 1:
        share = of.share(in_channels, of.given(layer.groups, "groups"))
        in_channels = of.named(share, "in_channels per group")
    out_channels = of.given(layer.out_channels, "out_channels")
    kernel_height, kernel_width = pair(layer.kernel_size)
    reads = in_channels * of.given(kernel_height, "kernel height") * of.given(kernel_width, "kernel width")
    _, height, width = step.output_shape
    units = out_channels * of.given(height, "height") * of.given(width, "width")
    return _weighted(units, out_channels * reads, reads, of, bias=layer.bias, biases=out_channels)


def _linear(step: Step, of: Numbers[N]) -> Columns[N]:
    layer = step.layer
    assert isinstance(layer, Linear)
    out_features = of.given(layer.out_features, "out_features")
    in_features = of.given(step.input_shape[0], "in_features")
    return _weighted(
        out_features, out_features * in_features, in_features, of, bias=layer.bias, biases=out_features
    )


def _pooled(step: Step, of: Numbers[N]) -> tuple[N, N]:
    """Return the units of a pooling layer, and how many inputs each of them reads."""
    layer = step.layer
    assert isinstance(layer, Pool2d)
    kernel_height, kernel_width = pair(layer.kernel_size)
    reads = of.given(kernel_height, "kernel height") * of.given(kernel_width, "kernel width")
    return of.named(_values(step, of), "units"), reads


def _max_pool(step: Step, of: Numbers[N]) -> Columns[N]:
    units, reads = _pooled(step, of)
    return Columns(
        units=units,
        connections=of.named(units * reads, "connections"),
        comparisons=of.named(units * (reads - 1), "comparisons"),
    )


def _avg_pool(step: Step, of: Numbers[N]) -> Columns[N]:
    units, reads = _pooled(step, of)
    return Columns(
        units=units,
        connections=of.named(units * reads, "connections"),
        additions=of.named(units * (reads - 1), "additions"),
        multiplications=of.named(units, "multiplications"),
    )


def _batch_norm(step: Step, of: Numbers[N]) -> Columns[N]:
    channels, values = of.given(step.output_shape[0], "channels"), _values(step, of)
    return Columns(
        weights=of.named(channels, "weights"),
        biases=of.named(channels, "biases"),
        multiplications=of.named(values, "multiplications"),
        additions=of.named(values, "additions"),
    )


def _relu(step: Step, of: Numbers[N]) -> Columns[N]:
    return Columns(comparisons=of.named(_values(step, of), "comparisons"))


def _activation(step: Step, of: Numbers[N]) -> Columns[N]:
    return Columns(evaluations=of.named(_values(step, of), "evaluations"))


def _residual(step: Step, of: Numbers[N]) -> Columns[N]:
    return Columns(additions=of.named(_values(step, of), "additions"))


def _nothing(step: Step, of: Numbers[N]) -> Columns[N]:
    """Count a layer that only rearranges values."""
    return Columns()


RULES: dict[type[Layer], Callable[[Step], LayerCounts]] = {
    Conv2d: _counted_by(_conv2d),
    Linear: _counted_by(_linear),
    MaxPool2d: _counted_by(_max_pool),
    AvgPool2d: _counted_by(_avg_pool),
    BatchNorm2d: _counted_by(_batch_norm),
    ReLU: _counted_by(_relu),
    Activation: _counted_by(_activation),
    Flatten: _counted_by(_nothing),
    Concat: _counted_by(_nothing),
    Residual: _counted_by(_residual),
}
"""The counting rule of each kind of layer; a kind without one takes that of its parent."""
