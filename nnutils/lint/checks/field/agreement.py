"""Whether a number as written agrees with a value that has bounds, and the value at the precision written."""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction

from nnutils.core.numerals import number_text
from nnutils.lint.finding import Verdict
from nnutils.lint.language import Node
from nnutils.lint.values import Value
from nnutils.slips.precision import WrittenNumber, at_precision, match

__all__ = ["agreement", "number_of", "value_text", "worst"]

_ORDER: tuple[Verdict, ...] = ("right", "rounded", "suspicious", "wrong", "unchecked")


def agreement(written: WrittenNumber, value: Value) -> Verdict:
    """Return the verdict on a number as written, when it should be this value.

    >>> from nnutils.slips.precision import parse_written
    >>> from nnutils.lint.values import written_value
    >>> third = written_value(parse_written("1/3"))
    >>> [agreement(parse_written(text), third) for text in ("0.333", "0.334", "0.33333", "0.343")]
    ['right', 'rounded', 'right', 'wrong']
    """
    found = match(written, value.nominal if value.exact else float(value.nominal))
    if found != "different":
        return "right" if found == "equal" else "rounded"
    if written.unit is None and written.value.denominator == 1 and value.nominal.denominator != 1:
        if written.value in (math.floor(value.nominal), math.ceil(value.nominal)):
            return "suspicious"
    half = (written.unit or Fraction(0)) / 2
    if not value.certain and value.low <= written.value + half and written.value - half <= value.high:
        return "suspicious"
    return "wrong"


def value_text(value: Value, written: WrittenNumber | None = None) -> str:
    """Return a value as text, at the precision of a number that was written.

    >>> from nnutils.slips.precision import parse_written
    >>> from nnutils.lint.values import written_value
    >>> value_text(written_value(parse_written("2/3")), parse_written("0.66"))
    '0.67'
    """
    if written is not None and written.unit is not None:
        return at_precision(written, value.nominal)
    if value.exact and len(str(value.nominal.denominator)) < 4:
        return number_text(value.nominal, group=True)
    return number_text(float(value.nominal), significant=6, group=True)


def number_of(node: Node) -> WrittenNumber | None:
    """Return a tree that is one number, perhaps with a sign or in brackets; None for any other."""
    sign = 1
    while node.operation in ("group", "negative"):
        sign = -sign if node.operation == "negative" else sign
        node = node.arguments[0]
    found = node.bare
    if found is None or sign > 0:
        return found
    return WrittenNumber(f"−{found.text}", -found.value, found.unit, found.significant)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the worst of verdicts.

    >>> worst(["right", "rounded", "right"])
    'rounded'
    """
    return max(verdicts, key=_ORDER.index, default="right")
