"""The rules: what they find in plain numbers is what they derive, and long numbers are refused at once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from support.fuzzing.networks import networks
from support.specifications import SPECIFICATIONS

from nnutils.core.errors import WorkedError
from nnutils.networks.checks import ORDINARY
from nnutils.networks.counting import COLUMNS, RULES, count
from nnutils.networks.counting.layer_counts import Columns
from nnutils.networks.layers import Conv2d, Flatten, Linear
from nnutils.networks.network import Network


def compare(network: Network) -> None:
    for counts in (*count(network).values(), count(network).total):
        plain = dict(zip(Columns._fields, counts.plain(), strict=True))
        for column in Columns._fields:
            number = counts[column]
            assert type(plain[column]) is int and number.value == plain[column]
            assert number.name in (column, "")
            assert number.operation == "given" or number.arguments  # derives, and would refuse another value


@pytest.mark.parametrize("network", SPECIFICATIONS.values(), ids=SPECIFICATIONS)
def test_what_is_counted_is_what_is_derived(network: Network) -> None:
    compare(network)


@given(networks())
@settings(deadline=None)
def test_what_is_counted_is_what_is_derived_on_random_networks(network: Network) -> None:
    compare(network)


@pytest.mark.parametrize("digits", [5, 19, 25, 2000])
def test_large_numbers_are_exact_on_both_sides_of_the_ordinary_ones(digits: int) -> None:
    n = 10**digits
    counts = count(Network((n,), [Linear(n), Linear(3)]))
    assert counts.total.weights == n * n + 3 * n and counts.total.additions == n * n + 3 * n
    assert counts["linear1"].weights.formula == "out_features · in_features"
    assert counts.total.weights.formula == "linear1 + linear2"
    assert 10**5 < ORDINARY < 10**25


def test_a_count_that_is_too_long_to_write_is_refused_when_it_is_counted() -> None:
    network = Network((10**2000, 1, 1), [Conv2d(10**2400, 1)])
    with pytest.raises(WorkedError, match="more than 4,300"):
        count(network)


def test_every_kind_of_the_library_has_a_rule_that_gives_all_columns() -> None:
    for rule in RULES.values():
        assert callable(rule)
    flat = count(Network((2, 3, 4), [Flatten()]))["flatten"]
    assert all(flat[column] == 0 and flat[column].name in ("", "parameters") for column in COLUMNS)
