"""The two sweeps over a tape: tangents forward, adjoints backward. Both are loops over flat lists.

The entries of a tape are in the order of recording, so every parent has a smaller index than what is made of
it. That is all a sweep needs: counting down meets each entry after all that use it, counting up after all
that it uses.

Source: Baydin, Pearlmutter, Radul, Siskind, Automatic differentiation in machine learning: a survey, JMLR 18
(2018), sections 3.1 and 3.2.
"""

from __future__ import annotations

import math
from collections.abc import Container, Mapping
from typing import NamedTuple

from nnutils.autodiff.array_operations import Value, shape_of
from nnutils.autodiff.elementary import Elementwise, Operation, one
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
    tape: Tape,
    output: int,
    seed: Value,
    log: list[Accumulation] | None = None,
    keep: Container[int] | None = None,
) -> list[Value | None]:
    """Return the adjoint of each entry up to ``output``; None where the output does not depend on it.

    The sweep visits the entries from the last to the first and, at each, its parents from left to right. With
    a ``log`` it appends every accumulation in that order. With ``keep`` the adjoints of other entries than
    these may be None at the end: an array is let go once it has been passed on, so that its memory serves
    the next one.

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
            adjoint = adjoints[source]
            if adjoint is None:
                continue
            operation, a, b, out = operations[source], left[source], right[source], values[source]
            if type(out) is not float or type(operation) is not Elementwise or log is not None:
                if operation is not None:
                    _pull_back(tape, source, operation, adjoints, log)
                    if keep is not None and source not in keep:
                        adjoints[source] = None
                continue
            # Numbers only: the same as _pull_back, written out, for this is what a long program spends its
            # time on. A factor of one is left out.
            slopes = operation.partials
            if b < 0:
                slope = slopes[0]
                contribution = adjoint if slope is one else adjoint * slope(values[a], out)
                before = adjoints[a]
                adjoints[a] = contribution if before is None else before + contribution
                continue
            if left[a] != CONSTANT:
                slope = slopes[0]
                contribution = adjoint if slope is one else adjoint * slope(values[a], values[b], out)
                before = adjoints[a]
                adjoints[a] = contribution if before is None else before + contribution
            if left[b] != CONSTANT:
                slope = slopes[1]
                contribution = adjoint if slope is one else adjoint * slope(values[a], values[b], out)
                before = adjoints[b]
                adjoints[b] = contribution if before is None else before + contribution
    except (ArithmeticError, RuntimeWarning) as error:
        raise _no_derivative(tape, source, str(error)) from None
    if not all(_finite(adjoint) for adjoint in adjoints[: tape.inputs]):
        raise _not_finite(tape, adjoints if keep is None else _every_adjoint(tape, output, seed))
    return adjoints


def _pull_back(
    tape: Tape,
    source: int,
    operation: Operation,
    adjoints: list[Value | None],
    log: list[Accumulation] | None,
) -> None:
    """Add to the adjoints of an entry's parents what the entry's own adjoint contributes."""
    args, out, adjoint = tape.arguments(source), tape.values[source], adjoints[source]
    for position, target in enumerate(tape.parents(source)):
        if tape.left[target] == CONSTANT:
            continue  # nobody asks for the derivative in a constant
        contribution = operation.pull(position, adjoint, args, out)
        before = adjoints[target]
        if before is None:
            after = contribution
        elif log is None and contribution is not adjoint and fresh(contribution):
            after = contribution  # nobody else holds it, so it takes the sum
            after += before
        else:
            after = before + contribution
        adjoints[target] = after
        if log is not None:
            log.append(Accumulation(source, position, target, contribution, after, before is None))


def _every_adjoint(tape: Tape, output: int, seed: Value) -> list[Value | None]:
    """Sweep once more to keep what was let go, and return it also where it is not finite."""
    log: list[Accumulation] = []
    adjoints: list[Value | None] = [None] * (output + 1)
    adjoints[output] = seed
    for source in range(output, tape.inputs - 1, -1):
        operation = tape.operations[source]
        if operation is not None and adjoints[source] is not None:
            _pull_back(tape, source, operation, adjoints, log)
    return adjoints


def _not_finite(tape: Tape, adjoints: list[Value | None]) -> TraceError:
    """Return the error that names the entry at which the sweep first left the floats.

    A sweep multiplies and adds, and what is not finite stays so: 0 · inf and inf − inf are nan. So it
    reaches an input, and the entries between are looked at only where an input is not finite.
    """
    index = next(index for index in range(len(adjoints) - 1, -1, -1) if not _finite(adjoints[index]))
    name = symbol_text(tape.labels()[index])
    return _no_derivative(tape, index, f"the adjoint of {name} is infinite, or too large for a float")


def fresh(value: Value | None) -> bool:
    """Say whether this is an array that holds its own numbers, to be written to.

    A view does not hold them, and the arrays of a tape are read-only.

    >>> fresh(3.0)
    False
    """
    return value is not None and bool(shape_of(value) and value.flags.owndata and value.flags.writeable)


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
    return bool(value.__array_namespace__().isfinite(value).all())


def _no_derivative(tape: Tape, index: int, why: str) -> TraceError:
    return tape.error(
        f"The derivative of {tape.describe(index)} cannot be computed",
        why,
        "Move the inputs away from this point; the function has a value here, but no finite derivative.",
        DomainError,
    )
