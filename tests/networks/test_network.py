"""Networks: names, shapes along the way, and errors that say where."""

from __future__ import annotations

import importlib
import re
from typing import Any

import numpy as np
import pytest
import torch
from support.specifications import SPECIFICATIONS

import nnutils
from nnutils.core.derivation import OPERATIONS
from nnutils.core.errors import NetworkError, NNUtilsError, SizeError
from nnutils.core.worked import Worked
from nnutils.networks.base import Layer
from nnutils.networks.blocks import Concat, Residual
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
)
from nnutils.networks.network import Network


def names(*layers: Layer) -> list[str]:
    return [step.name for step in Network((8, 16, 16), layers).steps]


def refused(input_shape: Any, layers: Any) -> str:
    """The message with which a network is refused."""
    with pytest.raises(NNUtilsError) as caught:
        Network(input_shape, layers)
    return str(caught.value)


@pytest.mark.parametrize("network", SPECIFICATIONS.values(), ids=SPECIFICATIONS)
def test_the_shapes_along_the_way_fit_together(network: Network) -> None:
    shape = network.input_shape
    for step in network.steps:
        if ".branch" not in step.name:
            assert step.input_shape == shape
            shape = step.output_shape
    assert network.output_shape == network.steps[-1].output_shape
    assert network.shapes == {step.name: step.output_shape for step in network.steps}
    assert len(network.shapes) == len(network.steps)
    assert repr(network).count("\n") == len(network.steps)


@pytest.mark.parametrize(
    ("name", "output"),
    [
        ("AlexNet", (1000,)),
        ("VGG-16", (1000,)),
        ("ResNet-18", (1000,)),
        ("inception", (256, 28, 28)),
        ("dilated", (3, 11, 13)),
        ("every kind", (3,)),
        ("two convolutions", (8, 5, 5)),
    ],
)
def test_well_known_networks_end_in_the_shape_that_their_papers_give(
    name: str, output: tuple[int, ...]
) -> None:
    assert SPECIFICATIONS[name].output_shape == output


def test_alexnet_has_the_shapes_of_its_paper() -> None:
    shapes = SPECIFICATIONS["AlexNet"].shapes
    assert [shapes[f"conv{i}"] for i in range(1, 6)] == [
        (96, 55, 55),
        (256, 27, 27),
        (384, 13, 13),
        (384, 13, 13),
        (256, 13, 13),
    ]
    assert [shapes[name] for name in ("pool3", "flatten", "fc1")] == [(256, 6, 6), (9216,), (4096,)]


# --- names ---


def test_layers_without_a_name_get_one_from_their_kind_with_numbers_where_there_are_several() -> None:
    assert names(Conv2d(8, 1), ReLU()) == ["conv", "relu"]
    assert names(Conv2d(8, 1), MaxPool2d(1), Conv2d(8, 1), AvgPool2d(1)) == [
        "conv1",
        "pool1",
        "conv2",
        "pool2",
    ]
    assert names(BatchNorm2d(), Flatten(), Linear(3)) == ["norm", "flatten", "linear"]


def test_given_names_stand_and_automatic_ones_step_aside() -> None:
    assert names(Conv2d(8, 1, name="conv1"), Conv2d(8, 1)) == ["conv1", "conv"]
    assert names(Conv2d(8, 1, name="conv"), Conv2d(8, 1)) == ["conv", "conv1"]
    assert names(Conv2d(8, 1, name="conv2"), Conv2d(8, 1), Conv2d(8, 1)) == ["conv2", "conv1", "conv3"]
    inside = Concat([Conv2d(8, 1, name="conv")])
    assert names(Conv2d(8, 1), inside) == ["conv1", "conv", "concat"]


def test_names_in_branches_say_where_they_are() -> None:
    block = Concat([Conv2d(4, 1)], [Conv2d(4, 1), ReLU(), Conv2d(4, 1, name="mine")])
    assert names(block) == [
        "concat.branch1.conv",
        "concat.branch2.conv",
        "concat.branch2.relu",
        "mine",
        "concat",
    ]
    nested = Residual([Concat([Conv2d(8, 1)])], name="block")
    assert names(nested) == ["block.branch1.concat.branch1.conv", "block.branch1.concat", "block"]
    assert names(Residual([ReLU()]), Residual([ReLU()])) == [
        "residual1.branch1.relu",
        "residual1",
        "residual2.branch1.relu",
        "residual2",
    ]


