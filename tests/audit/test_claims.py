"""claims.yml: what is accepted, and what is refused with the field, the line and what is allowed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from support.audit_book import (
    CLAIMS,
    HEADER,
    PART,
    write_claims,
)

from nnutils.audit.claim_files import claims
from nnutils.audit.claim_files.claims import (
    load_claims,
    make_claim,
    part_of_sheet,
    parts_of,
    sheets_of,
)
from nnutils.core.errors import ClaimError
from nnutils.core.reading import yaml_loader

SHEETS = ("000", "001")
GOOD: dict[str, object] = {"id": "001-q3-x", "sheet": "001", "says": "a size", "stated": 5, "kind": "number"}
BAD_FIELDS: dict[str, tuple[dict[str, object], str, str]] = {
    "unknown field": ({"answer": 7}, "answer", "Unknown field"),
    "no id": ({"id": "conv1-units"}, "id", "is not an id"),
    "other sheet's id": ({"id": "000-q3-x"}, "id", "does not start with its sheet"),
    "unknown sheet": ({"id": "002-q3-x", "sheet": "002"}, "sheet", "is not a sheet of this part"),
    "unquoted sheet": ({"sheet": 1}, "sheet", "is not a sheet of this part"),
    "kind": ({"kind": "guess"}, "kind", "is not a kind"),
    "kind that is a list": ({"kind": ["number"]}, "kind", "is not a kind"),
    "empty text": ({"says": " "}, "says", "is not text"),
    "legible": ({"legible": "no"}, "legible", "is neither true nor false"),
    "decimal without quotes": ({"stated": 1.716}, "stated", "is not quoted"),
    "bool for a number": ({"stated": True}, "stated", "is not a number"),
    "text for a number": ({"stated": "about five"}, "stated", "is not a number"),
    "badly grouped digits": ({"stated": "1,23,456"}, "stated", "is not a number"),
    "nothing stated": ({"stated": None}, "stated", "Nothing is stated"),
    "digits of a shape": (
        {"kind": "shape", "stated": [1], "digits": 1},
        "digits",
        "does not have digits",
    ),
    "no digits": ({"digits": 0}, "digits", "is not a number of digits"),
    "number for a shape": ({"kind": "shape"}, "stated", "is not a list"),
    "ragged shape": ({"kind": "shape", "stated": [[1, 2], [3]]}, "stated", "rows of different lengths"),
    "word in a shape": ({"kind": "shape", "stated": [1, "two"]}, "stated", "is not a number"),
    "rule without expression": ({"kind": "rule", "stated": "c = r"}, "expression", "Missing field"),
    "rule with a number": ({"kind": "rule", "expression": "r"}, "stated", "is not text"),
    "expression of a step": (
        {"kind": "step", "stated": True, "expression": "x"},
        "expression",
        "does not have expr",
    ),
    "statement in an expression": ({"expression": "x = 3"}, "expression", "is not an expression"),
    "import in an expression": ({"expression": "__import__('os')"}, "expression", "the constant 'os'"),
    "step that is false": ({"kind": "step", "stated": False}, "stated", "is not a statement"),
    "same case twice": ({"kind": "step", "stated": ["a", " a "]}, "stated", "is not a statement"),
}


@pytest.mark.parametrize("name", BAD_FIELDS)
def test_a_bad_field_is_named_with_what_is_allowed(name: str) -> None:
    change, field, problem = BAD_FIELDS[name]
    with pytest.raises(ClaimError, match=re.escape(problem)) as caught:
        make_claim(GOOD | change, SHEETS)
    assert caught.value.where == f"field {field}"
    assert caught.value.remedy


@pytest.mark.parametrize("field", ["id", "sheet", "says", "stated", "kind"])
def test_a_missing_field_is_named(field: str) -> None:
    fields = {name: value for name, value in GOOD.items() if name != field}
    with pytest.raises(ClaimError, match="Missing field") as caught:
        make_claim(fields, SHEETS)
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
    claim = make_claim(GOOD | change, SHEETS)
    assert claim.stated == change.get("stated", GOOD["stated"])
    assert claim.question == "q3"


def test_the_message_names_file_line_id_and_field(tmp_path: Path) -> None:
    write_claims(tmp_path, CLAIMS.replace("kind: step", "kind: stepp"))
    with pytest.raises(ClaimError) as caught:
        load_claims(PART, tmp_path)
    assert caught.value.where == f"chapters/{PART}/claims.yml, line 18, claim 000-q1-cases, field kind"
    assert str(tmp_path) not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            CLAIMS + CLAIMS[len(HEADER) : CLAIMS.index("- id: 001-q3-conv1-conn")],
            "001-q3-conv1-units is used twice",
        ),
        (HEADER + "- id: 001-q3-x\n  id: 001-q3-y\n", "field id is given twice"),
        (HEADER + "- id: [\n", "The YAML cannot be read"),
        ("id: 001-q3-x\n", "The file has id at its top"),
        ("", "neither sheets nor claims"),
        ("- id: 001-q3-x\n", "neither sheets nor claims"),
        (HEADER.replace("claims:", "claim:"), "The file has sheets, claim at its top"),
        (HEADER + "  just: text\n", "The claims are not a list"),
        (HEADER.replace('"001"', "1"), "1 does not name the sheets"),
        (HEADER.replace('["000", "001"]', "[]"), r"\[\] does not name the sheets"),
        (HEADER.replace("001", "0-1"), "'0-1' does not name the sheets"),
        (HEADER.replace("001", "000") + "- just text\n", "A sheet is named twice"),
        (HEADER + "- just text\n", "A claim is a mapping"),
    ],
)
def test_a_broken_file_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    write_claims(tmp_path, text)
    with pytest.raises(ClaimError, match=problem) as caught:
        load_claims(PART, tmp_path)
    assert f"chapters/{PART}/claims.yml" in str(caught.value)


def test_an_unknown_part_is_named_with_those_that_there_are(tmp_path: Path) -> None:
    (tmp_path / "chapters").mkdir()
    with pytest.raises(ClaimError, match=r"no chapters/sorting/claims.yml\.\n  No part of"):
        load_claims("sorting", tmp_path)
    write_claims(tmp_path)
    with pytest.raises(ClaimError, match=f"no chapters/sorting/.*\n  The parts with claims are {PART}"):
        sheets_of("sorting", tmp_path)


def test_a_book_names_its_parts_and_their_sheets(tmp_path: Path) -> None:
    write_claims(tmp_path)
    write_claims(tmp_path, 'sheets: ["autumn_7"]\nclaims: []\n', "another")
    assert parts_of(tmp_path) == ("another", PART)
    assert (sheets_of(PART, tmp_path), sheets_of("another", tmp_path)) == (SHEETS, ("autumn_7",))
    assert part_of_sheet("autumn_7", tmp_path) == "another" and part_of_sheet("002", tmp_path) == ""
    fields = GOOD | {"id": "autumn_7-q3-x", "sheet": "autumn_7"}
    assert make_claim(fields, ("autumn_7",)).question == "q3"


@pytest.mark.parametrize("folder", [".", "part/deeper"])
def test_a_claims_file_that_nothing_would_read_is_refused(tmp_path: Path, folder: str) -> None:
    write_claims(tmp_path)
    write_claims(tmp_path, part=folder)
    with pytest.raises(ClaimError, match=r"claims.yml is not in the folder of a part.*\n  Move it to"):
        parts_of(tmp_path)


def test_a_file_is_parsed_once_and_again_when_it_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[str] = []

    def counting(text: str) -> yaml.SafeLoader:
        parsed.append(text)
        return yaml_loader(text)

    monkeypatch.setattr(claims, "yaml_loader", counting)
    text = CLAIMS + "# read for the first time\n"
    write_claims(tmp_path, text)
    before = load_claims(PART, tmp_path)
    assert load_claims(PART, tmp_path) == before and parsed == [text]
    changed = text.replace("001-q3-conv1-units", "001-q3-conv1-nodes")
    write_claims(tmp_path, changed)
    after = load_claims(PART, tmp_path)
    assert {claim.id for claim in after} ^ {claim.id for claim in before} == {
        "001-q3-conv1-units",
        "001-q3-conv1-nodes",
    }
    assert parsed == [text, changed]
