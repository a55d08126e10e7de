"""What a notebook brings to a claim, and how the agreements found between the two become a verdict."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from nnutils.audit.claims import Claim
from nnutils.audit.expressions import evaluate
from nnutils.audit.plain_numbers import plain_text
from nnutils.audit.precision import Match
from nnutils.core.errors import ClaimError
from nnutils.core.worked import Worked

__all__ = [
    "Case",
    "Found",
    "Point",
    "Reading",
    "SYMBOLS",
    "VerdictName",
    "agreeing",
    "conclude",
    "points",
    "refuse",
    "values_at",
    "with_prose",
    "worked_text",
]

VerdictName = Literal["confirmed", "wrong", "rounded", "convention", "incomplete", "unreadable"]

SYMBOLS: dict[VerdictName, str] = {
    "confirmed": "✓",
    "wrong": "✗",
    "rounded": "≈",
    "convention": "⇄",
    "incomplete": "…",
    "unreadable": "?",
}
"""Every verdict and its symbol, so that colour never tells alone, in the order of all counts."""

Point = Mapping[str, object]


@dataclass(frozen=True)
class Reading:
    """One way to read a formula: the right value under it, and the quantities that its names then stand for.

    For a convention that changes the quantities themselves (vectors as rows, say), not only the right value.
    ``computed`` takes the same forms as in ``Audit.check``; ``given`` and ``samples`` replace those of the
    check.
    """

    computed: object
    given: Point = field(default_factory=dict)
    samples: Sequence[Point] | None = None


@dataclass(frozen=True)
class Case:
    """Everything that one check brings: computed value, alternatives, points, tolerances and prose."""

    computed: object
    conventions: Mapping[str, object] = field(default_factory=dict)
    slips: Mapping[str, object] = field(default_factory=dict)
    missing: Mapping[str, object] = field(default_factory=dict)
    given: Point = field(default_factory=dict)
    samples: Sequence[Point] | None = None
    rtol: float = 1e-9
    atol: float = 0.0
    evidence: str = ""
    why: str | Mapping[str, str] = ""


@dataclass(frozen=True)
class Found:
    """What a comparison found: the match, what to show as computed, and a clause for each agreement."""

    match: Match
    computed: object
    shown: str
    conventions: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    slips: tuple[str, ...] = ()
    slips_tried: bool = False
    details: tuple[str, ...] = ()


def points(given: Point, samples: Sequence[Point] | None) -> list[Point]:
    """Return the points at which to evaluate: each sample with ``given`` added, or ``given`` alone.

    Raises:
        ClaimError: for an empty list of samples.
    """
    if samples is None:
        return [given]
    if not samples:
        raise ClaimError(
            "samples is empty, so there is nothing to judge on.", remedy="Give at least one sample."
        )
    return [{**given, **sample} for sample in samples]


def values_at(value: object, places: Sequence[Point], *, sampled: bool, what: str) -> list[object]:
    """Return one value for each point, from an expression, a function of the point, a list, or a constant.

    Raises:
        ClaimError: for a list that is not as long as the samples, and whatever ``evaluate`` raises.
    """
    if isinstance(value, str):
        return [evaluate(value, place) for place in places]
    if callable(value):
        return [value(place) for place in places]
    if sampled and isinstance(value, list | tuple):
        if len(value) != len(places):
            raise ClaimError(f"{what} is a list of {len(value)} values for {len(places)} samples.")
        return list(value)
    return [value] * len(places)


def conclude(claim: Claim, found: Found) -> tuple[VerdictName, str]:
    """Turn what was found into a verdict and the reason for it, in this order.

    1. It agrees as written: confirmed. 2. It agrees under a named convention: convention. 3. It agrees when
    a named missing term or case is added: incomplete. 4. The scan damaged it: unreadable, because damage and
    slip cannot be told apart. 5. Its last digit is one off: rounded. 6. Otherwise: wrong. A slip is named
    where it reproduces the statement, and never otherwise.
    """
    verdict: VerdictName
    if found.match == "equal":
        return "confirmed", ""
    if found.conventions:
        return "convention", "; ".join([*found.conventions, *(f"otherwise {d}" for d in found.details)])
    if found.missing:
        verdict, reasons = "incomplete", list(found.missing)
    elif not claim.legible:
        verdict = "unreadable"
        if claim.stated is None:
            reasons = [f"computed {found.shown}; the scan lost what was written"]
        else:
            reading = f"computed {found.shown}, the scan reads {plain_text(claim.stated)}"
            reasons = [reading, "damage by the scan and a slip of the solver cannot be told apart"]
        reasons += [f"this slip would give it: {slip}" for slip in found.slips]
    else:
        verdict = "rounded" if found.match == "last digit" else "wrong"
        reasons = list(found.slips)
        if verdict == "wrong" and not reasons and found.slips_tried:
            reasons = ["no known slip gives it"]
    return verdict, "; ".join([*reasons, *found.details])


def with_prose(reason: str, why: str | Mapping[str, str], verdict: VerdictName) -> str:
    """Add the notebook's words: a mapping speaks for the verdict it names, text for all but confirmed."""
    prose = why.get(verdict, "") if isinstance(why, Mapping) else "" if verdict == "confirmed" else why
    if reason and prose:
        return f"{reason}. {prose}" if prose[0].isupper() else f"{reason}; {prose}"
    return reason or prose


def agreeing(
    alternatives: Mapping[str, object],
    agrees: Callable[[object], bool],
    tell: Callable[[str, object], str],
    what: str,
) -> tuple[str, ...]:
    """Return the clauses of those named alternatives that agree with the statement.

    Raises:
        ClaimError: for an alternative that cannot be compared; the message names it.
    """
    clauses = []
    for name, value in alternatives.items():
        try:
            if agrees(value):
                clauses.append(tell(name, value))
        except ClaimError as error:
            raise ClaimError(error.problem, where=f"{what} {name!r}", remedy=error.remedy) from error
    return tuple(clauses)


def refuse(claim: Claim, case: Case, *fields: str) -> None:
    """Refuse arguments of a check that mean nothing for this kind of claim.

    Raises:
        ClaimError: for the first of ``fields`` that is given all the same.
    """
    for name in fields:
        if getattr(case, name):
            raise ClaimError(
                f"{name}= means nothing for a claim of kind {claim.kind}.", remedy=f"Leave {name}= out."
            )


def worked_text(value: object, shown: str) -> str:
    """Return the derivation of a worked number, and the plain text of any other value."""
    return value.work if isinstance(value, Worked) else shown
