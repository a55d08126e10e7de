"""Readers of the formats of sheets: each turns a source into a ``Sheet`` in plain notation."""

from nnutils.lint.readers.choosing import read_sheet

__all__ = ["read_sheet"]
