"""What the trees of a sheet are worth: exact arithmetic with bounds, in each way to read them."""

from nnutils.lint.values.computing import CONSTANTS, SMOOTH, Reading, compute, readings
from nnutils.lint.values.interval import UndefinedError, Value, applied, written_value

__all__ = [
    "CONSTANTS",
    "SMOOTH",
    "Reading",
    "UndefinedError",
    "Value",
    "applied",
    "compute",
    "readings",
    "written_value",
]
