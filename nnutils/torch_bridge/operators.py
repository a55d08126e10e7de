"""Counting rules for torch's operators, each read off the tensors with which the operator is called.

None of this uses the rules of ``nnutils.networks.counting``: it is the second route to the same numbers. The
conventions are the same: see ``LayerCounts`` there.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch

from nnutils.core.errors import CountError
from nnutils.core.worked import Worked, total
from nnutils.networks.counting import LayerCounts

__all__ = ["MOVES", "RULES", "Call", "Ledger", "size_of"]

_AXES = {1: ("length",), 2: ("height", "width"), 3: ("depth", "height", "width")}
_VALUES = {1: ("features",), 2: ("rows", "columns"), 3: ("channels", "height", "width")}


class Ledger:
    """The parameters of a module that have not been counted yet; each of them counts once.

    A parameter is recognised by its storage, so also through a view of it such as a transpose.

    >>> weight = torch.empty(10, 4, device="meta")
    >>> ledger = Ledger({"weight": weight})
    >>> ledger.claim(weight.t(), Worked(10, "out") * Worked(4, "in")).work
    '10 · 4 = 40'
    >>> ledger.claim(weight, Worked(40)), ledger.waiting
    (0, {})
    """

    def __init__(self, parameters: Mapping[str, torch.Tensor]) -> None:
        """Keep the parameters by name, and their names by storage."""
        self.waiting = dict(parameters)
        self._names = {_storage(tensor): name for name, tensor in parameters.items()}

    def claim(self, tensor: object, factors: Worked) -> Worked:
        """Return the size of the parameter behind ``tensor``; 0 for other tensors and for the second time.

        ``factors`` is the size as the operator sees it; a slice or an expansion of a parameter counts whole.
        """
        name = self._names.get(_storage(tensor)) if isinstance(tensor, torch.Tensor) else None
        parameter = self.waiting.pop(name, None) if name else None
        if parameter is None:
            return Worked(0)
        return factors if factors == parameter.numel() else size_of(parameter)


def _storage(tensor: torch.Tensor) -> int:
    return int(tensor.untyped_storage()._cdata)


@dataclass(frozen=True)
class Call:
    """One call of an operator: its arguments by the schema's names, its first output, the ledger."""

    operator: str
    given: Mapping[str, Any]
    output: torch.Tensor
    ledger: Ledger

    def __getitem__(self, argument: str) -> Any:
        """Return an argument by name."""
        return self.given[argument]

    @property
    def tensors(self) -> list[torch.Tensor]:
        """The arguments that are tensors, in order."""
        return [given for given in self.given.values() if isinstance(given, torch.Tensor)]


def _product(sizes: Sequence[int], names: Sequence[str]) -> Worked:
    factors = [Worked(int(size), name) for size, name in zip(sizes, names, strict=True)]
    return math.prod(factors[1:], start=factors[0]) if factors else Worked(1, "value")


def size_of(tensor: torch.Tensor) -> Worked:
    """Return the number of scalars in a tensor, a factor for each axis.

    >>> size_of(torch.empty(3, 4)).work
    '3 · 4 = 12'
    """
    return _product(tensor.shape, [f"axis {i}" for i in range(1, tensor.dim() + 1)])


def _values(tensor: torch.Tensor) -> Worked:
    """Return the number of values of an output with their factors; a batch of one is left out."""
    sizes = tensor.shape[1:] if tensor.dim() > 1 and tensor.shape[0] == 1 else tensor.shape
    return _product(sizes, _VALUES.get(len(sizes), [f"axis {i}" for i in range(1, len(sizes) + 1)]))


def _claimed(call: Call, factors: Callable[[torch.Tensor], Worked], *tensors: torch.Tensor) -> Worked:
    """Return the size of the parameters among some tensors; usually there is at most one."""
    sizes = [call.ledger.claim(tensor, factors(tensor)) for tensor in tensors]
    found = [size for size in sizes if size]
    return found[0] if len(found) == 1 else total(found)


# --- units that read: convolution, matrix product, pooling --------------------------------------------------


