"""Other routes to the answers of foundations: NumPy, torch, enumeration."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import torch
from practice.routes.torch_layers import run

Givens = Mapping[str, Any]
Answers = dict[str, Any]


def relu_heaviside_sigmoid(givens: Givens) -> Answers:
    places = [Fraction(str(x)) for x in givens["places"]]
    steps = [Fraction(str(step)) for step in givens["steps"]]
    near, tolerance = float(givens["near"]), float(givens["tolerance"])
    fine, tiny = Fraction(1, 100), Fraction(1, 10**9)

    def relu(x: Fraction) -> Fraction:
        return max(x, Fraction(0))

    def slope_at(x: Fraction, step: Fraction) -> Fraction:
        return (relu(x + step) - relu(x)) / step

    def step_function(x: Fraction) -> float:
        return float(np.heaviside(float(x), 0.5))

    def area(x: Fraction) -> Fraction:
        strips = round((x + 3) / fine)  # from -3 on; H is 0 before
        return sum((fine for n in range(strips) if -3 + (n + Fraction(1, 2)) * fine > 0), Fraction(0))

    def is_product(text: str) -> bool:
        points = [Fraction(n, 7) for n in range(-20, 21)]
        return all(eval(text, {"x": float(x), "H": step_function}) == float(relu(x)) for x in points)

    def error(k: float, x: float) -> float:
        return 1 / (1 + math.exp(k * abs(x)))

    low, high = 1e-6, 1e6
    for _ in range(200):
        middle = (low + high) / 2
        worst = max(error(middle, near * scale) for scale in (1, 1.5, 4)) if middle * near < 100 else 0
        low, high = (middle, high) if worst > tolerance else (low, middle)
    nodes, weights = np.polynomial.legendre.leggauss(120)
    panels = np.linspace(0, 60 / high, 13)
    halves, centres = np.diff(panels) / 2, (panels[1:] + panels[:-1]) / 2
    inside = centres[:, None] + halves[:, None] * nodes
    area_between = 2 * float(np.sum(halves[:, None] * weights / (1 + np.exp(high * inside))))
    return {
        "heaviside": [step_function(x) for x in places],
        "quotients": [[slope_at(x, step) for step in steps] for x in places],
        "exists": [slope_at(x, tiny) == slope_at(x, -tiny) for x in places],
        "product": is_product,
        "areas": [area(x) for x in places],
        "slope": high,
        "area_between": area_between,
        "largest_error": error(high, 1e-13),
    }


def softmax(givens: Givens) -> Answers:
    x = torch.tensor(givens["weights"], dtype=torch.float64).log()

    def shares(logits: torch.Tensor) -> Any:
        return torch.softmax(logits, 0).numpy()

    moved, scaled = shares(x + givens["shift"]), shares(givens["scale"] * x)
    pair = shares(torch.tensor(givens["pair"], dtype=torch.float64))
    classes = len(x)
    # The directions in which softmax changes: all of them but the one along (1, ..., 1).
    moving = np.linalg.matrix_rank(np.eye(classes) - np.ones((classes, classes)) / classes)
    return {
        "shares": shares(x),
        "shifted": moved,
        "shift_matters": not np.allclose(moved, shares(x)),
        "scaled": scaled,
        "scale_matters": not np.allclose(scaled, shares(x)),
        "zero_scale": shares(0 * x)[0],
        "limits": [shares(5000 * torch.tensor(v, dtype=torch.float64)) for v in givens["vectors"]],
        "z": math.log(pair[0] / pair[1]),
        "pair_shares": pair,
        "parameters": int(moving),
        "y": np.log(shares(x)[1:] / shares(x)[0]),
    }


def sigmoid_network_as_tanh(givens: Givens) -> Answers:
    first, second, point = (np.array(givens[name]) for name in ("first_layer", "second_layer", "point"))
    hidden = len(first)
    # With 1 in front, the values of sigma are this matrix times those of tanh at half the argument.
    change = np.block(
        [[np.ones((1, 1)), np.zeros((1, hidden))], [np.full((hidden, 1), 0.5), np.eye(hidden) / 2]]
    )
    new_first, new_second = first / 2, second @ change
    units = torch.sigmoid(torch.tensor(first @ np.array([1, *point]))).numpy()
    old = second @ np.array([1, *units])
    new = new_second @ np.array([1, *np.tanh(new_first @ np.array([1, *point]))])
    assert np.allclose(old, new, rtol=1e-12)
    return {"new_first_layer": new_first, "new_second_layer": new_second, "outputs": old}


def automatic_differentiation(givens: Givens) -> Answers:
    x1, x2 = givens["at_question"]
    # An own copy for each use: the gradient of a copy is the contribution of that use.
    in_sum, in_cosine = (torch.tensor(float(x1), dtype=torch.float64, requires_grad=True) for _ in range(2))
    added, left, right = (torch.tensor(float(x2), dtype=torch.float64, requires_grad=True) for _ in range(3))
    v1 = in_sum + added
    v2 = left * right
    v3 = v1.reciprocal()
    v4 = torch.cos(in_cosine)
    v5 = v3 + v2
    v6 = v5 + v4
    rows = [v1, v2, v3, v4, v5, v6]
    for row in rows:
        row.retain_grad()
    v6.backward(retain_graph=True)
    adjoints = [float(row.grad) for row in rows]
    cosine, through_sum, over_sum = float(in_cosine.grad), float(in_sum.grad), float(added.grad)
    squares = float(left.grad), float(left.grad) + float(right.grad)
    tangents = []
    for row in rows:
        found = torch.autograd.grad(row, [in_sum, in_cosine], retain_graph=True, allow_unused=True)
        tangents.append(sum(float(part) for part in found if part is not None))
    return {
        "values": [row.item() for row in rows],
        "y": v6.item(),
        "tangents": tangents,
        "by_x1_forward": tangents[-1],
        "adjoints": adjoints,
        "rows_x1": [cosine, cosine + through_sum],
        "rows_x2": [*squares, squares[1] + over_sum],
        "by_x1": cosine + through_sum,
        "by_x2": squares[1] + over_sum,
    }


def full_valid_same(givens: Givens) -> Answers:
    modes = {
        mode: np.convolve(givens["signal"], givens["kernel"], mode) for mode in ("full", "valid", "same")
    }
    return {**modes, **{f"{mode}_length": len(result) for mode, result in modes.items()}}


def small_cnn(givens: Givens) -> Answers:
    last = run(givens["input_shape"], givens["layers"])[-1]
    return {"scalars": last.units, "weights": last.weights}


def choosing_convolutions(givens: Givens) -> Answers:
    sizes = [givens["input_shape"][1], *(shape[1] for shape in givens["output_shapes"])]
    answers: Answers = {}
    for part, fixed in givens["parts"].items():
        number = int(part[:-1])
        pixels, wanted = sizes[number - 1 : number + 1]
        names = ("kernel_size", "stride", "padding", "dilation")
        if all(name in fixed for name in names):
            side = _positions(pixels, *(fixed[name] for name in names))
            answers[f"shape_{part}"] = (givens["output_shapes"][number - 1][0], side, side)
            continue
        widest = pixels + 2 * fixed.get("padding", 0)  # and no wider where both are open
        first = {"kernel_size": 1, "stride": 1, "padding": 0, "dilation": 1}
        ranges = [[fixed[n]] if n in fixed else range(first[n], widest + 1) for n in names]
        found = []
        for k, s, d in product(ranges[0], ranges[1], ranges[3]):
            reach = d * (k - 1) + 1
            if reach > widest and "kernel_size" not in fixed:
                continue
            for p in ranges[2]:
                if p >= reach:
                    break
                apart = fixed.get("overlap") is not False or reach <= s
                if apart and _positions(pixels, k, s, p, d) == wanted:
                    found.append((k, s, p, d))
        answers[f"settings_{part}"] = found
        answers[f"choice_{part}"] = min(found, key=lambda setting: (_missed(pixels, *setting), setting))
    return answers


def _positions(pixels: int, k: int, s: int, p: int, d: int) -> int:
    """Push the window along the padded axis, one stride at a time."""
    start, count = -p, 0
    while start + d * (k - 1) <= pixels - 1 + p:
        start, count = start + s, count + 1
    return count


def _missed(pixels: int, k: int, s: int, p: int, d: int) -> int:
    read = np.zeros(pixels, bool)
    for window, tap in product(range(_positions(pixels, k, s, p, d)), range(k)):
        place = window * s - p + tap * d
        if 0 <= place < pixels:
            read[place] = True
    return int((~read).sum())


ROUTES: dict[str, Callable[[Givens], Answers]] = {
    "foundations/q1": relu_heaviside_sigmoid,
    "foundations/q2": softmax,
    "foundations/q3": sigmoid_network_as_tanh,
    "foundations/q4": automatic_differentiation,
    "foundations/q5": full_valid_same,
    "foundations/q6": small_cnn,
    "foundations/q7": choosing_convolutions,
}
