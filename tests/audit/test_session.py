"""The audit of one question: it judges its claims once, keeps the verdicts, and shows them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from support.audit_book import HEADER, PART, QUESTION, counting_audit, write_book, write_claims

from nnutils.audit import Audit
from nnutils.audit.judging import judge
from nnutils.audit.searching import working_as_written
from nnutils.core.errors import BookError, ClaimError, NNUtilsError
from nnutils.core.worked import Worked

CLAIM_WITHOUT_WORKING = '- {id: 001-q3-c, sheet: "001", says: units, stated: 5, kind: number}\n'


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_book(tmp_path)


def test_a_check_returns_and_keeps_the_verdict(book: Path) -> None:
    audit = Audit(QUESTION, root=book)
    assert len(audit) == 3 and audit.question == "q3"
    judged = audit.check("001-q3-conv1-units", Worked(55, "height") * 55 * 96)
    assert judged.verdict == "confirmed"
    assert audit["001-q3-conv1-units"] is judged
    assert audit.verdicts == (judged,)
    assert [claim.id for claim in audit.unjudged] == ["001-q3-conv1-connections", "000-q3-conv1-connections"]


def test_the_counts_are_python_ints_for_a_sentence(book: Path) -> None:
    counts = counting_audit(book).counts()
    assert counts == {
        "confirmed": 1,
        "wrong": 2,
        "rounded": 0,
        "convention": 0,
        "incomplete": 0,
        "unreadable": 0,
        "given": 0,
    }
    assert all(type(count) is int for count in counts.values())


@pytest.mark.parametrize(
    ("claim_id", "problem", "remedy"),
    [
        ("001-q3-conv9-units", f"is not in chapters/{PART}/claims.yml", "correct the id"),
        ("000-q1-cases", "is a claim of q1", "judges q3"),
        ("002-q3-derivation", "is a claim of the part foundations", f"judges {PART}"),
    ],
)
def test_a_foreign_claim_is_refused_by_name(book: Path, claim_id: str, problem: str, remedy: str) -> None:
    write_claims(book, 'sheets: ["002"]\nclaims:\n', "foundations")
    audit = Audit(QUESTION, root=book)
    with pytest.raises(ClaimError, match=f"{claim_id} {problem}") as caught:
        audit.check(claim_id, 1)
    assert remedy in caught.value.remedy
    with pytest.raises(ClaimError, match=claim_id):
        audit[claim_id]


def test_a_claim_cannot_be_judged_twice(book: Path) -> None:
    with pytest.raises(ClaimError, match="001-q3-conv1-units is judged twice"):
        counting_audit(book).check("001-q3-conv1-units", 290400)


def test_a_refused_value_names_the_claim_and_stores_nothing(book: Path) -> None:
    audit = Audit(QUESTION, root=book)
    with pytest.raises(ClaimError) as caught:
        audit.check("001-q3-conv1-units", None)
    assert caught.value.where == "claim 001-q3-conv1-units"
    assert audit.verdicts == ()
    with pytest.raises(ClaimError, match="is not judged yet"):
        audit["001-q3-conv1-units"]


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        (f"{PART}/counting", "does not name a question"),
        (f"{PART}/q0", "does not name a question"),
        ("sorting/q1", "no chapters/sorting/claims.yml"),
    ],
)
def test_an_audit_of_nothing_is_refused(book: Path, question: str, problem: str) -> None:
    with pytest.raises(NNUtilsError, match=problem):
        Audit(question, root=book)


def test_a_question_without_claims_refuses_every_check(book: Path) -> None:
    audit = Audit(f"{PART}/q2", root=book)
    assert (len(audit), audit.score) == (0, "No statement is judged.")
    with pytest.raises(ClaimError, match="001-q3-conv1-units is a claim of q3"):
        audit.check("001-q3-conv1-units", 290400)


def test_an_audit_file_names_itself_by_its_place(book: Path) -> None:
    assert Audit.of(str(book / "chapters" / PART / "audits/q3.py")).name == QUESTION
    for elsewhere in (book / "q3.py", book / "chapters" / PART / "q3.py", book / "audits/q3.py"):
        with pytest.raises(BookError, match=r"q3.py is not an audit file"):
            Audit.of(str(elsewhere))


@pytest.mark.parametrize(
    ("wrong", "score"),
    [
        (0, "All 3 statements are confirmed."),
        (1, "Of 3 statements 2 are confirmed."),
        (2, "Of 3 statements 1 is confirmed."),
        (3, "Of 3 statements 0 are confirmed."),
    ],
)
def test_the_score_is_a_sentence(book: Path, wrong: int, score: str) -> None:
    audit = Audit(QUESTION, root=book)
    for place, claim in enumerate(audit.claims):
        audit.check(claim.id, audit.number(claim.id) + (place < wrong))
    assert audit.score == score


def test_the_score_of_one_statement(tmp_path: Path) -> None:
    write_claims(tmp_path, HEADER + CLAIM_WITHOUT_WORKING)
    for computed, score in ((5, "confirmed"), (6, "not confirmed")):
        audit = Audit(QUESTION, root=tmp_path)
        audit.check("001-q3-c", computed)
        assert audit.score == f"The only statement is {score}."


def test_a_stated_number_is_read_without_its_commas(book: Path) -> None:
    audit = Audit(QUESTION, root=book)
    assert audit.number("000-q3-conv1-connections") == 10542972
    assert audit.claim("000-q3-conv1-connections").stated == "10,542,972"
    assert Audit(f"{PART}/q1", root=book).claim("000-q1-cases").kind == "step"
    with pytest.raises(ClaimError, match="not a whole number"):
        Audit(f"{PART}/q1", root=book).number("000-q1-cases")


def test_the_working_alone_can_be_judged(tmp_path: Path) -> None:
    entry = '- {{id: {}, sheet: "001", says: product, stated: {}, kind: number, expression: "units * 4"}}\n'
    write_claims(
        tmp_path, HEADER + entry.format("001-q3-a", 20) + entry.format("001-q3-b", 21) + CLAIM_WITHOUT_WORKING
    )
    audit = Audit(QUESTION, root=tmp_path)
    assert audit.check_working("001-q3-a", given={"units": 5}).verdict == "confirmed"
    assert audit.check_working("001-q3-b", given={"units": 5}).verdict == "wrong"
    found = Audit(QUESTION, root=tmp_path).check_working("001-q3-b", given={"units": 5})
    assert found == Audit(QUESTION, root=tmp_path).check(
        "001-q3-b", 20, given={"units": 5}, derivation=working_as_written("units * 4", {"units": 5})
    )
    with pytest.raises(ClaimError, match="001-q3-c has no working"):
        audit.check_working("001-q3-c")
    with pytest.raises(ClaimError, match="needs units"):
        Audit(QUESTION, root=tmp_path).check_working("001-q3-a")


def test_an_audit_is_shown_as_text_and_as_html(book: Path) -> None:
    audit = Audit(QUESTION, root=book)
    audit.check("001-q3-conv1-units", Worked(55, "height") * 55 * 96)
    assert repr(audit).startswith("1 claim: 1 confirmed; 2 not judged yet")
    assert repr(audit).endswith(
        "not judged yet:\n"
        "  001-q3-conv1-connections (connections of the first convolution layer)\n"
        "  000-q3-conv1-connections (connections of the first convolution layer)"
    )
    html = audit._repr_html_()
    assert 'class="worked"' in html and "55 · 55 · 96 = 290,400" in html


def test_a_case_is_kept_so_that_another_wording_can_be_judged_by_it(book: Path) -> None:
    audit = counting_audit(book)
    claim = audit.claim("001-q3-conv1-units")
    assert judge(claim, audit.case(claim.id)) == audit[claim.id]
    assert judge(replace(claim, stated=290401), audit.case(claim.id)).verdict == "wrong"
    with pytest.raises(ClaimError, match="not judged yet"):
        Audit(QUESTION, root=book).case(claim.id)
