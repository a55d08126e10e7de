"""A perceptron as one matrix product: the matrix with the bias in it, sizes on the graph, both Jacobians."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from nnutils import autodiff
from nnutils.autodiff.trace_tables import TraceTable
from nnutils.core.errors import PracticeError
from nnutils.core.messages import shown
from nnutils.core.words import bmatrix
from nnutils.core.worked import Worked
from nnutils.practice import Asked, Convention, Draw, earned

__all__ = ["asked", "draw", "givens", "parts", "statement"]

_BIAS_FIRST = "This is right with the biases in the first column of"

_FLAT = 18
"""Where tanh is flat: 1 - tanh(18)² is about 1e-15, and 1 - tanh(20)² is 0 in double precision."""


def givens() -> dict[str, Any]:
    """Return weights (a row for each output), biases and input: the question's sizes, with numbers."""
    return {"w": [[0.5, -0.4, 0.8], [-0.7, 0.3, 0.6]], "b": [0.9, -0.5], "x": [0.9, 1.1, -0.6]}


def draw(seed: int) -> dict[str, Any]:
    """Return other sizes and numbers: no matrix is square, no slope near 0 or 1, no two outputs alike."""
    chance = Draw(seed)
    outputs, inputs = chance.choice([(2, 3), (2, 4), (3, 4), (4, 2)])
    tenths = [k / 10 for k in range(-12, 13) if abs(k) not in (0, 1, 10)]

    def propose() -> dict[str, Any]:
        w = [chance.several(tenths, inputs) for _ in range(outputs)]
        return {"w": w, "b": chance.several(tenths, outputs), "x": chance.several(tenths, inputs)}

    def accept(given: dict[str, Any]) -> bool:
        sizes = sorted(abs(q) for q in _products(given["w"], given["b"], given["x"]))
        apart = all(next_size - size > 0.05 for size, next_size in zip(sizes, sizes[1:], strict=False))
        return sizes[0] > 0.2 and sizes[-1] < 1.6 and apart

    return chance.until(propose, accept)


def asked(givens: Mapping[str, Any]) -> tuple[Asked, ...]:
    """Return what is asked; w x + b row by row, the slope of tanh as 1/cosh², Jacobians entry by entry."""
    w, b, x = givens["w"], givens["b"], givens["x"]
    _refuse(w, b, x)
    outputs, inputs = len(w), len(x)
    products = _products(w, b, x)
    slopes = [1 / math.cosh(q) ** 2 for q in products]
    extended = (*x, 1)
    by_matrix = tuple(
        tuple(tuple(slope * value if i == j else 0 for value in extended) for j in range(outputs))
        for i, slope in enumerate(slopes)
    )
    by_input = tuple(tuple(slope * weight for weight in row) for slope, row in zip(slopes, w, strict=True))
    together = tuple((*row, bias) for row, bias in zip(w, b, strict=True))
    first = [_with_bias_first(rows) for rows in (together, by_matrix)]
    traced = [_traced(row, bias, x) for row, bias in zip(w, b, strict=True)]
    size = "as rows × columns"
    return (
        Asked(
            "matrix",
            "the matrix of weights and biases together, the biases in its last column: a row for each "
            "output, separated by ;",
            "a",
            together,
            conventions=(
                Convention(first[0], f"{_BIAS_FIRST} the matrix; here they stand in the last one."),
            ),
        ),
        Asked(
            "column",
            "the column that it is multiplied by: its entries from top to bottom, separated by commas",
            "a",
            extended,
            conventions=(
                Convention((1, *x), f"{_BIAS_FIRST} the matrix and the 1 on top; here both stand last."),
            ),
        ),
        Asked(
            "output",
            "the output y: its entries from top to bottom, separated by commas",
            "a",
            tuple(math.tanh(q) for q in products),
            work=tuple(table.value_of("y") for table in traced),
        ),
        Asked(
            "matrix_size",
            f"the size of the matrix, {size}",
            "b",
            (outputs, inputs + 1),
            work=(Worked(outputs, "outputs"), Worked(inputs, "inputs") + 1),
        ),
        Asked(
            "column_size",
            f"the size of the column that it is multiplied by, {size}",
            "b",
            (inputs + 1, 1),
            work=(Worked(inputs, "inputs") + 1, Worked(1, "columns")),
        ),
        Asked("product_size", f"the size of the product of the two, {size}", "b", (outputs, 1)),
        Asked("output_size", f"the size of the output, {size}", "b", (outputs, 1)),
        Asked(
            "slopes",
            "the derivative of each output with respect to its own entry of the product: in order, separated "
            "by commas",
            "c",
            tuple(slopes),
            work=tuple(table.derivative_of("q")[-1] for table in traced),
        ),
        Asked(
            "by_matrix",
            "the derivatives of the outputs with respect to the entries of the matrix: for each output a "
            "block with the rows of the matrix, entries separated by commas, rows by ;, blocks by |",
            "c",
            by_matrix,
            conventions=(
                Convention(first[1], f"{_BIAS_FIRST} the matrix; here they stand in the last one."),
            ),
            work=tuple(
                tuple(_by_weights(table, inputs) if i == j else None for j in range(outputs))
                for i, table in enumerate(traced)
            ),
        ),
        Asked(
            "by_input",
            "the derivatives of the outputs with respect to the entries of x: a row for each output, "
            "separated by ;",
            "c",
            by_input,
            work=tuple(
                tuple(table.derivative_of(f"x{k}")[-1] for k in range(1, inputs + 1)) for table in traced
            ),
        ),
    )


