"""Second derivatives of a function of one input: a number's f″, an array's Hessian and its products."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nnutils.autodiff.array_operations import shape_of
from nnutils.autodiff.plain_values import convert
from nnutils.autodiff.tape import ShapeError
from nnutils.autodiff.tracing import Trace, trace
from nnutils.core.errors import TraceError

__all__ = [
    "hessian",
    "hessian_vector_product",
    "second_derivative",
]


def second_derivative(function: Callable[[Any], Any], x: float) -> float:
    """Return f″(x) of a function of one number.

    At a kink the second derivative is 0, as the first one's convention has it: that of relu and abs, and of a
    maximum whose largest entries are equal.

    Raises:
        ShapeError: if x is an array.
        TraceError: otherwise as ``trace``.
        DomainError: where a derivative does not exist.

    >>> from nnutils.autodiff import exp
    >>> second_derivative(lambda x: x**3, 2), second_derivative(lambda x: exp(2 * x), 0)
    (12.0, 4.0)
    """
    t = _traced(function, x)
    if shape_of(t.tape.values[0]):
        problem = f"A second derivative was asked for in an array of shape {shape_of(t.tape.values[0])}."
        raise ShapeError(problem, remedy="Ask for hessian(f, x), or hessian_vector_product(f, x, v).")
    (name,) = t.inputs
    return float(t.directional(**{name: 1.0}).gradient())


def hessian_vector_product(function: Callable[[Any], Any], x: Any, v: Any) -> Any:
    """Return H v, the derivative of the gradient in the direction v, in the shape of x; H is never built.

    It costs a few runs of the function, however many entries x has.

    Raises:
        ShapeError: if v does not have the shape of x.
        TraceError: if the function does not return a number; otherwise as ``trace``.
        DomainError: where a derivative does not exist.

    >>> hessian_vector_product(lambda x: x**3, 2, 10)
    120.0
    """
    t = _traced(function, x)
    (name,) = t.inputs
    return t.directional(**{name: v}).gradient()


def hessian(function: Callable[[Any], Any], x: Any) -> Any:
    """Return the second derivatives in all pairs of entries of x: for x of shape (n,) an array (n, n).

    For a number it is f″(x), for an array of any shape an array of that shape twice. A column for each entry:
    the product of the Hessian with a unit vector.

    Raises:
        TraceError: if the function does not return a number; otherwise as ``trace``.
        DomainError: where a derivative does not exist.

    >>> hessian(lambda x: x**3, 2)
    12.0
    """
    t = _traced(function, x)
    (name,) = t.inputs
    point = convert(x)
    shape = shape_of(point)
    if not shape:
        return t.directional(**{name: 1.0}).gradient()
    xp = point.__array_namespace__()
    units = xp.eye(point.size).reshape(point.size, *shape)
    rows = [t.directional(**{name: unit}).gradient() for unit in units]
    try:
        return xp.stack(rows).reshape(shape + shape)
    except ValueError as error:
        problem = f"The Hessian in an array of {len(shape)} dimensions cannot be held: {error}."
        raise ShapeError(problem, remedy="Give an array of fewer dimensions.") from None


def _traced(function: Callable[[Any], Any], x: Any) -> Trace:
    """Record a function of one input that returns a number."""
    t = trace(function, x)
    if shape_of(t.value):
        problem = f"Second derivatives were asked for, and the function returns shape {shape_of(t.value)}."
        raise TraceError(problem, remedy="Return a single number, such as a loss or one entry.")
    return t
