"""Exact numbers that carry their work, the tables that show them, and the errors of the whole library."""

from nnutils.core.errors import (
    BookError,
    ClaimError,
    ConstructionError,
    CountError,
    DrawingError,
    ExpressionError,
    GradCheckError,
    LintError,
    NetworkError,
    NNUtilsError,
    PracticeError,
    SizeError,
    SlipError,
    TraceError,
    WorkedError,
)
from nnutils.core.numerals import latex_of_text
from nnutils.core.tables import Cell, Table
from nnutils.core.words import bmatrix, counted, listed, pmatrix, side_by_side
from nnutils.core.worked import Worked, exact, total

__all__ = [
    "Cell",
    "BookError",
    "ClaimError",
    "ConstructionError",
    "CountError",
    "DrawingError",
    "ExpressionError",
    "GradCheckError",
    "LintError",
    "NNUtilsError",
    "NetworkError",
    "PracticeError",
    "SizeError",
    "SlipError",
    "Table",
    "TraceError",
    "Worked",
    "WorkedError",
    "bmatrix",
    "counted",
    "exact",
    "latex_of_text",
    "listed",
    "pmatrix",
    "side_by_side",
    "total",
]
