"""Two sides of a relation compared, at the precision written, in every way in which they may be read."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from nnutils.core.numerals import number_text
from nnutils.lint.checks.relations.names import Known
from nnutils.lint.finding import Cause, Verdict
from nnutils.lint.language import Node
from nnutils.lint.values import Reading, UndefinedError, Value, compute, readings
from nnutils.slips.precision import WrittenNumber, at_precision, match

__all__ = ["PERHAPS_ROUNDED", "Judged", "compared", "is_lone", "shown_value"]

PERHAPS_ROUNDED = "It may follow from numbers that were not rounded."
"""Why a result is only suspicious that other digits of the numbers behind it could give."""

_BINARY = tuple(Fraction(1024**power) for power in (0, 1, 2, 3))  # bytes, KiB, MiB, GiB
_CLOSE = Fraction(1, 100)  # two expressions with ≈ between them
_LOOSE = Fraction(1, 10)
_TEN = 10
_BEST = ("right", "rounded", "suspicious", "wrong")
_WHOLE = 10  # a whole number from here on may be one that was rounded


@dataclass(frozen=True)
class Judged:
    """A verdict on a relation, with the right value as text, or why it could not be judged."""

    verdict: Verdict
    computed: str = ""
    note: str = ""
    cause: Cause = ""
    value: Value | None = None
    reading: Reading = Reading()


def compared(
    left: Node, sign: str, right: Node, known: Mapping[str, Known], *, about: bool = False
) -> Judged:
    """Judge a relation between two trees.

    It is right if it holds in the most natural reading. If it holds in another one only, it is suspicious;
    what rounded inputs allow is never called wrong. With a name that has several values it is at most
    unchecked.
    """
    values = {name: one.values for name, one in known.items()}
    first: Judged | None = None
    rounded: Judged | None = None
    shown: Judged | None = None
    for reading in readings((left, right), values):
        try:
            one = _in_one_reading(left, sign, right, reading, about=about)
        except UndefinedError as error:
            one = Judged("unchecked", cause=error.cause)  # type: ignore[arg-type]
        first = one if first is None else first
        if first.verdict in ("right", "unchecked"):
            break
        if one.verdict == "right":
            first = replace(_other_reading(first, reading, known), reading=reading)
            break
        perhaps = reading.unit < 0 and one.note == PERHAPS_ROUNDED
        if (one.verdict == "rounded" or perhaps) and replace(
            reading, percent=first.reading.percent, unit=0
        ) == replace(first.reading, unit=0):
            rounded = rounded or one
        elif one.verdict == "wrong" and not first.computed.strip("0."):  # in a unit that only one side has
            shown = shown or (one if one.computed.strip("0.") else None)
    if shown is not None and first is not None and first.verdict == "wrong":
        first = shown
    assert first is not None
    if first.verdict == "wrong" and rounded is not None:
        first = rounded
    if first.verdict != "right" and any(not one.certain for one in known.values()):
        return Judged("unchecked", cause="two values")
    return first


def _other_reading(first: Judged, reading: Reading, known: Mapping[str, Known]) -> Judged:
    """Return the verdict where only a reading that is not the most natural one is right."""
    if any(value != known[name].values[0] for name, value in reading.names.items()):
        return Judged("unchecked", cause="two values")
    if reading.unit or reading.percent == 1 or reading.series or reading.logarithm != "ln":
        return Judged("right", first.computed, value=first.value, reading=reading)
    return replace(
        first, verdict="suspicious", note="It holds if a product without a sign is computed first."
    )


def _in_one_reading(left: Node, sign: str, right: Node, reading: Reading, *, about: bool) -> Judged:
    one, other = compute(left, reading), compute(right, reading)
    if sign in "<>≤≥≠":
        return _ordered(one, sign, other, reading)
    stated, computed = _roles(left, right, one, other)
    written = _written(stated, reading)
    value = other if computed is right else one
    if written is None:
        return _two_values(one, other, reading, about=about or sign == "≈")
    if not about and sign != "≈":
        return _number(written, value, reading)
    found = _number(_rounded(written), value, reading)
    back = _written(computed, reading)
    if found.verdict != "right" and back is not None:  # 34,848 ≈ 35k: either side may be the rounded one
        other_way = _number(_rounded(back), one if stated is left else other, reading)
        return min(found, other_way, key=lambda judged: _BEST.index(judged.verdict))
    return found


def _roles(left: Node, right: Node, one: Value, other: Value) -> tuple[Node, Node]:
    """Return which side is stated and which one is computed: a lone number on the right, else on the left."""
    if is_lone(right) or not is_lone(left):
        return right, left
    return left, right


def is_lone(node: Node) -> bool:
    """Return whether a tree is one number, perhaps with a sign, a unit, a percent sign or a power of ten."""
    while node.operation in ("group", "percent", "negative") or _scaled(node):
        node = node.arguments[0]
    return node.operation == "number"


def _scaled(node: Node) -> bool:
    """Whether a number has a unit, or a power of ten, behind it: 244 MB, 1.2 × 10^6."""
    if node.operation != "multiply":
        return False
    last = node.arguments[1]
    if _scaled(last):  # 1.5 × 10^9 Pa
        last = last.arguments[0]
    ten = last.arguments[0].number if last.operation == "power" else None
    return last.operation == "unit" or (ten is not None and ten.value == _TEN)


def _written(node: Node, reading: Reading) -> WrittenNumber | None:
    """Return a lone number with what its last digit promises, times its unit or percent sign."""
    if node.operation == "number":
        return node.number
    if not is_lone(node):
        return None
    inside = _written(node.arguments[0], reading)
    if inside is None or node.operation == "group":
        return inside
    factor = Fraction(-1)
    if node.operation == "percent":
        factor = reading.percent
    elif node.operation == "multiply":
        last = node.arguments[1]
        if last.operation != "unit" and inside.unit is None and inside.significant > 1:
            return None  # 55 × 10^2 is a product
        factor = compute(last, reading).nominal
    unit = inside.unit
    if node.operation != "negative" and unit is None:
        unit = Fraction(1)
    return WrittenNumber(
        inside.text, inside.value * factor, None if unit is None else unit * abs(factor), inside.significant
    )


def _rounded(written: WrittenNumber) -> WrittenNumber:
    """Return a number that is said to be rounded: its zeros at the end are no digits."""
    if written.unit is not None or not written.value or written.value.denominator != 1:
        return written
    digits = str(abs(written.value.numerator))
    zeros = len(digits) - len(digits.rstrip("0"))
    return WrittenNumber(written.text, written.value, Fraction(10) ** zeros, len(digits) - zeros)


def _number(written: WrittenNumber, value: Value, reading: Reading) -> Judged:
    nominal: Fraction | float = value.nominal if value.exact else float(value.nominal)
    found = match(written, nominal)
    computed = shown_value(value, written)
    if found == "equal":
        return Judged("right", computed, value=value, reading=reading)
    if found == "last digit":
        return Judged("rounded", computed, "The last digit is off by one.", value=value, reading=reading)
    nearest = abs(written.value - value.nominal) <= Fraction(1, 2)
    if written.unit is None and _rounds_to(written.value, value.nominal) and (value.exact or nearest):
        usual = abs(written.value) >= _WHOLE and written.value <= round(value.nominal)
        verdict: Verdict = "rounded" if usual else "suspicious"
        return Judged(verdict, computed, "It is not a whole number.", value=value, reading=reading)
    half = (written.unit or Fraction(0)) / 2
    if value.low < value.high and value.low <= written.value + half and written.value - half <= value.high:
        return Judged("suspicious", computed, PERHAPS_ROUNDED, value=value, reading=reading)
    return Judged("wrong", computed, value=value, reading=reading)


def _rounds_to(whole: Fraction, value: Fraction) -> bool:
    return (
        whole.denominator == 1 and value.denominator != 1 and whole in (math.floor(value), math.ceil(value))
    )


def _two_values(one: Value, other: Value, reading: Reading, *, about: bool) -> Judged:
    computed = shown_value(one)
    if one.nominal == other.nominal:
        return Judged("right", computed, value=one, reading=reading)
    largest = max(abs(one.nominal), abs(other.nominal))
    apart = abs(one.nominal - other.nominal) / largest
    exact = one.exact and other.exact and one.certain and other.certain
    overlap = one.low <= other.high and other.low <= one.high
    if ((overlap or not exact) and apart <= Fraction(1, 10**9)) or (about and apart <= _CLOSE):
        return Judged("right", computed, value=one, reading=reading)
    if overlap and not exact:
        note = "It may follow from numbers that were not rounded."
        return Judged(
            "rounded" if apart <= _CLOSE else "suspicious", computed, note, value=one, reading=reading
        )
    if about and apart <= _LOOSE:
        return Judged("suspicious", computed, "The two sides are close.", value=one, reading=reading)
    if _rounds_to(other.nominal, one.nominal) and abs(one.nominal - other.nominal) <= Fraction(1, 2):
        return Judged("suspicious", computed, "It is not a whole number.", value=one, reading=reading)
    return Judged(
        "wrong", computed, f"The sides are {computed} and {shown_value(other)}.", value=one, reading=reading
    )


def _ordered(one: Value, sign: str, other: Value, reading: Reading) -> Judged:
    computed = f"{shown_value(one)} and {shown_value(other)}"
    holds = {
        "<": one.nominal < other.nominal,
        ">": one.nominal > other.nominal,
        "≤": one.nominal <= other.nominal,
        "≥": one.nominal >= other.nominal,
        "≠": one.nominal != other.nominal,
    }[sign]
    if holds:
        return Judged("right", computed, value=one, reading=reading)
    possible = {
        "<": one.low < other.high,
        ">": one.high > other.low,
        "≤": one.low <= other.high,
        "≥": one.high >= other.low,
        "≠": not (one.certain and other.certain),
    }[sign]
    note = "It may follow from numbers that were not rounded." if possible else f"The sides are {computed}."
    return Judged("suspicious" if possible else "wrong", computed, note, value=one, reading=reading)


def _is_power_of_ten(unit: Fraction) -> bool:
    digits = str(unit.numerator) + str(unit.denominator)
    return digits.strip("0") in ("1", "11") and digits.count("1") == 2


def shown_value(value: Value, like: WrittenNumber | None = None) -> str:
    """Return a value as text: with the digits of a number written beside it, or as it is."""
    if like is not None and like.unit is not None:
        scale = next((one for one in _BINARY if _is_power_of_ten(like.unit / one)), Fraction(1))
        return at_precision(replace(like, unit=like.unit / scale), value.nominal / scale)
    if value.nominal.denominator == 1:
        return number_text(int(value.nominal), group=True)
    if value.exact and value.nominal.denominator <= 100 and abs(value.nominal) < 10:
        return f"{number_text(value.nominal)} ({number_text(float(value.nominal), significant=6)})"
    return number_text(float(value.nominal), significant=6, group=True)
