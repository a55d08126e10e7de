"""The page on what the checker finds of the recorded statements; it holds no sentence of a sheet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from nnutils.audit.value_text import plain_text
from nnutils.core.errors import NNUtilsError
from nnutils.lint import Finding, Report
from nnutils.lint.reports import one_line, sentence
from tools.against_claims.comparing import OUTCOMES, Compared, reason

__all__ = ["BEGIN", "END", "Alarm", "Read", "open_alarms", "page", "with_recorded"]

BEGIN, END = "<!-- statements as recorded: begin -->", "<!-- statements as recorded: end -->"
"""What stands around the part that needs no sheet, so that a test can make it again."""

_NOT_RIGHT = ("wrong", "rounded")
_OPENING = """\
# What the checker finds of the recorded statements

`python tools/lint_against_claims.py SHEET=FILE... --write docs/checker_and_claims.md` writes this page.

It is for anyone who wants to know how far `nnutils lint` can be trusted with a worked solution: what it
judges alone, and what needs a person who has read the question. It is measured on the five sheets of this
book. What they state is recorded in `chapters/*/claims.yml` and judged by the audit, which knows the
questions. The sheets are not part of this repository, and two of them are scans of handwriting. No sheet
was written for a program, and nothing here is about who wrote it.
""".splitlines()
_ALONE = """\
## Statements as recorded

Each recorded statement that is a relation, linted by itself: without the sheet around it, and without the
damage of a scan. A test compares this part, and the command with `--write` alone makes it, without a sheet.
""".splitlines()
_NO_REASON = "No reason is given."
_ALARMS = ("wrong", "rounded", "suspicious")


@dataclass(frozen=True)
class Alarm:
    """Why an alarm is none of the sheet's errors: by sheet, line and statement."""

    sheet: str
    line: int
    statement: str
    reason: str


@dataclass(frozen=True)
class Read:
    """One reading of all sheets: in words, what became of the statements, and the reports, by sheet."""

    name: str
    compared: Mapping[str, Sequence[Compared]]
    reports: Mapping[str, Report]
    rows: list[Compared] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", [one for some in self.compared.values() for one in some])

    def outcomes(self, outcome: str) -> int:
        """Return how many statements had an outcome."""
        return sum(one.outcome == outcome for one in self.rows)


def page(
    readings: Sequence[Read], alarms: Sequence[Alarm], differences: Mapping[str, str], alone: Iterable[str]
) -> str:
    """Return the page; the last reading is the one that its tables by kind and by reason are about.

    ``alarms`` and ``differences``, by the ids of statements, are reasons that a person gave.
    """
    last = readings[-1]
    lines = [
        *_OPENING,
        "",
        *(_lead(one) for one in readings),
        "",
        "## By sheet",
        "",
        *_table("sheet", [(f"{name}, {one.name}", some) for one in readings for name, some in _sheets(one)]),
        "",
        "What was read and checked, recorded or not:",
        "",
        "| sheet | numbers | statements | checked | right | wrong | rounded | suspicious |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
        *(
            _coverage(f"{name}, {one.name}", report)
            for one in readings
            for name, report in one.reports.items()
        ),
        "",
        f"## By kind of statement, {last.name}",
        "",
        *_table("kind", _kinds(last)),
        "",
        f"Why the others were not judged alone, {last.name}:",
        "",
        *_reasons(last),
        "",
        "## The errors, one by one",
        "",
        "Every statement that the audit calls wrong or rounded, those of numbers and counts first. *In the",
        "working* means that the checker says so of the arithmetic beside it; *suspicious* counts as found.",
        "",
        *_unfound(last),
        "",
        *_errors(readings),
        "",
        "## Judged otherwise than in the audit",
        "",
        *(list(_differing(readings, differences)) or ["None."]),
        "",
        "## Alarms that are none of the sheet's errors",
        "",
        *(list(_listed(readings, alarms)) or ["None."]),
        "",
        *_ALONE,
        "",
        BEGIN,
        *alone,
        END,
    ]
    return "\n".join(lines) + "\n"


