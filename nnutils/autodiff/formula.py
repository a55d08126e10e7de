"""A formula as a small tree: built with Python's operators, written as text, HTML or LaTeX, evaluated.

The tape's rules are ordinary Python functions. Called with numbers or arrays they compute; called with the
terms of this module they write themselves down. So the formula that is printed is the one that is computed.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from nnutils.autodiff.formula_text import HTML, LATEX, TEXT, Template, write
from nnutils.core.numerals import number_text

__all__ = [
    "Shape",
    "Term",
    "call",
    "differential",
    "as_term",
    "number",
    "ones",
    "outer",
    "product",
    "symbol",
    "total",
]

Shape = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One node of a formula: what it is (``kind``), its parts, the shape of its value (``()`` for a number).

    >>> x, y = symbol("x1"), symbol("y")
    >>> print(-(x + 2) * y / x**2)
    −(x₁ + 2) · y/x₁²
    >>> ((x + 2) * y).evaluate({x: 3.0, y: 4.0})
    20.0
    """

    kind: str
    args: tuple[Any, ...]
    shape: Shape = ()

    def __add__(self, other: object) -> Term:
        return _elementwise("add", self, other)

    def __radd__(self, other: object) -> Term:
        return _elementwise("add", other, self)

    def __sub__(self, other: object) -> Term:
        return _elementwise("sub", self, other)

    def __rsub__(self, other: object) -> Term:
        return _elementwise("sub", other, self)

    def __mul__(self, other: object) -> Term:
        return _elementwise("mul", self, other)

    def __rmul__(self, other: object) -> Term:
        return _elementwise("mul", other, self)

    def __truediv__(self, other: object) -> Term:
        return _elementwise("div", self, other)

    def __rtruediv__(self, other: object) -> Term:
        return _elementwise("div", other, self)

    def __pow__(self, other: object) -> Term:
        exponent = as_term(other)
        if exponent.is_number(1):
            return self
        return number(1) if exponent.is_number(0) else _elementwise("pow", self, exponent)

    def __rpow__(self, other: object) -> Term:
        return _elementwise("pow", other, self)

    def __neg__(self) -> Term:
        if self.kind == "number":
            return number(-self.args[0])
        return as_term(self.args[0]) if self.kind == "neg" else Term("neg", (self,), self.shape)

    def __matmul__(self, other: Term) -> Term:
        kind = "inner" if len(self.shape) == len(other.shape) == 1 else "matmul"
        return Term(kind, (self, other), self.shape[:-1] + other.shape[1:])

    @property
    def T(self) -> Term:  # noqa: N802  # the name that NumPy gives it
        """The transposed matrix."""
        return self.args[0] if self.kind == "transpose" else Term("transpose", (self,), self.shape[::-1])

    def is_number(self, value: float) -> bool:
        """Say whether this is the plain number ``value``."""
        return self.kind == "number" and self.args[0] == value

    def evaluate(self, values: Mapping[Term, Any]) -> Any:
        """Compute the formula, each symbol replaced by its value.

        Raises:
            KeyError: for a symbol without a value.
            ArithmeticError: where an operation is not defined, as in a division by 0.
            ValueError: where a function of Python's ``math`` is not defined.
        """
        if self.kind == "symbol":
            return values[self]
        if self.kind == "number":
            return self.args[0]
        if self.kind == "apply":
            return self.args[1](*(part.evaluate(values) for part in self.args[2:]))
        if self.kind == "ones":
            return self.args[0].evaluate(values) * 0 + 1
        return _EVALUATE[self.kind](*(part.evaluate(values) for part in self.args))

    def with_numbers(self, values: Mapping[Term, float], digits: int | None = None) -> Term:
        """Put numbers in for the symbols, to be shown with ``digits`` decimals.

        Raises:
            KeyError: for a symbol without a value.

        >>> v1, v2 = symbol("v1"), symbol("v2")
        >>> print((v1 - v2).with_numbers({v1: 10.69314, v2: -0.9589}, digits=3))
        10.693 − (−0.959)
        """
        if self.kind == "symbol":
            value = values[self]
            return Term("number", (value, number_text(value, decimals=digits)))
        if self.kind == "number":
            return self
        parts = (part.with_numbers(values, digits) if isinstance(part, Term) else part for part in self.args)
        return Term(self.kind, tuple(parts), self.shape)

    @property
    def text(self) -> str:
        """The formula as Unicode text."""
        return write(self, TEXT)

    @property
    def html(self) -> str:
        """The formula as HTML that needs no script."""
        return write(self, HTML)

    @property
    def latex(self) -> str:
        """The formula as LaTeX."""
        return write(self, LATEX)

    def __str__(self) -> str:
        return self.text


