"""Mean, maximum and new shapes of arrays: what a program does to an array as a whole, besides a sum.

Convention where several entries are the largest: they share the derivative equally, as in torch's ``amax``.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from dataclasses import dataclass

from nnutils.autodiff.array_operations import Multilinear, Value, repeat, shape_of, sum_over, unwrapped
from nnutils.autodiff.formula import Shape, Term, call
from nnutils.autodiff.formula_text import Template

__all__ = [
    "Maximum",
    "fitted_shape",
    "mean_operation",
    "reshape_operation",
]


@dataclass(frozen=True, slots=True)
class Maximum:
    """The largest entry, of all or along fixed axes, as an operation for the tape.

    The derivative in an entry is its share: 1 for the largest one, 0 for the others; n largest ones have 1/n.

    >>> from nnutils.autodiff.formula import symbol
    >>> largest, x = Maximum((0,), False), symbol("x", shape=(3,))
    >>> print(largest.value(x), "|", largest.pull(0, symbol("m", "bar"), (x,), None))
    max(x) | m̄ · share(x)
    """

    axes: tuple[int, ...]
    keepdims: bool
    name: str = "max"
    label: str = "max"
    domain: Callable[..., bool] | None = None
    condition: str = ""
    remedy: str = "Check the shapes, row by row."

    def value(self, x: Value) -> Value:
        """Return the largest entry, or the array of them."""
        if not isinstance(x, Term):
            return unwrapped(x.max(axis=self.axes, keepdims=self.keepdims))
        kept = _kept(x.shape, self.axes, self.keepdims)
        return call(_reduction("max", x.shape, self.axes), self.value, x, shape=kept)

    def pull(
        self,
        k: int,
        adjoint: Value,
        args: tuple[Value, ...],
        out: Value,
        times: Callable[..., Value] = operator.mul,
    ) -> Value:
        """Return what the adjoint of the output contributes to the adjoint of the array."""
        (x,) = args
        # A single number spreads over the shares by itself.
        spread = repeat(adjoint, x, self.axes, self.keepdims) if shape_of(adjoint) else adjoint
        return times(spread, self.shares(x))

    def push(self, k: int, tangent: Value, args: tuple[Value, ...], out: Value) -> Value:
        """Return the tangent of the output: that of the largest entry, or the mean over several."""
        return sum_over(tangent * self.shares(args[0]), self.axes, self.keepdims)

    def shares(self, x: Value) -> Value:
        """Return the derivative in each entry: 1 for the largest one, 1/n for each of n largest ones."""
        if isinstance(x, Term):
            return call(_reduction("share", x.shape, self.axes), self.shares, x, shape=x.shape)
        largest = (x == x.max(axis=self.axes, keepdims=True)) * 1.0
        return largest / largest.sum(axis=self.axes, keepdims=True)


def mean_operation(shape: Shape, axes: tuple[int, ...], keepdims: bool) -> Multilinear:
    """Return the mean over fixed axes of arrays of one shape, as an operation for the tape.

    >>> from nnutils.autodiff.formula import symbol
    >>> rows, A = mean_operation((2, 3), (1,), False), symbol("A", shape=(2, 3))
    >>> print(rows.value(A), "|", rows.pull(0, symbol("m", "bar", (2,)), (A,), None))
    mean(A, axis=1) | repeat(m̄/3, axis=1)
    """
    number = math.prod(shape[k] for k in axes)

    def value(x: Value) -> Value:
        if isinstance(x, Term):
            return call(_reduction("mean", shape, axes), value, x, shape=_kept(shape, axes, keepdims))
        return sum_over(x, axes, keepdims) / number

    return Multilinear("mean", value, (lambda g, x: repeat(g / number, x, axes, keepdims),), "mean")


def reshape_operation(shape: Shape) -> Multilinear:
    """Return the change to a fixed shape, entries in row-major order, as an operation for the tape.

    >>> from nnutils.autodiff.formula import symbol
    >>> square, x = reshape_operation((2, 2)), symbol("x", shape=(4,))
    >>> print(square.value(x), "|", square.pull(0, symbol("A", "bar", (2, 2)), (x,), None))
    reshape(x, 2 × 2) | reshape(Ā, 4)
    """
    return Multilinear(
        "reshape", lambda x: _reshaped(x, shape), (lambda g, x: _reshaped(g, shape_of(x)),), "reshape"
    )


def fitted_shape(shape: Shape, asked: tuple[object, ...]) -> Shape:
    """Return the shape asked for, as ``reshape(2, -1)`` or ``reshape((2, -1))``; -1 takes what is left.

    Raises:
        ValueError: for what is not a shape, or has not as many entries.

    >>> fitted_shape((2, 6), (-1, 3)), fitted_shape((4,), ((2, 2),))
    ((4, 3), (2, 2))
    """
    sizes = asked[0] if len(asked) == 1 and isinstance(asked[0], tuple | list) else asked
    assert isinstance(sizes, tuple | list)
    whole = [size for size in sizes if isinstance(size, int) and not isinstance(size, bool)]
    if len(whole) != len(sizes) or any(size < 1 and size != -1 for size in whole) or whole.count(-1) > 1:
        raise ValueError("a shape is made of positive whole numbers, of which one may be left open as -1")
    entries, known = math.prod(shape), math.prod(size for size in whole if size != -1)
    result = tuple(entries // known if size == -1 else size for size in whole)
    if math.prod(result) != entries:
        raise ValueError(f"{entries} entries do not fit")
    return result


def _reshaped(x: Value, shape: Shape) -> Value:
    if not isinstance(x, Term):
        # From a number to an array of one entry and back, too.
        return unwrapped(x.reshape(shape))
    text, latex = " × ".join(map(str, shape)), r" \times ".join(map(str, shape))
    template = Template(f"reshape({{}}, {text})", rf"\operatorname{{reshape}}_{{{latex}}}({{}})")
    return call(template, lambda value: _reshaped(value, shape), x, shape=shape)


def _reduction(name: str, shape: Shape, axes: tuple[int, ...]) -> Template:
    """Write a function of a whole array, or along axes: 'max(x)', 'max(A, axis=1)'."""
    if len(axes) == len(shape):
        return Template(f"{name}({{}})", rf"\operatorname{{{name}}}({{}})")
    which = ", ".join(map(str, axes))
    where = f"axis={which}" if len(axes) == 1 else f"axis=({which})"
    return Template(f"{name}({{}}, {where})", rf"\operatorname{{{name}}}_{{{which}}}({{}})")


def _kept(shape: Shape, axes: tuple[int, ...], keepdims: bool) -> Shape:
    return tuple(1 if k in axes else size for k, size in enumerate(shape) if keepdims or k not in axes)
