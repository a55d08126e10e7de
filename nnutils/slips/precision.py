"""Numbers as somebody wrote them: their digits, their precision, and whether a value agrees with them."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from nnutils.core.errors import ExpressionError
from nnutils.core.messages import brief, shown
from nnutils.core.numerals import MOST_DIGITS

__all__ = [
    "Match",
    "WrittenNumber",
    "at_precision",
    "match",
    "parse_written",
]

_TOO_LARGE = 10**MOST_DIGITS
_REMEDY = "Write a number with a point and powers of ten as in 1.7e-3, or a fraction such as -1/81."

Match = Literal["equal", "last digit", "different"]
Number = int | Fraction | float

_FRACTION = re.compile(r"([+-]?\d+)\s*/\s*(\d+)", re.ASCII)
_DECIMAL = re.compile(
    r"(?P<sign>[+-]?)(?P<whole>\d{1,3}(?:,\d{3})+|\d*)(?:\.(?P<part>\d*))?(?:[eE](?P<power>[+-]?\d+))?",
    re.ASCII,
)


@dataclass(frozen=True)
class WrittenNumber:
    """A number as written: its value, and what one step of its last digit is worth (None: it is exact).

    ``significant`` counts its digits without leading zeros.
    """

    text: str
    value: Fraction
    unit: Fraction | None
    significant: int


def parse_written(stated: int | str, digits: int | None = None) -> WrittenNumber:
    """Read a number as it was written.

    A whole number (thousands separators allowed) and a fraction are exact. A decimal, or a number with a
    power of ten, promises its last digit. ``digits`` says that only so many significant digits were meant,
    as in "about 2 million".

    Raises:
        ExpressionError: for what is not a number, for ``digits`` of zero, and for more digits than can be
            written out, those of a power of ten counted with them.

    >>> parse_written("10,542,972").value, parse_written("1.7160").unit, parse_written("-1/81").value
    (Fraction(10542972, 1), Fraction(1, 10000), Fraction(-1, 81))
    >>> parse_written("2e6").unit == parse_written("2000000", digits=1).unit == 1_000_000
    True
    """
    if isinstance(stated, int) and abs(stated) >= _TOO_LARGE:
        raise _too_long(stated)
    text = str(stated)
    plain = text.strip().replace("−", "-")
    if len(plain) > MOST_DIGITS or (digits is not None and digits > MOST_DIGITS):
        raise _too_long(stated)
    if fraction := _FRACTION.fullmatch(plain):
        if int(fraction[2]) == 0:
            raise ExpressionError(f"{shown(text)} divides by zero.", remedy="Write another denominator.")
        value, unit, mantissa = Fraction(int(fraction[1]), int(fraction[2])), None, ""
    else:
        decimal = _DECIMAL.fullmatch(plain)
        whole, part = (decimal["whole"].replace(",", ""), decimal["part"] or "") if decimal else ("", "")
        if decimal is None or not whole + part:
            raise ExpressionError(f"{shown(text)} is not a number.", remedy=_REMEDY)
        if len(plain) + _size_of(decimal["power"]) > MOST_DIGITS:
            raise _too_long(stated)
        mantissa = (whole + part).lstrip("0")
        step = Fraction(10) ** (int(decimal["power"] or 0) - len(part))
        value = int(whole + part) * step * (-1 if decimal["sign"] == "-" else 1)
        unit = step if part or decimal["power"] else None
    if digits is not None:
        if not value:
            raise ExpressionError(
                f"{shown(text)} is zero, which has no significant digits.", remedy="Leave digits out."
            )
        last = _leading_power(abs(value)) - digits + 1
        if abs(last) >= MOST_DIGITS:
            raise _too_long(stated)
        unit, mantissa = Fraction(10) ** last, "1" * digits
    return WrittenNumber(text, value, unit, len(mantissa))


def match(written: WrittenNumber, computed: Number, *, rtol: float = 1e-9, atol: float = 0.0) -> Match:
    """Compare a computed number with a written one, at the precision of the written one.

    - Exact as written: equal means equal. Where the computed number is a float that is not whole, equal
      means within ``rtol`` of the larger of the two, plus ``atol``.
    - With a last digit: ``equal`` if the two differ by at most half a unit of that digit, so that either way
      of rounding a tie is accepted; ``last digit`` if they differ by at most one and a half units, so that
      the rounded number is one step off (as when digits were cut off, or rounded parts were added), provided
      that at least two significant digits were written and that the computed number does need rounding: an
      exact number that fits in the written digits leaves nothing to round.

    >>> match(parse_written("0.9899"), 0.98999), match(parse_written("0.9900"), 0.98999)
    ('last digit', 'equal')
    >>> match(parse_written("1.3"), Fraction(6, 5)), match(parse_written(290400), 290401)
    ('different', 'different')
    """
    if written.unit is None and not atol and not isinstance(computed, float):
        return "equal" if written.value == computed else "different"
    value = Fraction(computed)
    error = abs(value - written.value)
    if written.unit is None:
        inexact = isinstance(computed, float) and not (
            computed.is_integer() and written.value.denominator == 1
        )
        slack = Fraction(rtol) * max(abs(value), abs(written.value)) if inexact else Fraction(0)
        return "equal" if error <= slack + Fraction(atol) else "different"
    # A float just beside a tie counts as the tie; never more than a hundredth of the last digit.
    noise = (
        min(Fraction(rtol) * abs(value), written.unit / 100) if isinstance(computed, float) else Fraction(0)
    )
    if error <= max(written.unit / 2 + noise, Fraction(atol)):
        return "equal"
    nothing_to_round = not isinstance(computed, float) and (value / written.unit).denominator == 1
    if written.significant >= 2 and not nothing_to_round and error <= written.unit * 3 / 2 + noise:
        return "last digit"
    return "different"


def at_precision(written: WrittenNumber, computed: Number) -> str:
    """Write the computed number with the digits that were written (a tie goes to the even digit).

    >>> at_precision(parse_written("0.9899"), 0.98999)
    '0.9900'
    """
    if written.unit is None:
        return str(computed)
    steps = round(Fraction(computed) / written.unit)
    if written.unit >= 1:
        return f"{steps * int(written.unit):,}".replace("-", "−")
    places = _zeros(written.unit.denominator)
    whole, part = divmod(abs(steps), 10**places)
    return f"{'−' if steps < 0 else ''}{whole:,}.{part:0{places}}"


def _zeros(power: int) -> int:
    """Return how many zeros a power of ten has."""
    return round(math.log10(power))


def _size_of(power: str | None) -> int:
    """Return the size of a power of ten that is written out, or one that is too large in any case."""
    return 0 if power is None else abs(int(power)) if len(power) < 9 else MOST_DIGITS


def _too_long(stated: object) -> ExpressionError:
    return ExpressionError(
        f"{brief(stated)} has more than {MOST_DIGITS:,} digits, or is meant at more.",
        remedy="Write fewer digits, or a smaller power of ten.",
    )


def _leading_power(value: Fraction) -> int:
    """Return the power of ten of the leading digit of a positive number."""
    power = len(str(value.numerator)) - len(str(value.denominator))
    return power if Fraction(10) ** power <= value else power - 1
