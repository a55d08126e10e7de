"""Plain numbers and arrays on their way onto a tape: named, converted to double precision, or refused."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from nnutils.autodiff.array_operations import Value
from nnutils.core.errors import TraceError

__all__ = [
    "convert",
    "input_names",
]

_REMEDY = "Use a finite number or a NumPy array of them."


def convert(value: object, copy: bool = True) -> Value:
    """Return a number as a float, and an array in double precision as a read-only copy or view.

    Raises:
        TraceError: for everything else, and for what is not finite. Its problem is the reason alone, so that
            the caller can say what the value was meant for.

    >>> convert(2)
    2.0
    """
    # True is an int in Python and would pass below as 1.
    if isinstance(value, str | bytes | bool | complex | None):
        raise TraceError(f"{value!r} is not a real number", remedy=_REMEDY)
    if isinstance(value, list | tuple):
        problem = f"a {type(value).__name__} is not an array"
        raise TraceError(problem, remedy="Make one with numpy.array(...).")
    if hasattr(value, "detach"):
        problem = "a torch tensor belongs to torch's own tape"
        raise TraceError(problem, remedy="Pass tensor.detach().numpy().")
    if hasattr(value, "__array_namespace__"):
        return _converted_array(value, copy)
    if not hasattr(value, "__float__"):
        raise TraceError(f"a {type(value).__name__} is neither a number nor an array", remedy=_REMEDY)
    try:
        converted = float(value)
    except OverflowError:
        raise TraceError("it is too large for a float", remedy=_REMEDY) from None
    except (TypeError, ValueError) as error:  # a signalling NaN, a symbol of SymPy
        raise TraceError(f"it has no value as a float ({error})", remedy=_REMEDY) from None
    if not math.isfinite(converted):
        raise TraceError(f"{converted} is not finite", remedy=_REMEDY)
    return converted


def _converted_array(value: Any, copy: bool) -> Value:
    if value.shape == ():
        return convert(value.item())
    xp = value.__array_namespace__()
    if value.dtype.kind not in "biuf" or hasattr(value, "mask"):
        problem = f"an array of dtype {value.dtype} is not an array of plain real numbers"
        raise TraceError(problem, remedy=_REMEDY)
    if 0 in value.shape:
        raise TraceError(f"an array of shape {value.shape} is empty", remedy=_REMEDY)
    converted = xp.asarray(value, dtype=xp.float64, copy=copy or None)[...]
    if not bool(xp.isfinite(converted).all()):
        raise TraceError("the array has entries that are not finite", remedy=_REMEDY)
    converted.flags.writeable = False
    return converted


def input_names(
    function: Callable[..., Any], inputs: Sequence[Any], named_inputs: Mapping[str, Any]
) -> list[tuple[str, Any]]:
    """Return the inputs with their names: those given, else the function's parameters, else x1, x2, ...

    Raises:
        TraceError: for inputs that the function does not take.

    >>> input_names(lambda a, b: a * b, (2,), {"b": 5})
    [('a', 2), ('b', 5)]
    """
    if not inputs and not named_inputs:
        raise TraceError(
            "A function cannot be traced without an input.", remedy="Pass a value for each input."
        )
    numbered = [f"x{position}" for position in range(1, len(inputs) + 1)]
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):  # functions written in C do not always tell
        return list(zip([*numbered, *named_inputs], [*inputs, *named_inputs.values()], strict=True))
    try:
        signature.bind(*inputs, **named_inputs)
    except TypeError as error:
        wanted = ", ".join(signature.parameters)
        given = ", ".join([str(len(inputs)) + " by position", *named_inputs])
        problem = f"The function takes the inputs ({wanted}) and was given {given}: {error}."
        raise TraceError(problem, remedy="Pass each input once, by position or by its name.") from None
    fixed = [
        name
        for name, parameter in signature.parameters.items()
        if parameter.kind in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD)
    ]
    positional = [*fixed[: len(inputs)], *numbered[len(fixed) :]]
    return list(zip([*positional, *named_inputs], [*inputs, *named_inputs.values()], strict=True))
