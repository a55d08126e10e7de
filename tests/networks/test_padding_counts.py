"""Multiplications on the input: closed form against a walk through every connection, and by hand."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.fuzzing.layers import convolutions_of_six, same_convolutions
from support.fuzzing.sizes import sizes

from nnutils.core.errors import CountError, SizeError
from nnutils.core.worked import Worked
from nnutils.networks import padding_counts
from nnutils.networks.base import Layer
from nnutils.networks.counting import count
from nnutils.networks.enumeration import enumerate_reads
from nnutils.networks.layers import (
    Conv2d,
    Flatten,
    Linear,
    MaxPool2d,
)
from nnutils.networks.network import Network
from nnutils.networks.padding_counts import real_multiplications, taps_by_window, taps_inside
from nnutils.networks.sizes import conv_output_size

named = st.just("conv")
convolutions = convolutions_of_six(padding=sizes(0, 4), name=named, bias=st.just(True)) | same_convolutions(
    dilation=sizes(1, 3), name=named
)


def by_walking(network: Network) -> int:
    tally = enumerate_reads(network)["conv"]
    return tally.connections - tally.padded


@pytest.mark.slow
@given(st.integers(7, 9), st.integers(7, 9), convolutions)
@settings(deadline=None, max_examples=80)
def test_any_convolution_is_the_same_by_formula_and_by_walking(
    height: int, width: int, layer: Conv2d
) -> None:
    network = Network((6, height, width), [layer])
    assert real_multiplications(network, "conv") == by_walking(network)


@given(st.integers(1, 6), st.integers(1, 9), st.integers(1, 3), st.integers(0, 9), st.integers(1, 4))
@settings(deadline=None, max_examples=300)
def test_taps_are_those_of_a_walk_even_where_padding_exceeds_the_kernel(
    size: int, kernel: int, stride: int, padding: int, dilation: int
) -> None:
    places = range(-padding, size + padding - dilation * (kernel - 1), stride)
    if not places:
        with pytest.raises(SizeError):
            taps_inside(size, kernel, stride, padding, dilation)
        return
    walked = [sum(0 <= start + dilation * tap < size for tap in range(kernel)) for start in places]
    assert taps_inside(size, kernel, stride, padding, dilation) == sum(walked)
    if dilation == 1:
        assert taps_by_window(size, kernel, stride, padding) == walked


def test_hand_values() -> None:
    # 4 windows of 3 taps on 4 pixels, one zero on each side: the first and the last window lose one tap.
    assert taps_by_window(4, 3, padding=1) == [2, 3, 3, 2]
    assert taps_inside(4, 3, padding=1) == 10
    assert real_multiplications(Network((1, 4, 4), [Conv2d(1, 3, padding=1)]), "conv") == 100
    # No zeros, unless somebody asks for them: three windows.
    assert taps_by_window(5, 3) == [3, 3, 3]
    assert taps_inside(5, 3) == 9
    # One pixel under a 3 x 3 window: only the middle tap meets it.
    assert taps_inside(1, 3, padding=1) == 1
    # "Full" padding: every pixel meets every tap.
    assert taps_inside(100, 5, padding=4) == 100 * 5
    # Four taps and "same": one zero before the input and two behind it.
    assert taps_by_window(4, 4, padding="same") == [3, 4, 3, 2]
    assert taps_inside(4, 4, padding="same") == 12
    # Dilation 2: taps at -2, 0, 2 and so on.
    assert taps_inside(3, 3, padding=2, dilation=2) == 2 + 1 + 2
    assert real_multiplications(Network((4, 5, 5), [Conv2d(6, 1, groups=2)]), "conv") == 6 * 2 * 25


@given(st.integers(1, 12), st.integers(1, 6), st.integers(0, 5))
def test_the_short_formula_for_stride_one(size: int, kernel: int, padding: int) -> None:
    if padding < kernel <= size:
        output = size + 2 * padding - kernel + 1
        assert taps_inside(size, kernel, padding=padding) == output * kernel - padding * (padding + 1)


def test_without_padding_it_is_the_column_of_count() -> None:
    network = Network((3, 20, 17), [Conv2d(4, (3, 5), stride=2), Conv2d(6, 3, dilation=(1, 2), groups=2)])
    for name in ("conv1", "conv2"):
        assert real_multiplications(network, name) == count(network)[name].multiplications


def test_a_wrong_rule_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """One lost tap at each end of an axis: right for 3 x 3 with padding 1, wrong for 5 x 5 with padding 2."""

    def wrong(size: int, kernel: int, stride: int, padding: int, dilation: int) -> Worked:
        windows = conv_output_size(size, kernel, stride, padding, dilation)
        return windows * kernel - (2 if padding else 0)

    monkeypatch.setattr(padding_counts, "taps_inside", wrong)
    easy = Network((1, 6, 6), [Conv2d(1, 3, padding=1, name="conv")])
    hard = Network((1, 6, 6), [Conv2d(1, 5, padding=2, name="conv")])
    assert real_multiplications(easy, "conv") == by_walking(easy)
    assert real_multiplications(hard, "conv") != by_walking(hard)


def test_the_work_is_readable() -> None:
    number = real_multiplications(Network((4, 6, 6), [Conv2d(8, 3, padding=1, groups=2)]), "conv")
    assert number.work == "8 · 2 · 16 · 16 = 4,096"
    assert number.formula == "out_channels · in_channels per group · taps along height · taps along width"
    assert (
        "taps along height = taps − before the input − behind the input = 18 − 1 − 1 = 16" in number.steps()
    )


@pytest.mark.parametrize(
    ("layers", "name", "message"),
    [
        (
            [Conv2d(2, 3), MaxPool2d(2)],
            "pool",
            r"(?s)MaxPool2d.*'pool'.*not a convolution.*Convolutions: conv",
        ),
        ([Conv2d(2, 3), MaxPool2d(2)], "conv2", "(?s)no layer 'conv2'.*Convolutions: conv"),
        ([Flatten(), Linear(2)], "linear", "(?s)Linear.*not a convolution.*has none"),
    ],
)
def test_what_is_not_a_convolution_is_refused(layers: list[Layer], name: str, message: str) -> None:
    with pytest.raises(CountError, match=message):
        real_multiplications(Network((3, 8, 8), layers), name)


def test_impossible_sizes_are_refused() -> None:
    with pytest.raises(SizeError, match=re.escape("reaches over 5 pixels, but the input has only 3")):
        taps_inside(3, 5)
    with pytest.raises(SizeError, match="padding must be a whole number"):
        taps_by_window(3, 3, padding=-1)
