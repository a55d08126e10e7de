"""The verdicts: their names and symbols, a judged claim, and how what was found becomes a verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from nnutils.audit.searching import slips_in_words
from nnutils.audit.statements.claim import Claim, Stated
from nnutils.audit.value_text import plain_text
from nnutils.slips import Slip, ties
from nnutils.slips.precision import Match

__all__ = ["RIGHT", "SYMBOLS", "Verdict", "VerdictName"]

VerdictName = Literal["confirmed", "wrong", "rounded", "convention", "incomplete", "unreadable", "given"]

SYMBOLS: dict[VerdictName, str] = {
    "confirmed": "✓",
    "wrong": "✗",
    "rounded": "≈",
    "convention": "⇄",
    "incomplete": "…",
    "unreadable": "?",
    "given": "=",
}
"""Every verdict and its symbol, so that none is told by colour alone, in the order of all counts."""

RIGHT: tuple[VerdictName, ...] = ("confirmed", "given")
"""The verdicts on what is right; every other is disputed, and has a cause."""

_SHOWN = ("id", "sheet", "question", "says", "stated", "computed", "verdict", "why")
_FIELDS = (*_SHOWN, "kind", "restored", "cause", "charged", "explained")


@dataclass(frozen=True, repr=False)
class Verdict:
    """A judged claim: what was stated and computed, the verdict and reason.

    ``restored`` says how a damaged statement was read. ``cause`` names what is behind one that is not right,
    and ``charged`` who made the slip. ``slips`` explain a wrong number, most plausible first. ``html``, which
    a worked number fills, and ``is_formula`` serve the tables.
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
    is_formula: bool = False
    restored: str = ""
    cause: str = ""
    charged: str = ""
    slips: tuple[Slip, ...] = ()

    @property
    def explained(self) -> list[str]:
        """The most plausible explanations of a wrong number, in sentences; several where they tie."""
        return [slip.sentence for slip in ties(self.slips)]

    @property
    def symbol(self) -> str:
        """The symbol of the verdict, such as ✓ or ✗."""
        return SYMBOLS[self.verdict]

    @property
    def is_right(self) -> bool:
        """Whether nothing is wrong with it: it is confirmed, or restates the question rightly."""
        return self.verdict in RIGHT

    @property
    def reason(self) -> str:
        """The reason of the verdict, after how the statement was read."""
        return "; ".join(part for part in (self.restored and f"read as {self.restored}", self.why) if part)

    def as_dict(self) -> dict[str, Any]:
        """Return the fields that ``python -m nnutils.audit --json`` lists."""
        return {name: getattr(self, name) for name in _FIELDS}

    def __str__(self) -> str:
        reason = f" ({self.reason})" if self.reason else ""
        stated, computed = plain_text(self.stated), plain_text(self.computed)
        return f"{self.symbol} {self.verdict}: stated {stated}, computed {computed}{reason}"

    __repr__ = __str__


@dataclass(frozen=True)
class Found:
    """What judging a claim found: the match, what to show, and the alternatives that agree, with a clause.

    ``computed`` is stored with the verdict; ``shown`` is the computed value as text, for a reason.
    ``explained`` are the slips that a search finds for a number that is different.
    ``say_no_slip`` asks for the words that no known slip gives it, where no slip does.
    """

    match: Match
    computed: object
    shown: str
    conventions: Mapping[str, str] = field(default_factory=dict)
    missing: Mapping[str, str] = field(default_factory=dict)
    slips: Mapping[str, str] = field(default_factory=dict)
    explained: tuple[Slip, ...] = ()
    say_no_slip: bool = False
    details: tuple[str, ...] = ()


def conclude(claim: Claim, found: Found) -> tuple[VerdictName, str]:
    """Return the verdict that follows from what was found, and the reason for it.

    In this order:

    1. It agrees as written: confirmed (which for a claim of kind given becomes given).
    2. It agrees under a named convention: convention.
    3. It agrees when a named missing term or case is added: incomplete.
    4. The scan damaged it: unreadable, because damage and slip cannot be told apart.
    5. Its last digit is one off: rounded.
    6. Otherwise: wrong. A slip is named where it reproduces the statement, and never otherwise: those of the
       check, and those that a search finds.
    """
    verdict: VerdictName
    if found.match == "equal":
        return "confirmed", ""
    if found.conventions:
        return "convention", "; ".join(
            [*found.conventions.values(), *(f"otherwise {d}" for d in found.details)]
        )
    if found.missing:
        verdict, reasons = "incomplete", list(found.missing.values())
    elif not claim.legible:
        verdict = "unreadable"
        if claim.stated is None:
            reasons = [f"computed {found.shown}; the scan lost what was written"]
        else:
            reading = f"computed {found.shown}, the scan reads {plain_text(claim.stated)}"
            reasons = [reading, "damage by the scan and a slip of the solver cannot be told apart"]
        reasons += [f"this slip would give it: {slip}" for slip in found.slips.values()]
    else:
        verdict = "rounded" if found.match == "last digit" else "wrong"
        reasons = list(found.slips.values())
        if verdict == "wrong" and found.explained:
            reasons.append(slips_in_words(found.explained))
        elif verdict == "wrong" and not reasons and found.say_no_slip:
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
