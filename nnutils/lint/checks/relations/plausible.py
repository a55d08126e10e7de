"""Whether a number behind words such as 'gives' is meant as the value of what stands before it."""

from __future__ import annotations

import math
from fractions import Fraction

from nnutils.lint.checks.relations.judging import Judged
from nnutils.lint.language import Node
from nnutils.lint.values import Reading, UndefinedError, compute
from nnutils.slips.precision import WrittenNumber

__all__ = ["FEWEST_DIGITS", "SIMILAR", "plausible", "same_digits", "slip_of_the_pen"]

SIMILAR = 0.3
"""A number that is off by more than this, as a logarithm, may be about something else."""

FEWEST_DIGITS = 3
_FEWEST_ALIKE = 4


def plausible(judged: Judged, stated: Node, *, several: bool) -> bool:
    """Return whether a number behind 'gives' or an arrow is meant as the value of what stands before it."""
    number = _number_in(stated)
    if number is None or judged.verdict == "unchecked" or judged.value is None or not judged.value.nominal:
        return False
    if number.significant < FEWEST_DIGITS and not (several and number.significant > 1):
        return False
    ratio = float(_value(stated, number) / judged.value.nominal)
    if ratio > 0 and abs(math.log(ratio)) < SIMILAR:
        return True
    return same_digits(judged, stated) or slip_of_the_pen(number.text, judged.computed)


def same_digits(judged: Judged, stated: Node) -> bool:
    """Return whether a stated number has the digits of the computed one in another order."""
    number = _number_in(stated)
    if number is None or judged.value is None:
        return False
    return sorted(_digits(number.value)) == sorted(_digits(judged.value.nominal))


def slip_of_the_pen(stated: str, computed: str, fewest: int = _FEWEST_ALIKE) -> bool:
    """Return whether a number is another one with one digit too many, one too few, or another one.

    Numbers of less than ``fewest`` digits are alike by chance.

    >>> slip_of_the_pen("82944400", "8,294,400"), slip_of_the_pen("9740", "4880"), slip_of_the_pen("66", "6")
    (True, False, False)
    """
    short, long = sorted(("".join(filter(str.isdigit, text)) for text in (stated, computed)), key=len)
    if len(long) < fewest or len(long) - len(short) > 1:
        return False
    ahead = next((n for n, (one, other) in enumerate(zip(short, long, strict=False)) if one != other), None)
    ahead = len(short) if ahead is None else ahead
    return short[ahead + (len(short) == len(long)) :] == long[ahead + 1 :]


def _number_in(stated: Node) -> WrittenNumber | None:
    while stated.number is None and stated.arguments:
        stated = stated.arguments[0]
    return stated.number


def _value(stated: Node, number: WrittenNumber) -> Fraction:
    """Return what a number is worth with its unit: of 94.0 M it is 94,000,000."""
    try:
        return compute(stated, Reading()).nominal
    except UndefinedError:
        return number.value


def _digits(value: object) -> str:
    return "".join(sign for sign in str(value) if sign.isdigit()).strip("0")
