"""The verdicts: their names and symbols, a judged claim, and how what was found becomes a verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from nnutils.audit.statements.claim import Claim, Stated
from nnutils.audit.statements.precision import Match
from nnutils.audit.value_text import plain_text

__all__ = ["SYMBOLS", "Verdict", "VerdictName"]

VerdictName = Literal["confirmed", "wrong", "rounded", "convention", "incomplete", "unreadable"]

SYMBOLS: dict[VerdictName, str] = {
    "confirmed": "✓",
    "wrong": "✗",
    "rounded": "≈",
    "convention": "⇄",
    "incomplete": "…",
    "unreadable": "?",
}
"""Every verdict and its symbol, so that none is told by colour alone, in the order of all counts."""

_FIELDS = ("id", "sheet", "question", "says", "stated", "computed", "verdict", "why")


@dataclass(frozen=True, repr=False)
class Verdict:
    """A judged claim: what was stated and computed, the verdict and reason.

    ``kind`` and ``html``, which a worked number fills, serve the tables.
    """

    id: str
    sheet: str
    question: str
    says: str
    stated: Stated
    computed: object
    verdict: VerdictName
    why: str
    kind: str = ""
    html: str = ""

    @property
    def symbol(self) -> str:
        """The symbol of the verdict, such as ✓ or ✗."""
        return SYMBOLS[self.verdict]

    def as_dict(self) -> dict[str, Any]:
        """Return the eight fields that ``python -m nnutils.audit --json`` lists."""
        return {name: getattr(self, name) for name in _FIELDS}

    def __str__(self) -> str:
        reason = f" ({self.why})" if self.why else ""
        stated, computed = plain_text(self.stated), plain_text(self.computed)
        return f"{self.symbol} {self.verdict}: stated {stated}, computed {computed}{reason}"

    __repr__ = __str__


@dataclass(frozen=True)
class Found:
    """What judging a claim found: the match, what to show, and a clause for each alternative that agrees.

    ``computed`` is stored with the verdict; ``shown`` is the computed value as text, for a reason.
    ``say_no_slip`` asks for the words that no known slip gives it, where no slip does.
    """

    match: Match
    computed: object
    shown: str
    conventions: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    slips: tuple[str, ...] = ()
    say_no_slip: bool = False
    details: tuple[str, ...] = ()


def conclude(claim: Claim, found: Found) -> tuple[VerdictName, str]:
    """Return the verdict that follows from what was found, and the reason for it.

    In this order:

    1. It agrees as written: confirmed.
    2. It agrees under a named convention: convention.
    3. It agrees when a named missing term or case is added: incomplete.
    4. The scan damaged it: unreadable, because damage and slip cannot be told apart.
    5. Its last digit is one off: rounded.
    6. Otherwise: wrong. A slip is named where it reproduces the statement, and never otherwise.
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
        if verdict == "wrong" and not reasons and found.say_no_slip:
            reasons = ["no known slip gives it"]
    return verdict, "; ".join([*reasons, *found.details])


def with_prose(reason: str, why: str | Mapping[str, str], verdict: VerdictName) -> str:
    """Return the reason with the check's own words added.

    A mapping has words for the verdicts that it names; plain text is for every verdict but confirmed.

    >>> with_prose("a factor is lost", "See part (b).", "wrong")
    'a factor is lost. See part (b).'
    """
    prose = why.get(verdict, "") if isinstance(why, Mapping) else "" if verdict == "confirmed" else why
    if reason and prose:
        return f"{reason}. {prose}" if prose[0].isupper() else f"{reason}; {prose}"
    return reason or prose
