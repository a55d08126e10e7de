"""The collected audit: its counts, and whether the real book judges each of its claims once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.audit_book import (
    CLAIMS,
    NOTEBOOK,
    PART,
    counting_audit,
    stored_bundle,
    write_book,
    write_claims,
    write_notebook,
)
from support.html_cells import TableCells

from nnutils.audit import MIME, Audit, collect, problems, summary
from nnutils.audit.report import Problem, read_notebooks
from nnutils.audit.verdict import SYMBOLS
from nnutils.core.errors import ClaimError
from nnutils.core.worked import Worked

ROOT = Path(__file__).resolve().parents[2]
FIELDS = ["id", "sheet", "question", "says", "stated", "computed", "verdict", "why"]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_book(tmp_path)


def test_the_stored_verdicts_are_collected_sorted(book: Path) -> None:
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
    }


def test_a_copy_left_by_the_editor_is_not_read(book: Path) -> None:
    write_notebook(book, counting_audit(book), f"{PART}/.ipynb_checkpoints/03_counting_alexnet-checkpoint")
    assert len(collect(book)) == 4


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
    }
    assert all(type(count) is int for counts in report.counts.values() for count in counts.values())
    assert [line.split()[1:] for line in str(report).splitlines() if line[:1] in SYMBOLS.values()] == [
        ["confirmed", "0", "1", "1"],
        ["wrong", "1", "1", "2"],
        ["rounded", "0", "0", "0"],
        ["convention", "0", "0", "0"],
        ["incomplete", "1", "0", "1"],
        ["unreadable", "0", "0", "0"],
    ]
    assert str(report).splitlines()[-1].split() == ["claims", "2", "2", "4"]
    assert [verdict.id for verdict in report.table(only="wrong", sheet="001").verdicts] == [
        "001-q3-conv1-connections"
    ]
    TableCells(report._repr_html_())
    TableCells(report.table()._repr_html_())


def test_a_worked_number_keeps_its_derivation_in_the_collected_table(tmp_path: Path) -> None:
    write_claims(tmp_path)
    audit = Audit(NOTEBOOK, root=tmp_path)
    audit.check("001-q3-conv1-units", Worked(55, "height") * 55 * 96)
    write_notebook(tmp_path, audit, NOTEBOOK)
    assert "55 · 55 · 96 = 290,400" in summary(tmp_path).table()._repr_html_()


# --- each seeded defect is found by name, and the real book has none --------------------------------------


def test_a_complete_book_has_no_problem(tmp_path: Path) -> None:
    assert problems(write_book(tmp_path)) == []


def seed_never_judged(root: Path) -> None:
    extra = CLAIMS.replace("000-q1-cases", "000-q1-other").split("- id: ")[-1]
    write_claims(root, CLAIMS + "- id: " + extra)


def seed_judged_twice(root: Path) -> None:
    name = f"{PART}/03_counting_again"
    data = counting_audit(root)._repr_mimebundle_()
    write_notebook(root, None, name, {MIME: data[MIME] | {"notebook": name}})


def seed_unknown_id(root: Path) -> None:
    write_claims(root, CLAIMS[: CLAIMS.index("- id: 000-q1-cases")])


def seed_stale(root: Path) -> None:
    write_claims(root, CLAIMS.replace("290400", "290401"))


def seed_wrong_notebook(root: Path) -> None:
    path = root / "chapters" / f"{NOTEBOOK}.ipynb"
    path.rename(path.with_name("03_counting.ipynb"))


def seed_bad_claims(root: Path) -> None:
    write_claims(root, CLAIMS.replace('"000"', '"007"', 1))


def seed_unknown_part(root: Path) -> None:
    (root / "_toc.yml").write_text(
        f"root: intro\nchapters:\n- file: chapters/{PART}/index\n", encoding="utf-8"
    )
    write_claims(root, 'sheets: ["002"]\nclaims:\n', "elsewhere")


SEEDS = {
    "unknown part": (seed_unknown_part, ["chapters/elsewhere/claims.yml"]),
    "never judged": (seed_never_judged, ["000-q1-other"]),
    "judged twice": (
        seed_judged_twice,
        ["000-q3-conv1-connections", "001-q3-conv1-connections", "001-q3-conv1-units"],
    ),
    "unknown id": (seed_unknown_id, ["000-q1-cases"]),
    "stale": (seed_stale, ["001-q3-conv1-units"]),
    "wrong notebook": (seed_wrong_notebook, [f"chapters/{PART}/03_counting.ipynb"]),
    "bad claims": (seed_bad_claims, [f"chapters/{PART}/claims.yml"]),
}


@pytest.mark.parametrize("kind", SEEDS)
def test_a_seeded_defect_is_found_by_name(tmp_path: Path, kind: str) -> None:
    seed, names = SEEDS[kind]
    seed(write_book(tmp_path))
    found = problems(tmp_path)
    assert sorted(problem.about for problem in found if problem.kind == kind) == names
    if kind != "bad claims":  # whose claims are then all unknown, too
        assert {problem.kind for problem in found} == {kind}
    assert all(name in str(found) for name in names)


def test_a_notebook_whose_verdicts_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = write_book(tmp_path) / "chapters" / f"{NOTEBOOK}.ipynb"
    data = stored_bundle(path)
    data[MIME]["verdicts"][0]["verdict"] = "fine"
    write_notebook(tmp_path, None, NOTEBOOK, data)
    with pytest.raises(
        ClaimError, match=f"chapters/{NOTEBOOK}.ipynb cannot be read: 'fine' is not a verdict"
    ):
        problems(tmp_path)


def test_the_last_output_of_a_notebook_counts(tmp_path: Path) -> None:
    path = write_book(tmp_path) / "chapters" / f"{NOTEBOOK}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    early = {MIME: {"notebook": NOTEBOOK, "verdicts": []}}
    notebook["cells"][-1]["outputs"].insert(0, {"output_type": "display_data", "data": early})
    path.write_text(json.dumps(notebook), encoding="utf-8")
    assert problems(tmp_path) == []


KINDS = (
    "unknown part",
    "bad claims",
    "never judged",
    "judged twice",
    "unknown id",
    "stale",
    "wrong notebook",
)


@pytest.fixture(scope="module")
def problems_of_the_book() -> list[Problem]:
    return problems(ROOT)


@pytest.mark.parametrize("kind", KINDS)
def test_the_real_book_judges_each_of_its_claims_once(kind: str, problems_of_the_book: list[Problem]) -> None:
    assert [str(problem) for problem in problems_of_the_book if problem.kind == kind] == []


def test_the_real_book_was_read_at_all() -> None:
    assert sum(len(stored.verdicts) for stored in read_notebooks(ROOT)) > 0
