"""Layers: shapes as torch makes them, settings that are checked, errors that can be acted upon."""

from __future__ import annotations

import dataclasses
import inspect
import re
from ast import literal_eval
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from support.fuzzing.layers import convolutions, poolings, same_convolutions
from support.fuzzing.sizes import sides

from nnutils.core.errors import NetworkError, NNUtilsError, SizeError
from nnutils.core.worked import Worked
from nnutils.networks import enumeration, layers
from nnutils.networks.base import Layer, pair
from nnutils.networks.blocks import Concat, Residual
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
from nnutils.networks.padding_counts import real_multiplications, taps_by_window
from nnutils.networks.sizes import Window

Shape = tuple[int, ...]


def shape_or_none(layer: Layer, shape: Shape) -> Shape | None:
    try:
        return layer.output_shape(shape)
    except SizeError:
        return None


def shape_by_torch(module: torch.nn.Module, shape: Shape) -> Shape | None:
    try:
        return tuple(module(torch.empty(1, *shape, device="meta")).shape[1:])
    except RuntimeError:
        return None


@given(convolutions(), sides)
@settings(deadline=None)
def test_a_convolution_makes_the_shape_of_torch(case: tuple[int, Conv2d], side: tuple[int, int]) -> None:
    in_channels, layer = case
    given = {f.name: getattr(layer, f.name) for f in dataclasses.fields(layer) if f.name != "name"}
    module = torch.nn.Conv2d(in_channels, **given, device="meta")
    assert shape_or_none(layer, (in_channels, *side)) == shape_by_torch(module, (in_channels, *side))


@given(same_convolutions(), sides)
@settings(deadline=None)
def test_same_padding_makes_the_shape_of_torch(layer: Conv2d, side: tuple[int, int]) -> None:
    given = {"padding": "same", "dilation": layer.dilation}
    module = torch.nn.Conv2d(3, 2, layer.kernel_size, **given, device="meta")  # type: ignore[arg-type]
    assert layer.output_shape((3, *side)) == shape_by_torch(module, (3, *side)) == (2, *side)


@given(same_convolutions(), st.tuples(st.integers(1, 7), st.integers(1, 7)))
@settings(deadline=None, max_examples=60)
def test_same_padding_reads_the_inputs_that_torch_reads(layer: Conv2d, side: tuple[int, int]) -> None:
    """An input of ones and kernels of ones: each output is the number of taps that lie on the input."""
    network = Network((1, *side), [dataclasses.replace(layer, name="conv")])
    height, width = pair(layer.kernel_size)
    made = torch.nn.functional.conv2d(
        torch.ones(1, 1, *side), torch.ones(2, 1, height, width), padding="same", dilation=layer.dilation
    )
    tally = enumerate_reads(network)["conv"]
    assert tally.connections - tally.padded == int(made.sum()) == real_multiplications(network, "conv")
    maps = [
        taps_by_window(pixels, kernel, padding="same")
        for pixels, kernel in zip(side, (height, width), strict=True)
    ]
    if pair(layer.dilation) == (1, 1):
        assert [[a * b for b in maps[1]] for a in maps[0]] == made[0, 0].int().tolist()


def test_an_odd_pixel_of_padding_on_the_wrong_side_would_be_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    network = Network((1, 6, 1), [Conv2d(1, (4, 1), padding="same", name="conv")])
    last_tap = torch.tensor([0.0, 0.0, 0.0, 1.0]).reshape(1, 1, 4, 1)
    read = torch.nn.functional.conv2d(torch.ones(1, 1, 6, 1), last_tap, padding="same").sum()

    def starts_that_read() -> int:
        (window, _) = network.layers[0].windows  # type: ignore[attr-defined]
        return sum(start + 3 < 6 for start in enumeration._starts(window, 6))

    assert starts_that_read() == int(read) == 4
    monkeypatch.setattr(Window, "padding_before", 2)
    monkeypatch.setattr(Window, "padding_after", 1)
    assert starts_that_read() == 5


@given(poolings(), sides)
@settings(deadline=None)
def test_a_pooling_makes_the_shape_of_torch(layer: Any, side: tuple[int, int]) -> None:
    given = {"ceil_mode": layer.ceil_mode}
    if isinstance(layer, MaxPool2d):
        module = torch.nn.MaxPool2d(layer.kernel_size, layer.stride, layer.padding, layer.dilation, **given)
    else:
        module = torch.nn.AvgPool2d(layer.kernel_size, layer.stride, layer.padding, **given)
    assert shape_or_none(layer, (3, *side)) == shape_by_torch(module, (3, *side))


