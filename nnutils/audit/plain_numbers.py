"""Computed values as plain Python numbers: from worked numbers, fractions, NumPy and torch arrays."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from numbers import Integral, Rational, Real

from nnutils.core.errors import ClaimError
from nnutils.core.numerals import grouped
from nnutils.core.worked import Worked

__all__ = [
    "Difference",
    "EXACT_FLOATS",
    "Number",
    "PlainArray",
    "array_value",
    "as_array",
    "as_bool",
    "as_number",
    "difference",
    "finite",
    "not_finite",
    "number_text",
    "place_text",
    "plain_text",
    "plain_value",
    "shape_text",
]

Number = int | Fraction | float

EXACT_FLOATS = 2**53
"""Below this, a whole float is that whole number and no other."""


@dataclass(frozen=True)
class PlainArray:
    """The entries of an array in reading order, as plain numbers; a single number has the shape ``()``."""

    shape: tuple[int, ...]
    entries: tuple[Number | complex, ...]


@dataclass(frozen=True)
class Difference:
    """How far two arrays are apart: the largest error, the same over the largest entry of both, its place."""

    equal: bool
    absolute: float
    relative: float
    entry: tuple[int, ...]


def as_array(value: object, what: str) -> PlainArray:
    """Return the shape and the entries of a number, a nested list, or anything with ``tolist()``.

    Raises:
        ClaimError: for None, a bool, text, rows of different lengths, or anything else that is not numbers.

    >>> as_array([[1, 2], [3, 4]], "the matrix")
    PlainArray(shape=(2, 2), entries=(1, 2, 3, 4))
    """
    plain = value.tolist() if hasattr(value, "tolist") else value
    if not isinstance(plain, list | tuple):
        return PlainArray((), (_plain_number(plain, what),))
    parts = [as_array(part, what) for part in plain]
    if len({part.shape for part in parts}) > 1:
        raise ClaimError(
            f"{what} has rows of different lengths: {value!r}.",
            remedy="Give rows of one length, or an array.",
        )
    shape = (len(parts), *(parts[0].shape if parts else ()))
    return PlainArray(shape, tuple(entry for part in parts for entry in part.entries))


def as_number(value: object, what: str) -> Number:
    """Return one finite real number as an int, a Fraction or a float.

    Raises:
        ClaimError: for an array, and for all that ``as_array`` and ``not_finite`` refuse.

    >>> as_number(Fraction(6, 3), "the value"), as_number(0.5, "the value")
    (2, 0.5)
    """
    array = as_array(value, what)
    if array.shape:
        raise ClaimError(f"{what} must be one number, got an array of shape {shape_text(array.shape)}.")
    return _reals(finite(array, what))[0]


def as_bool(value: object, what: str) -> bool:
    """Return a Python or NumPy truth value as a bool.

    Raises:
        ClaimError: for anything else, 0 and 1 included.

    >>> as_bool(3 > 2, "the conclusion")
    True
    """
    plain = value.item() if type(value).__name__ in ("bool", "bool_") and hasattr(value, "item") else value
    if not isinstance(plain, bool):
        raise ClaimError(
            f"{what} must be True or False, got {_short(value)}.",
            remedy="Give a comparison that the code evaluates, inside bool(...) where it is another type.",
        )
    return plain


def finite(array: PlainArray, what: str) -> PlainArray:
    """Return the array unchanged.

    Raises:
        ClaimError: where an entry is not a finite real number.
    """
    if trouble := not_finite(array):
        raise ClaimError(
            f"{what} must be finite and real, but {trouble}.", remedy="Compute it at other points."
        )
    return array


def not_finite(array: PlainArray) -> str:
    """Say in words that an entry is complex, infinite or not a number; '' where all are finite and real."""
    for place, entry in enumerate(array.entries):
        if isinstance(entry, complex):
            kind = f"the complex number {entry:.4g}"
        elif isinstance(entry, float) and not math.isfinite(entry):
            kind = "not a number (nan)" if math.isnan(entry) else "infinite"
        else:
            continue
        where = f"entry {place_text(_place(place, array.shape))}" if array.shape else "it"
        return f"{where} is {kind}"
    return ""


def difference(left: PlainArray, right: PlainArray, *, rtol: float, atol: float = 0.0) -> Difference:
    """Compare two finite arrays of one shape.

    Whole numbers and fractions are compared exactly. As soon as one entry is any other float, the largest
    error may be ``atol`` plus ``rtol`` times the largest entry of both: one scale for the array, so that
    entries that cancel to rounding noise do not count, and arrays of entries near 1e-9 are judged at that
    size.

    >>> difference(PlainArray((2,), (1, 2.0)), PlainArray((2,), (1.5, 2.0)), rtol=1e-9)
    Difference(equal=False, absolute=0.5, relative=0.25, entry=(0,))
    """
    pairs = list(zip(_reals(left), _reals(right), strict=True))
    exact = all(_is_exact(entry) for pair in pairs for entry in pair)
    errors = [abs(Fraction(a) - Fraction(b)) for a, b in pairs] or [Fraction(0)]
    largest = max(errors)
    scale = max((abs(Fraction(entry)) for pair in pairs for entry in pair), default=Fraction(0))
    allowed = Fraction(atol) + (Fraction(0) if exact else Fraction(rtol) * scale)
    place = _place(errors.index(largest), left.shape)
    relative = float(largest / scale) if scale else 0.0
    return Difference(largest <= allowed, float(largest), relative, place)


def number_text(value: Number, digits: int = 6) -> str:
    """Write a number with thousands separators: exact ones in full, floats to ``digits`` significant digits.

    >>> number_text(105415200), number_text(Fraction(-1, 81)), number_text(0.123456789)
    ('105,415,200', '−1/81', '0.123457')
    """
    if isinstance(value, float):
        return f"{'−' if value < 0 else ''}{abs(value):,.{digits}g}"
    return grouped(value)


def plain_text(value: object) -> str:
    """Write a stated or computed value for a table: text as it stands, numbers with separators.

    >>> plain_text(290400), plain_text("1.7160"), plain_text([98, 98, 5]), plain_text(True), plain_text(None)
    ('290,400', '1.7160', '[98, 98, 5]', 'true', '—')
    >>> plain_text(["x1 > x2", "x1 < x2"])
    'x1 > x2; x1 < x2'
    """
    if value is None:
        return "—"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | Fraction | float):
        return number_text(value)
    if isinstance(value, list | tuple):
        if value and all(isinstance(part, str) and part.strip("+-−0123456789.,/") for part in value):
            return "; ".join(value)
        return f"[{', '.join(plain_text(part) for part in value)}]"
    return str(value)


def plain_value(value: Number | complex, digits: int = 6) -> int | float | str:
    """Return a number as a notebook stores it: ints whole, fractions as text, floats to ``digits`` digits.

    Digits beyond those depend on the machine, and the stored outputs must not.
    """
    if isinstance(value, int):
        return value
    return float(f"{value:.{digits}g}") + 0.0 if isinstance(value, float) else str(value)


def array_value(array: PlainArray) -> object:
    """Return an array as a notebook stores it: a number or nested lists; above twelve entries its shape.

    Entries a million million times smaller than the largest are rounding noise, and stored as 0.
    """
    if len(array.entries) > 12:
        return f"array of {shape_text(array.shape)}"
    numbers = _reals(array)
    noise = max((abs(float(entry)) for entry in numbers), default=0.0) * 1e-12
    entries: list[object] = [0.0 if 0 < abs(float(e)) <= noise else plain_value(e) for e in numbers]
    for length in reversed(array.shape):
        entries = [entries[i : i + length] for i in range(0, len(entries), length)] if length else [[]]
    return entries[0]


def shape_text(shape: Sequence[int]) -> str:
    """Write a shape in words: '4 x 4', '3 entries', 'a single number'."""
    if not shape:
        return "a single number"
    return f"{shape[0]} entries" if len(shape) == 1 else " x ".join(str(length) for length in shape)


def place_text(place: Sequence[int]) -> str:
    """Write a place in an array, counted from 1 as on paper.

    >>> place_text((0, 2))
    '(1, 3)'
    """
    places = ", ".join(str(index + 1) for index in place)
    return places if len(place) == 1 else f"({places})"


def _plain_number(value: object, what: str) -> Number | complex:
    plain = value.value if isinstance(value, Worked) else value
    if isinstance(plain, bool) or plain is None or isinstance(plain, str):
        raise ClaimError(
            f"{what} must be made of numbers, got {_short(plain)}.",
            remedy="Give the number that the code computes.",
        )
    if isinstance(plain, Integral):
        return int(plain)
    if isinstance(plain, Rational):
        fraction = Fraction(int(plain.numerator), int(plain.denominator))
        return fraction.numerator if fraction.denominator == 1 else fraction
    if isinstance(plain, Real):
        return float(plain)
    if isinstance(plain, complex):
        return plain
    raise ClaimError(
        f"{what} must be made of numbers, got {_short(plain)}.",
        remedy="An int, Fraction, float, Worked number, nested list, NumPy array or torch tensor will do.",
    )


def _reals(array: PlainArray) -> list[Number]:
    return [entry for entry in array.entries if not isinstance(entry, complex)]


def _is_exact(value: Number) -> bool:
    return not isinstance(value, float) or (value.is_integer() and abs(value) < EXACT_FLOATS)


def _place(flat: int, shape: Sequence[int]) -> tuple[int, ...]:
    place: list[int] = []
    for length in reversed(shape):
        flat, index = divmod(flat, max(length, 1))
        place.insert(0, index)
    return tuple(place)


def _short(value: object) -> str:
    text = repr(value)
    return f"{text if len(text) <= 60 else text[:57] + '...'} of type {type(value).__name__}"
