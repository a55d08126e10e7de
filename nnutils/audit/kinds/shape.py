"""Shapes, and matrices of numbers: compared entry by entry, each at the precision as written."""

from __future__ import annotations

from nnutils.audit.case import Case, value_at
from nnutils.audit.kinds.alternatives import agreeing
from nnutils.audit.kinds.number import check_number, written_number
from nnutils.audit.plain_values import PlainArray, as_array, as_number, finite, stored_array
from nnutils.audit.searching import search_slips
from nnutils.audit.statements.claim import Claim, Stated
from nnutils.audit.value_text import place_text, plain_text, shape_text
from nnutils.audit.verdict import Found
from nnutils.core import messages
from nnutils.core.errors import ClaimError
from nnutils.slips.precision import Match, WrittenNumber, match

__all__ = ["check_stated", "judge"]

_MOST_NAMED = 4  # entries that a reason lists by their places


def check_stated(claim: Claim) -> None:
    """Refuse a statement that is not a list of numbers, or of rows of numbers of one length.

    Raises:
        ClaimError: for anything else, unless the scan damaged the list.
    """
    if claim.legible or not isinstance(claim.stated, list):
        _check_list(claim.stated)


def judge(claim: Claim, case: Case) -> Found:
    """Compare a list of written numbers, or a matrix of them, with the computed one, entry by entry.

    Raises:
        ClaimError: for a computed value or an alternative that is not an array of finite real numbers.
    """
    right = finite(as_array(case.computed, "the computed value"), "the computed value")
    if not right.shape:
        raise ClaimError(
            "The computed value is one number; a shape is a list.", remedy="Give a list, or use kind: number."
        )
    value = stored_array(right)
    shown = plain_text(value)
    computed = f"{shown} ({case.evidence})" if case.evidence else value
    if not isinstance(claim.stated, list):  # the scan lost the list, or damaged it
        return Found("different", computed, shown)
    entries, shape = _entries(claim.stated)
    result, remark = _compare(entries, shape, right, case)

    def agrees(alternative: object) -> bool:
        other = finite(as_array(value_at(alternative, case.given), "the value"), "the value")
        return _compare(entries, shape, other, case)[0] == "equal"

    conventions = agreeing(
        "convention",
        case.conventions,
        agrees,
        lambda name, _: f"right under the convention “{name}”; here it is {shown}",
    )
    wrong = result == "different" and claim.legible and not conventions
    return Found(
        result,
        computed,
        shown,
        conventions=conventions,
        explained=search_slips(claim.stated, case) if wrong else (),
        slips=agreeing("slip", case.slips, agrees, lambda name, _: f"{name}: that gives it"),
        say_no_slip=True,
        details=(remark,) if remark else (),
    )


def _check_list(stated: object) -> None:
    if not isinstance(stated, list) or not stated:
        raise ClaimError(
            f"{messages.shown(stated)} is not a list.",
            where="field stated",
            remedy="Allowed: a list of numbers, or of rows of numbers: [98, 98, 5].",
        )
    has_rows = any(isinstance(entry, list) for entry in stated)
    if has_rows and len({len(row) if isinstance(row, list) else -1 for row in stated}) > 1:
        raise ClaimError(
            f"{messages.shown(stated)} has rows of different lengths.",
            where="field stated",
            remedy="Allowed: a list of rows of one length.",
        )
    for entry in stated:
        if has_rows:
            _check_list(entry)
        else:
            check_number(entry)


def _entries(stated: list[Stated]) -> tuple[list[WrittenNumber | None], tuple[int, ...]]:
    """Return the entries as written in reading order (None where the scan lost one), and the shape."""
    if any(isinstance(part, list) for part in stated):
        rows = [_entries(part if isinstance(part, list) else [part]) for part in stated]
        return [entry for row, _ in rows for entry in row], (len(rows), *rows[0][1])
    return [written_number(part) for part in stated], (len(stated),)


def _compare(
    entries: list[WrittenNumber | None], shape: tuple[int, ...], right: PlainArray, case: Case
) -> tuple[Match, str]:
    """Return the worst match of all entries, and in words which entries are not equal."""
    if shape != right.shape:
        return "different", f"stated: {shape_text(shape)}; right: {shape_text(right.shape)}"
    results: list[Match] = [
        match(written, as_number(value, "an entry"), rtol=case.rtol, atol=case.atol)
        if written
        else "different"
        for written, value in zip(entries, right.entries, strict=True)
    ]
    off = [flat for flat, result in enumerate(results) if result != "equal"]
    if not off:
        return "equal", ""
    places = [divmod(flat, shape[-1]) if len(shape) > 1 else (flat,) for flat in off]
    named = ", ".join(place_text(place) for place in places[:_MOST_NAMED])
    named += ", ..." if len(places) > _MOST_NAMED else ""
    result: Match = "different" if "different" in results else "last digit"
    lost = "differ or are lost" if None in entries else "differ"
    return result, f"{len(off)} of {len(results)} entries {lost}: {named}"
