"""Draws inputs for all targets, runs them under guard, and sums up what came of them."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from support.fuzzing.guard import Note, Record, guarded
from support.fuzzing.outcome import FAULTS, NAMED, RIGHT, Target, brief

KINDS = (RIGHT, NAMED, *FAULTS)
"""What may come of an input."""

BATCH = 250
"""So many inputs are drawn in one process."""

_MOST_FAULTS = 20  # of one kind in one target that a report keeps


def shares(targets: Sequence[Target], number: int) -> Iterator[tuple[Target, int]]:
    """Divide a number of inputs between targets, by their shares; none is left over."""
    whole, done, given_out = sum(target.share for target in targets), 0, 0
    for target in targets:
        done += target.share
        yield target, number * done // whole - given_out
        given_out = number * done // whole


def fuzz(target: Target, number: int, start: int) -> Record:
    """Return what comes of so many inputs of one target, drawn from a seed."""
    record, batch = Record(), 0
    while record.inputs < number:
        batch += 1
        key = zlib.crc32(f"{start} {target.name} {batch}".encode())
        made = guarded(drawing(target, min(BATCH, number - record.inputs), key))
        if made.broken or not made.inputs:
            raise RuntimeError(f"{target.name}: inputs cannot be drawn: {made.broken}")
        record.add(made)
        if len(record.faults) > 5 * _MOST_FAULTS:
            break
    return record


def drawing(target: Target, number: int, key: int) -> Callable[[Note], None]:
    """Return work that draws so many inputs; those by which Hypothesis makes a fault smaller come on top."""

    def work(note: Note) -> None:
        faulty: list[str] = []

        def body(drawn: _Drawn) -> None:
            kind = note(drawn.given, target.check)
            if kind in FAULTS:
                faulty.append(kind)
                raise _FaultError(kind)

        test = given(target.inputs.map(_Drawn))(body)
        chosen = settings(
            max_examples=number,
            deadline=None,
            database=None,
            derandomize=False,
            print_blob=False,
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate, Phase.shrink],
        )
        random.seed(key)
        try:
            seed(key)(chosen(test))()
        except _FaultError:
            pass

    return work


class _Drawn:
    """An input that Hypothesis can report, whatever it is."""

    def __init__(self, drawn: Any) -> None:
        self.given = drawn

    def __repr__(self) -> str:
        return brief(self.given)


class _FaultError(Exception):
    """An input that went wrong, so that Hypothesis looks for a smaller one."""


def smallest(record: Record) -> list[dict[str, str]]:
    """Return one fault for each error and line: the one with the shortest input."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for fault in sorted(record.faults, key=lambda one: (len(one.given), one.given)):
        place = fault.error.rpartition(" (")[2]
        found.setdefault(
            (fault.kind, place), {"kind": fault.kind, "input": fault.given, "error": fault.error}
        )
    return list(found.values())[:_MOST_FAULTS]


def figures_of(record: Record) -> dict[str, Any]:
    """Return the figures of one target as data: what was tried, what went wrong."""
    return {
        "inputs": record.inputs,
        **{kind: record.outcomes.get(kind, 0) for kind in KINDS},
        "slowest_seconds": round(record.slowest, 2),
        "megabytes": record.megabytes,
        "faults": smallest(record),
    }


def summed_up(by_target: dict[str, dict[str, Any]], start: int) -> dict[str, Any]:
    """Return the figures of a run: those of all targets, and under ``by_target`` those of each."""
    parts = by_target.values()
    return {
        **{kind: sum(part[kind] for part in parts) for kind in ("inputs", *KINDS)},
        "slowest_seconds": max(part["slowest_seconds"] for part in parts),
        "megabytes": max(part["megabytes"] for part in parts),
        "seed": start,
        "by_target": by_target,
    }
