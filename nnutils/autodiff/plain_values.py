"""Plain numbers and arrays on their way onto a tape: converted to double precision, or refused."""

from __future__ import annotations

import math
from typing import Any

from nnutils.autodiff.array_operations import Value
from nnutils.core.errors import TraceError

__all__ = [
    "convert",
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
