"""The entries of a typed list or table: names before them, rows in any order, and what is said of them."""

from nnutils.practice.entries.any_order import matched, side_by_side
from nnutils.practice.entries.labels import without_labels
from nnutils.practice.entries.sentences import decimal_comma, misshapen, part_called, unreadable

__all__ = [
    "decimal_comma",
    "matched",
    "misshapen",
    "part_called",
    "side_by_side",
    "unreadable",
    "without_labels",
]
