"""Other routes to the answers of sizing networks: arrays that are made, and layers in torch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import numpy as np
import torch
from practice.routes.torch_layers import Made, run

from nnutils.networks import Conv2d, Flatten, Linear, MaxPool2d

Givens = Mapping[str, Any]
Answers = dict[str, Any]


def dense_network(givens: Givens) -> Answers:
    made = run((givens["features"],), [Linear(w, name=name) for name, w in givens["widths"].items()])

    def is_the_network(text: str) -> bool:
        rng = np.random.default_rng(1)
        sizes = [4, *range(2, 2 + len(givens["widths"]))]
        pairs = zip(sizes[1:], sizes, strict=False)
        matrices = {
            f"W_{name}": rng.normal(size=pair) for name, pair in zip(givens["widths"], pairs, strict=True)
        }
        v = value = rng.normal(size=4)
        for matrix in matrices.values():
            value = np.tanh(matrix @ value)
        return np.allclose(eval(text, {"tanh": np.tanh, "v": v, **matrices}), value)

    return {
        "feature_space": made[0].before[0],
        **{one.name: one.weights for one in made},
        "total": sum(one.weights for one in made),
        "equation": is_the_network,
    }


def one_matrix_product(givens: Givens) -> Answers:
    w, b, x = (torch.tensor(givens[name], dtype=torch.float64) for name in ("w", "b", "x"))
    matrix = torch.cat([w, b[:, None]], dim=1)
    column = torch.cat([x, torch.ones(1, dtype=torch.float64)])[:, None]
    result = matrix @ column

    def output(m: torch.Tensor, entries: torch.Tensor) -> torch.Tensor:
        return torch.tanh(m[:, :-1] @ entries + m[:, -1])

    jacobian = torch.autograd.functional.jacobian
    by_matrix, by_input = jacobian(output, (matrix, x))
    return {
        "matrix": matrix.numpy(),
        "column": column.numpy()[:, 0],
        "output": torch.tanh(result).numpy()[:, 0],
        "matrix_size": tuple(matrix.shape),
        "column_size": tuple(column.shape),
        "product_size": tuple(result.shape),
        "output_size": tuple(torch.tanh(result).shape),
        "slopes": np.diag(jacobian(torch.tanh, result[:, 0]).numpy()),
        "by_matrix": by_matrix.numpy(),
        "by_input": by_input.numpy(),
    }


def cnn_table(givens: Givens) -> Answers:
    made = run(givens["input_shape"], givens["convolutions"])
    answers: Answers = {}
    for one in made:
        window: Any = one.module
        pools = not hasattr(window, "weight")
        kernel = (window.kernel_size,) * 2 if pools else tuple(window.weight.shape[1:])
        answers |= {
            f"input_{one.name}": one.before,
            f"kernel_{one.name}": kernel,
            f"output_{one.name}": one.after,
            f"parameters_{one.name}": one.parameters,
        }
    length = made[-1].units
    _, fc1, fc2 = run(
        made[-1].after,
        [Flatten(name="flat"), Linear(length, name="fc1"), Linear(givens["classes"], name="fc2")],
    )
    flat = sum(one.parameters for one in (*made, fc2))
    return answers | {
        "length": length,
        "parameters_fc1": fc1.parameters,
        "parameters_fc2": fc2.parameters,
        "total_flat": flat,
        "total_dense": flat + fc1.parameters,
    }


def inception(givens: Givens) -> Answers:
    shape, depths = givens["input_shape"], givens["depths"]

    def keeping(k: int) -> int:
        sides = {p: run(shape, [Conv2d(1, k, padding=p, name="any")])[0].after[1] for p in range(k)}
        return next(p for p, side in sides.items() if side == shape[1])

    def conv(name: str, k: int, filters: int = 0) -> Conv2d:
        padding = paddings[k] if k > 1 else 0
        return Conv2d(filters or depths[name], kernel_size=k, padding=padding, bias=False, name=name)

    paddings = {k: keeping(k) for k in (3, 5)}
    pool = MaxPool2d(3, stride=1, padding=1, name="pool")
    branches = [
        [conv("direct", 1)],
        [conv("reduce3", 1), conv("conv3", 3)],
        [conv("reduce5", 1), conv("conv5", 5)],
        [pool, conv("project", 1)],
    ]
    made = [run(shape, branch) for branch in branches]
    blocks: dict[str, Made] = {one.name: one for branch in made for one in branch}
    stacked = torch.cat([torch.empty(1, *branch[-1].after, device="meta") for branch in made], dim=1)
    answers: Answers = {"padding3": paddings[3], "padding5": paddings[5]}
    for name, one in blocks.items():
        answers |= {
            f"size_{name}": one.after,
            f"operations_{name}": one.multiplications,
            f"parameters_{name}": one.parameters,
        }
    reduced = sum(one.parameters for one in blocks.values())
    operations = sum(one.multiplications for one in blocks.values())
    answers |= {
        "size_module": tuple(stacked.shape[1:]),
        "operations_module": operations,
        "parameters_module": reduced,
    }
    for label, filters in {"kept": depths["direct"], "wide": depths["project"]}.items():
        naive = [
            run(shape, [one])[0] for one in (conv("direct", 1, filters), conv("conv3", 3), conv("conv5", 5))
        ]
        parameters = sum(one.parameters for one in naive)
        products = sum(one.multiplications for one in naive)
        cheaper = {True: "with reduction", False: "naive"}[operations < products]
        answers |= {
            f"naive_operations_{label}": products,
            f"naive_parameters_{label}": parameters,
            f"factor_{label}": Fraction(parameters, reduced),
            f"cheaper_{label}": "neither" if operations == products else cheaper,
        }
    return answers


ROUTES: dict[str, Callable[[Givens], Answers]] = {
    "sizing_networks/q1": dense_network,
    "sizing_networks/q2": one_matrix_product,
    "sizing_networks/q3": cnn_table,
    "sizing_networks/q4": inception,
}
