"""What sheet 003 states about the dense network, judged.

Beside a number the sheet may write the product or the sum that gave it. Then there are two more questions: do
these terms give the number written, and are they the right terms?

Which vectors the network takes, and how many of their entries count, is tried on a torch module.
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray

from nnutils import Linear, Network, Tanh, count
from nnutils.audit import Audit
from nnutils.slips import quantities
from nnutils.torch_bridge import to_torch

__all__ = ["audit"]

FEATURES = 1200
WIDTHS = {"H1": 500, "H2": 750, "O": 25}
DROPPED = "a digit was dropped in one term of the sum"


def audit() -> Audit:
    """Return the judged audit: counts from the specification, shapes and the equation from a torch module."""
    layers = [
        layer for name, width in WIDTHS.items() for layer in (Linear(width, bias=False, name=name), Tanh())
    ]
    network = Network((FEATURES,), layers)
    dense = count(network).select(*WIDTHS)
    module = to_torch(network, seed=0, dtype=torch.float64)
    matrices = [p.detach().numpy() for p in module.parameters()]
    first, second, last = matrices
    v = np.random.default_rng(0).normal(size=FEATURES)
    output = module(torch.from_numpy(v)[None])[0].detach().numpy()

    judged = Audit.of(__file__)
    judged.check("003-q1-feature-space", first.shape[1])
    tried = sorted({FEATURES - 1, FEATURES, FEATURES + 1, *WIDTHS.values()})
    taken = [size for size in tried if _takes(torch.from_numpy(first), size)]
    judged.check(
        "003-q1-feature-space-why", taken == [FEATURES], evidence=f"H-1 takes vectors of {taken[0]:,} entries"
    )
    used = _entries_that_count(module, v)
    judged.check(
        "003-q1-features-count", used == FEATURES, evidence=f"the output depends on {used:,} entries"
    )
    for name, matrix in zip(("h1", "h2", "out"), matrices, strict=True):
        judged.check(f"003-q1-{name}-shape", matrix.shape)
    for name in ("H1", "H2"):
        judged.check(f"003-q1-{name.lower()}", dense[name].weights)
        judged.check_working(f"003-q1-{name.lower()}-product")
    judged.check("003-q1-h1-factors", dense["H1"].weights)
    judged.check("003-q1-out", dense["O"].weights)

    # The total is off, although its terms are right.
    others = quantities(network)
    total = judged.check("003-q1-total", dense.total.weights, cause=DROPPED, among=others)
    judged.check_working("003-q1-total-sum", cause=DROPPED)
    judged.check("003-q1-total-terms", dense.total.weights)
    judged.check(
        "003-q1-equation",
        output,
        given={"tanh": np.tanh, "Wo": last, "W2": second, "W1": first, "I": v},
        evidence="the torch module's output",
    )
    judged.figures.update(
        h1=dense["H1"].weights, stated_total=judged.number(total.id), slips=len(total.explained)
    )
    return judged


def _takes(weight: torch.Tensor, size: int) -> bool:
    """Say whether torch's dense layer with this weight matrix takes a vector of so many entries."""
    try:
        torch.nn.functional.linear(torch.zeros(size, dtype=weight.dtype), weight)
    except RuntimeError:  # torch's error for a product that does not fit
        return False
    return True


def _entries_that_count(module: torch.nn.Module, v: NDArray[np.float64]) -> int:
    """Return for how many entries of the input the output has a derivative other than 0."""
    x = torch.from_numpy(v)[None].requires_grad_()
    module(x).sum().backward()
    assert x.grad is not None
    return int(torch.count_nonzero(x.grad))
