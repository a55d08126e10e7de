"""How what was found becomes a verdict: damage, slips, the words of the check, and the form that is kept."""

from __future__ import annotations

from typing import Any

import pytest
from support.audit_claims import a_claim, judged

from nnutils.audit.verdict import Found, conclude
from nnutils.core.worked import Worked


@pytest.mark.parametrize(
    ("kind", "stated", "computed"),
    [("number", 256, 328), ("number", "(41,4", 5), ("number", None, 5), ("shape", [328, None], [256, 256]),
     ("step", None, True), ("rule", "c = ?", 5.0), ("conclusion", "illegible", True)],
)  # fmt: skip
def test_a_damaged_statement_that_disagrees_is_unreadable(kind: str, stated: Any, computed: Any) -> None:
    verdict = judged(kind, stated, computed, {"legible": False})
    assert verdict.verdict == "unreadable"
    assert verdict.computed == computed
    assert verdict.why.startswith("computed ")


def test_a_damaged_statement_that_agrees_is_confirmed() -> None:
    assert judged("number", 256, 256, {"legible": False}).verdict == "confirmed"
    assert judged("shape", [256, 3], [256, 3], {"legible": False}).verdict == "confirmed"
    assert (
        judged("rule", "r", 2, {"legible": False, "expression": "r"}, given={"r": 2}).verdict == "confirmed"
    )


def test_a_slip_that_gives_a_damaged_statement_is_named_as_possible() -> None:
    verdict = judged("number", 10, 20, {"legible": False}, slips={"half of it": 10})
    assert verdict.verdict == "unreadable" and "this slip would give it: half of it" in verdict.why


def test_the_words_of_a_check_are_added_to_its_own_verdict_only() -> None:
    assert (
        judged("number", 1, 2, why="The factor is lost.").why == "no known slip gives it. The factor is lost."
    )
    assert judged("number", 1, 2, why="a factor is lost").why == "no known slip gives it; a factor is lost"
    assert judged("number", 1, 1, why="The factor is lost.").why == ""
    assert judged("number", 1, 1, why={"wrong": "Lost.", "confirmed": "Also by loop."}).why == "Also by loop."
    assert judged("number", 1, 2, slips={"one less": 1}, why={"rounded": "x"}).why == "one less: that gives 1"


def test_a_verdict_lists_its_fields() -> None:
    fields = "id sheet question says stated computed verdict why kind restored cause charged explained"
    assert list(judged("number", "1.5", Worked(3) / 2).as_dict()) == fields.split()


@pytest.mark.parametrize(
    ("found", "verdict", "reason"),
    [
        (Found("equal", 5, "5", conventions={"C": "c"}, slips={"S": "s"}), "confirmed", ""),
        (
            Found("different", 5, "5", {"C": "c"}, {"M": "m"}, {"S": "s"}, details=("d",)),
            "convention",
            "c; otherwise d",
        ),
        (Found("last digit", 5, "5", {}, {"M": "m"}, {"S": "s"}, details=("d",)), "incomplete", "m; d"),
        (Found("last digit", 5, "5", slips={"S": "s"}, details=("d",)), "rounded", "s; d"),
        (Found("different", 5, "5", slips={"S": "s"}, say_no_slip=True, details=("d",)), "wrong", "s; d"),
        (Found("different", 5, "5", say_no_slip=True), "wrong", "no known slip gives it"),
        (Found("last digit", 5, "5", say_no_slip=True), "rounded", ""),
    ],
)
def test_the_order_in_which_a_verdict_is_reached(found: Found, verdict: str, reason: str) -> None:
    assert conclude(a_claim("number", 6), found) == (verdict, reason)
