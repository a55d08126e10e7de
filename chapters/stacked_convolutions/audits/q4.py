"""What sheet 004 states about the gradient of softmax and cross-entropy, judged at random scores.

The sheet proves the case i = j, line by line. In the scan letters and exponents are damaged, and the page
ends after that case. Each formula is evaluated as written, for several numbers of classes, scores and right
classes j. The right values come from PyTorch: its softmax, its cross-entropy, and its automatic derivatives.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from nnutils.audit import Audit

__all__ = ["audit"]

POINTS = 6
TO_THE_CLASS = ("dp-chain", "dp-third", "dp-quotient", "dp-split", "dp-result")
TO_THE_LOSS = ("dl-chain", "dl-put-in", "dl-factored", "dl-cancelled", "dl-result")


def audit() -> Audit:
    """Return the judged audit: each formula at every point, the labels, and the cases that a proof needs."""
    points = _points()
    samples = [_names(scores, j) for scores, j in points]
    right = [_right(scores, j) for scores, j in points]

    judged = Audit.of(__file__)
    for name in ("loss", "softmax", "goal", *TO_THE_CLASS, *TO_THE_LOSS):
        values = [point[name] for point in right]
        judged.check(f"004-q4-{name}", values, samples=samples, rtol=1e-8)
    labels = [torch.nn.functional.one_hot(torch.tensor(j), len(scores)) for scores, j in points]
    marked = all(int(label[j]) == 1 == int(label.sum()) for (_, j), label in zip(points, labels, strict=True))
    judged.check("004-q4-labels", marked, evidence=f"for {len(points)} choices of the right class")
    # Any class may be called j: to rename the classes renames the gradient, and nothing else.
    renamed = all(_renamed(scores, j) for scores, j in points)
    judged.check("004-q4-right-class", renamed, evidence="another right class exchanges two entries")
    pairs = itertools.product(range(len(points[0][0])), repeat=2)
    judged.check("004-q4-cases", sorted({"i = j" if i == k else "i != j" for i, k in pairs}, reverse=True))
    return judged


def _points() -> list[tuple[torch.Tensor, int]]:
    """Return scores of 3 to 5 classes, and the right class, which is each class in turn."""
    random = torch.Generator().manual_seed(4)
    return [
        (torch.randn(3 + n % 3, generator=random, dtype=torch.float64), n % (3 + n % 3))
        for n in range(POINTS)
    ]


def _loss(scores: torch.Tensor, j: int) -> torch.Tensor:
    """Return PyTorch's cross-entropy, which takes the scores and the number of the right class."""
    return torch.nn.functional.cross_entropy(scores[None], torch.tensor([j]))


def _gradient(function: Callable[[torch.Tensor], torch.Tensor], scores: torch.Tensor) -> torch.Tensor:
    """Return the derivatives of one number by the scores, from PyTorch's automatic differentiation."""
    at = scores.clone().requires_grad_()
    return torch.autograd.grad(function(at), at)[0]


def _right(scores: torch.Tensor, j: int) -> dict[str, Any]:
    """Return the right value of each formula at one point."""
    to_the_scores = _gradient(lambda h: _loss(h, j), scores).numpy()
    own_derivative = float(_gradient(lambda h: torch.softmax(h, 0)[j], scores)[j])
    values: dict[str, Any] = {"loss": float(_loss(scores, j)), "goal": to_the_scores}
    values["softmax"] = float(torch.softmax(scores, 0)[j])
    values |= dict.fromkeys(TO_THE_CLASS, own_derivative)
    return values | dict.fromkeys(TO_THE_LOSS, float(to_the_scores[j]))


def _names(scores: torch.Tensor, j: int) -> dict[str, Any]:
    """Return what the names of the sheet stand for at one point; derivatives by central differences."""
    h = scores.numpy()
    label = np.eye(len(h))[j]

    def probability(at: Any) -> Any:
        return np.exp(at)[j] / np.exp(at).sum()

    step = 1e-5
    by_score = (probability(h + step * label) - probability(h - step * label)) / (2 * step)
    p = np.exp(h) / np.exp(h).sum()
    by_probability = -(np.log(p[j] * (1 + step)) - np.log(p[j] * (1 - step))) / (2 * step * p[j])
    names: dict[str, Any] = {"h": h, "y": label, "P": p, "hj": h[j], "Pj": p[j]}
    names |= {"dL_dPj": by_probability, "dPj_dhj": by_score}
    return names | {"exp": np.exp, "log": np.log, "sum": np.sum}


def _renamed(scores: torch.Tensor, j: int) -> bool:
    """Say whether exchanging class j with the first exchanges the entries of the gradient."""
    order = list(range(len(scores)))
    order[0], order[j] = order[j], order[0]
    gradient = _gradient(lambda h: _loss(h, j), scores)
    renamed = _gradient(lambda h: _loss(h, 0), scores[order])
    return torch.allclose(renamed, gradient[order], rtol=1e-12)
