"""Receptive fields: against index sets, against torch's gradients, and against published numbers."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from support.fuzzing.layers import convolutions_of_six, same_convolutions
from support.fuzzing.sizes import sizes
from support.specifications import alexnet, vgg16

from nnutils.core.errors import NetworkError, SizeError
from nnutils.networks.base import Layer, pair
from nnutils.networks.blocks import Concat, Residual
from nnutils.networks.layers import (
    AvgPool2d,
    Conv2d,
    Flatten,
    Linear,
    MaxPool2d,
    Pool2d,
    ReLU,
)
from nnutils.networks.network import Network
from nnutils.networks.receptive_field import ReceptiveField, receptive_fields
from nnutils.torch_bridge.modules import to_torch


def positions_read(layer: Layer, position: int, axis: int) -> Iterator[int]:
    """The positions of the layer before that one position reads; as if the picture went on for ever."""
    if not isinstance(layer, Conv2d | Pool2d):
        yield position
        return
    stride = layer.stride if layer.stride is not None else layer.kernel_size
    kernel_size, dilation = pair(layer.kernel_size)[axis], pair(layer.dilation)[axis]
    before = dilation * (kernel_size - 1) // 2 if layer.padding == "same" else pair(layer.padding)[axis]
    for tap in range(kernel_size):
        yield position * pair(stride)[axis] - before + tap * dilation


def pixels_seen(network: Network, position: int, axis: int) -> set[int]:
    """Go back from a position of the last layer, through sets of positions, to a set of pixels."""
    seen = {position}
    for layer in reversed(network.layers):
        seen = {read for place in seen for read in positions_read(layer, place, axis)}
    return seen


one = st.just(1)
convolutions = convolutions_of_six(
    out_channels=one, groups=one, kernel_size=sizes(1, 4), padding=st.integers(0, 3)
)
pools = st.builds(AvgPool2d, kernel_size=sizes(1, 4), stride=st.none() | st.integers(1, 3))
same = same_convolutions(out_channels=one, kernel_size=sizes(1, 4))
chains = st.lists(convolutions | same | pools | st.just(ReLU()), min_size=1, max_size=4)


@given(chains, st.integers(0, 3))
def test_the_window_of_a_position_is_what_index_sets_reach(layers: list[Layer], position: int) -> None:
    network = Network((1, 400, 400), layers)
    last = network.steps[-1].name
    for axis, name in enumerate(("height", "width")):
        window = receptive_fields(network, name)[last].window(position)  # type: ignore[arg-type]
        seen = pixels_seen(network, position, axis)
        assert (window[0], window[-1]) == (min(seen), max(seen))


@pytest.mark.slow
@given(chains.filter(lambda layers: len(layers) < 4), st.integers(0, 159))
@settings(deadline=None, max_examples=60)
def test_torch_changes_a_position_exactly_where_its_window_begins_and_ends(
    layers: list[Layer], choice: int
) -> None:
    """With positive weights no two influences cancel, so the gradient shows every pixel that is read."""
    network = Network((1, 160, 160), layers)
    field, size = receptive_fields(network)[network.steps[-1].name], network.output_shape[1]
    inside = [i for i in range(size) if field.window(i)[0] >= 0 and field.window(i)[-1] < 160]
    assume(inside)
    position = inside[choice % len(inside)]
    module = to_torch(network, dtype=torch.float64)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.fill_(1.0)
    picture = torch.ones(1, 1, 160, 160, dtype=torch.float64, requires_grad=True)
    module(picture)[0, 0, position].sum().backward()
    assert picture.grad is not None
    rows = picture.grad[0, 0].sum(dim=1).nonzero().flatten().tolist()
    assert (rows[0], rows[-1]) == (field.window(position)[0], field.window(position)[-1])


def test_alexnet_is_as_published() -> None:
    """The table of Araujo, Norris and Sim (2019): size 195, effective stride 32, padding 64."""
    fields = receptive_fields(alexnet())
    conv = [name for name in fields if "relu" not in name]
    assert [int(fields[name].size) for name in conv] == [11, 19, 51, 67, 99, 131, 163, 195]
    assert [int(fields[name].stride) for name in conv] == [4, 8, 8, 16, 16, 16, 16, 32]
    assert int(fields[conv[-1]].start) == -64
    assert "flatten" not in fields and not any(name.startswith("linear") for name in fields)


def test_vgg16_is_as_published() -> None:
    """The same table: size 212, effective stride 32, padding 90."""
    field = list(receptive_fields(vgg16()).values())[-1]
    assert (int(field.size), int(field.stride), int(field.start)) == (212, 32, -90)


def test_each_number_shows_its_work() -> None:
    net = Network(
        (3, 40, 40), [Conv2d(4, 3, stride=2, padding=1), Conv2d(4, 3, dilation=2, padding=2, name="last")]
    )
    field = receptive_fields(net)["last"]
    assert field.size.work == "3 + 2 · (3 − 1) · 2 = 11"
    assert field.size.formula == "size before + dilation · (kernel_size − 1) · stride before"
    assert field.stride.work == "2 · 1 = 2"
    assert field.start.work == "−1 − 2 · 2 = −5"
    assert field.centre == 0


def test_same_padding_begins_before_the_input_with_the_smaller_half() -> None:
    field = receptive_fields(Network((3, 9, 9), [Conv2d(4, 4, padding="same", dilation=3, name="same")]))[
        "same"
    ]
    assert (
        field.window(0) == range(-4, 6)
        and field.start.formula == "start before − padding before · stride before"
    )
    assert "padding before = ⌊total padding / 2⌋ = ⌊9 / 2⌋ = 4" in field.start.steps()


def test_forgetting_the_stride_of_the_layers_before_would_be_caught() -> None:
    network = Network((1, 50, 50), [Conv2d(1, 3, stride=2), Conv2d(1, 3)])
    seen = pixels_seen(network, 0, 0)
    added_up = 1 + sum(layer.kernel_size - 1 for layer in network.layers)  # type: ignore[attr-defined]
    assert max(seen) - min(seen) + 1 == receptive_fields(network)["conv2"].size == 7 != added_up


# --- blocks, and what has no receptive field ---


def test_a_block_whose_branches_see_the_same_window_has_it_too() -> None:
    same = Concat([Conv2d(4, 3, padding=1)], [Conv2d(2, 1), MaxPool2d(3, stride=1, padding=1)], name="mixed")
    fields = receptive_fields(Network((3, 16, 16), [same, Conv2d(4, 3, name="after")]))
    assert fields["mixed"].window(0) == range(-1, 2)
    assert fields["after"].window(0) == range(-1, 4)
    assert {"mixed.branch1.conv", "mixed.branch2.conv", "mixed.branch2.pool"} < set(fields)


@pytest.mark.parametrize(
    "block",
    [
        Concat([Conv2d(4, 3, padding=1)], [Conv2d(4, 1)], name="block"),
        Concat(
            [Conv2d(4, 3, padding=1)], [Conv2d(4, 2, padding=1), Conv2d(4, 2)], [Conv2d(2, 1)], name="block"
        ),
        Residual([Conv2d(3, 3, padding=1)], name="block"),
    ],
    ids=str,
)
def test_a_block_whose_branches_disagree_is_refused_by_name(block: Layer) -> None:
    network = Network((3, 16, 16), [Conv2d(3, 3), block])
    with pytest.raises(NetworkError) as caught:
        receptive_fields(network)
    message = str(caught.value).splitlines()
    assert message[0].startswith("The branches of 'block' see different windows of the input")
    assert message[1].startswith("  branch 1: 5 pixels from pixel -1, stride 1; branch 2: ")
    assert message[2] == "  Ask for a network with the layers of one branch only."


def test_branches_of_equal_size_and_different_start_disagree() -> None:
    shifted = Concat([Conv2d(1, 3, padding=1)], [Conv2d(1, 2, padding=1), Conv2d(1, 2)], name="block")
    assert receptive_fields(Network((1, 9, 9), [shifted]))["block"].start == -1
    late = Concat([Conv2d(1, 3, stride=3)], [Conv2d(1, 3, stride=3, padding=1)], name="block")
    with pytest.raises(NetworkError, match="3 pixels from pixel 0.*3 pixels from pixel -1"):
        receptive_fields(Network((1, 6, 6), [late]))


def test_a_vector_has_no_receptive_field() -> None:
    with pytest.raises(NetworkError, match=r"needs an input of \(channels, height, width\), got \(8,\)"):
        receptive_fields(Network((8,), [Linear(4)]))
    assert list(receptive_fields(Network((1, 4, 4), [Conv2d(1, 2, name="c"), Flatten(), Linear(2)]))) == ["c"]


def test_a_wrong_axis_and_a_wrong_position_are_refused() -> None:
    network = Network((1, 4, 4), [Conv2d(1, 2, name="c")])
    with pytest.raises(NetworkError, match="'height' or 'width'; got 'depth'"):
        receptive_fields(network, "depth")  # type: ignore[arg-type]
    with pytest.raises(SizeError, match="position must be a whole number, at least 0; got -1"):
        receptive_fields(network)["c"].window(-1)


def test_a_field_cannot_be_changed() -> None:
    field = receptive_fields(Network((1, 4, 4), [Conv2d(1, 2, name="c")]))["c"]
    with pytest.raises(dataclasses.FrozenInstanceError):
        field.size = field.stride  # type: ignore[misc]
    assert isinstance(field, ReceptiveField)