@pytest.mark.parametrize(
    ("layer", "module", "shape"),
    [
        (Linear(7), torch.nn.Linear(5, 7), (5,)),
        (Flatten(), torch.nn.Flatten(), (3, 4, 5)),
        (Flatten(), torch.nn.Flatten(), (6,)),
        (ReLU(), torch.nn.ReLU(), (3, 4, 5)),
        (Tanh(), torch.nn.Tanh(), (6,)),
        (Sigmoid(), torch.nn.Sigmoid(), (6,)),
        (BatchNorm2d(), torch.nn.BatchNorm2d(3), (3, 4, 5)),
    ],
)
def test_the_other_layers_make_the_shape_of_torch(
    layer: Layer, module: torch.nn.Module, shape: Shape
) -> None:
    assert layer.output_shape(shape) == shape_by_torch(module.to("meta"), shape)


@pytest.mark.parametrize("kind", [Conv2d, MaxPool2d, AvgPool2d, Linear])
def test_defaults_are_those_of_torch(kind: type) -> None:
    ours = inspect.signature(kind).parameters
    theirs = inspect.signature(getattr(torch.nn, kind.__name__)).parameters
    shared = [name for name in ours if name in theirs and ours[name].default is not inspect.Parameter.empty]
    assert len(shared) >= 1
    for name in shared:
        assert ours[name].default == theirs[name].default


@given(convolutions())
def test_a_layer_is_written_with_the_names_of_its_settings(case: tuple[int, Conv2d]) -> None:
    layer = case[1]
    assert eval(str(layer), vars(layers)) == layer
    assert re.fullmatch(r"Conv2d\(out_channels=\d+, kernel_size=.*\)", str(layer))
    for field in dataclasses.fields(layer):
        is_default = getattr(layer, field.name) == field.default
        assert (f"{field.name}=" in str(layer)) is not is_default


@pytest.mark.parametrize(
    ("layer", "text"),
    [
        (MaxPool2d(5, stride=2), "MaxPool2d(kernel_size=5, stride=2)"),
        (MaxPool2d(2, name="pool1"), "MaxPool2d(kernel_size=2, stride=2)"),
        (Linear(10, bias=False), "Linear(out_features=10, bias=False)"),
        (ReLU(name="act"), "ReLU()"),
        (Concat([ReLU()], []), "Concat of 2 branches"),
        (Residual([ReLU()]), "Residual sum"),
    ],
)
def test_layers_are_written_without_defaults_and_names(layer: Layer, text: str) -> None:
    assert str(layer) == text


@pytest.mark.parametrize(
    ("make", "other"),
    [
        (lambda: Conv2d(8, 3), Conv2d(8, 3, padding=1)),
        (lambda: ReLU(), Tanh()),
        (lambda: Concat([Conv2d(8, 1)], [ReLU()]), Concat([ReLU()], [Conv2d(8, 1)])),
        (lambda: Residual([Conv2d(8, 1)]), Residual([Conv2d(8, 1)], [ReLU()])),
    ],
)
def test_layers_are_equal_by_their_settings_and_never_change(make: Any, other: Layer) -> None:
    assert make() == make() and hash(make()) == hash(make()) and make() != other
    assert " at 0x" not in repr(make())
    with pytest.raises(dataclasses.FrozenInstanceError):
        make().name = "other"


# --- settings that cannot be ---


@pytest.mark.parametrize(
    "value", [-1, 1.5, 4.0, True, "3", None, np.float32(3), [1, 2, 3], (1, 2, 3), (), (3, -1)]
)
@pytest.mark.parametrize("field", ["kernel_size", "stride", "padding", "dilation"])
def test_a_window_setting_must_be_a_whole_number_or_a_pair(field: str, value: Any) -> None:
    for kind in (Conv2d, MaxPool2d, AvgPool2d):
        if kind is not Conv2d and field == "stride" and value is None:
            continue  # a pooling without a stride takes its kernel size
        given = ({"out_channels": 8} if kind is Conv2d else {}) | {"kernel_size": 3, field: value}
        with pytest.raises(SizeError) as caught:
            kind(**given)
        assert str(caught.value).startswith(f"{field} of {kind.__name__} must be ")
        assert f"got {value!r}." in str(caught.value) or f"got {value[-1]!r}." in str(caught.value)


