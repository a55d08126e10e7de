"""What `nnutils lint` finds alone of the statements that the audit records, and what needs a person.

    python tools/lint_against_claims.py SHEET=FILE... [--network SHEET=NETWORK]... [--root BOOK]

SHEET is the name of a sheet in claims.yml, FILE its text. Writes a page in Markdown: by sheet and by kind how
many recorded statements were found and judged, each statement that is not right, each verdict that differs
from that of the audit, and each alarm that no recorded statement explains. The sheets are not in the
repository.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from nnutils.audit import Claim, Verdict, load_claims, summary
from nnutils.audit.claim_files.claims import parts_of
from nnutils.core.errors import NNUtilsError
from nnutils.lint import UNCHECKED, Finding, Report, lint
from nnutils.lint.reports import one_line, sentence
from nnutils.practice.live.network_text import read_network
from nnutils.slips.precision import parse_written

__all__ = ["OUTCOMES", "Compared", "compare", "page"]

OUTCOMES = {
    "agrees": "judged alone, as the audit does",
    "differs": "judged alone, otherwise than the audit",
    "left": "found and left open",
    "working": "only its arithmetic was judged",
    "person": "not found",
}
"""What became of a recorded statement, in words."""

_SAME: Mapping[str, tuple[str, ...]] = {  # the audit's verdict, and what lint says of the same statement
    "confirmed": ("right",),
    "given": ("right",),
    "wrong": ("wrong",),
    "rounded": ("rounded",),
    "convention": ("right", "rounded"),
    "incomplete": ("right",),
}
_NUMBER = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d*\.?\d+")
_MARKUP = re.compile(r"\\[A-Za-z]+|[^0-9A-Za-z\\]+|\\")
_FEWEST = 4  # letters and digits of a formula that is looked for as text


@dataclass(frozen=True)
class Compared:
    """A recorded statement, the audit's verdict, what lint found about it, and the outcome."""

    claim: Claim
    verdict: Verdict
    finding: Finding | None
    outcome: str


def compare(claims: Sequence[Claim], verdicts: Mapping[str, Verdict], report: Report) -> list[Compared]:
    """Return what became of each recorded statement of one sheet."""
    return [_compared(claim, verdicts[claim.id], report.judged) for claim in claims]


def _compared(claim: Claim, verdict: Verdict, judged: Sequence[Finding]) -> Compared:
    own = [one for one in judged if _is_about(claim, one)]
    if not own:
        working = next((one for one in judged if _is_working(claim, one)), None)
        return Compared(claim, verdict, working, "working" if working else "person")
    clear = [one for one in own if one.verdict not in ("unchecked", "suspicious")]
    if not clear or verdict.verdict == "unreadable":
        return Compared(claim, verdict, own[0], "left")
    other = [one for one in clear if one.verdict not in _SAME[verdict.verdict]]
    return Compared(claim, verdict, (other or clear)[0], "differs" if other else "agrees")


def _is_about(claim: Claim, finding: Finding) -> bool:
    """Return whether a finding judges just what a claim states."""
    if claim.judged_as == "shape":
        stated = _numbers(str(claim.stated))
        return len(stated) > 1 and finding.kind != "arithmetic" and _numbers(finding.stated) == stated
    if claim.judged_as == "number":
        if not _same_value(claim, finding):
            return False
        if claim.expression:
            factors = Counter(_numbers(claim.expression))
            return bool(factors) and not factors - Counter(_numbers(finding.statement))
        return finding.kind != "arithmetic" and len(str(claim.stated)) > 2
    if claim.judged_as in ("formula", "rule"):
        # that a working was put in rightly is more than that its arithmetic is right
        return _has_its_formula(claim, finding) and (finding.kind != "arithmetic" or "=" in str(claim.stated))
    return False


def _is_working(claim: Claim, finding: Finding) -> bool:
    """Return whether a finding judges the arithmetic that a statement is about, and no more of it."""
    if finding.verdict == "unchecked":
        return False
    if claim.judged_as == "number":
        return _same_value(claim, finding)
    return claim.judged_as in ("formula", "rule") and _has_its_formula(claim, finding)


def _has_its_formula(claim: Claim, finding: Finding) -> bool:
    text = _bare(str(claim.stated))
    return len(text) >= _FEWEST and text in _bare(finding.statement)


def _same_value(claim: Claim, finding: Finding) -> bool:
    stated, found = _value(claim.stated), _value(finding.stated)
    return stated is not None and stated == found


def _value(stated: object) -> Fraction | None:
    if isinstance(stated, bool) or not isinstance(stated, int | str) or stated == "":
        return None
    try:
        return parse_written(stated).value
    except ValueError:
        found = _numbers(str(stated))
        return found[0] if len(found) == 1 else None


def _numbers(text: str) -> list[Fraction]:
    return [parse_written(found).value for found in _NUMBER.findall(text.replace("{,}", ","))]


def _bare(text: str) -> str:
    return _MARKUP.sub("", text).lower()


# --- the page ---------------------------------------------------------------------------------------------


