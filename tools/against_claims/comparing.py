"""What became of each recorded statement of a sheet when the sheet was linted.

A statement is looked for on the lines where it stands, by its number and its working, a formula by its
letters and digits. Where its one line is not known, it has to be long enough not to be met by chance.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from nnutils.audit import Claim, Verdict
from nnutils.lint import UNCHECKED, Finding, Report
from nnutils.slips.precision import parse_written

__all__ = ["OUTCOMES", "SAME", "Compared", "Place", "bare", "compare", "numbers", "reason"]

Place = tuple[int, int]
"""The first and the last line on which a statement stands."""

OUTCOMES = {
    "agrees": "judged alone, as the audit does",
    "differs": "judged alone, otherwise than the audit",
    "working": "only the arithmetic that it is in was judged",
    "left": "found and left open",
    "person": "needs a person",
}
"""What became of a recorded statement, in words."""

SAME: Mapping[str, tuple[str, ...]] = {  # the audit's verdict, and what lint says of the same statement
    "confirmed": ("right",),
    "given": ("right",),
    "wrong": ("wrong",),
    "rounded": ("rounded",),
    "convention": ("right", "rounded"),
    "incomplete": ("right",),
    "unreadable": (),
}
_NUMBER = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d*\.?\d+")
_FRACTION = re.compile(r"(-?\d+)/(\d+)")
_NAME = re.compile(r"[A-Za-z_]\w*")
_TIMES = re.compile(r"(?<=\d)\s*[xX×]\s*(?=\d)")
_MARKUP = re.compile(r"\\(?!sin|cos|tanh|ln|log|exp|sigma|max|min)[A-Za-z]+|[^0-9A-Za-z\\]+|\\")
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_FEWEST = 4  # letters and digits of a formula that is looked for as text, where its line is not known
_SHORTEST = 3  # signs of a number that is looked for, where its line is not known
_CLEAR = ("right", "wrong", "rounded")


@dataclass(frozen=True)
class Compared:
    """A recorded statement, the audit's verdict, what lint found about it, and the outcome."""

    claim: Claim
    verdict: Verdict
    finding: Finding | None
    outcome: str


def compare(
    claims: Sequence[Claim],
    verdicts: Mapping[str, Verdict],
    report: Report,
    places: Mapping[str, Place] | None = None,
) -> list[Compared]:
    """Return what became of each recorded statement of one sheet.

    ``places`` says on which lines statements stand, by how their ids begin; the longest beginning counts.
    """
    return [
        _compared(claim, verdicts[claim.id], report.judged, _place(claim.id, places or {}))
        for claim in claims
    ]


def _place(name: str, places: Mapping[str, Place]) -> Place | None:
    fitting = [one for one in places if name == one or name.startswith(f"{one}-")]
    return places[max(fitting, key=len)] if fitting else None


def _compared(claim: Claim, verdict: Verdict, judged: Sequence[Finding], place: Place | None) -> Compared:
    near = [one for one in judged if place is None or (one.line <= place[1] and place[0] <= one.end_line)]
    sure = place is not None and place[0] == place[1]
    own = [one for one in near if _is_about(claim, one, sure)]
    same = SAME[verdict.verdict]
    clear = [one for one in own if one.verdict in _CLEAR]
    if clear and verdict.verdict != "unreadable":
        other = [one for one in clear if one.verdict not in same]
        return Compared(claim, verdict, (other or clear)[0], "differs" if other else "agrees")
    if own:
        return Compared(claim, verdict, _most(own, "suspicious"), "left")
    around = [one for one in near if _is_around(claim, one, sure)]
    return Compared(claim, verdict, _most(around, *same), "working" if around else "person")


def _most(found: Sequence[Finding], *verdicts: str) -> Finding | None:
    """Return the first finding with one of the verdicts, or else the first."""
    return next((one for one in found if one.verdict in verdicts), found[0] if found else None)


def _is_about(claim: Claim, finding: Finding, sure: bool) -> bool:
    """Return whether a finding judges just what a claim states."""
    if claim.judged_as == "shape":
        stated, ends = numbers(str(claim.stated)), ("input", "output")
        end, found = claim.id.rpartition("-")[2], finding.kind.partition(" ")[0]
        if end in ends and found in ends and end != found:
            return False
        return len(stated) > 1 and finding.kind != "arithmetic" and numbers(finding.stated) == stated
    if claim.judged_as == "number":
        if not _same_value(claim, finding):
            return False
        if claim.expression:
            factors = Counter(numbers(_NAME.sub(" ", claim.expression)))
            return bool(factors) and not factors - Counter(numbers(finding.statement))
        return finding.kind != "arithmetic" and (sure or len(str(claim.stated)) >= _SHORTEST)
    if claim.judged_as in ("formula", "rule") and claim.stated:
        last = bare(str(claim.stated).rpartition("=")[2])
        if finding.kind == "trace":  # it names the side of the row that it judges
            return bool(last) and bare(finding.statement) == last
        # that a working was put in rightly is more than that its arithmetic is right
        return _has_its_formula(claim, finding, sure) and (
            finding.kind != "arithmetic" or "=" in str(claim.stated)
        )
    return False


