"""The judge: what a sheet states x what the code computes -> a verdict. Nothing here knows a right answer.

Each kind of claim is judged by a module of ``nnutils.audit.kinds``, at the precision as written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from nnutils.audit.case import Case
from nnutils.audit.kinds import ARGUMENTS, KINDS
from nnutils.audit.plain_values import as_array, difference
from nnutils.audit.statements.claim import Charged, Claim
from nnutils.audit.value_text import plain_text
from nnutils.audit.verdict import RIGHT, SYMBOLS, Found, Verdict, VerdictName, conclude, with_prose
from nnutils.core.errors import ClaimError
from nnutils.core.worked import Worked

__all__ = ["judge"]


def judge(claim: Claim, case: Case) -> Verdict:
    """Return the verdict on one claim.

    Raises:
        ClaimError: for a computed value, an alternative or an argument that does not suit the claim.

    >>> claim = Claim("001-q3-out", "001", "weights of the output layer", 4096000, "number")
    >>> print(judge(claim, Case(4096 * 1000)))
    ✓ confirmed: stated 4,096,000, computed 4,096,000
    >>> print(judge(claim, Case(4097 * 1000, slips={"the bias is left out": 4096 * 1000})))
    ✗ wrong: stated 4,096,000, computed 4,097,000 (the bias is left out: that gives 4,096,000; explained: 7
    became 6: 4,096,000 in place of 4,097,000)
    """
    _check_case(claim, case)
    found, verdict, reason = _read(claim, case)
    if verdict == "confirmed" and claim.kind == "given":
        verdict = "given"
    restored = _restored(claim, verdict)
    cause, charged = _cause(claim, case, verdict, found)
    # Evidence stands beside the computed value in words, and the derivation would take their place.
    html = case.computed._repr_html_() if isinstance(case.computed, Worked) and not case.evidence else ""
    return Verdict(
        id=claim.id,
        sheet=claim.sheet,
        question=claim.question,
        says=claim.says,
        stated=claim.stated,
        computed=found.computed,
        verdict=verdict,
        why=with_prose(reason, case.why, verdict),
        kind=claim.kind,
        html=html,
        is_formula=KINDS[claim.judged_as].is_formula,
        restored=restored,
        cause=cause,
        charged=charged,
        slips=found.explained if verdict == "wrong" else (),
    )


def _read(claim: Claim, case: Case) -> tuple[Found, VerdictName, str]:
    """Judge a claim as it stands, or under each of its readings: where they disagree, nothing decides."""
    kind = KINDS[claim.judged_as]
    if not claim.readings:
        found = kind.judge(claim, case)
        return found, *conclude(claim, found)
    verdicts: dict[str, tuple[Found, VerdictName, str]] = {}
    for reading in claim.readings:
        whole = replace(claim, legible=True, readings=())
        read_so = (
            replace(whole, expression=str(reading)) if kind.is_formula else replace(whole, stated=reading)
        )
        found = kind.judge(read_so, case)
        verdicts[plain_text(reading)] = (found, *conclude(read_so, found))
    found, verdict, reason = next(iter(verdicts.values()))
    if len({name for _, name, _ in verdicts.values()}) == 1:
        return found, verdict, reason
    each = "; ".join(f"read as {text} it is {name}" for text, (_, name, _) in verdicts.items())
    return found, "unreadable", f"nothing decides between the readings: {each}"


def _restored(claim: Claim, verdict: VerdictName) -> str:
    """Say how a damaged statement was read; '' where it was read as it stands, or not at all."""
    if claim.readings:
        return "" if verdict == "unreadable" else " or ".join(plain_text(r) for r in claim.readings)
    return (
        claim.restored if isinstance(claim.restored, str) else "the only reading that fits" * claim.restored
    )


def _cause(claim: Claim, case: Case, verdict: VerdictName, found: Found) -> tuple[str, Charged | Literal[""]]:
    """Return what is behind a statement that is not right, and who is charged with it.

    Nobody is charged where a convention is open. What the scan lost has no cause but the scan.
    """
    if verdict in RIGHT:
        return "", ""
    given = case.cause or claim.cause
    charged = case.charged or claim.charged
    if verdict == "unreadable":
        return given or "lost in the scan", charged or "scan"
    alternatives = {"convention": found.conventions, "incomplete": found.missing}.get(verdict, found.slips)
    named = next(iter(alternatives), "")
    if verdict == "wrong" and not named and found.explained:
        named = found.explained[0].sentence.removesuffix(".")
    if verdict == "incomplete" and named:
        named = f"missing: {named}"
    return given or named, charged or ("" if verdict == "convention" else "sheet")


def _check_case(claim: Claim, case: Case) -> None:
    """Refuse what no check can bring, and arguments that this kind of claim does not use."""
    if case.computed is None:
        raise ClaimError("The computed value is None.", remedy="Give the value that the code computes.")
    if not 0 <= case.rtol < 1 or not 0 <= case.atol:
        raise ClaimError(
            f"rtol={case.rtol}, atol={case.atol} are not tolerances.",
            remedy="Use rtol in [0, 1), atol >= 0.",
        )
    if isinstance(case.why, Mapping) and (unknown := set(case.why) - set(SYMBOLS)):
        raise ClaimError(
            f"why= has words for {min(unknown)!r}, which is not a verdict.",
            remedy=f"The verdicts are {', '.join(SYMBOLS)}.",
        )
    for name in ARGUMENTS:
        if getattr(case, name) and name not in KINDS[claim.judged_as].arguments:
            raise ClaimError(
                f"A claim of kind {claim.judged_as} does not use {name}=.", remedy=f"Leave {name}= out."
            )
    if case.derivation is not None:
        own, value = (as_array(x, "the value") for x in (_value_of(case.derivation), case.computed))
        if own.shape != value.shape or not difference(own, value, rtol=1e-9, atol=0.0).equal:
            raise ClaimError(
                f"The derivation gives {_value_of(case.derivation)}, the computed value is {case.computed}.",
                remedy="Give the derivation of the computed value, or none.",
            )


def _value_of(derivation: Any) -> Any:
    """Return the value of a derivation, or the values of a list of them."""
    if isinstance(derivation, list | tuple):
        return [_value_of(part) for part in derivation]
    return getattr(derivation, "value", derivation)
