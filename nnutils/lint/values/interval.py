"""Values with bounds: what a number written with so many digits may be, and what follows from it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from nnutils.slips.precision import WrittenNumber

__all__ = ["LARGEST_BITS", "UndefinedError", "Value", "applied", "written_value"]

LARGEST_BITS = 4_000
"""No number on the way may have more binary digits in its numerator or denominator."""

_MOST_POWER = 500  # of 2: the ratio of two such numbers is a float still

_NOISE = Fraction(1, 10**13)  # what a float may be off, as a share


class UndefinedError(ArithmeticError):
    """A value that does not exist, or is too large; ``cause`` is one of ``UNCHECKED``."""

    def __init__(self, cause: str = "undefined") -> None:
        """Keep the cause."""
        super().__init__(cause)
        self.cause = cause


@dataclass(frozen=True)
class Value:
    """A value: what it is if every number is meant as written, and the least and the most that it may be.

    ``exact`` says that ``nominal`` is not rounded: it came from exact numbers by exact operations.
    """

    nominal: Fraction
    low: Fraction
    high: Fraction
    exact: bool = True

    @property
    def certain(self) -> bool:
        """Whether no number in it was rounded where it was written."""
        return self.low is self.high or self.high - self.low <= abs(self.nominal) * _NOISE * 100

    def __add__(self, other: Value) -> Value:
        """Add, bounds with bounds."""
        if self.low is self.high and other.low is other.high:
            return _sharp(self.nominal + other.nominal, self.exact and other.exact)
        return _checked(
            self.nominal + other.nominal,
            self.low + other.low,
            self.high + other.high,
            self.exact and other.exact,
        )

    def __neg__(self) -> Value:
        """Change the sign."""
        if self.low is self.high:
            return _sharp(-self.nominal, self.exact)
        return Value(-self.nominal, -self.high, -self.low, self.exact)

    def __sub__(self, other: Value) -> Value:
        """Subtract."""
        return self + -other

    def __mul__(self, other: Value) -> Value:
        """Multiply."""
        if self.low is self.high and other.low is other.high:
            return _sharp(self.nominal * other.nominal, self.exact and other.exact)
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return _checked(self.nominal * other.nominal, min(ends), max(ends), self.exact and other.exact)

    def __truediv__(self, other: Value) -> Value:
        """Divide.

        Raises:
            UndefinedError: where the divisor is zero, or may be.
        """
        if other.low <= 0 <= other.high:
            raise UndefinedError
        if self.low is self.high and other.low is other.high:
            return _sharp(self.nominal / other.nominal, self.exact and other.exact)
        ends = [a / b for a in (self.low, self.high) for b in (other.low, other.high)]
        return _checked(self.nominal / other.nominal, min(ends), max(ends), self.exact and other.exact)

    def __pow__(self, other: Value) -> Value:
        """Raise to a power; a whole exponent keeps it exact.

        Raises:
            UndefinedError: where it is not a real number, or too large.
        """
        exponent = other.nominal
        if exponent.denominator == 1 and other.low == other.high:
            whole = int(exponent)
            size = max(abs(self.nominal.numerator), self.nominal.denominator).bit_length()
            if abs(whole) * size > LARGEST_BITS:
                raise UndefinedError("too large")
            if whole <= 0 and self.low <= 0 <= self.high and (whole < 0 or not self.nominal):
                raise UndefinedError
            if self.low is self.high:
                return _sharp(self.nominal**whole, self.exact)
            ends = [self.low**whole, self.high**whole]
            if whole > 0 and whole % 2 == 0 and self.low < 0 < self.high:
                ends.append(Fraction(0))
            return _checked(self.nominal**whole, min(ends), max(ends), self.exact)
        if self.low <= 0:
            raise UndefinedError
        ends = [_float_power(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return _widened(_float_power(self.nominal, exponent), min(ends), max(ends))

    def rounded_to_whole(self, function: Callable[[Fraction], int]) -> Value:
        """Return floor, ceil or round of it."""
        return Value(
            Fraction(function(self.nominal)),
            Fraction(function(self.low)),
            Fraction(function(self.high)),
            self.exact,
        )


def written_value(written: WrittenNumber) -> Value:
    """Return the value of a number as written: a decimal may be half a unit of its last digit more or less.

    >>> from nnutils.slips.precision import parse_written
    >>> written_value(parse_written("0.5")).low, written_value(parse_written("1,200")).certain
    (Fraction(9, 20), True)
    """
    if written.unit is None:
        return _sharp(written.value, True)
    half = written.unit / 2
    return _checked(written.value, written.value - half, written.value + half, True)


def applied(function: Callable[[float], float], *values: Value) -> Value:
    """Return a monotonic or smooth function of values; its bounds are those at the ends and in the middle.

    Raises:
        UndefinedError: where it is not defined, or not finite.
    """
    try:
        nominal = function(*(float(one.nominal) for one in values))
        ends = [nominal]
        if len(values) == 1:
            low, high = float(values[0].low), float(values[0].high)
            ends += [function(low + (high - low) * step / 8) for step in range(9)] if high > low else []
    except (ArithmeticError, ValueError):
        raise UndefinedError from None
    if not all(map(math.isfinite, ends)):
        raise UndefinedError("too large")
    return _widened(Fraction(nominal), Fraction(min(ends)), Fraction(max(ends)))


def _float_power(base: Fraction, exponent: Fraction) -> Fraction:
    try:
        result = float(base) ** float(exponent)
    except ArithmeticError:
        raise UndefinedError("too large") from None
    if isinstance(result, complex) or not math.isfinite(result):
        raise UndefinedError
    return Fraction(result)


def _widened(nominal: Fraction, low: Fraction, high: Fraction) -> Value:
    slack = max(abs(low), abs(high)) * _NOISE
    return _checked(nominal, low - slack, high + slack, False)


def _sharp(value: Fraction, exact: bool) -> Value:
    """Return a value whose bounds are itself, the same object: most are, and need no interval arithmetic."""
    _refuse_too_large(value)
    return Value(value, value, value, exact)


def _checked(nominal: Fraction, low: Fraction, high: Fraction, exact: bool) -> Value:
    for one in (nominal, low, high):
        _refuse_too_large(one)
    return Value(nominal, low, high, exact)


def _refuse_too_large(value: Fraction) -> None:
    """Refuse a number with more digits than are computed with, and one that is no float, or as good as 0."""
    above, below = value.numerator.bit_length(), value.denominator.bit_length()
    if max(above, below) > LARGEST_BITS or (above and abs(above - below) > _MOST_POWER):
        raise UndefinedError("too large")