def with_recorded(text: str, recorded: Sequence[str]) -> str:
    """Return a page with its part on statements by themselves made anew.

    >>> print(with_recorded(f"a\\n{BEGIN}\\nold\\n{END}\\nb", ["new"]).replace(BEGIN, "<").replace(END, ">"))
    a
    <
    new
    >
    b

    Raises:
        NNUtilsError: for a text without such a part.
    """
    if BEGIN not in text or END not in text.partition(BEGIN)[2]:
        raise NNUtilsError(
            "The page has no part on recorded statements.",
            remedy="Make the whole page: name the sheets, too.",
        )
    before, _, rest = text.partition(BEGIN)
    return "\n".join([before + BEGIN, *recorded, END + rest.partition(END)[2]])


def _lead(one: Read) -> str:
    bad = [row for row in one.rows if _is_error(row)]
    found = sum(_found(row) for row in bad)
    causes = {row.verdict.cause or row.claim.id for row in bad}
    seen = {row.verdict.cause or row.claim.id for row in bad if _found(row)}
    others = [row for row in one.rows if row.verdict.verdict in _NOT_RIGHT and row not in bad]
    return (
        f"- **{one.name.capitalize()}**: of {len(one.rows)} statements {one.outcomes('agrees')} are found "
        f"and judged alone as in the audit. Of {len(bad)} numbers, counts and workings that are wrong or "
        f"rounded {found} are found; they come from {len(causes)} causes, of which {len(seen)} are found. "
        f"Of the {len(others)} other errors, in letters or words, {sum(map(_found, others))} are found. "
        f"{len(_false(one))} alarms are none of the sheet's errors."
    )


def _is_error(row: Compared) -> bool:
    """Return whether a statement is a number, a count or a working that is not right."""
    claim = row.claim
    letters = bool(re.search(r"[A-Za-z]", re.sub(r"\\[A-Za-z]+", "", str(claim.stated))))
    numeric = claim.judged_as in ("number", "shape") or (claim.judged_as == "formula" and not letters)
    return row.verdict.verdict in _NOT_RIGHT and numeric


def _found(row: Compared) -> bool:
    """Return whether an error is found; one that is only rounded is not found with another, wrong one."""
    if row.finding is None or row.finding.verdict not in _ALARMS:
        return False
    return row.outcome != "working" or row.verdict.verdict != "rounded" or row.finding.verdict == "rounded"


# --- tables -----------------------------------------------------------------------------------------------


def _sheets(one: Read) -> Iterator[tuple[str, Sequence[Compared]]]:
    yield from one.compared.items()
    yield "all", one.rows


def _kinds(one: Read) -> Iterator[tuple[str, Sequence[Compared]]]:
    for kind in sorted({row.claim.kind for row in one.rows}):
        yield kind, [row for row in one.rows if row.claim.kind == kind]
    yield "all", one.rows


def _table(head: str, rows: Iterable[tuple[str, Sequence[Compared]]]) -> Iterator[str]:
    yield f"| {head} | recorded | {' | '.join(OUTCOMES.values())} |"
    yield f"|---|{'---:|' * (len(OUTCOMES) + 1)}"
    for name, some in rows:
        counted = Counter(row.outcome for row in some)
        yield f"| {name} | {len(some)} | {' | '.join(str(counted[key]) for key in OUTCOMES)} |"


def _coverage(name: str, report: Report) -> str:
    found = report.coverage
    verdicts = [found.verdicts.get(one, 0) for one in ("right", "wrong", "rounded", "suspicious")]
    return f"| {' | '.join(map(str, (name, found.numbers, found.statements, found.checked, *verdicts)))} |"


def _reasons(one: Read) -> Iterator[str]:
    counted = Counter((row.outcome, reason(row)) for row in one.rows if reason(row))
    yield "| what became of it | why | statements |"
    yield "|---|---|---:|"
    for outcome in OUTCOMES:
        for (key, why), number in counted.most_common():
            if key == outcome:
                yield f"| {OUTCOMES[key]} | {why} | {number} |"


# --- errors and alarms ------------------------------------------------------------------------------------


