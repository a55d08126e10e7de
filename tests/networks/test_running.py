"""Sizes along a network: plain and worked runs agree, derivations wait, work grows in a straight line."""

from __future__ import annotations

import copy
import pickle
import sys
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from support.fuzzing.networks import networks
from support.specifications import SPECIFICATIONS

from nnutils.core.errors import NetworkError, SizeError
from nnutils.core.worked import Worked
from nnutils.networks.base import Layer, Shape, Sizes
from nnutils.networks.blocks import Concat, Residual
from nnutils.networks.counting import count
from nnutils.networks.counting.layer_counts import Columns
from nnutils.networks.layers import BatchNorm2d, Conv2d, Flatten, Linear, MaxPool2d, ReLU
from nnutils.networks.network import Network, Step
from nnutils.networks.running import Derived


def calls(run: Callable[[], object]) -> int:
    """Count the calls of functions that a run makes, Python's and C's: unlike seconds they are not chance."""
    made = 0

    def watch(frame: object, event: str, argument: object) -> None:
        nonlocal made
        made += event in ("call", "c_call")

    sys.setprofile(watch)
    try:
        run()
    finally:
        sys.setprofile(None)
    return made


def convolutions(n: int) -> list[Layer]:
    return [Conv2d(8, 3, padding=1) for _ in range(n)]


def mixed(n: int) -> list[Layer]:
    kinds: list[Callable[[], Layer]] = [
        lambda: Conv2d(8, 3, padding="same", bias=False),
        BatchNorm2d,
        ReLU,
        lambda: MaxPool2d(3, stride=1, padding=1),
        lambda: Residual([Conv2d(8, 1), ReLU(name=None)]),
        lambda: Concat([Conv2d(4, 1)], [Conv2d(4, 3, padding=1)]),
    ]
    return [kinds[i % len(kinds)]() for i in range(n - 2)] + [Flatten(), Linear(10)]


def named(n: int) -> list[Layer]:
    return [Conv2d(8, 1, name=f"conv{i}") if i % 2 else Conv2d(8, 1) for i in range(n)]


