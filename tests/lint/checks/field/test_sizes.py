"""Output sizes in sentences: right ones pass, wrong ones are found, and what is open is left."""

from __future__ import annotations

import random

import pytest

from nnutils.lint import lint
from nnutils.lint.checks.field.results import bracketed
from nnutils.lint.checks.field.same_padding import check_same_padding
from nnutils.lint.checks.field.sizes import check_sizes
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding
from nnutils.lint.numbers import ENGLISH
from nnutils.lint.sheets import Sheet, piece_of


def judged(text: str) -> list[Finding]:
    context = Context(Sheet("sheet.txt", text, (piece_of(text),)), ENGLISH)
    return [*check_sizes(context), *check_same_padding(context)]


@pytest.mark.parametrize(
    "text",
    [
        "A 227 × 227 input, 11 × 11 kernels, stride 4, no padding: output 55 × 55.",
        "k = 8, s = 2, p = 3, d = 1, i = 64 → o = 32",
        "in = 64, k = 8, s = 2, p = 3 gives out = 32",
        "W = 227, F = 11, S = 4, P = 0, so the output is 55.",
        "i = 64, d = 7, k = 2, s = 2, p = 3: o = 32",
        "Input 28x28, 3x3 max pooling with stride 2 and no padding gives 13x13.",
        "Non-overlapping 5 × 5 max pooling of 125 × 125 × 64 → 25 × 25 × 64.",
        "227 × 227 × 3 → 55 × 55 × 96 (k = 11, s = 4, p = 0) → 27 × 27 × 96 (k = 3, s = 2, p = 0)",
        "The output is 28 × 28: the input is 32 × 32, the kernel 5 × 5, the stride one, no padding.",
        "The input is a 32 × 32 × 3 image. We use 10 5 × 5 filters with stride 1 and padding 2. "
        "The output is 32 × 32 × 10.",
        "(3, 64, 64) input, kernel_size=3, stride=2, padding=1: output (16, 32, 32)",
        "A 28-by-28 image under 5-by-5 filters with stride 1 and valid padding yields 24-by-24.",
        "Input 30 × 40, kernel 3 × 5, stride 1, padding 0, output 28 × 36.",
        "An input of 65, a kernel of 3, a stride of 2, no padding: an output of 32.",
        "Same padding for a 5 × 5 kernel: p = 2.",
        "Padding 3 keeps the spatial size with a 7 × 7 kernel and stride 1.",
        "To preserve the size under a dilation of 2, a 3 × 3 kernel needs padding 2.",
        "side = 9   (input 21, kernel 5, stride 2, padding 0)",
        "Width of the output: 16 [input 31, kernel 3, stride 2, padding 1]",
        "conv2: 21 × 21 × 40 (input 45 × 45, 40 kernels of size 5 × 5, stride 2, no padding)",
        "side = 9 (input 21, kernel 5, stride 2, padding 0), side = 4 (input 9, kernel 3, stride 2, pad 0)",
        "Input 21, kernel 5, stride 2, padding 0: the side of the output is 9",
        "An input of 64, a kernel of 3, a stride of 2 and no padding: the output is 31.5, so 31.",
        "An input of 64, a kernel of 3, a stride of 2, no padding: the output is 31.5, rounded down to 31.",
    ],
)
def test_right_sizes_are_right(text: str) -> None:
    found = judged(text)
    assert found and {one.verdict for one in found} == {"right"}, found


