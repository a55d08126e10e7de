"""Exact numbers that carry their work, the tables that show them, and the errors of the whole library."""

from nnutils.core.errors import (
    ClaimError,
    ConstructionError,
    CountError,
    DrawingError,
    GradCheckError,
    NetworkError,
    NNUtilsError,
    SizeError,
    TraceError,
    WorkedError,
)
from nnutils.core.tables import Cell, Table
from nnutils.core.worked import Worked, exact, total

__all__ = [
    "Cell",
    "ClaimError",
    "ConstructionError",
    "CountError",
    "DrawingError",
    "GradCheckError",
    "NNUtilsError",
    "NetworkError",
    "SizeError",
    "Table",
    "TraceError",
    "Worked",
    "WorkedError",
    "exact",
    "total",
]
