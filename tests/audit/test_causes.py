"""Root causes: statements that one slip spoils count as one, and who made it is named."""

from __future__ import annotations

from typing import Any

from support.audit_claims import judged

from nnutils.audit import Summary, Verdict
from nnutils.audit.causes import CauseList, root_causes


def wrong(cause: str = "", **options: Any) -> Verdict:
    return judged("number", 1, 2, cause=cause, **options)


def test_statements_of_one_cause_are_one_root() -> None:
    roots = root_causes([wrong("a digit"), wrong("a sign"), judged("number", 1, 1), wrong("a digit")])
    assert [(root.cause, len(root.verdicts), root.counts) for root in roots] == [
        ("a digit", 2, "2 wrong"),
        ("a sign", 1, "1 wrong"),
    ]


def test_statements_without_a_cause_are_not_taken_for_one_slip() -> None:
    assert len(root_causes([wrong(), wrong()])) == 1  # both have the same id here
    assert "no cause is named" in root_causes([wrong()])[0].cause


def test_a_cause_comes_from_the_check_the_claim_or_what_agrees_in_this_order() -> None:
    fields = {"cause": "of the claim"}
    slips = {"one less": 1, "half": 1}
    assert judged("number", 1, 2, fields, cause="of the check", slips=slips).cause == "of the check"
    assert judged("number", 1, 2, fields, slips=slips).cause == "of the claim"
    assert judged("number", 1, 2, slips=slips).cause == "one less"
    assert judged("number", 1, 2, missing={"the one": 1}).cause == "missing: the one"


def test_what_is_right_has_no_cause_and_charges_nobody() -> None:
    right = judged("number", 1, 1, {"cause": "a digit", "charged": "assignment"}, cause="a sign")
    assert (right.verdict, right.cause, right.charged) == ("confirmed", "", "")


def test_each_is_charged_to_who_made_it() -> None:
    assert wrong().charged == "sheet"
    assert wrong(charged="assignment").charged == "assignment"
    assert judged("number", 1, 2, {"charged": "assignment"}).charged == "assignment"
    assert judged("number", "1?", 2, {"legible": False}).charged == "scan"
    assert judged("number", 1, 2, conventions={"from 0": 1}).charged == ""


def test_the_table_of_a_summary_leaves_out_open_conventions() -> None:
    report = Summary((wrong("a digit"), wrong("a digit"), judged("number", 1, 2, conventions={"from 0": 1})))
    assert [len(root.verdicts) for root in report.roots()] == [2, 1]
    assert [root.cause for root in report.roots("convention")] == ["from 0"]
    lines = str(report.causes).splitlines()
    assert lines[2].split() == ["001", "a", "digit", "2", "2", "wrong", "sheet"]
    assert lines[-1].split() == ["total", "1", "cause", "2"]
    assert report.score == "Of 3 statements 0 are confirmed."


def test_an_empty_table_of_causes() -> None:
    assert str(CauseList(())).splitlines()[-1].split() == ["total", "0", "causes", "0"]


def test_what_restates_the_question_is_no_statement() -> None:
    report = Summary((judged("number", 1, 1), judged("given", 1, 1, {"of": "number"})))
    assert (report.statements, report.claims, report.total["given"]) == (1, 2, 1)
    assert report.score == "The only statement is confirmed. 1 more only restates the question."
    assert not len(report.disputed)


def test_restored_statements_are_counted_below_the_overview() -> None:
    report = Summary((judged("number", 1, 1, {"restored": "1"}), judged("number", 1, 1)))
    assert report.restored == 1
    assert str(report).splitlines()[-1] == "Restored from a damaged scan: 1."
    assert "Restored" in report._repr_html_()
    assert "Restored" not in str(Summary((judged("number", 1, 1),)))
