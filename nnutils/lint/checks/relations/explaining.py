"""The work of a value as a sentence, and the slips that turn it into the stated one."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from nnutils.core.errors import NNUtilsError
from nnutils.core.numerals import number_text
from nnutils.core.worked import Worked
from nnutils.lint.checks.relations.judging import Judged
from nnutils.lint.language import Node
from nnutils.lint.values import Reading, UndefinedError, compute
from nnutils.slips import explain

__all__ = ["explained", "work"]

_MOST_SLIPS = 2
_MOST_PLAUSIBLE = 2.5  # a rank of ``explain``; what is less plausible than this is not told
_LONGEST_WORK = 160

_WORKED: dict[str, Callable[..., Any]] = {
    "add": lambda a, b: a + b,
    "subtract": lambda a, b: a - b,
    "multiply": lambda a, b: a * b,
    "divide": lambda a, b: a / b,
    "negative": lambda a: -a,
    "group": lambda a: a,
}


def worked(node: Node, reading: Reading) -> Worked:
    """Return the derivation of a tree as a worked number.

    Raises:
        UndefinedError: for a tree that is not exact arithmetic.
    """
    if node.operation == "number" and node.number is not None:
        return Worked(node.number.value)
    if node.operation == "name" and node.text in reading.names:
        value = reading.names[node.text]
        return Worked(value.nominal, node.text)
    if node.operation == "power":
        base, exponent = (compute(part, reading).nominal for part in node.arguments)
        if exponent.denominator == 1 and 1 <= exponent <= 6:
            part = worked(node.arguments[0], reading)
            return math.prod([part] * (int(exponent) - 1), start=part)
        raise UndefinedError
    if node.operation in ("floor", "ceil"):
        value = compute(node, reading)
        inside = worked(node.arguments[0], reading)
        if node.operation == "floor" and inside.operation == "divide":
            above, below = inside.arguments
            return above // below
        return Worked(value.nominal)
    if node.operation not in _WORKED:
        raise UndefinedError
    return _WORKED[node.operation](*(worked(part, reading) for part in node.arguments))  # type: ignore[no-any-return]


def work(node: Node, written: str, judged: Judged) -> str:
    """Return the derivation of the right value as a sentence, if it is short enough to help.

    Decimals stay as they are ``written`` in the text of the piece; as fractions nobody would know them again.
    """
    if any(part.number is not None and part.number.unit is not None for part in node.walk()):
        text = f"{' '.join(written[node.start : node.end].split())} = {judged.computed}"
        return f"{text}." if len(text) <= _LONGEST_WORK else ""
    try:
        made = worked(node, judged.reading)
        text = made.work if isinstance(made, Worked) else ""
    except (UndefinedError, NNUtilsError):
        text = ""
    if not text and judged.value is not None:
        text = f"It is {number_text(float(judged.value.nominal), significant=6, group=True)}"
    return f"{text}." if text and len(text) <= _LONGEST_WORK else ""


def explained(node: Node, stated: str, judged: Judged) -> tuple[str, ...]:
    """Return the most plausible slips that give the stated value, as sentences."""
    try:
        found = explain(worked(node, judged.reading), stated)
    except (UndefinedError, NNUtilsError):
        return ()
    return tuple(slip.sentence for slip in found[:_MOST_SLIPS] if slip.rank <= _MOST_PLAUSIBLE)
