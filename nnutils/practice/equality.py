"""Whether two answers are the same: exact numbers with ``==``, floats at a stated tolerance."""

from __future__ import annotations

import math
from fractions import Fraction

from nnutils.core.worked import Worked

__all__ = ["RTOL", "agree", "as_plain"]

RTOL = 1e-9
"""The relative difference that two floats may have: both routes keep some fifteen digits."""


def agree(given: object, right: object, rtol: float = RTOL, atol: float = 0.0) -> bool:
    """Say whether two answers are the same, by the rules of ``compare``.

    >>> agree(0.5, Fraction(1, 2)), agree((1, 2), [1, 3]), agree(True, 1)
    (True, False, False)
    """
    given, right = as_plain(given), as_plain(right)
    if isinstance(given, list) or isinstance(right, list):
        if not (isinstance(given, list) and isinstance(right, list)) or len(given) != len(right):
            return False
        return all(agree(a, b, rtol, atol) for a, b in zip(given, right, strict=True))
    if isinstance(given, str | bool) or isinstance(right, str | bool):
        return type(given) is type(right) and given == right
    if isinstance(given, float) or isinstance(right, float):
        if not isinstance(given, int | float | Fraction) or not isinstance(right, int | float | Fraction):
            return False
        return math.isclose(given, right, rel_tol=rtol, abs_tol=atol)
    return given == right


def as_plain(value: object) -> object:
    """Return a value as Python's own: a worked number's value, an array or a tuple as a list.

    >>> as_plain(Worked(3) * 4), as_plain((1, 2))
    (12, [1, 2])
    """
    if isinstance(value, Worked):
        return value.value
    if hasattr(value, "tolist"):  # arrays, tensors and their scalars
        return value.tolist()
    return list(value) if isinstance(value, tuple) else value
