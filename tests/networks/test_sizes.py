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

from nnutils.core.errors import SizeError, WorkedError
from nnutils.core.worked import Worked
from nnutils.networks.sizes import Window, conv_output_size, remedy

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
def test_what_is_left_over_is_behind_the_last_place_of_a_sliding_window(window: dict[str, int]) -> None:
    assume(slide(**window))
    pixels, padding = window.pop("input"), window["padding"]
    end = -padding + (slide(pixels, **window) - 1) * window["stride"] + Window(**window).reach
    behind = range(end, pixels + padding)
    assert Window(**window).left_over(pixels) == len(behind) < window["stride"]
    assert Window(**window).unread(pixels) == sum(pixel < pixels for pixel in behind)


def test_nothing_is_left_over_where_sizes_are_rounded_up_or_kept() -> None:
    assert Window(2, stride=2).left_over(61) == 1
    assert Window(2, stride=2, ceil_mode=True).left_over(61) == 0
    assert [Window(4, padding="same").left_over(pixels) for pixels in (1, 5, 8)] == [0, 0, 0]


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


@pytest.mark.slow
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
    least = "0" if name == "padding" else "1"
    if name == "padding" and value == "3":
        least += ", or 'same' or 'valid'"
    with pytest.raises(SizeError) as caught:
        conv_output_size(**window)
    assert str(caught.value) == f"{name} must be a whole number, at least {least}; got {value!r}."


@pytest.mark.parametrize("name", ["input", "kernel_size", "stride", "dilation"])
def test_only_a_padding_may_be_zero(name: str) -> None:
    with pytest.raises(SizeError, match=f"{name} must be a whole number, at least 1; got 0"):
        conv_output_size(**{"input": 9, "kernel_size": 3, name: 0})
    assert conv_output_size(9, 3, padding=0) == 7


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
    five, padded = Window(5), Window(3, padding=1)
    assert remedy([4, 2], [five, five]) == "Use kernel_size <= 2, or padding >= 2."
    assert remedy([4, 9], [five, padded]) == "Use kernel_size <= (4, 11), or padding >= 1."
    assert remedy([4, 9], [Window(7), padded]) == "Use kernel_size <= (4, 11), or padding >= (2, 1)."


def test_advice_for_pooling_keeps_the_padding_within_half_the_kernel() -> None:
    window = Window(5, padding=2, dilation=2)
    assert remedy([1], [window]) == "Use kernel_size <= 3, or padding >= 4, or dilation <= 1."
    assert remedy([1], [window], pooling=True) == "Use dilation <= 1."
    assert remedy([1], [Window(6, padding=2, dilation=3)], pooling=True) == "Use a larger input."
    halves = [Window(2, stride=2), Window(2, stride=2, padding=1)]
    assert remedy([1, 1], halves, pooling=True) == "Use padding >= 1."


# --- padding that keeps the size, and paddings in words ---


@given(st.integers(1, 40), st.integers(1, 9), st.integers(1, 4))
@settings(deadline=None)
def test_same_padding_keeps_the_size_as_torch_does(input: int, kernel_size: int, dilation: int) -> None:
    made = torch.nn.functional.conv1d(
        torch.zeros(1, 1, input), torch.zeros(1, 1, kernel_size), padding="same", dilation=dilation
    )
    size = conv_output_size(input, kernel_size, padding="same", dilation=dilation)
    assert size == made.shape[-1] == input
    assert size.formula == ("⌊(input + total padding − dilation · (kernel_size − 1) − 1) / stride⌋ + 1")
    undilated = conv_output_size(input, kernel_size, padding="valid") if kernel_size <= input else None
    assert undilated is None or undilated == input - kernel_size + 1


@given(st.integers(1, 9), st.integers(1, 4))
@settings(deadline=None)
def test_same_padding_has_its_odd_pixel_at_the_far_end_as_in_torch(kernel_size: int, dilation: int) -> None:
    """A 1 among zeros meets each tap once: where it meets the last one tells the padding before the input."""
    pixels = torch.zeros(1, 1, 101)
    pixels[0, 0, 50] = 1
    kernel = torch.arange(1.0, kernel_size + 1).reshape(1, 1, -1)
    made = torch.nn.functional.conv1d(pixels, kernel, padding="same", dilation=dilation)[0, 0]
    before = [int(value) for value in made].index(kernel_size) + dilation * (kernel_size - 1) - 50
    window = Window(kernel_size, padding="same", dilation=dilation)
    assert int(window.padding_before) == before
    assert window.padding_before + window.padding_after == window.total_padding == window.reach - 1


def test_same_padding_with_a_stride_is_refused_as_in_torch() -> None:
    with pytest.raises(SizeError) as caught:
        conv_output_size(32, 5, stride=2, padding="same")
    assert str(caught.value).splitlines() == [
        "padding='same' keeps the size of the input, which needs stride 1; got stride=2.",
        "  Use stride=1, or a padding in pixels, such as padding=2.",
    ]
    assert conv_output_size(32, 5, stride=2, padding=2) == 16


@pytest.mark.parametrize("value", [0, 1, None, "yes", np.True_, [True]])
def test_ceil_mode_is_a_bool(value: Any) -> None:
    with pytest.raises(SizeError) as caught:
        conv_output_size(9, 3, ceil_mode=value)
    assert str(caught.value) == f"ceil_mode must be True or False; got {value!r}."


# --- numbers that are very long, and arrays ---

LONG = 10**4299  # the longest numbers that Python writes have 4,300 digits


def test_a_long_number_that_can_be_written_is_a_size_like_any_other() -> None:
    assert conv_output_size(LONG, 3, stride=10) == LONG // 10
    assert conv_output_size(LONG, 3).work.startswith("⌊(1,000,000,")
    with pytest.raises(SizeError) as caught:
        conv_output_size(7, LONG, dilation=LONG)
    assert "but the input has only 7." in str(caught.value) and len(str(caught.value)) < 400
    assert "kernel_size=1000000000… (4,300 digits)" in str(caught.value)
    assert "reaches over 9999999999… (8,598 digits) pixels" in str(caught.value)


@pytest.mark.parametrize("name", ["input", "kernel_size", "stride", "padding", "dilation"])
@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (10 * LONG, "1000000000… (4,301 digits)"),
        (-(10**9000), "-1000000000… (9,001 digits)"),
        ([3], "[3]"),
        (np.array([3, 3]), "array([3, 3])"),
        (np.array(3), "array(3)"),
        (torch.tensor(3), "tensor(3)"),
        (np.zeros((40, 40)), "array([[0., 0., 0., "),
        ({"size": 3}, "{'size': 3}"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_number_that_is_too_long_and_an_array_are_refused_in_few_words(
    name: str, value: Any, shown: str
) -> None:
    with pytest.raises(SizeError) as caught:
        conv_output_size(**{"input": 9, "kernel_size": 3, name: value})
    assert str(caught.value).startswith(f"{name} must ") and f"; got {shown}" in str(caught.value)
    assert len(str(caught.value)) < 300


def test_an_output_that_is_too_long_to_write_is_refused() -> None:
    with pytest.raises(WorkedError, match="more than 4,300"):
        conv_output_size(10 * LONG - 1, 1, padding=LONG)
