"""What several styles of the fourth set share: reckoning with decimals, and tables set in columns."""

from __future__ import annotations

import random
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ..arithmetic import computed
from ..facts import Fact
from ..numerals import How, Real, exactly
from ..pen import Slips
from ..second.parts import shortly
from ..sheet import Figure, worked
from ..writing import Part, Writer

__all__ = ["Desk", "Number", "columns", "drawn", "kernel", "layer_side"]

Number = int | Fraction | Figure


@dataclass(frozen=True)
class Desk:
    """How a writer reckons with decimals: exactly as far as ``fine`` places go, else to ``rough`` places."""

    w: Writer
    rough: int = 3
    fine: int = 4

    def how(self, value: Real) -> How:
        """Return how a number is written: with the places that it has, or rounded."""
        tidy = self._tidy(value)
        return shortly(self.w.notation.hand, Fraction(tidy)) if self._exact(tidy) else self._rounded

    def text(self, part: Number) -> str:
        """Return a number that is no statement; of a figure the one with which the writer goes on."""
        value = part.value if isinstance(part, Figure) else part
        return self.how(value)(value).text

    def inner(self, part: Number) -> str:
        """Return a number as it stands inside an expression: in brackets where it is negative."""
        text = self.text(part)
        return f"({text})" if text.startswith((self.w.notation.hand.minus, "-")) else text

    def rounds(self, figure: Figure) -> bool:
        """Return whether a stated number is rounded when it is right."""
        return not self._exact(self._tidy(figure.right))

    def state(
        self,
        formula: str,
        *parts: Number,
        slips: Sequence[tuple[str, str]] = (),
        derivation: Any = None,
        of: Real | None = None,
        how: How | None = None,
    ) -> Figure:
        """State what a formula gives; it is Python with {0}, {1} and so on for its parts.

        ``slips`` are other formulas, each with its kind, ``of`` is the library's value. After rounded parts
        the result may be off by what their rounding makes of it, with room to spare.
        """
        work = formula.format(*map(worked, parts))
        right = self._tidy(computed(work))
        if of is not None:
            assert right == of, (work, right, of)
        figures = [part for part in parts if isinstance(part, Figure)]
        values = [exactly(part.value) if isinstance(part, Figure) else part for part in parts]
        source = self._tried(formula, values) if any(one.off for one in figures) else None
        wrong: Slips = []
        for kind, other in slips:
            value = self._tried(other, values)
            if value is not None:
                wrong.append((kind, value))
        slack = self._slack(formula, parts)
        return self.w.state(
            right,
            how or self.how(right),
            work,
            slips=wrong,
            derivation=derivation,
            uses=figures,
            source=source,
            slack=slack,
            roundable=how is not None or not self._exact(right),
        )

    def _rounded(self, value: Real) -> Any:
        return self.w.notation.hand.places(self.rough)(value)

    def _tidy(self, value: Real) -> Real:
        """Return the short decimal for a float that is one but for its last bits."""
        if not isinstance(value, float):
            return value
        near = Fraction(round(value * 10**self.fine), 10**self.fine)
        if abs(near - exactly(value)) > 1e-12:
            return value
        return int(near) if near.denominator == 1 else near

    def _exact(self, value: Real) -> bool:
        return not isinstance(value, float) and (Fraction(value) * 10**self.fine).denominator == 1

    @staticmethod
    def _tried(formula: str, values: Sequence[Real]) -> Real | None:
        with suppress(ArithmeticError, ValueError):
            value = computed(formula.format(*(f"({one})" for one in values)))
            if not isinstance(value, complex):
                return value
        return None

    def _slack(self, formula: str, parts: Sequence[Number]) -> float:
        plain = [part.right if isinstance(part, Figure) else part for part in parts]
        value, worst = float(computed(formula.format(*(f"({exactly(one)})" for one in plain)))), 0.0
        for n, part in enumerate(parts):
            if isinstance(part, Figure) and self.rounds(part):
                moved = [exactly(one) for one in plain]
                moved[n] += Fraction(1, 2 * 10**self.rough)
                worst += abs(float(computed(formula.format(*(f"({one})" for one in moved)))) - value)
        return 2 * worst


def drawn(chance: random.Random, low: int, high: int, unit: int = 10) -> Fraction:
    """Draw a number that is not 0, between so many tenths or other parts of one."""
    return Fraction(chance.choice([n for n in range(low, high + 1) if n]), unit)


def kernel(layer: Fact) -> int:
    """Return the side of the window of a layer."""
    assert layer.size is not None
    return layer.size.kernel


def layer_side(w: Writer, layer: Fact, before: Part | None = None) -> Figure:
    """State the side of the output of a layer, which may follow from that of the layer before."""
    assert layer.size is not None
    return w.size(layer.size, uses=[] if before is None else [before])


def columns(rows: Sequence[Sequence[str]], left: int = 1) -> list[list[str]]:
    """Return the cells of a table filled up to the widths of their columns, so many of them on the left."""

    def width(cell: str) -> int:
        return len(cell.bare if isinstance(cell, Figure) else cell)

    widths = [max(width(row[n]) for row in rows) for n in range(len(rows[0]))]
    return [
        [
            cell + " " * (most - width(cell)) if n < left else " " * (most - width(cell)) + cell
            for n, (cell, most) in enumerate(zip(row, widths, strict=True))
        ]
        for row in rows
    ]