@pytest.mark.parametrize(
    "text, computed",
    [
        ("A 227 × 227 input, 11 × 11 kernels, stride 4, no padding: output 54 × 54.", "55 × 55"),
        ("k = 8, s = 2, p = 3, d = 1, i = 64 → o = 33", "32"),
        ("W = 227, F = 11, S = 4, P = 0, so the output is 57.", "55"),
        ("Input 28x28, 5x5 kernel, stride 1, no padding: output 23x23.", "24 × 24"),
        ("Input 30 × 40, kernel 3 × 5, stride 1, padding 0, output 28 × 37.", "28 × 36"),
        (
            "227 × 227 × 3 → 55 × 55 × 96 (k = 11, s = 4, p = 0) → 28 × 28 × 96 (k = 3, s = 2, p = 0)",
            "27 × 27 × 96",
        ),
        (
            "A 32 × 32 × 3 image under 10 5 × 5 filters, stride 1, padding 2 gives 32 × 32 × 12.",
            "32 × 32 × 10",
        ),
        (
            "The input is 32 × 32. We use 5 × 5 filters, stride 1, padding 1. The output is 28 × 28.",
            "30 × 30",
        ),
        ("An input of 65, a kernel of 3, a stride of 2, no padding: an output of 33.", "32"),
        ("Input 28 × 28, 3 × 3 max pooling, stride 2, no padding: output 15 × 15.", "13 × 13"),
        ("Same padding for a 5 × 5 kernel: p = 1.", "2"),
        ("side = 10   (input 21, kernel 5, stride 2, padding 0)", "9"),
        ("Width of the output: 15 [input 31, kernel 3, stride 2, padding 1]", "16"),
        (
            "conv2: 21 × 21 × 30 (input 45 × 45, 40 kernels of size 5 × 5, stride 2, no padding)",
            "21 × 21 × 40",
        ),
        (
            "side = 9 (input 21, kernel 5, stride 2, padding 0), then side = 5 "
            "(input 9, kernel 3, stride 2, padding 0)",
            "4",
        ),
        ("Input 21, kernel 5, stride 2, padding 0: the side of the output is 8", "9"),
        ("An input of 64, a kernel of 3, a stride of 2 and no padding: the output is 31.5, so 32.", "31"),
        ("An input of 64, a kernel of 3, a stride of 2 and no padding: the output is 31.5.", "31"),
        ("A 64 × 64 input, 3 × 3 kernels, stride 2, no padding: the output is 31.5 × 31.5.", "31"),
    ],
)
def test_wrong_sizes_are_found_with_the_right_one(text: str, computed: str) -> None:
    alarms = [one for one in judged(text) if one.verdict != "right"]
    assert [(one.verdict, one.computed) for one in alarms] == [("wrong", computed)]
    assert alarms[0].why and alarms[0].statement in text


@pytest.mark.parametrize(
    "text",
    [
        "Input 28 × 28, 3 × 3 max pooling, stride 2, no padding: output 14 × 14.",  # ceil mode
        "All layers pad their input. A 32 × 32 input under 5 × 5 kernels with stride 1 gives 32 × 32.",
        "A 4 × 4 input under a transposed convolution, kernel 3 × 3, stride 2, no padding, gives 9 × 9.",
        "An 11 × 11 kernel covers 121 pixels, and the output has 55 × 55 × 96 = 290,400 units.",
        "The input is 227 × 227 × 3 = 154,587 numbers, and a kernel has 11 × 11 × 3 = 363 weights.",
        "A 32 × 32 input with a 5 × 5 kernel, stride 1, padding 0, gives 28 × 28, or 32 × 32 with padding 2.",
        "A 3 × 3 kernel and stride 1 with padding 2: the output is as large as the input.",
        "The output of the layer has 96 channels, its kernels are 11 × 11, the stride 4, the input 3 maps.",
        "Two 3 × 3 kernels see 5 × 5 pixels of the input.",
        "units = 3025 (input 227, kernel 11, stride 4, padding 0)",
        "kernel size = 5 (input 21, kernel 5, stride 2, padding 0)",
        "An input of 64, a kernel of 3, a stride of 2, no padding: the output is 31.5: it does not fit.",
        "An input of 64, a kernel of 3, a stride of 2, no padding: the output is 31.5, and 31 floored.",
        "side = 9 (as above, but for the other network)",
    ],
)
def test_what_has_another_reading_is_no_alarm(text: str) -> None:
    assert not [one for one in judged(text) if one.verdict not in ("right", "unchecked")]


@pytest.mark.parametrize(
    "text, slip",
    [
        ("side = 54 (input 227, kernel 11, stride 4, padding 0)", "The term 1 is left out of the sum."),
        ("i = 21, k = 5, s = 2, p = 0 → o = 8", "The term 1 is left out of the sum."),
        ("i = 64, k = 3, s = 2, p = 0 → o = 32", "61 / 2 is rounded up, not down."),
        ("Input 64, kernel 3, stride 2, padding 0: output 31.5.", "61 / 2 is not rounded down."),
    ],
)
def test_the_forgotten_term_and_the_forgotten_floor_are_told(text: str, slip: str) -> None:
    (one,) = judged(text)
    assert one.verdict == "wrong" and slip in one.slips