def test_one_layer_object_may_stand_twice_unless_it_has_a_name() -> None:
    same = Conv2d(8, 3, padding=1)
    assert names(same, same) == ["conv1", "conv2"]
    assert "Two layers are called 'c'" in refused((8, 4, 4), [Conv2d(8, 1, name="c"), Conv2d(8, 1, name="c")])


def test_a_name_used_twice_is_refused_with_its_place_across_blocks_too() -> None:
    message = refused(
        (8, 4, 4), [Conv2d(8, 1, name="c"), Concat([ReLU(), Conv2d(8, 1, name="c")], name="both")]
    )
    assert message.splitlines() == [
        "Two layers are called 'c'.",
        "  input (8, 4, 4) -> c (8, 4, 4) -> both.branch1 -> both.branch1.relu (8, 4, 4) -> c",
        "  Give each layer its own name.",
    ]


# --- layers that do not fit: what was asked, what was given, where, and what would work ---


def test_a_window_that_is_too_large_is_named_with_its_place_and_the_remedy() -> None:
    layers = [
        Conv2d(16, 5, stride=2, name="conv1"),
        Conv2d(10, 7, name="conv2"),
        Conv2d(10, 5, name="conv3"),
        MaxPool2d(5, stride=2),
    ]
    with pytest.raises(SizeError) as caught:
        Network((3, 32, 32), layers)
    assert f"{type(caught.value).__name__}: {caught.value}" == (
        "SizeError: MaxPool2d(kernel_size=5, stride=2) after 'conv3' needs an input of at least 5 x 5, "
        "got 10 x 4 x 4.\n"
        "  input (3, 32, 32) -> conv1 (16, 14, 14) -> conv2 (10, 8, 8) -> conv3 (10, 4, 4) -> pool\n"
        "  Use kernel_size <= 4, or padding >= 1."
    )
    assert Network((3, 32, 32), [*layers[:3], MaxPool2d(4, stride=2)]).output_shape == (10, 1, 1)
    assert Network((3, 32, 32), [*layers[:3], MaxPool2d(5, stride=2, padding=1)]).output_shape == (10, 1, 1)


def test_an_error_is_raised_at_the_surface() -> None:
    with pytest.raises(SizeError) as caught:
        Network((3, 4, 4), [Conv2d(8, 5)])
    assert caught.value.__cause__ is None and caught.value.__suppress_context__
    assert "Conv2d(out_channels=8, kernel_size=5) after 'input' needs" in str(caught.value)


def test_a_name_with_spaces_is_kept_whole() -> None:
    message = refused((3, 8, 8), [Conv2d(8, 5, name="first (and last) layer"), Conv2d(8, 5)])
    assert "after 'first (and last) layer' needs an input of at least 5 x 5, got 8 x 4 x 4" in message


def test_an_error_inside_a_branch_says_which_branch() -> None:
    stem = Conv2d(8, 1, name="stem")
    message = refused((3, 4, 4), [stem, Concat([ReLU()], [Conv2d(8, 5)], name="mixed")])
    assert message.splitlines() == [
        "Conv2d(out_channels=8, kernel_size=5) at the start of 'mixed.branch2' needs an input "
        "of at least 5 x 5, got 8 x 4 x 4.",
        "  input (3, 4, 4) -> stem (8, 4, 4) -> mixed.branch2 -> mixed.branch2.conv",
        "  Use kernel_size <= 4, or padding >= 1.",
    ]


