"""Judging a formula: evaluate it as written, at one point or at many, and compare it with the right value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from numbers import Real

from nnutils.audit.claims import Claim
from nnutils.audit.expressions import UndefinedOperationError, evaluate
from nnutils.audit.judging import Case, Found, Point, Reading, agreeing, points, values_at
from nnutils.audit.plain_numbers import (
    EXACT_FLOATS,
    Difference,
    PlainArray,
    array_value,
    as_array,
    as_number,
    difference,
    finite,
    not_finite,
    number_text,
    place_text,
    plain_text,
    shape_text,
)
from nnutils.core.errors import ClaimError

__all__ = [
    "Evaluated",
    "Worst",
    "compare",
    "judge_formula",
    "written_values",
]

Evaluated = PlainArray | str  # the value of the formula, or in words why it has none


@dataclass(frozen=True)
class Worst:
    """The point at which a formula is furthest off, with the error or the reason in words."""

    point: int
    error: Difference | None
    reason: str = ""

    @property
    def equal(self) -> bool:
        """Whether the formula agrees at this point, and so at every point."""
        return self.error is not None and self.error.equal


def judge_formula(claim: Claim, case: Case) -> Found:
    """Compare the claim's expression with the computed right value at every point.

    Raises:
        ClaimError: for a right value that is not finite, a name that is not given, and bad samples.
    """
    places = points(case.given, case.samples)
    right = _right(case.computed, places, case, "computed")
    if not claim.expression:
        return Found(
            "different", _summary(right[0], len(places)), plain_text(_summary(right[0], len(places)))
        )
    written = written_values(claim.expression, places)
    worst = compare(written, right, case)
    shown = _shown(worst, right)
    if worst.equal:
        return Found("equal", case.evidence or shown, plain_text(shown))

    def agrees_under(convention: object) -> bool:
        if not isinstance(convention, Reading):
            return compare(written, _right(convention, places, case, "the convention"), case).equal
        own = points(convention.given, convention.samples)
        answer = values_at(
            convention.computed, own, sampled=convention.samples is not None, what="the convention"
        )
        return compare(written_values(claim.expression, own), _arrays(answer, "the convention"), case).equal

    def agrees_without(term: object) -> bool:
        terms = _right(term, places, case, "the missing term")
        rest = [_minus(whole, part) for whole, part in zip(right, terms, strict=True)]
        return compare(written, rest, case).equal

    def agrees_with(slip: object) -> bool:
        return compare(written, _right(slip, places, case, "the slip"), case).equal

    return Found(
        "different",
        case.evidence or shown,
        plain_text(shown),
        agreeing(
            case.conventions,
            agrees_under,
            lambda name, _: f"right under the convention “{name}”",
            "convention",
        ),
        agreeing(case.missing, agrees_without, lambda name, _: f"{name} is missing", "missing"),
        agreeing(case.slips, agrees_with, lambda name, _: f"{name}: that gives it as written", "slip"),
        bool(case.slips),
        (_describe(worst, written, case),),
    )


def written_values(expression: str, places: Sequence[Point]) -> list[Evaluated]:
    """Evaluate an expression at every point; where the formula is impossible, keep the reason in words."""
    values: list[Evaluated] = []
    for place in places:
        try:
            array = as_array(evaluate(expression, place), f"the value of {expression!r}")
        except UndefinedOperationError as reason:
            values.append(str(reason))
            continue
        trouble = not_finite(array)
        values.append(f"as written {trouble}" if trouble else array)
    return values


def compare(written: Sequence[Evaluated], right: Sequence[PlainArray], case: Case) -> Worst:
    """Return the worst point: one where the formula is impossible, else the largest relative error."""
    worst = Worst(0, None)
    for index, (left, true) in enumerate(zip(written, right, strict=True)):
        if isinstance(left, str):
            return Worst(index, None, left)
        if left.shape != true.shape:
            reason = f"as written it gives {shape_text(left.shape)}; right is {shape_text(true.shape)}"
            return Worst(index, None, reason)
        error = difference(left, true, rtol=case.rtol, atol=case.atol)
        if worst.error is None or _rank(error) > _rank(worst.error):
            worst = Worst(index, error)
    return worst


def _rank(error: Difference) -> tuple[bool, float, float]:
    return not error.equal, error.relative, error.absolute


def _right(value: object, places: Sequence[Point], case: Case, what: str) -> list[PlainArray]:
    if isinstance(value, Reading):
        raise ClaimError(f"{what} cannot be a Reading.", remedy="Only conventions= takes Readings.")
    return _arrays(values_at(value, places, sampled=case.samples is not None, what=what), what)


def _arrays(values: Sequence[object], what: str) -> list[PlainArray]:
    return [finite(as_array(value, what), what) for value in values]


def _minus(whole: PlainArray, part: PlainArray) -> PlainArray:
    """Subtract a term of the same shape, or a single number from every entry."""
    if part.shape not in ((), whole.shape):
        raise ClaimError(
            f"The missing term is {shape_text(part.shape)}, the right value {shape_text(whole.shape)}.",
            remedy="Give the term that, added to the formula as written, gives the right value.",
        )
    entries = part.entries if part.shape else part.entries * len(whole.entries)
    return PlainArray(whole.shape, tuple(a - b for a, b in zip(whole.entries, entries, strict=True)))


def _summary(right: PlainArray, count: int) -> object:
    return array_value(right) if count == 1 else f"one value at each of {count} points"


def _shown(worst: Worst, right: Sequence[PlainArray]) -> object:
    if len(right) == 1:
        return array_value(right[0])
    if worst.equal:
        return f"the same at all {len(right)} points"
    return f"{plain_text(array_value(right[worst.point]))} at point {worst.point + 1} of {len(right)}"


def _describe(worst: Worst, written: Sequence[Evaluated], case: Case) -> str:
    """Tell the largest error, where it is, and what the formula gives there."""
    where = _place_words(worst.point, case.samples)
    if worst.error is None:
        return f"{worst.reason}{where}"
    value = written[worst.point]
    gives = ""
    if isinstance(value, PlainArray) and not value.shape:
        gives = f", where it gives {plain_text(array_value(value))}"
    entry = f" in entry {place_text(worst.error.entry)}" if worst.error.entry else ""
    absolute, relative = worst.error.absolute, f"{worst.error.relative:.3g}"
    whole = absolute.is_integer() and absolute < EXACT_FLOATS
    size = number_text(int(absolute)) if whole else f"{absolute:.3g}"
    return f"largest error {size}, relative {relative}{entry}{where}{gives}"


def _place_words(index: int, samples: Sequence[Mapping[str, object]] | None) -> str:
    if samples is None or len(samples) == 1:
        return ""
    numbers = [
        f"{name} = {number_text(as_number(value, name))}"
        for name, value in samples[index].items()
        if isinstance(value, Real)
    ]
    names = f": {', '.join(numbers)}" if 0 < len(numbers) <= 4 else ""
    return f" at point {index + 1} of {len(samples)}{names}"
