"""Normalisation and softmax, each by its definition."""

from __future__ import annotations

import torch

from nnutils.core.errors import CountError
from nnutils.core.worked import Worked
from nnutils.networks.counting import LayerCounts
from nnutils.torch_bridge.operators.call import Call, claimed, size_of, values, work

__all__ = [
    "batch_norm",
    "group_norm",
    "instance_norm",
    "layer_norm",
    "log_softmax",
    "rms_norm",
    "softmax",
    "softmax_work",
]


def batch_norm(call: Call) -> LayerCounts:
    """With running statistics, x · scale + shift: 1 multiplication and 1 addition for each value.

    The scale and shift of a channel are known before an input is seen.
    """
    if call.given.get("training", call.given.get("use_input_stats")):
        raise CountError(
            f"aten.{call.operator} normalises with the statistics of the batch, which one sample does not "
            "have.",
            remedy="Call .eval() on the module first; it needs running statistics to have been tracked.",
        )
    numbers, channels = values(call.output), Worked(call["input"].shape[1], "channels")
    return work(
        weights=call.ledger.claim(call["weight"], channels),
        biases=call.ledger.claim(call["bias"], channels),
        multiplications=numbers,
        additions=numbers,
    )


def layer_norm(call: Call) -> LayerCounts:
    """(x - mean) / √(variance + ε) · weight + bias, over groups of n values.

    The mean takes n - 1 additions and 1 multiplication, the differences n additions, their squares n
    multiplications, the variance n - 1 additions and 1 multiplication, ε 1 addition, 1 / √ an evaluation,
    the scaling n multiplications; weight and bias a multiplication and an addition for each value.
    """
    members = Worked(1)
    for size in call["normalized_shape"]:
        members = members * Worked(size, "features")
    return _normalised(call, call.output.numel() // int(members), members)


def group_norm(call: Call) -> LayerCounts:
    """As layer norm, over the values of each group of channels."""
    groups = int(call["num_groups"])
    pictures = call["input"].shape[0]
    members = Worked(call["input"][0].numel() // groups, "values per group")
    return _normalised(call, pictures * groups, members)


def instance_norm(call: Call) -> LayerCounts:
    """As layer norm, over the values of each channel; with running statistics as batch norm."""
    if not call["use_input_stats"]:
        return batch_norm(call)
    pictures, channels = call["input"].shape[:2]
    members = Worked(call["input"].numel() // (pictures * channels), "values per channel")
    return _normalised(call, pictures * channels, members)


def _normalised(call: Call, groups: int, members: Worked) -> LayerCounts:
    rows = Worked(groups, "groups")
    weight, bias = call["weight"], call["bias"]
    multiplications, additions = 2 * members + 2, 3 * members - 1
    if weight is not None:
        multiplications = multiplications + members
    if bias is not None:
        additions = additions + members
    return work(
        weights=claimed(call, size_of, *_tensors(weight)),
        biases=claimed(call, size_of, *_tensors(bias)),
        multiplications=rows * multiplications,
        additions=rows * additions,
        evaluations=rows,
    )


def rms_norm(call: Call) -> LayerCounts:
    """x / √(mean of x² + ε) · weight, over groups of n values.

    The squares take n multiplications, their mean n - 1 additions and 1 multiplication, ε 1 addition, 1 /
    √ an evaluation, the scaling n multiplications; the weight a multiplication for each value.
    """
    members = Worked(1)
    for size in call["normalized_shape"]:
        members = members * Worked(size, "features")
    rows = Worked(call.output.numel() // int(members), "groups")
    weight = call["weight"]
    multiplications = 2 * members + 1 if weight is None else 3 * members + 1
    return work(
        weights=claimed(call, size_of, *_tensors(weight)),
        multiplications=rows * multiplications,
        additions=rows * members,
        evaluations=rows,
    )


def softmax(call: Call) -> LayerCounts:
    """exp(x - max) / Σ exp(x - max), over n values.

    The maximum takes n - 1 comparisons, the differences n additions, the exponentials n evaluations,
    their sum n - 1 additions, the divisions n multiplications.
    """
    return softmax_work(*_lines(call))


def softmax_work(lines: Worked, length: Worked) -> LayerCounts:
    """Return the counts of a softmax over each of some lines of values."""
    return work(
        comparisons=lines * (length - 1),
        additions=lines * (2 * length - 1),
        evaluations=lines * length,
        multiplications=lines * length,
    )


def log_softmax(call: Call) -> LayerCounts:
    """x - max - log Σ exp(x - max), over n values.

    The maximum takes n - 1 comparisons, the differences n additions, the exponentials n evaluations,
    their sum n - 1 additions, the logarithm an evaluation, its subtraction n additions.
    """
    lines, length = _lines(call)
    return work(
        comparisons=lines * (length - 1),
        additions=lines * (3 * length - 1),
        evaluations=lines * (length + 1),
    )


def _lines(call: Call) -> tuple[Worked, Worked]:
    length = call.output.shape[call["dim"]] if call.output.dim() else 1
    return Worked(call.output.numel() // max(length, 1), "lines"), Worked(length, "values per line")


def _tensors(given: torch.Tensor | None) -> list[torch.Tensor]:
    return [] if given is None else [given]
