"""claims.yml: what is refused, and whether the real book judges each of its claims once."""

from __future__ import annotations

import json
import re
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

from nnutils.audit import MIME, problems
from nnutils.audit.claims import PARTS, find_root, load_claims, make_claim
from nnutils.audit.report import read_notebooks
from nnutils.core.errors import ClaimError

ROOT = Path(__file__).resolve().parents[2]

GOOD: dict[str, object] = {"id": "001-q3-x", "sheet": "001", "says": "a size", "stated": 5, "kind": "number"}
BAD_FIELDS: dict[str, tuple[dict[str, object], str, str]] = {
    "unknown field": ({"answer": 7}, "answer", "Unknown field"),
    "no id": ({"id": "conv1-units"}, "id", "is no id"),
    "other sheet's id": ({"id": "000-q3-x"}, "id", "does not start with its sheet"),
    "unknown sheet": ({"id": "002-q3-x", "sheet": "002"}, "sheet", "is no sheet of this part"),
    "unquoted sheet": ({"sheet": 1}, "sheet", "is no sheet of this part"),
    "kind": ({"kind": "guess"}, "kind", "is no kind"),
    "empty text": ({"says": " "}, "says", "is no text"),
    "legible": ({"legible": "no"}, "legible", "is no truth value"),
    "decimal without quotes": ({"stated": 1.716}, "stated", "unquoted"),
    "bool for a number": ({"stated": True}, "stated", "is no number"),
    "text for a number": ({"stated": "about five"}, "stated", "is not a number"),
    "badly grouped digits": ({"stated": "1,23,456"}, "stated", "is not a number"),
    "nothing stated": ({"stated": None}, "stated", "Nothing is stated"),
    "digits of a shape": ({"kind": "shape", "stated": [1], "digits": 1}, "digits", "no significant digits"),
    "no digits": ({"digits": 0}, "digits", "is no number of digits"),
    "number for a shape": ({"kind": "shape"}, "stated", "is no list"),
    "ragged shape": ({"kind": "shape", "stated": [[1, 2], [3]]}, "stated", "rows of different lengths"),
    "word in a shape": ({"kind": "shape", "stated": [1, "two"]}, "stated", "is not a number"),
    "rule without expression": ({"kind": "rule", "stated": "c = r"}, "expression", "Missing field"),
    "rule with a number": ({"kind": "rule", "expression": "r"}, "stated", "is no text"),
    "expression of a step": ({"kind": "step", "stated": True, "expression": "x"}, "expression", "has none"),
    "statement in an expression": ({"expression": "x = 3"}, "expression", "is not an expression"),
    "import in an expression": ({"expression": "__import__('os')"}, "expression", "the constant 'os'"),
    "step that is false": ({"kind": "step", "stated": False}, "stated", "is no statement"),
    "same case twice": ({"kind": "step", "stated": ["a", " a "]}, "stated", "is no statement"),
}


@pytest.mark.parametrize("name", BAD_FIELDS)
def test_a_bad_field_is_named_with_what_is_allowed(name: str) -> None:
    change, field, problem = BAD_FIELDS[name]
    with pytest.raises(ClaimError, match=re.escape(problem)) as caught:
        make_claim(GOOD | change, PARTS[PART], where="claims.yml, claim 001-q3-x")
    assert caught.value.where == f"claims.yml, claim 001-q3-x, field {field}"
    assert caught.value.remedy


@pytest.mark.parametrize("field", ["id", "sheet", "says", "stated", "kind"])
def test_a_missing_field_is_named(field: str) -> None:
    fields = {name: value for name, value in GOOD.items() if name != field}
    with pytest.raises(ClaimError, match="Missing field") as caught:
        make_claim(fields, PARTS[PART])
    assert caught.value.where == f"field {field}"


@pytest.mark.parametrize(
    "change",
    [
        {"stated": "10,542,972"},
        {"stated": "−1/81", "note": "the minus is faint"},
        {"stated": "2e6", "digits": 1},
        {"stated": None, "legible": False},
        {"stated": "(41,4", "legible": False},
        {"kind": "shape", "stated": [[1, "1/2"], [0, -1]]},
        {"kind": "shape", "stated": [328, None], "legible": False},
        {"kind": "rule", "stated": "c = r", "expression": "r"},
        {"kind": "rule", "stated": "c = ?", "legible": False},
        {"kind": "conclusion", "stated": True},
    ],
)
def test_what_a_sheet_can_state_is_accepted(change: dict[str, object]) -> None:
    claim = make_claim(GOOD | change, PARTS[PART])
    assert claim.stated == change.get("stated", GOOD["stated"])
    assert claim.question == "q3"


def test_the_message_names_file_line_id_and_field(tmp_path: Path) -> None:
    write_claims(tmp_path, CLAIMS.replace("kind: step", "kind: stepp"))
    with pytest.raises(ClaimError) as caught:
        load_claims(PART, tmp_path)
    assert caught.value.where == f"chapters/{PART}/claims.yml, line 16, claim 000-q1-cases, field kind"
    assert str(tmp_path) not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (CLAIMS + CLAIMS[: CLAIMS.index("- id: 001-q3-conv1-conn")], "001-q3-conv1-units is used twice"),
        ("- id: 001-q3-x\n  id: 001-q3-y\n", "field id is given twice"),
        ("- id: [\n", "The YAML cannot be read"),
        ("id: 001-q3-x\n", "not a list of claims"),
        ("- just text\n", "A claim is a mapping"),
    ],
)
def test_a_broken_file_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    write_claims(tmp_path, text)
    with pytest.raises(ClaimError, match=problem) as caught:
        load_claims(PART, tmp_path)
    assert f"chapters/{PART}/claims.yml" in str(caught.value)


def test_unknown_part_and_missing_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(ClaimError, match="no part 'sorting'"):
        load_claims("sorting", tmp_path)
    with pytest.raises(ClaimError, match="There is no chapters/foundations/claims.yml"):
        load_claims("foundations", tmp_path)


def test_the_book_is_found_from_inside_a_part(tmp_path: Path) -> None:
    write_claims(tmp_path)
    assert find_root(tmp_path / "chapters" / PART) == tmp_path


# --- the whole book: each seeded defect is found by name, and the real book has none ------------------------


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


SEEDS = {
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
    with pytest.raises(ClaimError, match=f"chapters/{NOTEBOOK}.ipynb cannot be read: 'fine' is no verdict"):
        problems(tmp_path)


def test_the_last_output_of_a_notebook_counts(tmp_path: Path) -> None:
    path = write_book(tmp_path) / "chapters" / f"{NOTEBOOK}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    early = {MIME: {"notebook": NOTEBOOK, "verdicts": []}}
    notebook["cells"][-1]["outputs"].insert(0, {"output_type": "display_data", "data": early})
    path.write_text(json.dumps(notebook), encoding="utf-8")
    assert problems(tmp_path) == []


KINDS = ("bad claims", "never judged", "judged twice", "unknown id", "stale", "wrong notebook")


@pytest.mark.parametrize("kind", KINDS)
def test_the_real_book_judges_each_of_its_claims_once(kind: str) -> None:
    assert set(KINDS) == set(SEEDS)
    assert [str(problem) for problem in problems(ROOT) if problem.kind == kind] == []


def test_the_real_book_was_read_at_all() -> None:
    assert sum(len(stored.verdicts) for stored in read_notebooks(ROOT)) > 0
