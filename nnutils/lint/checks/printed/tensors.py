"""Small tensors with their derivatives, as far as code in a sheet computes with them: scalars and vectors."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

__all__ = ["FUNCTIONS", "Dual", "Tensor", "softmax"]


@dataclass(frozen=True)
class Dual:
    """A number and its derivatives by the elements of tensors that require them."""

    value: float
    slopes: Mapping[tuple[int, int], float] = field(default_factory=dict)

    def _with(self, other: Dual, value: float, here: float, there: float) -> Dual:
        slopes = {key: here * one for key, one in self.slopes.items()}
        for key, one in other.slopes.items():
            slopes[key] = slopes.get(key, 0.0) + there * one
        return Dual(value, slopes)

    def __add__(self, other: Dual) -> Dual:
        return self._with(other, self.value + other.value, 1, 1)

    def __sub__(self, other: Dual) -> Dual:
        return self._with(other, self.value - other.value, 1, -1)

    def __mul__(self, other: Dual) -> Dual:
        return self._with(other, self.value * other.value, other.value, self.value)

    def __truediv__(self, other: Dual) -> Dual:
        made = self.value / other.value
        return self._with(other, made, 1 / other.value, -made / other.value)

    def __pow__(self, other: Dual) -> Dual:
        a, b = self.value, other.value
        made = a**b
        if isinstance(made, complex):
            raise ValueError("a root of a negative number")
        slope = made * math.log(a) if other.slopes else 0.0
        return self._with(other, made, b * a ** (b - 1) if self.slopes else 0.0, slope)


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


FUNCTIONS: dict[str, tuple[Callable[[float], float], Callable[[float, float], float]]] = {
    "exp": (math.exp, lambda x, y: y),
    "log": (math.log, lambda x, y: 1 / x),
    "sqrt": (math.sqrt, lambda x, y: 0.5 / y),
    "sin": (math.sin, lambda x, y: math.cos(x)),
    "cos": (math.cos, lambda x, y: -math.sin(x)),
    "tan": (math.tan, lambda x, y: 1 + y * y),
    "tanh": (math.tanh, lambda x, y: 1 - y * y),
    "sigmoid": (_sigmoid, lambda x, y: y * (1 - y)),
    "relu": (lambda x: max(x, 0.0), lambda x, y: float(x > 0)),
    "abs": (abs, lambda x, y: math.copysign(1.0, x) if x else 0.0),
}
"""Functions of one number, each with its derivative by the argument and the value."""


@dataclass(frozen=True)
class Tensor:
    """A scalar or a vector; ``leaf`` is the number of one that requires a gradient."""

    parts: tuple[Dual, ...]
    scalar: bool = False
    leaf: int | None = None

    def map(self, name: str) -> Tensor:
        """Return a function of each element.

        >>> Tensor((Dual(0.0, {(1, 0): 1.0}),), True).map("tanh").parts
        (Dual(value=0.0, slopes={(1, 0): 1.0}),)
        """
        function, slope = FUNCTIONS[name]
        made = []
        for one in self.parts:
            value = function(one.value)
            factor = slope(one.value, value) if one.slopes else 0.0
            made.append(Dual(value, {key: factor * part for key, part in one.slopes.items()}))
        return Tensor(tuple(made), self.scalar)

    def with_other(self, other: Tensor, operation: Callable[[Dual, Dual], Dual]) -> Tensor:
        """Return an operation on each pair of elements; a scalar goes with every element.

        Raises:
            ValueError: for vectors of different lengths.
        """
        length = max(len(self.parts), len(other.parts))
        if not (self.scalar or other.scalar or len(self.parts) == len(other.parts)):
            raise ValueError("vectors of different lengths")
        pairs = zip(
            self.parts * length if self.scalar else self.parts,
            other.parts * length if other.scalar else other.parts,
            strict=False,
        )
        return Tensor(tuple(operation(a, b) for a, b in pairs), self.scalar and other.scalar)

    def sum(self) -> Tensor:
        """Return the sum of the elements, a scalar."""
        total = Dual(0.0)
        for one in self.parts:
            total = total + one
        return Tensor((total,), True)

    def mean(self) -> Tensor:
        """Return the mean of the elements, a scalar."""
        return self.sum().with_other(Tensor((Dual(float(len(self.parts))),), True), lambda a, b: a / b)


def softmax(logits: Tensor) -> Tensor:
    """Return the softmax of a vector.

    >>> [one.value for one in softmax(Tensor((Dual(0.0), Dual(0.0)))).parts]
    [0.5, 0.5]
    """
    highest = Tensor((Dual(max(one.value for one in logits.parts)),), True)
    powers = logits.with_other(highest, lambda a, b: a - b).map("exp")
    return powers.with_other(powers.sum(), lambda a, b: a / b)