@pytest.mark.parametrize("word", ["SAME", "Same", "full", "", "same "])
def test_a_padding_in_words_is_same_or_valid(word: str) -> None:
    with pytest.raises(SizeError) as caught:
        Conv2d(8, 3, padding=word)  # type: ignore[arg-type]
    assert str(caught.value) == (
        f"padding of Conv2d must be a whole number, at least 0, or 'same' or 'valid'; got {word!r}."
    )
    with pytest.raises(SizeError, match="padding of MaxPool2d must be a whole number, at least 0; got "):
        MaxPool2d(3, padding=word)  # type: ignore[arg-type]


def test_valid_padding_is_no_padding() -> None:
    assert Conv2d(8, 3, padding="valid") == Conv2d(8, 3) == Conv2d(8, 3, padding=0)


@pytest.mark.parametrize("stride", [2, (1, 2), (3, 1)])
def test_same_padding_needs_stride_one_as_in_torch(stride: Any) -> None:
    with pytest.raises(ValueError, match="padding='same' is not supported for strided convolutions"):
        torch.nn.Conv2d(3, 8, 5, stride=stride, padding="same")
    with pytest.raises(SizeError) as caught:
        Conv2d(8, 5, stride=stride, padding="same", dilation=(1, 2))
    assert str(caught.value).splitlines() == [
        f"Conv2d(out_channels=8, kernel_size=5, stride={stride}, padding='same', dilation=(1, 2)): "
        f"padding='same' keeps the size of the input, which needs stride 1; got stride={stride}.",
        "  Use stride=1, or a padding in pixels, such as padding=(2, 4).",
    ]
    assert str(Conv2d(8, 5, stride=(1, 1), padding="same")).endswith("stride=(1, 1), padding='same')")


@pytest.mark.parametrize("make", [lambda n: Conv2d(n, 3), Linear, MaxPool2d, lambda n: Conv2d(8, (3, n))])
def test_long_numbers_are_sizes_and_errors_shorten_them(make: Any) -> None:
    layer = make(10**4000)
    assert len(str(layer)) < 120 and "1000000000… (4,001 digits)" in str(layer)
    with pytest.raises(NNUtilsError) as caught:
        layer.output_shape((10**3000, 2))
    assert len(str(caught.value)) < 300
    with pytest.raises(SizeError, match=r"must have at most 4,300 digits; got \d{10}… \(5,001 digits\)\.$"):
        make(10**5000)


@pytest.mark.parametrize("value", [0, -1, 1.5, True, "3", None, (3, 3)])
def test_numbers_of_channels_groups_and_features_are_single_whole_numbers(value: Any) -> None:
    for field, make in {
        "out_channels of Conv2d": lambda: Conv2d(value, 3),
        "groups of Conv2d": lambda: Conv2d(8, 3, groups=value),
        "out_features of Linear": lambda: Linear(value),
    }.items():
        with pytest.raises(SizeError, match=f"{field} must be a whole number, at least 1; got "):
            make()


def test_numpy_and_worked_integers_become_plain_ones_and_a_list_a_pair() -> None:
    layer = Conv2d(np.int64(8), [np.int32(3), Worked(5)], padding=np.uint8(1))  # type: ignore[arg-type]
    assert layer == Conv2d(8, (3, 5), padding=1)
    assert [type(part) for part in (layer.out_channels, *pair(layer.kernel_size), layer.padding)] == [int] * 4


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (lambda: Conv2d(8, 3, bias=0), "bias of Conv2d must be True or False; got 0."),  # type: ignore[arg-type]
        (lambda: MaxPool2d(3, ceil_mode=1), "ceil_mode of MaxPool2d must be True or False"),  # type: ignore[arg-type]
        (lambda: AvgPool2d(3, dilation=True), "dilation of AvgPool2d must be a whole number"),
        (lambda: BatchNorm2d(name=64), "The name of BatchNorm2d must be text; got 64."),  # type: ignore[arg-type]
        (lambda: ReLU(name=True), "The name of ReLU must be text; got True."),  # type: ignore[arg-type]
        (lambda: Conv2d(8, 3, name=""), "The name of Conv2d must be text; got ''."),
        (lambda: Concat([ReLU()], name=3), "The name of Concat must be text; got 3."),  # type: ignore[arg-type]
        (lambda: Residual([ReLU()], [], name=3), "The name of Residual must be text; got 3."),  # type: ignore[arg-type]
    ],
)
def test_a_setting_of_the_wrong_kind_is_refused(make: Any, problem: str) -> None:
    with pytest.raises(NNUtilsError, match=re.escape(problem)):
        make()


