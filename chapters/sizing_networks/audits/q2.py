"""What sheet 003 states about the perceptron as one matrix product, judged as far as it can be read.

The answer is badly damaged. Of the drawing three sizes survive, and of the derivation a row of quotients in
which every letter was read as a Q. Only what can be read without guessing is judged. The sizes have lost
their edges: they are right if some edges of the graph have these sizes, in the order of the computation.
Letters are taken by their place in the chain.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnutils import autodiff
from nnutils.audit import Audit

__all__ = ["audit"]

INPUTS, OUTPUTS = 3, 2
POINTS = np.random.default_rng(1).uniform(-2, 2, size=6).tolist()
"""Results of the product at which the derivative of the activation is judged."""

Array = NDArray[np.float64]


def audit() -> Audit:
    """Return the judged audit: sizes from the tape, both Jacobians from their formulas."""
    matrix, column = _matrix_and_column()
    tape = autodiff.trace(_perceptron, A=matrix, u=column)
    judged = Audit.of(__file__)
    judged.check("003-q2-equation", matrix @ column, evidence="tanh([w b] [x; 1])")
    products = [node.label for node in tape.graph().nodes].count("@")
    judged.check("003-q2-graph", products == 1, evidence="ours has one product node")
    sizes = [list(tape[name].shape) for name in ("A", "u", "q", "y")]
    judged.check("003-q2-edge-input", sizes[1])
    survive = judged.claim("003-q2-edge-sizes").stated
    assert isinstance(survive, list)
    orders = [list(some) for some in combinations(sizes, len(survive))]
    # Any selection in order would do; where none has the sheet's sizes, the first one is shown.
    judged.check("003-q2-edge-sizes", survive if survive in orders else orders[0])

    itself = autodiff.trace(lambda y: autodiff.named("same", y), 0.5)
    judged.check("003-q2-output-self", itself.gradient())
    samples = [{"q": q, "tanh": np.tanh} for q in POINTS]
    slopes = [autodiff.trace(autodiff.tanh, q).gradient() for q in POINTS]
    judged.check("003-q2-activation", slopes, samples=samples)
    slope = 1 - np.tanh(matrix @ column)[:, 0] ** 2
    by_matrix = np.einsum("ij,k->ijk", np.diag(slope), column[:, 0])
    judged.check("003-q2-weights", by_matrix, evidence="δij (1 − yi²) uk")
    judged.check("003-q2-input", np.diag(slope) @ matrix[:, :-1], evidence="D w")
    judged.figures["unreadable"] = judged.counts()["unreadable"]
    return judged


def _matrix_and_column() -> tuple[Array, Array]:
    """Return [w b] and [x; 1] with random numbers: the sheet has letters only."""
    random = np.random.default_rng(0)
    w, b, x = (random.normal(size=size) for size in ((OUTPUTS, INPUTS), (OUTPUTS, 1), (INPUTS, 1)))
    return np.hstack([w, b]), np.vstack([x, [[1.0]]])


def _perceptron(A: Any, u: Any) -> Any:
    """The perceptron with one product: tanh(A u)."""
    return autodiff.named("y", autodiff.tanh(autodiff.named("q", A @ u)))
