"""Each recorded statement that is a relation, linted by itself, without the sheet around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from nnutils.audit import Claim, Verdict
from nnutils.lint import Finding, lint
from tools.against_claims.comparing import SAME

__all__ = ["ALONE", "Alone", "alone", "lines_of", "row_of", "written"]

ALONE = {
    "agrees": "judged as in the audit",
    "differs": "judged otherwise",
    "unchecked": "not checked",
    "unseen": "no relation to recompute",
}
"""What became of a statement that was linted by itself, in words."""

_FUNCTIONS = {"relu", "sin", "cos", "tanh", "ln", "exp"}
_NAME = re.compile(r"[A-Za-z_]\w*")


@dataclass(frozen=True)
class Alone:
    """A recorded statement, the audit's verdict, what lint found in it alone, and the outcome."""

    claim: Claim
    verdict: Verdict
    finding: Finding | None
    outcome: str


def written(claim: Claim) -> str:
    """Return the relation that a claim records, as a sheet would write it, or '' where it records none.

    >>> written(Claim("001-q1-it", "001", "a count", "290,400", "number", "55 * 55 * 96"))
    '$55 * 55 * 96 = 290,400$'
    >>> written(Claim("001-q1-it", "001", "a count", "290,400", "number"))
    ''
    """
    if claim.judged_as == "number":
        names = set(_NAME.findall(claim.expression))
        known = bool(claim.expression) and names <= _FUNCTIONS and claim.stated is not None
        return f"${claim.expression} = {claim.stated}$" if known else ""
    relation = claim.judged_as in ("formula", "rule") and isinstance(claim.stated, str)
    return f"${claim.stated}$" if relation and "=" in str(claim.stated) else ""


def alone(claims: Iterable[Claim], verdicts: Mapping[str, Verdict]) -> list[Alone]:
    """Return what lint says of each statement by itself."""
    return [_alone(claim, verdicts[claim.id]) for claim in claims]


def _alone(claim: Claim, verdict: Verdict) -> Alone:
    text = written(claim)
    found = lint(text.encode(), "statement.md").judged if text else ()
    clear = [one for one in found if one.verdict not in ("unchecked", "suspicious")]
    if not clear:
        return Alone(claim, verdict, next(iter(found), None), "unchecked" if text else "unseen")
    other = [one for one in clear if one.verdict not in SAME[verdict.verdict]]
    return Alone(claim, verdict, (other or clear)[0], "differs" if other else "agrees")


def lines_of(questions: Mapping[str, Sequence[Alone]]) -> Iterator[str]:
    """Yield the part of the page about statements by themselves, by the names of the questions."""
    yield f"| question | recorded | {' | '.join(ALONE.values())} | wrong, and found so |"
    yield f"|---|{'---:|' * (len(ALONE) + 1)}---|"
    for name, rows in questions.items():
        yield row_of(name, rows)
    every = [one for rows in questions.values() for one in rows]
    yield f"| all | {_counted(every)} | {sum(_is_found(one) for one in every)} |"


def row_of(name: str, rows: Sequence[Alone]) -> str:
    """Return the row of a question; what is judged otherwise is named, too."""
    found = [f"`{one.claim.id}`" for one in rows if _is_found(one)]
    otherwise = [f"otherwise: `{one.claim.id}`" for one in rows if one.outcome == "differs"]
    return f"| {name} | {_counted(rows)} | {', '.join(found + otherwise)} |"


def _counted(rows: Sequence[Alone]) -> str:
    counted = Counter(one.outcome for one in rows)
    return " | ".join(map(str, (len(rows), *(counted[key] for key in ALONE))))


def _is_found(one: Alone) -> bool:
    return one.verdict.verdict == "wrong" and one.outcome == "agrees"
