"""What a setting may be: a whole number, or a switch."""

from __future__ import annotations

from numbers import Integral

from nnutils.core.errors import NNUtilsError, SizeError
from nnutils.core.messages import shown
from nnutils.core.numerals import MOST_DIGITS
from nnutils.core.worked import Worked

__all__ = ["ORDINARY", "switch", "whole"]

ORDINARY = 2**64
"""Whole numbers below it need no second look: what is made of a few of them can still be written."""

_TOO_LONG = 10**MOST_DIGITS


def whole(what: str, value: object, least: int = 0) -> int:
    """Return ``value`` as an int, or say why a size cannot be that.

    Raises:
        SizeError: if ``value`` is not a whole number (a float, a bool or an array is not), if it is less than
            ``least``, or if it has more than 4,300 digits.

    >>> whole("stride", 2, least=1)
    2
    >>> whole("padding", -1)
    Traceback (most recent call last):
    nnutils.core.errors.SizeError: padding must be a whole number, at least 0; got -1.
    """
    if type(value) is int and least <= value < ORDINARY:
        return value
    number = value.value if isinstance(value, Worked) else value
    if isinstance(number, bool) or not isinstance(number, Integral) or number < least:
        raise SizeError(f"{what} must be a whole number, at least {least}; got {shown(value)}.")
    if number >= _TOO_LONG:
        raise SizeError(f"{what} must have at most {MOST_DIGITS:,} digits; got {shown(value)}.")
    return int(number)


def switch(what: str, value: object, error: type[NNUtilsError] = SizeError) -> bool:
    """Return ``value`` if it is True or False: a number there was meant for another argument.

    Raises:
        NNUtilsError: of the kind ``error``, for anything but a bool.

    >>> switch("ceil_mode", 1)
    Traceback (most recent call last):
    nnutils.core.errors.SizeError: ceil_mode must be True or False; got 1.
    """
    if isinstance(value, bool):
        return value
    raise error(f"{what} must be True or False; got {shown(value)}.")
