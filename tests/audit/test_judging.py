"""The judge, for every kind: changing what was computed or stated changes the verdict."""

from __future__ import annotations

from typing import Any

import pytest
from support.audit_claims import a_claim, judged

from nnutils.audit import Reading
from nnutils.audit.case import Case
from nnutils.audit.judging import judge
from nnutils.audit.kinds import KINDS
from nnutils.core.errors import ClaimError

X = {"x": 3.0}
CHANGES: dict[str, tuple[Any, Any, Any, Any, dict[str, Any], dict[str, Any]]] = {
    # kind: stated, another statement, computed, another computed value, fields, case
    "number": (290400, 290401, 290400, 290401, {}, {}),
    "shape": ([98, 98, 5], [98, 98, 6], (98, 98, 5), (98, 97, 5), {}, {}),
    "formula": ("2 x", "3 x", 6.0, 6.00001, {"expression": "2 * x"}, {"given": X}),
    "rule": (
        "2 x",
        "3 x",
        lambda s: 2 * s["x"],
        lambda s: 2 + s["x"],
        {"expression": "2 * x"},
        {"samples": [X, X]},
    ),
    "step": (["a", "b"], ["a", "c"], ["a", "b"], ["a", "b", "c"], {}, {}),
    "conclusion": (["a"], ["b"], ["a"], ["b"], {}, {}),
}


def test_every_kind_is_tried() -> None:
    assert set(CHANGES) == set(KINDS)


@pytest.mark.parametrize("kind", CHANGES)
def test_the_verdict_follows_the_computed_value(kind: str) -> None:
    stated, _, computed, other, fields, case = CHANGES[kind]
    assert judged(kind, stated, computed, fields, **case).verdict == "confirmed"
    assert judged(kind, stated, other, fields, **case).verdict in ("wrong", "incomplete")


@pytest.mark.parametrize("kind", CHANGES)
def test_the_verdict_follows_the_statement(kind: str) -> None:
    _, stated, computed, _, fields, case = CHANGES[kind]
    if "expression" in fields:
        fields = {"expression": fields["expression"].replace("2", "3")}
    assert judged(kind, stated, computed, fields, **case).verdict == "wrong"


@pytest.mark.parametrize(
    ("kind", "stated", "case", "problem"),
    [
        ("step", True, {"slips": {"a": 1}}, "A claim of kind step does not use slips="),
        ("conclusion", True, {"slips": {"a": 1}}, "does not use slips="),
        ("step", True, {"given": X}, "does not use given="),
        ("step", True, {"samples": [X]}, "does not use samples="),
        ("shape", [1], {"missing": {"a": 1}}, "does not use missing="),
        ("shape", [1], {"samples": [X]}, "does not use samples="),
        ("number", 1, {"samples": [X]}, "does not use samples="),
        ("number", 1, {"rtol": 2}, "rtol=2, atol=0.0 are not tolerances"),
        ("number", 1, {"atol": -1}, "rtol=1e-09, atol=-1 are not tolerances"),
        ("number", 1, {"why": {"fine": "?"}}, "why= has words for 'fine', which is not a verdict"),
    ],
)
def test_arguments_that_a_claim_does_not_use_are_refused(
    kind: str, stated: Any, case: Any, problem: str
) -> None:
    computed = [1] if kind == "shape" else 1 if kind == "number" else True
    assert judge(a_claim(kind, stated), Case(computed)).verdict == "confirmed"
    with pytest.raises(ClaimError, match=problem) as caught:
        judge(a_claim(kind, stated), Case(computed, **case))
    assert caught.value.remedy


def test_a_bad_alternative_is_named() -> None:
    with pytest.raises(ClaimError) as caught:
        judged("number", 1, 2, slips={"factor lost": float("nan")})
    assert caught.value.where == "slip 'factor lost'"
    with pytest.raises(ClaimError) as caught:
        judged("number", 1, 2, given=X, missing={"the bias": "b"})
    assert caught.value.where == "missing 'the bias', given: x"


def test_evidence_stands_beside_the_computed_value() -> None:
    assert judged("number", 5, 5, evidence="by brute force").computed == "5 (by brute force)"
    assert (
        judged("rule", "r", 5, {"expression": "r"}, given={"r": 5}, evidence="V.T @ r").computed == "V.T @ r"
    )


def test_readings_belong_to_conventions() -> None:
    with pytest.raises(ClaimError, match="Only conventions"):
        judged("rule", "r", 5, {"expression": "r"}, given={"r": 4}, slips={"rows": Reading(5)})
