"""The size formula backwards: against every quadruple, against torch; order, contradictions, bad input."""

from __future__ import annotations

import functools
import itertools
import random
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from nnutils import conv_output_size, solve_conv
from nnutils.core.errors import SizeError
from nnutils.core.worked import Worked
from nnutils.networks import solver
from nnutils.networks.solver import ConvSettings, _between

NAMES = ("kernel_size", "stride", "padding", "dilation")
MOST_PIXELS = 5
LEAST = {"kernel_size": 1, "stride": 1, "padding": 0, "dilation": 1}


@functools.cache
def slide(input: int, kernel_size: int, stride: int, padding: int, dilation: int) -> int:
    """Move a window over the padded input until it sticks out, and count its places."""
    places, start = 0, -padding
    while start + (kernel_size - 1) * dilation < input + padding:
        places += 1
        start += stride
    return places


def try_everything(input: int, output: int, may_reach: bool, **choices: Any) -> list[ConvSettings]:
    """Slide a window for every quadruple; only the bounds of the documentation are taken over."""
    given = {name: [c] if isinstance(c, int) else list(c) for name, c in choices.items() if c is not None}
    bound = input + 2 * max(given.get("padding", [0]), default=0)
    every = range(1, bound + 3)  # somewhat further than the bound: what lies beyond must not be found
    found = set()
    for k, d in itertools.product(given.get("kernel_size", every), given.get("dilation", every)):
        reach = d * (k - 1) + 1
        if "kernel_size" not in given and reach > bound:
            continue
        if "dilation" not in given and d > 1 and (k == 1 or reach > bound):
            continue
        for p, s in itertools.product(given.get("padding", range(reach + 1)), given.get("stride", every)):
            padded_too_far = p > reach or (p == reach and not may_reach)
            if padded_too_far or ("stride" not in given and s > bound):
                continue
            if slide(input, k, s, p, d) == output:
                found.add(ConvSettings(k, s, p, d))
    return sorted(found)


def draw(kind: str, name: str, source: random.Random) -> Any:
    """Make a choice of one kind for one setting: a number, a range, a list in any order, or nothing."""
    least, most = LEAST[name], 3 if name == "padding" else 7
    if kind == "free":
        return None
    if kind == "fixed":
        return source.randint(least, least + 3)
    if source.random() < 0.5:
        start = source.randint(least, most)
        return range(start, min(start + source.randrange(5), most + 1))
    return source.sample(range(least, most + 1), source.randrange(1, 5))


def output_of_some(choices: dict[str, Any], input: int, source: random.Random) -> int:
    """Return the size that one of the settings asked for makes, so that not every answer is empty."""
    picked = []
    for name, choice in choices.items():
        numbers = range(LEAST[name], LEAST[name] + 4) if choice is None else choice
        picked.append(numbers if isinstance(numbers, int) else source.choice([*numbers, LEAST[name]]))
    return max(slide(input, *picked), 1)


KINDS = list(itertools.product(("fixed", "ranged", "free"), repeat=4))


@pytest.mark.parametrize("may_reach", [False, True])
@pytest.mark.parametrize("kinds", KINDS, ids="-".join)
def test_fixed_ranged_and_free_settings_are_all_found_and_nothing_else(
    kinds: tuple[str, ...], may_reach: bool
) -> None:
    source = random.Random(f"{kinds} {may_reach}")
    answers = empty = 0
    while answers < 6 and empty < 500:
        input = source.randint(1, MOST_PIXELS)
        choices = {name: draw(kind, name, source) for name, kind in zip(NAMES, kinds, strict=True)}
        output = output_of_some(choices, input, source)
        solutions = solve_conv(input, output, **choices, padding_may_reach_kernel=may_reach)
        assert solutions == try_everything(input, output, may_reach, **choices), (input, output, choices)
        answers, empty = answers + bool(solutions), empty + (not solutions)
    assert answers == 6, "empty lists alone would show nothing"


