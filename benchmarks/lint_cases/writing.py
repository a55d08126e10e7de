"""Expressions as they are written, and what is stated with them: products, sums, sizes, shares."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from nnutils import conv_output_size
from nnutils.networks import solve_conv

from .arithmetic import computed
from .numerals import How, Real, exactly
from .pen import Slips, slips_of_factors, slips_of_terms
from .sheet import Figure, Sheet, worked

__all__ = ["Part", "Size", "Writer"]

Part = int | Figure


class Size:
    """The settings of a window along one side."""

    def __init__(self, side: int, kernel: int, stride: int = 1, padding: int = 0) -> None:
        self.side, self.kernel, self.stride, self.padding = side, kernel, stride, padding
        self.output = conv_output_size(side, kernel, stride=stride, padding=padding)

    @property
    def left_over(self) -> int:
        """How many pixels the floor throws away."""
        return (self.side + 2 * self.padding - self.kernel) % self.stride

    @property
    def work(self) -> str:
        """The formula as Python."""
        return f"floor(({self.side} + 2*{self.padding} - {self.kernel})/{self.stride}) + 1"


class Writer(Sheet):
    """A sheet on which expressions are written and their results stated."""

    def whole(self, value: Real | Figure) -> str:
        """Return a whole number that is no statement."""
        return self.notation.hand.whole(_value(value)).text

    def times(self, *parts: Part, squares: bool = False) -> str:
        """Return a product; two equal numbers beside each other may be written as a square."""
        texts, n = [], 0
        while n < len(parts):
            if squares and n + 1 < len(parts) and _value(parts[n]) == _value(parts[n + 1]):
                texts.append(self.notation.raised(self.whole(parts[n]), 2))
                n += 2
            else:
                texts.append(self.whole(parts[n]))
                n += 1
        return self.notation.times.join(texts)

    def plus(self, *parts: Part) -> str:
        """Return a sum."""
        return " + ".join(self.whole(part) for part in parts)

    def product(self, *parts: Part, of: Any = None) -> Figure:
        """State the product; ``of`` is the library's number with its derivation."""
        factors = [_value(part) for part in parts]
        value = math.prod(factors)
        return self._result(value, parts, "*", of, slips_of_factors(factors, value), of)

    def sum(self, *parts: Part, of: Any = None) -> Figure:
        """State the sum; ``of`` is the library's number."""
        terms = [_value(part) for part in parts]
        value = sum(terms)
        # the derivation of a total has hundreds of parts, and what is written has just these terms
        return self._result(value, parts, "+", of, slips_of_terms(terms, value), None)

    def _result(
        self, value: Real, parts: Sequence[Part], sign: str, of: Any, slips: Slips, derivation: Any
    ) -> Figure:
        work = f" {sign} ".join(map(worked, parts))
        right = computed(work) if of is None else int(of)
        assert right == value or any(isinstance(part, Figure) and part.off for part in parts), (parts, of)
        whole = self.notation.hand.whole
        return self.state(right, whole, work, slips=slips, derivation=derivation, uses=parts, source=value)

    def again(self, figure: Figure, how: How, about: bool = False) -> Figure:
        """State a number once more, written in another way."""
        work = figure.work
        slack = abs(float(figure.value)) / 8 if about else 0.0
        return self.state(
            _right(figure), how, work, uses=[figure], source=figure.value, slack=slack, roundable=not about
        )

    def scaled(self, figure: Figure, size: int, how: How) -> Figure | None:
        """State a number in a larger unit, such as bytes in megabytes, if it has one of them at least."""
        right = Fraction(figure.right) / size
        if right < 1:
            return None
        work = f"({figure.work})/{size}"
        return self.state(right, how, work, uses=[figure], source=Fraction(figure.value) / size)

    def size_formula(self, size: Size) -> str:
        """Return the output size formula with numbers put in."""
        note = self.notation
        above = f"{size.side}{note.minus}{size.kernel}"
        if size.padding or self.chance.random() < 0.4:
            dot = note.times.strip() if note.times.strip() in ("*", "x") else note.times
            above += f" + 2{dot}{size.padding}"
        if size.stride == 1 and self.chance.random() < 0.6:
            return f"{above} + 1"
        inside = note.fraction.format(above, size.stride)
        if size.left_over or note.cut:
            inside = note.floor.format(inside)
        return f"{inside} + 1"

    def size(self, size: Size, frame: str = "{}", uses: Sequence[object] = ()) -> Figure:
        """State the output size."""
        return self.state(
            int(size.output),
            self.notation.hand.whole,
            size.work,
            derivation=size.output,
            frame=frame,
            uses=uses,
        )

    def share(self, part: Part, whole: Part, places: int = 1, others: Sequence[Part] = ()) -> Figure:
        """State a share in percent; a slip takes another base."""
        a, b = exactly(_value(part)), exactly(_value(whole))
        right = 100 * exactly(_right(part)) / exactly(_right(whole))
        bases = [base for base in (b - a, *(exactly(_value(one)) for one in others)) if base not in (0, b)]
        slips: Slips = [("a percentage of the wrong base", 100 * a / base) for base in bases]
        return self.state(
            right,
            self.notation.hand.percent(places),
            f"100*{worked(part)}/{worked(whole)}",
            slips=[one for one in slips if one[1] < 1000],
            uses=[part, whole],
            source=100 * a / b,
        )

    def solved(self, side: int, output: int, kernel: int, stride: int) -> Figure | None:
        """State the padding that leads from one size to another, if exactly one does."""
        found = solve_conv(side, output, kernel_size=kernel, stride=stride, padding=range(kernel), dilation=1)
        if len(found) != 1:
            return None
        need = (output - 1) * stride + kernel - side
        if need < 0 or need % 2:
            return None
        return self.state(
            found[0].padding, self.notation.hand.whole, f"(({output} - 1)*{stride} + {kernel} - {side})/2"
        )


def _value(part: Real | Figure) -> Real:
    return part.value if isinstance(part, Figure) else part


def _right(part: Real | Figure) -> Real:
    return part.right if isinstance(part, Figure) else part
