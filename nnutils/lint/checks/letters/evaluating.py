"""Values of trees with letters in them: at points, as floats or traced values, and their derivatives."""

from __future__ import annotations

import inspect
import math
import operator
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import nnutils.autodiff as autodiff
from nnutils.core.errors import NNUtilsError
from nnutils.lint.language import Node
from nnutils.lint.language.words import GREEK_FUNCTIONS
from nnutils.lint.values import CONSTANTS, SMOOTH, UndefinedError

__all__ = [
    "KNOWN",
    "Function",
    "Functions",
    "called",
    "derivative",
    "derivative_text",
    "evaluate",
    "free_names",
    "normal",
]

_LARGEST = 1e9
_DEEPEST = 12
_LONGEST_TEXT = 80
_SEED = "(?:\u0233|[yfL]\u0304)"  # the adjoint of the output, which is 1

KNOWN: dict[str, Callable[[Any], Any]] = SMOOTH | {
    "relu": autodiff.relu,
    "sqrt": autodiff.sqrt,
    "log": autodiff.ln,
    "abs": autodiff.abs,
}
"""Functions of one number that have a derivative."""

_OPERATIONS: dict[str, Callable[..., Any]] = {
    "add": operator.add,
    "subtract": operator.sub,
    "multiply": operator.mul,
    "divide": operator.truediv,
    "negative": operator.neg,
    "group": lambda a: a,
    "abs": autodiff.abs,
}
_CONSTANTS = {name: float(value) for name, value in CONSTANTS.items()}


@dataclass(frozen=True)
class Function:
    """A function that a sheet defines: its parameters, and the tree of its value."""

    parameters: tuple[str, ...]
    body: Node
    named: bool = False
    """Whether only a name was given to it, as in y = x²: then y(1 − y) is a product."""


Functions = Mapping[str, Function]


def normal(name: str) -> str:
    """Return a name with its lowered part in one form: x_{1}, x_1 and x1 are the same.

    >>> normal("x_{1}"), normal("x1"), normal("v̇_{-1}"), normal("x")
    ('x_1', 'x_1', 'v̇_-1', 'x')
    """
    plain = re.sub(r"_\{([^{}]*)\}", r"_\1", name).replace(" ", "").replace("−", "-")
    plain = unicodedata.normalize("NFD", plain)
    return re.sub(r"^([^\W\d_][\u0300-\u036f\u20d7]*)(\d+)$", r"\1_\2", plain)


def free_names(node: Node) -> set[str]:
    """Return the names in a tree, constants aside; a letter before brackets may be one too.

    >>> from nnutils.lint.language import parse, tokens_of
    >>> from nnutils.lint.numbers import ENGLISH
    >>> from nnutils.lint.sheets import piece_of
    >>> sorted(free_names(parse(tokens_of(piece_of("a + sin(b) + e"), ENGLISH))))
    ['a', 'b']
    """
    return {normal(name) for name in node.names} - set(_CONSTANTS) - set(KNOWN) - set(GREEK_FUNCTIONS)


def called(node: Node) -> set[str]:
    """Return the functions in a tree that are not known to everybody."""
    return {one.text for one in node.walk() if one.operation == "call"} - set(KNOWN) - {"max", "min", "root"}


def evaluate(node: Node, names: Mapping[str, Any], functions: Functions | None = None, depth: int = 0) -> Any:
    """Return the value of a tree: of floats, or of traced values.

    A name that is called although it has a value is a factor, as in x(1 − x).

    Raises:
        UndefinedError: for a name without a value, for a function that is not known, and for no value at all.
    """
    try:
        return _value(node, names, functions or {}, depth)
    except (ArithmeticError, NNUtilsError, ValueError, TypeError) as error:
        raise error if isinstance(error, UndefinedError) else UndefinedError() from None


def _value(node: Node, names: Mapping[str, Any], functions: Functions, depth: int) -> Any:
    if node.operation == "number" and node.number is not None:
        return float(node.number.value)
    if node.operation == "name":
        name = normal(node.text)
        if name in names:
            return names[name]
        if name in _CONSTANTS:
            return _CONSTANTS[name]
        raise UndefinedError("name")
    if node.operation == "call":
        return _call(node, names, functions, depth)
    node = _powers_of_functions(node)
    parts = [_value(part, names, functions, depth) for part in node.arguments]
    if node.operation == "power":
        return _power(*parts)
    if node.operation not in _OPERATIONS:
        raise UndefinedError("letters")
    return _checked(_OPERATIONS[node.operation](*parts))


