"""The collected audit: its counts, and whether the real book judges each of its claims once."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.audit_book import CLAIMS, PART, QUESTION, write_audit, write_book, write_claims
from support.html_cells import TableCells

from nnutils.audit import Claim, Summary, collect, load_audit, load_claims, summary
from nnutils.audit.claim_files.claims import parts_of
from nnutils.audit.verdict import SYMBOLS
from nnutils.core.errors import BookError, ClaimError

ROOT = Path(__file__).resolve().parents[2]
FIELDS = ["id", "sheet", "question", "says", "stated", "computed", "verdict", "why"]
FIELDS += ["kind", "restored", "cause", "charged", "explained"]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_book(tmp_path)


def test_the_verdicts_are_collected_sorted(book: Path) -> None:
    rows = collect(book)
    assert [list(row) for row in rows] == [FIELDS] * 4
    assert [row["id"] for row in rows] == [
        "000-q1-cases",
        "000-q3-conv1-connections",
        "001-q3-conv1-units",
        "001-q3-conv1-connections",
    ]
    assert rows[1] == {
        "id": "000-q3-conv1-connections",
        "sheet": "000",
        "question": "q3",
        "says": "connections of the first convolution layer",
        "stated": "10,542,972",
        "computed": 105415200,
        "verdict": "wrong",
        "why": "no known slip gives it",
        "kind": "number",
        "restored": "",
        "cause": "",
        "charged": "sheet",
        "explained": [],
    }
    assert rows[3]["explained"] == ["15,415,200 is 105,415,200 without one 0."]
    assert rows[3]["cause"] == "15,415,200 is 105,415,200 without one 0"


def test_the_summary_counts_by_sheet(book: Path) -> None:
    report = summary(book)
    assert report.claims == 4
    assert report.counts["001"]["wrong"] == 1 and report.counts["000"]["incomplete"] == 1
    assert report.total == {
        "confirmed": 1,
        "wrong": 2,
        "rounded": 0,
        "convention": 0,
        "incomplete": 1,
        "unreadable": 0,
        "given": 0,
    }
    assert all(type(count) is int for counts in report.counts.values() for count in counts.values())
    assert [line.split()[1:] for line in str(report).splitlines() if line[:1] in SYMBOLS.values()] == [
        ["confirmed", "0", "1", "1"],
        ["wrong", "1", "1", "2"],
        ["rounded", "0", "0", "0"],
        ["convention", "0", "0", "0"],
        ["incomplete", "1", "0", "1"],
        ["unreadable", "0", "0", "0"],
        ["given", "0", "0", "0"],
    ]
    *_, claims, explained = str(report).splitlines()
    assert claims.split() == ["claims", "2", "2", "4"]
    assert explained == "Of 2 wrong statements with numbers 1 is explained by search (50 %)."
    assert [verdict.id for verdict in report.table(only="wrong", sheet="001").verdicts] == [
        "001-q3-conv1-connections"
    ]
    TableCells(report._repr_html_())
    TableCells(report.table()._repr_html_())


def test_a_worked_number_keeps_its_derivation_in_the_collected_table(tmp_path: Path) -> None:
    write_claims(tmp_path)
    checks = "from nnutils.core.worked import Worked\nfrom nnutils.audit import Audit\n\n\ndef audit():\n"
    checks += "    judged = Audit.of(__file__)\n"
    checks += '    judged.check("001-q3-conv1-units", Worked(55, "height") * 55 * 96)\n    return judged\n'
    write_audit(tmp_path, checks)
    assert "55 · 55 · 96 = 290,400" in summary(tmp_path).table()._repr_html_()


# --- audit files ------------------------------------------------------------------------------------------


def test_an_audit_file_is_run_afresh_each_time(book: Path) -> None:
    audit = load_audit(QUESTION, book)
    assert audit.figures == {"times": 363} and audit["001-q3-conv1-units"].verdict == "confirmed"
    write_audit(book, "from nnutils.audit import Audit\n\n\ndef audit():\n    return Audit.of(__file__)\n")
    assert load_audit(QUESTION, book).verdicts == ()


BAD_FILES = {
    "audit = 3\n": "has no function audit",
    "def audit():\n    return 3\n": "returns 3 of type int",
    f"from nnutils.audit import Audit\n\n\ndef audit():\n    return Audit('{PART}/q1')\n": f"of {PART}/q1",
}


@pytest.mark.parametrize("text", BAD_FILES)
def test_a_file_that_makes_no_audit_is_refused(
    book: Path, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(book)
    write_audit(book, text)
    with pytest.raises(ClaimError, match=BAD_FILES[text]) as caught:
        load_audit(QUESTION, book)
    assert caught.value.where == f"chapters/{PART}/audits/q3.py"


def test_a_question_without_an_audit_file_is_named_with_those_that_have_one(book: Path) -> None:
    with pytest.raises(BookError, match="no chapters/foundations/audits/q9.py") as caught:
        load_audit("foundations/q9", book)
    assert f"{PART}/q1, {PART}/q3" in caught.value.remedy


def test_a_file_that_is_not_named_after_a_question_is_refused(book: Path) -> None:
    write_audit(book, question="helpers")
    with pytest.raises(BookError, match="audits/helpers.py is not named after a question"):
        summary(book)


# --- each seeded defect is found by name, and the real book has none --------------------------------------


def test_a_complete_book_has_no_problem(tmp_path: Path) -> None:
    assert summary(write_book(tmp_path)).problems == ()


def seed_never_judged(root: Path) -> None:
    extra = CLAIMS.replace("000-q1-cases", "000-q1-other").split("- id: ")[-1]
    write_claims(root, CLAIMS + "- id: " + extra)


def seed_broken_audit(root: Path) -> None:
    write_audit(root, "def audit():\n    raise RuntimeError('a bad day')\n", "q2")


def seed_claim_of_another_question(root: Path) -> None:
    text = "from nnutils.audit import Audit\n\n\ndef audit():\n    judged = Audit.of(__file__)\n"
    write_audit(root, text + '    judged.check("000-q1-cases", [])\n    return judged\n', "q2")


def seed_bad_claims(root: Path) -> None:
    write_claims(root, CLAIMS.replace('"000"', '"007"', 1))


def seed_unknown_part(root: Path) -> None:
    (root / "_toc.yml").write_text(
        f"root: intro\nchapters:\n- file: chapters/{PART}/index\n", encoding="utf-8"
    )
    write_claims(root, 'sheets: ["002"]\nclaims:\n', "elsewhere")


SEEDS = {
    "unknown part": (seed_unknown_part, "unknown part", "chapters/elsewhere/claims.yml"),
    "never judged": (seed_never_judged, "never judged", "000-q1-other"),
    "broken audit": (seed_broken_audit, "broken audit", f"chapters/{PART}/audits/q2.py"),
    "another question": (seed_claim_of_another_question, "broken audit", f"chapters/{PART}/audits/q2.py"),
    "bad claims": (seed_bad_claims, "bad claims", f"chapters/{PART}/claims.yml"),
}


@pytest.mark.parametrize("name", SEEDS)
def test_a_seeded_defect_is_found_by_name(tmp_path: Path, name: str) -> None:
    seed, kind, about = SEEDS[name]
    seed(write_book(tmp_path))
    found = summary(tmp_path).problems
    assert [problem.about for problem in found if problem.kind == kind] == [about]
    if kind != "bad claims":  # which breaks the audits that read them, too
        assert {problem.kind for problem in found} == {kind}


def test_a_claim_of_another_question_is_named_in_the_problem(tmp_path: Path) -> None:
    seed_claim_of_another_question(write_book(tmp_path))
    assert "000-q1-cases is a claim of q1" in str(summary(tmp_path).problems[0])


@pytest.fixture(scope="module")
def of_the_book() -> Summary:
    return summary(ROOT)


@pytest.mark.slow
def test_the_real_book_judges_each_of_its_claims_once(of_the_book: Summary) -> None:
    assert [str(problem) for problem in of_the_book.problems] == []
    assert of_the_book.claims > 0


def every_claim() -> list[Claim]:
    return [claim for part in parts_of(ROOT) for claim in load_claims(part, ROOT)]


@pytest.mark.slow
def test_each_statement_of_the_book_that_is_not_right_has_a_cause(of_the_book: Summary) -> None:
    assert [v.id for v in of_the_book.verdicts if not v.is_right and not v.cause] == []


@pytest.mark.slow
def test_no_claim_keeps_the_cause_of_a_slip_that_it_does_not_have(of_the_book: Summary) -> None:
    right = {verdict.id for verdict in of_the_book.verdicts if verdict.is_right}
    assert [c.id for c in every_claim() if (c.cause or c.charged) and c.id in right] == []


@pytest.mark.slow
def test_a_right_statement_that_the_scan_damaged_is_marked_as_restored(of_the_book: Summary) -> None:
    damaged = {claim.id for claim in every_claim() if not claim.legible}
    assert [v.id for v in of_the_book.verdicts if v.id in damaged and v.is_right and not v.restored] == []