STYLES = (
    "side = {o}   (input {i}, kernel {k}, stride {s}, padding {p})",
    "Input {i}, kernel {k}, stride {s}, padding {p}: the side is {o}.",
    "A {i} × {i} input, {k} × {k} kernels, stride {s}, padding {p}: output {o} × {o}.",
    "i = {i}, k = {k}, s = {s}, p = {p} → o = {o}",
    "We convolve a {i}x{i} image with {k}x{k} filters (stride {s}, padding {p}) and get {o}x{o}.",
    "The output is {o} × {o}: the input is {i} × {i}, the kernel {k} × {k}, the stride {s}, the padding {p}.",
)


@pytest.mark.parametrize("style", STYLES)
def test_each_changed_size_is_found(style: str) -> None:
    chance = random.Random(11)
    for _ in range(60):
        k, s, p = chance.randint(2, 9), chance.randint(1, 4), chance.randint(0, 3)
        i = chance.randint(k, 200)
        o = (i + 2 * p - k) // s + 1
        told = {"i": i, "k": k, "s": s, "p": p}
        assert [one.verdict for one in judged(style.format(o=o, **told))] == ["right"], told
        other = o + chance.choice((-1, 1, 2)) if o > 1 else o + 1
        found = judged(style.format(o=other, **told))
        assert [(one.verdict, one.computed.split(" ")[0]) for one in found] == [("wrong", str(o))], (
            told,
            other,
        )


@pytest.mark.parametrize(
    "text",
    [
        "238 pixels, kernel 7, stride 2, padding 3 → {} pixels.",
        "Another one: 238 pixels with kernel 7, stride 2, padding 3 gives {} px.",
        "238 px: kernel size 7, padding 3 and stride 2, so we get {} pixels.",
    ],
)
def test_pixels_before_the_settings_and_behind_them(text: str) -> None:
    assert [one.verdict for one in lint(text.format(119)).judged] == ["right"]
    assert [one.computed for one in lint(text.format(118)).wrong] == ["119"]


def test_pixels_that_belong_to_no_window() -> None:
    assert not lint(
        "Each of 238 pixels is read. The kernel is 7 wide, stride 2, padding 3. It is 118 pixels."
    ).wrong


@pytest.mark.parametrize(
    "text",
    [
        "side = 770 (input 141, kernel 3, stride 2, padding 0)",
        "Input 141, kernel 3, stride 2, no padding: the side is 770.",
        "width: 770 (input 141, kernel 3, stride 2, padding 0)",
    ],
)
def test_a_side_that_its_input_does_not_allow_is_wrong(text: str) -> None:
    assert [(one.verdict, one.computed) for one in lint(text, "a.txt").judged] == [("wrong", "70")]
    assert not lint(text.replace("side", "output").replace("width", "units"), "a.txt").wrong


def test_a_size_in_pixels_is_no_number_of_units() -> None:
    text = "37 pixels, kernel 11, stride 2, padding 1 → {}"
    assert [one.verdict for one in judged(text.format("115 pixels."))] == ["wrong"]
    assert [one.verdict for one in judged(text.format("15 pixels."))] == ["right"]
    assert not [one for one in judged(text.format("115 units.")) if one.verdict == "wrong"]


@pytest.mark.parametrize(
    ("pixels", "stride", "size"), [(227, 2, 114), (226, 2, 113), (226, 3, 76), (9, 1, 9)]
)
def test_same_padding_with_a_stride_gives_one_output_for_each_stride_that_begins(
    pixels: int, stride: int, size: int
) -> None:
    text = f"A {pixels} × {pixels} input, 3 × 3 kernels, stride {stride}, same padding: output {{0}} × {{0}}."
    assert [one.verdict for one in lint(text.format(size)).judged] == ["right"]
    assert [one.computed for one in lint(text.format(size + 1)).wrong] == [f"{size} × {size}"]


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("side = 55 (input 227, kernel 11)", [((55,), True)]),
        ("gives 55 × 55 (input 227, kernel 11)", [((55, 55), True)]),
        ("= 55 (input 227, kernel 11)", [((55,), False)]),
        ("so 55 (input 227, kernel 11)", []),
        ("kernel = 55 (input 227, stride 11)", []),
    ],
)
def test_a_result_before_a_bracket_is_stated_and_clear_where_it_is_named(
    text: str, made: list[tuple[tuple[int, ...], bool]]
) -> None:
    assert [(one.value, clear) for one, _, clear in bracketed(text, 0, len(text))] == made
