"""A specification as a torch module does what it says, and counts the same by three routes."""

from __future__ import annotations

import copy
import dataclasses

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812 - the name that torch's own documentation uses
from hypothesis import given, settings
from support.fuzzing.networks import networks
from support.layers_by_loops import conv2d, max_pool2d
from support.specifications import alexnet

from nnutils.core.errors import NetworkError, SizeError
from nnutils.networks import counting
from nnutils.networks.blocks import Concat, Residual
from nnutils.networks.counting import COLUMNS, Counts
from nnutils.networks.enumeration import enumerate_reads
from nnutils.networks.layers import (
    AvgPool2d,
    BatchNorm2d,
    Conv2d,
    Flatten,
    Linear,
    MaxPool2d,
    ReLU,
    Sigmoid,
    Tanh,
)
from nnutils.networks.network import Network
from nnutils.torch_bridge import count_module, to_torch
from nnutils.torch_bridge.operators import RULES

SMALL = Network((4, 6, 6), [Conv2d(6, 3, groups=2, name="conv1"), ReLU(), Flatten(), Linear(3, name="out")])

# The ways in which blocks nest: a name of its own in a branch, an empty branch, a block in a block.
BLOCKS = Network(
    (4, 8, 8),
    [
        Concat(
            [Conv2d(2, 1, name="reduce"), Conv2d(3, 3, padding=1)], [MaxPool2d(3, stride=1, padding=1)], []
        ),
        Residual([Conv2d(11, 3, padding=1), BatchNorm2d(), Tanh()]),
        Residual(
            [Concat([Conv2d(2, 2, stride=2)], [AvgPool2d(2)])],
            [Conv2d(13, 1, stride=2, bias=False)],
            name="down",
        ),
        Flatten(),
        Concat([Linear(3)], [Linear(2), Sigmoid()], name="heads"),
    ],
)


def torch_alexnet() -> torch.nn.Sequential:
    from torch.nn import Conv2d, Flatten, Linear, MaxPool2d, ReLU, Sequential

    with torch.device("meta"):
        return Sequential(
            *(Conv2d(3, 96, 11, stride=4), ReLU(), MaxPool2d(3, 2)),
            *(Conv2d(96, 256, 5, padding=2, groups=2), ReLU(), MaxPool2d(3, 2)),
            *(Conv2d(256, 384, 3, padding=1), ReLU()),
            *(Conv2d(384, 384, 3, padding=1, groups=2), ReLU()),
            *(Conv2d(384, 256, 3, padding=1, groups=2), ReLU(), MaxPool2d(3, 2), Flatten()),
            *(Linear(9216, 4096), ReLU(), Linear(4096, 4096), ReLU(), Linear(4096, 1000)),
        )


def numbers(counts: Counts) -> dict[str, tuple[object, ...]]:
    return {
        name: (counts.shapes[name], *(int(row[column]) for column in COLUMNS)) for name, row in counts.items()
    }


def disagreements(network: Network) -> list[str]:
    """Compare three routes that share no code, layer by layer, and name the layers on which they differ."""
    by_rule = counting.count(network)
    by_torch = numbers(count_module(to_torch(network, device="meta"), network.input_shape))
    assert by_torch.keys() == by_rule.keys()
    found = [f"torch: {name}" for name, row in numbers(by_rule).items() if row != by_torch[name]]
    for name, tally in enumerate_reads(network).items():
        row = by_rule[name]
        if (tally.units, tally.connections) != (row.units, row.connections):
            found.append(f"walk: {name}")
        if isinstance(dict(zip(by_rule, network.steps, strict=True))[name].layer, Conv2d | Linear):
            found += [f"walk: weights of {name}"] * (len(tally.weights) != row.weights)
    return found


# --- counts agree -----------------------------------------------------------------------------------------


def test_alexnet_counts_the_same_from_the_specification_and_from_both_torch_modules() -> None:
    network = alexnet()
    by_rule = numbers(counting.count(network))
    assert numbers(count_module(to_torch(network, device="meta"), (3, 227, 227))) == by_rule
    by_hand = numbers(count_module(torch_alexnet(), (3, 227, 227)))
    assert list(by_hand.values()) == list(by_rule.values())
    assert list(by_hand)[:3] == ["0", "1", "2"]


