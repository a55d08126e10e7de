"""Rows and columns called softmax."""

from __future__ import annotations

import math
import random

import pytest
from support.lint_tables import alarms, context_of, judged, verdicts

from nnutils.lint.checks.tables.softmax_tables import check_softmax_tables

ROWS = "| | class 1 | class 2 | class 3 | class 4 |\n| input z | 2 | 1 | 0 | 3 |\n| softmax | {} |"
COLUMNS = (
    "| z | exp(z) | softmax(z) |\n| 2 | 7.389 | {} |\n| 1 | 2.718 | {} |\n| 0 | 1.000 | {} |\n"
    "| 3 | 20.086 | {} |\n| total | 31.193 | 1.000 |"
)
HEADED = "| z | 2 | 1 | 0 | 3 |\n| softmax(z) | {} |"
GOOD = ["0.237", "0.087", "0.032", "0.644"]


def written(table: str, entries: list[str]) -> str:
    """The table with these entries."""
    return table.format(*entries) if table is COLUMNS else table.format(" | ".join(entries))


@pytest.mark.parametrize("table", [ROWS, COLUMNS, HEADED])
def test_the_entries_are_those_of_the_inputs(table: str) -> None:
    found = list(check_softmax_tables(context_of(written(table, GOOD))))
    assert [one.verdict for one in found if one.kind == "softmax"] == ["right"] * 4
    assert not alarms(judged(written(table, GOOD)))


@pytest.mark.parametrize("table", [ROWS, COLUMNS, HEADED])
@pytest.mark.parametrize(
    ("place", "slip", "verdict"),
    [(1, "0.081", "wrong"), (3, "0.664", "wrong"), (2, "0.033", "rounded"), (0, "0.732", "wrong")],
)
def test_a_slip_is_found_in_its_entry(table: str, place: int, slip: str, verdict: str) -> None:
    entries = [slip if at == place else text for at, text in enumerate(GOOD)]
    found = list(check_softmax_tables(context_of(written(table, entries))))
    assert alarms(found) == [(slip, verdict, GOOD[place])]


def test_percentages_are_entries_too() -> None:
    table = "| logits | 2 | 1 | 0 | 3 |\n| softmax | 23.7 % | 8.7 % | 2.3 % | 64.4 % |"
    assert alarms(list(check_softmax_tables(context_of(table)))) == [("2.3 %", "wrong", "3.2 %")]


def test_rounded_inputs_leave_the_entries_a_range() -> None:
    table = "| logits | 2.0 | 1.0 | 0.0 |\n| softmax | {} | 0.245 | 0.090 |"
    assert not alarms(list(check_softmax_tables(context_of(table.format("0.680")))))
    assert alarms(list(check_softmax_tables(context_of(table.format("0.780")))))


def test_without_fitting_inputs_the_entries_add_up_to_one() -> None:
    warm = "| z | 2 | 1 | 0 |\n| softmax with T = 2 | 0.506 | 0.307 | {} |"
    assert verdicts(list(check_softmax_tables(context_of(warm.format("0.186"))))) == [("0.186", "right", "")]
    (one,) = check_softmax_tables(context_of(warm.format("0.816")))
    assert (one.verdict, one.why) == ("wrong", "The entries add up to 1.629; those of a softmax add up to 1.")


@pytest.mark.parametrize(
    "table",
    [
        "| activation | accuracy | loss |\n| sigmoid | 0.91 | 0.3 |\n| softmax | 0.93 | 0.2 |",
        "| z | 1 | 2 | 3 |\n| log-softmax | −2.41 | −1.41 | −0.41 |",
        "| z | 1 | 2 | 3 |\n| gradient of the softmax | 0.2 | 0.3 | 0.1 |",
        "| temperature | softmax of the first class |\n| 1 | 0.7 |\n| 2 | 0.6 |",
        "| softmax |\n| softmax |",
        "| z | 1e9 | 2 |\n| softmax | 1 | 0 |",
        "| layer | weights | softmax |\n| fc1 | 120 | |\n| fc2 | 84 | 10 |",
    ],
)
def test_other_rows_are_no_alarm(table: str) -> None:
    assert not alarms(list(check_softmax_tables(context_of(table))))


@pytest.mark.parametrize("seed", range(20))
def test_one_changed_digit_is_found(seed: int) -> None:
    draw = random.Random(seed)
    inputs = [draw.randrange(-2, 4) for _ in range(draw.randrange(3, 7))]
    powers = [math.exp(z) for z in inputs]
    entries = [f"{power / sum(powers):.4f}" for power in powers]
    head = f"| z | {' | '.join(map(str, inputs))} |\n| softmax | "
    assert not alarms(judged(head + " | ".join(entries) + " |"))
    place, digit = draw.randrange(len(entries)), draw.randrange(2, 4)
    right = entries[place]
    other = draw.choice([sign for sign in "0123456789" if abs(int(sign) - int(right[digit])) > 2])
    entries[place] = right[:digit] + other + right[digit + 1 :]
    assert alarms(judged(head + " | ".join(entries) + " |")) == [(entries[place], "wrong", right)]


@pytest.mark.parametrize("name", ["e^z", "exp(z)", "eᶻ", "$e^{z}$", "exponential"])
def test_exponentials_stand_beside_their_inputs(name: str) -> None:
    head = f"| class | logit | {name} | p |\n|---|---|---|---|\n"
    rows = "| cat | 2 | 7.389 | 0.665 |\n| dog | 1 | {} | {} |\n| cow | 0 | 1 | 0.090 |"
    assert not alarms(judged(head + rows.format("2.718", "0.245")))
    assert alarms(judged(head + rows.format("2.781", "0.245"))) == [("2.781", "wrong", "2.718")]
    assert alarms(judged(head + rows.format("2.718", "0.254"))) == [("0.254", "wrong", "0.245")]


def test_columns_that_are_no_exponentials_are_left_alone() -> None:
    assert not alarms(
        judged("| z | e | p |\n|---|---|---|\n| 2 | 5 | 0.1 |\n| 1 | 7 | 0.3 |\n| 0 | 9 | 0.2 |")
    )


def test_with_the_exponentials_beside_them_one_right_entry_is_enough() -> None:
    head = "| z | e^z | softmax |\n|---|---|---|\n"
    rows = "| 2 | 7.389 | 0.656 |\n| 1 | 2.718 | 0.245 |\n| 0 | 1 | 0.900 |"
    assert [one[:2] for one in alarms(judged(head + rows))] == [("0.656", "wrong"), ("0.900", "wrong")]
