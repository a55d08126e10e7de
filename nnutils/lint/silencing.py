"""Comments in a sheet that silence findings, as in 'nnutils: ignore'."""

from __future__ import annotations

import re

from nnutils.lint.finding import Finding
from nnutils.lint.sheets import Sheet

__all__ = ["is_silenced"]

_COMMENT = re.compile(r"nnutils:\s*ignore(?P<next>-next)?\b")


def is_silenced(sheet: Sheet, finding: Finding) -> bool:
    """Return whether a comment on the finding's own line, or 'ignore-next' on the line before, silences it.

    >>> from nnutils.lint import lint
    >>> report = lint("3 * 4 = 13 <!-- nnutils: ignore -->\\n\\n5 * 5 = 26")
    >>> len(report.silenced), [one.line for one in report.wrong]
    (1, [3])
    """
    for row in range(finding.line - 1, finding.end_line + 1):
        found = _COMMENT.search(_line(sheet, row))
        if found and (row == finding.line - 1) == bool(found["next"]):
            return True
    return False


def _line(sheet: Sheet, row: int) -> str:
    lines = sheet.source.split("\n")
    return lines[row - 1] if 1 <= row <= len(lines) else ""
