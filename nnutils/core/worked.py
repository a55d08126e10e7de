"""Exact numbers that carry their work: a value, the names of its factors, the formula, the substitution."""

from __future__ import annotations

import html
import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from numbers import Integral, Rational

from nnutils.core.errors import WorkedError
from nnutils.core.worked_text import (
    MOST_LEAVES,
    Exact,
    grouped,
    latex_name,
    latex_number,
    render,
    shown_leaves,
    without_repeats,
)

__all__ = [
    "Worked",
    "exact",
    "total",
]


def exact(value: object) -> Exact:
    """Return ``value`` as a Python int or, where it is not whole, as a Fraction.

    Raises:
        WorkedError: for a float, a bool, or anything else that is not an exact rational number.

    >>> exact(Fraction(6, 3)), exact(Fraction(1, 2))
    (2, Fraction(1, 2))
    """
    if isinstance(value, Worked):
        return value.value
    if isinstance(value, bool) or not isinstance(value, Rational):
        raise WorkedError(
            f"A worked number is exact, so it cannot be made from {value!r} of type {type(value).__name__}.",
            remedy="Use an int, a Fraction such as Fraction(1, 2), or another Worked number.",
        )
    if isinstance(value, Integral):
        return int(value)
    fraction = Fraction(int(value.numerator), int(value.denominator))
    return fraction.numerator if fraction.denominator == 1 else fraction


@dataclass(frozen=True, eq=False, slots=True, repr=False)
class Worked:
    """An exact number that remembers how it was made.

    Arithmetic with ints, Fractions and other worked numbers gives worked numbers. A *named* result shows as
    its value (or its name) inside later derivations, so that long ones stay short; ``steps()`` tells all.
    Comparisons and hashes are those of the value. A worked number never changes.

    Raises:
        WorkedError: for a value that is not exact (a float, say), and for division by zero.

    >>> area = (Worked(11, "height") * Worked(11, "width")).named("area")
    >>> weights = Worked(96, "filters") * area
    >>> weights == 11616, weights.formula, weights.work
    (True, 'filters · area', '96 · 121 = 11,616')
    >>> for line in weights.named("weights").steps():
    ...     print(line)
    area = height · width = 11 · 11 = 121
    weights = filters · area = 96 · 121 = 11,616
    """

    value: Exact
    name: str = ""
    op: str = "leaf"
    args: tuple[Worked, ...] = ()
    leaves: int = 1

    # NumPy scalars would otherwise swallow a worked number into an array and lose its derivation.
    __array_ufunc__ = None

    def __post_init__(self) -> None:
        """Refuse whatever is not exact, and store whole fractions as ints."""
        object.__setattr__(self, "value", exact(self.value))

    def named(self, name: str) -> Worked:
        """Return the same number under a name; in later derivations it shows as that name and its value."""
        return Worked(self.value, name, self.op, self.args, self.leaves)

    # --- arithmetic ---

    def __add__(self, other: object) -> Worked:
        return _combine("+", self, other)

    def __radd__(self, other: object) -> Worked:
        return _combine("+", other, self)

    def __sub__(self, other: object) -> Worked:
        return _combine("-", self, other)

    def __rsub__(self, other: object) -> Worked:
        return _combine("-", other, self)

    def __mul__(self, other: object) -> Worked:
        return _combine("*", self, other)

    def __rmul__(self, other: object) -> Worked:
        return _combine("*", other, self)

    def __truediv__(self, other: object) -> Worked:
        return _combine("/", self, other)

    def __rtruediv__(self, other: object) -> Worked:
        return _combine("/", other, self)

    def __floordiv__(self, other: object) -> Worked:
        return _combine("//", self, other)

    def __rfloordiv__(self, other: object) -> Worked:
        return _combine("//", other, self)

    def __mod__(self, other: object) -> Worked:
        return _combine("%", self, other)

    def __rmod__(self, other: object) -> Worked:
        return _combine("%", other, self)

    def __pow__(self, exponent: object) -> Worked:
        return _combine("**", self, exponent)

    def __rpow__(self, base: object) -> Worked:
        return _combine("**", base, self)

    def __neg__(self) -> Worked:
        # The sign counts like a leaf, so that a chain of signs collapses as well.
        return Worked(-self.value, "", "neg", (self,), shown_leaves(self) + 1)

    def __pos__(self) -> Worked:
        return self

    # --- a number like any other ---

    def __eq__(self, other: object) -> bool:
        return bool(self.value == (other.value if isinstance(other, Worked) else other))

    def __hash__(self) -> int:
        return hash(self.value)

    def __lt__(self, other: Worked | Exact | float) -> bool:
        return self.value < (other.value if isinstance(other, Worked) else other)

    def __le__(self, other: Worked | Exact | float) -> bool:
        return self.value <= (other.value if isinstance(other, Worked) else other)

    def __gt__(self, other: Worked | Exact | float) -> bool:
        return self.value > (other.value if isinstance(other, Worked) else other)

    def __ge__(self, other: Worked | Exact | float) -> bool:
        return self.value >= (other.value if isinstance(other, Worked) else other)

    def __bool__(self) -> bool:
        return bool(self.value)

    def __int__(self) -> int:
        return self.__index__()

    def __index__(self) -> int:
        if isinstance(self.value, int):
            return self.value
        raise WorkedError(
            f"{self.work} is not a whole number, so it has no exact int.",
            remedy="Use math.floor, math.ceil or round to say which whole number you mean.",
        )

    def __float__(self) -> float:
        return float(self.value)

    def __floor__(self) -> int:
        return math.floor(self.value)

    def __ceil__(self) -> int:
        return math.ceil(self.value)

    def __round__(self, digits: int | None = None) -> Exact:
        return round(self.value) if digits is None else exact(round(self.value, digits))

    def __abs__(self) -> Exact:
        return exact(abs(self.value))

    def __format__(self, spec: str) -> str:
        # Python 3.11 cannot format a Fraction, so it is written out here: as a decimal, or with its bar.
        if isinstance(self.value, int):
            return format(self.value, spec)
        if spec.endswith(("e", "E", "f", "F", "g", "G", "%")):
            return format(float(self.value), spec)
        text = grouped(self.value).replace("−", "-") if "," in spec else str(self.value)
        return format(text, spec.replace(",", ""))

    def __repr__(self) -> str:
        return str(self.value)

    def __copy__(self) -> Worked:
        return self

    def __deepcopy__(self, memo: object) -> Worked:
        return self

    # --- how it was made ---

    @property
    def formula(self) -> str:
        """The formula in the names of its parts, for example ``out_channels · in_channels``."""
        return render(self, names=True) if self.args else self.name or grouped(self.value)

    @property
    def substitution(self) -> str:
        """The formula with the numbers put in, for example ``16 · 3``."""
        return render(self, names=False)

    @property
    def work(self) -> str:
        """The substitution and its result: ``16 · 3 · 5 · 5 = 1,200``; a number that was given is itself."""
        return f"{self.substitution} = {grouped(self.value)}" if self.args else grouped(self.value)

    @property
    def latex(self) -> str:
        """Name, formula, substitution and value as one chain of equations in LaTeX, without dollar signs.

        >>> print((Worked(12, "n") / 8).named("share").latex)
        \\text{share} = \\frac{\\text{n}}{8} = \\frac{12}{8} = \\frac{3}{2}
        """
        parts = [latex_name(self.name)] if self.name else []
        if self.args:
            parts += [render(self, names=True, latex=True), render(self, names=False, latex=True)]
        parts.append(latex_number(self.value))
        return " = ".join(without_repeats(parts))

    def steps(self) -> list[str]:
        """Tell the whole derivation, a line for each named result, in the order in which they were needed."""
        done: set[int] = set()
        lines: list[str] = []
        waiting: list[tuple[Worked, bool]] = [(self, False)]
        while waiting:
            node, parts_told = waiting.pop()
            if parts_told:
                if node is self or shown_leaves(node) == 1:
                    chain = [node.name] if node.name else []
                    chain += [node.formula, node.substitution, grouped(node.value)]
                    lines.append(" = ".join(without_repeats(chain)))
            elif id(node) not in done and node.args:
                done.add(id(node))
                waiting.append((node, True))
                waiting.extend((part, False) for part in reversed(node.args))
        return list(dict.fromkeys(lines))

    def _repr_html_(self) -> str:
        title = html.escape(
            f"{self.name} = {self.work}" if self.name and self.args else self.work, quote=True
        )
        return f'<span class="worked" tabindex="0" title="{title}">{grouped(self.value)}</span>'


