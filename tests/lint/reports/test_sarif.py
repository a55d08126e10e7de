"""SARIF: the form of the standard, levels, places, and fingerprints that survive new lines above."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from support.lint_reports import report_of, sheet_of
from support.sarif_form import FORM

from nnutils.lint import Report, Verdict
from nnutils.lint.reports import Unread, as_sarif

SOURCE = "so 1 + 1 = 3\n2 + 2 = 4, n = m, 1/3 = 0.34\n3 000 = 3 % nnutils: ignore\n% nnutils: ignore\n5 = 6"
LEVELS: dict[Verdict, str] = {
    "wrong": "error",
    "suspicious": "warning",
    "rounded": "note",
    "right": "none",
    "unchecked": "none",
}


def report(source: str = SOURCE, name: str = "sheets/a sheet.tex") -> Report:
    return report_of(
        sheet_of(source, name, ((0, "page 1"),)),
        ("1 + 1 = 3", "wrong", {"stated": "3", "computed": "2"}),
        ("2 + 2 = 4", "right"),
        ("n = m", "unchecked", {"cause": "name"}),
        ("1/3 = 0.34", "rounded"),
        ("3 000 = 3", "suspicious"),
        ("5 = 6", "suspicious"),
        problems=("Page 3 has no text.",),
    )


def log(*reports: Report, **more: Any) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(json.dumps(as_sarif(reports, **more)))
    jsonschema.validate(made, FORM)
    return made


def results(*reports: Report, **more: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = log(*reports, **more)["runs"][0]["results"]
    return found


def test_it_has_the_form_of_the_standard() -> None:
    made = log(report(), unread=[Unread("b.pdf", "It is empty.")], everything=True, version="0.1")
    run = made["runs"][0]
    assert run["tool"]["driver"]["version"] == "0.1"
    assert run["invocations"][0]["executionSuccessful"] is False
    said = [
        (one["level"], one["message"]["text"]) for one in run["invocations"][0]["toolExecutionNotifications"]
    ]
    assert said == [
        ("error", "b.pdf: It is empty."),
        ("warning", "sheets/a sheet.tex: Page 3 has no text."),
    ]
    assert log()["runs"][0]["results"] == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda run: run["results"][0].pop("message"),
        lambda run: run["results"][0].update(level="fatal"),
        lambda run: run["results"][0].update(rule="wrong"),
        lambda run: run["results"][1].update(level="error"),
        lambda run: run["results"][0]["locations"][0]["physicalLocation"]["region"].update(startLine=0),
        lambda run: run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"].update(
            uri="a b"
        ),
        lambda run: run["tool"]["driver"].pop("name"),
    ],
)
def test_another_form_would_be_noticed(spoil: Any) -> None:
    made = copy.deepcopy(log(report(), everything=True))
    spoil(made["runs"][0])
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(made, FORM)


def test_levels_and_rules_are_those_of_the_verdicts() -> None:
    made = log(report(), everything=True)
    rules = made["runs"][0]["tool"]["driver"]["rules"]
    for one in made["runs"][0]["results"]:
        assert rules[one["ruleIndex"]]["id"] == one["ruleId"]
        assert one["level"] == rules[one["ruleIndex"]]["defaultConfiguration"]["level"]
        if one["ruleId"] in LEVELS:
            assert one["level"] == LEVELS[one["ruleId"]]
    assert {one["ruleId"] for one in made["runs"][0]["results"]} == {*LEVELS, "comment"}


def test_right_and_unchecked_statements_are_no_results_unless_asked_for() -> None:
    assert {one["ruleId"] for one in results(report())} == {"wrong", "rounded", "suspicious", "comment"}


def test_the_place_is_that_of_the_statement() -> None:
    wrong = results(report())[0]
    place = wrong["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 1, "startColumn": 4, "endLine": 1, "endColumn": 13}
    assert place["artifactLocation"] == {"uri": "sheets/a%20sheet.tex", "uriBaseId": "%SRCROOT%"}
    assert wrong["locations"][0]["logicalLocations"] == [{"name": "page 1"}]
    assert wrong["message"]["text"] == "1 + 1 = 3: it is 2."


def test_an_absolute_path_is_an_address_of_a_file(tmp_path: Path) -> None:
    wrong = results(report(name=str(tmp_path / "a.tex")))[0]
    assert wrong["locations"][0]["physicalLocation"]["artifactLocation"] == {
        "uri": (tmp_path / "a.tex").as_uri()
    }


def test_what_a_comment_silences_is_there_as_suppressed() -> None:
    suppressed = [one for one in results(report()) if "suppressions" in one]
    assert [one["message"]["text"] for one in suppressed] == ["3 000 = 3"]
    assert suppressed[0]["suppressions"] == [{"kind": "inSource"}]


def prints(*reports: Report) -> list[str]:
    return [one["partialFingerprints"]["nnutilsStatement/v1"] for one in results(*reports)]


def test_a_fingerprint_stays_when_lines_move_and_differs_between_statements() -> None:
    before, after = prints(report()), prints(report("A new line.\n\n" + SOURCE))
    assert before == after
    assert len(set(before)) == len(before)
    assert not set(prints(report(name="b.tex"))) & set(before)


def test_the_same_statement_twice_has_two_fingerprints() -> None:
    sheet = sheet_of("1 = 2")
    twice = report_of(sheet, ("1 = 2", "wrong"))
    found = prints(Report(sheet.name, sheet.source, twice.judged * 2))
    assert len(set(found)) == 2
