"""What may be written inside a traced function: the elementary functions, sums, and names for values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nnutils.autodiff.array_operations import axes_of, shape_of, sum_over, truth
from nnutils.autodiff.elementary import ELEMENTARY, OPERATORS, Elementwise, Operation, overloaded_function
from nnutils.autodiff.formula import symbol
from nnutils.autodiff.formula_text import Template
from nnutils.autodiff.plain_values import convert
from nnutils.autodiff.symbols import symbol_latex, symbol_text
from nnutils.autodiff.tape import ShapeError, Tape
from nnutils.autodiff.traced import Traced, record_unary
from nnutils.core.errors import TraceError
from nnutils.core.messages import brief

__all__ = [
    "abs",
    "arctan",
    "cos",
    "cosh",
    "dot",
    "exp",
    "function",
    "ln",
    "max",
    "mean",
    "named",
    "reciprocal",
    "relu",
    "reshape",
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
    name: str,
    value: Callable[[Any], Any],
    derivative: Callable[[Any], Any],
    second: Callable[[Any], Any] | None = None,
) -> Callable[[Any], Any]:
    """Make an elementwise function from its value and derivative; the name 'phi' prints as φ and φ′.

    All take and return plain numbers or arrays, entry by entry. ``second`` is the derivative of the
    derivative, which second derivatives need.

    Raises:
        TraceError: if one of them is not a function, or if the name is not an identifier; when the derivative
            is used, and is not of numbers; for a second derivative without ``second``.
        ShapeError: when the derivative is used and has another shape than its argument.

    >>> from nnutils.autodiff import trace
    >>> phi = function("phi", lambda z: z * z, lambda z: 2 * z)
    >>> print(trace(lambda z: phi(z), 3).rules())
    z̄ = ȳ · φ′(z)
    """
    if not (isinstance(name, str) and name.isidentifier()) or not all(
        map(callable, (value, derivative, *([] if second is None else [second])))
    ):
        raise TraceError(
            f"function({brief(name)}, {brief(value)}, {brief(derivative)}) cannot be made.",
            remedy="Give a name such as 'phi', then two functions: the value and the derivative.",
        )
    text, latex = symbol_text(name), symbol_latex(name)

    def written(prime: str, slope: Callable[[Any], Any], of: Callable[[], Operation]) -> Callable[[Any], Any]:
        """Return a derivative that checks what it returns, and writes itself with primes."""

        def checked(x: Any) -> Any:
            return _slope(slope(x), x, text + prime)

        accent = {"′": "'", "″": "''"}[prime]
        return overloaded_function(
            Template(f"{text}{prime}({{}})", f"{latex}{accent}({{}})"), checked, checked, of
        )

    def unknown() -> Operation:
        problem = f"A second derivative of {text} was asked for, and only its value and {text}′ are known."
        raise TraceError(problem, remedy=f"Make it with function({name!r}, value, derivative, second).")

    def third() -> Operation:
        problem = f"A third derivative of {text} was asked for, and its derivatives are known up to {text}″."
        raise TraceError(problem, remedy="Ask for first and second derivatives.")

    slope = written("′", derivative, lambda: primed)
    bend = written("″", second, third) if second is not None else lambda x: unknown()
    primed = Elementwise(f"{name}'", slope, (lambda x, y: bend(x),), f"{text}′")
    template = Template(f"{text}({{}})", f"{latex}({{}})")
    applied = overloaded_function(template, value, value, lambda: operation)
    operation = Elementwise(name, applied, (lambda x, y: slope(x),), text)
    return lambda x: apply(operation, x)


def _slope(slope: Any, x: Any, what: str) -> Any:
    """Return what a user's derivative gave, if it is of numbers and fits the shape of the argument."""
    if shape_of(slope) not in ((), shape_of(x)):
        problem = f"The derivative {what} of an array of shape {shape_of(x)} has shape {shape_of(slope)}."
        raise ShapeError(problem, remedy="Return one derivative for each entry, in the same shape.")
    try:
        return convert(slope, copy=False)
    except TraceError as error:
        problem = f"The derivative {what} returned {brief(slope)}, which cannot be used: {error.problem}."
        raise TraceError(problem, remedy=error.remedy) from None


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
        if not shape_of(x):
            convert(x)  # a list has no shape either, and is no number
            return x
        if x.dtype.kind not in "biuf":
            raise TraceError(f"entries of dtype {x.dtype} are no numbers", remedy="Use an array of numbers.")
        return sum_over(x, axes_of(shape_of(x), axis), truth(keepdims))
    except TraceError as error:
        raise TraceError(f"A sum was asked for: {error.problem}.", remedy=error.remedy) from None
    except ValueError as error:
        raise ShapeError(f"A sum was asked for: {error}.", remedy="Count axes from 0.") from None


