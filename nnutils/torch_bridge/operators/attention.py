"""Attention as one operator: the same counts as its definition written out."""

from __future__ import annotations

import torch

from nnutils.core.errors import CountError
from nnutils.core.worked import Worked
from nnutils.networks.counting import LayerCounts
from nnutils.torch_bridge.operators.call import Call, joined, work
from nnutils.torch_bridge.operators.norms import softmax_work

__all__ = ["attention"]


def attention(call: Call) -> LayerCounts:
    """softmax(Q Kᵀ · scale + mask) V: two matrix products, a multiplication for each score, a softmax.

    A mask of any kind is an addition for each score, of -∞ for those that it hides; these count like all
    others.
    """
    if call.given.get("dropout_p"):
        raise CountError(
            f"aten.{call.operator} with dropout draws random numbers, so it is not part of a prediction.",
            remedy="Call .eval() on the module, and pass dropout_p=0.0 when it does not train.",
        )
    query, key, value = call["query"], call["key"], call["value"]
    rows = Worked(query.numel() // query.shape[-1], "queries")
    keys, features = Worked(key.shape[-2], "keys"), Worked(query.shape[-1], "features")
    width = Worked(value.shape[-1], "value features")
    scores = rows * keys
    mask = call.given.get("attn_mask")
    added = isinstance(mask, torch.Tensor) or call.given.get("is_causal")
    parts = [
        ("Q Kᵀ", _product(scores, features)),
        ("scale", work(multiplications=scores)),
        ("softmax", softmax_work(rows, keys)),
        ("sums of V", _product(rows * width, keys)),
    ]
    if added:
        parts.insert(2, ("mask", work(additions=scores)))
    return joined(parts)


def _product(units: Worked, reads: Worked) -> LayerCounts:
    connections = units * reads
    return work(
        units=units,
        connections=connections,
        multiplications=connections,
        additions=units * (reads - 1),
        macs=connections,
    )
