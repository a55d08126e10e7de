"""What all reports share: which findings they hold, the statement as its writer sees it, a sentence on it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nnutils.lint.finding import UNCHECKED, Cause, Finding, Verdict
from nnutils.lint.report import Coverage, Report

__all__ = ["Unread", "as_written", "one_line", "reported", "sentence", "total"]

_LONGEST = 120  # letters of a statement in one line of a report
_CELL_BREAK = re.compile(r'(?:\\n)?",\s*"')  # between two rows of a cell, in the file of a notebook
_NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True)
class Unread:
    """A file that could not be read at all, and why, in one line."""

    name: str
    reason: str


def reported(report: Report, everything: bool = False) -> tuple[Finding, ...]:
    """Return what a report holds: what should be looked at, or every statement."""
    return report.judged if everything else report.findings


def as_written(report: Report, finding: Finding) -> str:
    r"""Return a statement as it was typed: in the file of a notebook some signs are written with a backslash.

    >>> report = Report("nb.ipynb", "", (), format="notebook")
    >>> as_written(report, Finding(0, 1, 1, 1, 1, 1, '3 \\\\cdot 4\\n",\n "= 12', "arithmetic", "right"))
    '3 \\cdot 4\n= 12'
    """
    if not report.is_notebook:
        return finding.statement
    text = _CELL_BREAK.sub(r"\\n", finding.statement)
    try:
        typed = str(json.loads(f'"{text}"', strict=False))
    except ValueError:
        return finding.statement
    return typed.encode("utf-8", "replace").decode("utf-8")  # half of a pair of signs can be written nowhere


def one_line(text: str, most: int = _LONGEST) -> str:
    """Return a text on one line, long ones without their middle, and without what a terminal would obey.

    A sheet may hold characters that move the cursor, colour what follows or turn the direction of writing.

    >>> one_line("a\\tb\\n\\x1b[31mc"), one_line("0123456789", 7)
    ('a b [31mc', '012…789')
    """
    plain = "".join(sign if sign.isprintable() else " " for sign in text)
    line = " ".join(plain.split())
    if len(line) <= most:
        return line
    half = (most - 1) // 2
    return f"{line[:half]}…{line[len(line) - half :]}"


def sentence(finding: Finding) -> str:
    """Return what there is to say of a finding beside its statement: the right value, why, the likely slip.

    >>> found = Finding(0, 10, 1, 1, 1, 11, "3 * 4 = 13", "arithmetic", "wrong", "13", "12", "3 · 4 = 12.")
    >>> sentence(found)
    'it is 12.'
    """
    said = []
    if finding.verdict == "unchecked":
        said = [f"{UNCHECKED[finding.cause]}." if finding.cause else "", _ended(finding.why)]
    elif finding.verdict == "right":
        said = [_ended(finding.why)] if not _repeats(finding) else []
    else:
        opening = "perhaps it is" if finding.verdict == "suspicious" else "it is"
        value = f"{opening} {finding.computed}." if finding.computed else ""
        if finding.why and not _repeats(finding):
            said = ["" if finding.computed in finding.why else value, _ended(finding.why)]
        else:
            said = [value]
        said += finding.slips[:1]
    return one_line(" ".join(filter(None, said)), 400)


def _repeats(finding: Finding) -> bool:
    """Return whether the reason only does the statement's own sum again."""
    left, equals, right = finding.why.rstrip(". ").rpartition("=")
    numbers, all_of_them = (_NUMBERS.findall(text) for text in (left, finding.statement))
    if not (equals and numbers) or " " in right.strip():
        return False
    return f" {' '.join(numbers)} " in f" {' '.join(all_of_them)} "


def _ended(text: str) -> str:
    return text if not text or text[-1] in ".?!…" else f"{text}."


def total(reports: Iterable[Report]) -> Coverage:
    """Return the coverage of several sheets together."""
    covered: Sequence[Coverage] = [report.coverage for report in reports]
    verdicts: Counter[Verdict] = Counter()
    unchecked: Counter[Cause] = Counter()
    for one in covered:
        verdicts.update(one.verdicts)
        unchecked.update(one.unchecked)
    return Coverage(
        sum(one.numbers for one in covered),
        sum(one.statements for one in covered),
        sum(one.checked for one in covered),
        dict(verdicts),
        dict(unchecked),
    )
