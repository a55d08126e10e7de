"""Array operations that are linear in each argument: matrix product, transpose, sum, indexing.

A rule is one Python function. On arrays it computes; on the terms of ``formula``, which know their shapes, it
writes itself down. A vector is a 1-D array of shape (n,), always a column, or a 2-D array of shape (n, 1).
With 1-D vectors ``W @ x`` is the matrix-vector product, ``x @ y`` the inner product xᵀ y, and the adjoint of
W is the outer product z̄ xᵀ. ``x @ W`` with a 1-D x would make a row of it; it is refused.

Source of the matrix rules: Giles, An extended collection of matrix derivative results for forward and reverse
mode algorithmic differentiation, 2008, section 2.2.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from nnutils.autodiff.formula import Shape, Term, call, ones, outer
from nnutils.autodiff.formula_text import Template
from nnutils.core.brackets import PRODUCT
from nnutils.core.messages import brief

__all__ = [
    "MATMUL",
    "Multilinear",
    "TRANSPOSE",
    "Value",
    "index_operation",
    "repeat",
    "sum_operation",
    "truth",
    "unwrapped",
]

Value = Any
"""A Python number, a NumPy array, or a Term."""

_LETTERS = "ijklmnpq"
_LETTERS_BELOW = dict(zip(_LETTERS, "ᵢⱼₖₗₘₙₚq", strict=True))


@dataclass(frozen=True, slots=True)
class Multilinear:
    """An operation that is linear in each of its arguments.

    ``pullbacks[k]`` takes the adjoint of the output and the arguments, and returns what they contribute to
    the adjoint of the k-th argument. Tangents need no rule: they pass through the operation itself.
    ``domain`` says which arguments are allowed, ``condition`` says the same in words, and ``remedy`` what to
    do about others.

    >>> from nnutils.autodiff.formula import symbol
    >>> z, W, x = symbol("z", "bar", (2,)), symbol("W", shape=(2, 3)), symbol("x", shape=(3,))
    >>> print(MATMUL.value(W, x), "|", MATMUL.pull(0, z, (W, x), None), "|", MATMUL.pull(1, z, (W, x), None))
    W x | z̄ xᵀ | Wᵀ z̄
    """

    name: str
    value: Callable[..., Value]
    pullbacks: tuple[Callable[..., Value], ...]
    label: str
    domain: Callable[..., bool] | None = None
    condition: str = ""
    remedy: str = "Check the shapes, row by row."

    def pull(
        self, k: int, adjoint: Value, args: tuple[Value, ...], out: Value, times: Any = operator.mul
    ) -> Value:
        """Return what the adjoint of the output contributes to the adjoint of the k-th argument.

        ``out`` and ``times`` are there for ``Elementwise``, which the sweeps call in the same way.
        """
        return self.pullbacks[k](adjoint, *args)

    def push(self, k: int, tangent: Value, args: tuple[Value, ...], out: Value) -> Value:
        """Return what the tangent of the k-th argument contributes to the tangent of the output."""
        return self.value(*args[:k], tangent, *args[k + 1 :])


def shape_of(value: Value) -> Shape:
    """Return the shape of a number, an array or a term; of a number it is ``()``.

    >>> from nnutils.autodiff.formula import symbol
    >>> shape_of(3.0), shape_of(symbol("W", shape=(2, 3)))
    ((), (2, 3))
    """
    return tuple(getattr(value, "shape", ()))


def unwrapped(value: Value) -> Value:
    """Return a zero-dimensional array as a Python number, everything else as it is.

    >>> unwrapped(3.0)
    3.0
    """
    return value.item() if not isinstance(value, Term | float | int) and value.shape == () else value


def axes_of(shape: Shape, axis: int | tuple[int, ...] | None) -> tuple[int, ...]:
    """Return the axes that ``axis`` names, counted from 0 in increasing order; None names all of them.

    Raises:
        ValueError: for an axis that the shape does not have, or that is named twice.

    >>> axes_of((4, 3), -1), axes_of((4, 3), None)
    ((1,), (0, 1))
    """
    if axis is None:
        return tuple(range(len(shape)))
    asked = axis if isinstance(axis, tuple | list) else (axis,)
    if any(isinstance(a, bool) or not isinstance(a, int) for a in asked):
        raise ValueError(f"axis {brief(axis)} is neither a whole number nor a tuple of them")
    axes = sorted({a + len(shape) if a < 0 else a for a in asked})
    if len(axes) != len(asked) or any(not 0 <= a < len(shape) for a in axes):
        raise ValueError(f"axis {brief(axis)} does not fit the shape {shape}")
    return tuple(axes)


def truth(keepdims: object) -> bool:
    """Return whether summed axes are kept.

    Raises:
        ValueError: for what is neither True nor False.

    >>> truth(1), truth(False)
    (True, False)
    """
    if getattr(keepdims, "shape", ()) == () and type(keepdims).__name__ in ("bool", "bool_", "int"):
        return bool(keepdims)
    raise ValueError(f"keepdims is True or False, and {brief(keepdims)} is neither")


def sum_over(x: Value, axes: tuple[int, ...], keepdims: bool = False) -> Value:
    """Sum over the given axes; with ``keepdims`` a summed axis stays, with length 1.

    >>> from nnutils.autodiff.formula import symbol
    >>> print(sum_over(symbol("z", "bar", (4, 3)), (0,)))
    Σᵢ z̄[i,:]
    """
    if not isinstance(x, Term):
        return unwrapped(x.sum(axis=axes, keepdims=keepdims))
    letters = [_LETTERS[axes.index(k)] if k in axes else ":" for k in range(len(x.shape))]
    summed = [letter for letter in letters if letter != ":"]
    below = "".join(_LETTERS_BELOW[letter] for letter in summed)
    text = f"Σ{below} {{}}[{','.join(letters)}]"
    latex = rf"\sum_{{{','.join(summed)}}} {{}}_{{{','.join(letters)}}}"
    kept = tuple(1 if k in axes else size for k, size in enumerate(x.shape) if keepdims or k not in axes)
    template = Template(text, latex, bracket_argument=True, precedence=PRODUCT)
    return call(template, lambda value: sum_over(value, axes, keepdims), x, shape=kept)


def sum_to(adjoint: Value, like: Value) -> Value:
    """Undo broadcasting: sum the adjoint over the axes along which an operand like ``like`` was repeated.

    >>> from nnutils.autodiff.formula import symbol
    >>> print(sum_to(symbol("z", "bar", (4, 3)), symbol("b", shape=(3,))))
    Σᵢ z̄[i,:]
    """
    shape, target = shape_of(adjoint), shape_of(like)
    if shape == target:
        return adjoint
    extra = len(shape) - len(target)
    if extra:
        adjoint = sum_over(adjoint, tuple(range(extra)))
    repeated = tuple(k for k, size in enumerate(target) if size == 1 and shape[k + extra] != 1)
    return sum_over(adjoint, repeated, keepdims=True) if repeated else adjoint


def repeat(adjoint: Value, like: Value, axes: tuple[int, ...], keepdims: bool) -> Value:
    """Undo a sum: repeat the adjoint along the axes that were summed, to the shape of ``like``.

    >>> from nnutils.autodiff.formula import symbol
    >>> print(repeat(symbol("L", "bar"), symbol("r", shape=(3,)), (0,), False))
    L̄ · ones(3)
    """
    shape = shape_of(like)
    kept = tuple(1 if k in axes else size for k, size in enumerate(shape))
    if not isinstance(adjoint, Term):
        xp = like.__array_namespace__()
        # A copy, though a view would hold the same numbers: a matrix product with such a view is slow.
        return xp.broadcast_to(xp.reshape(xp.asarray(adjoint), kept), shape).copy()
    if not adjoint.shape:
        return adjoint * ones(like)
    which = ", ".join(map(str, axes))
    template = Template(f"repeat({{}}, axis={which})", rf"\operatorname{{repeat}}_{{{which}}}({{}})")
    return call(template, lambda g, x: repeat(g, x, axes, keepdims), adjoint, like, shape=shape)


def _outer(column: Value, row: Value) -> Value:
    """Return the outer product of two 1-D arrays."""
    return outer(column, row) if isinstance(column, Term) else column[:, None] * row[None, :]


def _scatter(adjoint: Value, like: Value, key: Any) -> Value:
    """Undo indexing: an array of zeros with the shape of ``like`` and the adjoint at ``[key]``."""
    if isinstance(adjoint, Term):
        where = _index_text(key)
        text, latex = f"zeros with {{}} at [{where}]", rf"\mathbf{{0}}_{{[{where}]\, \gets\, {{}}}}"
        template = Template(text, latex, bracket_argument=True)
        return call(template, lambda g, x: _scatter(g, x, key), adjoint, like, shape=like.shape)
    zeros = like * 0
    zeros[key] = adjoint
    return zeros


def _entry(x: Value, key: Any) -> Value:
    """Return ``x[key]``."""
    if not isinstance(x, Term):
        return unwrapped(x[key])
    where = _index_text(key)
    template = Template(f"{{}}[{where}]", f"{{}}_{{[{where}]}}", bracket_argument=True)
    return call(template, lambda value: _entry(value, key), x, shape=_entry_shape(x.shape, key))


def _index_text(key: Any) -> str:
    """Write an index as Python does.

    >>> _index_text((0, slice(1, None))), _index_text(slice(None, None, 2)), _index_text(-1)
    ('0, 1:', '::2', '-1')
    """
    if isinstance(key, tuple):
        return ", ".join(_index_text(part) for part in key)
    if not isinstance(key, slice):
        return str(key)
    ends = ["" if end is None else str(end) for end in (key.start, key.stop)]
    return ":".join(ends) + ("" if key.step is None else f":{key.step}")


def sum_operation(axes: tuple[int, ...], keepdims: bool) -> Multilinear:
    """Return the sum over fixed axes as an operation for the tape.

    >>> from nnutils.autodiff.formula import symbol
    >>> rows = sum_operation((1,), False)
    >>> print(rows.label, rows.value(symbol("A", shape=(2, 3))))
    Σ Σᵢ A[:,i]
    """
    return Multilinear(
        "sum",
        lambda x: sum_over(x, axes, keepdims),
        (lambda g, x: repeat(g, x, axes, keepdims),),
        "Σ",
    )


def index_operation(key: Any) -> Multilinear:
    """Return the indexing with a fixed key (integers and slices) as an operation for the tape.

    >>> from nnutils.autodiff.formula import symbol
    >>> first, x = index_operation(0), symbol("x", shape=(3,))
    >>> print(first.value(x), "|", first.pull(0, symbol("v1", "bar"), (x,), None))
    x[0] | zeros with v̄₁ at [0]
    """
    return Multilinear(
        "index", lambda x: _entry(x, key), (lambda g, x: _scatter(g, x, key),), f"[{_index_text(key)}]"
    )


# z̄ is the adjoint of z = a @ b. Where a or b is 1-D, the product is an outer or an inner one.


def _matrix_left(g: Value, a: Value, b: Value) -> Value:
    if len(shape_of(b)) == 1:
        return g * b if len(shape_of(a)) == 1 else _outer(g, b)
    return g @ b.T


def _matrix_right(g: Value, a: Value, b: Value) -> Value:
    return g * a if len(shape_of(a)) == 1 else a.T @ g


def _matrices_fit(a: Value, b: Value) -> bool:
    m, n = shape_of(a), shape_of(b)
    return len(m) in (1, 2) and len(n) in (1, 2) and len(m) >= len(n) and m[-1] == n[0]


MATMUL = Multilinear(
    "matmul",
    lambda a, b: unwrapped(a @ b),
    (_matrix_left, _matrix_right),
    "@",
    _matrices_fit,
    "A @ B needs arrays of one or two dimensions with A's last size equal to B's first (a 1-D x is a column)",
    "Check the shapes, row by row. For x @ W with a 1-D x write W.T @ x.",
)

TRANSPOSE = Multilinear(
    "transpose",
    lambda x: x.T,
    (lambda g, x: g.T,),
    "ᵀ",
    lambda x: len(shape_of(x)) == 2,
    "x.T needs a 2-D array, for NumPy leaves a 1-D array as it is",
    "Give a column that is to be transposed the shape (n, 1).",
)


def _entry_shape(shape: Shape, key: Any) -> Shape:
    keys = key if isinstance(key, tuple) else (key,)
    kept = [
        len(range(*part.indices(size)))
        for part, size in zip(keys, shape, strict=False)
        if isinstance(part, slice)
    ]
    return (*kept, *shape[len(keys) :])
