"""A ReLU network with exact weights, which computes on integers and Fractions without any rounding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from numbers import Rational
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnutils.core.errors import ConstructionError, WorkedError
from nnutils.core.worked import exact
from nnutils.numerics.reference import relu

__all__ = ["MLP", "Affine"]

Number = int | Fraction
Vector = ArrayLike | Sequence[Number]
Matrix = ArrayLike | Sequence[Sequence[Number]]


@dataclass(frozen=True)
class Affine:
    """The weight W and the bias b of one layer y = W x + b, as integers and Fractions.

    W has a row for each output and a column for each input. Floats are taken at their exact binary value.

    Raises:
        ConstructionError: if the shapes do not fit, or an entry is not a finite real number.

    >>> Affine([[1, -0.5]], [0]).weight
    ((1, Fraction(-1, 2)),)
    """

    weight: tuple[tuple[Number, ...], ...]
    bias: tuple[Number, ...]

    def __init__(self, weight: Matrix, bias: Vector) -> None:
        """Take anything that NumPy reads as a matrix and a vector."""
        matrix, vector = _as_objects("weight", weight), _as_objects("bias", bias)
        if matrix.ndim != 2 or not matrix.size or vector.shape != matrix.shape[:1]:
            raise ConstructionError(
                f"A weight of shape {matrix.shape} and a bias of shape {vector.shape} are not a layer.",
                remedy="A layer has a weight of shape (outputs, inputs) and a bias of shape (outputs,).",
            )
        object.__setattr__(self, "weight", tuple(tuple(exact_number(w) for w in row) for row in matrix))
        object.__setattr__(self, "bias", tuple(exact_number(b) for b in vector))


@dataclass(frozen=True)
class MLP:
    """A network of fully connected layers with ReLU between them: ``MLP([(W1, b1), (W2, b2)])``.

    Call it on one point or on a batch, of shape (inputs,) or (points, inputs). The last layer is linear.
    Integers and Fractions give exact results (an object array), floats a float64 array.

    Raises:
        ConstructionError: if the layers do not fit together, a weight is not finite, or the network is called
            with the wrong number of inputs, with NaN or with an infinity.

    >>> absolute = MLP([([[1], [-1]], [0, 0]), ([[1, 1]], [0])])
    >>> absolute
    MLP(1 -> 2 -> 1)
    >>> absolute([[-3], [Fraction(1, 2)]]).tolist(), absolute([-1.5]).tolist()
    ([[3], [Fraction(1, 2)]], [1.5])
    """

    layers: tuple[Affine, ...]

    def __init__(self, layers: Iterable[Affine | tuple[Matrix, Vector]]) -> None:
        """Take layers, or pairs (weight, bias)."""
        taken = tuple(layer if isinstance(layer, Affine) else Affine(*layer) for layer in layers)
        if not taken:
            raise ConstructionError(
                "A network needs at least one layer.",
                remedy="Give pairs (weight, bias): MLP([(W1, b1), (W2, b2)]).",
            )
        for i, (before, after) in enumerate(zip(taken, taken[1:], strict=False), start=1):
            if len(before.bias) != len(after.weight[0]):
                raise ConstructionError(
                    f"Layer {i} has {len(before.bias)} outputs, "
                    f"layer {i + 1} takes {len(after.weight[0])} inputs.",
                    remedy="A weight has a row for each output and a column for each input.",
                )
        object.__setattr__(self, "layers", taken)

    @property
    def sizes(self) -> tuple[int, ...]:
        """The number of inputs, of hidden units layer by layer, and of outputs."""
        return (len(self.layers[0].weight[0]), *(len(layer.bias) for layer in self.layers))

    @property
    def depth(self) -> int:
        """The number of hidden layers."""
        return len(self.layers) - 1

    @property
    def width(self) -> int:
        """The number of units of the widest hidden layer; 0 without hidden layers."""
        return max(self.sizes[1:-1], default=0)

    @property
    def weight_count(self) -> int:
        """The number of weights, zeros included; biases are not weights."""
        return sum(len(layer.weight) * len(layer.weight[0]) for layer in self.layers)

    @property
    def nonzero_weights(self) -> int:
        """The number of weights that are not zero."""
        return sum(weight != 0 for layer in self.layers for row in layer.weight for weight in row)

    def arrays(self) -> list[tuple[NDArray[np.float64], NDArray[np.float64]]]:
        """Return (weight, bias) of each layer in float64: ``(W1, b1), (W2, b2) = network.arrays()``."""
        return [
            (np.array(layer.weight, dtype=np.float64), np.array(layer.bias, dtype=np.float64))
            for layer in self.layers
        ]

    def replace(self, layer: int, row: int, column: int, weight: Number | float) -> MLP:
        """Return a copy with one weight changed; all three numbers count from 0.

        Raises:
            ConstructionError: if there is no such weight.

        >>> MLP([([[1], [-1]], [0, 0]), ([[1, 1]], [0])]).replace(1, 0, 1, 2)([-3]).tolist()
        [6]
        """
        try:
            if min(layer, row, column) < 0:  # Python would count from the end
                raise IndexError
            matrix = [list(values) for values in self.layers[layer].weight]
            matrix[row][column] = exact_number(weight)
        except IndexError:
            raise ConstructionError(
                f"{self} has no weight at ({layer}, {row}, {column}).",
                remedy="Layer, row (output) and column (input) count from 0.",
            ) from None
        changed = Affine(_object_array(matrix), _object_array(self.layers[layer].bias))
        return MLP((*self.layers[:layer], changed, *self.layers[layer + 1 :]))

    def formulas(self) -> list[str]:
        """Write each unit as a formula, layer by layer; the inputs are x1, x2, ..., the outputs y1, y2, ...

        >>> MLP([([[1], [-1]], [0, 2]), ([[1, -0.5]], [0])]).formulas()
        ['h1 = relu(x1)', 'h2 = relu(-x1 + 2)', 'y1 = h1 - 1/2 h2']
        """
        lines, names = [], [f"x{i + 1}" for i in range(self.sizes[0])]
        for number, layer in enumerate(self.layers, start=1):
            last = number > self.depth
            prefix = "y" if last else "h" if self.depth == 1 else f"h{number}_"
            outputs = [f"{prefix}{i + 1}" for i in range(len(layer.bias))]
            for name, row, bias in zip(outputs, layer.weight, layer.bias, strict=True):
                text = _linear([*zip(row, names, strict=True), (bias, "")])
                lines.append(f"{name} = {text}" if last else f"{name} = relu({text})")
            names = outputs
        return lines

    def __call__(self, x: Vector | Matrix) -> NDArray[Any]:
        """Evaluate the network at one point or at a batch of points."""
        values = _as_objects("The input", x)
        if values.ndim not in (1, 2) or values.shape[-1] != self.sizes[0]:
            raise ConstructionError(
                f"{self} takes {self.sizes[0]} inputs, got an array of shape {values.shape}.",
                remedy=f"Give the shape ({self.sizes[0]},), or (points, {self.sizes[0]}) for a batch.",
            )
        # One float makes all results floats: an exact result of a rounded input would promise too much.
        if not all(isinstance(value, Rational) for value in values.flat):
            return self._forward(values.astype(np.float64), np.float64)
        points = _object_array([exact_number(value) for value in values.flat]).reshape(values.shape)
        result = self._forward(points, object)
        return _object_array([_plain(value) for value in result.flat]).reshape(result.shape)

    def _forward(self, values: NDArray[Any], dtype: type) -> NDArray[Any]:
        for number, layer in enumerate(self.layers):
            values = values @ np.array(layer.weight, dtype=dtype).T + np.array(layer.bias, dtype=dtype)
            if number < self.depth:
                values = relu(values)
        return values

    def __repr__(self) -> str:
        return f"MLP({' -> '.join(map(str, self.sizes))})"


def exact_number(value: Any) -> Number:
    """Return the exact value of an integer, Fraction or finite float, as an int where it is whole.

    Raises:
        ConstructionError: for anything else.

    >>> exact_number(0.5), exact_number(Fraction(4, 2))
    (Fraction(1, 2), 2)
    """
    try:
        return exact(value, floats=True)
    except WorkedError:
        problem = f"{value!r} is not a finite real number, as weights and inputs have to be."
        raise ConstructionError(problem) from None


def _plain(value: Number) -> Number:
    return int(value) if value.denominator == 1 else value


def _as_objects(what: str, value: Vector | Matrix) -> NDArray[Any]:
    """Return an object array of Python numbers, all of them finite."""
    try:
        array = np.asarray(value)
    except ValueError:
        raise ConstructionError(f"{what} has rows of different lengths.") from None
    result: NDArray[Any] = array.astype(object)
    for entry in result.flat:
        exact_number(entry)
    return result


def _object_array(values: Sequence[Any]) -> NDArray[Any]:
    return np.array(values, dtype=object)


def _linear(terms: Iterable[tuple[Number, str]]) -> str:
    """Write a sum of coefficient times name; an empty name is a constant."""
    text = ""
    for coefficient, name in terms:
        if coefficient == 0:
            continue
        size = abs(coefficient)
        factor = name if size == 1 and name else f"{size} {name}".strip()
        sign = ("- " if coefficient < 0 else "+ ") if text else ("-" if coefficient < 0 else "")
        text += f"{' ' if text else ''}{sign}{factor}"
    return text or "0"