def total(parts: Iterable[Worked | Exact], name: str = "total") -> Worked:
    """Add up many numbers as one flat sum; more than twelve terms show as the first three, dots and the last.

    >>> total([Worked(2, "a"), Worked(3, "b")]).work, total([]).value
    ('2 + 3 = 5', 0)
    """
    terms = tuple(part if isinstance(part, Worked) else Worked(part) for part in parts)
    if not terms:
        return Worked(0, name)
    return Worked(sum(term.value for term in terms), name, "+", terms, sum(map(shown_leaves, terms)))


def _combine(op: str, left: object, right: object) -> Worked:
    a, b = (part if isinstance(part, Worked) else Worked(exact(part)) for part in (left, right))
    if op in "//%" and b.value == 0:
        divisor = f"{b.name}, which is 0" if b.name else "0"
        raise WorkedError(
            f"{a.work} cannot be divided by {divisor}.", remedy="Divide by a number other than 0."
        )
    value: Exact
    if op == "+":
        value = a.value + b.value
    elif op == "-":
        value = a.value - b.value
    elif op == "*":
        value = a.value * b.value
    elif op == "/":
        value = Fraction(a.value) / b.value
    elif op == "//":
        value = a.value // b.value
    elif op == "%":
        value = a.value % b.value
    else:
        if not isinstance(b.value, int):
            raise WorkedError(
                f"{a.work} to the power {b.work} is not an exact number.", remedy="Use a whole exponent."
            )
        if a.value == 0 and b.value < 0:
            raise WorkedError("0 to a negative power divides by 0.", remedy="Use an exponent of at least 0.")
        value = Fraction(a.value) ** b.value
    # A sum of sums, or a product of products, is shown as one; a named or a long part keeps its own line.
    parts: list[Worked] = []
    for part in (a, b):
        flat = op in ("+", "*") and part.op == op and not part.name and len(part.args) < MOST_LEAVES
        parts.extend(part.args if flat else (part,))
    return Worked(value, "", op, tuple(parts), sum(map(shown_leaves, parts)))
