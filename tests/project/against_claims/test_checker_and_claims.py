"""docs/checker_and_claims.md: its part on recorded statements is what the code gives; the rest fits them."""

from __future__ import annotations

import re
import tomllib
from collections import Counter

import pytest

from nnutils.audit import Claim, Verdict, load_audit
from tools.against_claims.alone import ALONE, alone, row_of, written
from tools.against_claims.writing import BEGIN, END
from tools.lint_against_claims import KNOWN, places_of, questions_of
from tools.pages import ROOT

PAGE = (ROOT / "docs/checker_and_claims.md").read_text(encoding="utf-8")
RECORDED = PAGE.partition(BEGIN)[2].partition(END)[0].strip().splitlines()
QUESTIONS = questions_of(str(ROOT))
CLAIMS = [one for claims in QUESTIONS.values() for one in claims]


def loads_a_lot(name: str) -> bool:
    """Whether the audit of a question loads torch or sympy, which takes seconds: then it is for each week."""
    part, _, question = name.partition("/")
    source = (ROOT / "chapters" / part / "audits" / f"{question}.py").read_text(encoding="utf-8")
    return re.search("torch|sympy", source) is not None


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[pytest.mark.variants] if loads_a_lot(name) else []) for name in QUESTIONS],
)
def test_the_row_of_a_question_is_what_the_code_gives_now(name: str) -> None:
    verdicts = {one.id: one for one in load_audit(name, ROOT).verdicts}
    assert row_of(name, alone(QUESTIONS[name], verdicts)) in RECORDED, (
        "python tools/lint_against_claims.py SHEET=FILE... --write docs/checker_and_claims.md"
    )


def test_the_rows_are_of_all_questions_and_add_up() -> None:
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in RECORDED[2:]]
    assert [row[0] for row in rows] == [*QUESTIONS, "all"]
    sums = [sum(int(row[at]) for row in rows[:-1]) for at in range(1, len(ALONE) + 2)]
    assert sums == [int(cell) for cell in rows[-1][1:-1]]
    assert sums[0] == sum(sums[1:]) == len(CLAIMS)


def test_the_page_is_about_all_recorded_statements() -> None:
    counted = Counter(one.sheet for one in CLAIMS)
    for name, number in (*counted.items(), ("all", len(CLAIMS))):
        for reading in ("without a network", "with the network"):
            (row,) = re.findall(rf"^\| {name}, {reading} \| {number} \|(.*)\|$", PAGE, re.MULTILINE)[:1]
            assert sum(map(int, row.split("|"))) == number
    known = {one.id for one in CLAIMS}
    assert set(re.findall(r"`(\d{3}-q\d+-[\w-]+)`", PAGE)) <= known
    assert "No reason is given." not in PAGE


def test_what_is_told_of_the_sheets_is_about_recorded_statements() -> None:
    told = tomllib.loads(KNOWN.read_text(encoding="utf-8"))
    places = places_of(told)
    assert len(places) == sum(len(names.split()) for of in told["places"].values() for names in of.values())
    known = [one.id for one in CLAIMS]
    unused = [name for name in places if not any(f"{one}-".startswith(f"{name}-") for one in known)]
    assert unused == [] and all(first <= last for first, last in places.values())
    assert set(told["differences"]) <= set(known)
    assert set(told["networks"]) == {one.sheet for one in CLAIMS}


def recorded(stated: str, kind: str = "number", expression: str = "") -> Claim:
    return Claim("001-q1-it", "001", "something", stated, kind, expression)


def test_only_a_relation_is_linted_by_itself() -> None:
    assert written(recorded("12", expression="relu(3 * 4)")) == "$relu(3 * 4) = 12$"
    assert written(recorded("12", expression="units * 4")) == written(recorded("12")) == ""
    assert written(recorded("a = 3", "formula")) == "$a = 3$" and written(recorded("a + 3", "formula")) == ""


@pytest.mark.parametrize(
    ("stated", "name", "outcome"),
    [
        ("12", "confirmed", "agrees"),
        ("13", "wrong", "agrees"),
        ("13", "confirmed", "differs"),
        ("12", "wrong", "differs"),
    ],
)
def test_a_statement_by_itself_is_compared_with_its_verdict(stated: str, name: str, outcome: str) -> None:
    one = recorded(stated, expression="3 * 4")
    verdict = Verdict(one.id, "001", "q1", "something", stated, 12, name, "")  # type: ignore[arg-type]
    (row,) = alone([one], {one.id: verdict})
    assert row.outcome == outcome
    said = row_of("part/q1", [row])
    assert ("otherwise: `001-q1-it`" in said) == (outcome == "differs")
    assert said.endswith("| `001-q1-it` |") == (stated == "13" and outcome == "agrees")
