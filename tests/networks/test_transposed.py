"""Sizes of convolutions and their transposes: the relationships of the guide, torch, and what undoes what."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nnutils import conv_output_size, conv_transpose_output_size
from nnutils.core.errors import SizeError
from nnutils.networks.solver import ConvSettings
from nnutils.networks.transposed import TransposedSettings

# --- Dumoulin and Visin (2016), "A guide to convolution arithmetic for deep learning" ---

inputs, kernels, strides, dilations = (
    st.integers(1, 60),
    st.integers(1, 11),
    st.integers(1, 6),
    st.integers(1, 5),
)
paddings = st.integers(0, 12)


@given(inputs, kernels, strides, paddings, dilations)
def test_relationships_1_to_7_and_15_of_the_convolution(i: int, k: int, s: int, p: int, d: int) -> None:
    def size(stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
        return int(conv_output_size(i, k, stride, padding, dilation))

    assume(i >= k and i + 2 * p >= d * (k - 1) + 1)
    assert size() == (i - k) + 1  # 1: no padding, unit stride
    assert size(padding=p) == (i - k) + 2 * p + 1  # 2: padding, unit stride
    if k % 2:
        assert size(padding=k // 2) == i  # 3: half padding
    assert size(padding=k - 1) == i + (k - 1)  # 4: full padding
    assert size(s) == (i - k) // s + 1  # 5, and 7 for a pooling
    assert size(s, p) == (i + 2 * p - k) // s + 1  # 6: padding, any stride
    assert size(s, p, d) == (i + 2 * p - k - (k - 1) * (d - 1)) // s + 1  # 15: dilation
    assert ConvSettings(k, s, p, d).output_size(i) == size(s, p, d)


@given(inputs, kernels, strides, paddings, st.integers(0, 5))
def test_relationships_8_to_14_of_the_transposed_convolution(i: int, k: int, s: int, p: int, a: int) -> None:
    assume(p <= k - 1 and a < s)

    def size(stride: int = 1, padding: int = 0, rest: int = 0) -> int:
        return int(conv_transpose_output_size(i, k, stride, padding, rest))

    assert size() == i + (k - 1)  # 8: no padding, unit stride
    if i + (k - 1) - 2 * p >= 1:
        assert size(padding=p) == i + (k - 1) - 2 * p  # 9: padding, unit stride
    if k % 2:
        assert size(padding=k // 2) == i  # 10: half padding
    if i > k - 1:
        assert size(padding=k - 1) == i - (k - 1)  # 11: full padding
    assert size(s) == s * (i - 1) + k  # 12: no padding, any stride
    if s * (i - 1) + k - 2 * p >= 1:
        assert size(s, p) == s * (i - 1) + k - 2 * p  # 13: padding, any stride
        assert size(s, p, a) == s * (i - 1) + a + k - 2 * p  # 14: and what the floor threw away


@given(inputs, kernels, strides, paddings, st.integers(0, 5), dilations)
def test_a_transposed_convolution_is_a_convolution_of_the_stretched_input(
    i: int, k: int, s: int, p: int, a: int, d: int
) -> None:
    """Section 4.6 of the guide: s - 1 zeros between the pixels, a at the far end, padding d (k - 1) - p."""
    assume(p <= d * (k - 1) and a < s)
    stretched = i + (i - 1) * (s - 1) + a
    assume(stretched + 2 * (d * (k - 1) - p) >= d * (k - 1) + 1)
    direct = conv_output_size(stretched, k, 1, d * (k - 1) - p, d)
    assert conv_transpose_output_size(i, k, s, p, a, d) == direct


@given(
    st.integers(1, 9),
    st.integers(1, 5),
    st.integers(1, 4),
    st.integers(0, 6),
    st.integers(0, 4),
    st.integers(1, 3),
)
@settings(deadline=None)
def test_the_transposed_size_is_that_of_torch_and_fails_where_torch_fails(
    i: int, k: int, s: int, p: int, a: int, d: int
) -> None:
    try:
        made = torch.nn.functional.conv_transpose1d(
            torch.zeros(1, 1, i), torch.zeros(1, 1, k), None, s, p, a, 1, d
        )
    except RuntimeError:
        expected = None
    else:
        expected = made.shape[-1]
    try:
        size = int(conv_transpose_output_size(i, k, s, p, a, d))
    except SizeError:
        size = 0
    assert size == (expected or 0)


# --- the setting that undoes another ---


@given(inputs, kernels, strides, paddings, dilations)
@settings(deadline=None)
def test_transposed_undoes_every_setting_and_torch_agrees(i: int, k: int, s: int, p: int, d: int) -> None:
    assume(i + 2 * p >= d * (k - 1) + 1)
    setting = ConvSettings(k, s, p, d)
    there = int(setting.output_size(i))
    back = setting.transposed(i)
    assert back.output_size(there) == i
    layer = torch.nn.ConvTranspose2d(1, 1, **back._asdict(), device="meta")
    assert layer(torch.empty(1, 1, there, there, device="meta")).shape[2:] == (i, i)
    if i > back.output_padding:
        assert back._replace(output_padding=0).output_size(there) == i - back.output_padding


def test_what_the_floor_threw_away_comes_back_as_output_padding() -> None:
    setting = ConvSettings(kernel_size=3, stride=4)
    undone = [setting.transposed(i) for i in range(11, 15)]
    assert [int(setting.output_size(i)) for i in range(11, 15)] == [3, 3, 3, 3]
    assert [u.output_padding for u in undone] == [0, 1, 2, 3]
    assert undone[2] == TransposedSettings(3, 4, 0, 2, 1)


def test_a_window_that_does_not_fit_has_nothing_to_undo() -> None:
    with pytest.raises(SizeError, match="reaches over 9 pixels, but the input has only 5"):
        ConvSettings(kernel_size=3, dilation=4).transposed(5)


def test_the_transposed_size_shows_its_work() -> None:
    size = conv_transpose_output_size(16, kernel_size=3, stride=2, padding=1, output_padding=1)
    assert (size, size.name, size.work) == (32, "output", "(16 − 1) · 2 − 2 · 1 + 1 · (3 − 1) + 1 + 1 = 32")


@pytest.mark.parametrize("name", ["input", "kernel_size", "stride", "padding", "output_padding", "dilation"])
@pytest.mark.parametrize("value", [-1, 1.5, True, None])
def test_a_transposed_size_that_is_not_whole_is_refused(name: str, value: Any) -> None:
    with pytest.raises(SizeError, match=f"^{name} must be a whole number"):
        conv_transpose_output_size(**{"input": 9, "kernel_size": 3, name: value})


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            (4, 3, 2, 0, 2),
            r"output_padding=2 is neither .* stride 2 nor .* dilation 1(?s:.*)output_padding <= 1",
        ),
        (
            (4, 3, 1, 0, 3, 3),
            r"output_padding=3 is neither .* stride 1 nor .* dilation 3(?s:.*)output_padding <= 2",
        ),
        (
            (2, 3, 1, 2),
            r"2 pixels with kernel_size=3, stride=1, padding=2 .* make 0 pixels(?s:.*)padding <= 1",
        ),
    ],
)
def test_impossible_transposed_settings_say_why_and_what_would_work(
    arguments: tuple[int, ...], message: str
) -> None:
    with pytest.raises(SizeError, match=message):
        conv_transpose_output_size(*arguments)
    assert conv_transpose_output_size(4, 3, 1, 0, 2, 3) == 12  # smaller than the dilation alone is enough


@given(st.integers(1, 6), kernels, strides, paddings, dilations)
def test_the_advice_on_the_padding_works_and_is_not_stricter_than_needed(
    i: int, k: int, s: int, p: int, d: int
) -> None:
    try:
        conv_transpose_output_size(i, k, s, p, dilation=d)
    except SizeError as error:
        most = int(error.remedy.removeprefix("Use padding <= ").removesuffix("."))
        assert conv_transpose_output_size(i, k, s, most, dilation=d) >= 1
        with pytest.raises(SizeError):
            conv_transpose_output_size(i, k, s, most + 1, dilation=d)
