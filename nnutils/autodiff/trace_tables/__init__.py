"""Textbook trace tables of a recorded scalar function: its values and derivatives, row by row.

``rows`` makes the rows, ``tables`` puts them together, ``remarks`` writes what stands below a table, and
``printing`` turns it into text, HTML and LaTeX.
"""

from nnutils.autodiff.trace_tables.remarks import RoundingSlip, direction_note
from nnutils.autodiff.trace_tables.rows import Labels, Row, Section
from nnutils.autodiff.trace_tables.tables import TraceTable, forward_table, reverse_table

__all__ = [
    "Labels",
    "RoundingSlip",
    "Row",
    "Section",
    "TraceTable",
    "direction_note",
    "forward_table",
    "reverse_table",
]
