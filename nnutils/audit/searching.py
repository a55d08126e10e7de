"""The search for the slips behind a wrong number, and the derivation of what a sheet works out itself."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from nnutils.audit.case import Case
from nnutils.audit.plain_values import as_number
from nnutils.audit.statements.expressions import parse
from nnutils.core.errors import ClaimError, ExpressionError, NNUtilsError
from nnutils.core.numerals import number_text
from nnutils.core.worked import Worked, exact
from nnutils.slips import Slip, explain, ties

__all__ = ["search_slips", "slips_in_words", "working_as_written"]

_OPERATORS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Pow: operator.pow,
}


_SHORT = 100
"""A smaller number without a derivation is a slip away from any other."""


def search_slips(stated: object, case: Case) -> tuple[Slip, ...]:
    """Return the slips that turn the right value of a check into the stated one, most plausible first.

    The derivation is that of the check, or the computed value itself. Empty for what cannot be read.

    >>> case = Case(Worked(96, "filters") * Worked(363, "inputs"))
    >>> str(search_slips("3,484,800", case)[0])
    '3,484,800 in place of 34,848, a factor of 100.'
    """
    right: Any = case.computed if case.derivation is None else case.derivation
    if not isinstance(stated, list):
        return _explained(right, stated, case)
    entries = list(right.tolist() if hasattr(right, "tolist") else right)
    # Of a list the first entry that is explained; rows of numbers entry by entry, too.
    for one, entry in zip(stated, entries, strict=False):
        if slips := search_slips(one, replace(case, computed=entry, derivation=None)):
            return slips
    return ()


def _explained(right: Any, stated: object, case: Case) -> tuple[Slip, ...]:
    try:
        if not hasattr(right, "operation"):
            right = as_number(right, "the computed value")
            if abs(right) < _SHORT:
                return ()
        return explain(right, stated, case.among)
    except (ExpressionError, ClaimError):  # not a number, such as '(41,4'
        return ()


def slips_in_words(slips: Sequence[Slip]) -> str:
    """Say the most plausible slip inside a sentence; where several are as plausible, all of them.

    >>> slips_in_words(explain(Worked(4, "rows") * Worked(4, "columns"), 4))
    'explained: The factor 4 (rows) is left out, so 4 is computed; or: The factor 4 (columns) is left out,
    so 4 is computed'
    """
    return "explained: " + "; or: ".join(slip.sentence.removesuffix(".") for slip in ties(slips))


def working_as_written(text: str, given: Mapping[str, object]) -> Worked | None:
    """Return the derivation of a working in whole numbers and fractions; None for any other.

    >>> working_as_written("600000 + n", {"n": 375000}).work, working_as_written("exp(n)", {"n": 2})
    ('600,000 + 375,000 = 975,000', None)
    """
    try:
        return _worked(parse(text), given)
    except (NNUtilsError, ArithmeticError, TypeError, ValueError):
        return None


def _worked(node: ast.expr, given: Mapping[str, object]) -> Worked:
    made: object = None
    if isinstance(node, ast.Constant):
        value = Fraction(str(node.value))
        made = Worked(value, number_text(value, group=True))  # a number as written is its own name
    elif isinstance(node, ast.Name):
        made = Worked(exact(given.get(node.id)), node.id)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        made = -_worked(node.operand, given)
    elif isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        made = _OPERATORS[type(node.op)](_worked(node.left, given), _worked(node.right, given))
    if not isinstance(made, Worked):
        raise TypeError
    return made
