"""Formulas against a walk through every connection, and wrong formulas that the walk must catch."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from support.fuzzing.layers import convolutions_of_six, pools
from support.specifications import SMALL, SPECIFICATIONS, alexnet

from nnutils.core.errors import CountError
from nnutils.core.tables import Table
from nnutils.core.worked import Worked
from nnutils.networks.base import Layer
from nnutils.networks.counting import RULES, LayerCounts, count
from nnutils.networks.enumeration import Tally, enumerate_reads
from nnutils.networks.layers import (
    Conv2d,
    Flatten,
    Linear,
    MaxPool2d,
    ReLU,
)
from nnutils.networks.network import Network, Step

COLUMNS = ("units", "weights", "connections")
SMALL_ALEXNET = SMALL["small AlexNet"]


@functools.cache
def walk(network: Network) -> dict[str, Tally]:
    return enumerate_reads(network)


def table_by_walking(network: Network) -> Table:
    """The table of units, weights and connections with every number counted one by one."""
    tallies = walk(network)
    rows: list[list[str | int]] = []
    for step in network.steps:
        tally = tallies.get(step.name)
        shape = " x ".join(map(str, step.output_shape))
        numbers = (tally.units, len(tally.weights), tally.connections) if tally else (0, 0, 0)
        rows.append([step.name, shape, *numbers])
    totals = [sum(int(row[i]) for row in rows) for i in (2, 3, 4)]
    return Table(("layer", "output", *COLUMNS), [*rows, ["total", "", *totals]], last_is_total=True)


def disagreements(network: Network) -> set[tuple[str, str]]:
    """The layers and columns in which formula and walk differ."""
    counts, walked = count(network), walk(network)
    return {
        (name, column)
        for name, tally in walked.items()
        for column, number in zip(COLUMNS, (tally.units, len(tally.weights), tally.connections), strict=True)
        if counts[name][column] != number
    }


def test_the_table_of_the_small_alexnet_is_the_same_by_formula_and_by_walking() -> None:
    table = count(SMALL_ALEXNET).table(*COLUMNS)
    assert str(table) == str(table_by_walking(SMALL_ALEXNET))
    assert table.latex == table_by_walking(SMALL_ALEXNET).latex


def test_the_small_alexnet_has_the_structure_of_alexnet() -> None:
    sizes = {"out_channels", "out_features"}

    def structure(network: Network) -> list[tuple[str, dict[str, object]]]:
        layers = [(step.name, step.layer) for step in network.steps]
        return [
            (name, {key: value for key, value in vars(layer).items() if key not in sizes})
            for name, layer in layers
        ]

    assert structure(SMALL_ALEXNET) == structure(alexnet())
    assert structure(SMALL_ALEXNET) != structure(alexnet(groups=1))
    walked = walk(SMALL_ALEXNET)
    assert all(walked[name].padded > 0 for name in ("conv2", "conv3", "conv4", "conv5"))


@pytest.mark.parametrize("name", SMALL)
def test_small_specifications_are_the_same_by_formula_and_by_walking(name: str) -> None:
    assert disagreements(SMALL[name]) == set()
    assert walk(SMALL[name])


@given(st.integers(7, 9), st.integers(7, 9), convolutions_of_six() | pools)
@settings(deadline=None, max_examples=60)
def test_any_layer_is_the_same_by_formula_and_by_walking(height: int, width: int, layer: Layer) -> None:
    assert disagreements(Network((6, height, width), [layer, ReLU(), Flatten(), Linear(2)])) == set()


def reads_by_torch(step: Step) -> int:
    """Let a layer of ones read ones, padding included: each output is then the number of inputs it read."""
    layer = step.layer
    if isinstance(layer, Linear):
        weight = torch.ones(1, step.input_shape[0])
        return int(torch.nn.functional.linear(torch.ones(step.input_shape), weight)) * layer.out_features
    assert isinstance(layer, Conv2d) and isinstance(layer.padding, int)
    channels, height, width = step.input_shape
    ones = torch.ones(1, channels, height + 2 * layer.padding, width + 2 * layer.padding)
    size = layer.kernel_size if isinstance(layer.kernel_size, tuple) else (layer.kernel_size,) * 2
    weight = torch.ones(layer.out_channels, channels // layer.groups, *size)
    return int(
        torch.nn.functional.conv2d(ones, weight, stride=layer.stride, groups=layer.groups).sum(
            dtype=torch.int64
        )
    )


@pytest.mark.parametrize("name", ["AlexNet", "ResNet-18"])
def test_connections_at_full_size_are_the_reads_of_torch_layers_of_ones(name: str) -> None:
    network, counts = SPECIFICATIONS[name], count(SPECIFICATIONS[name])
    weighted = [step for step in network.steps if isinstance(step.layer, Conv2d | Linear)]
    assert len(weighted) >= 8
    for step in weighted:
        assert (step.name, reads_by_torch(step)) == (step.name, int(counts[step.name].connections))


# --- wrong rules that must not pass ---


_right = RULES[Conv2d]


def groups_ignored(step: Step) -> LayerCounts:
    assert isinstance(step.layer, Conv2d)
    whole = dataclasses.replace(step.layer, groups=1)
    return _right(dataclasses.replace(step, layer=whole))


def bias_counted_as_weight(step: Step) -> LayerCounts:
    counts = _right(step)
    return dataclasses.replace(counts, weights=counts.weights + counts.biases)


def padding_excluded(step: Step) -> LayerCounts:
    padded = enumerate_reads(Network(step.input_shape, [dataclasses.replace(step.layer, name="it")]))[
        "it"
    ].padded  # type: ignore[type-var]
    counts = _right(step)
    return dataclasses.replace(counts, connections=counts.connections - padded)


def weights_not_shared(step: Step) -> LayerCounts:
    counts = _right(step)
    return dataclasses.replace(counts, weights=counts.connections)


def stride_ignored(step: Step) -> LayerCounts:
    assert isinstance(step.layer, Conv2d)
    dense = dataclasses.replace(step.layer, stride=1)
    return _right(dataclasses.replace(step, output_sizes=dense.output_sizes(step.input_sizes)))


def channels_forgotten(step: Step) -> LayerCounts:
    counts = _right(step)
    return dataclasses.replace(counts, weights=counts.weights // Worked(step.input_shape[0]))


grouped, padded = {"conv2", "conv4", "conv5"}, {"conv2", "conv3", "conv4", "conv5"}
everywhere = {"conv1"} | padded


@pytest.mark.parametrize(
    ("rule", "caught"),
    [
        (groups_ignored, {(name, column) for name in grouped for column in ("weights", "connections")}),
        (bias_counted_as_weight, {(name, "weights") for name in everywhere}),
        (padding_excluded, {(name, "connections") for name in padded}),
        (weights_not_shared, {(name, "weights") for name in everywhere}),
        (stride_ignored, {("conv1", "units"), ("conv1", "connections")}),
        (channels_forgotten, {(name, "weights") for name in everywhere}),
    ],
)
def test_a_wrong_rule_is_caught_exactly_where_it_is_wrong(
    rule: Callable[[Step], LayerCounts], caught: set[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert disagreements(SMALL_ALEXNET) == set()
    monkeypatch.setitem(RULES, Conv2d, rule)
    assert disagreements(SMALL_ALEXNET) == caught
    assert str(count(SMALL_ALEXNET).table(*COLUMNS)) != str(table_by_walking(SMALL_ALEXNET))


def test_a_pooling_over_the_edge_is_refused_by_the_walk() -> None:
    network = Network((2, 8, 8), [MaxPool2d(3, stride=2, ceil_mode=True, name="pool1")])
    with pytest.raises(
        CountError, match=r"MaxPool2d\(.*ceil_mode=True\) \('pool1'\) has windows that may leave"
    ):
        enumerate_reads(network)
