"""A recorded program once more, with its tangents: value and directional derivative on one new tape.

The derivatives in the table of elementary functions are ordinary functions. Called with traced values they
are recorded, as they write themselves down when called with terms. So the tangents of a forward sweep form a
program like any other, and everything that can be asked of a program can be asked of them.

Source: Griewank and Walther, Evaluating Derivatives, 2nd edition, section 5.1 (reverse over forward).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nnutils.autodiff.array_operations import Multilinear, Value, shape_of
from nnutils.autodiff.elementary import OPERATORS, Elementwise, Operation, one
from nnutils.autodiff.tape import Tape
from nnutils.autodiff.traced import Traced, record_binary, record_unary

__all__ = [
    "record_tangent",
]


def record_tangent(tape: Tape, output: int, tangents: Mapping[int, Value]) -> tuple[Tape, int]:
    """Record the program of ``tape`` and its tangents anew; return the tape and the entry of the output's.

    ``tangents`` are those of the inputs; an input without one stands still. A named value keeps its name, and
    its tangent has that name as an index of d: the tangent of h is d_h.

    Raises:
        DomainError: where a derivative does not exist.

    >>> from nnutils.autodiff import trace
    >>> t = trace(lambda x: x * x * x, 2)
    >>> replayed, index = record_tangent(t.tape, t.output, {0: 1.0})
    >>> replayed.values[index]
    12.0
    """
    replayed = Tape()
    values: list[Any] = []
    moving: list[Any] = []
    taken = set(tape.names.values())
    for index in range(output + 1):
        operation = tape.operations[index]
        if operation is None:
            plain = tape.values[index]
            constant = tape.is_constant(index)
            values.append(
                plain if constant else Traced(replayed, replayed.add_input(tape.names[index], plain))
            )
            moving.append(None if constant else tangents.get(index))
            continue
        parents = tape.parents(index)
        args = [values[parent] for parent in parents]
        value = _recorded(operation, *args)
        tangent = None
        for k, parent in enumerate(parents):
            if moving[parent] is not None:
                part = _push(operation, k, moving[parent], args, value)
                tangent = part if tangent is None else tangent + part
        if tangent is not None and shape_of(tangent) != value.shape:
            # A number added to an array has spread over it, and so has its tangent.
            tangent = tangent + (value.value - value.value)
        values.append(value)
        moving.append(tangent)
        name = tape.names.get(index)
        if name is not None:
            replayed.name(value.index, name)
            if type(tangent) is Traced:
                _name(replayed, tangent.index, f"d_{name}", taken)
    entry = _as_entry(replayed, moving[output], values[output])
    _name(replayed, entry, f"d_{tape.names.get(output, 'y')}", taken)
    return replayed, entry


def _push(operation: Operation, k: int, tangent: Any, args: list[Any], out: Any) -> Any:
    """Return what the tangent of the k-th argument contributes; plain where nothing traced is in it."""
    if isinstance(operation, Elementwise):
        slope = operation.partials[k]
        return tangent if slope is one else _product(tangent, slope(*args, out))
    if isinstance(operation, Multilinear):
        return _recorded(operation, *args[:k], tangent, *args[k + 1 :])
    # The share of each entry in the maximum: constant, until another entry becomes the largest.
    spread = tangent * operation.shares(args[0].value)
    return spread.sum(operation.axes, keepdims=operation.keepdims)


def _product(tangent: Any, slope: Any) -> Any:
    """Multiply, without a record of factors of one."""
    if type(tangent) is float and tangent == 1:
        return slope
    if type(slope) is int and slope in (1, -1):
        return tangent if slope == 1 else -tangent
    return tangent * slope


def _recorded(operation: Operation, *args: Any) -> Any:
    """Carry out an operation: recorded if an argument is traced, else plain."""
    if not any(type(arg) is Traced for arg in args):
        return operation.value(*args)
    return record_unary(operation, *args) if len(args) == 1 else record_binary(operation, *args)


def _name(tape: Tape, index: int, name: str, taken: set[str]) -> None:
    """Name a tangent, unless it has a name already or the name is somebody else's."""
    if index not in tape.names and name not in taken and name not in tape.names.values():
        tape.name(index, name)


def _as_entry(tape: Tape, tangent: Any, value: Traced) -> int:
    """Return the entry of a tangent, which may be a plain number, or an input's own value."""
    if tangent is None:
        tangent = value.value - value.value
    index = tangent.index if type(tangent) is Traced else tape.constant(tangent)
    if index < tape.inputs or tape.is_constant(index):
        index = tape.record(OPERATORS["identity"], index)
    return index