def test_branches_that_do_not_stack_are_told_with_their_shapes() -> None:
    message = refused((3, 8, 8), [ReLU(), Concat([Conv2d(4, 3)], [Conv2d(5, 1)], [])])
    assert message.splitlines() == [
        "Concat of 3 branches after 'relu' cannot stack outputs of different height or width: "
        "branch 1: 4 x 6 x 6, branch 2: 5 x 8 x 8, branch 3: 3 x 8 x 8.",
        "  input (3, 8, 8) -> relu (3, 8, 8) -> concat",
        "  Pad or stride the branches so that all have the same height and width.",
    ]
    assert "cannot stack" in refused((3, 8, 8), [Concat([Conv2d(4, (3, 1))], [])])
    assert "cannot stack" in refused((3, 8, 8), [Concat([Conv2d(4, (1, 3))], [])])
    assert "4 x 8 x 8, branch 2: 192" in refused((3, 8, 8), [Concat([Conv2d(4, 1)], [Flatten()])])
    assert Network((3,), [Concat([Linear(2)], [])]).output_shape == (5,)


def test_a_residual_sum_of_two_shapes_is_refused_with_advice_that_works() -> None:
    body = [Conv2d(16, 3, stride=2, padding=1)]
    message = refused((8, 9, 9), [Residual(body, name="block")])
    assert message.splitlines() == [
        "Residual sum after 'input' cannot add 16 x 5 x 5 (body) and 8 x 9 x 9 (shortcut).",
        "  input (8, 9, 9) -> block",
        "  Give it a shortcut that makes 16 x 5 x 5, such as a 1 x 1 convolution.",
    ]
    assert Network((8, 9, 9), [Residual(body, [Conv2d(16, 1, stride=2)])]).output_shape == (16, 5, 5)


def test_a_residual_sum_takes_no_shortcut_as_its_input() -> None:
    for block in (
        Residual([ReLU()]),
        Residual([ReLU()], None),
        Residual([ReLU()], []),
        Residual([ReLU()], shortcut=None),
    ):
        assert Network((8, 4, 4), [block]).output_shape == (8, 4, 4)


@pytest.mark.parametrize(
    ("layers", "problem", "remedy"),
    [
        (
            [ReLU(), Linear(10)],
            "after 'relu' needs a vector of features, got 6 x 8 x 8.",
            "Put Flatten() before it.",
        ),
        (
            [Flatten(), Conv2d(8, 3)],
            "after 'flatten' needs an input of (channels, height, width), got 384 features.",
            "Put it before Flatten().",
        ),
        (
            [ReLU(), Conv2d(8, 3, groups=4)],
            "splits 6 input channels and 8 output channels into 4 groups, which leaves a remainder.",
            "Use groups that divide both, such as 2.",
        ),
    ],
)
def test_layers_that_do_not_fit_are_told_with_place_and_remedy(
    layers: list[Layer], problem: str, remedy: str
) -> None:
    message = refused((6, 8, 8), layers).splitlines()
    assert message[0].endswith(problem)
    assert message[1].startswith("  input (6, 8, 8) -> ")
    assert message[2] == f"  {remedy}"


# --- what is not a layer, what is not a shape ---


@pytest.mark.parametrize(
    ("entry", "shown", "remedy"),
    [
        ("relu", "'relu'", "Known layers: AvgPool2d, BatchNorm2d, Concat, Conv2d, "),
        (None, "None", "Known layers: "),
        (64, "64", "Known layers: "),
        ([ReLU()], "of type list", "Known layers: "),
        (ReLU, "the class ReLU", "Write ReLU(...), with parentheses."),
        (
            torch.nn.Conv2d(3, 8, 3),
            "torch's Conv2d",
            "count the whole torch module: count(module, input_shape).",
        ),
        (torch.nn.Sequential(torch.nn.ReLU()), "torch's Sequential", "count the whole torch module"),
    ],
)
def test_an_entry_that_is_not_a_layer_is_named_with_its_place(entry: Any, shown: str, remedy: str) -> None:
    message = refused((3, 8, 8), [ReLU(), entry])
    assert f"Entry 2 of the network is {shown}, which is not a layer." in message
    assert remedy in message
    assert message.count("\n") == 1
    with pytest.raises(NetworkError, match="Entry 1 of branch 2 of Concat is "):
        Concat([ReLU()], [entry])
    with pytest.raises(NetworkError, match="Entry 2 of the shortcut of Residual is "):
        Residual([ReLU()], [ReLU(), entry])


