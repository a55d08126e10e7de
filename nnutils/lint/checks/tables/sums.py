"""A stated total beside the numbers that it may be the sum of: which reading is right, or that none is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from nnutils.core.numerals import grouped
from nnutils.core.worked import Worked, total
from nnutils.lint.checks.tables.cells import NumberCell
from nnutils.lint.checks.tables.explaining import slips_of
from nnutils.lint.context import Context
from nnutils.lint.finding import Finding, Verdict
from nnutils.slips.precision import match

__all__ = ["DOUBT", "Addend", "Sum", "judged_sum"]

DOUBT = " It may be meant as something else than the sum."
"""What is added to the reason where a number need not be a sum."""

_MOST_SHOWN = 8
_MOST_EXPLAINED = 24


@dataclass(frozen=True)
class Addend:
    """A number that is added up, and its label."""

    label: str
    cell: NumberCell


@dataclass(frozen=True)
class Sum:
    """One reading of a total: what is added up, in words, and the addends."""

    words: str
    addends: tuple[Addend, ...]

    @cached_property
    def value(self) -> Fraction:
        """The sum."""
        return _total(one.cell.value for one in self.addends)

    @cached_property
    def slack(self) -> Fraction:
        """How far the sum of the unrounded addends may be away from the sum of the rounded ones."""
        return _total(one.cell.slack for one in self.addends if one.cell.written.unit is not None)

    def verdict(self, stated: NumberCell) -> Verdict:
        """Compare the sum with the stated one, at the precision of all numbers."""
        if self.value == stated.value or abs(self.value - stated.value) <= self.slack + stated.slack:
            return "right"
        return "rounded" if match(stated.written, self.value) == "last digit" else "wrong"

    def work(self, stated: NumberCell) -> str:
        """Write the sum out, in the form of the stated number."""
        texts = [one.cell.text.strip() for one in self.addends]
        if len(texts) > _MOST_SHOWN:
            texts = [*texts[:3], "…", texts[-1]]
        result = stated.like(self.value)
        if any(one.cell.suffix != stated.suffix for one in self.addends):
            return f"{' + '.join(texts)} = {grouped(_exact(self.value))}"
        return f"{' + '.join(texts)} = {result}"


def _total(values: Iterable[Fraction]) -> Fraction:
    """Return a sum; whole numbers, which most tables hold, are added as such."""
    every = list(values)
    if all(one.denominator == 1 for one in every):
        return Fraction(sum(one.numerator for one in every))
    return sum(every, Fraction(0))


def judged_sum(
    context: Context, stated: NumberCell, readings: Sequence[Sum], *, sure: bool, kind: str = "total"
) -> Finding:
    """Judge a total: right if one reading is; if none is, wrong where it is ``sure`` to be a sum."""
    verdicts = [(reading, reading.verdict(stated)) for reading in readings]
    for wanted in ("right", "rounded"):
        for reading, verdict in verdicts:
            if verdict == wanted:
                return _found(context, stated, reading, verdict, kind)
    nearest = min(readings, key=lambda one: abs(one.value - stated.value))
    return _found(context, stated, nearest, "wrong" if sure else "suspicious", kind)


def _found(context: Context, stated: NumberCell, reading: Sum, verdict: Verdict, kind: str) -> Finding:
    why = f"{reading.work(stated)} ({reading.words})."
    if verdict == "suspicious":
        why += DOUBT
    right = verdict == "right"
    return context.finding(
        stated.piece,
        stated.start,
        stated.end,
        kind,
        verdict,
        stated=stated.text,
        computed=stated.like(reading.value),
        why=why,
        slips=() if right else _slips(context, stated, reading),
    )


def _slips(context: Context, stated: NumberCell, reading: Sum) -> tuple[str, ...]:
    whole = all(one.cell.value.denominator == 1 for one in reading.addends) and stated.value.denominator == 1
    if not whole or stated.scale != 1 or len(reading.addends) > _MOST_EXPLAINED or reading.value > 10**15:
        return ()
    parts = [Worked(int(one.cell.value), one.label) for one in reading.addends]
    return slips_of(context, total(parts), str(int(stated.value)), most=2)


def _exact(value: Fraction) -> int | Fraction:
    return int(value) if value.denominator == 1 else value