def test_the_comparison_has_settings_that_a_wrong_solver_would_miss() -> None:
    everything = try_everything(5, 3, False)
    assert solve_conv(5, 3) == everything
    exact = [s for s in everything if (5 + 2 * s.padding - s.effective_kernel_size) % s.stride == 0]
    undilated = [s for s in everything if s.padding < s.kernel_size]
    assert 0 < len(exact) < len(everything), "a solver that forgets the floor would be caught"
    assert 0 < len(undilated) < len(everything), "a solver that bounds the padding by k would be caught"


@pytest.mark.slow
@given(
    st.integers(1, 300),
    st.integers(1, 300),
    st.integers(1, 40),
    st.integers(1, 20),
    st.integers(1, 9),
    st.booleans(),
)
def test_the_paddings_of_a_window_are_one_interval_with_the_wanted_size(
    input: int, output: int, k: int, s: int, d: int, may_reach: bool
) -> None:
    reach = d * (k - 1) + 1
    limit = reach + may_reach
    found = solve_conv(input, output, kernel_size=k, stride=s, dilation=d, padding_may_reach_kernel=may_reach)
    fitting = [p for p in range(limit) if input + 2 * p >= reach]
    right = [p for p in fitting if conv_output_size(input, k, s, p, d) == output]
    assert [setting.padding for setting in found] == right
    assert right == list(range(right[0], right[-1] + 1)) if right else True


# --- torch, and what the padding rule means ---


@pytest.mark.parametrize(("input", "output"), [(32, 16), (13, 13), (8, 4), (9, 12), (9, 1)])
def test_torch_makes_the_wanted_size_with_every_solution(input: int, output: int) -> None:
    solutions = solve_conv(input, output)
    assert len(solutions) > 5
    picture = torch.empty(1, 1, input, input, device="meta")
    for k, s, p, d in solutions:
        layer = torch.nn.Conv2d(1, 1, k, s, p, d, device="meta")
        assert layer(picture).shape[2:] == (output, output), (k, s, p, d)


def windows(input: int, setting: ConvSettings) -> Iterator[range]:
    """Yield the pixels between the first and the last tap of each window, padding included."""
    k, s, p, d = setting
    for start in range(-p, input + p - d * (k - 1), s):
        yield range(start, start + d * (k - 1) + 1)


@pytest.mark.parametrize(("input", "output"), [(5, 5), (5, 8), (3, 4), (1, 3), (6, 2)])
def test_the_padding_rule_means_that_no_window_lies_in_the_padding_alone(input: int, output: int) -> None:
    def covers(setting: ConvSettings) -> bool:
        return all(min(window) < input and max(window) >= 0 for window in windows(input, setting))

    strict = solve_conv(input, output)
    wide = solve_conv(input, output, padding_may_reach_kernel=True)
    assert all(covers(setting) for setting in strict)
    extra = set(wide) - set(strict)
    assert set(strict) < set(wide)
    assert not any(covers(setting) for setting in extra)
    assert all(setting.padding == setting.effective_kernel_size for setting in extra)


def test_the_rows_of_a_homework_question_are_among_the_solutions() -> None:
    one = solve_conv(64, 32, kernel_size=8, dilation=1)
    assert one == [ConvSettings(8, 2, 3, 1)]
    dilated = solve_conv(64, 32, stride=2, dilation=7)
    assert [(s.kernel_size, s.padding) for s in dilated[:5]] == [(1, 0), (2, 3), (3, 7), (4, 10), (5, 14)]
    strict = solve_conv(8, 4, padding=1, dilation=1)
    assert [(s.kernel_size, s.stride) for s in strict] == [(3, 2), (4, 2), (7, 1)]
    wide = solve_conv(8, 4, padding=1, dilation=1, padding_may_reach_kernel=True)
    assert [(s.kernel_size, s.stride) for s in wide] == [(1, 3), (3, 2), (4, 2), (7, 1)]


