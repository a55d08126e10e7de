"""A function of numbers as text, and its inputs: 'ln(x1) + x1*x2' with x1=2 x2=5."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from nnutils.autodiff.elementary import ELEMENTARY
from nnutils.autodiff.tracing import Trace, trace
from nnutils.core.errors import ExpressionError
from nnutils.core.messages import brief
from nnutils.core.worked import Worked
from nnutils.slips.expressions import Expression, read_expression
from nnutils.slips.stated import LARGEST, TYPED_CONSTANTS, read
from nnutils.slips.tree import MOST_POWER

__all__ = ["inputs_of", "trace_of", "worked_of"]

_OPERATORS: dict[str, Callable[..., Any]] = {
    "add": operator.add,
    "subtract": operator.sub,
    "multiply": operator.mul,
    "divide": operator.truediv,
    "negative": operator.neg,
}


def inputs_of(texts: Sequence[str]) -> dict[str, int | Fraction | float]:
    """Return the inputs of texts such as 'x1=2'.

    Raises:
        ExpressionError: for a text of another shape, and for a name given twice.
        ExpressionError: for a value that is not a number.

    >>> inputs_of(["x1=2", "x2=-0.5"])
    {'x1': 2, 'x2': Fraction(-1, 2)}
    """
    found: dict[str, int | Fraction | float] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name.strip().isidentifier() or name.strip() in found:
            raise ExpressionError(f"{text!r} is not an input.", remedy="Write each name once: x1=2 x2=5")
        found[name.strip()] = read(value).value
    return found


def trace_of(text: str, inputs: Mapping[str, float]) -> Trace:
    """Run an expression on traced inputs; return the record.

    Raises:
        ExpressionError: for what is not an expression.
        ExpressionError: for a name without a value, and for a function that is not known.
        NNUtilsError: where the function is not defined.

    >>> trace_of("x1 * x2 + 1", {"x1": 3, "x2": 4})
    Trace: y(x1, x2) = 13, 2 operations
    """
    import nnutils.autodiff as autodiff

    tree = read_expression(re.sub(r"^\s*[A-Za-z]\w*\s*=(?!=)", "", text))  # 'y = ...'
    functions = {name: getattr(autodiff, name) for name in ELEMENTARY if hasattr(autodiff, name)}
    functions["log"] = autodiff.ln
    _check_names(tree, inputs, functions)
    if not tree.names & set(inputs):
        raise ExpressionError(
            f"The function uses none of {', '.join(inputs)}.",
            remedy=f"Write one, such as 2*{next(iter(inputs))}.",
        )

    def function(*values: Any) -> Any:
        names = {**TYPED_CONSTANTS, **dict(zip(inputs, values, strict=True))}
        try:
            return tree.compute(_number, names, functions, _WITH_POWERS)
        except ArithmeticError:  # of numbers alone; where an input takes part, the trace names the operation
            raise ExpressionError(
                f"{brief(text)} has a part without an input that has no value, such as 0/0.",
                remedy="Leave that part out, or write its value.",
            ) from None

    # The function's inputs are given by name, so that the table shows these names.
    return trace(_with_parameters(function, list(inputs)), **{n: float(v) for n, v in inputs.items()})


def worked_of(text: str, inputs: Mapping[str, int | Fraction | float]) -> Any:
    """Return the value of an expression as a worked number, its inputs by their names.

    Raises:
        ExpressionError: for what is not an expression.
        ExpressionError: for a name without a value, and for a function.

    >>> worked_of("c*k*k", {"c": 3, "k": 11}).work
    '3 · 11 · 11 = 363'
    """
    tree = read_expression(text)
    _check_names(tree, inputs, {})
    exact = {name: Worked(value, name) for name, value in inputs.items() if not isinstance(value, float)}
    if tree.names - set(exact):
        raise ExpressionError("An exact value has no decimals without end.", remedy="Use whole numbers.")
    return tree.compute(Worked, exact, {}, _WITH_POWERS)


def _power(base: Any, exponent: Any) -> Any:
    """Raise to a power; plain numbers only to one that is computed at once."""
    plain = isinstance(base, int | float) and isinstance(exponent, int | float)
    if plain and not (-MOST_POWER <= exponent <= MOST_POWER and abs(base) <= LARGEST):
        raise ExpressionError(
            "A power is too large.", remedy=f"Use exponents from -{MOST_POWER} to {MOST_POWER}."
        )
    return base**exponent


def _number(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else float(value)


def _check_names(tree: Expression, inputs: Mapping[str, object], functions: Mapping[str, object]) -> None:
    if missing := sorted(tree.names - set(inputs) - set(TYPED_CONSTANTS)):
        raise ExpressionError(f"{missing[0]} has no value.", remedy=f"Give it one: {missing[0]}=2.")
    if unknown := sorted(tree.functions - set(functions)):
        known = f"You can use {', '.join(sorted(functions))}." if functions else "Use numbers and + - * / ^."
        raise ExpressionError(f"{unknown[0]} is not a function here.", remedy=known)


def _with_parameters(function: Callable[..., Any], names: list[str]) -> Callable[..., Any]:
    """Return a function with these parameters, as ``trace`` asks for inputs that are given by name."""
    import inspect

    def called(*values: Any, **by_name: Any) -> Any:
        return function(*values, *(by_name[name] for name in names[len(values) :]))

    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    called.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [inspect.Parameter(name, kind) for name in names]
    )
    return called


_WITH_POWERS = {**_OPERATORS, "power": _power}
