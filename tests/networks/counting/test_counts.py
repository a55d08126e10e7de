"""Counting: invariants on every specification, numbers known from elsewhere, and layers run by hand."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from typing import Any

import pytest
import torch
from support.forward_by_hand import run
from support.number_trees import evaluate
from support.specifications import SMALL, SPECIFICATIONS, alexnet, every_kind

import nnutils
from nnutils.core.errors import CountError
from nnutils.core.worked import Worked
from nnutils.networks.base import Layer, pair
from nnutils.networks.blocks import Concat, Residual
from nnutils.networks.counting import COLUMNS, RULES, Counts, LayerCounts, count
from nnutils.networks.layers import (
    Activation,
    AvgPool2d,
    BatchNorm2d,
    Conv2d,
    Flatten,
    Linear,
    MaxPool2d,
    Pool2d,
    ReLU,
    Tanh,
)
from nnutils.networks.network import Network, Step

COUNTED = {name: count(network) for name, network in SPECIFICATIONS.items()}
each_specification = pytest.mark.parametrize("name", SPECIFICATIONS)


# --- invariants ---


@each_specification
def test_columns_add_up_to_the_total(name: str) -> None:
    counts = COUNTED[name]
    for column in COLUMNS:
        assert counts.total[column] == sum(int(layer[column]) for layer in counts.values())
    assert counts.total.parameters == counts.total.weights + counts.total.biases
    for layer in counts.values():
        assert layer.parameters == int(layer.weights) + int(layer.biases)


@each_specification
def test_the_columns_of_the_printed_table_add_up_to_its_last_row(name: str) -> None:
    lines = str(COUNTED[name].table()).splitlines()
    numbers = [[int(cell.replace(",", "")) for cell in line.split()[-len(COLUMNS) :]] for line in lines[2:-2]]
    last = [int(cell.replace(",", "")) for cell in lines[-1].split()[1:]]
    assert [sum(column) for column in zip(*numbers, strict=True)] == last
    assert len(numbers) == len(SPECIFICATIONS[name].steps)


@each_specification
def test_every_count_is_a_whole_number_that_its_work_explains(name: str) -> None:
    for counts in (*COUNTED[name].values(), COUNTED[name].total):
        for column in COLUMNS:
            number = counts[column]
            assert type(number) is Worked and type(number.value) is int and number >= 0
            if "…" not in number.substitution:
                assert evaluate(number.substitution) == number.value
            assert number.name == column or number == 0
            for line in number.steps():
                *_, substitution, value = line.split(" = ")
                if not re.search("[a-z…]", substitution):
                    assert evaluate(substitution) == evaluate(value)


@each_specification
def test_a_unit_has_one_multiplication_for_each_connection_where_there_are_weights(name: str) -> None:
    for step in SPECIFICATIONS[name].steps:
        counts = COUNTED[name][step.name]
        if isinstance(step.layer, Conv2d | Linear):
            assert counts.multiplications == counts.connections
            assert counts.additions == counts.connections - (0 if step.layer.bias else counts.units)
            assert counts.units == math.prod(step.output_shape)
        elif isinstance(step.layer, Pool2d):
            assert counts.connections == counts.units * math.prod(pair(step.layer.kernel_size))
        else:
            assert counts.units == counts.connections == 0


# --- numbers known from elsewhere ---


def torch_module(step: Step) -> torch.nn.Module | None:
    """The torch layer that a step describes, on the meta device: shapes without numbers."""
    layer, channels = step.layer, step.input_shape[0]
    if isinstance(layer, Conv2d):
        sizes = (layer.out_channels, layer.kernel_size, layer.stride, layer.padding, layer.dilation)
        return torch.nn.Conv2d(channels, *sizes, layer.groups, layer.bias, device="meta")
    if isinstance(layer, Linear):
        return torch.nn.Linear(channels, layer.out_features, layer.bias, device="meta")
    if isinstance(layer, MaxPool2d):
        sizes_and_mode = (
            layer.kernel_size,
            layer.stride,
            layer.padding,
            layer.dilation,
            False,
            layer.ceil_mode,
        )
        return torch.nn.MaxPool2d(*sizes_and_mode)  # type: ignore[arg-type]
    if isinstance(layer, AvgPool2d):
        return torch.nn.AvgPool2d(layer.kernel_size, layer.stride, layer.padding, layer.ceil_mode)
    if isinstance(layer, BatchNorm2d):
        return torch.nn.BatchNorm2d(channels, device="meta")
    return torch.nn.Flatten() if isinstance(layer, Flatten) else None


@each_specification
def test_shapes_and_parameters_are_those_of_torchs_layers(name: str) -> None:
    modules = {step: torch_module(step) for step in SPECIFICATIONS[name].steps}
    assert any(module is not None for module in modules.values())
    for step, module in modules.items():
        counts = COUNTED[name][step.name]
        if module is None:
            assert counts.parameters == 0
            continue
        tensors = dict(module.named_parameters())
        assert counts.weights == (tensors["weight"].numel() if "weight" in tensors else 0)
        assert counts.biases == (tensors["bias"].numel() if "bias" in tensors else 0)
        made = module(torch.empty(2, *step.input_shape, device="meta"))
        assert tuple(made.shape[1:]) == step.output_shape


def test_alexnet_has_the_units_weights_and_connections_computed_by_hand() -> None:
    names = ("conv1", "conv2", "conv3", "conv4", "conv5", "fc1", "fc2", "output")
    selected = COUNTED["AlexNet"].select(*names)
    assert [[int(c.units), int(c.weights), int(c.connections)] for c in selected.values()] == [
        [290_400, 34_848, 105_415_200],  # 96 · 55 · 55; 96 · 3 · 11 · 11; 290,400 · 363
        [186_624, 307_200, 223_948_800],  # 256 · 27 · 27; 256 · 48 · 5 · 5; 186,624 · 1,200
        [64_896, 884_736, 149_520_384],  # 384 · 13 · 13; 384 · 256 · 3 · 3; 64,896 · 2,304
        [64_896, 663_552, 112_140_288],  # 384 · 13 · 13; 384 · 192 · 3 · 3; 64,896 · 1,728
        [43_264, 442_368, 74_760_192],  # 256 · 13 · 13; 256 · 192 · 3 · 3; 43,264 · 1,728
        [4_096, 37_748_736, 37_748_736],  # 4,096 · 256 · 6 · 6
        [4_096, 16_777_216, 16_777_216],
        [1_000, 4_096_000, 4_096_000],
    ]
    assert selected.total.units == 659_272 and selected.total.connections == 724_406_816


def test_well_known_networks_have_their_published_numbers_of_parameters() -> None:
    parameters = {name: int(counts.total.parameters) for name, counts in COUNTED.items()}
    assert parameters["AlexNet"] == 60_965_224
    assert parameters["VGG-16"] == 138_357_544
    assert parameters["ResNet-18"] == 11_689_512
    assert parameters["inception"] == 163_696


def test_well_known_networks_have_their_published_multiplications_in_layers_with_weights() -> None:
    def multiplications(name: str) -> int:
        weighted = (s.name for s in SPECIFICATIONS[name].steps if isinstance(s.layer, Conv2d | Linear))
        return int(COUNTED[name].select(*weighted).total.multiplications)

    assert multiplications("VGG-16") == 15_470_264_320
    assert multiplications("ResNet-18") == 1_814_073_344


def test_without_groups_the_grouped_layers_of_alexnet_double() -> None:
    whole = count(alexnet(groups=1))
    for name in ("conv2", "conv4", "conv5"):
        for column in ("weights", "connections"):
            assert whole[name][column] == 2 * COUNTED["AlexNet"][name][column]
        assert whole[name].units == COUNTED["AlexNet"][name].units


@pytest.mark.parametrize("name", ["every kind", "depthwise separable", "dilated", "same padding"])
def test_each_layer_run_by_hand_does_what_was_counted(name: str) -> None:
    for step in SMALL[name].steps:
        done, counts = run(step), COUNTED[name][step.name]
        for column in ("units", "connections", "multiplications", "additions", "comparisons", "evaluations"):
            assert (step.name, column, int(counts[column])) == (step.name, column, done[column])


def test_without_biases_there_is_one_addition_less_for_each_unit_and_nothing_else_changes() -> None:
    with_biases, without = COUNTED["AlexNet"].total, COUNTED["AlexNet without biases"].total
    assert without.biases == 0 and with_biases.biases == 10_568
    weighted_units = 659_272
    assert with_biases.additions - without.additions == weighted_units
    for column in set(COLUMNS) - {"biases", "parameters", "additions"}:
        assert with_biases[column] == without[column]


def test_counts_show_their_factors_by_name() -> None:
    conv2 = COUNTED["AlexNet"]["conv2"]
    assert conv2.weights.formula == "out_channels · in_channels per group · kernel height · kernel width"
    assert conv2.weights.work == "256 · 48 · 5 · 5 = 307,200"
    assert conv2.connections.steps() == [
        "units = out_channels · height · width = 256 · 27 · 27 = 186,624",
        "in_channels per group = in_channels / groups = 96 / 2 = 48",
        "connections = units · in_channels per group · kernel height · kernel width "
        "= 186,624 · 48 · 5 · 5 = 223,948,800",
    ]


# --- the table, and finding one's way in it ---


def test_the_table_has_the_columns_asked_for_and_a_total() -> None:
    table = COUNTED["AlexNet"].select("conv1", "fc1").table("units", "connections")
    assert str(table).splitlines() == [
        "layer  output          units  connections",
        "-----  ------------  -------  -----------",
        "conv1  96 x 55 x 55  290,400  105,415,200",
        "fc1    4096            4,096   37,748,736",
        "-----  ------------  -------  -----------",
        "total                294,496  143,163,936",
    ]
    assert 'title="connections = 290,400 · 3 · 11 · 11 = 105,415,200"' in table._repr_html_()
    assert r"total &  & $294{,}496$ & $143{,}163{,}936$ \\" in table.latex
    assert list(COUNTED["AlexNet"].table().header) == ["layer", "output", *COLUMNS]


def test_counts_print_as_their_table() -> None:
    counts = COUNTED["dilated"]
    assert repr(counts) == str(counts.table()) and counts._repr_html_() == counts.table()._repr_html_()


def test_counts_are_a_mapping_by_layer_in_the_order_of_the_network() -> None:
    counts = COUNTED["every kind"]
    assert list(counts) == [step.name for step in every_kind().steps]
    assert "conv" in counts and "conv9" not in counts and len(counts) == len(every_kind().steps)
    assert counts == count(every_kind()) and counts != COUNTED["dilated"]


@pytest.mark.parametrize(
    ("ask", "problem", "remedy"),
    [
        (lambda c: c["conv9"], "There is no layer 'conv9'.", "Layers: context1, context2, context4."),
        (lambda c: c.select("context1", "fc"), "There is no layer 'fc'.", "Layers: context1, "),
        (lambda c: c.table("units", "flops"), "There is no column 'flops'.", "Columns: units, weights, "),
        (lambda c: c.total["FLOPs"], "There is no column 'FLOPs'.", "Columns: units, weights, "),
        (lambda c: c.shares("flops"), "There is no column 'flops'.", "Columns: units, weights, "),
        (
            lambda c: c.shares("evaluations"),
            "The total of evaluations is 0, so there are no shares of it.",
            "",
        ),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(ask: Any, problem: str, remedy: str) -> None:
    with pytest.raises(CountError) as caught:
        ask(COUNTED["dilated"])
    assert caught.value.problem == problem
    assert caught.value.remedy.startswith(remedy) and bool(caught.value.remedy) == bool(remedy)


@each_specification
def test_shares_are_exact_and_add_up_to_one(name: str) -> None:
    for column in ("parameters", "connections"):
        shares = COUNTED[name].shares(column)
        assert sum(share.value for share in shares.values()) == 1
        assert list(shares) == list(COUNTED[name])


def test_a_share_shows_its_work() -> None:
    share = COUNTED["AlexNet"].select("conv1", "fc1").shares("weights")["conv1"]
    assert share == Fraction(34_848, 34_848 + 37_748_736)
    assert share.work.startswith("34,848 / 37,783,584 = ")


def test_selecting_counts_only_what_is_selected() -> None:
    chosen = COUNTED["AlexNet"].select("fc2", "conv1")
    assert list(chosen) == ["fc2", "conv1"]
    assert chosen.total.weights == 16_777_216 + 34_848


# --- what cannot be counted ---


def test_a_kind_without_a_rule_is_refused_by_kind_and_name() -> None:
    class Attention(Layer):
        pass

    class LpPool2d(Pool2d):
        pass

    for layer in (Attention(), LpPool2d(2)):
        with pytest.raises(CountError) as caught:
            count(
                Network((3, 8, 8), [Conv2d(4, 3), Residual([layer]) if type(layer) is Attention else layer])
            )
        assert re.match(
            rf"{type(layer).__name__} \('.*{type(layer).__name__.lower()}'\) has no counting rule",
            str(caught.value),
        )
        assert "nnutils.networks.RULES" in caught.value.remedy


def test_a_rule_of_ones_own_and_a_child_of_a_known_kind_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    class Swish(Activation):
        pass

    class Attention(Layer):
        pass

    monkeypatch.setitem(RULES, Attention, lambda step: LayerCounts(multiplications=Worked(42)))
    counts = count(Network((3, 4, 4), [Swish(), Attention(), Concat([Tanh()], [ReLU()])]))
    assert counts["swish"].evaluations == 48
    assert counts["attention"].multiplications == 42
    assert counts.total.evaluations == 96 and counts.total.comparisons == 48


@pytest.mark.parametrize("thing", [None, "alexnet", [Conv2d(3, 3)], Conv2d(3, 3), Linear])
def test_what_is_not_a_network_is_refused(thing: Any) -> None:
    for front_door in (count, nnutils.count):
        with pytest.raises(CountError, match="needs a Network or a torch module") as caught:
            front_door(thing)
        assert "count(module, (3, 224, 224))" in caught.value.remedy


def test_an_input_shape_that_is_not_the_networks_own_is_refused_at_the_front_door() -> None:
    network = Network((3, 8, 8), [Conv2d(4, 3)])
    assert nnutils.count(network, (3, 8, 8)) == nnutils.count(network) == count(network)
    with pytest.raises(
        CountError, match=r"given the input shape \(3, 9, 9\), but the network has \(3, 8, 8\)"
    ):
        nnutils.count(network, (3, 9, 9))


def test_layer_counts_start_at_zero_and_add_their_parameters_by_name() -> None:
    assert LayerCounts(weights=Worked(6), biases=Worked(2)).parameters.formula == "weights + biases"
    empty = LayerCounts()
    assert all(empty[column] == 0 for column in COLUMNS)
    assert isinstance(count(Network((2,), [Flatten()])), Counts)


def test_macs_are_the_products_of_convolutions_and_matrix_products_alone() -> None:
    layers = [Conv2d(4, 3, name="conv"), AvgPool2d(2), BatchNorm2d(), Flatten(), Linear(5, bias=False)]
    counts = count(Network((2, 8, 8), layers))
    # 4 x 6 x 6 outputs of 2 x 3 x 3 inputs each; 5 outputs of 4 x 3 x 3.
    assert counts["conv"].macs == 144 * 18
    assert counts.total.macs == 144 * 18 + 5 * 36
    assert counts.total.macs < counts.total.multiplications
    assert counts["conv"].macs.work == "144 · 2 · 3 · 3 = 2,592"
    assert "macs" not in counts.table().header and counts.table("macs").header[-1] == "macs"
    with pytest.raises(CountError, match=r"(?s)no column 'flops'.*evaluations, macs"):
        counts["conv"]["flops"]
