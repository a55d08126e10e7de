"""What several styles of the second set share: superscripts, weighted sums, exponentials and their shares."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from ..numerals import Hand, How, Real, Written, exactly
from ..pen import Slips, slips_of_terms
from ..sheet import Figure
from ..writing import Writer

__all__ = ["Powers", "Superscript", "logistic", "powers", "raised", "shortly", "weighted"]

_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def raised(text: object) -> str:
    """Return a whole number in superscript signs."""
    return str(text).translate(_RAISED)


@dataclass(frozen=True)
class Superscript(Hand):
    """The habits of a writer who raises exponents; the template for a power ends with the exponent."""

    power: str = "{}·10^{}"

    def scientific(self, places: int) -> How:
        plain = super().scientific(places)

        def write(value: Real) -> Written:
            written = plain(value)
            head, _, exponent = written.text.rpartition("^")
            return replace(written, text=head + raised(exponent))

        return write


def weighted(
    w: Writer, weights: Sequence[Fraction], inputs: Sequence[Fraction], bias: Fraction
) -> tuple[str, Figure]:
    """Return a sum of products with a bias as text, and its stated value; all are finite decimals."""
    note = w.notation

    def number(value: Fraction) -> str:
        return shortly(w.notation.hand, value)(value).text

    text = ""
    for factor, value in zip(weights, inputs, strict=True):
        size = f"{number(abs(factor))}{note.times}" + (number(value) if value >= 0 else f"({number(value)})")
        text += _signed(w, factor < 0, size, not text)
    if bias:
        text += _signed(w, bias < 0, number(abs(bias)), False)
    terms = [*(a * b for a, b in zip(weights, inputs, strict=True)), bias]
    work = " + ".join(f"({a})*({b})" for a, b in zip(weights, inputs, strict=True)) + f" + ({bias})"
    slips: Slips = slips_of_terms(terms, sum(terms))
    right = sum(terms)
    return text, w.state(right, shortly(note.hand, Fraction(right)), work, slips=slips)


def shortly(hand: Hand, value: Fraction) -> How:
    """Return how to write a finite decimal with as few places as it has.

    >>> shortly(Hand(), Fraction(5, 4))(Fraction(5, 4)).text
    '1.25'
    """
    places: int = next(n for n in range(9) if (value * 10**n).denominator == 1)
    return hand.places(places) if places else hand.whole


def _signed(w: Writer, negative: bool, size: str, first: bool) -> str:
    if first:
        return (w.notation.hand.minus if negative else "") + size
    return (w.notation.minus if negative else " + ") + size


def logistic(w: Writer, figure: Figure, places: int) -> Figure:
    """State the logistic function of a stated number."""
    z = float(figure.right)
    off: Slips = [("a sign lost", 1 / (1 + math.exp(z)))]
    return w.state(
        1 / (1 + math.exp(-z)),
        w.notation.hand.places(places),
        f"1/(1 + exp(-({figure.work})))",
        slips=off,
        uses=[figure],
        source=1 / (1 + math.exp(-float(figure.value))) if abs(exactly(figure.value)) < 50 else None,
    )


@dataclass(frozen=True)
class Powers:
    """The exponentials of some numbers, their sum, and the share of each, as stated."""

    exps: list[Figure]
    total: Figure
    shares: list[Figure]


def powers(w: Writer, logits: Sequence[int], places: int) -> Powers:
    """State softmax as it is worked out by hand: from exponentials that are rounded first."""
    hand, unit = w.notation.hand, 10.0**-places
    exact = [math.exp(z) for z in logits]
    works = [f"exp({z})" if z else "1" for z in logits]
    exps = [
        w.state(value if z else 1, hand.places(places) if z else hand.whole, work)
        for z, value, work in zip(logits, exact, works, strict=True)
    ]
    everything = " + ".join(works)
    total = w.state(sum(exact), hand.places(places), everything, uses=exps, slack=unit * len(exact))
    shares = [
        w.state(
            value / sum(exact),
            hand.places(places),
            f"{work}/({everything})",
            uses=[figure, total],
            slack=2 * unit / sum(exact),
        )
        for value, work, figure in zip(exact, works, exps, strict=True)
    ]
    return Powers(exps, total, shares)