def _is_around(claim: Claim, finding: Finding, sure: bool) -> bool:
    """Return whether a finding judges arithmetic that the statement is a part of, and no more of it."""
    if finding.verdict == "unchecked":
        return False
    inside = numbers(finding.statement)
    if claim.judged_as == "number":
        value = _value(claim.stated)
        return (
            value is not None
            and (_same_value(claim, finding) or abs(value) in inside)
            and (sure or len(str(claim.stated)) >= _SHORTEST)
        )
    if claim.judged_as == "shape":
        stated = numbers(str(claim.stated))
        return len(stated) > 1 and any(
            inside[start : start + len(stated)] == stated for start in range(len(inside))
        )
    return claim.judged_as in ("formula", "rule") and _has_its_formula(claim, finding, sure)


def _has_its_formula(claim: Claim, finding: Finding, sure: bool) -> bool:
    text, found = bare(str(claim.stated)), bare(finding.statement)
    return (
        text in found
        if len(text) >= _FEWEST
        else sure and (text == found or text.isdigit() and text in found)
    )


def _same_value(claim: Claim, finding: Finding) -> bool:
    stated, found = _value(claim.stated), _value(finding.stated)
    return stated is not None and stated == found


def _value(stated: object) -> Fraction | None:
    if isinstance(stated, bool) or not isinstance(stated, int | str) or stated == "":
        return None
    try:
        return parse_written(stated).value
    except ValueError:
        pass
    text = str(stated)
    for word, scale in _SCALES.items():
        if text.endswith(word) and (value := _value(text.removesuffix(word).strip())) is not None:
            return scale * value
    if found := _FRACTION.fullmatch(re.sub(r"[() ]", "", text).replace("−", "-")):
        return Fraction(int(found[1]), int(found[2]) or 1)
    return only[0] if len(only := numbers(text)) == 1 and not re.search("[A-Za-z]", text) else None


def numbers(text: str) -> list[Fraction]:
    """Return the numbers of a text, without their signs."""
    return [parse_written(found).value for found in _NUMBER.findall(text.replace("{,}", ","))]


def bare(text: str) -> str:
    """Return a formula's letters and digits, without what sets it and without the cross of a product."""
    return _MARKUP.sub("", _TIMES.sub(" ", text)).lower()


# --- why not ----------------------------------------------------------------------------------------------


def reason(row: Compared) -> str:
    """Return why a statement was not judged alone, or '' where it was."""
    claim, finding = row.claim, row.finding
    if row.outcome in ("agrees", "differs"):
        return ""
    if finding is not None and row.outcome == "left":
        if row.verdict.verdict == "unreadable":
            return "the scan lost what it says"
        return UNCHECKED[finding.cause] if finding.cause else "two readings, or two places that differ"
    if row.outcome == "working":
        return "what it counts or means is in the question"
    return _why_unseen(claim, row.verdict)


def _why_unseen(claim: Claim, verdict: Verdict) -> str:
    if claim.stated is None or verdict.verdict == "unreadable":
        return "the scan lost what it says"
    if claim.restored:
        return "the scan damaged it; the record restores it"
    if claim.judged_as in ("step", "conclusion") or isinstance(claim.stated, bool) or _is_words(claim.stated):
        return "it is said in words"
    if claim.judged_as == "rule" or (claim.judged_as == "formula" and _has_letters(claim)):
        return "a formula in letters, which the question defines"
    if claim.judged_as == "formula":
        return "a formula without a result beside it"
    if claim.judged_as == "shape":
        return "a size or a list, without what gives it"
    return "a number without a working beside it"


def _is_words(stated: object) -> bool:
    return isinstance(stated, list) and any(isinstance(one, str) for one in stated)


def _has_letters(claim: Claim) -> bool:
    names = set(_NAME.findall(claim.expression or bare(str(claim.stated))))
    return bool(names - {"exp", "sin", "cos", "tanh", "ln", "log", "relu", "abs", "inf"})
