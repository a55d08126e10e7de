"""Judging numbers and lists of numbers, at the precision as written."""

from __future__ import annotations

from nnutils.audit.claims import Claim, Plain
from nnutils.audit.judging import Case, Found, agreeing, values_at, worked_text
from nnutils.audit.judging_formulas import written_values
from nnutils.audit.plain_numbers import (
    Number,
    PlainArray,
    array_value,
    as_array,
    as_number,
    difference,
    finite,
    number_text,
    place_text,
    plain_text,
    plain_value,
    shape_text,
)
from nnutils.audit.precision import Match, WrittenNumber, at_precision, match, parse_written
from nnutils.core.errors import ClaimError

__all__ = [
    "judge_number",
    "judge_shape",
]


def judge_number(claim: Claim, case: Case) -> Found:
    """Compare a written number with the computed one; where the claim has its working, judge that too.

    Raises:
        ClaimError: for a computed value or an alternative that is not one finite real number.
    """
    value = as_number(case.computed, "the computed value")
    written = _written(claim)
    digits = max(6, written.significant + 2) if written else 6
    shown = number_text(value, digits)
    computed = f"{shown} ({case.evidence})" if case.evidence else plain_value(value, digits)
    if written is None:
        return Found("different", computed, shown)
    result = match(written, value, rtol=case.rtol, atol=case.atol)
    remark, explained = "", False
    if claim.expression:
        good, remark, explained = _working(claim, case, written, value, result)
        if result != "different" and not good:
            return Found("different", computed, shown, details=(remark,))

    def number(alternative: object) -> Number:
        return as_number(_alone(alternative, case), "the value")

    def agrees(alternative: object) -> bool:
        return match(written, number(alternative), rtol=case.rtol, atol=case.atol) == "equal"

    def agrees_without(term: object) -> bool:
        return match(written, value - number(term), rtol=case.rtol, atol=case.atol) == "equal"

    def text(alternative: object) -> str:
        return worked_text(_alone(alternative, case), number_text(number(alternative), digits))

    def tell_convention(name: str, other: object) -> str:
        return f"right under the convention “{name}”, which gives {text(other)}; here it is {shown}"

    details = []
    if written.unit is not None and result != "equal":
        details = [f"with as many digits it is {at_precision(written, value)}"]
    return Found(
        result,
        computed,
        shown,
        agreeing(case.conventions, agrees, tell_convention, "convention"),
        agreeing(
            case.missing, agrees_without, lambda name, term: f"{name} ({text(term)}) is missing", "missing"
        ),
        agreeing(case.slips, agrees, lambda name, slip: f"{name}: that gives {text(slip)}", "slip"),
        not explained,
        (*details, *([remark] if remark else [])),
    )


def judge_shape(claim: Claim, case: Case) -> Found:
    """Compare a list of written numbers, or a matrix of them, with the computed one, entry by entry.

    Raises:
        ClaimError: for a computed value or an alternative that is not an array of finite real numbers.
    """
    right = finite(as_array(case.computed, "the computed value"), "the computed value")
    if not right.shape:
        raise ClaimError(
            "The computed value is one number; a shape is a list.", remedy="Give a list, or use kind: number."
        )
    value = array_value(right)
    shown = plain_text(value)
    computed = f"{shown} ({case.evidence})" if case.evidence else value
    if not isinstance(claim.stated, list):
        return Found("different", computed, shown)
    entries, shape = _entries(claim.stated)
    result, remark = _compare(entries, shape, right, case)

    def agrees(alternative: object) -> bool:
        other = finite(as_array(_alone(alternative, case), "the value"), "the value")
        return _compare(entries, shape, other, case)[0] == "equal"

    def tell_convention(name: str, _: object) -> str:
        return f"right under the convention “{name}”; here it is {shown}"

    return Found(
        result,
        computed,
        shown,
        agreeing(case.conventions, agrees, tell_convention, "convention"),
        slips=agreeing(case.slips, agrees, lambda name, _: f"{name}: that gives it", "slip"),
        slips_tried=True,
        details=(remark,) if remark else (),
    )


def _working(
    claim: Claim, case: Case, written: WrittenNumber, value: Number, result: Match
) -> tuple[bool, str, bool]:
    """Judge the working: does it lead to what is written, a remark, and does it explain an error."""
    working = written_values(claim.expression, [case.given])[0]
    if isinstance(working, str) or working.shape:
        reason = working if isinstance(working, str) else f"it gives {shape_text(working.shape)}"
        return False, f"the working as written: {reason}", False
    number = as_number(working.entries[0], "the working")
    text = number_text(number, max(6, written.significant + 2))
    follows = match(written, number, rtol=case.rtol, atol=case.atol) != "different"
    if result != "different":
        return (
            follows,
            "" if follows else f"the result is right, but the working as written gives {text}",
            False,
        )
    if follows:
        return True, "the working as written does give it", True
    right = difference(
        PlainArray((), (number,)), PlainArray((), (value,)), rtol=case.rtol, atol=case.atol
    ).equal
    return False, f"the working as written gives {text}", right


def _alone(value: object, case: Case) -> object:
    return values_at(value, [case.given], sampled=False, what="the value")[0]


def _written(claim: Claim) -> WrittenNumber | None:
    """Read the stated number; None where the scan left no number."""
    if isinstance(claim.stated, int | str):
        try:
            return parse_written(claim.stated, claim.digits)
        except ValueError:
            return None
    return None


def _entries(stated: list[Plain]) -> tuple[list[WrittenNumber | None], tuple[int, ...]]:
    """Return the entries as written in reading order (None where the scan lost one), and the shape."""
    if any(isinstance(part, list) for part in stated):
        rows = [_entries(part if isinstance(part, list) else [part]) for part in stated]
        return [entry for row, _ in rows for entry in row], (len(rows), *rows[0][1])
    entries: list[WrittenNumber | None] = []
    for part in stated:
        try:
            entries.append(parse_written(part) if isinstance(part, int | str) else None)
        except ValueError:
            entries.append(None)
    return entries, (len(stated),)


def _compare(
    entries: list[WrittenNumber | None], shape: tuple[int, ...], right: PlainArray, case: Case
) -> tuple[Match, str]:
    if shape != right.shape:
        return "different", f"stated: {shape_text(shape)}; right: {shape_text(right.shape)}"
    results: list[Match] = [
        match(written, as_number(value, "an entry"), rtol=case.rtol, atol=case.atol)
        if written
        else "different"
        for written, value in zip(entries, right.entries, strict=True)
    ]
    off = [place for place, result in enumerate(results) if result != "equal"]
    if not off:
        return "equal", ""
    places = [divmod(place, shape[-1]) if len(shape) > 1 else (place,) for place in off]
    named = ", ".join(place_text(place) for place in places[:4]) + (", ..." if len(places) > 4 else "")
    result: Match = "different" if "different" in results else "last digit"
    lost = "differ or are lost" if None in entries else "differ"
    return result, f"{len(off)} of {len(results)} entries {lost}: {named}"
