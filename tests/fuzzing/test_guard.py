"""The guard stops what takes too long or too much, in Python and in C, and says which input it was."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import strategies as st
from support.fuzzing import running
from support.fuzzing.guard import Note, each, guarded
from support.fuzzing.outcome import (
    FOREIGN,
    NAMED,
    OVER_MEMORY,
    OVER_TIME,
    RIGHT,
    WRONG,
    Target,
    brief,
    outcome_of,
)

from nnutils.core.errors import ClaimError, NNUtilsError


def busy(given: Any) -> None:
    while given == "python":
        pass
    if given == "C":
        9 ** (9**9)


@pytest.mark.slow
def test_what_takes_too_long_is_stopped_and_what_follows_is_tried_too() -> None:
    record = each(["a", "python", "C", "b"], busy, seconds=0.3)
    assert record.outcomes == {RIGHT: 2, OVER_TIME: 2}
    assert [fault.given for fault in record.faults] == ["'python'", "'C'"]
    assert record.slowest == 0.3


def test_sleeping_is_not_working() -> None:
    def work(note: Note) -> None:
        note(0.2, time.sleep)

    assert guarded(work, seconds=0.05).outcomes == {RIGHT: 1}


def test_what_asks_for_too_much_memory_is_refused() -> None:
    record = each([100, 900], lambda megabytes: bytes(megabytes * 2**20))
    assert record.outcomes == {RIGHT: 1, OVER_MEMORY: 1}
    assert record.faults[0].given == "900"


def test_a_process_that_ends_in_the_middle_is_a_fault() -> None:
    import os

    record = each([1, 2], lambda number: os._exit(3) if number == 1 else None)
    assert record.outcomes == {FOREIGN: 1, RIGHT: 1}


def test_a_process_that_ends_between_inputs_is_broken() -> None:
    def work(note: Note) -> None:
        raise RuntimeError("no strategy")

    assert guarded(work).broken == "RuntimeError: no strategy"


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (ClaimError("It cannot be."), NAMED),
        (NNUtilsError(" "), FOREIGN),
        (NNUtilsError("\ud800"), NAMED),
        (AssertionError("3, not 4"), WRONG),
        (MemoryError(), OVER_MEMORY),
        (ValueError("a parent of the named ones"), FOREIGN),
        (RecursionError(), FOREIGN),
        (None, RIGHT),
    ],
)
def test_only_errors_of_the_family_with_words_are_named(error: Exception | None, kind: str) -> None:
    def check(given: object) -> None:
        if error is not None:
            raise error

    assert outcome_of(check, 1)[0] == kind


def test_an_input_is_written_even_where_it_cannot_be() -> None:
    assert brief([10**5000]) == "<list that cannot be written: ValueError>"
    assert brief("x" * 5000).endswith("… (5,002 characters)")


def too_large(number: int) -> None:
    if number > 100:
        raise KeyError(number)


@pytest.mark.slow
def test_the_smallest_input_is_reported_and_the_figures_add_up() -> None:
    targets = (Target("a", st.integers(0, 10**6), too_large), Target("b", st.integers(), abs, share=3))
    figures = running.summed_up(
        {
            target.name: running.figures_of(running.fuzz(target, number, 3))
            for target, number in running.shares(targets, 40)
        },
        3,
    )
    assert figures["by_target"]["a"]["faults"] == [
        {
            "kind": FOREIGN,
            "input": "101",
            "error": figures["by_target"]["a"]["faults"][0]["error"],
        }
    ]
    assert figures["by_target"]["b"]["inputs"] == figures["by_target"]["b"]["right"] == 30
    assert figures["inputs"] == figures["right"] + figures["foreign"]
    assert (figures["wrong"], figures["over_time"], figures["seed"]) == (0, 0, 3)


def test_the_same_seed_draws_the_same_inputs() -> None:
    def drawn(key: int) -> list[int]:
        found: list[int] = []
        running.drawing(Target("a", st.integers(), abs), 20, key)(
            lambda given, check: found.append(given) or RIGHT
        )  # type: ignore[func-returns-value]
        return found

    assert drawn(1) == drawn(1) != drawn(2)