def test_alexnet_has_as_many_parameters_as_torch_says() -> None:
    network = alexnet()
    counts = counting.count(network)
    for module in (torch_alexnet(), to_torch(network, device="meta")):
        assert sum(p.numel() for p in module.parameters()) == counts.total.parameters == 60_965_224
    assert count_module(torch_alexnet(), (3, 227, 227))["3"].weights.work == "256 · 48 · 5 · 5 = 307,200"


@pytest.mark.slow
@given(networks())
@settings(max_examples=40, deadline=None, derandomize=True)
def test_rules_torch_and_the_walk_agree_on_random_networks(network: Network) -> None:
    assert disagreements(network) == []
    module = to_torch(network, seed=0)
    assert module(torch.zeros(2, *network.input_shape)).shape == (2, *network.output_shape)


def test_rules_torch_and_the_walk_agree_on_nested_blocks() -> None:
    assert disagreements(BLOCKS) == []


def test_a_counting_rule_that_forgets_the_groups_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    assert disagreements(SMALL) == []
    rule = counting.RULES[Conv2d]

    def without_groups(step: counting.Step) -> counting.LayerCounts:
        layer = step.layer
        assert isinstance(layer, Conv2d)
        return rule(dataclasses.replace(step, layer=dataclasses.replace(layer, groups=1)))

    monkeypatch.setitem(counting.RULES, Conv2d, without_groups)
    assert disagreements(SMALL) == ["torch: conv1", "walk: conv1", "walk: weights of conv1"]


def test_an_operator_rule_that_counts_nothing_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(RULES, "relu", lambda call: counting.LayerCounts())
    assert disagreements(SMALL) == ["torch: relu"]


# --- the module does what the specification says ----------------------------------------------------------


def test_submodules_have_the_names_of_the_layers() -> None:
    module = to_torch(BLOCKS, seed=0)
    for step in BLOCKS.steps:
        assert module.get_submodule(step.name) is not module, step.name
    assert type(module.get_submodule("reduce")) is torch.nn.Conv2d
    assert type(module.get_submodule("down.branch1.concat.branch2.pool")) is torch.nn.AvgPool2d


def test_the_module_computes_convolutions_groups_and_blocks_as_torch_functions_do() -> None:
    network = Network(
        (4, 6, 6),
        [
            Residual([Conv2d(4, 3, padding=2, dilation=2, groups=2, name="conv"), ReLU()]),
            Concat([MaxPool2d(3, stride=2, padding=1)], [AvgPool2d(3, stride=2, padding=1)]),
            Flatten(),
            Linear(2, bias=False, name="out"),
        ],
    )
    module = to_torch(network, seed=3, dtype=torch.float64)
    x = torch.linspace(-1, 1, 2 * 4 * 36, dtype=torch.float64).reshape(2, 4, 6, 6)
    conv = module.get_submodule("conv")
    y = F.conv2d(x, conv.weight, conv.bias, padding=2, dilation=2, groups=2).relu() + x
    y = torch.cat([F.max_pool2d(y, 3, 2, 1), F.avg_pool2d(y, 3, 2, 1)], 1).flatten(1)
    assert torch.equal(module(x), y @ module.get_parameter("out.weight").T)


def test_the_module_computes_convolution_and_pooling_as_their_definitions_do() -> None:
    layers = [
        Conv2d(6, 3, stride=(2, 1), padding=2, dilation=2, groups=2, name="conv"),
        MaxPool2d((2, 3), stride=1, padding=1),
    ]
    network = Network((4, 9, 8), layers)
    module = to_torch(network, seed=3, dtype=torch.float64)
    x = torch.linspace(-1, 1, 4 * 72, dtype=torch.float64).reshape(1, 4, 9, 8)
    weight, bias = (module.get_parameter(f"conv.{name}").detach().numpy() for name in ("weight", "bias"))
    y = conv2d(x[0].numpy(), weight, bias, stride=(2, 1), padding=2, dilation=2, groups=2)
    expected = max_pool2d(y, (2, 3), 1, padding=1)
    np.testing.assert_allclose(module(x)[0].detach().numpy(), expected, rtol=1e-12, atol=1e-12)


