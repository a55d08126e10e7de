"""The words that solve a size question on paper: the text itself, and its settings against the solver's."""

from __future__ import annotations

import re
from typing import Any

import pytest

from nnutils.core.errors import SizeError
from nnutils.networks import solve_by_hand, solve_conv
from nnutils.practice import load

TEXTS: list[tuple[int, int, dict[str, Any], str]] = [
    (
        64,
        32,
        {"kernel_size": 8, "dilation": 1},
        r"$r = 56 + 2p$, and $p \le 7$, so $56 \le r \le 70$. $s = 1$ needs $r = 31$, too small; $s = 2$ "
        r"needs $62 \le r \le 63$, so $p = 3$; $s \ge 3$ needs $r \ge 93$, too large. "
        r"*Only* $s = 2$, $p = 3$.",
    ),
    (
        64,
        32,
        {"stride": 2, "dilation": 7},
        r"$r = 63 + 2p - 7(k-1)$, and (1) says $62 \le r \le 63$, that is, $7(k-1) - 1 \le 2p \le 7(k-1)$. "
        r"One of two neighbours is even, so each kernel size has exactly one padding: "
        r"$p = \lfloor 7(k-1)/2 \rfloor$.",
    ),
    (
        32,
        8,
        {"padding": 0, "dilation": 1, "overlap": False},
        r"$r = 32 - k$ and $7s \le r \le 8s - 1$. With $k \ge 1$ that leaves $7s \le 31$, hence $s \le 4$. "
        r"Windows that do not overlap have $k \le s$. Then $r \ge 32 - s$, so $32 - s \le 8s - 1$, hence "
        r"$s \ge 4$. Together $s = 4$, and $k$ is 1, 2, 3 or 4. If the windows also leave nothing between "
        r"them, $k = s = 4$.",
    ),
    (
        32,
        8,
        {"kernel_size": 8, "stride": 4, "padding": 0, "dilation": 1, "channels": 64, "pooling": True},
        r"$r = 24$, so $o = \lfloor 24/4 \rfloor + 1 = 7$. A pooling keeps the channels: 64 × 7 × 7.",
    ),
    (
        8,
        4,
        {"padding": 0, "dilation": 1},
        r"$r = 8 - k$. $s = 1$ needs $r = 3$, so $k = 5$; $s = 2$ needs $6 \le r \le 7$, so $k$ is 1 or 2; "
        r"$s \ge 3$ needs $r \ge 9$, too large.",
    ),
    (
        8,
        4,
        {"padding": 2, "dilation": 2},
        r"$r = 13 - 2k$, and $p = 2 \le 2(k-1)$ asks for $k \ge 2$, so $r \le 9$. $s = 1$ needs $r = 3$, so "
        r"$k = 5$; $s = 2$ needs $6 \le r \le 7$, so $k = 3$; $s = 3$ needs $9 \le r \le 11$, so $k = 2$; "
        r"$s \ge 4$ needs $r \ge 12$, too large.",
    ),
    (
        8,
        4,
        {"padding": 1, "dilation": 1},
        r"$r = 10 - k$, and $p = 1 \le k - 1$ asks for $k \ge 2$, so $r \le 8$. $s = 1$ needs $r = 3$, so "
        r"$k = 7$; $s = 2$ needs $6 \le r \le 7$, so $k$ is 3 or 4; $s \ge 3$ needs $r \ge 9$, too large.",
    ),
]


@pytest.mark.parametrize(("pixels", "wanted", "given", "text"), TEXTS)
def test_the_parts_of_the_question_in_words(
    pixels: int, wanted: int, given: dict[str, Any], text: str
) -> None:
    assert solve_by_hand(pixels, wanted, **given) == text


def numbers_told(words: str) -> list[int]:
    """Read "$k = 5$", "$k$ is 1, 2 or 3" and "$k$ is any from 1 to 6"."""
    numbers = [int(number) for number in re.findall(r"\d+", words)]
    return list(range(numbers[0], numbers[1] + 1)) if "any from" in words else numbers


PADDING_RULE = r"p = \\lfloor \(?(\d*)\(k-1\)(?: ([+-]) (\d+)\)?)?/2 \\rfloor"
CHOICE = r"\$[kp](?: = \d+\$|\$ is any from \d+ to \d+|\$ is [\d, or]*\d)"


def settings_told(text: str, letter: str) -> set[tuple[int, int]]:
    """Read the pairs of a stride and the other setting off the words."""
    told = re.findall(rf"\$s = (\d+)\$(?: needs [^;]*, so|, and) ({CHOICE})", text)
    assert all(choice[1] == letter for _, choice in told)
    return {(int(s), number) for s, choice in told for number in numbers_told(choice)}


