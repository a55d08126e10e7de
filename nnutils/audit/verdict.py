"""The judge: what a sheet states x what the code computes -> a verdict. Nothing here knows a right answer.

What each kind means, and at which precision it is judged:

- number: at the precision as written (``precision.match``). Exact for whole numbers and fractions;
  half a unit of the last digit for decimals; ``digits`` significant digits for approximate statements. Where
  the claim also transcribes the working, the working is evaluated too: a right result of a working that
  gives something else is wrong.
- shape: lists of numbers, entry by entry, each at the precision as written.
- formula, rule: evaluated as written and compared with the right value (``nnutils.audit.judging_formulas``).
- step, conclusion: True or False as the code finds it; or a list of cases against the list of all cases.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

from nnutils.audit.claims import FORMULAS, STEPS, Claim, Plain
from nnutils.audit.judging import SYMBOLS, Case, Found, VerdictName, agreeing, conclude, refuse, with_prose
from nnutils.audit.judging_formulas import judge_formula
from nnutils.audit.judging_numbers import judge_number, judge_shape
from nnutils.audit.plain_numbers import as_bool, plain_text
from nnutils.audit.precision import Match
from nnutils.core.errors import ClaimError
from nnutils.core.worked import Worked

__all__ = [
    "Verdict",
    "judge",
]

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
    stated: Plain
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

    @staticmethod
    def from_dict(fields: Mapping[str, Any]) -> Verdict:
        """Rebuild a verdict from a notebook's stored output.

        Raises:
            ClaimError: for a missing field or a verdict that does not exist.
        """
        if missing := [name for name in _FIELDS if name not in fields]:
            raise ClaimError(
                f"A stored verdict lacks {', '.join(missing)}.", remedy="Run the notebook again."
            )
        if fields["verdict"] not in get_args(VerdictName):
            raise ClaimError(f"{fields['verdict']!r} is no verdict.", remedy="Run the notebook again.")
        kind, html = str(fields.get("kind", "")), str(fields.get("html", ""))
        return Verdict(**{name: fields[name] for name in _FIELDS}, kind=kind, html=html)

    def __str__(self) -> str:
        reason = f" ({self.why})" if self.why else ""
        stated, computed = plain_text(self.stated), plain_text(self.computed)
        return f"{self.symbol} {self.verdict}: stated {stated}, computed {computed}{reason}"

    __repr__ = __str__


def judge(claim: Claim, case: Case) -> Verdict:
    """Judge one claim.

    Raises:
        ClaimError: for a computed value, an alternative or an argument that does not suit the claim.

    >>> claim = Claim("001-q3-out", "001", "weights of the output layer", 4096000, "number")
    >>> print(judge(claim, Case(4096 * 1000)))
    ✓ confirmed: stated 4,096,000, computed 4,096,000
    >>> print(judge(claim, Case(4097 * 1000, slips={"the bias is left out": 4096 * 1000})))
    ✗ wrong: stated 4,096,000, computed 4,097,000 (the bias is left out: that gives 4,096,000)
    """
    if case.computed is None:
        raise ClaimError("The computed value is None.", remedy="Give the value that the code computes.")
    if not 0 <= case.rtol < 1 or not 0 <= case.atol:
        raise ClaimError(
            f"rtol={case.rtol}, atol={case.atol} are no tolerances.", remedy="Use rtol in [0, 1), atol >= 0."
        )
    if isinstance(case.why, Mapping) and (unknown := set(case.why) - set(SYMBOLS)):
        raise ClaimError(f"why= names {min(unknown)!r}.", remedy=f"The verdicts are {', '.join(SYMBOLS)}.")
    if claim.kind in FORMULAS:
        found = judge_formula(claim, case)
    elif claim.kind in STEPS:
        found = _judge_step(claim, case)
    else:
        refuse(claim, case, "samples", *(["missing"] if claim.kind == "shape" else []))
        found = judge_number(claim, case) if claim.kind == "number" else judge_shape(claim, case)
    verdict, reason = conclude(claim, found)
    html = case.computed._repr_html_() if isinstance(case.computed, Worked) else ""
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
        html=html if not case.evidence else "",
    )


def _judge_step(claim: Claim, case: Case) -> Found:
    refuse(claim, case, "slips", "missing", "given", "samples")
    if isinstance(claim.stated, list):
        return _judge_cases(claim.stated, case)
    holds = as_bool(case.computed, "the computed value")
    shown = plain_text(holds) + (f": {case.evidence}" if case.evidence else "")
    computed = shown if case.evidence else holds
    conventions = agreeing(
        case.conventions,
        lambda value: as_bool(value, "the value"),
        lambda name, _: f"it holds under the convention “{name}”",
        "convention",
    )
    if claim.stated is not True:
        return Found("different", computed, shown)
    result: Match = "equal" if holds else "different"
    return Found(result, computed, shown, conventions, details=("it does not hold",))


def _judge_cases(stated: list[Plain], case: Case) -> Found:
    computed, remedy = case.computed, "A list of cases is judged against the list of all cases, each as text."
    if case.conventions:
        raise ClaimError("conventions= means nothing for a list of cases.", remedy=remedy)
    if not isinstance(computed, list | tuple | set | frozenset) or not computed:
        raise ClaimError(
            f"The computed value must be the list of all cases, got {computed!r}.", remedy=remedy
        )
    names = sorted(computed) if isinstance(computed, set | frozenset) else list(computed)
    if not all(isinstance(name, str) for name in names):
        raise ClaimError("Each case must be text, as in claims.yml.", remedy=remedy)
    every = [" ".join(name.split()) for name in names]
    said = [" ".join(str(name).split()) for name in stated]
    lacking = [name for name in every if name not in said]
    surplus = [name for name in said if name not in every]
    shown = "; ".join(every)
    shown += f" ({case.evidence})" if case.evidence else ""
    left_out = (f"not treated: {', '.join(lacking)}",) if lacking else ()
    if surplus:
        details = (f"no such case: {', '.join(surplus)}", *left_out)
        return Found("different", shown, shown, details=details)
    return Found("different" if lacking else "equal", shown, shown, missing=left_out)
