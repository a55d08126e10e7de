"""Exact numbers that carry their work, the tables that show them, and the errors of the whole library."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

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
from nnutils.core.words import bmatrix, counted, listed, pmatrix, side_by_side
from nnutils.core.worked import Worked, exact, total

if TYPE_CHECKING:
    from nnutils.core.tables import Cell, Table

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


def __getattr__(name: str) -> object:
    """Load the tables when they are first asked for: a number alone does not need them."""
    if name in ("Cell", "Table", "tables"):
        tables = importlib.import_module("nnutils.core.tables")
        return tables if name == "tables" else globals().setdefault(name, getattr(tables, name))
    raise AttributeError(f"module 'nnutils.core' has no attribute {name!r}")


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted({*globals(), *__all__})
