"""Recurrent layers and cells, each step by its definition."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from nnutils.core.errors import CountError
from nnutils.core.worked import Worked, total
from nnutils.networks.counting import LayerCounts
from nnutils.torch_bridge.operators.call import Call, joined, size_of, work

__all__ = ["gru", "lstm", "rnn"]

_OPERATIONS = {
    "lstm": {"evaluations": 5, "multiplications": 3, "additions": 1},
    "gru": {"evaluations": 3, "multiplications": 3, "additions": 2},
    "rnn": {"evaluations": 1},
}
"""What a step does to each hidden value besides its gates."""

_GATES = {"lstm": 4, "gru": 3, "rnn": 1}


def lstm(call: Call) -> LayerCounts:
    """Each step: four gates W x + b + U h + c, an evaluation each; c' = f · c + i · g; h' = o · tanh(c').

    For each hidden value that is 5 evaluations, 3 multiplications and 1 addition besides the matrix products;
    a projection of h' is another matrix product.
    """
    return _recurrent(call, "lstm")


def gru(call: Call) -> LayerCounts:
    """Each step: gates r, z = σ(W x + b + U h + c) and n = tanh(W x + b + r · (U h + c)).

    Then h' = (1 - z) · n + z · h.

    For each hidden value that is 3 evaluations, 3 multiplications and 2 additions besides the matrix
    products.
    """
    return _recurrent(call, "gru")


def rnn(call: Call) -> LayerCounts:
    """Each step: h' = tanh(W x + b + U h + c), an evaluation; with ReLU a comparison instead."""
    return _recurrent(call, "rnn")


def _recurrent(call: Call, kind: str) -> LayerCounts:
    if call.operator.endswith("cell"):
        weights = [call[name] for name in ("w_ih", "w_hh", "b_ih", "b_hh") if call[name] is not None]
        pictures = call["input"].shape[0] if call["input"].dim() > 1 else 1
        return _layer(call, kind, weights, Worked(1, "steps"), pictures)
    if "batch_sizes" in call.given:
        raise CountError(
            f"aten.{call.operator} is given a packed sequence, whose lengths are values and not shapes.",
            remedy="Give a padded sequence, all of the same length.",
        )
    tensors: Sequence[torch.Tensor] = call["params"]
    source: torch.Tensor = call["input"]
    directions = 2 if call["bidirectional"] else 1
    several = call["num_layers"] * directions
    each = len(tensors) // several
    first = bool(call["batch_first"])
    steps = Worked(source.shape[1 if first else 0], "steps")
    pictures = source.shape[0 if first else 1]
    parts = []
    for i in range(several):
        name = f"layer {i // directions + 1}" + (" backward" if i % directions else "")
        layer = tensors[i * each : (i + 1) * each]
        parts.append((name, _layer(call, kind, layer, steps, pictures)))
    return joined(parts)


def _layer(
    call: Call, kind: str, tensors: Sequence[torch.Tensor], steps: Worked, pictures: int
) -> LayerCounts:
    """Count one layer in one direction, over all its steps."""
    matrices = [tensor for tensor in tensors if tensor.dim() == 2]
    biases = [tensor for tensor in tensors if tensor.dim() == 1]
    gates = Worked(_GATES[kind], "gates")
    hidden = Worked(matrices[0].shape[0] // _GATES[kind], "hidden")
    inputs = Worked(matrices[0].shape[1], "in_features")
    state = Worked(matrices[1].shape[1], "state")
    if pictures != 1:
        steps = steps * Worked(pictures, "samples")
    units = steps * gates * hidden if int(gates) > 1 else steps * hidden
    reads = (inputs + state).named("reads")
    extra = {name: times * steps * hidden for name, times in _OPERATIONS[kind].items()}
    if "relu" in call.operator:
        extra = {"comparisons": extra["evaluations"]}
    connections = units * reads
    additions = units * (reads - 1)
    if biases:
        additions = additions + len(biases) * units
    gate_work = work(
        units=units,
        connections=connections,
        multiplications=connections,
        additions=additions,
        macs=connections,
        weights=_sizes(call, matrices),
        biases=_sizes(call, biases),
    )
    parts = [("gates", gate_work), ("update", work(**extra))]
    if len(matrices) == 3:  # a projection of the hidden values to a smaller state
        outputs = steps * state
        products = outputs * hidden
        parts.append(
            ("projection", work(
                units=outputs, connections=products, multiplications=products, macs=products,
                additions=outputs * (hidden - 1),
            ))
        )  # fmt: skip
    return joined(parts)


def _sizes(call: Call, tensors: Sequence[torch.Tensor]) -> Worked:
    sizes = [call.ledger.claim(tensor, size_of(tensor)) for tensor in tensors]
    found = [size for size in sizes if size]
    return found[0] if len(found) == 1 else total(found)