@pytest.mark.parametrize("kind", [MaxPool2d, AvgPool2d])
def test_a_pooling_window_may_not_lie_in_the_padding_alone(kind: Any) -> None:
    assert kind(4, padding=2).output_shape((1, 8, 8)) == (1, 3, 3)
    with pytest.raises(SizeError, match="padding of at most half the kernel_size"):
        kind(4, padding=3)
    with pytest.raises(SizeError, match="padding of at most half the kernel_size"):
        kind((8, 3), padding=(2, 2))


def test_average_pooling_has_no_dilation() -> None:
    with pytest.raises(SizeError, match=r"AvgPool2d\(.*dilation=2\) has a dilation(.|\n)*Use dilation=1"):
        AvgPool2d(3, dilation=2)


# --- inputs that do not fit, and advice that works ---


def applied(layer: Layer, remedy: str) -> list[Layer]:
    """The layers that a remedy proposes: one for each change that it names."""
    changes = re.findall(r"(\w+) [<>]= (\(\d+, \d+\)|\d+)", remedy)
    assert changes or remedy == "Use a larger input."
    return [dataclasses.replace(layer, **{name: literal_eval(bound)}) for name, bound in changes]  # type: ignore[type-var]


@given(convolutions(), sides)
def test_the_advice_for_a_convolution_works_on_both_axes(
    case: tuple[int, Conv2d], side: tuple[int, int]
) -> None:
    shape = (case[0], *side)
    try:
        case[1].output_shape(shape)
    except SizeError as error:
        better = applied(case[1], error.remedy)
        assert len(better) >= 2
        assert all(layer.output_shape(shape) for layer in better)


@given(poolings(), sides)
def test_the_advice_for_a_pooling_works_on_both_axes(layer: Layer, side: tuple[int, int]) -> None:
    try:
        layer.output_shape((3, *side))
    except SizeError as error:
        assert all(better.output_shape((3, *side)) for better in applied(layer, error.remedy))


@given(st.one_of(convolutions().map(lambda case: case[1]), poolings()), sides)
def test_the_input_that_is_asked_for_is_just_large_enough(layer: Layer, side: tuple[int, int]) -> None:
    channels = 6 * 3 * 5  # a multiple of every number of groups
    layer = dataclasses.replace(layer, groups=1) if isinstance(layer, Conv2d) else layer
    try:
        layer.output_shape((channels, *side))
    except SizeError as error:
        height, width = map(int, re.findall(r"at least (\d+) x (\d+)", error.problem)[0])
        assert layer.output_shape((channels, height, width))
        for smaller in ((height - 1, width), (height, width - 1)):
            assert 0 in smaller or shape_or_none(layer, (channels, *smaller)) is None


@pytest.mark.parametrize(
    ("layer", "in_channels", "advice"), [(Conv2d(8, 3, groups=3), 6, 2), (Conv2d(9, 1, groups=2), 4, 1)]
)
def test_groups_that_leave_a_remainder_are_told_with_groups_that_do_not(
    layer: Conv2d, in_channels: int, advice: int
) -> None:
    with pytest.raises(NetworkError) as caught:
        layer.output_shape((in_channels, 8, 8))
    assert (
        f"splits {in_channels} input channels and {layer.out_channels} output channels"
        in caught.value.problem
    )
    assert caught.value.remedy == f"Use groups that divide both, such as {advice}."
    assert (
        dataclasses.replace(layer, groups=advice).output_shape((in_channels, 8, 8))[0] == layer.out_channels
    )


@pytest.mark.parametrize("layer", [Conv2d(8, 3), MaxPool2d(2), AvgPool2d(2), BatchNorm2d()])
def test_a_layer_for_pictures_refuses_a_vector(layer: Layer) -> None:
    with pytest.raises(
        NetworkError, match="needs an input of .channels, height, width., got 12 features"
    ) as caught:
        layer.output_shape((12,))
    assert caught.value.remedy == "Put it before Flatten()."


def test_linear_refuses_a_picture() -> None:
    with pytest.raises(NetworkError, match="needs a vector of features, got 3 x 4 x 4") as caught:
        Linear(10).output_shape((3, 4, 4))
    assert caught.value.remedy == "Put Flatten() before it."
    assert Linear(10).output_shape(Flatten().output_shape((3, 4, 4))) == (10,)
