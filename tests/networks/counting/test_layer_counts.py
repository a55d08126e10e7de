"""Counts of one layer that are derived later: the same as counts made at once."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from fractions import Fraction

import pytest

from nnutils.core.worked import Worked
from nnutils.networks.counting.layer_counts import COLUMNS, MORE_COLUMNS, Columns, LayerCounts

NOW = LayerCounts(units=(Worked(3, "a") * Worked(4, "b")).named("units"), weights=Worked(6, "weights"))


def later() -> LayerCounts:
    return LayerCounts.later(Columns(units=12, weights=6), lambda: NOW)


def test_the_columns_of_a_rule_are_those_of_the_counts() -> None:
    fields = tuple(field.name for field in dataclasses.fields(LayerCounts))
    assert (
        Columns._fields
        == fields
        == tuple(column for column in (*COLUMNS, *MORE_COLUMNS) if column != "parameters")
    )


def test_counts_that_are_derived_later_are_the_same() -> None:
    assert later() == NOW and hash(later()) == hash(NOW) and repr(later()) == repr(NOW)
    for column in COLUMNS:
        made, now = later()[column], NOW[column]
        assert (made, made.name, made.work, made.steps()) == (now, now.name, now.work, now.steps())
    assert later().plain() == NOW.plain() == (12, 6, 0, 0, 0, 0, 0, 0, 0)
    assert LayerCounts(weights=Worked(1) / 2).plain()[1] == Fraction(1, 2)


def test_the_numbers_are_there_without_the_derivation() -> None:
    def never() -> LayerCounts:
        raise AssertionError("nobody asked how it was made")

    counts = LayerCounts.later(Columns(units=12, weights=6, biases=2), never)
    assert (counts.units, counts.parameters, int(counts["weights"])) == (12, 8, 6)
    assert counts.parameters.work == "6 + 2 = 8"
    with pytest.raises(AssertionError):
        counts.units.steps()


def test_they_can_be_copied_pickled_and_replaced_and_never_change() -> None:
    for twin in (pickle.loads(pickle.dumps(later())), copy.copy(later()), copy.deepcopy(later())):
        assert twin == NOW and twin.units.steps() == NOW.units.steps()
    assert dataclasses.replace(later(), units=Worked(1)).plain() == (1, 6, 0, 0, 0, 0, 0, 0, 0)
    with pytest.raises(dataclasses.FrozenInstanceError):
        later().units = Worked(1)  # type: ignore[misc]
    with pytest.raises(AttributeError, match="no attribute 'flops'"):
        _ = later().flops  # type: ignore[attr-defined]
