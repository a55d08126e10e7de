"""A formula as a reader types it, in the names and functions that its question has."""

from __future__ import annotations

from collections.abc import Mapping

from nnutils.core.errors import ExpressionError
from nnutils.practice.formulas.matrices import FUNCTIONS
from nnutils.practice.formulas.points import Trials, names_in
from nnutils.slips.expressions import Expression, read_expression
from nnutils.slips.stated import TYPED_CONSTANTS

__all__ = ["read_formula"]


def read_formula(text: str, tried: Trials) -> Expression:
    """Return the tree of a typed formula, in the names of the points where it is tried.

    A name may be typed with _ or without, and in small letters where no other name has them: x_1 for x1, pi
    for P_i. Where the right formula uses relu, phi is read as relu.

    Raises:
        ExpressionError: for what is no expression, and for a name or a function that the question has not.

    >>> from nnutils.practice import Asked
    >>> from nnutils.practice.formulas import trials
    >>> tried = trials([Asked("y", "y", "a", "x1 - relu(x1)")])["y"]
    >>> read_formula("x_1 - phi(x_1)", tried) == read_expression("x1 - relu(x1)")
    True
    """
    known = tried.points[0]
    typed = read_expression(text)
    aliases = {name: _spelled(name, known) for name in typed.names}
    if "relu" in tried.functions:
        aliases |= {"phi(": "relu", "φ(": "relu"}
    formula = _renamed(typed, aliases)
    remedy = f"You can use {', '.join(known)}, and the functions {', '.join(tried.functions)}."
    for name in sorted(formula.functions):
        if name in known:
            raise ExpressionError(
                f"There is no sign between {name} and (.", remedy=f"Write * between {name} and (."
            )
        if name in FUNCTIONS and name not in tried.functions:
            raise ExpressionError(f"The function {name!r} is not used here.", remedy=remedy)
    for name in names_in(formula):
        if name not in known and name not in TYPED_CONSTANTS:
            raise ExpressionError(f"{name!r} has no value here.", remedy=f"{remedy} Write * between factors.")
    return formula


def _spelled(name: str, known: Mapping[str, object]) -> str:
    """Return a name as the question spells it, where only _ differs, or capital letters do.

    The name pi is the number, except where the question has P_i or p_i.
    """
    if name in known or (name in TYPED_CONSTANTS and name != "pi"):
        return name
    for form in (_bare, _small):
        same = [one for one in known if form(one) == form(name)]
        if len(same) == 1:
            return same[0]
    return name


def _bare(name: str) -> str:
    return name.replace("_", "")


def _small(name: str) -> str:
    return _bare(name).lower()


def _renamed(formula: Expression, aliases: Mapping[str, str]) -> Expression:
    """Return a tree with other names; those of functions end in '(' in ``aliases``."""
    arguments = tuple(_renamed(part, aliases) for part in formula.arguments)
    value = formula.value
    if formula.operation == "name":
        value = aliases.get(str(value), value)
    elif formula.operation == "call":
        value = aliases.get(f"{value}(", value)
    return Expression(formula.operation, arguments, value)