def _errors(readings: Sequence[Read]) -> Iterator[str]:
    yield f"| statement | stated | right | cause in the audit | {' | '.join(one.name for one in readings)} |"
    yield f"|---|---|---|---|{'---|' * len(readings)}"
    every = zip(*(one.rows for one in readings), strict=True)
    bad = [rows for rows in every if rows[0].verdict.verdict in _NOT_RIGHT]
    for rows in sorted(bad, key=lambda rows: not _is_error(rows[0])):
        verdict = rows[0].verdict
        right = (
            plain_text(verdict.computed) if _is_error(rows[0]) and rows[0].claim.judged_as == "number" else ""
        )
        stated = f"`{_cell(str(rows[0].claim.stated))}`"
        rounded = " (rounded)" if verdict.verdict == "rounded" else ""
        cells = (f"`{verdict.id}`{rounded}", stated, right, verdict.cause, *map(_said, rows))
        yield f"| {' | '.join(_bar(cell) for cell in cells)} |"


def _unfound(one: Read) -> Iterator[str]:
    """Yield why errors were not found, and how many for each reason."""
    every = [row for row in one.rows if row.verdict.verdict in _NOT_RIGHT and not _found(row)]
    counted = Counter(_said(row).removeprefix("no: ") for row in every)
    yield f"| why {len(every)} errors are not found, {one.name} | statements |"
    yield "|---|---:|"
    for why, number in counted.most_common():
        yield f"| {why} | {number} |"


def _said(row: Compared) -> str:
    finding = row.finding
    if not _found(row) or finding is None:
        if finding is not None and finding.verdict in _ALARMS:
            return f"no: its row is {finding.verdict} by another number"
        if row.outcome == "differs":
            return "no: taken for right"
        if row.outcome == "working" and finding is not None and finding.kind == "trace":
            return "no: right when worked with all digits"
        if row.outcome == "working":
            return "no: its arithmetic is right, what it counts is in the question"
        return f"no: {reason(row)}"
    if row.outcome == "working":
        return f"in the working, line {finding.line}: {finding.verdict}"
    return f"yes, line {finding.line}: {finding.verdict}"


def _false(one: Read) -> dict[tuple[str, int, str], Finding]:
    """Return the alarms that no error and no verdict listed as another one explains."""
    found = {}
    for name, report in one.reports.items():
        errors = [row for row in one.compared[name] if row.verdict.verdict in _NOT_RIGHT]
        known = {row.finding for row in (*errors, *_otherwise(one.compared[name]))}
        for each in report.findings:
            if each.verdict in _ALARMS and each not in known:
                found[name, each.line, one_line(each.statement)] = each
    return found


def _listed(readings: Sequence[Read], reasons: Sequence[Alarm]) -> Iterator[str]:
    why = {(one.sheet, one.line, one.statement): one.reason for one in reasons}
    seen = [(one.name, _false(one)) for one in readings]
    for key in sorted(set().union(*(found for _, found in seen))):
        names = [name for name, found in seen if key in found]
        alarm = next(found[key] for _, found in reversed(seen) if key in found)
        only = "" if len(names) == len(readings) else f" {' and '.join(names)}"
        said = (
            f"- {key[0]}, line {key[1]},{only} {alarm.verdict}: `{_cell(key[2])}`. {_cell(sentence(alarm))}"
        )
        yield f"{said} **{why.get(key, _NO_REASON)}**"


def open_alarms(readings: Sequence[Read], reasons: Sequence[Alarm]) -> list[str]:
    """Return the alarms that have no reason, and the reasons that are for no alarm, as lines to print."""
    every = set().union(*(_false(one) for one in readings))
    given = {(one.sheet, one.line, one.statement) for one in reasons}
    return [
        *(f"{name}, line {line}: no reason for {said}" for name, line, said in sorted(every - given)),
        *(
            f"{name}, line {line}: a reason, but no alarm: {said}"
            for name, line, said in sorted(given - every)
        ),
    ]


def _otherwise(rows: Iterable[Compared]) -> list[Compared]:
    return [row for row in rows if row.outcome == "differs"]


def _differing(readings: Sequence[Read], reasons: Mapping[str, str]) -> Iterator[str]:
    found = {row.claim.id: (one.name, row) for one in readings for row in _otherwise(one.rows)}
    for name, (reading, row) in found.items():
        if finding := row.finding:
            said = f"`{_cell(finding.statement)}`: {row.verdict.verdict} in the audit, {finding.verdict} here"
            why = reasons.get(name, _NO_REASON)
            yield f"- `{name}`, line {finding.line}, {reading}, {said}. **{why}**"


def _cell(text: str) -> str:
    return one_line(text).replace("`", "'")


def _bar(text: str) -> str:
    return text.replace("|", r"\|")
