"""The errors that only an audit has, and how an error says where it happened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from nnutils.core.errors import ClaimError, NNUtilsError

__all__ = [
    "MissingPackageError",
    "UndefinedOperationError",
    "located",
]


class UndefinedOperationError(ClaimError):
    """A formula that asks for what does not exist, such as a product of matrices that do not fit."""


class MissingPackageError(NNUtilsError, ImportError):
    """A package that is needed for this, and is not installed."""


@contextmanager
def located(place: str) -> Iterator[None]:
    """Put a place in front of the one that a ``ClaimError`` inside names.

    Raises:
        ClaimError: for every ``ClaimError`` inside, with the same problem and remedy.

    >>> with located("claim 001-q3-out"):
    ...     raise ClaimError("2 is not a kind.", where="field kind")
    Traceback (most recent call last):
    ...
    nnutils.core.errors.ClaimError: 2 is not a kind.
      claim 001-q3-out, field kind
    """
    try:
        yield
    except ClaimError as error:
        where = ", ".join(part for part in (place, error.where) if part)
        raise ClaimError(error.problem, where=where, remedy=error.remedy) from error
