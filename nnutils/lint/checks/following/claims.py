"""What a sentence says a number is: its value from numbers told before, and whether the two agree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from nnutils.core.numerals import number_text
from nnutils.lint.checks.following.story import Quantity
from nnutils.lint.values import Value

__all__ = [
    "Claim",
    "agrees",
    "exactly",
    "in_its_unit",
    "in_reach",
    "shown",
    "slipped",
    "step_of",
    "sum_of",
]

_FEWEST = 3
_TEN, _LARGE = 10, 100
_FARTHEST = 4
_ROUGH = Fraction(15, 100)
"""By so much of it a number such as 30 or 500 may be rounded freely, where the value is no whole number."""


@dataclass(frozen=True)
class Claim:
    """A number that a sentence states, the value that it must have, and how that comes about.

    ``others`` are values that the number may be meant as, too: if it agrees with one of them, nothing is
    said. A claim that is not ``sure`` is wrong only where the number looks like a slip of the pen.
    """

    stated: Quantity
    value: Value
    why: str
    others: tuple[Value, ...] = ()
    sure: bool = True
    about: bool = False


def exactly(number: int | Fraction) -> Value:
    """Return a number that is not rounded as a value."""
    one = Fraction(number)
    return Value(one, one, one)


def sum_of(values: Iterable[Value]) -> Value:
    """Return the sum of values."""
    total = exactly(0)
    for one in values:
        total = total + one
    return total


def step_of(stated: Quantity, *, about: bool) -> Fraction:
    """Return what one step of the last digit is worth that a number promises; 0 where it is exact."""
    written = stated.written
    if written is None or not written.value:
        return Fraction(0)
    scale = abs(stated.value.nominal / written.value) or Fraction(1)
    if written.unit is not None:
        return written.unit * scale
    digits = str(abs(written.value.numerator))
    zeros = len(digits) - len(digits.rstrip("0"))
    if about:
        return Fraction(10) ** zeros * scale
    return scale if scale != 1 else Fraction(0)


def agrees(stated: Quantity, value: Value, *, about: bool = False) -> bool | None:
    """Return whether a number is a value as far as its digits say; None where that is uncertain."""
    number, written = stated.value.nominal, stated.written
    step = step_of(stated, about=about)
    if not step and (value.nominal.denominator != 1 or not value.certain):
        step = max(Fraction(1), step_of(stated, about=abs(number) >= _LARGE))
    apart = abs(number - value.nominal)
    if apart <= step * Fraction(51, 100):
        return True
    if step and value.certain and (value.nominal / step).denominator == 1 and not about:
        return False  # there is nothing to round
    if apart <= step * Fraction(3, 2) or value.low - step / 2 < number < value.high + step / 2:
        return None
    rough = written is not None and written.unit is None and len(str(int(written.value)).strip("0")) == 1
    return None if rough and (step or about) and number >= _TEN and apart <= abs(number) * _ROUGH else False


def slipped(stated: Quantity, value: Value) -> bool:
    """Return whether a number has the digits of a value in another order, or one of them is another one."""
    if stated.written is None:
        return False
    number = abs(stated.value.nominal)
    digits = stated.written.significant
    step = step_of(stated, about=False) or Fraction(1)
    own, right = str(round(number / step)), str(round(abs(value.nominal) / step))
    if digits < _FEWEST or len(own) != len(right) or own == right:
        return False
    if sorted(own) == sorted(right):
        return sum(one != other for one, other in zip(own, right, strict=True)) <= _FEWEST
    return digits > _FEWEST + 1 and sum(one != other for one, other in zip(own, right, strict=True)) == 1


def in_reach(stated: Quantity, value: Value) -> bool:
    """Return whether a number is near enough to a value to be meant as it, or is it with a zero too many."""
    number, right = abs(stated.value.nominal), abs(value.nominal)
    if not number or not right:
        return False
    ratio = max(number, right) / min(number, right)
    powers = (_TEN**power for power in range(1, 4))
    return ratio < _FARTHEST or any(abs(ratio / one - 1) < Fraction(1, 20) for one in powers)


def in_its_unit(stated: Quantity, value: Value) -> str:
    """Return a value as text, in the unit in which a number is stated."""
    written = stated.written
    if written is None or not written.value or stated.value.nominal == written.value:
        return shown(value)
    scale = exactly(stated.value.nominal / written.value)
    return f"{shown(value / scale)}{stated.text[len(written.text) :]}"


def shown(value: Value) -> str:
    """Return a value as text."""
    number = value.nominal
    if number.denominator == 1:
        return number_text(int(number), group=True)
    return number_text(float(number), significant=6, group=True)
