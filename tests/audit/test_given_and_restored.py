"""What restates the question is counted apart; what the scan damaged is judged under every reading."""

from __future__ import annotations

from typing import Any

import pytest
from support.audit_claims import a_claim, judged

from nnutils.audit import VerdictTable
from nnutils.audit.table import score_text
from nnutils.core.errors import ClaimError

X = {"given": {"x": 3}}


@pytest.mark.parametrize(
    ("of", "stated", "fields", "right", "other", "case"),
    [
        ("number", 290400, {}, 290400, 290401, {}),
        ("shape", [3, 227], {}, [3, 227], [3, 224], {}),
        ("formula", "2x", {"expression": "2 * x"}, 6, 7, X),
        ("step", True, {}, True, False, {}),
    ],
)
def test_what_restates_the_question_is_given_and_a_miscopy_is_wrong(
    of: str, stated: Any, fields: dict[str, Any], right: Any, other: Any, case: dict[str, Any]
) -> None:
    fields = {"of": of, **fields}
    assert judged("given", stated, right, fields, **case).verdict == "given"
    assert judged("given", stated, other, fields, **case).verdict == "wrong"
    assert judged(of, stated, right, {k: v for k, v in fields.items() if k != "of"}, **case).verdict == (
        "confirmed"
    )


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"kind": "given"}, "Missing field"),
        ({"kind": "given", "of": "given"}, "'given' is not a kind"),
        ({"kind": "number", "of": "number"}, "kind number does not have of"),
        ({"kind": "given", "of": "step", "digits": 3}, "kind step does not have digits"),
        ({"kind": "given", "of": "shape"}, "5 is not a list"),
        ({"restored": 3}, "3 is not text"),
        ({"restored": " "}, "' ' is not text"),
        ({"charged": "nobody"}, "'nobody' made no slip"),
        ({"cause": 3}, "3 is not text"),
        ({"readings": [5, 6]}, "Only a statement that nothing restores has readings"),
        ({"readings": [5], "legible": False}, "is not a choice"),
        ({"readings": [5, "5"], "legible": False}, "is not a choice"),
        ({"readings": [5, "five"], "legible": False}, "'five' is not a number"),
        ({"kind": "step", "stated": True, "readings": [True, 1], "legible": False}, "step has no readings"),
        ({"readings": [5, 6], "legible": False, "expression": "2 + 3"}, "with an expression has no readings"),
    ],
)
def test_fields_that_do_not_fit_are_refused(fields: dict[str, Any], problem: str) -> None:
    with pytest.raises(ClaimError, match=problem):
        a_claim(**{"kind": "number", "stated": 5, **fields})


def test_a_verdict_stands_where_every_reading_has_it() -> None:
    def reads(computed: Any, *readings: Any) -> Any:
        return judged("number", "1?0", computed, {"legible": False, "readings": list(readings)})

    assert reads(7, 120, 130).verdict == "wrong"
    assert reads(7, 120, 130).restored == "120 or 130"
    undecided = reads(120, 120, 130)
    assert undecided.verdict == "unreadable" and undecided.charged == "scan" and not undecided.restored
    assert "read as 120 it is confirmed; read as 130 it is wrong" in undecided.why
    assert judged("number", "1?0", 120, {"legible": False}).verdict == "unreadable"
    assert reads(0.5, "1/2", "0.5").verdict == "confirmed"


def test_the_readings_of_a_formula_are_expressions() -> None:
    fields = {"legible": False, "readings": ["x + x", "2 * x"]}
    assert judged("formula", "2.x", 6, fields, given={"x": 3}).verdict == "confirmed"
    assert judged("formula", "2.x", 7, fields, given={"x": 3}).verdict == "wrong"
    assert judged("formula", "2.x", 6, fields | {"readings": ["x", "2 * x"]}, given={"x": 3}).verdict == (
        "unreadable"
    )
    of_a_given = {"of": "number", "legible": False, "readings": ["1/2", "0.5"]}
    assert judged("given", ".5", 0.5, of_a_given).verdict == "given"


def test_a_restored_reading_is_marked_beside_its_verdict() -> None:
    verdict = judged("number", 178, 178, {"restored": "the sum below it needs 178"})
    assert verdict.verdict == "confirmed" and verdict.restored == "the sum below it needs 178"
    for shown in (str(verdict), str(VerdictTable([verdict])), VerdictTable([verdict])._repr_html_()):
        assert "read as" in " ".join(shown.split())
    assert "1 of them restored" in str(VerdictTable([verdict]))
    assert "restored" not in str(VerdictTable([judged("number", 178, 178)]))
    assert judged("number", 178, 178, {"restored": True}).restored


def test_a_score_counts_what_restates_the_question_apart() -> None:
    assert score_text(5, 5, 2) == "All 5 statements are confirmed. 2 more only restate the question."
    assert score_text(1, 2, 1) == "Of 2 statements 1 is confirmed. 1 more only restates the question."
    assert score_text(0, 0, 1) == "No statement is judged. 1 more only restates the question."


def test_a_missing_hypothesis_makes_a_step_incomplete() -> None:
    def step(alone: bool, with_it: bool, **options: Any) -> Any:
        return judged("conclusion", True, alone, missing={"d = 1": with_it}, **options)

    found = step(False, True)
    assert found.verdict == "incomplete" and found.cause == "missing: d = 1" and found.charged == "sheet"
    assert "the hypothesis “d = 1” is missing" in found.why
    assert step(True, True).verdict == "confirmed" and step(False, False).verdict == "wrong"
    with pytest.raises(ClaimError, match="missing 'd = 1'"):
        judged("step", True, False, missing={"d = 1": 1})
    with pytest.raises(ClaimError, match="does not use missing="):
        judged("step", ["a"], ["a"], missing={"d = 1": True})
