"""Formulas as somebody wrote them, transcribed to small Python expressions of named quantities.

No text takes long: its length and depth are bounded, and so are the digits of every number on the way.
"""

from __future__ import annotations

import ast
import operator
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

from nnutils.audit.errors import UndefinedOperationError
from nnutils.audit.plain_values import PlainArray, as_array, not_finite
from nnutils.audit.value_text import shape_text
from nnutils.core.errors import ClaimError
from nnutils.core.messages import shown
from nnutils.core.numerals import MOST_DIGITS, power_too_long, too_long
from nnutils.core.reading import needs_text
from nnutils.core.worked import Worked

__all__ = [
    "UndefinedOperationError",
    "evaluate",
    "names",
    "parse",
]

LONGEST = 2_000
"""So many characters an expression may have."""

DEEPEST = 60
"""So many operations may stand inside one another; a sum of n terms has n - 1."""

_BINARY: dict[type[ast.operator], tuple[str, Callable[[Any, Any], object]]] = {
    ast.Add: ("added entry by entry", operator.add),
    ast.Sub: ("subtracted entry by entry", operator.sub),
    ast.Mult: ("multiplied entry by entry", operator.mul),
    ast.Div: ("divided entry by entry", operator.truediv),
    ast.FloorDiv: ("divided entry by entry", operator.floordiv),
    ast.Mod: ("divided entry by entry", operator.mod),
    ast.Pow: ("raised to a power entry by entry", operator.pow),
    ast.MatMult: ("multiplied as matrices", operator.matmul),
}
_UNARY: dict[type[ast.unaryop], Callable[[Any], object]] = {ast.USub: operator.neg, ast.UAdd: operator.pos}
_ALLOWED = "Allowed: numbers, names, + - * / // % ** @, .T, lists, and calls of named functions."


def parse(text: str) -> ast.expr:
    """Return the syntax tree of an expression: nothing but arithmetic, ``.T`` and calls of plain names.

    Raises:
        ClaimError: for text that is not an expression, any other syntax in it, more than ``LONGEST``
            characters, and more than ``DEEPEST`` operations inside one another.

    >>> parse("h.T @ phi_prime(r)").__class__.__name__
    'BinOp'
    """
    return _parsed(needs_text(text, LONGEST, ClaimError, _ALLOWED))


