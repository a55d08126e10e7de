"""Exact numbers that carry their work: a value, the names of its factors, the formula, the substitution."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from numbers import Integral, Number, Rational, Real
from typing import TypeGuard

from nnutils.core.arithmetic import Arithmetic, Later, made_again, parts_of, result
from nnutils.core.derivation import GIVEN, OPERATIONS, walk
from nnutils.core.derivation_text import (
    MOST_LEAVES,
    latex_name,
    render,
    shown_leaves,
    without_repeats,
)
from nnutils.core.errors import WorkedError
from nnutils.core.messages import shown_with_type
from nnutils.core.numerals import MOST_DIGITS, Exact, grouped, latex_number, number_text, too_long

__all__ = ["Worked", "exact", "total"]

_ORDINARY = 2**64
"""Below it a whole number is exact and short enough as it is, so that nothing else has to be asked."""


def exact(value: object, *, floats: bool = False) -> Exact:
    """Return ``value`` as a Python int or, where it is not whole, as a Fraction.

    With ``floats`` a finite float counts too, as the binary fraction that it is.

    Raises:
        WorkedError: for a float (without ``floats``), a bool, an array, or anything else that is not an exact
            rational number, and for a number of more than 4,300 digits, which Python could not write.

    >>> exact(Fraction(6, 3)), exact(Fraction(1, 2)), exact(0.75, floats=True)
    (2, Fraction(1, 2), Fraction(3, 4))
    """
    if isinstance(value, Worked):
        return value.value
    if floats and _is_float(value) and math.isfinite(value):
        value = Fraction(float(value))
    if isinstance(value, bool) or not isinstance(value, Rational):
        raise WorkedError(
            f"A worked number is exact, so it cannot be made from {shown_with_type(value)}.",
            remedy="Use an int, a Fraction such as Fraction(1, 2), or another Worked number.",
        )
    if isinstance(value, Integral):
        number: Exact = int(value)
    else:
        fraction = Fraction(int(value.numerator), int(value.denominator))
        number = fraction.numerator if fraction.denominator == 1 else fraction
    if too_long(number):
        raise WorkedError(
            f"A worked number shows its digits, and this one has more than {MOST_DIGITS:,}.",
            remedy="Compute with plain ints, or with logarithms.",
        )
    return number


@dataclass(frozen=True, eq=False, slots=True, repr=False)
class Worked(Arithmetic, Later):
    """An exact number that remembers how it was made.

    Arithmetic with ints, Fractions and other worked numbers gives worked numbers; with a float it gives a
    plain float, because nothing exact is left to show. A *named* result shows as its value (or its name)
    inside later derivations, so that long ones stay short; ``steps()`` tells all. Comparisons and hashes are
    those of the value. A worked number never changes. It is a ``Derivation``: ``operation`` made it from
    ``arguments``. ``leaves`` says how many numbers its formula shows.

    Raises:
        WorkedError: for a value that is not exact (a float, say), for division by zero, and for a result of
            more than 4,300 digits.

    >>> area = (Worked(11, "height") * Worked(11, "width")).named("area")
    >>> weights = Worked(96, "filters") * area
    >>> weights == 11616, weights.formula, weights.work
    (True, 'filters · area', '96 · 121 = 11,616')
    >>> for line in weights.named("weights").steps():
    ...     print(line)
    area = height · width = 11 · 11 = 121
    weights = filters · area = 96 · 121 = 11,616
    >>> f"{weights:,}", weights * 0.5
    ('11,616', 5808.0)
    """

    value: Exact
    name: str = ""
    operation: str = GIVEN
    arguments: tuple[Worked, ...] = ()
    leaves: int = 1

    # NumPy scalars would otherwise swallow a worked number into an array and lose its derivation.
    __array_ufunc__ = None

    def __post_init__(self) -> None:
        """Refuse whatever is not exact, and store whole fractions as ints."""
        value = self.value
        if type(value) is not int or not -_ORDINARY < value < _ORDINARY:
            object.__setattr__(self, "value", exact(value))
        if not isinstance(self.name, str):
            raise _not_a_name(self.name)

    @classmethod
    def later(cls, value: int, derive: Callable[[], Worked], name: str | None = None) -> Worked:
        """Return a number that is known now and whose derivation is made when it is first asked for.

        ``derive`` makes the same number once more, worked; without a ``name`` it is called as that one is.

        >>> area = Worked.later(121, lambda: (Worked(11, "height") * Worked(11, "width")).named("area"))
        >>> area + 1, area.work, area.name
        (122, '11 · 11 = 121', 'area')
        """
        number = object.__new__(cls)
        object.__setattr__(number, "value", value if -_ORDINARY < value < _ORDINARY else exact(value))
        object.__setattr__(number, "_derive", derive)
        if name is not None:
            object.__setattr__(number, "name", name)
        return number

    def named(self, name: str) -> Worked:
        """Return the same number under a name; in later derivations it shows as that name and its value."""
        derive = self.not_derived_yet()
        if derive is not None and isinstance(name, str):
            return Worked.later(self.value, derive, name)  # type: ignore[arg-type]
        return Worked(self.value, name, self.operation, self.arguments, self.leaves)

    @classmethod
    def combine(cls, operation: str, left: object, right: object) -> Worked | float:
        """Carry out one of the ``OPERATIONS`` of ``nnutils.core.derivation``, and keep how it was done."""
        if _is_float(left) or _is_float(right):
            return _with_float(operation, left, right)
        a, b = (part if isinstance(part, Worked) else Worked(exact(part)) for part in (left, right))
        value = result(operation, a, b)
        # A sum of sums, or a product of products, is shown as one; a named or a long part keeps its own line.
        parts: list[Worked] = []
        for part in (a, b):
            # A name is asked for first: a part that has one is not taken apart, however long it is.
            same = operation in ("add", "multiply") and not part.name and part.operation == operation
            flat = same and len(part.arguments) < MOST_LEAVES
            parts.extend(part.arguments if flat else (part,))
        return Worked(value, "", operation, tuple(parts), sum(map(shown_leaves, parts)))

    def __neg__(self) -> Worked:
        # The sign counts like a leaf, so that a chain of signs collapses as well.
        return Worked(-self.value, "", "negative", (self,), shown_leaves(self) + 1)

    def __pos__(self) -> Worked:
        return self

    # --- a number like any other ---

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Worked):
            return bool(self.value == other.value)
        if isinstance(other, Number):
            return bool(self.value == other)
        if hasattr(other, "__array__"):
            raise WorkedError(
                f"One worked number, {self.work}, is compared with {shown_with_type(other)}.",
                remedy="Compare with one entry at a time, array.item() or array[i].",
            )
        return NotImplemented

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
        try:
            return float(self.value)
        except OverflowError:
            raise WorkedError(
                "A worked number is too large for a float.", remedy="Compute with the exact value."
            ) from None

    def __floor__(self) -> int:
        return math.floor(self.value)

    def __ceil__(self) -> int:
        return math.ceil(self.value)

    def __round__(self, digits: int | None = None) -> Exact:
        if digits is None:
            return round(self.value)
        if not isinstance(digits, Integral) or abs(digits) > MOST_DIGITS:
            raise WorkedError(
                f"A worked number cannot be rounded to {shown_with_type(digits)} digits.",
                remedy=f"Use a whole number of at most {MOST_DIGITS:,}.",
            )
        return exact(round(self.value, int(digits)))

    def __abs__(self) -> Exact:
        return exact(abs(self.value))

    def __format__(self, spec: str) -> str:
        try:
            if isinstance(self.value, int):
                return format(self.value, spec)
            if spec.endswith(("e", "E", "f", "F", "g", "G", "%")):
                return format(float(self.value), spec)
            # Python 3.11 cannot format a Fraction, so it is written with its bar.
            text = number_text(self.value, group="," in spec).replace("−", "-")
            return format(text, spec.replace(",", ""))
        except ValueError as error:
            raise WorkedError(
                f"{self.work} cannot be written in the format {spec!r}: {error}.",
                remedy="Use a format for numbers, such as ',' for 1,200 or '.2f' for 0.33.",
            ) from None

    def __repr__(self) -> str:
        return str(self.value)

    def __copy__(self) -> Worked:
        return self

    def __deepcopy__(self, memo: object) -> Worked:
        return self

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return made_again, (Worked, parts_of(self))

    # --- how it was made ---

    @property
    def formula(self) -> str:
        """The formula in the names of its parts, for example ``out_channels · in_channels``."""
        return render(self, names=True) if self.arguments else self.name or grouped(self.value)

    @property
    def substitution(self) -> str:
        """The formula with the numbers put in, for example ``16 · 3``."""
        return render(self, names=False)

    @property
    def work(self) -> str:
        """The substitution and its result: ``16 · 3 · 5 · 5 = 1,200``; a number that was given is itself."""
        return f"{self.substitution} = {grouped(self.value)}" if self.arguments else grouped(self.value)

    @property
    def latex(self) -> str:
        """Name, formula, substitution and value as one chain of equations in LaTeX, without dollar signs.

        >>> print((Worked(12, "n") / 8).named("share").latex)
        \\text{share} = \\frac{\\text{n}}{8} = \\frac{12}{8} = \\frac{3}{2}
        """
        parts = [latex_name(self.name)] if self.name else []
        if self.arguments:
            parts += [render(self, names=True, latex=True), render(self, names=False, latex=True)]
        parts.append(latex_number(self.value))
        return " = ".join(without_repeats(parts))

    def steps(self) -> list[str]:
        """Tell the whole derivation, a line for each named result, in the order in which they were needed."""
        lines = []
        for part in walk(self):
            if part.arguments and (part is self or shown_leaves(part) == 1):
                chain = [part.name] if part.name else []
                chain += [part.formula, part.substitution, grouped(part.value)]
                lines.append(" = ".join(without_repeats(chain)))
        return list(dict.fromkeys(lines))

    def as_json(self) -> int | float:
        """Return the plain number that JSON can hold: an int, or for a fraction the nearest float.

        For ``json.dumps(data, default=Worked.as_json)``.

        >>> import json
        >>> json.dumps({"weights": Worked(96) * 363, "share": Worked(1) / 4}, default=Worked.as_json)
        '{"weights": 34848, "share": 0.25}'
        """
        if isinstance(self, Worked):
            return self.value if isinstance(self.value, int) else float(self)
        # As json's default= this is called for whatever else JSON cannot hold, and that stays json's error.
        raise TypeError(f"Object of type {type(self).__name__} is not JSON serializable")

    def _repr_html_(self) -> str:
        import html  # here, since counting on the command line shows none

        title = html.escape(
            f"{self.name} = {self.work}" if self.name and self.arguments else self.work, quote=True
        )
        return f'<span class="worked" title="{title}">{grouped(self.value)}</span>'


def total(parts: Iterable[Worked | Exact], name: str = "total") -> Worked:
    """Add up many numbers as one flat sum; more than twelve terms show as the first three, dots and the last.

    >>> total([Worked(2, "a"), Worked(3, "b")]).work, total([]).value
    ('2 + 3 = 5', 0)
    """
    terms = tuple(part if isinstance(part, Worked) else Worked(part) for part in parts)
    if not terms:
        return Worked(0, name)
    return Worked(sum(term.value for term in terms), name, "add", terms, sum(map(shown_leaves, terms)))


def _not_a_name(name: object) -> WorkedError:
    return WorkedError(f"The name of a number is text; got {shown_with_type(name)}.")


def _with_float(operation: str, left: object, right: object) -> float:
    """Compute with a float as Python does: the result is a plain float."""
    a, b = (float(part if _is_float(part) else Worked(exact(part))) for part in (left, right))
    try:
        result = OPERATIONS[operation](a, b)
    except ArithmeticError as error:
        raise WorkedError(f"{operation} of {a!r} and {b!r} fails: {error}.") from None
    if isinstance(result, complex):
        raise WorkedError(
            f"{a!r} to the power {b!r} is not a real number.", remedy="Use a base that is not negative."
        )
    return float(result)


def _is_float(value: object) -> TypeGuard[Real]:
    """Return whether a number is a float, Python's or NumPy's, and so has no exact value to show."""
    return isinstance(value, Real) and not isinstance(value, Rational)