@pytest.mark.parametrize("seed", range(51))
def test_the_words_name_the_settings_of_the_solver(seed: int) -> None:
    question = load("foundations/q7")
    given = question.draw(seed) if seed else question.givens()
    sizes = [given["input_shape"][1], *(shape[1] for shape in given["output_shapes"])]
    read = 0
    for part, fixed in given["parts"].items():
        pixels, wanted = sizes[int(part[:-1]) - 1 :][:2]
        settings = {name: value for name, value in fixed.items() if name != "overlap"}
        text = solve_by_hand(pixels, wanted, **fixed)
        if len(settings) == 4 or wanted == 1:
            continue
        found = solve_conv(pixels, wanted, **settings)
        if "overlap" in fixed:
            found = [a for a in found if a.kernel_size <= a.stride]
        if "stride" in fixed:
            rule = re.search(PADDING_RULE, text)
            if rule:
                times, sign, more = rule.groups()
                add = int(f"{sign}{more}") if sign else 0
                assert all(a.padding == (int(times or 1) * (a.kernel_size - 1) + add) // 2 for a in found)
                read += 1
        elif "and so on" not in text:
            letter = "p" if "kernel_size" in fixed else "k"
            right = {(a.stride, a.padding if letter == "p" else a.kernel_size) for a in found}
            assert settings_told(text, letter) == right, text
            read += 1
    assert read >= 4


@pytest.mark.parametrize("pixels", range(4, 13))
def test_the_padding_at_stride_two_is_the_solver_s_at_every_size(pixels: int) -> None:
    read = 0
    for wanted in range(2, pixels + 1):
        for dilation in (1, 2, 3):
            found = solve_conv(pixels, wanted, stride=2, dilation=dilation)
            if not found:
                continue
            text = solve_by_hand(pixels, wanted, stride=2, dilation=dilation)
            rule = re.search(PADDING_RULE, text)
            assert rule, text
            times, sign, more = rule.groups()
            add = int(f"{sign}{more}") if sign else 0
            assert [a.padding for a in found] == [
                (int(times or 1) * (a.kernel_size - 1) + add) // 2 for a in found
            ], text
            read += 1
    assert read > 3


def test_a_single_window_leaves_the_stride_open() -> None:
    text = r"(1) is $0 \le r \le s - 1$: the stride exceeds the room."
    assert solve_by_hand(8, 1, padding=0, dilation=1) == text


def test_other_settings_are_left_to_the_solver() -> None:
    text = solve_by_hand(8, 4, stride=2, padding=1)
    assert text == "Open: $k$ and $d$. The solver puts each choice into (1)."


def test_a_stride_of_three_leaves_one_or_two_paddings() -> None:
    text = solve_by_hand(9, 3, stride=3, dilation=1)
    assert "Of 3 numbers in a row 1 or 2 are even" in text
    assert "Of 4 numbers in a row 2 are even" in solve_by_hand(9, 3, stride=4, dilation=1)


def test_four_settings_lead_to_the_size_and_the_channels() -> None:
    given = {"kernel_size": 3, "stride": 2, "padding": 1, "dilation": 2}
    text = r"$r = 7$, so $o = \lfloor 7/2 \rfloor + 1 = 4$."
    assert solve_by_hand(10, 99, **given) == text
    assert (
        solve_by_hand(10, 4, **given, channels=5) == f"{text} The same kernels keep the channels: 5 × 4 × 4."
    )


@pytest.mark.parametrize(
    ("sizes", "given", "message"),
    [
        ((8, 16), {"padding": 0, "dilation": 1}, "No setting with p = 0, d = 1 leads from 8 to 16 pixels."),
        (
            (8, 5),
            {"padding": 0, "dilation": 1, "overlap": False},
            "windows that do not overlap leads from 8 to 5",
        ),
        ((8, 4), {"stride": 2, "overlap": False}, "padding and dilation 1"),
        ((8, 4), {"padding": 0, "dilation": 2, "overlap": False}, "padding and dilation 1"),
        ((0, 4), {"padding": 0, "dilation": 1}, "input"),
        ((8, 4), {"stride": 0, "dilation": 1}, "stride"),
        ((8, 4), {"padding": -1, "dilation": 1}, "padding"),
        ((8, 4), {"padding": 0, "dilation": 1, "overlap": "no"}, "overlap"),
        ((8, 4), {"kernel_size": 9, "stride": 1, "padding": 0, "dilation": 1}, "9"),
    ],
)
def test_what_cannot_be_is_refused(sizes: tuple[int, int], given: dict[str, Any], message: str) -> None:
    with pytest.raises(SizeError, match=message):
        solve_by_hand(*sizes, **given)
