"""Formulas and rules: evaluated as written, at one point or at many, and compared with the right value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from numbers import Real

from nnutils.audit.case import Case, Point, Reading, points_of, values_at_points
from nnutils.audit.kinds.alternatives import agreeing
from nnutils.audit.plain_values import (
    EXACT_FLOATS,
    Difference,
    PlainArray,
    as_array,
    as_number,
    difference,
    finite,
    stored_array,
)
from nnutils.audit.statements.claim import Claim
from nnutils.audit.statements.expressions import value_as_written
from nnutils.audit.value_text import place_text, plain_text, shape_text
from nnutils.audit.verdict import Found
from nnutils.core import messages
from nnutils.core.errors import ClaimError
from nnutils.core.numerals import number_text

__all__ = ["check_stated", "judge"]

_MOST_NAMED = 4  # quantities of a point that a reason lists with their values


def check_stated(claim: Claim) -> None:
    """Refuse a statement that is not text.

    Raises:
        ClaimError: for anything else, and for empty text.
    """
    if not isinstance(claim.stated, str) or not claim.stated.strip():
        raise ClaimError(
            f"{messages.shown(claim.stated)} is not text.",
            where="field stated",
            remedy="Allowed: the formula as written, as a quoted string.",
        )


def judge(claim: Claim, case: Case) -> Found:
    """Compare the claim's expression with the computed right value at every point.

    Raises:
        ClaimError: for a right value that is not finite, a name that is not given, and bad samples.
    """
    right = _right_values(case.computed, case, "computed")
    if not claim.expression:  # the scan lost the formula, or damaged it
        computed = stored_array(right[0]) if len(right) == 1 else f"one value at each of {len(right)} points"
        return Found("different", computed, plain_text(computed))
    written = _written_values(claim, case)
    worst = _compare(written, right, case)
    value = _computed_text(worst, right)
    computed, shown = case.evidence or value, plain_text(value)
    if worst.is_equal:
        return Found("equal", computed, shown)

    def agrees(alternative: object) -> bool:
        return _compare(written, _right_values(alternative, case, "the slip"), case).is_equal

    def agrees_under(convention: object) -> bool:
        if not isinstance(convention, Reading):
            return _compare(written, _right_values(convention, case, "the convention"), case).is_equal
        # Its quantities replace those of the check, so the formula is evaluated again; the tolerances stay.
        values = values_at_points(convention.computed, convention, "the convention")
        return _compare(_written_values(claim, convention), _arrays(values, "the convention"), case).is_equal

    def agrees_without(term: object) -> bool:
        if isinstance(term, Reading):  # a hypothesis: the points at which it is met
            return agrees_under(term)
        terms = _right_values(term, case, "the missing term")
        rest = [_minus(whole, part) for whole, part in zip(right, terms, strict=True)]
        return _compare(written, rest, case).is_equal

    return Found(
        "different",
        computed,
        shown,
        conventions=agreeing(
            "convention",
            case.conventions,
            agrees_under,
            lambda name, _: f"right under the convention “{name}”",
        ),
        missing=agreeing("missing", case.missing, agrees_without, _missing),
        slips=agreeing("slip", case.slips, agrees, lambda name, _: f"{name}: that gives it as written"),
        # Most formulas are checked without slips, and then their absence tells nothing.
        say_no_slip=bool(case.slips),
        details=(_describe(worst, written, case),),
    )


@dataclass(frozen=True)
class _Worst:
    """The point at which a formula is furthest off, with the error or the reason in words."""

    point: int
    error: Difference | None
    reason: str = ""

    @property
    def is_equal(self) -> bool:
        """Whether the formula agrees at this point, and so at every point."""
        return self.error is not None and self.error.equal


def _written_values(claim: Claim, source: Case | Reading) -> list[PlainArray | str]:
    """Evaluate the formula at every point; where it is impossible, say why in words."""
    return [value_as_written(claim.expression, point) for point in points_of(source)]


def _right_values(value: object, case: Case, what: str) -> list[PlainArray]:
    if isinstance(value, Reading):
        raise ClaimError(
            f"{what} cannot be a Reading.", remedy="Only conventions= and missing= take Readings."
        )
    return _arrays(values_at_points(value, case, what), what)


def _arrays(values: Sequence[object], what: str) -> list[PlainArray]:
    return [finite(as_array(value, what), what) for value in values]


def _compare(written: Sequence[PlainArray | str], right: Sequence[PlainArray], case: Case) -> _Worst:
    """Return the worst point: one where the formula is impossible, else the largest relative error."""
    worst = _Worst(0, None)
    for index, (left, true) in enumerate(zip(written, right, strict=True)):
        if isinstance(left, str):
            return _Worst(index, None, left)
        if left.shape != true.shape:
            reason = f"as written it gives {shape_text(left.shape)}; right is {shape_text(true.shape)}"
            return _Worst(index, None, reason)
        error = difference(left, true, rtol=case.rtol, atol=case.atol)
        if worst.error is None or _rank(error) > _rank(worst.error):
            worst = _Worst(index, error)
    return worst


def _rank(error: Difference) -> tuple[bool, float, float]:
    """Rank errors by whether they count, then by their relative size: points differ in scale."""
    return not error.equal, error.relative, error.absolute


def _missing(name: str, what: object) -> str:
    """Say which term is missing, or which hypothesis."""
    if isinstance(what, Reading):
        return f"the hypothesis “{name}” is missing; with it the formula is right"
    return f"{name} is missing"


def _minus(whole: PlainArray, part: PlainArray) -> PlainArray:
    """Subtract a term of the same shape, or a single number from every entry."""
    if part.shape not in ((), whole.shape):
        raise ClaimError(
            f"The missing term is {shape_text(part.shape)}, the right value {shape_text(whole.shape)}.",
            remedy="Give the term that, added to the formula as written, gives the right value.",
        )
    entries = part.entries if part.shape else part.entries * len(whole.entries)
    return PlainArray(whole.shape, tuple(a - b for a, b in zip(whole.entries, entries, strict=True)))


def _computed_text(worst: _Worst, right: Sequence[PlainArray]) -> object:
    """Return what to show as computed: the right value, at the worst of several points."""
    if len(right) == 1:
        return stored_array(right[0])
    if worst.is_equal:
        return f"the same at all {len(right)} points"
    return f"{plain_text(stored_array(right[worst.point]))} at point {worst.point + 1} of {len(right)}"


def _describe(worst: _Worst, written: Sequence[PlainArray | str], case: Case) -> str:
    """Tell the largest error, where it is, and what the formula gives there."""
    where = _point_text(worst.point, case.samples)
    if worst.error is None:
        return f"{worst.reason}{where}"
    value = written[worst.point]
    gives = ""
    if isinstance(value, PlainArray) and not value.shape:
        gives = f", where it gives {plain_text(stored_array(value))}"
    entry = f" in entry {place_text(worst.error.entry)}" if worst.error.entry else ""
    absolute, relative = worst.error.absolute, f"{worst.error.relative:.3g}"
    whole = absolute.is_integer() and absolute < EXACT_FLOATS
    size = number_text(int(absolute), group=True) if whole else f"{absolute:.3g}"
    return f"largest error {size}, relative {relative}{entry}{where}{gives}"


def _point_text(index: int, samples: Sequence[Point] | None) -> str:
    """Say which of several points it is, with its numbers where they are few."""
    if samples is None or len(samples) == 1:
        return ""
    numbers = [
        f"{name} = {number_text(as_number(value, name), significant=6, group=True)}"
        for name, value in samples[index].items()
        if isinstance(value, Real)
    ]
    names = f": {', '.join(numbers)}" if 0 < len(numbers) <= _MOST_NAMED else ""
    return f" at point {index + 1} of {len(samples)}{names}"
