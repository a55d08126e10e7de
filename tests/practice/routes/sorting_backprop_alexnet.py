"""Other routes to the answers of sorting, backprop and AlexNet: sorting itself, and torch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import numpy as np
import torch
from practice.routes.torch_layers import run

Givens = Mapping[str, Any]
Answers = dict[str, Any]

_TORCH: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "softplus": torch.nn.functional.softplus,
}


def sorting_with_relu(givens: Givens) -> Answers:
    pairs = [[Fraction(str(number)) for number in pair] for pair in givens["pairs"]]
    ordered = [sorted(pair) for pair in pairs]

    def agrees(choose: Callable[..., int]) -> Callable[[str], bool]:
        points = [(a, b) for a in range(-4, 5) for b in range(-4, 5)]
        return lambda text: all(
            eval(text, {"x1": a, "x2": b, "relu": lambda z: max(0, z)}) == choose(a, b) for a, b in points
        )

    return {
        "minimum": agrees(min),
        "maximum": agrees(max),
        "outputs": ordered,
        "corrections": [
            (pair[0] - low, high - pair[0]) for pair, (low, high) in zip(pairs, ordered, strict=True)
        ],
    }


def residual_block(givens: Givens) -> Answers:
    phi = _TORCH[givens["activation"]]
    names = ("x", "W", "b", "V", "c", "ybar")
    leaves = {name: torch.tensor(givens[name], dtype=torch.float64, requires_grad=True) for name in names}
    z = leaves["W"] @ leaves["x"] + leaves["b"]
    h = phi(z) + leaves["x"]
    r = leaves["V"] @ h + leaves["c"]
    y = phi(r) + h
    values = {**leaves, "z": z, "h": h, "r": r}
    for value in values.values():
        value.retain_grad()
    (leaves["ybar"].detach() * y).sum().backward()
    bars = {name: values[name].grad.numpy() for name in ("r", "c", "V", "h", "z", "b", "W", "x")}

    slopes = {}
    for name, value in (("r", r), ("z", z)):
        at = value.detach().clone().requires_grad_()
        phi(at).sum().backward()
        slopes[name] = at.grad.numpy()
    columns = {n: v.detach().numpy().reshape(len(z), -1) for n, v in values.items()}
    columns |= {f"{n}bar": bar.reshape(len(z), -1) for n, bar in bars.items()}

    def dphi(column: Any) -> Any:
        name = next(n for n in ("r", "z") if np.array_equal(columns[n], column))
        return slopes[name].reshape(-1, 1)

    def gives(letter: str) -> Callable[[str], bool]:
        return lambda text: np.allclose(
            eval(text, {**columns, "dphi": dphi}), columns[f"{letter}bar"], rtol=1e-11, atol=1e-13
        )

    uses = {"x": 2, "z": 1, "h": 2, "r": 1}  # of z, h, r and y, read off the code above
    return {
        "used_twice": tuple(name for name, count in uses.items() if count == 2),
        **{f"rule_{letter}": gives(letter) for letter in bars},
        **{f"{letter}bar": bar for letter, bar in bars.items()},
    }


def counting_alexnet(givens: Givens) -> Answers:
    made = [one for one in run(givens["input_shape"], givens["layers"]) if one.weights]
    answers: Answers = {}
    for one in made:
        answers |= {
            f"{one.name}_units": one.units,
            f"{one.name}_weights": one.weights,
            f"{one.name}_connections": one.multiplications,
        }
    return answers | {
        "memory": made[int(np.argmax([one.weights for one in made]))].name,
        "time": made[int(np.argmax([one.multiplications for one in made]))].name,
    }


ROUTES: dict[str, Callable[[Givens], Answers]] = {
    "sorting_backprop_alexnet/q1": sorting_with_relu,
    "sorting_backprop_alexnet/q2": residual_block,
    "sorting_backprop_alexnet/q3": counting_alexnet,
}