def _powers_of_functions(node: Node) -> Node:
    """Read sin^2 x, which is parsed as a power of a name times x, as a power of sin x."""
    if node.operation != "multiply":
        return node
    left, right = node.arguments
    factors = left.arguments if left.operation == "multiply" else (left,)
    last = factors[-1]
    if last.operation != "power" or last.arguments[0].operation != "name":
        return node
    name = GREEK_FUNCTIONS.get(last.arguments[0].text, last.arguments[0].text.lower())
    if name not in KNOWN:
        return node
    raised = Node("power", (Node("call", (right,), name), last.arguments[1]))
    return raised if len(factors) == 1 else Node("multiply", (factors[0], raised))


def _call(node: Node, names: Mapping[str, Any], functions: Functions, depth: int) -> Any:
    parts = [_value(part, names, functions, depth) for part in node.arguments]
    name = normal(node.text)
    one = functions.get(node.text)
    if one is not None and not one.named and len(parts) == len(one.parameters):
        if depth > _DEEPEST:
            raise UndefinedError("letters")
        inside = {**names, **dict(zip(one.parameters, parts, strict=True))}
        return _value(one.body, inside, functions, depth + 1)
    if node.text in KNOWN and len(parts) == 1:
        return _checked(KNOWN[node.text](parts[0]))
    if node.text == "max" and len(parts) == 2 and _is_zero(parts):
        return autodiff.relu(parts[0] if _plain(parts[1]) == 0 else parts[1])
    if name in names and len(parts) == 1:
        return _checked(names[name] * parts[0])
    raise UndefinedError("function")


def _is_zero(parts: list[Any]) -> bool:
    return any(isinstance(part, float) and part == 0 for part in parts)


def _plain(value: Any) -> float:
    return float(value.value) if hasattr(value, "value") else float(value)


def _power(base: Any, exponent: Any) -> Any:
    below, above = _plain(base), _plain(exponent)
    if abs(above) > 60 or abs(below) > _LARGEST or (below == 0 and above <= 0):
        raise UndefinedError("too large")
    if below < 0 and not above.is_integer():
        raise UndefinedError
    return _checked(base**exponent)


def _checked(value: Any) -> Any:
    plain = _plain(value)
    if not math.isfinite(plain) or abs(plain) > 1e12:
        raise UndefinedError("too large")
    return value


def derivative(
    node: Node, names: Mapping[str, float], wrt: Iterable[str], functions: Functions | None = None
) -> dict[str, float]:
    """Return the partial derivatives of a tree at a point, by forward recording and one reverse sweep.

    Raises:
        UndefinedError: where it has none.
    """
    inputs = [name for name in wrt if name in names]

    def function(*values: Any) -> Any:
        made = evaluate(node, {**names, **dict(zip(inputs, values, strict=True))}, functions)
        return made + 0 * values[0]  # so that a constant is recorded too

    try:
        gradient = autodiff.trace(function, *(names[name] for name in inputs)).gradient()
    except (NNUtilsError, ArithmeticError):
        raise UndefinedError from None
    found = gradient if isinstance(gradient, tuple) else (gradient,)
    return {name: float(value) for name, value in zip(inputs, found, strict=True)}


def derivative_text(
    node: Node, point: Mapping[str, float], variable: str, functions: Functions | None = None
) -> str:
    """Return the derivative in one variable as a formula; an empty text where it is too long to help.

    Raises:
        UndefinedError: where the tree has no derivative at the point.
    """
    names = [name for name in point if name.isidentifier()]
    if len(names) < len(point):
        return ""

    def function(*values: Any, **named: Any) -> Any:
        return evaluate(node, {**dict(zip(names, values, strict=False)), **named}, functions)

    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    signature = inspect.Signature([inspect.Parameter(name, kind) for name in names])
    function.__signature__ = signature  # type: ignore[attr-defined]
    try:
        rule = autodiff.trace(function, **point).rules()[variable]
    except (NNUtilsError, ArithmeticError):
        raise UndefinedError from None
    text = rule.text.partition(" = ")[2]
    text = re.sub(_SEED, "1", re.sub(rf"{_SEED} · ", "", text))
    unclear = len(text) > _LONGEST_TEXT or "y" not in point and "y" in re.split(r"[^\w]+", text)
    return "" if unclear else text
