"""Steps and conclusions: what holds, and which cases are treated."""

from __future__ import annotations

from typing import Any

import pytest
from support.audit_claims import judged

from nnutils.core.errors import ClaimError


@pytest.mark.parametrize("kind", ["step", "conclusion"])
def test_a_step_follows_the_truth(kind: str) -> None:
    assert judged(kind, True, 93.98 > 50, evidence="93.98 %").computed == "true: 93.98 %"
    verdict = judged(kind, True, 93.98 > 95, evidence="93.98 %")
    assert (verdict.verdict, verdict.computed, verdict.why) == ("wrong", "false: 93.98 %", "it does not hold")


def test_missing_cases_are_named() -> None:
    verdict = judged("conclusion", ["x1 > x2", "x1  <  x2"], ["x1 > x2", "x1 < x2", "x1 = x2"])
    assert (verdict.verdict, verdict.why) == ("incomplete", "not treated: x1 = x2")
    extra = judged("conclusion", ["a", "b"], {"a"})
    assert (extra.verdict, extra.why) == ("wrong", "no such case: b")


def test_a_step_may_hold_under_a_convention() -> None:
    verdict = judged(
        "step", True, 1 > 2, conventions={"weight sharing ignored": 2 > 1, "counted once": 1 > 3}
    )
    assert verdict.verdict == "convention" and "weight sharing ignored" in verdict.why
    assert "counted once" not in verdict.why


@pytest.mark.parametrize(
    ("stated", "computed", "conventions", "problem"),
    [
        (True, 1, {}, "must be True or False"),
        (True, False, {"counted once": 1}, "must be True or False"),
        (["a"], True, {}, "must be the list of all cases"),
        (["a"], [], {}, "must be the list of all cases"),
        (["a"], [1], {}, "must be text"),
        (["a"], ["a"], {"other": ["b"]}, "A list of cases does not use conventions="),
    ],
)
def test_what_is_neither_true_nor_false_nor_a_list_of_cases_is_refused(
    stated: Any, computed: Any, conventions: Any, problem: str
) -> None:
    with pytest.raises(ClaimError, match=problem) as caught:
        judged("step", stated, computed, conventions=conventions)
    assert caught.value.remedy


def test_a_set_of_cases_is_shown_in_a_fixed_order() -> None:
    names = [f"case {letter}" for letter in "abcdefgh"]
    assert judged("step", names, frozenset(names)).computed == "; ".join(names)
