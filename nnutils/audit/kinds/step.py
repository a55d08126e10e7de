"""Steps and conclusions: a statement that holds or does not, or the cases that an argument treats."""

from __future__ import annotations

from collections.abc import Set

from nnutils.audit.case import Case
from nnutils.audit.kinds.alternatives import agreeing
from nnutils.audit.plain_values import as_bool
from nnutils.audit.statements.claim import Claim, Stated
from nnutils.audit.value_text import plain_text
from nnutils.audit.verdict import Found
from nnutils.core import messages
from nnutils.core.errors import ClaimError

__all__ = ["check_stated", "judge"]


def check_stated(claim: Claim) -> None:
    """Refuse a statement that is neither true nor a list of different cases.

    Raises:
        ClaimError: for false as well: a sheet states what it holds to be true.
    """
    if claim.stated is True:
        return
    cases = claim.stated if isinstance(claim.stated, list) else []
    distinct = {_one_line(case) for case in cases if isinstance(case, str) and case.strip()}
    if not cases or len(distinct) < len(cases):
        raise ClaimError(
            f"{messages.shown(claim.stated)} is not a statement.",
            where="field stated",
            remedy="Allowed: true, or a list of different cases, each a quoted string.",
        )


def judge(claim: Claim, case: Case) -> Found:
    """Compare a statement with what the code finds: True or False, or the list of all cases.

    ``missing`` holds, for each hypothesis that the statement lacks, whether it holds with that hypothesis.

    Raises:
        ClaimError: for a computed value that is neither, and for alternatives to a list of cases.
    """
    if isinstance(claim.stated, list):
        return _judge_cases(claim.stated, case)
    holds = as_bool(case.computed, "the computed value")
    shown = plain_text(holds) + (f": {case.evidence}" if case.evidence else "")
    computed = shown if case.evidence else holds
    if claim.stated is not True:  # the scan lost the statement, or damaged it
        return Found("different", computed, shown)
    return Found(
        "equal" if holds else "different",
        computed,
        shown,
        conventions=agreeing(
            "convention",
            case.conventions,
            lambda value: as_bool(value, "the value"),
            lambda name, _: f"it holds under the convention “{name}”",
        ),
        missing=agreeing(
            "missing",
            case.missing,
            lambda value: as_bool(value, "the value"),
            lambda name, _: f"the hypothesis “{name}” is missing; with it the statement holds",
        ),
        details=("it does not hold",),
    )


def _judge_cases(stated: list[Stated], case: Case) -> Found:
    remedy = "A list of cases is judged against the list of all cases, each as text."
    for name in ("conventions", "missing"):
        if getattr(case, name):
            raise ClaimError(f"A list of cases does not use {name}=.", remedy=remedy)
    if not isinstance(case.computed, list | tuple | Set) or not case.computed:
        raise ClaimError(
            f"The computed value must be the list of all cases, got {case.computed!r}.", remedy=remedy
        )
    if not all(isinstance(name, str) for name in case.computed):
        raise ClaimError("Each case must be text, as in claims.yml.", remedy=remedy)
    # A set has no order of its own, and what is stored must not depend on the run.
    names = sorted(case.computed) if isinstance(case.computed, Set) else case.computed
    every = [_one_line(name) for name in names]
    said = [_one_line(str(name)) for name in stated]
    lacking = [name for name in every if name not in said]
    surplus = [name for name in said if name not in every]
    shown = "; ".join(every) + (f" ({case.evidence})" if case.evidence else "")
    left_out = {f"the case {', '.join(lacking)}": f"not treated: {', '.join(lacking)}"} if lacking else {}
    if surplus:
        details = (f"no such case: {', '.join(surplus)}", *left_out.values())
        return Found("different", shown, shown, details=details)
    return Found("different" if lacking else "equal", shown, shown, missing=left_out)


def _one_line(text: str) -> str:
    """Return a text with single spaces, since YAML may have broken it over lines."""
    return " ".join(text.split())
