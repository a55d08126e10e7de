"""Vectors and small matrices of values, and what people may mean by a product of two of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from nnutils.lint.values import UndefinedError, Value

__all__ = ["Array", "combined", "elementwise", "products", "same_shape", "softmax"]

MOST_ENTRIES = 150
"""Products of larger arrays are left alone."""


@dataclass(frozen=True)
class Array:
    """Values in rows; a scalar has one row of one value. ``flat`` is a vector that may stand or lie."""

    rows: tuple[tuple[Value, ...], ...]
    flat: bool = False
    name: str = ""
    """What product it is, in words."""

    @property
    def shape(self) -> tuple[int, int]:
        """Numbers of rows and columns."""
        return len(self.rows), len(self.rows[0])

    @property
    def scalar(self) -> bool:
        """Whether it is one number."""
        return self.shape == (1, 1) and not self.flat

    @property
    def transposed(self) -> Array:
        """Rows and columns exchanged."""
        return Array(tuple(zip(*self.rows, strict=True)), self.flat, self.name)

    @property
    def entries(self) -> tuple[Value, ...]:
        """All values, row by row."""
        return tuple(value for row in self.rows for value in row)


def _exact(value: int) -> Value:
    return Value(Fraction(value), Fraction(value), Fraction(value))


def _total(values: Iterator[Value]) -> Value:
    return sum(values, _exact(0))


def same_shape(one: Array, other: Array) -> bool:
    """Return whether two arrays have the same shape; a vector may stand or lie."""
    if one.shape == other.shape:
        return True
    return 1 in one.shape and 1 in other.shape and one.shape == other.shape[::-1]


def elementwise(
    function: Callable[..., Value], one: Array, other: Array | None = None, name: str = ""
) -> Array:
    """Return a function of each entry, or of each pair of entries; one number goes with every entry.

    Raises:
        UndefinedError: for arrays of different shapes.
    """
    if other is None:
        return Array(tuple(tuple(function(a) for a in row) for row in one.rows), one.flat, name)
    if one.scalar or other.scalar:
        shaped = other if one.scalar else one
        pairs = [(one.rows[0][0], b) if one.scalar else (b, other.rows[0][0]) for b in shaped.entries]
    elif same_shape(one, other):
        shaped, pairs = one, list(zip(one.entries, other.entries, strict=True))
    else:
        raise UndefinedError("context")
    made, width = [function(a, b) for a, b in pairs], shaped.shape[1]
    rows = tuple(tuple(made[start : start + width]) for start in range(0, len(made), width))
    return Array(rows, one.flat or other.flat, name)


def combined(sign: str, one: Array, other: Array) -> Iterator[Array]:
    """Yield what two arrays with + − × / between them may be worth, the most natural reading first."""
    if sign == "+":
        yield elementwise(lambda a, b: a + b, one, other)
    elif sign == "-":
        yield elementwise(lambda a, b: a - b, one, other)
    elif sign == "/":
        yield elementwise(lambda a, b: a / b, one, other)
    elif one.scalar or other.scalar:
        yield elementwise(lambda a, b: a * b, one, other)
    else:
        yield from products(one, other)


def products(one: Array, other: Array) -> Iterator[Array]:
    """Yield the products of two arrays: of matrices, entry by entry, and the convolutions."""
    vectors = 1 in one.shape and 1 in other.shape
    if max(len(one.entries), len(other.entries)) > MOST_ENTRIES:
        raise UndefinedError("too large")
    flat, kernel = (_lying(one), _lying(other)) if vectors else (one, other)
    yield from _matrix_products(one, other, vectors=vectors)
    yield from _convolutions(flat, kernel)
    if same_shape(one, other):
        yield elementwise(lambda a, b: a * b, one, other, "the product entry by entry")


def _lying(one: Array) -> Array:
    return Array((one.entries,), True)


def _matrix_products(one: Array, other: Array, *, vectors: bool) -> Iterator[Array]:
    lefts = [one, one.transposed] if one.flat else [one]
    rights = [other, other.transposed] if other.flat else [other]
    for left in lefts:
        for right in rights:
            if left.shape[1] == right.shape[0]:
                rows = tuple(
                    tuple(
                        _total(a * b for a, b in zip(row, column, strict=True))
                        for column in zip(*right.rows, strict=True)
                    )
                    for row in left.rows
                )
                name = "the dot product" if len(rows) == len(rows[0]) == 1 else "the product"
                vector = (one.flat or other.flat) and (len(rows) == 1) != (len(rows[0]) == 1)
                yield Array(rows, vector, name)
    if vectors and len(one.entries) == len(other.entries) == 3:
        (a, b, c), (d, e, f) = one.entries, other.entries
        yield Array(((b * f - c * e, c * d - a * f, a * e - b * d),), True, "the cross product")


def _convolutions(signal: Array, kernel: Array) -> Iterator[Array]:
    """Yield full, same and valid convolutions, with the kernel flipped and as it is."""
    if any(one > two for one, two in zip(kernel.shape, signal.shape, strict=True)):
        signal, kernel = kernel, signal
    if any(one > two for one, two in zip(kernel.shape, signal.shape, strict=True)):
        return
    (height, width), (rows, columns) = signal.shape, kernel.shape
    for flipped in (True, False):
        used = [row[::-1] for row in kernel.rows[::-1]] if not flipped else [list(row) for row in kernel.rows]
        full: list[list[Value]] = [[_exact(0)] * (width + columns - 1) for _ in range(height + rows - 1)]
        for y in range(height):
            for x in range(width):
                for v in range(rows):
                    for u in range(columns):
                        full[y + v][x + u] = full[y + v][x + u] + signal.rows[y][x] * used[v][u]
        how = "convolution" if flipped else "cross-correlation"
        flat = signal.flat or kernel.flat
        for mode, top, left, tall, wide in (
            ("full", 0, 0, height + rows - 1, width + columns - 1),
            ("same", (rows - 1) // 2, (columns - 1) // 2, height, width),
            ("same", rows // 2, columns // 2, height, width),
            ("valid", rows - 1, columns - 1, height - rows + 1, width - columns + 1),
        ):
            made = tuple(tuple(row[left : left + wide]) for row in full[top : top + tall])
            yield Array(made, flat, f"the {mode} {how}")


def softmax(one: Array) -> Array:
    """Return the softmax of the entries, with bounds: it grows with its own entry and falls with the others.

    >>> from nnutils.slips.precision import parse_written
    >>> from nnutils.lint.values import written_value
    >>> made = softmax(Array((tuple(written_value(parse_written(text)) for text in "123"),), True))
    >>> [round(float(value.nominal), 3) for value in made.entries]
    [0.09, 0.245, 0.665]
    """
    if 1 not in one.shape:
        return Array(tuple(softmax(Array((row,))).rows[0] for row in one.rows))
    values, made = one.entries, list[Value]()
    for place, value in enumerate(values):
        others = [other for index, other in enumerate(values) if index != place]
        middle = _share(value.nominal, [other.nominal for other in others])
        low = _share(value.low, [other.high for other in others])
        high = _share(value.high, [other.low for other in others])
        made.append(Value(middle, low, high, False))
    return Array((tuple(made),), one.flat)


def _share(one: Fraction, others: list[Fraction]) -> Fraction:
    try:
        return Fraction(1 / (1 + math.fsum(math.exp(float(other - one)) for other in others)))
    except OverflowError:
        return Fraction(0)
