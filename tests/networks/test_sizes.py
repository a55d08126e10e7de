"""Output sizes: against a window that slides, against torch, and advice that works when it is followed."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nnutils.core.errors import SizeError
from nnutils.core.worked import Worked
from nnutils.networks.sizes import conv_output_size, remedy, whole

windows = st.fixed_dictionaries(
    {
        "input": st.integers(1, 40),
        "kernel_size": st.integers(1, 9),
        "stride": st.integers(1, 6),
        "padding": st.integers(0, 8),
        "dilation": st.integers(1, 4),
    }
)


def slide(input: int, kernel_size: int, stride: int, padding: int, dilation: int) -> int:
    """Move a window over the padded input until it sticks out, and count its places."""
    places, start = 0, -padding
    while all(-padding <= start + tap * dilation < input + padding for tap in range(kernel_size)):
        places += 1
        start += stride
    return places


def size_or_none(**window: int) -> int | None:
    try:
        return int(conv_output_size(**window))
    except SizeError:
        return None


@given(windows)
def test_size_is_the_number_of_places_of_a_sliding_window(window: dict[str, int]) -> None:
    assert size_or_none(**window) == (slide(**window) or None)


@given(windows)
@settings(deadline=None)
def test_size_is_that_of_torchs_convolution_and_fails_where_torch_fails(window: dict[str, int]) -> None:
    w = dict(window)
    pixels, kernel = torch.zeros(1, 1, w.pop("input")), torch.zeros(1, 1, w.pop("kernel_size"))
    try:
        expected = torch.nn.functional.conv1d(pixels, kernel, **w).shape[-1]
    except RuntimeError:
        expected = None
    assert size_or_none(**window) == expected


@given(windows, st.booleans())
@settings(deadline=None, max_examples=300)
def test_size_is_that_of_torchs_pooling_with_and_without_ceil_mode(
    window: dict[str, int], ceil: bool
) -> None:
    assume(2 * window["padding"] <= window["kernel_size"])
    w = dict(window)
    try:
        pooled = torch.nn.functional.max_pool1d(torch.zeros(1, 1, w.pop("input")), **w, ceil_mode=ceil)
    except RuntimeError:
        expected = None
    else:
        expected = pooled.shape[-1]
    assert size_or_none(**window, ceil_mode=ceil) == expected


@pytest.mark.parametrize(
    ("input", "settings", "size", "work"),
    [
        (227, {"kernel_size": 11, "stride": 4}, 55, "⌊(227 + 2 · 0 − 1 · (11 − 1) − 1) / 4⌋ + 1 = 55"),
        (13, {"kernel_size": 3, "padding": 1}, 13, "⌊(13 + 2 · 1 − 1 · (3 − 1) − 1) / 1⌋ + 1 = 13"),
        (
            64,
            {"kernel_size": 3, "dilation": 7, "stride": 2},
            25,
            "⌊(64 + 2 · 0 − 7 · (3 − 1) − 1) / 2⌋ + 1 = 25",
        ),
    ],
)
def test_size_shows_its_work(input: int, settings: dict[str, int], size: int, work: str) -> None:
    made = conv_output_size(input, **settings)
    assert (made, made.name, made.work) == (size, "output", work)
    assert made.formula.startswith("⌊(input + 2 · padding − dilation · (kernel_size − 1) − 1) / stride⌋ + 1")


def test_size_takes_worked_and_numpy_integers() -> None:
    once = conv_output_size(np.int64(227), kernel_size=Worked(11), stride=np.int32(4))
    assert conv_output_size(once, kernel_size=3, stride=2) == 27
    assert type(once.value) is int


# --- what cannot be ---


@pytest.mark.parametrize("name", ["input", "kernel_size", "stride", "padding", "dilation"])
@pytest.mark.parametrize("value", [-1, 1.5, 3.0, True, "3", None, np.float64(3), Worked(Fraction(1, 2))])
def test_a_size_that_is_not_whole_is_refused_with_its_name_and_value(name: str, value: Any) -> None:
    window = {"input": 9, "kernel_size": 3, name: value}
    least = 0 if name == "padding" else 1
    with pytest.raises(SizeError) as caught:
        conv_output_size(**window)
    assert str(caught.value) == f"{name} must be a whole number, at least {least}; got {value!r}."


@pytest.mark.parametrize("name", ["input", "kernel_size", "stride", "dilation"])
def test_only_a_padding_may_be_zero(name: str) -> None:
    with pytest.raises(SizeError, match=f"{name} must be a whole number, at least 1; got 0"):
        conv_output_size(**{"input": 9, "kernel_size": 3, name: 0})
    assert conv_output_size(9, 3, padding=0) == 7


def test_whole_gives_a_python_int() -> None:
    assert type(whole("stride", np.int16(2))) is int and type(whole("stride", Worked(2))) is int


def test_a_window_that_is_too_large_is_told_with_what_was_given_and_what_would_work() -> None:
    with pytest.raises(SizeError) as caught:
        conv_output_size(4, kernel_size=4, dilation=3, padding=2)
    assert str(caught.value).splitlines() == [
        "A window of kernel_size=4 and dilation=3 reaches over 10 pixels, but the input has only 4 "
        "(8 with padding=2 on both sides).",
        "  Use kernel_size <= 3, or padding >= 3, or dilation <= 2.",
    ]


too_large = st.fixed_dictionaries(
    {
        "input": st.integers(1, 6),
        "kernel_size": st.integers(4, 12),
        "stride": st.integers(1, 3),
        "padding": st.integers(0, 2),
        "dilation": st.integers(1, 4),
        "ceil_mode": st.booleans(),
    }
).filter(lambda window: size_or_none(**window) is None)


@given(too_large)
def test_the_advice_works_and_is_not_stricter_than_needed(window: dict[str, int]) -> None:
    with pytest.raises(SizeError) as caught:
        conv_output_size(**window)
    advice = dict(re.findall(r"(kernel_size|padding|dilation) [<>]= (\d+)", caught.value.remedy))
    undilated = size_or_none(**window | {"dilation": 1})
    assert set(advice) == {"kernel_size", "padding"} | ({"dilation"} if undilated else set())
    for setting, bound in advice.items():
        outward = -1 if setting == "padding" else 1
        assert size_or_none(**window | {setting: int(bound)}) is not None
        assert size_or_none(**window | {setting: int(bound) + outward}) is None


def test_advice_for_two_axes_holds_for_both() -> None:
    assert remedy([(4, 5, 1, 0, 1), (2, 5, 1, 0, 1)]) == "Use kernel_size <= 2, or padding >= 2."
    assert remedy([(4, 5, 1, 0, 1), (9, 3, 1, 1, 1)]) == "Use kernel_size <= (4, 11), or padding >= 1."
    assert remedy([(4, 7, 1, 0, 1), (9, 3, 1, 1, 1)]) == "Use kernel_size <= (4, 11), or padding >= (2, 1)."


def test_advice_for_pooling_keeps_the_padding_within_half_the_kernel() -> None:
    assert remedy([(1, 5, 1, 2, 2)]) == "Use kernel_size <= 3, or padding >= 4, or dilation <= 1."
    assert remedy([(1, 5, 1, 2, 2)], pooling=True) == "Use dilation <= 1."
    assert remedy([(1, 6, 1, 2, 3)], pooling=True) == "Use a larger input."
    assert remedy([(1, 2, 2, 0, 1), (1, 2, 2, 1, 1)], pooling=True) == "Use padding >= 1."