# --- order and input ---


@pytest.mark.parametrize(("input", "output"), [(8, 4), (9, 3), (12, 5)])
def test_the_pixels_that_no_tap_reads_have_no_gradient(input: int, output: int) -> None:
    found = solve_conv(input, output)
    assert any(setting.unread(input) for setting in found)
    for setting in found[:: max(len(found) // 60, 1)]:
        line = torch.ones(1, 1, input, requires_grad=True)
        torch.nn.functional.conv1d(
            torch.nn.functional.pad(line, (setting.padding, setting.padding)),
            torch.ones(1, 1, setting.kernel_size),
            stride=setting.stride,
            dilation=setting.dilation,
        ).sum().backward()
        assert line.grad is not None
        assert setting.unread(input) == (line.grad[0, 0] == 0).nonzero().flatten().tolist()


def test_a_window_that_does_not_fit_reads_nothing_that_could_be_listed() -> None:
    with pytest.raises(SizeError, match="reaches over 9 pixels"):
        ConvSettings(5, dilation=2).unread(8)


def test_the_order_is_that_of_the_settings_and_each_comes_once() -> None:
    found = solve_conv(30, 10)
    assert found == sorted(found) and len(found) == len(set(found)) > 100
    given = solve_conv(
        30, 10, kernel_size=[5, 3, 3, 7], stride=iter((3, 2)), padding={2, 0, 1}, dilation=(2, 1)
    )
    assert given == solve_conv(
        30, 10, kernel_size=range(3, 8, 2), stride=[2, 3], padding=range(3), dilation=[1, 2]
    )
    assert len(given) > 3


def test_listed_numbers_may_come_in_any_order() -> None:
    # A set of these iterates as 16, 9, 3.
    found = solve_conv(40, 20, stride=2, dilation=1, padding={16, 3, 9})
    assert found == [s for p in (3, 9, 16) for s in solve_conv(40, 20, stride=2, dilation=1, padding=p)]
    assert {setting.padding for setting in found} == {3, 9, 16}
    downwards = solve_conv(40, 20, stride=range(4, 0, -1), padding=range(9, -1, -1))
    assert downwards == solve_conv(40, 20, stride=[1, 2, 3, 4], padding=list(range(10))) != []


def test_numpy_and_worked_integers_are_accepted_and_python_integers_come_out() -> None:
    found = solve_conv(np.int64(32), Worked(16), kernel_size=np.arange(2, 5), stride=np.int32(2))  # type: ignore[arg-type]
    assert found == solve_conv(32, 16, kernel_size=range(2, 5), stride=2) != []
    assert {type(number) for setting in found for number in setting} == {int}


def test_a_free_window_is_bounded_by_the_input_and_with_a_given_padding_by_nothing() -> None:
    free = solve_conv(8, 4, dilation=2)
    assert max(setting.effective_kernel_size for setting in free) <= 8
    given = solve_conv(8, 4, dilation=2, padding=2)
    assert given == [(2, 3, 2, 2), (3, 2, 2, 2), (5, 1, 2, 2)]
    assert given[-1].effective_kernel_size == 9 > 8
    further = solve_conv(8, 4, dilation=2, padding=2, kernel_size=range(1, 60), stride=range(1, 60))
    assert further == given


def test_listed_dilations_of_a_single_pixel_are_each_an_answer() -> None:
    assert solve_conv(4, 2, kernel_size=1, padding=0) == [(1, 2, 0, 1), (1, 3, 0, 1)]
    assert solve_conv(4, 2, kernel_size=1, padding=0, stride=2, dilation=[2, 1]) == [
        (1, 2, 0, 1),
        (1, 2, 0, 2),
    ]


@pytest.mark.parametrize(
    "contradiction",
    [
        {"kernel_size": 3, "padding": 0, "output": 64},
        {"kernel_size": 1, "padding": 1},
        {"kernel_size": 2, "dilation": 1, "padding": [2, 9]},
        {"stride": 1, "padding": 0, "dilation": 5},
        {"kernel_size": 40, "padding": 0},
        {"stride": 33},
        {"output": 200},
        {"kernel_size": []},
        {"stride": range(3, 3)},
        {"stride": [], "output": 1},
        {"padding": ()},
        {"dilation": []},
    ],
    ids=str,
)
def test_constraints_that_contradict_each_other_give_an_empty_list(contradiction: dict[str, Any]) -> None:
    assert solve_conv(**{"input": 32, "output": 16, **contradiction}) == []


@pytest.mark.parametrize("name", ["input", "output", *NAMES])
@pytest.mark.parametrize("value", [-1, 2.0, True, "same", np.float64(3)])
def test_a_size_that_cannot_be_is_an_error_and_names_itself(name: str, value: Any) -> None:
    with pytest.raises(SizeError) as caught:
        solve_conv(**{"input": 32, "output": 16, name: value})
    least = 0 if name == "padding" else 1
    assert caught.value.problem == f"{name} must be a whole number, at least {least}; got {value!r}."


@pytest.mark.parametrize("name", ["input", "output", "kernel_size", "stride", "dilation"])
def test_zero_is_an_error_but_for_the_padding(name: str) -> None:
    with pytest.raises(SizeError, match=f"{name} must be a whole number, at least 1; got 0"):
        solve_conv(**{"input": 32, "output": 16, name: 0})
    assert solve_conv(32, 16, padding=0)


@pytest.mark.parametrize("strides", [range(4), [2, 0], iter([0])])
def test_an_impossible_number_in_a_collection_is_told_with_what_would_work(strides: Any) -> None:
    with pytest.raises(SizeError) as caught:
        solve_conv(32, 16, stride=strides)
    assert str(caught.value).splitlines() == [
        "each stride must be a whole number, at least 1; got 0.",
        "  Give a number, a range or a list of numbers; or leave stride out to try all of them.",
    ]


@pytest.mark.parametrize("digits", [30, 4000])
def test_very_large_sizes_are_solved_like_small_ones(digits: int) -> None:
    size = 10**digits
    assert solve_conv(size, size, kernel_size=3, padding=1, dilation=1) == [ConvSettings(3, 1, 1, 1)]
    half = solve_conv(size, size // 2, kernel_size=[2, 3], stride=range(size, 1, -1), dilation=1)
    assert half == [ConvSettings(2, 2, 0, 1), ConvSettings(3, 2, 1, 1)]
    assert solve_conv(7, 9, kernel_size=range(3, 4), stride=1, padding=range(2, size, 7), dilation=1) == [
        ConvSettings(3, 1, 2, 1)
    ]


@pytest.mark.parametrize("name", ["input", "output", *NAMES])
@pytest.mark.parametrize(
    "value",
    [10**5000, np.array(3), np.array([[3]]), [[3]], np.array([1.5]), torch.tensor(2.5), [10**5000]],
    ids=["long", "array without axes", "matrix", "nested list", "float array", "tensor", "list"],
)
def test_a_number_that_is_too_long_and_an_array_of_no_use_are_refused(name: str, value: Any) -> None:
    with pytest.raises(SizeError, match=f"^(each )?{name} must ") as caught:
        solve_conv(**{"input": 9, "output": 5, name: value})
    assert len(str(caught.value)) < 300


def test_an_array_of_numbers_is_a_list_of_numbers() -> None:
    arrays = solve_conv(9, 5, kernel_size=np.array([3, 2]), stride=np.arange(1, 3), dilation=1)
    assert arrays == solve_conv(9, 5, kernel_size=[2, 3], stride=[1, 2], dilation=1) != []


@given(
    st.integers(-20, 20), st.integers(-20, 20), st.integers(1, 5), st.integers(-25, 25), st.integers(-25, 25)
)
def test_a_part_of_a_range_is_what_comparisons_leave(
    start: int, stop: int, step: int, low: int, high: int
) -> None:
    numbers = range(start, stop, step)
    assert list(_between(numbers, low, high)) == [n for n in numbers if low <= n <= high]


# --- answers that are too long ---


@pytest.mark.parametrize(
    "asked",
    [
        {"input": 10**4, "output": 10**3, "stride": [7, 10, 13]},
        {"input": 10**30, "output": 3},
        {"input": 10**9, "output": 1, "kernel_size": 3},
        {"input": 10**9, "output": 1, "kernel_size": 3, "stride": range(2, 10**9, 3)},
        {"input": 10**9, "output": 2, "dilation": 1, "padding": 0},
        {"input": 5, "output": 5, "kernel_size": range(1, 10**25), "dilation": [1, 3]},
        {"input": 10**25, "output": 10**25, "kernel_size": 10**24, "stride": 1, "dilation": range(1, 10**20)},
        {"input": 9, "output": 1, "kernel_size": [1, 3], "stride": range(9, 10**25), "padding": [0, 1]},
    ],
    ids=str,
)
def test_an_answer_of_millions_is_refused_and_says_what_would_bound_it(asked: dict[str, Any]) -> None:
    with pytest.raises(SizeError, match="more than 500,000 would have to be tried") as caught:
        solve_conv(**asked)
    assert caught.value.remedy.startswith("Fix or bound more of kernel_size, stride, padding and dilation")
    assert len(str(caught.value)) < 300


def test_what_is_tried_is_bounded_and_no_answer_is_cut_short(monkeypatch: pytest.MonkeyPatch) -> None:
    whole_answer = solve_conv(40, 20)
    for most in (50_000, 2_000, 700, 300, 10):
        monkeypatch.setattr(solver, "MOST_TRIED", most)
        try:
            assert solve_conv(40, 20) == whole_answer
        except SizeError:
            assert most < 1_000
        else:
            assert most > len(whole_answer)


@pytest.mark.parametrize("nothing", [{"dilation": []}, {"padding": []}, {"stride": []}, {"kernel_size": []}])
def test_an_empty_choice_is_an_empty_answer_however_large_the_rest(nothing: dict[str, Any]) -> None:
    assert solve_conv(10**30, 10**29, **nothing) == []


def test_large_sizes_with_few_answers_are_solved_by_arithmetic() -> None:
    far = solve_conv(10**12, 10**6, kernel_size=3, dilation=1, padding=range(0, 10**12, 10**6))
    assert far and all(setting.output_size(10**12) == 10**6 for setting in far)
    assert far[0].stride == min(setting.stride for setting in far)


@given(
    st.integers(1, 60),
    st.integers(1, 60),
    st.lists(st.integers(1, 30), min_size=1, max_size=4),
    st.lists(st.integers(1, 9), min_size=1, max_size=4),
    st.lists(st.integers(0, 25), min_size=1, max_size=4),
    st.lists(st.integers(1, 5), min_size=1, max_size=3),
    st.booleans(),
)
def test_listed_numbers_with_gaps_and_without_are_those_of_a_scan(
    input: int,
    output: int,
    kernel_sizes: list[int],
    strides: list[int],
    paddings: list[int],
    dilations: list[int],
    may_reach: bool,
) -> None:
    quadruples = itertools.product(*(sorted(set(c)) for c in (kernel_sizes, strides, paddings, dilations)))
    scanned = [
        (k, s, p, d)
        for k, s, p, d in quadruples
        if slide(input, k, s, p, d) == output and p < d * (k - 1) + 1 + may_reach
    ]
    assert scanned == solve_conv(
        input,
        output,
        kernel_size=kernel_sizes,
        stride=strides,
        padding=paddings,
        dilation=dilations,
        padding_may_reach_kernel=may_reach,
    )