def _weighted(
    call: Call, units: Worked, reads: Worked, *, weights: Worked, bias: object, biases: Worked
) -> LayerCounts:
    """Count weighted sums: each unit multiplies ``reads`` inputs, adds the products up, and then its bias."""
    units = units.named("units")
    connections = (units * reads).named("connections")
    sums = units * (reads - 1)
    return LayerCounts(
        units=units,
        weights=weights.named("weights"),
        biases=call.ledger.claim(bias, biases).named("biases"),
        connections=connections,
        multiplications=connections.named("multiplications"),
        additions=(sums if bias is None else sums + units).named("additions"),
    )


def _convolution(call: Call) -> LayerCounts:
    if call["transposed"]:
        raise CountError(
            "aten.convolution with transposed=True has no counting rule: whether the zeros between the "
            "inputs count as read is a convention that the other layers do not settle.",
            remedy="Count the parts before and after the transposed convolution.",
        )
    weight: torch.Tensor = call["weight"]
    axes = _AXES[weight.dim() - 2]
    out_channels = Worked(weight.shape[0], "out_channels")
    reads = Worked(weight.shape[1], "in_channels" if call["groups"] == 1 else "in_channels per group")
    for axis, size in zip(axes, weight.shape[2:], strict=True):
        reads = reads * Worked(size, f"kernel {axis}")
    units = out_channels * _product(call.output.shape[2:], axes)
    if call.output.shape[0] != 1:
        units = Worked(call.output.shape[0], "pictures") * units
    weights = call.ledger.claim(weight, out_channels * reads)
    return _weighted(call, units, reads, weights=weights, bias=call["bias"], biases=out_channels)


