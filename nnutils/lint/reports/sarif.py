"""Findings as SARIF 2.1.0, which code hosts and editors show beside the lines of a file.

The form is that of the OASIS standard "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath, PurePosixPath
from typing import Any
from urllib.parse import quote

from nnutils.lint.finding import Finding, Note
from nnutils.lint.report import Report
from nnutils.lint.reports.wording import Unread, as_written, one_line, reported, sentence

__all__ = ["SCHEMA", "as_sarif"]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
"""The address by which SARIF names its own form; nothing is fetched from there."""

_SILENCE = (
    "A comment on the same line silences it: `% nnutils: ignore` in LaTeX, `<!-- nnutils: ignore -->` in "
    "Markdown and HTML, `# nnutils: ignore` in plain text."
)
_RULES: dict[str, tuple[str, str, str, str]] = {  # id: name, level, what it is, what to do
    "wrong": (
        "WrongStatement",
        "error",
        "A statement that was recomputed and is wrong.",
        "Evaluated as written, at the precision written, it has another value. Correct it.",
    ),
    "suspicious": (
        "SuspiciousStatement",
        "warning",
        "A statement that is wrong in one of its readings.",
        "It can be read in several ways, and is wrong in one of them. Write it so that it has one reading.",
    ),
    "rounded": (
        "RoundedStatement",
        "note",
        "A number whose last digit is off by one.",
        "The last digit differs by one, as after rounding on the way. Round once, at the end.",
    ),
    "comment": (
        "CommentWithoutEffect",
        "note",
        "A comment that silences nothing.",
        "The comment does not point at a finding, or its word is not known. Remove it, or write ignore, "
        "ignore-next or ignore-file.",
    ),
    "right": (
        "RightStatement",
        "none",
        "A statement that was recomputed and is right.",
        "There is nothing to do.",
    ),
    "unchecked": (
        "UncheckedStatement",
        "none",
        "A statement that could not be checked.",
        "The message says what was missing. A person has to check it.",
    ),
}
_KINDS = {"right": "pass", "unchecked": "open"}
_IDS = tuple(_RULES)


def as_sarif(
    reports: Sequence[Report], unread: Sequence[Unread] = (), *, everything: bool = False, version: str = ""
) -> dict[str, Any]:
    """Return the findings of some sheets as a SARIF log with one run.

    ``version`` is that of the tool. Columns count characters from 1. A result keeps its fingerprint when
    lines are added above it.

    >>> from nnutils.lint import Finding
    >>> found = Finding(0, 10, 12, 5, 12, 15, "3 * 4 = 13", "arithmetic", "wrong", "13", "12")
    >>> log = as_sarif([Report("sheet.tex", "3 * 4 = 13", (found,))])
    >>> result = log["runs"][0]["results"][0]
    >>> result["ruleId"], result["level"], result["message"]["text"]
    ('wrong', 'error', '3 * 4 = 13: it is 12.')
    """
    driver: dict[str, Any] = {"name": "nnutils lint", "rules": [_rule(rule) for rule in _IDS]}
    if version:
        driver["version"] = version
    seen: Counter[str] = Counter()
    results = []
    for report in reports:
        results += [_result(report, one, seen) for one in reported(report, everything)]
        results += [_suppressed(report, one, seen) for one in report.silenced]
        results += [_note(report, one, seen) for one in report.notes]
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "invocations": [_invocation(reports, unread)],
                "artifacts": [{"location": _address(report.name)} for report in reports],
                "results": results,
            }
        ],
    }


def _rule(rule: str) -> dict[str, Any]:
    name, level, what, to_do = _RULES[rule]
    help_text = f"{to_do} {_SILENCE}" if rule in ("wrong", "suspicious", "rounded") else to_do
    return {
        "id": rule,
        "name": name,
        "shortDescription": {"text": what},
        "fullDescription": {"text": f"{what} {to_do}"},
        "help": {"text": help_text.replace("`", ""), "markdown": help_text},
        "defaultConfiguration": {"level": level},
    }


def _result(report: Report, one: Finding, seen: Counter[str]) -> dict[str, Any]:
    statement = as_written(report, one)
    text = ": ".join(filter(None, (one_line(statement), sentence(one))))
    region = {
        "startLine": one.line,
        "startColumn": one.column,
        "endLine": one.end_line,
        "endColumn": one.end_column,
    }
    made = _placed(report, str(one.verdict), text, region, one.part, statement, seen)
    properties = {"kind": one.kind, "stated": one.stated, "computed": one.computed, "slips": list(one.slips)}
    return made | {"properties": {key: value for key, value in properties.items() if value}}


def _suppressed(report: Report, one: Finding, seen: Counter[str]) -> dict[str, Any]:
    return _result(report, one, seen) | {"suppressions": [{"kind": "inSource"}]}


def _note(report: Report, note: Note, seen: Counter[str]) -> dict[str, Any]:
    region = {"startLine": note.line, "startColumn": note.column}
    comment = report.source[note.start : note.end]
    return _placed(report, "comment", note.text, region, note.part, comment, seen)


def _placed(
    report: Report,
    rule: str,
    text: str,
    region: dict[str, int],
    part: str,
    statement: str,
    seen: Counter[str],
) -> dict[str, Any]:
    location: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": _address(report.name), "region": region}
    }
    if part:
        location["logicalLocations"] = [{"name": part}]
    key = "\0".join((report.name, rule, " ".join(statement.split())))
    seen[key] += 1
    mark = hashlib.sha256(f"{key}\0{seen[key]}".encode()).hexdigest()[:32]
    made: dict[str, Any] = {"ruleId": rule, "ruleIndex": _IDS.index(rule)}
    if rule in _KINDS:
        made["kind"] = _KINDS[rule]
    return made | {
        "level": _RULES[rule][1],
        "message": {"text": text},
        "locations": [location],
        "partialFingerprints": {"nnutilsStatement/v1": mark},
    }


def _address(name: str) -> dict[str, str]:
    path = PurePath(name)
    if path.is_absolute():
        return {"uri": path.as_uri()}
    return {"uri": quote(PurePosixPath(*path.parts).as_posix()), "uriBaseId": "%SRCROOT%"}


def _invocation(reports: Sequence[Report], unread: Sequence[Unread]) -> dict[str, Any]:
    said = [("error", f"{one.name}: {one.reason}") for one in unread]
    said += [("warning", f"{report.name}: {problem}") for report in reports for problem in report.problems]
    made: dict[str, Any] = {"executionSuccessful": not unread}
    if said:
        made["toolExecutionNotifications"] = [
            {"level": level, "message": {"text": one_line(text, 400)}} for level, text in said
        ]
    return made