def page(compared: Mapping[str, Sequence[Compared]], reports: Mapping[str, Report]) -> str:
    """Return the comparison as Markdown; both are by the names of the sheets."""
    rows = [one for sheet in compared.values() for one in sheet]
    alone = sum(one.outcome == "agrees" for one in rows)
    lines = [
        "# What the checker finds alone",
        "",
        "`python tools/lint_against_claims.py SHEET=FILE...` made this page. The sheets are not part of this",
        "repository, so it is made by hand, and no test compares it. A statement is looked for in the text",
        "of its sheet, as scanned: by its number and its working, a formula by its letters.",
        "",
        f"**Of {len(rows):,} recorded statements {alone:,} are found and judged alone as in the audit.**",
        "",
        "## By sheet",
        "",
        *_table("sheet", {name: [one.outcome for one in some] for name, some in compared.items()}),
        "",
        "How much was checked, recorded or not:",
        "",
        "| sheet | numbers | statements | checked | right | wrong | rounded | suspicious |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
        *map(_coverage, reports.items()),
        "",
        "## By kind of statement",
        "",
        *_table("kind", {kind: [one.outcome for one in some] for kind, some in _by_kind(rows).items()}),
        "",
        "## What is not right by the audit",
        "",
        "| statement | audit | stated | lint |",
        "|---|---|---|---|",
        *(_disputed(one) for one in rows if one.verdict.verdict not in ("confirmed", "given")),
        "",
        "## Verdicts that differ",
        "",
        *(_differing(rows) or ["None."]),
        "",
        "## Alarms that no recorded statement explains",
        "",
        *(list(_alarms(compared, reports)) or ["None."]),
    ]
    return "\n".join(lines) + "\n"


def _table(head: str, rows: Mapping[str, Sequence[str]]) -> Iterator[str]:
    yield f"| {head} | recorded | {' | '.join(OUTCOMES.values())} |"
    yield f"|---|{'---:|' * (len(OUTCOMES) + 1)}"
    for name, outcomes in [*rows.items(), ("all", [one for some in rows.values() for one in some])]:
        counted = Counter(outcomes)
        yield f"| {name} | {len(outcomes):,} | {' | '.join(f'{counted[key]:,}' for key in OUTCOMES)} |"


def _by_kind(rows: Iterable[Compared]) -> dict[str, list[Compared]]:
    made: dict[str, list[Compared]] = {}
    for one in sorted(rows, key=lambda one: one.claim.kind):
        made.setdefault(one.claim.kind, []).append(one)
    return made


def _coverage(sheet: tuple[str, Report]) -> str:
    name, report = sheet
    found = report.coverage
    verdicts = [found.verdicts.get(one, 0) for one in ("right", "wrong", "rounded", "suspicious")]
    cells = (name, found.numbers, found.statements, found.checked, *verdicts)
    return f"| {' | '.join(map(str, cells))} |"


def _disputed(one: Compared) -> str:
    stated = _cell(str(one.claim.stated))
    return f"| `{one.claim.id}` | {one.verdict.verdict} | {stated} | {_said(one)} |"


def _said(one: Compared) -> str:
    if one.finding is None:
        return OUTCOMES["person"]
    if one.outcome == "working":
        return f"only its arithmetic, which is {one.finding.verdict}"
    cause = f": {UNCHECKED[one.finding.cause]}" if one.finding.cause else ""
    return f"{one.finding.verdict}{cause}"


def _differing(rows: Iterable[Compared]) -> list[str]:
    return [
        f"- `{one.claim.id}`: {one.verdict.verdict} in the audit, {one.finding.verdict} here "
        f"(line {one.finding.line}: {_cell(one.finding.statement)}). {_cell(sentence(one.finding))}"
        for one in rows
        if one.outcome == "differs" and one.finding is not None
    ]


def _alarms(compared: Mapping[str, Sequence[Compared]], reports: Mapping[str, Report]) -> Iterator[str]:
    for name, report in reports.items():
        known = {one.finding for one in compared[name] if one.outcome in ("agrees", "left")}
        for one in report.findings:
            if one not in known:
                said = _cell(sentence(one))
                yield f"- {name}, line {one.line}, {one.verdict}: {_cell(one.statement)}. {said}".rstrip()


def _cell(text: str) -> str:
    return one_line(text).replace("|", r"\|").replace("`", "'")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the page, or say in one line why there is none."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("sheets", nargs="+", metavar="SHEET=FILE")
    parser.add_argument("--network", action="append", default=[], metavar="SHEET=NETWORK")
    parser.add_argument("--root", help="the book's folder (the nearest one upwards with chapters/)")
    options = parser.parse_args(arguments)
    try:
        print(_compared_page(_pairs(options.sheets), _pairs(options.network), options.root), end="")
    except (NNUtilsError, OSError) as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return 2
    return 0


def _compared_page(files: Mapping[str, str], networks: Mapping[str, str], root: str | None) -> str:
    verdicts = {one.id: one for one in summary(root).verdicts}
    claims = [one for part in parts_of(root) for one in load_claims(part, root)]
    if unknown := sorted(set(files) - {one.sheet for one in claims}):
        raise NNUtilsError(
            f"No claim is of sheet {unknown[0]!r}.",
            remedy=f"The sheets are {', '.join(sorted({one.sheet for one in claims}))}.",
        )
    reports = {
        name: lint(
            Path(file).read_bytes(),
            Path(file).name,
            read_network(networks[name]) if name in networks else None,
        )
        for name, file in files.items()
    }
    return page(
        {
            name: compare([one for one in claims if one.sheet == name], verdicts, report)
            for name, report in reports.items()
        },
        reports,
    )


def _pairs(given: Sequence[str]) -> dict[str, str]:
    pairs = [text.partition("=") for text in given]
    if bad := [name for name, equals, rest in pairs if not (name and equals and rest)]:
        raise NNUtilsError(f"{bad[0]!r} does not name a sheet and a file.", remedy="Write 001=FILE.")
    return {name: rest for name, _, rest in pairs}


if __name__ == "__main__":
    raise SystemExit(main())
