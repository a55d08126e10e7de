"""The audit of one notebook: it judges its claims once, keeps the verdicts, and shows them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.audit_book import HEADER, NOTEBOOK, PART, counting_audit, write_book, write_claims

from nnutils.audit import MIME, Audit
from nnutils.core.errors import ClaimError
from nnutils.core.worked import Worked

CLAIM_WITHOUT_WORKING = '- {id: 001-q3-c, sheet: "001", says: units, stated: 5, kind: number}\n'


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_book(tmp_path)


def test_a_check_returns_and_keeps_the_verdict(book: Path) -> None:
    audit = Audit(NOTEBOOK, root=book)
    assert len(audit) == 3 and audit.question == "q3"
    judged = audit.check("001-q3-conv1-units", Worked(55, "height") * 55 * 96)
    assert judged.verdict == "confirmed"
    assert audit["001-q3-conv1-units"] is judged
    assert audit.verdicts == (judged,)
    assert [claim.id for claim in audit.unjudged] == ["001-q3-conv1-connections", "000-q3-conv1-connections"]


def test_the_counts_are_python_ints_for_glue(book: Path) -> None:
    counts = counting_audit(book).counts()
    assert counts == {
        "confirmed": 1,
        "wrong": 2,
        "rounded": 0,
        "convention": 0,
        "incomplete": 0,
        "unreadable": 0,
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
    audit = Audit(NOTEBOOK, root=book)
    with pytest.raises(ClaimError, match=f"{claim_id} {problem}") as caught:
        audit.check(claim_id, 1)
    assert remedy in caught.value.remedy
    with pytest.raises(ClaimError, match=claim_id):
        audit[claim_id]


def test_a_claim_cannot_be_judged_twice(book: Path) -> None:
    with pytest.raises(ClaimError, match="001-q3-conv1-units is judged twice"):
        counting_audit(book).check("001-q3-conv1-units", 290400)


def test_a_refused_value_names_the_claim_and_stores_nothing(book: Path) -> None:
    audit = Audit(NOTEBOOK, root=book)
    with pytest.raises(ClaimError) as caught:
        audit.check("001-q3-conv1-units", None)
    assert caught.value.where == "claim 001-q3-conv1-units"
    assert audit.verdicts == ()
    with pytest.raises(ClaimError, match="is not judged yet"):
        audit["001-q3-conv1-units"]


@pytest.mark.parametrize(
    ("notebook", "problem"),
    [
        (f"{PART}/counting", "does not say which question"),
        (f"{PART}/02_backprop", "has no claims of q2"),
        ("sorting/01_sorting", "no chapters/sorting/claims.yml"),
    ],
)
def test_an_audit_of_nothing_is_refused(book: Path, notebook: str, problem: str) -> None:
    with pytest.raises(ClaimError, match=problem):
        Audit(notebook, root=book)


def test_the_working_alone_can_be_judged(tmp_path: Path) -> None:
    entry = '- {{id: {}, sheet: "001", says: product, stated: {}, kind: number, expression: "units * 4"}}\n'
    write_claims(
        tmp_path, HEADER + entry.format("001-q3-a", 20) + entry.format("001-q3-b", 21) + CLAIM_WITHOUT_WORKING
    )
    audit = Audit(NOTEBOOK, root=tmp_path)
    assert audit.check_working("001-q3-a", given={"units": 5}).verdict == "confirmed"
    assert audit.check_working("001-q3-b", given={"units": 5}).verdict == "wrong"
    with pytest.raises(ClaimError, match="001-q3-c has no working"):
        audit.check_working("001-q3-c")
    with pytest.raises(ClaimError, match="needs units"):
        Audit(NOTEBOOK, root=tmp_path).check_working("001-q3-a")


def test_the_notebook_output_holds_text_html_and_json(book: Path) -> None:
    audit = Audit(NOTEBOOK, root=book)
    audit.check("001-q3-conv1-units", Worked(55, "height") * 55 * 96)
    bundle = audit._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html", MIME}
    assert json.loads(json.dumps(bundle[MIME])) == bundle[MIME]
    assert [row["id"] for row in bundle[MIME]["verdicts"]] == ["001-q3-conv1-units"]
    assert bundle["text/plain"] == repr(audit)
    assert bundle["text/plain"].startswith("1 claim: 1 confirmed; 2 not judged yet")
    assert bundle["text/plain"].endswith(
        "not judged yet:\n"
        "  001-q3-conv1-connections (connections of the first convolution layer)\n"
        "  000-q3-conv1-connections (connections of the first convolution layer)"
    )
    assert 'class="worked"' in bundle["text/html"] and "55 · 55 · 96 = 290,400" in bundle["text/html"]
