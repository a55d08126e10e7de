"""What sheets 000 and 001 state about sorting two numbers, judged.

Sheet 000 builds the network with six hidden units, sheet 001 the one with four. Two things needed a reading.

- The drawing with the hidden units of sheet 000 is lost. Its three identities leave only one choice: if
  relu(u) - relu(v) shall be linear, then v = -u, and the difference is u. So h1 and h2 are relu(x1) and
  relu(-x1), and so on.
- Sheet 001 never writes the ReLU in its formulas for h. In this book h is what comes out of a hidden unit.

Every formula is evaluated as written on a grid of exact fractions that contains ties, zeros and all signs.
The matrices of sheet 001 are read from its own statements, and its formulas use these matrices. It stores a
unit in each column, so that its first matrix is the transpose of the one here.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import torch

from nnutils.audit import Audit, evaluate
from nnutils.numerics import MLP, sorting_error, sorting_network_pair

__all__ = ["audit"]

Sample = dict[str, Any]

VALUES = [Fraction(n, 2) for n in range(-4, 5)]
BEFORE_THE_RELU = "h is the value before the ReLU"


def audit() -> Audit:
    """Return the judged audit: values on a grid, and the exact error of both networks on the plane."""
    judged = Audit.of(__file__)
    samples = _samples()
    _six_units(judged, samples)
    _matrices(judged, samples)
    _hidden_units(judged, samples)
    _scalar_formulas(judged, samples)
    _argument_by_cases(judged, samples)
    _signs(judged, samples)
    _purposes(judged, samples)
    judged.figures.update(without_relu=_without_relu(judged))
    return judged


def _relu(z: Any) -> Any:
    return np.maximum(0, z)


def _low(s: Sample) -> Any:
    return min(s["x1"], s["x2"])


def _high(s: Sample) -> Any:
    return max(s["x1"], s["x2"])


FUNCTIONS = {"relu": _relu, "abs": abs, "min": min, "max": max}


def _samples() -> list[Sample]:
    """Return the points of the grid, each with the hidden units of sheet 000 there."""
    first = np.array(sorting_network_pair("six").layers[0].weight)
    samples = []
    for x1, x2 in product(VALUES, VALUES):
        x = np.array([x1, x2])
        units = {f"h{i}": h for i, h in enumerate(_relu(first @ x), 1)}
        samples.append({"x1": x1, "x2": x2, "x": x, **units})
    return samples


def _six_units(judged: Audit, samples: list[Sample]) -> None:
    """Judge sheet 000: its identities, its outputs, and what the lost drawing must have held."""
    right = {
        "max-identity": _high,
        "min-identity": _low,
        "h1": lambda s: _relu(s["x1"]),
        "identity-x1": lambda s: s["x1"],
        "identity-x2": lambda s: s["x2"],
        "identity-abs": lambda s: abs(s["x1"] - s["x2"]),
        "max-output": _high,
        "min-output": _low,
    }
    for name, value in right.items():
        judged.check(f"000-q1-{name}", value, given=FUNCTIONS, samples=samples)

    six = sorting_network_pair("six")
    weights = {str(weight) for row in six.layers[1].weight for weight in row}
    judged.check("000-q1-output-weights", sorted(weights, reverse=True))
    sorts = sorting_error(six)[0] == 0
    judged.check("000-q1-max-conclusion", sorts, evidence="largest error on the plane: 0")
    judged.check("000-q1-hidden-figure", sorts, evidence="the identities force h2 to h6")


def _stated_matrices(judged: Audit) -> tuple[Any, Any]:
    return np.array(judged.claim("001-q1-w1").stated), np.array(judged.claim("001-q1-w2").stated)


def _matrices(judged: Audit, samples: list[Sample]) -> None:
    """Judge the matrices, biases and shapes of sheet 001 by the network with four units."""
    four = sorting_network_pair("four")
    (first, b1), (second, b2) = four.arrays()
    judged.check("001-q1-w1", first.T)
    judged.check("001-q1-w2", second.T)
    judged.check("001-q1-w1-shape", first.T.shape)
    judged.check("001-q1-w2-shape", second.T.shape)
    judged.check("001-q1-b1", b1)
    judged.check("001-q1-b2", b2)
    judged.check("001-q1-x-vector", samples[0]["x"].shape)
    judged.check("001-q1-y-vector", four(samples[0]["x"]).shape)
    judged.check("001-q1-weight-h1", [f"{int(second[0, 0]):+d}"])
    judged.check("001-q1-weight-h2", int(second[0, 1]))


def _hidden_units(judged: Audit, samples: list[Sample]) -> None:
    """Judge h and y of sheet 001, from its own matrices: h with the ReLU, or by convention without."""
    first, second = _stated_matrices(judged)
    (_, b1), (_, b2) = sorting_network_pair("four").arrays()
    matrices = {"W1": first, "b1": b1, "W2": second, "b2": b2}
    before = [first.T @ s["x"] for s in samples]
    after = [_relu(z) for z in before]
    for i in range(len(b1)):
        judged.check(
            f"001-q1-h{i + 1}",
            [h[i] for h in after],
            samples=samples,
            conventions={BEFORE_THE_RELU: [z[i] for z in before]},
        )
    judged.check(
        "001-q1-hidden-formula",
        after,
        given=matrices,
        samples=samples,
        conventions={BEFORE_THE_RELU: before},
    )
    judged.check(
        "001-q1-output-formula",
        lambda s: np.array([_low(s), _high(s)]),
        given=matrices,
        samples=[{**s, "h": h} for s, h in zip(samples, after, strict=True)],
    )


def _scalar_formulas(judged: Audit, samples: list[Sample]) -> None:
    """Judge the definitions of sheet 001 and its outputs without matrices."""
    right = {
        "request-y1": _low,
        "request-y2": _high,
        "y1-formula": _low,
        "y2-formula": _high,
        "split-identity": lambda s: s["x1"],
    }
    for name, value in right.items():
        judged.check(f"001-q1-{name}", value, given=FUNCTIONS, samples=samples)

    numbers = [{"z": value} for value in VALUES]
    judged.check("001-q1-relu-formula", lambda s: _relu(s["z"]), given=FUNCTIONS, samples=numbers)
    unit = {"w": np.array([2, -3]), "b": Fraction(1, 2), "phi": _relu}
    judged.check(
        "001-q1-neuron",
        lambda s: _relu(2 * s["x1"] - 3 * s["x2"] + Fraction(1, 2)),
        given=unit,
        samples=samples,
    )
    documented = (torch.nn.ReLU.__doc__ or "").startswith("Applies the rectified linear unit")
    judged.check("001-q1-relu-name", documented)


def _argument_by_cases(judged: Audit, samples: list[Sample]) -> None:
    """Judge the argument of sheet 001, each line at the points of its case, and whether a case is missing."""
    greater = [s for s in samples if s["x1"] > s["x2"]]
    less = [s for s in samples if s["x1"] < s["x2"]]
    steps = {
        "min-greater-expand": (greater, _low),
        "min-greater-result": (greater, _low),
        "min-less-result": (less, _low),
        "max-greater-expand": (greater, _high),
        "max-greater-result": (greater, _high),
        "max-less-expand": (less, _high),
        "max-less-result": (less, _high),
    }
    for name, (where, right) in steps.items():
        judged.check(f"001-q1-{name}", right, given=FUNCTIONS, samples=where)

    signs = {1: "x1 > x2", -1: "x1 < x2", 0: "x1 = x2"}
    met = {signs[(s["x1"] > s["x2"]) - (s["x1"] < s["x2"])] for s in samples}
    for name in ("min-cases", "max-cases", "every-condition"):
        judged.check(f"001-q1-{name}", sorted(met))


def _signs(judged: Audit, samples: list[Sample]) -> None:
    """Judge what sheet 001 says about signs, and that its network sorts negative numbers too."""
    greater = [s for s in samples if s["x1"] > s["x2"]]
    less = [s for s in samples if s["x1"] < s["x2"]]
    below = [s for s in samples if s["x1"] < 0]
    signs = {
        "min-greater-sign": [s["x1"] - s["x2"] > 0 for s in greater],
        "min-less-sign": [s["x1"] - s["x2"] < 0 for s in less],
        "max-greater-sign": [s["x2"] - s["x1"] < 0 for s in greater],
        "max-less-sign": [s["x2"] - s["x1"] > 0 for s in less],
        "negative-sign": [-s["x1"] > 0 for s in below],
        "negative-relu": [_relu(s["x1"]) == 0 for s in below],
    }
    for name, holds in signs.items():
        judged.check(f"001-q1-{name}", all(holds), evidence=f"at {len(holds)} points")

    four = sorting_network_pair("four")
    negative = [s for s in samples if s["x1"] < 0 and s["x2"] < 0]
    judged.check(
        "001-q1-negative-inputs",
        all(tuple(four(s["x"])) == (_low(s), _high(s)) for s in negative),
        evidence=f"at {len(negative)} points",
    )


def _purposes(judged: Audit, samples: list[Sample]) -> None:
    """Judge which quantities the hidden layer is said to carry: the list names them in another order."""
    first, _ = _stated_matrices(judged)
    stated = judged.claim("001-q1-hidden-purpose").stated
    purposes = [str(text) for text in stated] if isinstance(stated, list) else []
    carried = []
    for column in range(first.shape[1]):
        unit = [(first.T @ s["x"])[column] for s in samples]
        named = [text for text in purposes if [evaluate(text, s) for s in samples] == unit]
        carried.extend(named or [f"unit {column + 1}: something else"])
    judged.check("001-q1-hidden-purpose", carried)


def _without_relu(judged: Audit) -> str:
    """Return what the formulas of sheet 001, taken literally, make of either output, as LaTeX."""
    first, second = _stated_matrices(judged)
    linear = MLP([(second.T @ first.T, [0, 0])])
    (formula,) = {line.partition(" = ")[2] for line in linear.formulas()}
    return formula.replace("x", "x_")
