"""Computed values as plain Python values: from worked numbers, fractions, NumPy arrays and torch tensors.

Arrays are recognised by what they can do (``tolist``), so that this needs neither NumPy nor torch.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from numbers import Integral, Rational, Real

from nnutils.audit.value_text import Number, place_text, shape_text
from nnutils.core.errors import ClaimError
from nnutils.core.messages import shown_with_type
from nnutils.core.worked import Worked

__all__ = [
    "EXACT_FLOATS",
    "Difference",
    "PlainArray",
    "as_array",
    "as_bool",
    "as_number",
    "difference",
    "finite",
    "not_finite",
    "stored_array",
    "stored_number",
]

EXACT_FLOATS = 2**53
"""Below this, a whole float is that whole number and no other."""


@dataclass(frozen=True)
class PlainArray:
    """The entries of an array in reading order, as plain numbers; a single number has the shape ``()``."""

    shape: tuple[int, ...]
    entries: tuple[Number | complex, ...]


@dataclass(frozen=True)
class Difference:
    """The distance of two arrays: the largest error, the same over the largest entry of both, its place."""

    equal: bool
    absolute: float
    relative: float
    entry: tuple[int, ...]


def as_array(value: object, what: str) -> PlainArray:
    """Return the shape and the entries of a number, a nested list, or anything with ``tolist()``.

    ``what`` names the value in the message of an error, here and in the functions below.

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
        ClaimError: for an array, and for all that ``as_array`` and ``finite`` refuse.

    >>> as_number(Fraction(6, 3), "the value"), as_number(0.5, "the value")
    (2, 0.5)
    """
    array = as_array(value, what)
    if array.shape:
        raise ClaimError(
            f"{what} must be one number, got an array of shape {shape_text(array.shape)}.",
            remedy="Give one of its entries, or a sum that the code computes.",
        )
    return _reals(finite(array, what))[0]


def as_bool(value: object, what: str) -> bool:
    """Return a Python or NumPy truth value as a bool.

    Raises:
        ClaimError: for anything else, 0 and 1 included.

    >>> as_bool(3 > 2, "the conclusion")
    True
    """
    # NumPy's truth value is recognised by the name of its type, since importing NumPy would be slow.
    plain = value.item() if type(value).__name__ in ("bool", "bool_") and hasattr(value, "item") else value
    if not isinstance(plain, bool):
        raise ClaimError(
            f"{what} must be True or False, got {shown_with_type(value)}.",
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
    """Say in words that an entry is complex, infinite or not a number; '' where all are finite and real.

    >>> not_finite(PlainArray((2,), (1, math.inf)))
    'entry 2 is infinite'
    """
    for flat, entry in enumerate(array.entries):
        if isinstance(entry, complex):
            kind = f"the complex number {entry:.4g}"
        elif isinstance(entry, float) and not math.isfinite(entry):
            kind = "not a number (nan)" if math.isnan(entry) else "infinite"
        else:
            continue
        where = f"entry {place_text(_place(flat, array.shape))}" if array.shape else "it"
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
    # In fractions, so that no error is lost to the rounding of the comparison itself.
    errors = [abs(Fraction(a) - Fraction(b)) for a, b in pairs] or [Fraction(0)]
    largest = max(errors)
    scale = max((abs(Fraction(entry)) for pair in pairs for entry in pair), default=Fraction(0))
    allowed = Fraction(atol) + (Fraction(0) if exact else Fraction(rtol) * scale)
    place = _place(errors.index(largest), left.shape)
    relative = float(largest / scale) if scale else 0.0
    return Difference(largest <= allowed, float(largest), relative, place)


def stored_number(value: Number | complex, digits: int = 6) -> int | float | str:
    """Return a number as a verdict keeps it: ints whole, fractions as text, floats to ``digits`` digits.

    Digits beyond those depend on the machine, and what the pages show must not.

    >>> stored_number(0.1 + 0.2), stored_number(Fraction(-1, 81))
    (0.3, '-1/81')
    """
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return float(f"{value:.{digits}g}") + 0.0  # which makes 0.0 of −0.0
    return str(value)


def stored_array(array: PlainArray) -> object:
    """Return an array as a verdict keeps it: a number or nested lists; above twelve entries its shape.

    Entries a million million times smaller than the largest are rounding noise, and kept as 0.

    >>> stored_array(PlainArray((1, 2), (1.0, 1e-20)))
    [[1.0, 0.0]]
    """
    if len(array.entries) > 12:
        return f"array of {shape_text(array.shape)}"
    numbers = _reals(array)
    noise = max((abs(float(entry)) for entry in numbers), default=0.0) * 1e-12
    entries: list[object] = [0.0 if 0 < abs(float(e)) <= noise else stored_number(e) for e in numbers]
    for length in reversed(array.shape):
        entries = [entries[i : i + length] for i in range(0, len(entries), length)] if length else [[]]
    return entries[0]


def _plain_number(value: object, what: str) -> Number | complex:
    plain = value.value if isinstance(value, Worked) else value
    if isinstance(plain, bool) or plain is None or isinstance(plain, str):
        raise ClaimError(
            f"{what} must be made of numbers, got {shown_with_type(plain)}.",
            remedy="Give the number that the code computes.",
        )
    if isinstance(plain, Integral):
        return int(plain)
    if isinstance(plain, Rational):  # SymPy's fractions are registered as such
        fraction = Fraction(int(plain.numerator), int(plain.denominator))
        return fraction.numerator if fraction.denominator == 1 else fraction
    if isinstance(plain, Real):
        return float(plain)
    if isinstance(plain, complex):
        return plain
    raise ClaimError(
        f"{what} must be made of numbers, got {shown_with_type(plain)}.",
        remedy="Give an int, a Fraction, a float, a Worked number, a nested list, an array or a tensor.",
    )


def _reals(array: PlainArray) -> list[Number]:
    return [entry for entry in array.entries if not isinstance(entry, complex)]


def _is_exact(value: Number) -> bool:
    return not isinstance(value, float) or (value.is_integer() and abs(value) < EXACT_FLOATS)


def _place(flat: int, shape: Sequence[int]) -> tuple[int, ...]:
    """Return the indices of an entry that is known by its place in reading order."""
    place: list[int] = []
    for length in reversed(shape):
        flat, index = divmod(flat, max(length, 1))
        place.insert(0, index)
    return tuple(place)
