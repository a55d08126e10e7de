"""Whether a number behind words such as 'gives' is meant as the value of what stands before it."""

from __future__ import annotations

import math

from nnutils.lint.checks.relations.judging import Judged
from nnutils.lint.language import Node
from nnutils.slips.precision import WrittenNumber

__all__ = ["FEWEST_DIGITS", "SIMILAR", "plausible", "same_digits"]

SIMILAR = 0.3
"""A number that is off by more than this, as a logarithm, may be about something else."""

FEWEST_DIGITS = 3


def plausible(judged: Judged, stated: Node, *, several: bool) -> bool:
    """Return whether a number behind 'gives' or an arrow is meant as the value of what stands before it."""
    number = _number_in(stated)
    if number is None or judged.verdict == "unchecked" or judged.value is None or not judged.value.nominal:
        return False
    if number.significant < FEWEST_DIGITS and not (several and number.significant > 1):
        return False
    ratio = float(number.value / judged.value.nominal)
    if ratio > 0 and abs(math.log(ratio)) < SIMILAR:
        return True
    return same_digits(judged, stated)


def same_digits(judged: Judged, stated: Node) -> bool:
    """Return whether a stated number has the digits of the computed one in another order."""
    number = _number_in(stated)
    if number is None or judged.value is None:
        return False
    return sorted(_digits(number.value)) == sorted(_digits(judged.value.nominal))


def _number_in(stated: Node) -> WrittenNumber | None:
    while stated.number is None and stated.arguments:
        stated = stated.arguments[0]
    return stated.number


def _digits(value: object) -> str:
    return "".join(sign for sign in str(value) if sign.isdigit()).strip("0")
