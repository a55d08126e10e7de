"""How one writer writes numbers: separators, places, percentages, words, powers of ten."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

__all__ = ["Hand", "How", "NotWritableError", "Real", "Written", "exactly"]

Real = int | Fraction | float


class NotWritableError(ValueError):
    """This number cannot be written in this way."""


@dataclass(frozen=True)
class Written:
    """A number as written: the text, what it denotes, and what one in its last place is worth (0: exact)."""

    text: str
    denotes: Fraction
    unit: Fraction


How = Callable[[Real], Written]


def exactly(value: Real) -> Fraction:
    """Return a number as a fraction; a float as the binary fraction that it is."""
    if isinstance(value, float) and not math.isfinite(value):
        raise NotWritableError(value)
    return Fraction(value)


@dataclass(frozen=True)
class Hand:
    """The habits of one writer.

    ``around`` is what stands before and behind each number of more than three digits, for commands of LaTeX.
    ``power`` joins a mantissa and an exponent.
    """

    thousands: str = ","
    decimal: str = "."
    minus: str = "-"
    around: tuple[str, str] = ("", "")
    sign: str = " %"
    power: str = "{} x 10^{}"
    from_four: bool = True

    def digits(self, whole: int) -> str:
        """Return a whole number from 0 on, its digits in groups of three."""
        text = str(whole)
        if len(text) > 4 or (len(text) == 4 and self.from_four):
            return f"{whole:,}".replace(",", self.thousands)
        return text

    def whole(self, value: Real) -> Written:
        """Write a whole number; anything else cannot be written so."""
        exact = exactly(value)
        if exact.denominator != 1:
            raise NotWritableError(value)
        text = self.digits(abs(int(exact)))
        if abs(exact) > 999:
            text = text.join(self.around)
        return Written((self.minus if exact < 0 else "") + text, exact, Fraction(0))

    def _fixed(self, value: Fraction, places: int) -> str:
        scaled = math.floor(abs(value) * 10**places + Fraction(1, 2))
        before, after = divmod(scaled, 10**places)
        text = self.digits(before) + (f"{self.decimal}{after:0{places}d}" if places else "")
        return (self.minus if value < 0 and scaled else "") + text

    def places(self, places: int) -> How:
        """Write so many places behind the point, rounded."""

        def write(value: Real) -> Written:
            unit = Fraction(1, 10**places)
            text = self._fixed(exactly(value), places)
            return Written(text, _rounded(exactly(value), unit), unit)

        return write

    def percent(self, places: int) -> How:
        """Write a number of percent with its sign."""

        def write(value: Real) -> Written:
            plain = self.places(places)(value)
            return Written(plain.text + self.sign, plain.denotes, plain.unit)

        return write

    def words(self, places: int, word: str = "million", size: int = 10**6) -> How:
        """Write so many places of millions, or of another unit."""

        def write(value: Real) -> Written:
            plain = self.places(places)(exactly(value) / size)
            if abs(plain.denotes) < 1:
                raise NotWritableError(value)
            return Written(f"{plain.text} {word}".replace("  ", " "), plain.denotes * size, plain.unit * size)

        return write

    def scientific(self, places: int) -> How:
        """Write a mantissa below ten and a power of ten."""

        def write(value: Real) -> Written:
            exact = exactly(value)
            if exact < 1:
                raise NotWritableError(value)
            exponent = len(str(int(exact))) - 1
            unit = Fraction(10) ** (exponent - places)
            if _rounded(exact, unit) >= 10 ** (exponent + 1):
                exponent += 1
                unit *= 10
            mantissa = self._fixed(exact / Fraction(10) ** exponent, places)
            return Written(self.power.format(mantissa, exponent), _rounded(exact, unit), unit)

        return write


def _rounded(value: Fraction, unit: Fraction) -> Fraction:
    """Return the multiple of a unit that is nearest, halves away from zero."""
    size = math.floor(abs(value) / unit + Fraction(1, 2)) * unit
    return size if value >= 0 else -size