# A formula is judged at dozens of points, and read once.
@lru_cache(maxsize=1024)
def _parsed(text: str) -> ast.expr:
    plain = text.strip()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of signs without a space between them, which are refused below
            tree = ast.parse(plain, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        why = error.msg if isinstance(error, SyntaxError) else "it cannot be read"
        raise ClaimError(f"{shown(text)} is not an expression: {why}.", remedy=_ALLOWED) from error
    level: list[ast.AST] = [tree]
    for _ in range(DEEPEST):
        for node in level:
            _refuse_other_syntax(node, text)
        level = [part for node in level for part in ast.iter_child_nodes(node)]
    if level:
        raise ClaimError(
            f"{shown(text)} has more than {DEEPEST} operations inside one another.",
            remedy="Put brackets around parts of a long sum, or name them.",
        )
    return tree


def names(text: str) -> tuple[str, ...]:
    """Return the names that an expression needs, sorted.

    >>> names("phi_prime(r) @ V + ones")
    ('V', 'ones', 'phi_prime', 'r')
    """
    return tuple(sorted({node.id for node in ast.walk(parse(text)) if isinstance(node, ast.Name)}))


def evaluate(text: str, given: Mapping[str, object]) -> object:
    """Evaluate an expression exactly as written, with the given names and nothing else.

    Raises:
        ClaimError: for a name that is not given, a function that fails, or syntax that ``parse`` refuses.
        UndefinedOperationError: where the formula itself asks for the impossible; the message says what, in
            words.

    >>> evaluate("(x1 + x2 + abs(x1 - x2)) / 2", {"x1": 3, "x2": 5, "abs": abs})
    5.0
    """
    tree = parse(text)
    if missing := [name for name in names(text) if name not in given]:
        raise ClaimError(
            f"The expression {shown(text)} needs {', '.join(missing)}, which the check does not give.",
            where=f"given: {', '.join(sorted(given)) or 'nothing'}",
            remedy=f"Add {missing[0]}=... to given= or to each sample.",
        )
    with warnings.catch_warnings():
        # NumPy warns where a formula divides by zero; the judge reports the infinite entry in words instead.
        warnings.simplefilter("ignore", RuntimeWarning)
        return _value(tree, given)


def value_as_written(text: str, given: Mapping[str, object]) -> PlainArray | str:
    """Return the value of a formula that somebody wrote, or say in words why it has none.

    Raises:
        ClaimError: for a mistake of whoever transcribed or checks the formula, as ``evaluate`` does.

    >>> value_as_written("1 / x", {"x": 0})
    '1 / x divides by zero'
    """
    try:
        array = as_array(evaluate(text, given), f"the value of {shown(text)}")
    except UndefinedOperationError as reason:
        return str(reason)
    trouble = not_finite(array)
    return f"as written {trouble}" if trouble else array


def _refuse_other_syntax(node: ast.AST, text: str) -> None:
    """Refuse a node that is not in the list of what is allowed: no expression may run code of its own."""
    refused = ""
    if isinstance(node, ast.Attribute):
        refused = "" if node.attr == "T" else f"the attribute .{node.attr}"
    elif isinstance(node, ast.Call):
        plain = isinstance(node.func, ast.Name) and not node.keywords
        refused = "" if plain else "a call of something that is not a plain name, or one with keywords"
    elif isinstance(node, ast.Constant):
        number = isinstance(node.value, int | float) and not isinstance(node.value, bool)
        refused = "" if number else f"the constant {shown(node.value)}"
    elif isinstance(node, ast.operator):
        refused = "" if type(node) in _BINARY else f"the operator {type(node).__name__}"
    elif isinstance(node, ast.unaryop):
        refused = "" if type(node) in _UNARY else f"the operator {type(node).__name__}"
    elif not isinstance(node, ast.BinOp | ast.UnaryOp | ast.Name | ast.List | ast.Load):
        refused = f"the syntax {type(node).__name__}"
    if refused:
        raise ClaimError(f"The expression {shown(text)} uses {refused}.", remedy=_ALLOWED)


def _value(node: ast.expr, given: Mapping[str, object]) -> object:
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        return given[node.id]
    if isinstance(node, ast.List):
        return [_value(part, given) for part in node.elts]
    if isinstance(node, ast.Attribute):
        value = _value(node.value, given)
        return value.T if hasattr(value, "T") else _transposed_number(node.value, value)
    if isinstance(node, ast.Call):
        return _call(node, given)
    if isinstance(node, ast.UnaryOp):
        return _applied(node, (node.operand,), "given a sign", _UNARY[type(node.op)], given)
    assert isinstance(node, ast.BinOp)  # parse() lets nothing else through
    return _applied(node, (node.left, node.right), *_BINARY[type(node.op)], given)


def _applied(
    node: ast.UnaryOp | ast.BinOp,
    parts: Sequence[ast.expr],
    word: str,
    operation: Callable[..., object],
    given: Mapping[str, object],
) -> object:
    """Carry out one operation on the values of its parts, unless it would take for ever."""
    values = [_operand(part, _value(part, given)) for part in parts]
    if isinstance(node.op, ast.Pow) and any(
        power.denominator == 1 and power_too_long(base, int(power))
        for base in _exact_entries(values[0])
        for power in _exact_entries(values[1])
    ):
        raise _too_long(node)
    try:
        value = operation(*values)
    except ZeroDivisionError as error:
        raise UndefinedOperationError(f"{ast.unparse(node)} divides by zero") from error
    except (ValueError, TypeError, RuntimeError, ArithmeticError) as error:
        shapes = " and ".join(
            f"{ast.unparse(part)} ({shape_text(as_array(value, ast.unparse(part)).shape)})"
            for part, value in zip(parts, values, strict=True)
        )
        raise UndefinedOperationError(f"{shapes} cannot be {word}") from error
    if any(map(too_long, _exact_entries(value))):
        raise _too_long(node)
    return value


def _exact_entries(value: object) -> Iterator[int | Fraction]:
    """Yield the numbers of a value that have as many digits as they need: floats and NumPy's have not."""
    if isinstance(value, int | Fraction):
        yield value
    elif getattr(getattr(value, "dtype", None), "kind", "") == "O":
        yield from (entry for entry in value.flat if isinstance(entry, int | Fraction))  # type: ignore[attr-defined]


def _too_long(node: ast.expr) -> ClaimError:
    return ClaimError(
        f"{shown(ast.unparse(node))} has more than {MOST_DIGITS:,} digits.",
        remedy="Give smaller numbers for the names, or compute with logarithms.",
    )


def _call(node: ast.Call, given: Mapping[str, object]) -> object:
    assert isinstance(node.func, ast.Name)  # parse() lets nothing else through
    function = given[node.func.id]
    if not callable(function):
        raise ClaimError(
            f"{ast.unparse(node)} calls {node.func.id}, but the value given for it is not a function.",
            remedy=f"Give a function for {node.func.id}, or write the product with * or @.",
        )
    arguments = [_value(argument, given) for argument in node.args]
    try:
        return function(*arguments)
    except UndefinedOperationError:  # the function itself says so: that is a finding
        raise
    except Exception as error:
        raise ClaimError(
            f"The function given for {node.func.id} failed in {ast.unparse(node)}: {error!r}.",
            remedy="Give points inside its domain, of a shape that it takes.",
        ) from error


def _operand(node: ast.expr, value: object) -> object:
    """Return an operand of arithmetic; refuse lists, texts and functions, which would do something else."""
    if isinstance(value, list | tuple | str | bytes) or callable(value):
        kind = "a function" if callable(value) else "a list" if isinstance(value, list | tuple) else "text"
        raise ClaimError(
            f"{ast.unparse(node)} is {kind}, which cannot be used in arithmetic.",
            remedy="Call the function, or give an array in place of the list.",
        )
    return value.value if isinstance(value, Worked) else value


def _transposed_number(node: ast.expr, value: object) -> object:
    """Return a single number, which is its own transpose."""
    if as_array(value, ast.unparse(node)).shape:
        raise ClaimError(
            f"{ast.unparse(node)} has no .T.",
            remedy="Give an array in place of the list, a number, or a matrix.",
        )
    return value