def test_poolings_have_the_dilation_and_the_ceil_mode_of_the_specification() -> None:
    pools = [
        MaxPool2d(2, stride=1, dilation=2),
        MaxPool2d(2, ceil_mode=True),
        AvgPool2d(2, ceil_mode=True),
    ]
    x = torch.arange(49.0).reshape(1, 1, 7, 7)
    expected = F.avg_pool2d(F.max_pool2d(F.max_pool2d(x, 2, 1, 0, 2), 2, ceil_mode=True), 2, ceil_mode=True)
    network = Network((1, 7, 7), pools)
    assert torch.equal(to_torch(network)(x), expected)
    assert network.output_shape == tuple(expected.shape[1:]) == (1, 2, 2)


def test_batch_norm_predicts_as_the_specification_describes() -> None:
    module = to_torch(Network((2, 3, 3), [BatchNorm2d(name="norm")]), seed=0, dtype=torch.float64)
    module.get_buffer("norm.running_mean").fill_(4.0)
    # With the statistics of the batch itself, a constant input would give 0.
    y = module(torch.full((1, 2, 3, 3), 5.0, dtype=torch.float64))
    assert y.detach().numpy() == pytest.approx(np.full((1, 2, 3, 3), 1 / np.sqrt(1 + 1e-5)), rel=1e-14)


def test_a_seed_means_the_same_weights_and_leaves_the_random_state_alone() -> None:
    before = torch.get_rng_state()
    first, again, other = to_torch(SMALL, seed=1), to_torch(SMALL, seed=1), to_torch(SMALL, seed=2)
    double, unseen = to_torch(SMALL, seed=1, dtype=torch.float64), to_torch(SMALL, seed=1, device="meta")
    assert torch.equal(before, torch.get_rng_state())
    for name, weight in first.state_dict().items():
        assert torch.equal(weight, again.state_dict()[name])
        assert torch.equal(weight.double(), double.state_dict()[name])
        assert not torch.equal(weight, other.state_dict()[name])
        assert unseen.state_dict()[name].is_meta


def test_without_a_seed_the_weights_come_from_the_random_state() -> None:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(7)
        drawn = [to_torch(SMALL).get_parameter("out.weight") for _ in range(2)]
    assert not torch.equal(*drawn)
    assert torch.equal(drawn[0], to_torch(SMALL, seed=7).get_parameter("out.weight"))


def test_the_module_can_be_copied() -> None:
    module = to_torch(BLOCKS, seed=0)
    x = torch.ones(1, 4, 8, 8)
    assert torch.equal(copy.deepcopy(module)(x), module(x))


@pytest.mark.parametrize("shape", [(4, 6, 6), (1, 4, 6, 7), (2, 3, 6, 6)])
def test_an_input_of_another_shape_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(NetworkError, match=r"batch of inputs \(4, 6, 6\), got shape .*\n.*sample\[None\]"):
        to_torch(SMALL, seed=0)(torch.zeros(shape))


@pytest.mark.parametrize("name", ["forward", "training", "specification", "norm.weight", "a.", ".a"])
def test_a_name_that_torch_cannot_give_is_refused(name: str) -> None:
    with pytest.raises(NetworkError, match="another name"):
        to_torch(Network((1, 2, 2), [BatchNorm2d(name="norm"), ReLU(name=name)]))


def test_what_has_no_counterpart_in_torch_is_refused() -> None:
    class Swish(ReLU):
        pass

    with pytest.raises(NetworkError, match=r"Swish \('gate'\) has no counterpart in torch.\n.*AvgPool2d"):
        to_torch(Network((2,), [Swish(name="gate")]))
    with pytest.raises(NetworkError, match="needs a Network, got Linear"):
        to_torch(Linear(3))  # type: ignore[arg-type]
    with pytest.raises(NetworkError, match=r"cannot be torch.int64.\n.*float64"):
        to_torch(SMALL, dtype=torch.int64)
    with pytest.raises(SizeError, match="seed must be a whole number"):
        to_torch(SMALL, seed=1.5)  # type: ignore[arg-type]