def test_the_layers_that_are_advertised_are_those_that_exist() -> None:
    class Own(Layer):
        pass

    listed = re.findall(r"\w+", refused((3, 8, 8), [0]).split("Known layers: ")[1])
    public = (getattr(nnutils, name) for name in nnutils.__all__)
    kinds = {kind.__name__ for kind in public if isinstance(kind, type) and issubclass(kind, Layer)}
    assert set(listed) == kinds
    assert Own.__name__ not in listed and not {Activation.__name__, Pool2d.__name__} & set(listed)


def test_a_whole_torch_module_is_not_taken_for_a_list_of_layers() -> None:
    assert "Entry 1 of the network is torch's Sequential" in refused(
        (3, 8, 8), torch.nn.Sequential(torch.nn.ReLU())
    )


@pytest.mark.parametrize("shape", [(), (3, 8), (1, 3, 8, 8), 784, None, {3, 8, 9}, np.array([3, 8, 8])])
def test_an_input_shape_has_one_or_three_sizes(shape: Any) -> None:
    message = refused(shape, [ReLU()])
    assert message.startswith("An input shape is (channels, height, width) or (features,); got ")
    assert message.endswith("Leave the batch out: one sample is enough to know every shape.")


@pytest.mark.parametrize("size", [0, -3, 8.0, 1.5, True, "8", None])
def test_each_size_of_the_input_shape_is_a_whole_number(size: Any) -> None:
    for shape in ((size,), (size, 8, 8), (3, 8, size)):
        assert refused(shape, [ReLU()]) == (
            f"each size of the input shape must be a whole number, at least 1; got {size!r}."
        )


def test_input_shapes_may_be_lists_torch_sizes_and_numpy_integers() -> None:
    for shape in ([3, 8, 8], torch.Size([3, 8, 8]), tuple(np.array([3, 8, 8]))):
        network = Network(shape, [Conv2d(4, 3)])
        assert (network.input_shape, network.output_shape) == ((3, 8, 8), (4, 6, 6))
        assert {type(size) for size in network.input_shape} == {int}


def test_a_network_without_layers_is_refused() -> None:
    assert refused((3, 8, 8), []).splitlines() == [
        "A network without layers computes nothing.",
        "  Give it at least one layer.",
    ]


def test_concat_without_branches_is_refused_but_a_branch_may_be_empty() -> None:
    with pytest.raises(NetworkError, match=r"Concat\(\) has no branches\.\n  Give each branch as a list"):
        Concat()
    assert Network((3, 8, 8), [Concat([], [ReLU()])]).output_shape == (6, 8, 8)


def test_a_single_layer_may_stand_for_a_list_of_one() -> None:
    assert Network((3, 8, 8), Conv2d(4, 3)).output_shape == (4, 6, 6)  # type: ignore[arg-type]
    assert Concat(ReLU(), Conv2d(4, 1)) == Concat([ReLU()], [Conv2d(4, 1)])  # type: ignore[arg-type]


def test_a_network_prints_every_layer_with_its_shape() -> None:
    network = Network((3, 8, 8), [Conv2d(4, 3, name="conv1"), ReLU()])
    assert repr(network).splitlines() == [
        "Network with input (3, 8, 8)",
        "  conv1  (4, 6, 6)  Conv2d(out_channels=4, kernel_size=3)",
        "  relu   (4, 6, 6)  ReLU()",
    ]


# --- sizes that tell how they were made ---


@pytest.mark.parametrize("network", SPECIFICATIONS.values(), ids=SPECIFICATIONS)
def test_every_size_leads_back_to_the_input_and_has_a_name(network: Network) -> None:
    """Walk from each size through what it was made of, with the arithmetic done again on the way."""
    done: dict[int, int] = {}

    def again(size: Worked) -> int:
        if id(size) not in done:
            parts = [again(part) for part in size.arguments]
            done[id(size)] = OPERATIONS[size.operation](*parts) if parts else int(size)
        return done[id(size)]

    for step in network.steps:
        assert step.output_shape == tuple(again(size) for size in step.output_sizes)
        assert all(size.name for size in step.output_sizes)
    given = {"input channels", "input height", "input width", "input features"}
    for step in network.steps:
        for size in step.output_sizes:
            assert (
                size.arguments
                or size.name in given
                or size.name.split()[-1] in ("out_channels", "out_features")
            )


