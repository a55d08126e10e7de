"""Other routes to the answers of stacked convolutions: torch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import torch
from practice.routes.torch_layers import Made, run

Givens = Mapping[str, Any]
Answers = dict[str, Any]


def scalar_residual(givens: Givens) -> Answers:
    v = {name: torch.tensor(value, dtype=torch.float64, requires_grad=True) for name, value in givens.items()}
    x1 = torch.relu(v["x0"] * v["w0"] + v["b0"])
    y1 = x1 * v["w1"] + v["b1"]
    z = torch.relu(y1 + v["x0"])
    z.backward()
    slopes = {f"dz_d{name}": float(v[name].grad) for name in ("w0", "w1", "b0", "b1")}
    return {"x1": x1.item(), "y1": y1.item(), "z": z.item(), **slopes}


def feature_map_sizes(givens: Givens) -> Answers:
    return {
        one.name: one.after for path in ("path1", "path2") for one in run(givens["picture"], givens[path])
    }


def two_small_against_one_large(givens: Givens) -> Answers:
    small = run(givens["picture"], givens["stacked"])
    (large,) = run(givens["picture"], [givens["single"]])
    together = f"{', '.join(one.name for one in small[:-1])} and {small[-1].name}"
    answers: Answers = {
        "parameters_together": sum(one.parameters for one in small),
        "parameters_single": large.parameters,
    }
    for count in ("multiplications", "weights"):
        numbers = {one.name: _counted(one, count) for one in (*small, large)}
        both = sum(numbers[one.name] for one in small)
        fewer = (
            "equal" if both == numbers[large.name] else together if both < numbers[large.name] else large.name
        )
        answers |= {f"{count}_{name}": number for name, number in numbers.items()}
        answers |= {f"{count}_together": both, f"fewer_{count}": fewer}
    return answers


def _counted(one: Made, count: str) -> int:
    return one.multiplications if count == "multiplications" else one.weights


def softmax_cross_entropy(givens: Givens) -> Answers:
    scores = torch.tensor(givens["scores"], dtype=torch.float64)
    right = torch.tensor([givens["right_class"]])

    def loss(h: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.cross_entropy(h[None], right)

    shares = torch.softmax(scores, 0)
    jacobian = torch.autograd.functional.jacobian(lambda h: torch.softmax(h, 0), scores).numpy()
    gradient = torch.autograd.functional.jacobian(loss, scores).numpy()
    label = np.eye(len(scores))[givens["right_class"]]

    def entry(expected: Callable[[int, int], float], same: bool) -> Callable[[str], bool]:
        def agrees(text: str) -> bool:
            places = [(i, j) for i in range(len(scores)) for j in range(len(scores)) if (i == j) == same]
            known = [{"P_i": float(shares[i]), "P_j": float(shares[j]), "y_i": label[i]} for i, j in places]
            pairs = zip(places, known, strict=True)
            return all(np.isclose(eval(text, names), expected(i, j), rtol=1e-11) for (i, j), names in pairs)

        return agrees

    return {
        "case_same": entry(lambda i, j: jacobian[j, i], same=True),
        "case_other": entry(lambda i, j: jacobian[j, i], same=False),
        "rule": entry(lambda i, j: gradient[i], same=True),
        "probabilities": shares.numpy(),
        "jacobian": jacobian,
        "loss": float(loss(scores)),
        "gradient": gradient,
    }


ROUTES: dict[str, Callable[[Givens], Answers]] = {
    "stacked_convolutions/q1": scalar_residual,
    "stacked_convolutions/q2": feature_map_sizes,
    "stacked_convolutions/q3": two_small_against_one_large,
    "stacked_convolutions/q4": softmax_cross_entropy,
}
