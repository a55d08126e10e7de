"""Readers of the formats in which sheets are written: each gives a ``Sheet`` in plain notation."""

from nnutils.lint.readers.choosing import read_sheet

__all__ = ["read_sheet"]
