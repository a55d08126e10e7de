"""Numbers: compared at the precision as written, and with the working beside them.

Exact for whole numbers and fractions; half a unit of the last digit for decimals; ``digits`` significant
digits for approximate statements (``nnutils.slips.precision``).
"""

from __future__ import annotations

from dataclasses import dataclass

from nnutils.audit.case import Case, value_at
from nnutils.audit.kinds.alternatives import agreeing
from nnutils.audit.plain_values import PlainArray, as_number, difference, stored_number
from nnutils.audit.searching import search_slips
from nnutils.audit.statements.claim import Claim
from nnutils.audit.statements.expressions import value_as_written
from nnutils.audit.value_text import Number, shape_text
from nnutils.audit.verdict import Found
from nnutils.core import messages
from nnutils.core.errors import ClaimError, ExpressionError
from nnutils.core.numerals import number_text
from nnutils.core.worked import Worked
from nnutils.slips.precision import Match, WrittenNumber, at_precision, match, parse_written

__all__ = ["check_number", "check_stated", "judge", "written_number"]

_ALLOWED = (
    'Allowed: an int, or a quoted string that keeps the digits, such as "1.7160", "10,542,972", "-1/81".'
)
_ORDER: tuple[Match, ...] = ("equal", "last digit", "different")  # from the best to the worst
_DIGITS = 6  # significant digits of a computed float; more where more were written


def check_stated(claim: Claim) -> None:
    """Refuse a statement that is not a number as somebody would write it.

    Raises:
        ClaimError: for an unquoted decimal, a bool, and text that is not a number.
    """
    check_number(claim.stated, claim.digits)


def check_number(stated: object, digits: int | None = None) -> None:
    """Refuse what is not a number as somebody would write it, here and in the entries of a shape.

    Raises:
        ClaimError: for an unquoted decimal, a bool, and text that is not a number.
    """
    if isinstance(stated, float):
        problem = f"{messages.shown(stated)} is not quoted, so that YAML drops its last zeros."
    elif isinstance(stated, bool) or not isinstance(stated, int | str):
        problem = f"{messages.shown(stated)} is not a number."
    else:
        try:
            parse_written(stated, digits)
        except ExpressionError as error:
            problem = error.problem
        else:
            return
    raise ClaimError(problem, where="field stated", remedy=_ALLOWED)


def written_number(stated: object, digits: int | None = None) -> WrittenNumber | None:
    """Return a stated number as it was written; None where the scan left no number."""
    if not isinstance(stated, int | str):
        return None
    try:
        return parse_written(stated, digits)
    except ExpressionError:
        return None


def judge(claim: Claim, case: Case) -> Found:
    """Compare a written number with the computed one; where the claim has its working, judge that too.

    A right result of a working that gives something else is wrong.

    Raises:
        ClaimError: for a computed value or an alternative that is not one finite real number.
    """
    value = as_number(case.computed, "the computed value")
    written = written_number(claim.stated, claim.digits)
    digits = _digits(written) if written else _DIGITS
    shown = number_text(value, significant=digits, group=True)
    computed = f"{shown} ({case.evidence})" if case.evidence else stored_number(value, digits)
    if written is None:
        return Found("different", computed, shown)
    result = match(written, value, rtol=case.rtol, atol=case.atol)
    working = _judge_working(claim, case, written, value, result) if claim.expression else _Working()
    if result != "different" and working.follows == "different":
        return Found("different", computed, shown, details=(working.remark,))
    if working.follows == "last digit":
        result = max(result, working.follows, key=_ORDER.index)

    def number(alternative: object) -> Number:
        return as_number(value_at(alternative, case.given), "the value")

    def agrees(alternative: object) -> bool:
        return match(written, number(alternative), rtol=case.rtol, atol=case.atol) == "equal"

    def agrees_without(term: object) -> bool:
        return match(written, value - number(term), rtol=case.rtol, atol=case.atol) == "equal"

    def text(alternative: object) -> str:
        """Write an alternative with its derivation, where it has one."""
        plain = value_at(alternative, case.given)
        return (
            plain.work
            if isinstance(plain, Worked)
            else number_text(number(plain), significant=digits, group=True)
        )

    details = []
    if written.unit is not None and result != "equal":
        details.append(f"with as many digits it is {at_precision(written, value)}")
    if working.remark:
        details.append(working.remark)
    conventions = agreeing(
        "convention",
        case.conventions,
        agrees,
        lambda name, other: (
            f"right under the convention “{name}”, which gives {text(other)}; here it is {shown}"
        ),
    )
    missing = agreeing(
        "missing", case.missing, agrees_without, lambda name, term: f"{name} ({text(term)}) is missing"
    )
    wrong = result == "different" and claim.legible and not conventions and not missing
    return Found(
        result,
        computed,
        shown,
        conventions=conventions,
        missing=missing,
        slips=agreeing("slip", case.slips, agrees, lambda name, slip: f"{name}: that gives {text(slip)}"),
        explained=search_slips(claim.stated, case) if wrong else (),
        say_no_slip=not working.explains,
        details=tuple(details),
    )


@dataclass(frozen=True)
class _Working:
    """How the written result follows from the working, a remark, and whether that explains an error."""

    follows: Match = "equal"
    remark: str = ""
    explains: bool = False


def _judge_working(
    claim: Claim, case: Case, written: WrittenNumber, value: Number, result: Match
) -> _Working:
    working = value_as_written(claim.expression, case.given)
    if isinstance(working, str) or working.shape:
        reason = working if isinstance(working, str) else f"it gives {shape_text(working.shape)}"
        return _Working("different", f"the working as written: {reason}")
    number = as_number(working.entries[0], "the working")
    shown = number_text(number, significant=_digits(written), group=True)
    gives = f"the working as written gives {shown}"
    follows = match(written, number, rtol=case.rtol, atol=case.atol)
    if result != "different":
        # Where the result itself is one off in its last digit, the working that gives it says nothing new.
        says_more = follows != "equal" and result == "equal" or follows == "different"
        return _Working(follows, f"the result is right, but {gives}" if says_more else "")
    if follows != "different":
        return _Working("equal", "the working as written does give it", explains=True)
    # A working that gives the computed value shows that only the result was written down wrongly.
    is_right = difference(
        PlainArray((), (number,)), PlainArray((), (value,)), rtol=case.rtol, atol=case.atol
    ).equal
    return _Working("different", gives, explains=is_right)


def _digits(written: WrittenNumber) -> int:
    """Return how many digits of a computed float to show: two more than were written."""
    return max(_DIGITS, written.significant + 2)
