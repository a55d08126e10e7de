"""The judge: what a sheet states x what the code computes -> a verdict. Nothing here knows a right answer.

Each kind of claim is judged by a module of ``nnutils.audit.kinds``, at the precision as written.
"""

from __future__ import annotations

from collections.abc import Mapping

from nnutils.audit.case import Case
from nnutils.audit.kinds import ARGUMENTS, KINDS
from nnutils.audit.statements.claim import Claim
from nnutils.audit.verdict import SYMBOLS, Verdict, conclude, with_prose
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
    ✗ wrong: stated 4,096,000, computed 4,097,000 (the bias is left out: that gives 4,096,000)
    """
    _check_case(claim, case)
    found = KINDS[claim.kind].judge(claim, case)
    verdict, reason = conclude(claim, found)
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
    )


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
        if getattr(case, name) and name not in KINDS[claim.kind].arguments:
            raise ClaimError(
                f"A claim of kind {claim.kind} does not use {name}=.", remedy=f"Leave {name}= out."
            )
