"""A small share of `make fuzz` on every run: each target gives a right answer or a named error."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.fuzzing.outcome import FAULTS, Target, brief, outcome_of
from support.fuzzing.running import shares
from support.fuzzing.targets.every import TARGETS


def test_targets_have_different_names_and_shares_leave_nothing_over() -> None:
    assert len({target.name for target in TARGETS}) == len(TARGETS) > 20
    given_out = dict(shares(TARGETS, 1_003))
    assert sum(given_out.values()) == 1_003 and min(given_out.values()) > 0


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_a_right_answer_or_a_named_error(target: Target) -> None:
    @settings(max_examples=8, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def body(data: st.DataObject) -> None:
        drawn = data.draw(target.inputs.map(lambda one: [one]), "input")[0]
        kind, error = outcome_of(target.check, drawn)
        assert kind not in FAULTS, f"{kind}: {brief(drawn)}\n{error}"

    body()
