"""Traced values: inside a traced function they act as numbers or arrays, and record every operation."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from numbers import Integral
from typing import Any, NoReturn

from nnutils.autodiff.array_operations import (
    MATMUL,
    TRANSPOSE,
    Value,
    axes_of,
    index_operation,
    shape_of,
    sum_operation,
    truth,
)
from nnutils.autodiff.elementary import ELEMENTARY, OPERATORS, Operation
from nnutils.autodiff.reductions import Maximum, fitted_shape, mean_operation, reshape_operation
from nnutils.autodiff.symbols import symbol_text
from nnutils.autodiff.tape import BranchError, ShapeError, Tape
from nnutils.core.errors import TraceError
from nnutils.core.messages import brief

__all__ = [
    "Traced",
]

_new = object.__new__
"""Makes a ``Traced`` without the call of its ``__init__``, which would take longer than all the rest."""

# NumPy's names of operations that have another name in the tables of ``elementary``.
_NUMPY_NAMES = {"log": "ln", "absolute": "abs", "true_divide": "divide"}
_COMPARISONS = {"less", "less_equal", "greater", "greater_equal", "equal", "not_equal", "maximum", "minimum"}


class Traced:
    """A value on a tape: arithmetic, ``@``, ``.T``, indexing, ``sum``, ``mean``, ``max`` are recorded.

    Anything else, such as a comparison or a conversion to ``float``, is an error that says what works.

    >>> tape = Tape()
    >>> x = Traced(tape, tape.add_input("x", 3.0))
    >>> 2 * x - 1
    v₂ = v₁ − 1 = 5
    """

    __slots__ = ("index", "tape")

    def __init__(self, tape: Tape, index: int) -> None:
        self.tape = tape
        self.index = index

    @property
    def value(self) -> Value:
        """The plain number or array, for looking at; what is computed from it is not recorded."""
        return self.tape.values[self.index]

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the value; ``()`` for a number."""
        return shape_of(self.value)

    @property
    def ndim(self) -> int:
        """The number of dimensions."""
        return len(self.shape)

    @property
    def size(self) -> int:
        """The number of entries."""
        return math.prod(self.shape)

    def __repr__(self) -> str:
        return self.tape.describe(self.index)

    def __add__(self, other: object) -> Traced:
        return record_binary(OPERATORS["add"], self, other)

    def __radd__(self, other: object) -> Traced:
        return record_binary(OPERATORS["add"], other, self)

    def __sub__(self, other: object) -> Traced:
        return record_binary(OPERATORS["subtract"], self, other)

    def __rsub__(self, other: object) -> Traced:
        return record_binary(OPERATORS["subtract"], other, self)

    def __mul__(self, other: object) -> Traced:
        return record_binary(OPERATORS["multiply"], self, other)

    def __rmul__(self, other: object) -> Traced:
        return record_binary(OPERATORS["multiply"], other, self)

    def __truediv__(self, other: object) -> Traced:
        return record_binary(OPERATORS["divide"], self, other)

    def __rtruediv__(self, other: object) -> Traced:
        return record_binary(OPERATORS["divide"], other, self)

    def __pow__(self, other: object) -> Traced:
        plain_exponent = type(other) is not Traced and not shape_of(other)
        return record_binary(OPERATORS["power" if plain_exponent else "exponential"], self, other)

    def __rpow__(self, other: object) -> Traced:
        return record_binary(OPERATORS["exponential"], other, self)

    def __matmul__(self, other: object) -> Traced:
        return record_binary(MATMUL, self, other)

    def __rmatmul__(self, other: object) -> Traced:
        return record_binary(MATMUL, other, self)

    def __neg__(self) -> Traced:
        return record_unary(OPERATORS["negative"], self)

    def __pos__(self) -> Traced:
        return self

    def __abs__(self) -> Traced:
        return record_unary(ELEMENTARY["abs"], self)

    @property
    def T(self) -> Traced:  # noqa: N802  # the name that NumPy gives it
        """The transposed matrix; a 1-D array is refused, for NumPy would return it unchanged."""
        return record_unary(TRANSPOSE, self)

    def sum(self, axis: int | tuple[int, ...] | None = None, keepdims: bool = False) -> Traced:
        """Sum over all entries, or over the given axes; of a number, the number itself.

        Raises:
            ShapeError: for an axis that the array does not have.
        """
        if not self.shape:
            return self
        return record_unary(sum_operation(*self._axes("sum", axis, keepdims)), self)

    def mean(self, axis: int | tuple[int, ...] | None = None, keepdims: bool = False) -> Traced:
        """Return the mean of all entries, or over the given axes; of a number, the number itself.

        Raises:
            ShapeError: for an axis that the array does not have.
        """
        over = self._axes("mean", axis, keepdims)
        return record_unary(mean_operation(self.shape, *over), self) if self.shape else self

    def max(self, axis: int | tuple[int, ...] | None = None, keepdims: bool = False) -> Traced:
        """Return the largest of all entries, or along axes; several largest ones share the derivative.

        Raises:
            ShapeError: for an axis that the array does not have.
        """
        along = self._axes("maximum", axis, keepdims)
        return record_unary(Maximum(*along), self) if self.shape else self

    def reshape(self, *shape: Any) -> Traced:
        """Return the entries in row-major order in another shape, ``reshape(2, -1)`` or ``reshape((2, -1))``.

        Raises:
            ShapeError: for a shape that has not as many entries.
        """
        try:
            if not self.shape:
                raise ValueError("a number has no shape to change")
            asked = fitted_shape(self.shape, shape)
        except ValueError as error:
            what = f"An array of shape {self.shape} was asked for in the shape {brief(shape)}"
            raise self.tape.error(what, str(error), "Keep the number of entries.", ShapeError) from None
        return record_unary(reshape_operation(asked), self)

    def dot(self, other: object) -> Traced:
        """Return the matrix product, as ``@`` does; with a number, the product.

        Raises:
            ShapeError: for arrays that do not fit.
        """
        return self @ other if self.shape and shape_of(other) else self * other

    def __getitem__(self, key: Any) -> Traced:
        if not self.shape or not all(map(_is_index, key if isinstance(key, tuple) else (key,))):
            raise self._error(
                f"the entry [{brief(key)}]",
                "only integers and slices index a traced array",
                "Index with x[0] or x[1:3].",
            )
        return record_unary(index_operation(key), self)

    def __len__(self) -> int:
        if not self.shape:
            raise self._error("its entries", "it is a number", "Pass an array, or separate inputs.")
        return self.shape[0]

    def __iter__(self) -> Iterator[Traced]:
        return (self[k] for k in range(len(self)))

    # What follows cannot be recorded. Each error names what works instead.

    def __lt__(self, other: object) -> bool:
        raise self._branch("<")

    def __le__(self, other: object) -> bool:
        raise self._branch("<=")

    def __gt__(self, other: object) -> bool:
        raise self._branch(">")

    def __ge__(self, other: object) -> bool:
        raise self._branch(">=")

    def __eq__(self, other: object) -> bool:
        raise self._branch("==")

    def __ne__(self, other: object) -> bool:
        raise self._branch("!=")

    __hash__ = object.__hash__

    def __bool__(self) -> bool:
        raise self._branch("bool")

    def __float__(self) -> float:
        raise self._error(
            "a conversion to float (math.sin(...), math.log(...), float(...))",
            "the functions of the math module return plain numbers, and the derivative would be lost",
            "Use autodiff.sin, autodiff.ln, ... ; to look at the number, use x.value.",
        )

    def _plain_only(self, *_: object) -> NoReturn:
        raise self._error(
            "a conversion to a plain number or array, or a function without a derivative rule",
            "what is computed from it would not be recorded",
            "Use + - * / ** @ and the functions of autodiff; to look at the value, use x.value.",
        )

    __int__ = __index__ = __complex__ = __round__ = __floor__ = __ceil__ = __trunc__ = _plain_only
    __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = __divmod__ = __rdivmod__ = _plain_only

    def __array__(self, *_: object, **__: object) -> NoReturn:
        self._plain_only()

    def __array_function__(self, *_: object) -> NoReturn:
        self._plain_only()

    def __setitem__(self, key: object, value: object) -> None:
        raise self._error(
            "an assignment to an entry", "the tape keeps every value", "Build a new array instead."
        )

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Traced:
        """Record NumPy's operators and functions: ``array * traced``, ``numpy.exp(traced)`` arrive here."""
        name = _NUMPY_NAMES.get(ufunc.__name__, ufunc.__name__)
        if name in _COMPARISONS:
            raise self._branch(f"numpy.{ufunc.__name__}")
        if method == "__call__" and not options:
            if name in ELEMENTARY or name == "negative":
                return record_unary(ELEMENTARY.get(name) or OPERATORS[name], self)
            if name == "power":
                return self.__rpow__(inputs[0]) if inputs[1] is self else self.__pow__(inputs[1])
            if name in OPERATORS or name == "matmul":
                return record_binary(OPERATORS.get(name, MATMUL), *inputs)
        return self._plain_only()

    def recorded(self, operation: Operation) -> Traced:
        """Return the value of an operation of one argument, recorded."""
        return record_unary(operation, self)

    def _axes(self, what: str, axis: Any, keepdims: Any) -> tuple[tuple[int, ...], bool]:
        try:
            return axes_of(self.shape, axis), truth(keepdims)
        except ValueError as error:
            remedy = "Count axes from 0." if self.shape else "The larger of two numbers is b + relu(a - b)."
            raise self.tape.error(f"A {what} was asked for", str(error), remedy, ShapeError) from None

    def _branch(self, asked: str) -> TraceError:
        return self._error(
            f"the comparison {asked}",
            "a tape records one branch only, and the derivative of the other would be hidden",
            "Use autodiff.relu or autodiff.abs: max(x, 0) is relu(x), max(a, b) is b + relu(a - b)."
            " Or trace each branch by itself.",
            BranchError,
        )

    def _error(self, asked: str, why: str, remedy: str, kind: type[TraceError] = TraceError) -> TraceError:
        label = symbol_text(self.tape.labels()[self.index])
        return self.tape.error(f"The traced value {label} was asked for {asked}", why, remedy, kind)