def blocks(n: int) -> list[Layer]:
    """As many blocks as there are names given outside of them."""
    return [Residual([Conv2d(8, 1), Conv2d(8, 1, name=f"mine{i}")]) for i in range(n // 2)]


def nested(n: int) -> list[Layer]:
    """Blocks a hundred deep, each level with its share of the layers."""
    inside: list[Layer] = [ReLU()]
    for _ in range(100):
        inside = [*(Conv2d(8, 1) for _ in range(n // 100)), Residual(inside)]
    return inside


KINDS = [convolutions, mixed, named, blocks, nested]


def build(layers: Sequence[Layer]) -> Network:
    return Network((8, 16, 16), layers)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "run",
    [
        lambda layers: count(build(layers)).total["parameters"],
        lambda layers: [size.leaves for step in build(layers).steps for size in step.output_sizes],
        lambda layers: count(build(layers)).total.parameters.steps(),
    ],
    ids=["built and counted", "sizes derived", "counts derived"],
)
def test_the_work_grows_in_a_straight_line(kind: Any, run: Any) -> None:
    few, many = kind(200), kind(800)
    run(few)  # whatever is done once only
    one, four = calls(lambda: run(few)), calls(lambda: run(many))
    assert four < 4.2 * one, f"{one:,} calls for 200 layers, {four:,} for 800"


def test_the_check_notices_what_is_quadratic() -> None:
    def twice(layers: Sequence[Layer]) -> None:
        for i, layer in enumerate(layers):
            any(layer is other for other in layers[:i])

    assert calls(lambda: twice(convolutions(800))) > 4.2 * calls(lambda: twice(convolutions(200)))


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """A list that gets an entry for each worked number that is made."""
    found: list[object] = []
    check = Worked.__post_init__

    def noted(self: Worked) -> None:
        found.append(self.value)
        check(self)

    monkeypatch.setattr(Worked, "__post_init__", noted)
    return found


def test_building_and_counting_make_no_derivation(made: list[object]) -> None:
    network = build(mixed(60))
    counts = count(network)
    total = counts.total
    assert total.weights > 0 and int(counts["conv1"].units) == 8 * 16 * 16
    assert [step.output_shape for step in network.steps][-1] == network.output_shape == (10,)
    assert made == []
    assert total.weights.work.startswith("576 + ")
    assert len(made) == len(Columns._fields), "the sums themselves: their terms are names and numbers"
    made.clear()
    counts["conv1"].weights.steps()
    once = len(made)
    assert once > 5
    counts["conv1"].connections.steps()
    assert len(made) == once, "the rule of a layer is derived once for all its columns"
    assert network.steps[0].output_sizes[1].steps()
    assert len(made) > once


@given(networks())
@settings(deadline=None)
def test_the_plain_and_the_worked_run_find_the_same(network: Network) -> None:
    rows = Derived(network.input_shape, network.layers).rows()
    assert [(step.name, step.layer) for step in network.steps] == [(name, layer) for name, layer, *_ in rows]
    for step, (*_, before, made) in zip(network.steps, rows, strict=True):
        assert (step.input_shape, step.output_shape) == (before, made)
        assert {type(size) for size in step.input_shape + step.output_shape} == {int}
        assert [size.steps() for size in step.output_sizes] == [size.steps() for size in made]


@pytest.mark.parametrize("n", [2_000, pytest.param(10_000, marks=pytest.mark.variants)])
def test_thousands_of_layers_tell_how_they_were_made(n: int) -> None:
    network = build([Conv2d(8, 3, padding=1, stride=1) for _ in range(n)])
    counts = count(network)
    assert counts.total.weights == n * 8 * 8 * 9
    height = network.steps[-1].output_sizes[1]
    steps = height.steps()
    assert len(steps) == n and steps[-1].startswith(f"conv{n} height = ⌊(conv{n - 1} height + 2 · padding")
    assert pickle.loads(pickle.dumps(height)).steps() == steps


@pytest.mark.parametrize("network", SPECIFICATIONS.values(), ids=SPECIFICATIONS)
def test_copies_and_pickles_are_the_same_network(network: Network) -> None:
    assert network.steps[-1].output_sizes  # derived, so that there is something to leave out
    for twin in (pickle.loads(pickle.dumps(network)), copy.deepcopy(network), copy.copy(network)):
        assert repr(twin) == repr(network) and twin.steps == network.steps
        told = [[size.steps() for size in step.output_sizes] for step in network.steps]
        assert [[size.steps() for size in step.output_sizes] for step in twin.steps] == told
        assert count(twin) == count(network)


def test_a_step_may_be_made_by_itself() -> None:
    sizes = (Worked(3, "channels"), Worked(8, "height"), Worked(8, "width"))
    step = Step("relu", ReLU(), sizes, sizes)
    assert step.input_shape == step.output_shape == (3, 8, 8)
    of_a_network = Network((3, 8, 8), [ReLU()]).steps[0]
    assert step == of_a_network and hash(step) == hash(of_a_network) and repr(step) == repr(of_a_network)
    with pytest.raises(AttributeError, match="no attribute 'shape'"):
        _ = step.shape  # type: ignore[attr-defined]


# --- where it fails ---


def test_the_path_to_a_late_error_names_every_layer() -> None:
    with pytest.raises(SizeError) as caught:
        build([*convolutions(3_000), Residual([ReLU(), Conv2d(8, 17)])])
    assert caught.value.problem.startswith(
        "Conv2d(out_channels=8, kernel_size=17) after 'residual.branch1.relu' "
    )
    path = caught.value.where.split(" -> ")
    assert len(path) == 3_004 and path[0] == "input (8, 16, 16)" and path[3_000] == "conv3000 (8, 16, 16)"
    assert path[3_001:] == ["residual.branch1", "residual.branch1.relu (8, 16, 16)", "residual.branch1.conv"]


def test_a_path_is_written_only_where_it_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[object] = []
    monkeypatch.setattr("nnutils.networks.running.shown", lambda shape: written.append(shape) or "(...)")
    network = build(mixed(50))
    assert network.steps[-1].output_sizes and len(written) == 1, "the input alone"


def test_blocks_nested_beyond_pythons_stack_are_refused_by_name() -> None:
    inside: list[Layer] = [ReLU()]
    for _ in range(100):
        inside = [Residual(inside)]
    network = build(inside)
    assert len(network.steps) == 101 and network.steps[0].output_sizes[1].name == "input height"
    for _ in range(5_000):
        inside = [Residual(inside)]
    with pytest.raises(NetworkError, match="nested in each other more deeply than Python can follow"):
        build(inside)


# --- kinds of somebody's own ---


class Wide(Layer):
    """A kind that works in plain numbers."""

    def output_shape(self, input_shape: Shape) -> Shape:
        return (input_shape[0], input_shape[1], 2 * input_shape[2])


class Odd(Layer):
    """A kind whose sizes and whose shape differ: the sizes have always counted."""

    def output_shape(self, input_shape: Shape) -> Shape:
        return (1, 1, 1)

    def output_sizes(self, input_sizes: Sizes) -> Sizes:
        return (Worked(5, "five"), *input_sizes[1:])


class Doubled(Residual):
    """A block that joins in its own way."""

    def join(self, branches: Any) -> Any:
        return (2 * branches[0][0], *branches[0][1:])


class Kept(Conv2d):
    """A child that changes nothing."""


def test_kinds_of_ones_own_are_asked_as_before() -> None:
    layers = [Conv2d(4, 3), Wide(), Odd(), Doubled([ReLU()]), Kept(3, 1)]
    network = Network((3, 8, 8), layers)
    assert [step.output_shape for step in network.steps if ".branch" not in step.name] == [
        (4, 6, 6),
        (4, 6, 12),
        (5, 6, 12),
        (10, 6, 12),
        (3, 6, 12),
    ]
    channels = network.steps[-2].output_sizes[0]
    assert channels.steps() == ["doubled channels = 2 · odd five = 2 · 5 = 10"]
    assert Kept(3, 3).output_shape((1, 5, 5)) == (3, 3, 3)
    assert Network((1, 5, 5), [Kept(3, 3)]).steps[0].output_sizes[1].name == "kept height"
