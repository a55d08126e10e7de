"""What may be written inside a traced function: the elementary functions, sums, and names for values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nnutils.autodiff.array_operations import axes_of, shape_of, sum_over
from nnutils.autodiff.elementary import ELEMENTARY, OPERATORS, Elementwise, overloaded_function
from nnutils.autodiff.formula import symbol
from nnutils.autodiff.formula_text import Template
from nnutils.autodiff.symbols import symbol_latex, symbol_text
from nnutils.autodiff.tape import ShapeError
from nnutils.autodiff.traced import Traced, apply, record_unary
from nnutils.core.errors import TraceError
from nnutils.core.messages import shown

__all__ = [
    "abs",
    "arctan",
    "cos",
    "cosh",
    "exp",
    "function",
    "ln",
    "named",
    "reciprocal",
    "relu",
    "sigmoid",
    "sin",
    "sinh",
    "softplus",
    "sqrt",
    "sum",
    "tan",
    "tanh",
]


def named(name: str, value: Any) -> Any:
    """Give a value inside a traced function a name for rules, tables and graph, and return it.

    Plain numbers and arrays pass through, so that the function still runs without a trace. A value that has a
    name already, an input for instance, is passed on as a new value under the new name.

    Raises:
        TraceError: if the name is not an identifier or is given twice.

    >>> from nnutils.autodiff import trace
    >>> trace(lambda x: named("u", x * x) + 1, 3)["u"]
    9.0
    """
    if type(value) is not Traced:
        return value
    if value.index in value.tape.names:
        value = record_unary(OPERATORS["identity"], value)
    value.tape.name(value.index, name)
    return value


def function(
    name: str, value: Callable[[Any], Any], derivative: Callable[[Any], Any]
) -> Callable[[Any], Any]:
    """Make an elementwise function from its value and derivative; the name 'phi' prints as φ and φ′.

    Both take and return plain numbers or arrays, entry by entry.

    Raises:
        TraceError: if one of them is not a function, or if the name is not an identifier.
        ShapeError: when the derivative is used and has another shape than its argument.

    >>> from nnutils.autodiff import trace
    >>> phi = function("phi", lambda z: z * z, lambda z: 2 * z)
    >>> print(trace(lambda z: phi(z), 3).rules())
    z̄ = ȳ · φ′(z)
    """
    if not (isinstance(name, str) and name.isidentifier()) or not callable(value) or not callable(derivative):
        raise TraceError(
            f"function({shown(name, 60)}, {shown(value, 60)}, {shown(derivative, 60)}) cannot be made.",
            remedy="Give a name such as 'phi', then two functions: the value and the derivative.",
        )
    text, latex = symbol_text(name), symbol_latex(name)

    def checked_derivative(x: Any) -> Any:
        slope = derivative(x)
        if shape_of(slope) not in ((), shape_of(x)):
            problem = (
                f"The derivative {text}′ of an array of shape {shape_of(x)} has shape {shape_of(slope)}."
            )
            raise ShapeError(problem, remedy="Return one derivative for each entry, in the same shape.")
        return slope

    applied = overloaded_function(Template(f"{text}({{}})", f"{latex}({{}})"), value, value)
    primed = Template(f"{text}′({{}})", f"{latex}'({{}})")
    slope = overloaded_function(primed, checked_derivative, checked_derivative)
    operation = Elementwise(name, applied, (lambda x, y: slope(x),), text)
    return lambda x: apply(operation, x)


def sum(x: Any, axis: int | tuple[int, ...] | None = None, keepdims: bool = False) -> Any:
    """Sum the entries of a traced or plain array, all of them or over some axes; a number is its own sum.

    Raises:
        ShapeError: for an axis that the array does not have.

    >>> sum(3.0)
    3.0
    """
    if type(x) is Traced:
        return x.sum(axis, keepdims)
    try:
        return sum_over(x, axes_of(shape_of(x), axis), keepdims) if shape_of(x) else x
    except ValueError as error:
        raise ShapeError(f"A sum was asked for: {error}.", remedy="Count axes from 0.") from None


def _public(name: str, example: float, result: float) -> Callable[[Any], Any]:
    """Return a function of the table for public use, with an example for its docstring.

    The table is read at each call, so that an entry exchanged for a wrong one (as tests do) takes effect.
    """

    def call(x: Any) -> Any:
        return apply(ELEMENTARY[name], x)

    entry, x, y = ELEMENTARY[name], symbol("x"), symbol("y")
    call.__name__ = call.__qualname__ = name
    undefined = f"where it is not defined: {entry.condition}" if entry.condition else "on overflow"
    call.__doc__ = (
        f"Return y = {entry.value(x)} of a traced value, a number or an array, entry by entry.\n\n"
        f"Its derivative is {entry.partials[0](x, y)}; where that contains y, it is the result.\n\n"
        f"Raises:\n    DomainError: {undefined}.\n\n"
        f">>> {name}({example})\n{result}"
    )
    return call


ln = _public("ln", 1, 0.0)
exp = _public("exp", 0, 1.0)
sin = _public("sin", 0, 0.0)
cos = _public("cos", 0, 1.0)
tan = _public("tan", 0, 0.0)
arctan = _public("arctan", 0, 0.0)
sinh = _public("sinh", 0, 0.0)
cosh = _public("cosh", 0, 1.0)
tanh = _public("tanh", 0, 0.0)
sqrt = _public("sqrt", 9, 3.0)
sigmoid = _public("sigmoid", 0, 0.5)
softplus = _public("softplus", 1000, 1000.0)
relu = _public("relu", -2, 0.0)
abs = _public("abs", -3, 3.0)
reciprocal = _public("reciprocal", 4, 0.25)