def symbol(name: str, mark: str = "", shape: Shape = ()) -> Term:
    """Return a variable, or with the mark 'bar' or 'dot' its adjoint or tangent.

    >>> print(symbol("x1"), symbol("v-1", "bar"), symbol("phi", "dot"))
    x₁ v̄₋₁ φ̇
    """
    return Term("symbol", (name, mark), shape)


def number(value: float) -> Term:
    """Return a number, to be shown with every digit it has.

    >>> print(number(-0.25))
    −0.25
    """
    return Term("number", (value, number_text(value)))


def as_term(value: object) -> Term:
    """Return a term as it is, and a plain number as a term.

    >>> print(as_term(3) * as_term(symbol("x")))
    3 · x
    """
    if isinstance(value, Term):
        return value
    assert isinstance(value, int | float), f"{value!r} is neither a term nor a number"
    return number(value)


def call(
    template: Template, function: Callable[..., Any], argument: Term, *unseen: Term, shape: Shape
) -> Term:
    """Return ``function`` of some terms, written as ``template`` says; only the first argument is shown.

    >>> x = symbol("x")
    >>> half = call(Template("half({})", r"\\tfrac12 {}"), lambda value: value / 2, x + 1, shape=())
    >>> print(half, half.evaluate({x: 5.0}))
    half(x + 1) 3.0
    """
    return Term("apply", (template, function, argument, *unseen), shape)


def ones(like: Term) -> Term:
    """Return an array of ones with the shape of ``like``.

    >>> print(symbol("L", "bar") * ones(symbol("r", shape=(2, 3))))
    L̄ · ones(2, 3)
    """
    return Term("ones", (like,), like.shape)


def differential(term: Term) -> Term:
    """Return ∂v, so that ``differential(a) / differential(b)`` prints a partial derivative.

    >>> print(differential(symbol("v3")) / differential(symbol("v-1")))
    ∂v₃/∂v₋₁
    """
    return Term("differential", (term,))


def outer(column: Term, row: Term) -> Term:
    """Return the outer product of two 1-D arrays, written with a transpose.

    >>> print(outer(symbol("z", "bar", (2,)), symbol("x", shape=(3,))))
    z̄ xᵀ
    """
    return Term("outer", (column, row), column.shape + row.shape)


def product(left: Term, factor: Term | float) -> Term:
    """Multiply by a derivative as one does on paper: factors of one drop out, signs come first, 1/x divides.

    >>> g, x = symbol("v1", "bar"), symbol("x")
    >>> print(product(g, number(1)), product(g, -1 / x**2), product(-g, x), product(g, number(2)))
    v̄₁ −v̄₁/x² −v̄₁ · x 2 · v̄₁
    """
    right = as_term(factor)
    if right.is_number(1):
        return left
    if right.is_number(-1):
        return -left
    if left.kind == "neg":
        return -product(-left, right)
    if right.kind == "neg":
        return -product(left, -right)
    # g · (1/x) is written g/x.
    if right.kind == "div" and (right.args[0].is_number(1) or right.args[0].is_number(-1)):
        return product(left, right.args[0]) / as_term(right.args[1])
    # The adjoint of a sum is L̄ · ones; times an array of that shape the ones change nothing.
    if left.kind == "mul" and left.args[1].kind == "ones" and left.shape == right.shape:
        return as_term(left.args[0]) * right
    return right * left if right.kind == "number" else left * right


def total(first: Term, second: Term) -> Term:
    """Add two terms, with a minus sign where the second one is negative.

    >>> print(total(symbol("a"), -symbol("b")))
    a − b
    """
    return first - (-second) if second.kind == "neg" else first + second


def _broadcast(a: Shape, b: Shape) -> Shape:
    """Return the shape that an elementwise operation on shapes ``a`` and ``b`` has, by NumPy's rule.

    >>> _broadcast((4, 3), (3,)), _broadcast((), (2,)), _broadcast((3, 1), (3, 5))
    ((4, 3), (2,), (3, 5))
    """
    size = max(len(a), len(b))
    pairs = zip((1,) * (size - len(a)) + a, (1,) * (size - len(b)) + b, strict=True)
    return tuple(m if n == 1 else n for m, n in pairs)


def _elementwise(kind: str, left: object, right: object) -> Term:
    a, b = as_term(left), as_term(right)
    # Only what makes a formula simpler to read: sums of plain numbers are computed, signs move to the front.
    if kind in ("add", "sub") and a.kind == b.kind == "number":
        return number(_EVALUATE[kind](a.args[0], b.args[0]))
    if kind in ("mul", "div") and a.kind == "neg":
        return -_elementwise(kind, a.args[0], b)
    return Term(kind, (a, b), _broadcast(a.shape, b.shape))


_EVALUATE: dict[str, Callable[..., Any]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": operator.truediv,
    "pow": operator.pow,
    "neg": operator.neg,
    "matmul": operator.matmul,
    "inner": operator.matmul,
    "outer": lambda column, row: column[:, None] * row[None, :],
    "transpose": lambda matrix: matrix.T,
}