def _is_index(part: object) -> bool:
    """Say whether this is an integer that a computer can count to, or a slice made of such."""
    if isinstance(part, slice):
        ends = (part.start, part.stop, part.step)
        return part.step != 0 and all(end is None or isinstance(end, Integral) for end in ends)
    return isinstance(part, int) and not isinstance(part, bool) and abs(part) <= sys.maxsize


def record_unary(operation: Operation, x: Traced) -> Traced:
    """Record an operation on one traced value.

    >>> tape = Tape()
    >>> record_unary(ELEMENTARY["exp"], Traced(tape, tape.add_input("x", 0.0)))
    v₁ = exp(x) = 1
    """
    traced = _new(Traced)
    traced.tape = tape = x.tape
    traced.index = tape.record(operation, x.index)
    return traced


def record_binary(operation: Operation, a: object, b: object) -> Traced:
    """Record an operation on two values, of which at least one is traced; the other one may be a constant.

    Raises:
        TraceError: where the two belong to different traces.

    >>> tape = Tape()
    >>> record_binary(OPERATORS["divide"], 1, Traced(tape, tape.add_input("x", 4.0)))
    v₁ = 1/x = 0.25
    """
    if type(a) is Traced:
        tape, left = a.tape, a.index
        if type(b) is not Traced:
            # A known constant is looked up here: a loop that halves a number asks for 0.5 at every turn.
            known = tape.constants.get(b) if type(b) is float or type(b) is int else None
            right = tape.constant(b) if known is None else known
        elif b.tape is tape:
            right = b.index
        else:
            raise tape.error(
                f"The traced value {a!r} is combined with {b!r}",
                "they belong to two different traces",
                "Pass every value that varies as an input of one traced function.",
            )
    else:
        assert type(b) is Traced, "one of the two is traced"
        tape, left, right = b.tape, b.tape.constant(a), b.index
    traced = _new(Traced)
    traced.tape = tape
    traced.index = tape.record(operation, left, right)
    return traced
