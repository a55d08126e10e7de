"""The two sweeps over a tape: tangents forward, adjoints backward. Both are loops over flat lists.

The entries of a tape are in the order of recording, so every parent has a smaller index than what is made of
it. That is all a sweep needs: counting down meets each entry after all that use it, counting up after all
that it uses.

Source: Baydin, Pearlmutter, Radul, Siskind, Automatic differentiation in machine learning: a survey, JMLR 18
(2018), sections 3.1 and 3.2.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from nnutils.autodiff.array_operations import Value, shape_of
from nnutils.autodiff.symbols import symbol_text
from nnutils.autodiff.tape import CONSTANT, DomainError, Tape
from nnutils.core.errors import TraceError

__all__ = [
    "Accumulation",
    "forward_sweep",
    "reverse_sweep",
]


class Accumulation(NamedTuple):
    """One step of the reverse sweep: entry ``source`` contributes to the adjoint of its parent ``target``.

    ``position`` says which parent it is (0 or 1), ``contribution`` what is added, ``total`` the adjoint
    afterwards, ``first`` whether it is the first contribution.
    """

    source: int
    position: int
    target: int
    contribution: Value
    total: Value
    first: bool


def reverse_sweep(
    tape: Tape, output: int, seed: Value, log: list[Accumulation] | None = None
) -> list[Value | None]:
    """Return the adjoint of each entry up to ``output``; None where the output does not depend on it.

    The sweep visits the entries from the last to the first and, at each, its parents from left to right. With
    a ``log`` it appends every accumulation in that order.

    Raises:
        DomainError: where a derivative does not exist or is too large for a float.

    >>> from nnutils.autodiff.elementary import OPERATORS
    >>> tape = Tape()
    >>> x = tape.add_input("x", 3.0)
    >>> y = tape.record(OPERATORS["multiply"], x, x)
    >>> reverse_sweep(tape, y, 1.0)
    [6.0, 1.0]
    """
    operations, left, right, values = tape.operations, tape.left, tape.right, tape.values
    # They start as None, not as 0: the sweep can then skip what the output does not depend on, and needs no
    # zeros of the right shape to add a first contribution to.
    adjoints: list[Value | None] = [None] * (output + 1)
    adjoints[output] = seed
    source = output
    try:
        for source in range(output, tape.inputs - 1, -1):
            adjoint, a = adjoints[source], left[source]
            operation = operations[source]
            if adjoint is None or operation is None:
                continue
            # tape.parents and tape.arguments written out: a call for each would slow a long sweep down.
            b = right[source]
            parents = (a,) if b < 0 else (a, b)
            args = (values[a],) if b < 0 else (values[a], values[b])
            for position, target in enumerate(parents):
                if left[target] == CONSTANT:
                    continue  # nobody asks for the derivative in a constant
                contribution = operation.pull(position, adjoint, args, values[source])
                before = adjoints[target]
                after = contribution if before is None else before + contribution
                adjoints[target] = after
                if log is not None:
                    log.append(Accumulation(source, position, target, contribution, after, before is None))
    except (ArithmeticError, RuntimeWarning) as error:
        raise _no_derivative(tape, source, str(error)) from None
    # From the end, so that the error names the entry at which the sweep first left the floats.
    for index in range(output, -1, -1):
        if not _finite(adjoints[index]):
            name = symbol_text(tape.labels()[index])
            raise _no_derivative(tape, index, f"the adjoint of {name} is infinite, or too large for a float")
    return adjoints


def forward_sweep(tape: Tape, tangents: Mapping[int, Value]) -> list[Value]:
    """Return the tangent of each entry, given those of the inputs; None for constants.

    Raises:
        DomainError: where a derivative does not exist or is too large for a float.

    >>> from nnutils.autodiff.elementary import OPERATORS
    >>> tape = Tape()
    >>> x = tape.add_input("x", 3.0)
    >>> y = tape.record(OPERATORS["multiply"], x, x)
    >>> forward_sweep(tape, {x: 10.0})
    [10.0, 60.0]
    """
    values = tape.values
    result: list[Value] = [tangents.get(index) for index in range(len(values))]
    for index in range(tape.inputs, len(values)):
        operation = tape.operations[index]
        if operation is None:
            continue
        total: Value = 0.0
        args, out = tape.arguments(index), values[index]
        try:
            for position, parent in enumerate(tape.parents(index)):
                if result[parent] is not None:
                    total = total + operation.push(position, result[parent], args, out)
        except (ArithmeticError, RuntimeWarning) as error:
            raise _no_derivative(tape, index, str(error)) from None
        if not _finite(total):
            raise _no_derivative(tape, index, "the tangent is infinite, or too large for a float")
        # A number added to an array has spread over it, and so has its tangent.
        result[index] = total if shape_of(total) == shape_of(out) else total + (out - out)
    return result


def zeros_like(value: Value) -> Value:
    """Return zero in the shape of a finite value.

    >>> zeros_like(-3.0)
    0.0
    """
    return value - value


def _finite(value: Value | None) -> bool:
    if value is None or isinstance(value, int | float):
        return value is None or math.isfinite(value)
    return bool((value - value == 0).all())  # inf − inf and nan − nan are nan


def _no_derivative(tape: Tape, index: int, why: str) -> TraceError:
    return tape.error(
        f"The derivative of {tape.describe(index)} cannot be computed",
        why,
        "Move the inputs away from this point; the function has a value here, but no finite derivative.",
        DomainError,
    )
