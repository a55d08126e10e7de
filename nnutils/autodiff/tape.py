"""The tape: every operation of a traced function in the order in which it was carried out.

The tape is four flat lists: operation, first parent, second parent, value. An entry comes after everything
that it was made from, so a sweep is a loop and never a recursion. The parents are in two lists of plain
integers, instead of one list of tuples, so that a recorded operation leaves no object behind that Python's
garbage collector would have to visit again and again: long tapes stay as fast, per operation, as short ones.

Parents keep their order, and a repeated parent is kept twice: ``x * x`` has the parents (x, x). Formulas are
not stored; they are written when somebody asks for them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from math import isfinite
from typing import Any

from nnutils.autodiff.array_operations import Value, shape_of
from nnutils.autodiff.elementary import Elementwise, Operation
from nnutils.autodiff.formula import Term, number, symbol
from nnutils.autodiff.plain_values import convert
from nnutils.autodiff.symbols import symbol_text
from nnutils.core.errors import TraceError
from nnutils.core.messages import brief
from nnutils.core.numerals import number_text

__all__ = [
    "BranchError",
    "DomainError",
    "ShapeError",
    "Tape",
]

_TOO_LARGE = "the result is too large for a float"
_SHAPES = "Check the shapes, row by row."

_NONE = -1
"""In place of a parent: there is none."""

CONSTANT = -2
"""In place of the first parent: this entry is a constant."""

_AUTOMATIC_NAME = re.compile(r"v-?\d+")


class DomainError(TraceError):
    """A traced function that leaves the domain of an elementary function, or that overflows.

    >>> from nnutils.autodiff import ln, trace
    >>> trace(lambda x: ln(x - 3), 2)
    Traceback (most recent call last):
    nnutils.autodiff.tape.DomainError: ln(v₁) cannot be computed with v₁ = −1: ln needs a positive number.
      the trace so far:
        x = 2
        v₁ = x − 3 = −1
      Change the inputs or the function, so that this step is defined.
    """


class ShapeError(TraceError):
    """Arrays whose shapes do not fit an operation, or fit it in a way that is probably a mistake."""


class BranchError(TraceError):
    """A traced function that compares a value to choose a branch: the tape would hide the other branch."""


class Tape:
    """A record of operations: ``operations[i]`` made ``values[i]`` from ``left[i]`` and ``right[i]``.

    The first ``inputs`` entries are the inputs. ``names`` maps an entry to the name that the user gave it.
    ``constants`` maps a plain number to its entry. A ``closed`` tape takes no more operations.

    >>> from nnutils.autodiff.elementary import OPERATORS
    >>> tape = Tape()
    >>> x = tape.add_input("x", 3.0)
    >>> y = tape.record(OPERATORS["multiply"], x, x)
    >>> tape.values[y], tape.left[y], tape.right[y], tape.describe(y)
    (9.0, 0, 0, 'v₁ = x · x = 9')
    """

    __slots__ = ("closed", "constants", "inputs", "left", "names", "operations", "right", "values")

    def __init__(self) -> None:
        self.operations: list[Operation | None] = []
        self.left: list[int] = []
        self.right: list[int] = []
        self.values: list[Value] = []
        self.names: dict[int, str] = {}
        self.constants: dict[float, int] = {}
        self.inputs = 0
        self.closed = False

    def add_input(self, name: str, value: Value) -> int:
        """Append an input and return its index.

        Raises:
            TraceError: if the name is not a plain identifier or is already taken.
        """
        self.inputs += 1
        index = self._append(None, _NONE, _NONE, value)
        self.name(index, name)
        return index

    def constant(self, value: object) -> int:
        """Return the index of a constant; an equal number is stored once.

        Raises:
            TraceError: for what is neither a finite number nor a finite array.
        """
        # A loop that multiplies by 0.5 a million times needs one entry for 0.5. Arrays are not looked up, for
        # they have no hash. Neither is True, which equals 1 in a dict but is refused by ``convert``.
        if type(value) is float or type(value) is int:
            known = self.constants.get(value)
            if known is not None:
                return known
        try:
            converted = convert(value)
        except TraceError as error:
            what = f"{brief(value)} cannot be combined with a traced value"
            raise self.error(what, error.problem, error.remedy) from None
        index = self._append(None, CONSTANT, _NONE, converted)
        if type(converted) is float:
            self.constants[converted] = index
        return index

    def record(self, operation: Operation, left: int, right: int = _NONE) -> int:
        """Carry out an operation, append it, and return its index.

        Raises:
            DomainError: where the operation is not defined or overflows.
            ShapeError: where arrays do not fit.
            TraceError: where the trace has ended.
        """
        # A long program runs these lines most often. They look only at what tells that all is well; what is
        # wrong is found out, and said, by _refused and _checked.
        values = self.values
        a = values[left]
        b = None if right < 0 else values[right]
        try:
            domain = operation.domain
            if self.closed or (domain is not None and (domain(a) if b is None else domain(a, b)) is not True):
                self._allowed(operation, left, right)
            compute: Callable[..., Value] = operation.value
            value = compute(a) if b is None else compute(a, b)
        except TraceError:
            raise
        except (ArithmeticError, RuntimeWarning, ValueError, IndexError, TypeError) as error:
            raise self._refused(operation, left, right, error) from None
        if type(value) is not float:
            value = self._checked(operation, left, right, value)
        elif not isfinite(value):
            raise self.operation_error(DomainError, operation, left, right, _TOO_LARGE)
        index = len(values)
        values.append(value)
        self.operations.append(operation)
        self.left.append(left)
        self.right.append(right)
        return index

    def name(self, index: int, name: object) -> None:
        """Give an entry the user's name.

        Raises:
            TraceError: if the name is not a plain identifier or is already taken.
        """
        if not isinstance(name, str) or not name.isidentifier():
            raise self.error(
                f"{brief(name)} cannot name a value",
                "a name is made of letters, digits and _, as in Python",
                "Write 'x1' for x₁, 'phi' for φ, 'W_out' for W with the index out.",
            )
        if name in self.names.values():
            raise self.error(
                f"The name {name!r} is given twice", "each name stands for one value", "Use 'h1', 'h2', ..."
            )
        self.names[index] = name

    def parents(self, index: int) -> tuple[int, ...]:
        """Return the parents of an entry in order, constants included; inputs and constants have none."""
        if self.left[index] < 0:
            return ()
        return (self.left[index],) if self.right[index] < 0 else (self.left[index], self.right[index])

    def arguments(self, index: int) -> tuple[Value, ...]:
        """Return the values of an entry's parents."""
        return tuple(self.values[parent] for parent in self.parents(index))

    def is_constant(self, index: int) -> bool:
        """Say whether an entry is a constant."""
        return self.left[index] == CONSTANT

    def numbering(self) -> dict[int, str]:
        """Return Griewank's names: 'v-1' and 'v0' for two inputs, then 'v1', 'v2', ...; none for constants.

        Source: Griewank and Walther, Evaluating Derivatives, 2nd edition, section 2.1.
        """
        kept = (index for index in range(len(self.values)) if self.left[index] != CONSTANT)
        return {index: f"v{position - self.inputs + 1}" for position, index in enumerate(kept)}

    def labels(self) -> dict[int, str]:
        """Return the user's name of each entry, and Griewank's where there is none."""
        automatic = self.numbering()
        # Where a user's name could be taken for an automatic one, the automatic ones become u1, u2, ...
        if any(_AUTOMATIC_NAME.fullmatch(name) for name in self.names.values()):
            automatic = {index: "u" + name[1:] for index, name in automatic.items()}
        return automatic | self.names

    def term(self, index: int, labels: dict[int, str], mark: str = "") -> Term:
        """Return an entry as a symbol of a formula; a constant number shows as itself."""
        value = self.values[index]
        if not self.is_constant(index):
            return symbol(labels[index], mark, shape_of(value))
        return number(value) if isinstance(value, float) else symbol(f"const{index}", "", shape_of(value))

    def formula(self, index: int, term: Callable[[int], Term]) -> Term:
        """Write an entry in terms of its parents, each of them written by ``term``."""
        operation = self.operations[index]
        assert operation is not None, "inputs and constants have no formula"
        result: Term = operation.value(*(term(parent) for parent in self.parents(index)))
        return result

    def describe(self, index: int, labels: dict[int, str] | None = None) -> str:
        """Write an entry as a line of text: its name, its formula, its value or its shape."""
        names = labels or self.labels()
        value, parts = self.values[index], [symbol_text(names[index])]
        if self.operations[index] is not None:
            parts.append(self.formula(index, lambda parent: self.term(parent, names)).text)
        shape = shape_of(value)
        return " = ".join(parts) + (f" of shape {shape}" if shape else f" = {number_text(value, decimals=6)}")

    def error(self, what: str, why: str, remedy: str, kind: type[TraceError] = TraceError) -> TraceError:
        """Return an error: what was asked, why it cannot be, the end of the trace, and what would work."""
        labels = self.labels()
        shown = sorted(list(labels)[-6:])
        lines = [f"    {self.describe(index, labels)}" for index in shown]
        if len(labels) > len(lines):
            lines.insert(0, f"    ... {len(labels) - len(lines)} earlier rows")
        where = "\n".join(["the trace so far:", *lines]) if lines else ""
        return kind(f"{what}: {why}.", where=where, remedy=remedy)

    def operation_error(
        self, kind: type[TraceError], operation: Operation, left: int, right: int, why: str, remedy: str = ""
    ) -> TraceError:
        """Return the error for an operation that does not suit its arguments, with their values or shapes."""
        labels = self.labels()
        parents = (left,) if right == _NONE else (left, right)
        terms = [self.term(parent, labels) for parent in parents]
        given = [_given(term, self.values[p]) for term, p in zip(terms, parents, strict=True)]
        what = f"{operation.value(*terms)} cannot be computed"
        if any(given):
            what += " with " + " and ".join(filter(None, dict.fromkeys(given)))
        return self.error(what, why, remedy or (_SHAPES if kind is ShapeError else operation.remedy), kind)

    def _append(self, operation: Operation | None, left: int, right: int, value: Value) -> int:
        self.operations.append(operation)
        self.left.append(left)
        self.right.append(right)
        self.values.append(value)
        return len(self.values) - 1

    def _values(self, left: int, right: int) -> tuple[Value, ...]:
        return (self.values[left],) if right < 0 else (self.values[left], self.values[right])

    def _allowed(self, operation: Operation, left: int, right: int) -> None:
        """Refuse an operation on a closed tape, and one outside its domain."""
        if self.closed:
            raise self.error(
                "A value of a trace that has ended is used again",
                "its tape is closed",
                "Compute inside the traced function, or go on with the plain number t.value.",
            )
        if operation.domain is not None and not _everywhere(operation.domain(*self._values(left, right))):
            kind = DomainError if isinstance(operation, Elementwise) else ShapeError
            raise self.operation_error(kind, operation, left, right, operation.condition, operation.remedy)

    def _refused(self, operation: Operation, left: int, right: int, error: Exception) -> TraceError:
        """Return the error for an operation that Python or NumPy could not carry out."""
        if isinstance(error, OverflowError):
            return self.operation_error(DomainError, operation, left, right, _TOO_LARGE)
        # What NumPy says of arrays that is not arithmetic is about their shapes.
        arrays = any(map(shape_of, self._values(left, right)))
        shapes = arrays and not isinstance(error, ArithmeticError | RuntimeWarning)
        kind = ShapeError if shapes else DomainError
        return self.operation_error(kind, operation, left, right, str(error).strip())

    def _checked(self, operation: Operation, left: int, right: int, value: Value) -> Value:
        """Return a result as a float or an array of its own, if it is finite and its shape is meant."""
        try:
            converted = convert(value, copy=False)
        except TraceError as error:
            why = f"the result: {error.problem}"
            raise self.operation_error(DomainError, operation, left, right, why) from None
        if not isinstance(operation, Elementwise):
            return converted
        shapes = [shape_of(arg) for arg in self._values(left, right)]
        shape = shape_of(converted)
        if all(size == shape for size in shapes):
            return converted
        if len(shapes) == 1 and shape != shapes[0]:
            why = f"an elementwise function must keep the shape {shapes[0]}, and it returned {shape}"
            raise self.operation_error(ShapeError, operation, left, right, why)
        # (n,) and (n, 1) give (n, n) by NumPy's rule: a common slip. (n, 1) and (1, m) are taken as meant.
        spread = all(math.prod(shape) > math.prod(size) for size in shapes)
        if len(shapes) == 2 and spread and any(len(size) == 1 for size in shapes):
            why = f"{shapes[0]} and {shapes[1]} would spread to {shape}"
            remedy = "Make both vectors (n,) or both (n, 1)."
            raise self.operation_error(ShapeError, operation, left, right, why, remedy)
        return converted


def _everywhere(condition: Any) -> bool:
    return condition if isinstance(condition, bool) else bool(condition.all())


def _given(term: Term, value: Value) -> str:
    if term.kind == "number":
        return ""  # the formula shows it
    shape = shape_of(value)
    return f"{term.text} of shape {shape}" if shape else f"{term.text} = {number_text(value)}"
