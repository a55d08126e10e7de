"""Calls written as in torch.nn: refused with a named error whose remedy is the call as nnutils wants it."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import numpy as np
import pytest
import torch

import nnutils
from nnutils.core.errors import NetworkError
from nnutils.networks.base import Layer
from nnutils.networks.blocks import Concat, Residual
from nnutils.networks.layers import AvgPool2d, BatchNorm2d, Conv2d, Flatten, Linear, MaxPool2d, ReLU, Tanh

PUBLIC = {name: getattr(nnutils, name) for name in nnutils.__all__}


def refused(make: Any) -> NetworkError:
    with pytest.raises(NetworkError) as caught:
        make()
    assert isinstance(caught.value, ValueError) and caught.value.__suppress_context__
    return caught.value


@pytest.mark.parametrize(
    ("make", "remedy"),
    [
        (lambda: Conv2d(3, 16, 3, 1, 1), "Conv2d(16, 3, stride=1, padding=1)"),
        (lambda: Conv2d(3, 64, 7), "Conv2d(64, 7)"),
        (lambda: Conv2d(3, 16, 3, padding=1), "Conv2d(16, 3, padding=1)"),
        (lambda: Conv2d(3, 16, 3, 1, "same"), "Conv2d(16, 3, stride=1, padding='same')"),
        (lambda: Conv2d(4, 8, (3, 5), 1, 0, 1, 2, False), "groups=2, bias=False)"),
        (lambda: Conv2d(3, 16, kernel_size=3), "Conv2d(16, 3)"),
        (lambda: Conv2d(in_channels=3, out_channels=16, kernel_size=3, stride=2), "Conv2d(16, 3, stride=2)"),
        (lambda: Linear(9216, 4096), "Linear(4096)"),
        (lambda: Linear(9216, 4096, False), "Linear(4096, bias=False)"),
        (lambda: Linear(in_features=9216, out_features=4096), "Linear(4096)"),
        (lambda: MaxPool2d(3, 2), "MaxPool2d(3, stride=2)"),
        (lambda: MaxPool2d(3, 2, 1, 1, False, True), "dilation=1, ceil_mode=True)"),
        (lambda: AvgPool2d(3, 2, 1, True), "AvgPool2d(3, stride=2, padding=1, ceil_mode=True)"),
        (lambda: BatchNorm2d(64), "BatchNorm2d()"),
        (lambda: BatchNorm2d(num_features=64, name="norm"), "BatchNorm2d(name='norm')"),
        (lambda: ReLU(True), "ReLU()"),
        (lambda: ReLU(inplace=True), "ReLU()"),
    ],
)
def test_a_call_in_torchs_order_is_refused_with_the_call_that_works(make: Any, remedy: str) -> None:
    error = refused(make)
    assert f"{remedy}." in error.remedy
    assert eval(error.remedy.split("rite ")[1].removesuffix("."), PUBLIC)


TORCH_CALLS: list[tuple[str, tuple[Any, ...], tuple[int, ...]]] = [
    ("Conv2d", (3, 16, 3, 1, 1), (3, 9, 9)),
    ("Conv2d", (4, 6, (2, 3), 2, 1, 1, 2, False), (4, 9, 9)),
    ("Linear", (5, 7, False), (5,)),
    ("MaxPool2d", (3, 2, 1, 1, False, True), (2, 8, 8)),
    ("AvgPool2d", (3, 2, 1, True), (2, 8, 8)),
    ("BatchNorm2d", (2,), (2, 8, 8)),
]


@pytest.mark.parametrize(("kind", "arguments", "shape"), TORCH_CALLS)
def test_the_call_of_the_remedy_makes_the_shape_of_torchs_call(
    kind: str, arguments: tuple[Any, ...], shape: tuple[int, ...]
) -> None:
    error = refused(lambda: getattr(nnutils, kind)(*arguments))
    layer = eval(error.remedy.split("rite ")[1].removesuffix("."), PUBLIC)
    made = getattr(torch.nn, kind)(*arguments)(torch.zeros(2, *shape))
    assert layer.output_shape(shape) == tuple(made.shape[1:])


def test_the_whole_message_for_a_convolution_in_torchs_order() -> None:
    assert str(refused(lambda: Conv2d(3, 16, 3, 1, 1))).splitlines() == [
        "Conv2d(3, 16, 3, 1, 1) has 5 arguments by position, but Conv2d takes only out_channels and "
        "kernel_size by position. In nnutils the number of input channels is read off the layer before.",
        "  If the order is torch's (in_channels, out_channels, kernel_size, stride, padding), write "
        "Conv2d(16, 3, stride=1, padding=1).",
    ]


@pytest.mark.parametrize(
    ("make", "problem", "remedy"),
    [
        # A pair cannot be a number of channels, so this is the order of nnutils.
        (
            lambda: Conv2d(16, (3, 3), 2),
            "Conv2d(16, (3, 3), 2) has 3 arguments by position",
            "Write Conv2d(16, (3, 3), stride=2).",
        ),
        (
            lambda: Linear(10, False),
            "Linear takes only out_features by position.",
            "Write Linear(10, bias=False).",
        ),
        (
            lambda: ReLU("act"),
            "has 1 argument by position, but ReLU takes none by position.",
            "ReLU(name='act').",
        ),
        (lambda: Flatten(1), "Flatten(1) has 1 argument by position", "Flatten takes name."),
        (lambda: Tanh(0.5), "Tanh takes none by position.", "Tanh takes name."),
        (
            lambda: Residual([ReLU()], [], "sum"),
            "Residual takes only body and shortcut by position.",
            "Write Residual([ReLU(name=None)], [], name='sum').",
        ),
        (
            lambda: Conv2d(16, 3, pading=1),
            "Conv2d(16, 3, pading=1) has 'pading', which Conv2d does not have.",
            "Conv2d takes out_channels, kernel_size, stride, padding, dilation, groups, bias and name.",
        ),
        (
            lambda: Conv2d(16, 3, padding_mode="zeros", device="cpu"),
            "has 'padding_mode' and 'device', which Conv2d does not have.",
            "Conv2d takes out_channels, ",
        ),
        (lambda: Concat([ReLU()], axis=1), "has 'axis', which Concat does not have.", "Concat takes name."),
        (
            lambda: MaxPool2d(3, kernel_size=3),
            "gives kernel_size by position and by name.",
            "MaxPool2d takes ",
        ),
        (lambda: BatchNorm2d(64, 1e-5), "has 2 arguments by position", "BatchNorm2d takes name."),
        (
            lambda: Linear(10**5000, 10**5000),
            "Linear(1000000000… (5,001 digits), ",
            "Linear takes out_features, ",
        ),
        (lambda: Conv2d(np.zeros(9), 3, 1), "Conv2d(array([0., 0., 0.,", "Conv2d takes out_channels, "),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_other_calls_that_a_layer_does_not_understand_are_told_with_what_it_takes(
    make: Any, problem: str, remedy: str
) -> None:
    error = refused(make)
    assert problem in error.problem
    assert remedy in error.remedy


def test_a_kind_of_ones_own_refuses_what_it_does_not_take() -> None:
    class Halve(Layer):
        def output_shape(self, input_shape: tuple[int, ...]) -> tuple[int, ...]:
            return (input_shape[0], input_shape[1] // 2, input_shape[2] // 2)

    class Scale(Layer):
        def __init__(self, factor: float, *, name: str | None = None) -> None:
            self.factor, self.name = factor, name

    assert (
        refused(lambda: Halve(2)).problem
        == "Halve(2) has 1 argument by position, but Halve takes none by position."
    )
    assert refused(lambda: Halve(2)).remedy == "Halve takes name."
    assert Halve(name="half").name == "half"
    assert refused(lambda: Scale(2, "s")).remedy == "Write Scale(2, name='s')."
    assert Scale(0.5, name="s").factor == 0.5


def test_a_missing_argument_is_named_by_python() -> None:
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'kernel_size'"):
        Conv2d(16)  # type: ignore[call-arg]


def test_layers_can_still_be_copied_pickled_and_matched() -> None:
    layer = Conv2d(16, 3, padding="same", name="conv1")
    for twin in (copy.copy(layer), copy.deepcopy(layer), pickle.loads(pickle.dumps(layer))):
        assert twin == layer and hash(twin) == hash(layer)
    match layer:
        case Conv2d(channels, size, padding="same"):
            assert (channels, size) == (16, 3)
        case _:
            pytest.fail("the pattern does not match")
    assert repr(layer) == (
        "Conv2d(out_channels=16, kernel_size=3, stride=1, padding='same', dilation=1, groups=1, bias=True, "
        "name='conv1')"
    )
