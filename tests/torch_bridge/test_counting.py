"""Counts of any torch module: the right rows, shared tensors once, clear errors, the module as it was."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812 - the name that torch's own documentation uses
from torch import Tensor, nn
from torch.nn.modules import module as torch_module

import nnutils
from nnutils.core.errors import CountError
from nnutils.networks.counting import COLUMNS, Counts, LayerCounts
from nnutils.torch_bridge.counting import count_module


class Function(nn.Module):
    """A function of the module and its input, with parameters and other attributes given by name."""

    def __init__(self, function: Callable[[nn.Module, Tensor], object], **attributes: object) -> None:
        super().__init__()
        self.function = function
        for name, value in attributes.items():
            setattr(self, name, nn.Parameter(value) if isinstance(value, Tensor) else value)

    def forward(self, x: Tensor) -> object:
        return self.function(self, x)


def nonzero(counts: LayerCounts) -> dict[str, int]:
    return {column: int(counts[column]) for column in COLUMNS if counts[column] and column != "parameters"}


def counted(module: nn.Module, *shape: int) -> Counts:
    """Count, and check what must hold for every module: all parameters are there, and columns add up."""
    counts = count_module(module, shape)
    assert counts.total.parameters == sum(p.numel() for p in module.parameters())
    for column in COLUMNS:
        assert counts.total[column] == sum(int(row[column]) for row in counts.values())
    assert set(counts.shapes) == set(counts)
    return counts


# --- one operator at a time -------------------------------------------------------------------------------

DENSE = {"units": 3, "weights": 6, "biases": 3, "connections": 6, "multiplications": 6, "additions": 6}


def sums(units: int, weights: int, biases: int, connections: int, additions: int) -> dict[str, int]:
    counts = {"units": units, "weights": weights, "biases": biases, "connections": connections}
    counts |= {"multiplications": connections, "additions": additions}
    return {column: value for column, value in counts.items() if value}


def means(units: int, connections: int, additions: int) -> dict[str, int]:
    return {"units": units, "connections": connections, "multiplications": units, "additions": additions}


def norm(parameters: int, values: int) -> dict[str, int]:
    counts = {"weights": parameters, "biases": parameters, "multiplications": values, "additions": values}
    return {column: value for column, value in counts.items() if value}


@pytest.mark.parametrize(
    ("module", "shape", "expected"),
    [
        (nn.Linear(2, 3), (2,), DENSE),
        # 6 filters at 6 x 4 positions; a window reads 2 of 4 channels, 2 x 3 pixels, the padding among them.
        (
            nn.Conv2d(4, 6, (2, 3), padding=(1, 1), dilation=(2, 2), groups=2, bias=False),
            (4, 6, 6),
            sums(6 * 24, 72, 0, 6 * 24 * 12, 6 * 24 * 11),
        ),
        (nn.Conv1d(2, 4, 3), (2, 5), sums(12, 24, 4, 72, 72)),
        # In torch's other padding modes the border is made by copying, which is not arithmetic.
        (nn.Conv2d(1, 1, 3, padding=1, padding_mode="circular"), (1, 3, 3), sums(9, 9, 1, 81, 81)),
        (nn.MaxPool2d(3, 2), (2, 7, 7), {"units": 18, "connections": 162, "comparisons": 144}),
        (nn.MaxPool2d(2, ceil_mode=True), (1, 3, 3), {"units": 4, "connections": 16, "comparisons": 12}),
        (nn.MaxPool3d(2), (1, 2, 2, 2), {"units": 1, "connections": 8, "comparisons": 7}),
        (nn.AvgPool2d(2), (2, 4, 4), means(8, 32, 24)),
        # 5 rows in 3 windows: 0-1, 1-3, 3-4, so 7 are read; 4 columns in 2 windows: 4 are read.
        (nn.AdaptiveAvgPool2d((3, 2)), (1, 5, 4), means(6, 28, 22)),
        (nn.AdaptiveMaxPool2d(2), (3, 4, 4), {"units": 12, "connections": 48, "comparisons": 36}),
        # To one value torch takes another operator, the mean.
        (nn.AdaptiveAvgPool2d(1), (2, 3, 3), means(2, 18, 16)),
        (nn.BatchNorm2d(2).eval(), (2, 3, 3), norm(2, 18)),
        (nn.BatchNorm1d(2, affine=False).eval(), (2,), norm(0, 2)),
        (nn.ReLU(inplace=True), (2, 3), {"comparisons": 6}),
        (nn.ReLU6(), (2, 3), {"comparisons": 12}),
        (nn.Threshold(0.1, 0), (2, 3), {"comparisons": 6}),
        (nn.Tanh(), (2, 3), {"evaluations": 6}),
        (nn.Sigmoid(), (2, 3), {"evaluations": 6}),
        (nn.Flatten(), (2, 3), {}),
        (nn.Dropout().eval(), (2, 3), {}),
        (Function(lambda m, x: 1 - x), (4,), {"additions": 4}),
        (Function(lambda m, x: torch.maximum(x, -1 * x)), (4,), {"comparisons": 4, "multiplications": 4}),
        (Function(lambda m, x: torch.cat([x, x], 1).view(2, 4)), (4,), {}),
        # W x + b with a vector x; x W; W X, whose four columns share the weights; scale and shift.
        (Function(lambda m, x: m.w @ x[0] + m.b, w=torch.ones(3, 2), b=torch.ones(3)), (2,), DENSE),
        (Function(lambda m, x: x @ m.w, w=torch.ones(2, 3)), (2,), sums(3, 6, 0, 6, 3)),
        (Function(lambda m, x: m.w @ x, w=torch.ones(3, 2)), (2, 4), sums(12, 6, 0, 24, 12)),
        (Function(lambda m, x: x * m.g + m.c, g=torch.ones(4), c=torch.ones(4)), (4,), norm(4, 4)),
    ],
)
def test_one_operator(module: nn.Module, shape: Sequence[int], expected: dict[str, int]) -> None:
    assert nonzero(counted(module, *shape).total) == expected


@pytest.mark.parametrize(
    ("factors", "scalings", "bias"),
    [
        ({}, 0, 3),
        ({"alpha": 2}, 3, 3),
        ({"beta": 2}, 3, 3),
        ({"alpha": 2, "beta": 3}, 6, 3),
    ],
)
def test_factors_of_a_product_and_of_its_bias_multiply_each_value(
    factors: dict[str, int], scalings: int, bias: int
) -> None:
    def forward(m: nn.Module, x: Tensor) -> Tensor:
        return torch.addmm(m.b, x, m.w, **factors)  # type: ignore[arg-type]

    found = counted(Function(forward, w=torch.ones(2, 3), b=torch.ones(3)), 2).total
    assert (found.multiplications, found.weights, found.units, found.connections) == (6 + scalings, 6, 3, 6)
    assert (found.biases, found.additions) == (bias, 3 + bias)


def test_columns_show_the_factors_read_from_the_tensors() -> None:
    row = counted(nn.Sequential(nn.Conv2d(4, 6, 3, padding=1, groups=2)), 4, 5, 7)["0"]
    assert row.weights.formula == "out_channels · in_channels per group · kernel height · kernel width"
    assert row.weights.work == "6 · 2 · 3 · 3 = 108"
    assert row.units.work == "6 · 5 · 7 = 210"
    assert row.connections.work == "210 · 2 · 3 · 3 = 3,780"
    assert counted(nn.Linear(4, 3), 4)["root"].weights.work == "3 · 4 = 12"
    product = counted(Function(lambda m, x: x @ (m.a @ m.b), a=torch.ones(4, 2), b=torch.ones(2, 3)), 4)
    assert product["root.mm1"].weights.work == "3 · 2 + 4 · 2 = 14"


# --- rows -------------------------------------------------------------------------------------------------


class Block(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.conv, self.again = nn.Conv2d(2, 2, 1, bias=False), nn.Conv2d(2, 2, 1, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(self.again(F.relu(self.conv(x))) + x)


def test_an_operator_outside_the_leaf_modules_has_its_own_row() -> None:
    counts = counted(nn.Sequential(Block(), nn.Flatten()), 2, 3, 3)
    assert list(counts) == ["0.conv", "0.relu1", "0.again", "0.add", "0.relu2", "1"]
    assert nonzero(counts["0.add"]) == {"additions": 18}
    assert counts.shapes == dict.fromkeys(list(counts)[:-1], (2, 3, 3)) | {"1": (18,)}


def test_a_network_written_with_functions_has_a_row_for_each() -> None:
    def forward(m: nn.Module, x: Tensor) -> Tensor:
        return F.linear(torch.tanh(F.linear(x, m.w1, m.b1)), m.w2)

    module = Function(forward, w1=torch.ones(3, 2), b1=torch.ones(3), w2=torch.ones(1, 3))
    counts = counted(module, 2)
    assert {name: nonzero(row) for name, row in counts.items()} == {
        "root.addmm": DENSE,
        "root.tanh": {"evaluations": 3},
        "root.mm": {"units": 1, "weights": 3, "connections": 3, "multiplications": 3, "additions": 2},
    }
    assert nonzero(counted(nn.Sequential(module), 2)["0"]) == nonzero(counts.total)


def test_a_row_never_takes_the_name_of_a_submodule() -> None:
    module = Function(lambda m, x: m.block(x))
    module.block = Function(lambda m, x: F.relu(m.relu(x)), relu=nn.Tanh())
    assert list(counted(module, 2)) == ["block.relu", "block.relu1"]


def test_a_module_called_twice_works_twice_and_has_its_parameters_once() -> None:
    shared = nn.Linear(4, 4)
    counts = counted(nn.Sequential(shared, nn.ReLU(), shared), 4)
    assert list(counts) == ["0", "1"]
    assert nonzero(counts["0"]) == {
        "units": 8, "weights": 16, "biases": 4, "connections": 32, "multiplications": 32, "additions": 32
    }  # fmt: skip
    assert counts["0"].connections.work == "16 + 16 = 32"


def test_a_tensor_shared_by_two_modules_counts_where_it_is_used_first() -> None:
    first, second = nn.Linear(4, 4), nn.Linear(4, 4)
    second.weight = first.weight
    counts = counted(nn.Sequential(first, second), 4)
    assert (counts["0"].weights, counts["1"].weights) == (16, 0)
    assert counts["0"].connections == counts["1"].connections == 16


def test_parameters_that_nothing_uses_have_rows_without_work() -> None:
    module = Function(lambda m, x: {"out": m.used(x)}, used=nn.Linear(4, 4), token=torch.ones(2, 3))
    module.never = nn.Sequential(nn.Linear(4, 3))
    module.listed = nn.ParameterList([torch.ones(5)])
    counts = counted(module, 4)
    assert list(counts) == ["used", "token", "never.0", "listed"]
    assert nonzero(counts["token"]) == {"weights": 6}
    assert nonzero(counts["never.0"]) == {"weights": 12, "biases": 3}
    assert counts["never.0"].weights.work == "3 · 4 = 12"
    assert nonzero(counts["listed"]) == {"weights": 5}


def test_a_part_of_a_parameter_counts_whole() -> None:
    counts = counted(Function(lambda m, x: F.linear(x, m.w[:2]), w=torch.ones(3, 4)), 4)
    assert (counts.total.weights, counts.total.connections) == (12, 8)


# --- errors -----------------------------------------------------------------------------------------------


def careless(x: Tensor) -> Tensor:
    try:
        return torch.linalg.inv(x)
    except Exception:
        return x


@pytest.mark.parametrize(
    ("module", "shape", "message"),
    [
        (nn.Linear(2, 2), None, r"does not know the shape of its input.\n.*\(3, 224, 224\)"),
        (nn.Linear(2, 2), 2, "sequence of sizes, got 2"),
        (nn.Linear(2, 2), "22", "sequence of sizes, got '22'"),
        (nn.Linear(2, 2), (), r"sequence of sizes, got \(\)"),
        (nn.Linear(2, 2), (2.0,), "whole number, at least 1; got 2.0"),
        (nn.Conv2d(2, 2, 1), (2, 0, 4), r"at least 1; got 0.\n  in input_shape=\(2, 0, 4\)"),
        (nn.Sequential(nn.Linear(3, 2)), (4,), r"on .*\(1, 4\).*: RuntimeError: .*\n  at '0' \(Linear\)"),
        (nn.Sequential(nn.Embedding(10, 3)), (4,), r"indices.*float32 .*\n  at '0' \(Embedding\)"),
        (nn.Sequential(Function(lambda m, x: careless(x))), (4, 4), r"inv_ex has no .*\n  at '0' \("),
        (Function(lambda m, x: torch.cumsum(careless(x), 1)), (4, 4), "linalg_inv_ex has no counting rule"),
        (nn.Sequential(nn.Dropout()), (4,), r"(?s)native_dropout draws.*at '0' \(Drop.*Call .eval\(\)"),
        (nn.BatchNorm2d(2), (2, 3, 3), r"(?s)native_batch_norm.*statistics of the batch.*Call .eval\(\)"),
        (Function(lambda m, x: x + torch.rand(4)), (4,), "aten.rand draws random numbers"),
        (Function(lambda m, x: x if x.mean() > 0 else -x), (4,), r"asks for a value.*\n  at 'root' \("),
        (Function(lambda m, x: x * x.sum().item()), (4,), "asks for a value, and the run has shapes"),
        (Function(lambda m, x: x * 2 if x.sum() > 0 else x), (4,), "asks for a value, and the run has"),
        (Function(lambda m, x: x[x > 0]), (4,), "aten.index has a size that depends on values"),
        (Function(lambda m, x: x[:, :0] @ m.w, w=torch.ones(0, 3)), (4,), "aten.mm .* without values"),
        (Function(lambda m, x: x * m.l[0], l=[nn.Parameter(torch.ones(4))]), (4,), "not registered in"),
        (Function(lambda m, x: 1 / 0), (4,), "ZeroDivisionError: division by zero"),
        (nn.LazyLinear(3), (4,), "'weight' has no shape yet"),
        (nn.Linear(2, 2, dtype=torch.cfloat), (2,), "(?i)only dense tensors of real"),
        (nn.Bilinear(2, 2, 2), (2,), "missing 1 required positional argument"),
        (torch.relu, (2,), "torch.nn.Module is needed, got builtin"),
    ],
)  # fmt: skip
def test_what_cannot_be_counted_is_refused(module: nn.Module, shape: Sequence[int], message: str) -> None:
    with pytest.raises(CountError, match=message):
        count_module(module, shape)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_scripted_module_is_refused_also_inside_another() -> None:
    with pytest.raises(CountError, match="scripted module"):
        count_module(nn.Sequential(torch.jit.script(nn.Linear(2, 2))), (2,))


# --- the module afterwards --------------------------------------------------------------------------------


class Noisy(nn.Module):
    """Changes itself in every way that a run can."""

    total: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.linear = nn.Linear(3, 3)
        self.register_buffer("total", torch.zeros(3))
        self.plain, self.log, self.calls = torch.zeros(3), [1], 0

    def forward(self, x: Tensor) -> Tensor:
        self.calls += 1
        self.log.append(self.calls)
        self.last = x
        self.total += x[0]
        self.total = self.total * 2
        self.plain += 1
        self.eval()
        self.extra = nn.ReLU()
        self.linear.register_forward_hook(lambda *given: None)
        return self.linear(x) + self.plain


@pytest.mark.parametrize("shape", [(3,), (4,)])
def test_the_callers_module_and_the_random_states_are_left_alone(shape: tuple[int, ...]) -> None:
    module = Noisy()
    seen: list[Tensor] = []
    module.linear.register_forward_pre_hook(lambda part, given: seen.append(given[0]))
    attributes = {name: (dict(vars(part)), part) for name, part in module.named_modules()}
    tensors = {name: (tensor, tensor.clone()) for name, tensor in module.state_dict(keep_vars=True).items()}
    hooks, log = list(module.linear._forward_hooks), list(module.log)
    states = torch.get_rng_state(), np.random.get_state()[1].tolist(), random.getstate()
    try:
        counts = count_module(module, shape)
        assert shape == (3,) and counts["linear"].weights == 9
    except CountError:
        assert shape == (4,)
    assert {name: (dict(vars(part)), part) for name, part in module.named_modules()} == attributes
    for name, tensor in module.state_dict(keep_vars=True).items():
        assert tensor is tensors[name][0]
        assert torch.equal(tensor, tensors[name][1])
        assert not tensor.is_meta
    assert torch.equal(module.plain, torch.zeros(3)) and module.log == log and module.training
    assert list(module.linear._forward_hooks) == hooks and not hasattr(module, "extra")
    assert torch.equal(states[0], torch.get_rng_state())
    assert states[1:] == (np.random.get_state()[1].tolist(), random.getstate())
    assert not torch_module._global_forward_hooks and not torch_module._global_forward_pre_hooks
    # The hooks of the module did run, on tensors without data.
    assert all(tensor.is_meta for tensor in seen) and len(seen) == (shape == (3,))


def test_gradients_and_later_runs_work_as_before() -> None:
    module, x = nn.Sequential(nn.Linear(3, 2), nn.ReLU()), torch.ones(1, 3)
    before = module(x)
    with torch.inference_mode():
        assert count_module(module, (3,)).total.weights == 6
    assert torch.equal(module(x), before)
    module(x).sum().backward()
    assert all(parameter.grad is not None for parameter in module.parameters())


def test_the_front_door_takes_a_module_too() -> None:
    assert nnutils.count(nn.Linear(2, 3), (2,)).total.weights == 6
    with pytest.raises(CountError, match="does not know the shape"):
        nnutils.count(nn.Linear(2, 3))