def _matrix_product(call: Call) -> LayerCounts:
    """Count a product of two matrices, or of a matrix and a vector, with or without a bias added to it."""
    *bias, left, right = call.tensors
    if bias and (call["alpha"], call["beta"]) != (1, 1):
        raise _scaled(call)
    reads = Worked(left.shape[-1], "in_features")
    # Either factor can be the parameter: x W, as torch.nn.Linear has it, or W x.
    weights = _claimed(
        call, lambda factor: Worked(factor.numel() // int(reads), "out_features") * reads, right, left
    )
    added = bias[0] if bias else None
    biases = Worked(added.shape[-1] if added is not None and added.dim() else 1, "out_features")
    return _weighted(call, _values(call.output), reads, weights=weights, bias=added, biases=biases)


def _pool(call: Call) -> LayerCounts:
    rank = 3 if "3d" in call.operator else 2
    kernel_size = list(call["kernel_size"])
    kernel_size = kernel_size * rank if len(kernel_size) == 1 else kernel_size
    units = _values(call.output).named("units")
    reads = _product(kernel_size, [f"kernel {axis}" for axis in _AXES[rank]])
    return _pooled(call, units, (units * reads).named("connections"), (units * (reads - 1)))


def _adaptive_pool(call: Call) -> LayerCounts:
    """Count adaptive pooling along height and width, whose windows can differ in size and can overlap."""
    reads = Worked(call.output.shape[-3], "channels")
    for axis, size, positions in zip(
        _AXES[2], call.tensors[0].shape[-2:], call.output.shape[-2:], strict=True
    ):
        # Window i starts at floor(i size / positions) and ends before ceil((i + 1) size / positions).
        lengths = [-(-(i + 1) * size // positions) - i * size // positions for i in range(positions)]
        reads = reads * total(lengths, f"{axis} of all windows")
    units = _values(call.output).named("units")
    connections = reads.named("connections")
    return _pooled(call, units, connections, connections - units)


def _mean(call: Call) -> LayerCounts:
    """Count a mean, such as global average pooling: each output reads its share of the inputs."""
    units = _values(call.output).named("units")
    reads = Worked(call.tensors[0].numel() // max(call.output.numel(), 1), "values per mean")
    return _pooled(call, units, (units * reads).named("connections"), units * (reads - 1))


def _pooled(call: Call, units: Worked, connections: Worked, joined: Worked) -> LayerCounts:
    """Count a pooling: a maximum compares; a mean adds, and multiplies each sum once."""
    if "max" in call.operator:
        return LayerCounts(units=units, connections=connections, comparisons=joined.named("comparisons"))
    return LayerCounts(
        units=units,
        connections=connections,
        additions=joined.named("additions"),
        multiplications=units.named("multiplications"),
    )


# --- one value at a time ------------------------------------------------------------------------------------


def _batch_norm(call: Call) -> LayerCounts:
    if call["training"]:
        raise CountError(
            f"aten.{call.operator} normalises with the statistics of the batch, which one sample does not "
            "have.",
            remedy="Call .eval() on the module first; it needs running statistics to have been tracked.",
        )
    values, channels = _values(call.output), Worked(call["input"].shape[1], "channels")
    return LayerCounts(
        weights=call.ledger.claim(call["weight"], channels).named("weights"),
        biases=call.ledger.claim(call["bias"], channels).named("biases"),
        multiplications=values.named("multiplications"),
        additions=values.named("additions"),
    )


def _addition(call: Call) -> LayerCounts:
    """Count a sum or a difference; a parameter that is added is a bias."""
    if call["alpha"] != 1:
        raise _scaled(call)
    biases = _claimed(call, size_of, *call.tensors)
    return LayerCounts(biases=biases.named("biases"), additions=_values(call.output).named("additions"))


def _multiplication(call: Call) -> LayerCounts:
    """Count a product, value by value; a parameter that multiplies is a weight."""
    weights = _claimed(call, size_of, *call.tensors).named("weights")
    return LayerCounts(weights=weights, multiplications=_values(call.output).named("multiplications"))


def _scaled(call: Call) -> CountError:
    return CountError(
        f"aten.{call.operator} with a factor alpha or beta has no counting rule.",
        remedy="Write the scaling as a product of its own.",
    )


def _comparison(call: Call) -> LayerCounts:
    return LayerCounts(comparisons=_values(call.output).named("comparisons"))


def _two_comparisons(call: Call) -> LayerCounts:
    return LayerCounts(comparisons=(2 * _values(call.output)).named("comparisons"))


def _evaluation(call: Call) -> LayerCounts:
    return LayerCounts(evaluations=_values(call.output).named("evaluations"))


def _nothing(call: Call) -> LayerCounts:
    return LayerCounts()


RULES: dict[str, Callable[[Call], LayerCounts]] = {
    "convolution": _convolution,
    **dict.fromkeys(("mm", "bmm", "mv", "dot", "addmm", "addmv", "baddbmm"), _matrix_product),
    **dict.fromkeys(
        ("max_pool2d_with_indices", "max_pool3d_with_indices", "avg_pool2d", "avg_pool3d"), _pool
    ),
    **dict.fromkeys(("_adaptive_avg_pool2d", "adaptive_max_pool2d"), _adaptive_pool),
    "mean": _mean,
    "native_batch_norm": _batch_norm,
    **dict.fromkeys(("add", "sub", "rsub"), _addition),
    "mul": _multiplication,
    **dict.fromkeys(("relu", "threshold", "maximum", "minimum"), _comparison),
    "hardtanh": _two_comparisons,
    **dict.fromkeys(("tanh", "sigmoid", "exp", "log", "sin", "cos", "erf"), _evaluation),
    **dict.fromkeys(("cat", "stack"), _nothing),
}
"""The rule of each aten operator by its name; ``relu_``, which works in place, has that of ``relu``."""

MOVES = frozenset(
    "t view _unsafe_view _reshape_alias transpose permute expand squeeze unsqueeze select slice split "
    "split_with_sizes unbind repeat roll flip index_select detach alias clone copy _to_copy lift_fresh "
    "fill zero empty empty_like new_empty zeros zeros_like new_zeros ones ones_like new_ones "
    "full full_like new_full arange constant_pad_nd reflection_pad1d reflection_pad2d reflection_pad3d "
    "replication_pad1d replication_pad2d replication_pad3d pixel_shuffle pixel_unshuffle channel_shuffle "
    "upsample_nearest1d upsample_nearest2d".split()
)
"""The operators that only make, move or copy values: there is nothing to count."""
