"""What several people of the fifth set do: a size in steps, numbers without a leading zero, sums."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from ..fourth.parts import Desk, Number
from ..numerals import Hand, How, Real, Written
from ..second.parts import shortly
from ..sheet import Figure
from ..writing import Size, Writer

__all__ = ["Bowl", "Pointed", "Walk", "gathered", "walked"]


@dataclass(frozen=True)
class Pointed(Hand):
    """The habits of a writer who leaves out the zero before the point."""

    def places(self, places: int) -> How:
        plain = super().places(places)

        def write(value: Real) -> Written:
            written = plain(value)
            return replace(written, text=re.sub(r"\b0(?=\.)", "", written.text))

        return write


@dataclass(frozen=True)
class Walk:
    """A size in steps: what the division gives, whether that is all of its digits, and the size."""

    quotient: Figure
    exact: bool
    side: Figure


def walked(w: Writer, size: Size, before: Sequence[Figure] = ()) -> Walk:
    """State what the division gives, to two places if it does not end there, and then the size."""
    right = Fraction(size.side + 2 * size.padding - size.kernel, size.stride)
    exact = (right * 100).denominator == 1
    hand = w.notation.hand
    quotient = w.state(
        right,
        shortly(hand, right) if exact else hand.places(2),
        f"({size.side} + 2*{size.padding} - {size.kernel})/{size.stride}",
        uses=before,
        roundable=not exact,
    )
    return Walk(quotient, exact, w.size(size, uses=[quotient, *before]))


def gathered(w: Writer, parts: Sequence[Figure], of: Any = None) -> Figure:
    """State the sum of what was stated before; of a single number, the number again."""
    return w.sum(*parts, of=of) if len(parts) > 1 else w.again(parts[0], w.notation.hand.whole)


@dataclass(frozen=True)
class Bowl:
    """The function a w² − b w, with its slope 2 a w − b."""

    a: int
    b: int

    def slope(self, desk: Desk, at: Number) -> Figure:
        """State the slope."""
        wrong = [
            ("a sign lost", f"{2 * self.a}*{{0}} + {self.b}"),
            ("a factor left out", f"{{0}} - {self.b}"),
        ]
        return desk.state(f"{2 * self.a}*{{0}} - {self.b}", at, slips=wrong)

    @staticmethod
    def step(desk: Desk, at: Number, rate: Number, slope: Number) -> Figure:
        """State where one step of gradient descent leads."""
        wrong = [("a sign lost", "{0} + {1}*{2}"), ("a factor left out", "{0} - {2}")]
        return desk.state("{0} - {1}*{2}", at, rate, slope, slips=wrong)
