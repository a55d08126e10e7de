"""Computations of a trace that quote a wrong number of another row: they follow from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from nnutils.lint.checks.field.agreement import number_of
from nnutils.lint.language import Node
from nnutils.lint.values import Reading, UndefinedError, Value, compute, written_value
from nnutils.slips.precision import WrittenNumber

__all__ = ["Slip", "follows_from_a_slip"]

Slip = tuple[Fraction, Value]
"""A number as it is stated, and the right one."""

_MOST = 8


def follows_from_a_slip(node: Node, right: Value, slips: Iterable[Slip]) -> bool:
    """Return whether a computation gives the right value once a wrong number of another row is put right.

    >>> from nnutils.lint.language import parse, tokens_of
    >>> from nnutils.lint.numbers import ENGLISH
    >>> from nnutils.lint.sheets import piece_of
    >>> node = parse(tokens_of(piece_of("8 · 0.5 + 1"), ENGLISH))
    >>> right, meant = _exact(Fraction(3, 2)), _exact(Fraction(1))
    >>> [follows_from_a_slip(node, right, [(Fraction(stated), meant)]) for stated in (8, 9)]
    [True, False]
    """
    if number_of(node) is not None:
        return False
    for stated, meant in list(slips)[:_MOST]:
        mended = _mended(node, stated, meant)
        try:
            value = None if mended is node else compute(mended, Reading())
        except UndefinedError:
            continue
        if value is not None and value.low <= right.high and right.low <= value.high:
            return True
    return False


def _mended(node: Node, stated: Fraction, meant: Value) -> Node:
    if node.number is not None:
        if node.number.value != abs(stated):
            return node
        unit = (written_value(node.number).high - node.number.value) * 2
        value = abs(meant.nominal)
        return node._replace(
            number=WrittenNumber(node.number.text, value, unit or None, node.number.significant)
        )
    parts: Sequence[Node] = [_mended(part, stated, meant) for part in node.arguments]
    if all(new is old for new, old in zip(parts, node.arguments, strict=True)):
        return node
    return node._replace(arguments=tuple(parts))


def _exact(value: Fraction) -> Value:
    return Value(value, value, value, True)
