"""Networks rewritten with another activation, where the two activations are affinely related."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from numbers import Rational
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnutils.core.errors import ConstructionError, NNUtilsError
from nnutils.numerics.exact_mlp import Number, exact_number
from nnutils.numerics.signals import exact_or_float

__all__ = [
    "AffineRelation",
    "activation_relation",
    "change_activation",
    "network_output",
    "sigmoid_to_tanh",
    "tanh_to_sigmoid",
]

Array = NDArray[Any]
Function = Callable[[Any], ArrayLike]
Layers = Sequence[tuple[ArrayLike, ArrayLike]]


@dataclass(frozen=True)
class AffineRelation:
    """The relation s(z) = scale * t(stretch * z + shift) + offset of two activations, s and t.

    The four constants are kept exactly, as integers and Fractions; a float is taken at its binary value.

    Raises:
        ConstructionError: if a constant is not a finite number, or if ``scale`` or ``stretch`` is 0, which
            would make s constant.

    >>> AffineRelation(scale=0.5, stretch=0.5, offset=0.5)
    AffineRelation(scale=Fraction(1, 2), stretch=Fraction(1, 2), shift=0, offset=Fraction(1, 2))
    """

    scale: Number
    stretch: Number
    shift: Number = 0
    offset: Number = 0

    def __post_init__(self) -> None:
        """Make the constants exact and refuse those that cannot be inverted."""
        for name in ("scale", "stretch", "shift", "offset"):
            object.__setattr__(self, name, exact_number(getattr(self, name)))
        if not self.scale or not self.stretch:
            raise ConstructionError(
                f"s(z) = scale * t(stretch * z + shift) + offset with scale={self.scale} and "
                f"stretch={self.stretch} is constant.",
                remedy="Give a scale and a stretch other than 0.",
            )

    @property
    def inverse(self) -> AffineRelation:
        """The inverse relation: t(z) = (s((z - shift) / stretch) - offset) / scale.

        >>> AffineRelation(Fraction(1, 2), Fraction(1, 2), 0, Fraction(1, 2)).inverse
        AffineRelation(scale=2, stretch=2, shift=0, offset=-1)
        """
        scale, stretch = Fraction(self.scale), Fraction(self.stretch)
        return AffineRelation(1 / scale, 1 / stretch, -self.shift / stretch, -self.offset / scale)

    def largest_error(self, old: Function, new: Function, points: ArrayLike) -> float:
        """Return the largest distance of s(z) from scale * t(stretch * z + shift) + offset over the points.

        A relation between functions is proved by algebra; this number shows a wrong constant.

        >>> from nnutils.numerics.reference import sigmoid
        >>> points = np.linspace(-9, 9, 181)
        >>> activation_relation("sigmoid", "tanh").largest_error(sigmoid, np.tanh, points) < 1e-15
        True
        """
        z = np.asarray(points, dtype=np.float64)
        scale, stretch, shift, offset = map(float, (self.scale, self.stretch, self.shift, self.offset))
        difference = np.asarray(old(z)) - (scale * np.asarray(new(stretch * z + shift)) + offset)
        return float(np.max(np.abs(difference)))


# sigmoid(z) = 1 / (1 + exp(-z)) = (1 + tanh(z / 2)) / 2
_SIGMOID_FROM_TANH = AffineRelation(Fraction(1, 2), Fraction(1, 2), 0, Fraction(1, 2))
_RELATIONS = {
    ("sigmoid", "tanh"): _SIGMOID_FROM_TANH,
    ("tanh", "sigmoid"): _SIGMOID_FROM_TANH.inverse,
}
"""The relations known by name, by (old, new)."""


def activation_relation(old: str, new: str) -> AffineRelation:
    """Return the relation of two activations by their names: 'sigmoid' and 'tanh' in either order.

    Raises:
        ConstructionError: for any other pair.

    >>> activation_relation("tanh", "sigmoid")
    AffineRelation(scale=2, stretch=2, shift=0, offset=-1)
    """
    if (old, new) not in _RELATIONS:
        raise ConstructionError(
            f"No affine relation between {old!r} and {new!r} is known by name. Most pairs have none: relu, "
            "for example, has a kink and is unbounded, tanh has no kink and is bounded.",
            remedy="Use 'sigmoid' and 'tanh', or give an AffineRelation of your own.",
        )
    return _RELATIONS[old, new]


def change_activation(layers: Layers, relation: AffineRelation) -> list[tuple[Array, Array]]:
    """Return the layers of a network with activation t that computes what the given one computes with s.

    ``layers`` are pairs (weight, bias) of shapes (outputs, inputs) and (outputs,). Every layer but the last
    is followed by s; ``relation`` says how s is made of t. Put s(z) = scale * t(stretch * z + shift) + offset
    into the network. A layer that feeds t is multiplied by ``stretch``, and its bias grows by ``shift``. A
    layer that reads from t gets ``scale`` times its weights, and its bias grows by ``offset`` times the sum
    of each row of its old weights. A layer between two activations does both. One layer alone stays as it is.

    Integers and Fractions give exact results (object arrays), anything else float64. The given arrays are
    not changed.

    Raises:
        ConstructionError: if there is no layer, if the layers do not fit together, or if a number is not
            finite.

    >>> relation = activation_relation("sigmoid", "tanh")
    >>> for weight, bias in change_activation([([[4]], [2]), ([[6]], [1])], relation):
    ...     print(weight[0, 0], bias[0])
    2 1
    3 4
    """
    network = _checked(layers)
    # A Fraction times a float64 array would be an array of objects.
    kind: Callable[[Number], Any] = exact_number if network[0][0].dtype == object else float
    scale, stretch, shift, offset = map(
        kind, (relation.scale, relation.stretch, relation.shift, relation.offset)
    )
    changed = []
    for place, (weight, bias) in enumerate(network):
        if place > 0:
            weight, bias = scale * weight, bias + offset * weight.sum(axis=1)
        if place < len(network) - 1:
            weight, bias = stretch * weight, stretch * bias + shift
        changed.append((weight, bias))
    return changed


def sigmoid_to_tanh(layers: Layers) -> list[tuple[Array, Array]]:
    """Return the layers of a tanh network with the outputs of the given sigmoid network, for all inputs.

    For shapes, exactness and errors see ``change_activation``.

    >>> hidden, output = sigmoid_to_tanh([([[2, -4]], [6]), ([[1]], [0])])
    >>> hidden[0].tolist() == [[1, -2]], hidden[1].tolist() == [3], output[1][0]
    (True, True, Fraction(1, 2))
    """
    return change_activation(layers, activation_relation("sigmoid", "tanh"))


def tanh_to_sigmoid(layers: Layers) -> list[tuple[Array, Array]]:
    """Return the layers of a sigmoid network with the outputs of the given tanh network, for all inputs.

    For shapes, exactness and errors see ``change_activation``.

    >>> network = [([[1, -2]], [3]), ([[Fraction(1, 3)]], [5])]
    >>> [[array.tolist() for array in layer] for layer in sigmoid_to_tanh(tanh_to_sigmoid(network))]
    [[[[Fraction(1, 1), Fraction(-2, 1)]], [Fraction(3, 1)]], [[[Fraction(1, 3)]], [Fraction(5, 1)]]]
    """
    return change_activation(layers, activation_relation("tanh", "sigmoid"))


def network_output(layers: Layers, x: ArrayLike, activation: Function) -> NDArray[np.float64]:
    """Return the output of layers with an activation after all but the last, at one point or at a batch.

    ``x`` is (inputs,) or (points, inputs); the result is (outputs,) or (points, outputs), in float64.

    Raises:
        ConstructionError: as for ``change_activation``, and for an input of another shape.

    >>> network_output([([[1], [-1]], [0, 0]), ([[1, 1]], [0])], [-3], np.abs).tolist()
    [6.0]
    """
    network = [(weight.astype(np.float64), bias.astype(np.float64)) for weight, bias in _checked(layers)]
    values = _numbers("The input", x).astype(np.float64)
    inputs = network[0][0].shape[1]
    if values.ndim not in (1, 2) or values.shape[-1] != inputs:
        raise ConstructionError(
            f"This network takes {inputs} inputs, got an array of shape {values.shape}.",
            remedy=f"Give the shape ({inputs},), or (points, {inputs}) for a batch.",
        )
    for place, (weight, bias) in enumerate(network):
        values = values @ weight.T + bias
        if place < len(network) - 1:
            values = np.asarray(activation(values), dtype=np.float64)
    return np.asarray(values)


def _checked(layers: Layers) -> list[tuple[Array, Array]]:
    """Return the layers as arrays, all of exact numbers or all float64, and refuse those that do not fit."""
    network: list[tuple[Array, Array]] = []
    for number, layer in enumerate(layers, start=1):
        if not isinstance(layer, tuple | list) or len(layer) != 2:
            raise ConstructionError(
                f"Layer {number} is not a pair (weight, bias).", remedy="Give [(W1, b1), (W2, b2)]."
            )
        weight, bias = (
            _numbers(f"The {part} of layer {number}", value)
            for part, value in zip(("weight", "bias"), layer, strict=True)
        )
        if weight.ndim != 2 or not weight.size or bias.shape != weight.shape[:1]:
            raise ConstructionError(
                f"Layer {number} has a weight of shape {weight.shape} and a bias of shape {bias.shape}.",
                remedy="A layer has a weight of shape (outputs, inputs) and a bias of shape (outputs,).",
            )
        if network and weight.shape[1] != len(network[-1][1]):
            raise ConstructionError(
                f"Layer {number - 1} has {len(network[-1][1])} outputs, but layer {number} takes "
                f"{weight.shape[1]} inputs.",
                remedy="A weight has a row for each output and a column for each input.",
            )
        network.append((weight, bias))
    if not network:
        raise ConstructionError(
            "A network needs at least one layer.", remedy="Give pairs: [(W1, b1), (W2, b2)]."
        )
    if all(array.dtype == object for layer in network for array in layer):
        return network
    return [(weight.astype(np.float64), bias.astype(np.float64)) for weight, bias in network]


def _numbers(what: str, value: ArrayLike) -> Array:
    """Return integers and Fractions as an object array, other finite numbers as float64."""
    try:
        array = exact_or_float(what, value)
    except NNUtilsError as error:
        raise ConstructionError(error.problem) from None
    if array.dtype != np.float64 and all(isinstance(number, Rational) for number in array.flat):
        return array.astype(object)
    numbers = array.astype(np.float64)
    if not np.isfinite(numbers).all():
        raise ConstructionError(f"{what} holds NaN or an infinity.", remedy="Give finite numbers.")
    return numbers
