"""Many values to one: pooling, means, sums, extremes, norms of vectors, interpolation, look-ups."""

from __future__ import annotations

import math

import torch

from nnutils.core.errors import CountError
from nnutils.core.worked import Worked, total
from nnutils.networks.counting import LayerCounts
from nnutils.torch_bridge.operators.call import Call, claimed, product, size_of, values, work
from nnutils.torch_bridge.operators.products import AXES

__all__ = [
    "adaptive_pool",
    "added_at_places",
    "cumulative",
    "embedding",
    "embedding_bag",
    "extreme",
    "interpolation",
    "log_of_sum",
    "mean",
    "pool",
    "summed",
    "variance",
    "vector_norm",
]


def pool(call: Call) -> LayerCounts:
    """Of a window of n, padding included: n - 1 comparisons, or n - 1 additions and 1 multiplication."""
    rank = 3 if "3d" in call.operator else 2
    kernel_size = list(call["kernel_size"])
    kernel_size = kernel_size * rank if len(kernel_size) == 1 else kernel_size
    units = values(call.output).named("units")
    reads = product(kernel_size, [f"kernel {axis}" for axis in AXES[rank]])
    return _pooled(call, units, (units * reads).named("connections"), (units * (reads - 1)))


def adaptive_pool(call: Call) -> LayerCounts:
    """As pooling, along windows that can differ in size and can overlap, each at its own size."""
    rank = 3 if "3d" in call.operator else 2
    reads = Worked(call.output.shape[-rank - 1], "channels")
    if call.output.dim() == rank + 2 and call.output.shape[0] != 1:
        reads = Worked(call.output.shape[0], "pictures") * reads
    for axis, size, positions in zip(
        AXES[rank], call.tensors[0].shape[-rank:], call.output.shape[-rank:], strict=True
    ):
        # Window i starts at floor(i size / positions) and ends before ceil((i + 1) size / positions).
        lengths = [-(-(i + 1) * size // positions) - i * size // positions for i in range(positions)]
        reads = reads * total(lengths, f"{axis} of all windows")
    units = values(call.output).named("units")
    connections = reads.named("connections")
    return _pooled(call, units, connections, connections - units)


def mean(call: Call) -> LayerCounts:
    """Each output reads its n inputs: n - 1 additions, and 1 multiplication for the division by n."""
    units, reads = _shares(call, "values per mean")
    return _pooled(call, units, (units * reads).named("connections"), units * (reads - 1))


def summed(call: Call) -> LayerCounts:
    """Each output reads its n inputs: n - 1 additions (a product of them: n - 1 multiplications)."""
    units, reads = _shares(call, "values per sum")
    column = "multiplications" if call.operator == "prod" else "additions"
    steps = {column: units * (reads - 1)}
    if call.operator == "nansum":
        steps["comparisons"] = units * reads
    return work(units=units, connections=units * reads, **steps)


def extreme(call: Call) -> LayerCounts:
    """Each output, or the place of it, takes n - 1 comparisons; both extremes at once take twice as many.

    Of two tensors, value by value: 1 comparison for each value.
    """
    if isinstance(call.given.get("other"), torch.Tensor):
        return work(comparisons=values(call.output))
    units, reads = _shares(call, "values compared")
    comparisons = units * (reads - 1)
    return work(
        units=units,
        connections=units * reads,
        comparisons=2 * comparisons if call.operator == "aminmax" else comparisons,
    )


def cumulative(call: Call) -> LayerCounts:
    """Running sums of n values: n - 1 additions (products: n - 1 multiplications)."""
    dim = call["dim"]
    length = call.output.shape[dim] if call.output.dim() else 1
    lines = Worked(call.output.numel() // max(length, 1), "lines")
    column = "multiplications" if call.operator == "cumprod" else "additions"
    return work(**{column: lines * (Worked(length, "values per line") - 1)})


def variance(call: Call) -> LayerCounts:
    """Of n values: their mean, n differences, n squares, and the mean of these.

    A mean takes n - 1 additions and 1 multiplication.

    A standard deviation takes one evaluation more, the square root.
    """
    units, reads = _shares(call, "values per variance")
    columns = {
        "additions": units * (3 * reads - 2),
        "multiplications": units * (reads + 2),
    }
    if call.operator.startswith("std"):
        columns["evaluations"] = units
    return work(units=units, connections=units * reads, **columns)


def vector_norm(call: Call) -> LayerCounts:
    """Of n values: n squares, n - 1 additions, 1 square root.

    Of order 1 or infinity: n absolute values (a comparison each), then n - 1 additions or comparisons; of
    another order: n absolute values, n powers, n - 1 additions, 1 root (an evaluation for each power and
    root).
    """
    units, reads = _shares(call, "values per norm")
    order = call.given.get("ord", call.given.get("p"))
    order = 2.0 if order is None else float(order)
    columns = {"additions": units * (reads - 1)}
    if order == 2:
        columns |= {"multiplications": units * reads, "evaluations": units}
    elif math.isinf(order):
        columns = {"comparisons": units * (2 * reads - 1)}
    elif order in (0, 1):
        columns["comparisons"] = units * reads
    else:
        columns |= {"comparisons": units * reads, "evaluations": units * (reads + 1)}
    return work(units=units, connections=units * reads, **columns)


def log_of_sum(call: Call) -> LayerCounts:
    """log Σ exp(x) of n values: their maximum (n - 1 comparisons), n differences, n exponentials, n - 1
    additions, 1 logarithm, 1 addition of the maximum.
    """
    units, reads = _shares(call, "values per sum")
    return work(
        units=units,
        connections=units * reads,
        comparisons=units * (reads - 1),
        additions=units * 2 * reads,
        evaluations=units * (reads + 1),
    )


def interpolation(call: Call) -> LayerCounts:
    """Each output is a weighted sum of its 2, 4 (linear, bilinear), 8 (trilinear) or 16 (bicubic) neighbours.

    The weights depend on the sizes alone, so finding them is not counted: m products, m - 1 additions.
    """
    reads = {"linear": 2, "bilinear": 4, "trilinear": 8, "bicubic": 16}[
        call.operator.removeprefix("upsample_").rstrip("123d")
    ]
    units = values(call.output).named("units")
    connections = (units * Worked(reads, "neighbours")).named("connections")
    return work(
        units=units,
        connections=connections,
        multiplications=connections,
        additions=units * (Worked(reads, "neighbours") - 1),
    )


def embedding(call: Call) -> LayerCounts:
    """A look-up: the table is weights, and nothing is computed."""
    if call["indices"].is_floating_point():
        raise CountError(
            f"An embedding looks up whole numbers, and was given {call['indices'].dtype}.",
            remedy="Give a tensor of them: count(module, torch.zeros(1, 128, dtype=torch.long)).",
        )
    return work(weights=claimed(call, size_of, call["weight"]))


def added_at_places(call: Call) -> LayerCounts:
    """Values put or added at places given by an index: 1 addition for each value that is added."""
    source = call.given.get("src", call.given.get("source", call.given.get("values")))
    if call.operator in ("index_put", "_unsafe_index_put") and not call["accumulate"]:
        return LayerCounts()
    return work(additions=size_of(source))


def embedding_bag(call: Call) -> LayerCounts:
    """Look-ups added up (or averaged, or compared): n - 1 additions for a bag of n; no bag is empty."""
    rows, width = call["indices"].numel(), Worked(call.output.shape[-1], "embedding size")
    bags = Worked(call.output.shape[0], "bags")
    steps = (Worked(rows, "look-ups") - bags) * width
    columns = {"comparisons": steps} if call["mode"] == 2 else {"additions": steps}
    if call["mode"] == 1:
        columns["multiplications"] = bags * width
    if call["per_sample_weights"] is not None:
        columns["multiplications"] = Worked(rows, "look-ups") * width
    return work(
        units=bags * width,
        connections=Worked(rows, "look-ups") * width,
        weights=claimed(call, size_of, call["weight"]),
        **columns,
    )


def _shares(call: Call, name: str) -> tuple[Worked, Worked]:
    """Return the outputs, and how many inputs each of them reads."""
    source: torch.Tensor = call.tensors[0]
    return values(call.output).named("units"), Worked(source.numel() // max(call.output.numel(), 1), name)


def _pooled(call: Call, units: Worked, connections: Worked, steps: Worked) -> LayerCounts:
    """Count a pooling: a maximum compares; a mean adds, and multiplies each sum once."""
    if "max" in call.operator:
        return work(units=units, connections=connections, comparisons=steps)
    return work(units=units, connections=connections, additions=steps, multiplications=units)
