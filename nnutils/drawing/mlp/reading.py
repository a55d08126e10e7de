"""What a drawn perceptron consists of: its matrices, checked, and the names of its units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from nnutils.core.errors import DrawingError
from nnutils.drawing.text import drawn_number, subscripted

__all__ = [
    "headings_for",
    "matrices",
    "names_of",
]


def matrices(layers: Sequence[Any]) -> tuple[list[Any], list[list[Any]]]:
    """Return each layer's weights as a matrix of objects (fractions stay fractions), and its biases.

    Raises:
        DrawingError: no layer, a matrix that is not two-dimensional, shapes that do not follow one another, a
            number that is not finite.
    """
    weights: list[Any] = []
    biases: list[list[Any]] = []
    for position, layer in enumerate(layers, start=1):
        has_bias = isinstance(layer, tuple) and len(layer) == 2 and np.ndim(layer[0]) == 2
        given, bias = layer if has_bias else (layer, None)
        try:
            matrix = np.array([list(row) for row in given], dtype=object)
        except TypeError:
            matrix = np.array(given, dtype=object)
        if matrix.ndim != 2 or 0 in matrix.shape:
            raise DrawingError(
                f"draw_mlp: the weights of layer {position} have shape {matrix.shape}; a layer needs a "
                "matrix with one row for each output and one column for each input.",
                remedy="Use W or (W, b) with y = W x + b.",
            )
        if weights and matrix.shape[1] != weights[-1].shape[0]:
            raise DrawingError(
                f"draw_mlp: the weights of layer {position} have shape {matrix.shape}, so they read "
                f"{matrix.shape[1]} values, but layer {position - 1} gives {weights[-1].shape[0]}.",
                remedy="Rows are outputs, columns are inputs (y = W x + b): is this matrix the transpose?",
            )
        bias = [0] * matrix.shape[0] if bias is None else list(bias)
        if len(bias) != matrix.shape[0]:
            raise DrawingError(
                f"draw_mlp: layer {position} has {matrix.shape[0]} outputs but {len(bias)} biases.",
                remedy="Give one bias for each row of the weights.",
            )
        for index, number in enumerate([*matrix.flat, *bias]):
            drawn_number(number, what=f"draw_mlp: number {index} of layer {position}")
        weights.append(matrix)
        biases.append(bias)
    if not weights:
        raise DrawingError("draw_mlp: there is no layer to draw.", remedy="Give at least one weight matrix.")
    return weights, biases


def names_of(
    widths: Sequence[int],
    inputs: Sequence[str] | None,
    hidden: Sequence[str] | Sequence[Sequence[str]] | None,
    outputs: Sequence[str] | None,
) -> list[list[str]]:
    """Return one name for each unit, layer by layer; what is not given is called x1.., h1.., y1...

    Raises:
        DrawingError: the wrong number of names.
    """
    middle: list[Any] = list(hidden or [])
    if middle and isinstance(middle[0], str):
        middle = [middle]
    if not middle:
        starts = [sum(widths[1:k]) for k in range(1, len(widths) - 1)]
        middle = [
            [f"h{start + i + 1}" for i in range(n)] for start, n in zip(starts, widths[1:-1], strict=True)
        ]
    first = inputs if inputs is not None else [f"x{i + 1}" for i in range(widths[0])]
    last = outputs if outputs is not None else [f"y{i + 1}" for i in range(widths[-1])]
    names = [list(first), *(list(layer) for layer in middle), list(last)]
    given = [len(layer) for layer in names]
    if given != list(widths):
        raise DrawingError(
            f"draw_mlp: the names are for layers of {given} units, but the weights are for {list(widths)}.",
            remedy="Give one name for each unit, hidden names as one list for each hidden layer.",
        )
    return [[subscripted(name) for name in layer] for layer in names]


def headings_for(count: int, headings: Sequence[str] | None) -> list[str]:
    """Return what is written at each layer; "input", "hidden", "output" unless it is given.

    Raises:
        DrawingError: the wrong number of headings.
    """
    if headings is None:
        return ["input", *["hidden"] * (count - 2), "output"]
    if len(headings) != count:
        raise DrawingError(
            f"draw_mlp: {len(headings)} headings for {count} columns of units.",
            remedy="Give one heading for each column.",
        )
    return list(headings)