def mean(x: Any, axis: int | tuple[int, ...] | None = None, keepdims: bool = False) -> Any:
    """Return the mean of the entries of a traced or plain array, all of them or over some axes.

    Raises:
        ShapeError: for an axis that the array does not have.
        TraceError: for what is not a number or an array.

    >>> mean(3.0)
    3.0
    """
    return _on_traced(x, lambda traced: traced.mean(axis, keepdims))


def max(x: Any, axis: int | tuple[int, ...] | None = None, keepdims: bool = False) -> Any:
    """Return the largest entry of a traced or plain array, of all or along some axes.

    Its derivative is 1 in the largest entry and 0 in the others; n largest entries have 1/n each, as in
    torch's ``amax``. The larger of two numbers is ``b + relu(a - b)``.

    Raises:
        ShapeError: for an axis that the array does not have.
        TraceError: for what is not a number or an array.

    >>> max(3.0)
    3.0
    """
    return _on_traced(x, lambda traced: traced.max(axis, keepdims))


def reshape(x: Any, shape: int | tuple[int, ...]) -> Any:
    """Return the entries of a traced or plain array in another shape, row by row; -1 takes what is left.

    Raises:
        ShapeError: for a shape that has not as many entries.
        TraceError: for what is not an array.
    """
    return _on_traced(x, lambda traced: traced.reshape(shape))


def dot(a: Any, b: Any) -> Any:
    """Return the matrix product of traced or plain arrays, as ``@`` does; with a number, the product.

    Raises:
        ShapeError: for arrays that do not fit.
        TraceError: for what is not a number or an array.

    >>> dot(3.0, 4.0)
    12.0
    """
    if type(a) is Traced:
        return a.dot(b)
    if type(b) is Traced:
        return a @ b if shape_of(a) and b.shape else a * b
    return _on_traced(a, lambda traced: traced.dot(b))


def _on_traced(x: Any, method: Callable[[Traced], Traced]) -> Any:
    """Apply a method of traced values, to a plain number or array on a tape that is forgotten."""
    return method(x) if type(x) is Traced else method(lone(x)).value


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


def apply(operation: Operation, x: Any) -> Any:
    """Apply a function of one argument to a traced value (recording it), a plain number, or an array.

    Raises:
        DomainError: outside the function's domain.
        TraceError: for what is not a number or an array.

    >>> apply(ELEMENTARY["sqrt"], 9)
    3.0
    """
    if type(x) is Traced:
        return record_unary(operation, x)
    return record_unary(operation, lone(x, operation.name)).value


def lone(x: Any, asked: str = "the result") -> Traced:
    """Return a plain number or array on a tape of its own, so that domain and errors are those of a trace.

    Raises:
        TraceError: for what is not a number or an array.

    >>> lone(2)
    x = 2
    """
    try:
        value = convert(x)
    except TraceError as error:
        problem = f"{asked} cannot be computed of {brief(x)}: {error.problem}."
        raise TraceError(problem, remedy=error.remedy) from None
    tape = Tape()
    return Traced(tape, tape.add_input("x", value))
