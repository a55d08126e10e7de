"""Findings as data for JSON: one object for all sheets of a run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nnutils.lint.finding import Finding
from nnutils.lint.report import Coverage, Report
from nnutils.lint.reports.wording import Unread, as_written, reported, total

__all__ = ["VERSION", "as_data"]

VERSION = 1
"""The version of the form; it changes when a field is renamed, removed or means something else."""


def as_data(
    reports: Sequence[Report], unread: Sequence[Unread] = (), *, everything: bool = False
) -> dict[str, Any]:
    """Return the findings of some sheets as JSON writes them.

    The object has ``version``, ``files`` (each with ``coverage``, ``problems``, ``notes`` and ``silenced``),
    ``unread``, ``findings`` and the ``coverage`` of all files. Lines and columns count from 1, the end is
    behind the last character. With ``everything`` the findings are all statements, right and unchecked too.

    >>> from nnutils.lint import Finding
    >>> found = Finding(0, 10, 12, 5, 12, 15, "3 * 4 = 13", "arithmetic", "wrong", "13", "12")
    >>> data = as_data([Report("sheet.tex", "3 * 4 = 13", (found,), numbers=3)])
    >>> data["findings"][0]["computed"], data["coverage"]["checked"]
    ('12', 1)
    """
    return {
        "version": VERSION,
        "files": [_file(report) for report in reports],
        "unread": [{"file": one.name, "reason": one.reason} for one in unread],
        "findings": [_finding(report, one) for report in reports for one in reported(report, everything)],
        "coverage": _coverage(total(reports)),
    }


def _file(report: Report) -> dict[str, Any]:
    return {
        "file": report.name,
        "coverage": _coverage(report.coverage),
        "problems": list(report.problems),
        "notes": [
            {"line": one.line, "column": one.column, "part": one.part, "text": one.text}
            for one in report.notes
        ],
        "silenced": [_finding(report, one) for one in report.silenced],
    }


def _finding(report: Report, one: Finding) -> dict[str, Any]:
    return {
        "file": report.name,
        "line": one.line,
        "column": one.column,
        "endLine": one.end_line,
        "endColumn": one.end_column,
        "part": one.part,
        "statement": as_written(report, one),
        "kind": one.kind,
        "verdict": one.verdict,
        "stated": one.stated,
        "computed": one.computed,
        "why": one.why,
        "slips": list(one.slips),
        "cause": one.cause,
    }


def _coverage(covered: Coverage) -> dict[str, Any]:
    return {
        "numbers": covered.numbers,
        "statements": covered.statements,
        "checked": covered.checked,
        "verdicts": dict(covered.verdicts),
        "unchecked": {cause or "other": number for cause, number in covered.unchecked.items()},
    }
