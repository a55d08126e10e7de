"""What several styles of the third set share: the numbers of a layer, shapes, rectified units."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..facts import Fact
from ..numerals import Hand
from ..pen import Slips
from ..second.parts import shortly
from ..sheet import Figure
from ..writing import Writer

__all__ = ["Layered", "decimal", "parameters_of", "rectified", "shape", "weights_of", "work_of"]


def work_of(layer: Fact) -> str:
    """Return the number of weights as Python."""
    window = f"*{layer.size.kernel}**2" if layer.size else ""
    return f"{layer.outputs}*{layer.inputs}{window}"


def weights_of(w: Writer, layer: Fact) -> Figure:
    """State the number of weights of a layer whose settings stand on the sheet."""
    count = layer.counts.weights
    return w.state(int(count), w.notation.hand.whole, work_of(layer), derivation=count)


def parameters_of(w: Writer, layer: Fact) -> Figure:
    """State the number of weights and biases of a layer."""
    count = layer.counts.parameters
    work = f"{work_of(layer)} + {layer.outputs}"
    return w.state(int(count), w.notation.hand.whole, work, derivation=count)


@dataclass
class Layered:
    """The last side that was stated, on which that of the next layer depends."""

    before: Sequence[Figure] = ()

    def side(self, w: Writer, layer: Fact) -> Figure:
        """State the side of the output of a layer."""
        assert layer.size is not None
        side = w.size(layer.size, uses=self.before)
        self.before = [side]
        return side


def shape(w: Writer, side: Figure, channels: int, first: bool = False) -> str:
    """Return the shape of an output whose side was just stated, with the channels first or last."""
    sides = [side, side.bare]
    return w.notation.by.join([str(channels), *sides] if first else [*sides, str(channels)])


def decimal(chance: random.Random, low: int, high: int) -> Fraction:
    """Draw a number with one place, not 0, between so many tenths."""
    return Fraction(chance.choice([n for n in range(low, high + 1) if n]), 10)


def rectified(w: Writer, values: Sequence[Fraction]) -> list[Figure]:
    """State ReLU of some finite decimals, each by itself."""
    hand: Hand = w.notation.hand
    found = []
    for value in values:
        high = max(value, Fraction(0))
        off: Slips = [("a sign lost", abs(value))] if value < 0 else [("zero for what is kept", 0)]
        found.append(w.state(high, shortly(hand, high), f"({high})", slips=off, roundable=False))
    return found
