"""Weighted sums: convolutions, transposed ones included, and products of matrices."""

from __future__ import annotations

import math

import torch

from nnutils.core.worked import Worked, total
from nnutils.networks.counting import LayerCounts
from nnutils.torch_bridge.operators.call import Call, claimed, product, values, work

__all__ = ["AXES", "bilinear_form", "convolution", "matrix_product"]

AXES = {1: ("length",), 2: ("height", "width"), 3: ("depth", "height", "width")}
"""What the axes of a picture of one to three dimensions are called."""


def _weighted(
    call: Call, units: Worked, reads: Worked, *, weights: Worked, bias: object, biases: Worked
) -> LayerCounts:
    """Count weighted sums: each unit multiplies ``reads`` inputs, adds the products up, and then its bias."""
    units = units.named("units")
    connections = (units * reads).named("connections")
    sums = units * (reads - 1)
    return work(
        units=units,
        weights=weights,
        biases=call.ledger.claim(bias, biases),
        connections=connections,
        multiplications=connections,
        additions=sums if bias is None else sums + units,
        macs=connections,
    )


def convolution(call: Call) -> LayerCounts:
    """Each output multiplies every weight of its window, padding included, adds the products, then a bias.

    A transposed convolution takes the sums y[o] = Σ w[k] · x[i] over all i · stride + k · dilation -
    padding = o. What an output reads there counts, and no zeros put between the inputs: a convolution
    over the widened input (zero-insertion) would also multiply those zeros, and scattering each input
    over a window also makes products that the padding cuts off. Only ``macs`` include the latter, as
    published figures do; without padding all are equal.
    """
    weight: torch.Tensor = call["weight"]
    axes = AXES[weight.dim() - 2]
    if call["transposed"]:
        return _transposed(call, weight, axes)
    out_channels = Worked(weight.shape[0], "out_channels")
    reads = Worked(weight.shape[1], "in_channels" if call["groups"] == 1 else "in_channels per group")
    for axis, size in zip(axes, weight.shape[2:], strict=True):
        reads = reads * Worked(size, f"kernel {axis}")
    units = out_channels * product(call.output.shape[2:], axes)
    if call.output.shape[0] != 1:
        units = Worked(call.output.shape[0], "pictures") * units
    weights = call.ledger.claim(weight, out_channels * reads)
    return _weighted(call, units, reads, weights=weights, bias=call["bias"], biases=out_channels)


def _transposed(call: Call, weight: torch.Tensor, axes: tuple[str, ...]) -> LayerCounts:
    """Count a transposed convolution, whose outputs read different numbers of inputs."""
    groups = call["groups"]
    pictures, in_channels = call["input"].shape[:2]
    out_channels = Worked(weight.shape[1] * groups, "out_channels")
    per_group = Worked(in_channels // groups, "in_channels" if groups == 1 else "in_channels per group")
    positions = [
        _reads_along(n, out, kernel, stride, padding, dilation)
        for n, out, kernel, stride, padding, dilation in zip(
            call["input"].shape[2:],
            call.output.shape[2:],
            weight.shape[2:],
            _each(call["stride"], len(axes)),
            _each(call["padding"], len(axes)),
            _each(call["dilation"], len(axes)),
            strict=True,
        )
    ]
    channels = out_channels if pictures == 1 else Worked(pictures, "pictures") * out_channels
    units = (channels * product(call.output.shape[2:], axes)).named("units")
    connections, macs = channels * per_group, channels * per_group
    for axis, reads, size, n in zip(axes, positions, weight.shape[2:], call["input"].shape[2:], strict=True):
        connections = connections * Worked(sum(reads), f"reads along {axis}")
        macs = macs * Worked(n, f"in {axis}") * Worked(size, f"kernel {axis}")
    connections = connections.named("connections")
    # An output that reads nothing is its bias; every other one adds up one product less than it reads.
    reading = channels * math.prod(
        (
            Worked(sum(map(bool, reads)), f"{axis} that reads")
            for axis, reads in zip(axes, positions, strict=True)
        ),
        start=Worked(1),
    )
    return work(
        units=units,
        weights=call.ledger.claim(weight, Worked(in_channels, "in_channels") * product(
            weight.shape[1:], ["out_channels" if groups == 1 else "out_channels per group"]
            + [f"kernel {axis}" for axis in axes],
        )),
        biases=call.ledger.claim(call["bias"], out_channels),
        connections=connections,
        multiplications=connections,
        additions=connections - reading if call["bias"] is None else connections,
        macs=macs,
    )  # fmt: skip


def _each(setting: list[int], rank: int) -> list[int]:
    return list(setting) * rank if len(setting) == 1 else list(setting)


def _reads_along(n: int, out: int, kernel: int, stride: int, padding: int, dilation: int) -> list[int]:
    """Return, for each output position along an axis, how many pairs of an input and a weight reach it."""
    reads = [0] * out
    for k in range(kernel):
        # i * stride lands at i * stride + shift: the i for which that is an output position.
        shift = k * dilation - padding
        for i in range(max(0, -(shift // stride)), min(n, -((shift - out) // stride))):
            reads[i * stride + shift] += 1
    return reads


def matrix_product(call: Call) -> LayerCounts:
    """Each output multiplies a row of one matrix with a column of the other and adds the products up.

    A matrix added to the product is a bias; factors alpha and beta multiply the product and the bias.
    """
    *bias, left, right = call.tensors
    reads = Worked(left.shape[-1], "in_features")
    # Either factor can be the parameter: x W, as torch.nn.Linear has it, or W x.
    weights = claimed(
        call, lambda factor: Worked(factor.numel() // int(reads), "out_features") * reads, right, left
    )
    alpha, beta = (call.given.get(name, 1) for name in ("alpha", "beta"))
    added = bias[0] if bias and beta != 0 else None
    biases = Worked(added.shape[-1] if added is not None and added.dim() else 1, "out_features")
    counts = _weighted(call, values(call.output), reads, weights=weights, bias=added, biases=biases)
    scaled = [counts.multiplications]
    if alpha != 1:
        scaled.append(values(call.output).named("scaled by alpha"))
    if added is not None and beta != 1:
        scaled.append(values(added).named("scaled by beta"))
    if len(scaled) == 1:
        return counts
    columns = {name: getattr(counts, name) for name in ("units", "weights", "biases", "connections")}
    return work(
        **columns,
        multiplications=total(scaled),
        additions=counts.additions,
        macs=counts.macs,
    )


def bilinear_form(call: Call) -> LayerCounts:
    """Each output is x · (A y), two matrix products: every row of A times y, then x times the results."""
    x, weight, y = call["i1"], call["i2"], call["i3"]
    units = values(call.output).named("units")
    first, second = Worked(x.shape[-1], "in1_features"), Worked(y.shape[-1], "in2_features")
    connections = (units * first * second).named("connections")
    return work(
        units=units,
        weights=call.ledger.claim(weight, Worked(weight.shape[0], "out_features") * first * second),
        connections=connections,
        multiplications=connections + units * first,
        additions=units * first * (second - 1) + units * (first - 1),
        macs=connections + units * first,
    )