def test_a_size_of_a_late_layer_tells_of_all_layers_before_it() -> None:
    layers = [
        Conv2d(4, 5, stride=2, name="conv1"),
        MaxPool2d(2, name="pool"),
        Flatten(),
        Linear(3, name="out"),
    ]
    network = Network((3, 32, 30), layers)
    (features,) = network.steps[2].output_sizes
    assert features.formula == "conv1 out_channels · pool height · pool width"
    steps = features.steps()
    assert [step.split(" = ")[0] for step in steps] == [
        "conv1 height",
        "pool height",
        "conv1 width",
        "pool width",
        "flatten features",
    ]
    assert steps[0] == (
        "conv1 height = ⌊(input height + 2 · padding − dilation · (kernel_size − 1) − 1) / stride⌋ + 1 "
        "= ⌊(32 + 2 · 0 − 1 · (5 − 1) − 1) / 2⌋ + 1 = 14"
    )
    assert steps[-1] == "flatten features = conv1 out_channels · pool height · pool width = 4 · 7 · 6 = 168"
    assert [size.name for size in network.steps[3].output_sizes] == ["out out_features"]


def test_sizes_that_stay_as_they_were_are_handed_on() -> None:
    layers = [
        Conv2d(4, 3, padding="same", name="conv"),
        BatchNorm2d(),
        ReLU(),
        Residual([ReLU()]),
        AvgPool2d(2),
    ]
    network = Network((3, 8, 8), layers)
    conv, *kept, pool = (step.output_sizes for step in network.steps)
    assert all(size is made for sizes in kept for size, made in zip(sizes, conv, strict=True))
    assert pool[0] is conv[0] and pool[1].name == "pool height"
    assert conv[1].steps()[0] == "total padding = dilation · (kernel_size − 1) = 1 · (3 − 1) = 2"


def test_the_channels_of_a_concat_are_the_sum_of_its_branches() -> None:
    block = Concat([Conv2d(4, 1, name="a")], [Conv2d(5, 1), Conv2d(6, 1, name="b")], [], name="both")
    channels, height, _ = Network((3, 8, 8), [block]).steps[-1].output_sizes
    assert channels.steps() == [
        "both channels = a out_channels + b out_channels + input channels = 4 + 6 + 3 = 13"
    ]
    assert height.steps()[-1].startswith("a height = ")
    (features,) = Network((3,), [Concat([Linear(2)], [])]).steps[-1].output_sizes
    assert (features.name, features.formula) == (
        "concat features",
        "concat.branch1.linear out_features + input features",
    )


def test_the_shapes_of_a_step_are_plain_numbers() -> None:
    step = Network((3, 8, 8), [Conv2d(4, 3)]).steps[0]
    assert (step.input_shape, step.output_shape) == ((3, 8, 8), (4, 6, 6))
    assert {type(size) for size in step.input_shape + step.output_shape} == {int}
    assert step == Network((3, 8, 8), [Conv2d(4, 3)]).steps[0] and hash(step)


def test_an_output_that_is_too_long_to_write_is_refused_with_its_place() -> None:
    with pytest.raises(SizeError, match="more than 4,300") as caught:
        Network((10**2000, 10**2000, 10**2000), [ReLU(), Flatten()])
    assert len(str(caught.value)) < 400
    assert caught.value.where.endswith("-> flatten")
    long = Network((10**4000, 3, 3), [ReLU(), Conv2d(10**4000, 3), Flatten(), Linear(10**4000)])
    assert long.output_shape == (10**4000,)


@pytest.mark.parametrize("room", ["nnutils", "nnutils.core", "nnutils.networks"])
def test_a_room_that_loads_names_later_refuses_others(room: str) -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        importlib.import_module(room).nonsense  # noqa: B018