def _with_bias_first(rows: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return rows, or blocks of rows, with the last entry of each row in front."""
    if isinstance(rows[0], tuple):
        return tuple(map(_with_bias_first, rows))
    return (rows[-1], *rows[:-1])


def _traced(row: Sequence[float], bias: float, x: Sequence[float]) -> TraceTable:
    """Return the trace table of one output, from its weights, its bias and the input."""
    values = {f"w{k}": float(weight) for k, weight in enumerate(row, 1)} | {"b": float(bias)}
    values |= {f"x{k}": float(entry) for k, entry in enumerate(x, 1)}

    def output(**v: autodiff.Traced) -> Any:
        terms = [v[f"w{k}"] * v[f"x{k}"] for k in range(1, len(x) + 1)]
        return autodiff.named(
            "y", autodiff.tanh(autodiff.named("q", sum(terms[1:], start=terms[0]) + v["b"]))
        )

    return autodiff.trace(output, **values).reverse(labels="names")


def _by_weights(table: TraceTable, inputs: int) -> tuple[Any, ...]:
    """Return the rows of the derivatives with respect to the weights and the bias of one output."""
    names = [*(f"w{k}" for k in range(1, inputs + 1)), "b"]
    return tuple(table.derivative_of(name)[-1] for name in names)


def _products(w: Sequence[Sequence[float]], b: Sequence[float], x: Sequence[float]) -> list[float]:
    """Return w x + b, without a matrix that holds both."""
    return [
        math.fsum([*(weight * value for weight, value in zip(row, x, strict=True)), bias])
        for row, bias in zip(w, b, strict=True)
    ]


def _refuse(w: Any, b: Any, x: Any) -> None:
    """Refuse what is not a matrix and two vectors of numbers that fit it.

    Raises:
        PracticeError: naming what does not fit.
    """
    for what, numbers in (("b", b), ("x", x)):
        _refuse_vector(what, numbers)
    if not isinstance(w, list | tuple) or not w:
        raise PracticeError(f"w = {shown(w)} is not a matrix.", remedy="Give a list of its rows.")
    for row in w:
        _refuse_vector("a row of w", row)
        if len(row) != len(x):
            raise PracticeError(
                f"a row of w has {len(row)} weights, and x has {len(x)} entries.",
                remedy="Give each row one weight for each entry of x.",
            )
    if len(b) != len(w):
        raise PracticeError(
            f"b has {len(b)} entries, and w has {len(w)} rows.", remedy="Give each row of w one bias."
        )
    if (largest := max(map(abs, _products(w, b, x)))) > _FLAT:
        raise PracticeError(
            f"w x + b has an entry of size {largest:.3g}, where tanh is 1 or -1 to all digits of a float.",
            remedy=f"Choose smaller numbers: all entries of w x + b within {_FLAT} of 0.",
        )


def _refuse_vector(what: str, numbers: Any) -> None:
    """Refuse what is not a list of finite numbers.

    Raises:
        PracticeError: for anything else.
    """
    plain = isinstance(numbers, list | tuple) and all(type(value) in (int, float) for value in numbers)
    if not plain or not numbers or not all(math.isfinite(value) for value in numbers):
        raise PracticeError(
            f"{what} = {shown(numbers)} is not a list of finite numbers.",
            remedy="Give [0.9, -0.5], for example.",
        )


def parts(givens: Mapping[str, Any]) -> dict[str, int]:
    """Return the marks of each part."""
    return {"a": 2, "b": 3, "c": 5}


def statement(givens: Mapping[str, Any]) -> str:
    """Return the question in words."""
    w, b, x = givens["w"], givens["b"], givens["x"]
    marks = earned(parts(givens))
    return (
        "A perceptron has one linear layer and the activation $\\tanh$. "
        f"Its input $x$ is ${len(x)} \\times 1$, its output ${len(w)} \\times 1$; $w$ is the weight matrix "
        "and $b$ the bias vector.\n\n"
        f"- **(a)** Write it with a *single* matrix product. {marks['a']}\n"
        "- **(b)** Draw the computation graph with one product node, and write the size of the matrix on "
        f"each edge. {marks['b']}\n"
        "- **(c)** Write the complete backprop: the derivative of the activation's output with respect "
        f"to weights and bias together, and with respect to the input. {marks['c']}\n\n"
        "Check the formulas by the numbers\n\n"
        f"$$\nw = {bmatrix(w, 10)}, \\qquad b = {bmatrix(b, 10)}, "
        f"\\qquad x = {bmatrix(x, 10)}.\n$$"
    )
